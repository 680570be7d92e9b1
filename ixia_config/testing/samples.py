"""Samples for every connector that holds pipelines: two of them, led from change to change."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ixia_config.testing.subject import Samples

Stage = Mapping[str, Any]


def pipeline(name: str, title: str, stages: Sequence[Stage], **more: Any) -> str:
    """A pipeline of deals as YAML text."""
    spec = {"object": "deal", "stages": list(stages), **more}
    metadata = {"name": name, "title": title}
    document = {"apiVersion": "ixia/v1", "kind": "Pipeline", "metadata": metadata, "spec": spec}
    return json.dumps(document, ensure_ascii=False, indent=1)


def stage(key: str, title: str, probability: str = "") -> Stage:
    """An open stage, or one that is won or lost by its key."""
    if key == "lost":
        return {"key": key, "title": title, "type": key, "reasons": ["price", "timing"]}
    if key == "won":
        return {"key": key, "title": title, "type": key}
    return {"key": key, "title": title, "probability": probability}


NEW = stage("new", "New", "40%")
TALK = stage("talk", "Talking", "40%")
OFFER = stage("offer", "Offer made", "40%")
WON = stage("won", "Won")
LOST = stage("lost", "Lost")
DEAL = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec:
  fields:
    amount: {type: money, currency: USD}
"""
OTHER = pipeline("renewals", "Renewals", [stage("due", "Due", "50%"), WON, LOST])


def _files(*stages: Stage, title: str = "Sales", **more: Any) -> Mapping[str, str]:
    return {
        "schemas/deal.yaml": DEAL,
        "pipelines/sales.yaml": pipeline("sales", title, stages, **more),
        "pipelines/renewals.yaml": OTHER,
    }


def _without_renewals(*stages: Stage, **more: Any) -> Mapping[str, str]:
    files = _files(*stages, **more)
    return {name: text for name, text in files.items() if name != "pipelines/renewals.yaml"}


PIPELINES = Samples(
    start=_files(NEW, TALK, OFFER, WON, LOST),
    changed=_files(
        stage("proof", "Proof", "30%"),
        NEW,
        stage("offer", "Offer made", "60%"),
        stage("talk", "Talking", "60%"),
        WON,
        LOST,
    ),
    rival=_files(NEW, TALK, stage("offer", "Offer made", "50%"), WON, LOST),
    renamed=_files(NEW, stage("talk", "In talks", "40%"), OFFER, WON, LOST, title="All sales"),
    reordered=_files(OFFER, NEW, TALK, WON, LOST),
    removed=_without_renewals(
        NEW, OFFER, WON, LOST, retired=[{"key": "talk", "title": "Talking", "migrate_to": "new"}]
    ),
    odd=_files(
        stage("upper", "STAGE", "10%"),
        stage("accent", "Prüfung à gogo", "20%"),
        stage("signs", "R&D / 50 % + \"x\" 'y' <z>", "30%"),
        stage("wide", "営業 — 日本", "40%"),
        WON,
        LOST,
        title="Straße",
    ),
    titled=lambda title: _files(NEW, TALK, OFFER, WON, LOST, title=title),
)
"""What a connector that holds pipelines is led through."""
