"""The Odoo connector as a subject of the conformance kit, on its sandbox or on any Odoo."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from typing import Any, ClassVar

from ixia_config.sdk import Connector, Json, Rehearsal, Request
from ixia_config.testing import PIPELINES, Files, Knob, NotApplicable, Samples, Subject
from ixia_connectors.odoo import Odoo

_READS = ("search_read", "search_count", "read", "search", "fields_get")


def files(found: Files, *, forget: str = "") -> Files:
    """The kit's sample with an exit criterion, and without what Odoo has no word for."""
    made = dict(found)
    for name, text in found.items():
        if name.startswith("pipelines/"):
            made[name] = _pipeline(name, json.loads(text), forget)
    return made


def _pipeline(name: str, document: Any, forget: str) -> str:
    spec = document["spec"]
    for stage in spec["stages"]:
        if stage["key"] == "offer":
            stage["exit"] = [
                {"key": "worth", "title": "It is worth something", "when": "amount > 100"}
            ]
            if forget == "worth":
                del stage["exit"]
        if stage["key"] == "lost" and forget == "timing":
            stage["reasons"] = ["price"]
    return json.dumps(document)


SAMPLES = Samples(
    start=files(PIPELINES.start),
    changed=files(PIPELINES.changed),
    rival=files(PIPELINES.rival),
    renamed=files(PIPELINES.renamed),
    reordered=files(PIPELINES.reordered),
    removed=files(PIPELINES.removed, forget="worth"),
    odd=files(PIPELINES.odd),
    titled=lambda title: files(PIPELINES.titled(title)),
)


class Account:
    """What tests do to an Odoo behind the tool's back, through its own API."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self.rehearsal = rehearsal
        self.numbers = itertools.count(1)

    def call(self, model: str, method: str, **arguments: Any) -> Any:
        """One call, which must succeed."""
        body = {"context": {"active_test": False}, **arguments}
        request = Request("POST", f"/json/2/{model}/{method}", json=body)
        answer = self.rehearsal.sandbox.respond(request, token=self.rehearsal.token, now=0.0)
        assert answer.status == 200, answer
        return answer.json

    def rows(self, model: str, domain: Any = (), fields: Any = ("id",)) -> list[dict[str, Any]]:
        """What a search finds."""
        found: list[dict[str, Any]] = self.call(
            model, "search_read", domain=list(domain), fields=list(fields), order="id"
        )
        return found

    def number(self, model: str, remote_id: str) -> int:
        """The database id behind a remote id."""
        if remote_id.isdigit():
            return int(remote_id)
        domain = [["module", "=", "__ixia__"], ["model", "=", model], ["name", "=", remote_id]]
        return int(self.rows("ir.model.data", domain, ("res_id",))[0]["res_id"])


class OdooSubject(Subject):
    """The connector at its sandbox."""

    connector: ClassVar[type[Connector]] = Odoo
    samples: ClassVar[Samples] = SAMPLES

    def account(self, knob: Knob | None) -> Rehearsal:
        if knob is not None:
            raise NotApplicable(f"Odoo cannot do this: {knob}")
        return self.connector().rehearsal()

    def unowned(self, rehearsal: Rehearsal) -> Mapping[str, Json]:
        account, found = Account(rehearsal), {}
        ours = {
            (row["model"], row["res_id"])
            for row in account.rows(
                "ir.model.data", [["module", "=", "__ixia__"]], ("model", "res_id")
            )
        }
        for model, fields in _UNOWNED.items():
            for row in account.rows(model, (), (*fields, "id")):
                mine = (model, row["id"]) in ours
                kept = {name: row[name] for name in fields if not mine or name in _OURS[model]}
                found[f"{model} {row['id']}"] = kept
        return found

    def meddle(self, rehearsal: Rehearsal, now: float) -> None:
        account = Account(rehearsal)
        for row in account.rows("crm.stage"):
            account.call("crm.stage", "write", ids=[row["id"]], vals={"fold": True, "color": 3})
        for row in account.rows("crm.team"):
            account.call("crm.team", "write", ids=[row["id"]], vals={"color": 4})
        account.call(
            "crm.lead", "create", vals_list=[{"name": "Somebody's", "type": "opportunity"}]
        )

    def fill(self, rehearsal: Rehearsal, remote_id: str, count: int) -> None:
        account = Account(rehearsal)
        stage = account.number("crm.stage", remote_id)
        wanted = [
            {"name": f"Deal {number}", "stage_id": stage, "type": "opportunity"}
            for number in range(count)
        ]
        account.call("crm.lead", "create", vals_list=wanted)

    def held(self, rehearsal: Rehearsal, remote_id: str) -> int:
        account = Account(rehearsal)
        domain = [["module", "=", "__ixia__"], ["name", "=", remote_id]]
        if not account.rows("ir.model.data", domain):
            return 0
        stage = account.number("crm.stage", remote_id)
        return len(account.rows("crm.lead", [["stage_id", "=", stage]]))

    def changes_nothing(self, request: Request) -> bool:
        return request.path.endswith(_READS)


_UNOWNED = {
    "crm.stage": ("name", "fold", "color", "requirements", "team_ids"),
    "crm.team": ("name", "color", "active"),
    "crm.lost.reason": ("name", "active"),
    "crm.lead": ("name", "stage_id", "team_id"),
    "base.automation": ("name", "active"),
}
_OURS = {
    "crm.stage": ("fold", "color"),
    "crm.team": ("color",),
    "crm.lost.reason": (),
    "crm.lead": (),
    "base.automation": (),
}
"""What nobody owns of objects that are ours."""
