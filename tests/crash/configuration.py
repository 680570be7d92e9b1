"""The two configurations of the crash matrix: creates, updates, an adoption, a move of records."""

from __future__ import annotations

import json
from collections.abc import Mapping

from ixia_config.testing.samples import DEAL, LOST, NEW, OFFER, OTHER, TALK, WON, pipeline, stage

START = {
    "schemas/deal.yaml": DEAL,
    "pipelines/sales.yaml": pipeline("sales", "Sales", [NEW, TALK, OFFER, WON, LOST]),
    "pipelines/renewals.yaml": OTHER,
}


def edited(ids: Mapping[str, str]) -> Mapping[str, str]:
    """Five creates, two updates, an order, an adoption with a change, records moved, a removal."""
    external = {
        "id": ids["Legacy"],
        "stages": {key: ids[f"Legacy/{title}"] for key, title in _LEGACY.items()},
    }
    retired = [{"key": "talk", "title": "Talking", "migrate_to": "new"}]
    stages = [stage("proof", "Proof", "30%"), NEW, stage("offer", "Offer made", "60%"), WON, LOST]
    return {
        **START,
        "pipelines/sales.yaml": pipeline("sales", "Sales", stages, retired=retired),
        "pipelines/partners.yaml": pipeline(
            "partners", "Partners", [stage("meet", "Meeting", "20%"), WON, LOST]
        ),
        "pipelines/legacy.yaml": pipeline(
            "legacy",
            "Legacy",
            [stage("step", "First step", "50%"), WON, LOST],
            external={"crm": external},
        ),
    }


_LEGACY = {"step": "Step", "won": "Won", "lost": "Lost"}

STANDING = (
    ("Legacy", ("First step", "Won", "Lost")),
    ("Partners", ("Meeting", "Won", "Lost")),
    ("Renewals", ("Due", "Won", "Lost")),
    ("Sales", ("Proof", "New", "Offer made", "Won", "Lost")),
    ("Somebody else's", ("Step", "Won", "Lost")),
)
"""What the account must hold in the end, in order, and nothing besides."""


def project(url: str, *, backend: str) -> str:
    """The project, with its state in a folder or in git."""
    environment = {"account": "77", "base_url": url, "token": {"env": "CRASH_TOKEN"}}
    spec = {
        "targets": {"crm": {"connector": "reference", "environments": {"sandbox": environment}}},
        "state": {"backend": backend},
    }
    metadata = {"name": "crash"}
    document = {"apiVersion": "ixia/v1", "kind": "Project", "metadata": metadata, "spec": spec}
    return json.dumps(document, indent=1)
