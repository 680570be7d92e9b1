"""The Odoo connector as a subject of the conformance kit, on its sandbox or on any Odoo."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from ixia_config.sdk import Connector, Json, Rehearsal, Request, Response
from ixia_config.testing import PIPELINES, Files, Knob, NotApplicable, Samples, Subject
from ixia_config.testing.place import START
from ixia_connectors.odoo import Odoo

_READS = ("search_read", "search_count", "read", "search", "fields_get")


DEAL = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec:
  fields:
    amount: {type: money, currency: USD}
"""
LEAD = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: lead}
spec:
  fields:
    region: {type: choice, title: Region, choices: [AMER, {value: EMEA, title: Europe & Co}]}
    employees: {type: integer}
    created_at: {type: datetime}
    first_touch_at: {type: datetime, title: First touch}
"""
PEOPLE = """\
apiVersion: ixia/v1
kind: Directory
metadata: {name: people}
spec:
  roles: [ops]
  people: [{email: ana@acme.example, role: ops}, {email: ben@acme.example}]
  pools: {team: {members: [{email: ana@acme.example}, {email: ben@acme.example}]}}
  queues: {triage: {owner: ops}}
"""
HOURS = """\
apiVersion: ixia/v1
kind: Calendar
metadata: {name: office, title: Office}
spec:
  zone: Europe/Berlin
  week: {mon-fri: ["09:00-12:30", "13:00-17:20"], sat: ["22:00-26:00"]}
  holidays: {also: [2026-12-25, 2027-07-01]}
"""
ROUTING = """\
apiVersion: ixia/v1
kind: RoutingPolicy
metadata: {name: inbound, title: Inbound}
spec:
  object: lead
  on_no_eligible: {queue: triage}
  rules:
    - {key: emea, when: 'region == "EMEA" && employees >= 10', assign: {pool: team}}
    - {key: big, when: employees >= 1000, assign: {person: ana@acme.example}}
  otherwise: {queue: triage}
"""
SPEED = """\
apiVersion: ixia/v1
kind: SlaPolicy
metadata: {name: speed, title: Speed}
spec:
  object: lead
  metric: first_touch
  stop: {on: first_touch}
  targets:
    - {key: rest, within: 3 business days}
  calendar: office
"""
SERVICE: Files = {
    "schemas/deal.yaml": DEAL,
    "schemas/lead.yaml": LEAD,
    "service/people.yaml": PEOPLE,
    "service/hours.yaml": HOURS,
    "service/routing.yaml": ROUTING,
    "service/speed.yaml": SPEED,
}
CHANGED: Files = {
    **SERVICE,
    "schemas/lead.yaml": LEAD.replace("[AMER, ", "[AMER, APAC, "),
    "service/hours.yaml": HOURS.replace("17:20", "18:00").replace("2027-07-01", "2027-07-02"),
    "service/routing.yaml": ROUTING.replace(">= 10 ", ">= 20 ").replace(">= 1000", ">= 500"),
    "service/speed.yaml": SPEED.replace("within: 3", "within: 4"),
}
RENAMED: Files = {**SERVICE, "schemas/lead.yaml": LEAD.replace("First touch", "Touched")}
LESS: Files = {
    **SERVICE,
    "service/hours.yaml": "",
    "service/routing.yaml": ROUTING.replace("{pool: team}", "{queue: triage}"),
    "service/speed.yaml": "",
}


def files(found: Files, more: Files = SERVICE, *, less: bool = False) -> Files:
    """The kit's sample with an exit criterion, fields, routing, hours and timers."""
    made = {**found, **more}
    for name, text in found.items():
        if name.startswith("pipelines/"):
            made[name] = _pipeline(json.loads(text), less=less)
    return {name: text for name, text in made.items() if text}


def _pipeline(document: Any, *, less: bool) -> str:
    worth = {"key": "worth", "title": "It is worth something", "when": "amount > 100"}
    for stage in document["spec"]["stages"]:
        if stage["key"] == "offer" and not less:
            stage["exit"] = [worth]
        if stage["key"] == "lost" and less:
            stage["reasons"] = ["price"]
        if stage["key"] == "lost" and document["metadata"]["name"] == "renewals":
            stage["reasons"] = ["price"]
    return json.dumps(document)


SAMPLES = Samples(
    start=files(PIPELINES.start),
    changed=files(PIPELINES.changed, CHANGED),
    rival=files(
        PIPELINES.rival, {**SERVICE, "service/speed.yaml": SPEED.replace("within: 3", "within: 5")}
    ),
    renamed=files(PIPELINES.renamed, RENAMED),
    reordered=files(PIPELINES.reordered),
    removed=files(PIPELINES.removed, LESS, less=True),
    odd=files(PIPELINES.odd),
    titled=lambda title: files(PIPELINES.titled(title)),
)


def sales(found: Files) -> Files:
    """Of a sample only pipelines and the fields of deals."""
    return {
        name: text
        for name, text in found.items()
        if name.startswith("pipelines/") or name == "schemas/deal.yaml"
    }


PLAIN = Samples(
    start=sales(SAMPLES.start),
    changed=sales(SAMPLES.changed),
    rival=sales(SAMPLES.changed),
    renamed=sales(SAMPLES.renamed),
    reordered=sales(SAMPLES.reordered),
    removed=sales(SAMPLES.removed),
    odd=sales(SAMPLES.odd),
    titled=lambda title: sales(SAMPLES.titled(title)),
)
"""Pipelines alone, where a whole sample takes too long."""


class Account:
    """What tests do to an Odoo behind the tool's back, through its own API."""

    def __init__(self, rehearsal: Rehearsal, now: Callable[[], datetime] = lambda: START) -> None:
        self.rehearsal = rehearsal
        self.now = now

    def ask(self, model: str, method: str, **arguments: Any) -> Response:
        """One call, with its answer."""
        body = {"context": {"active_test": False}, **arguments}
        request = Request("POST", f"/json/2/{model}/{method}", json=body)
        now, token = self.now().timestamp(), self.rehearsal.token
        return self.rehearsal.sandbox.respond(request, token=token, now=now)

    def call(self, model: str, method: str, **arguments: Any) -> Any:
        """One call, which must succeed."""
        answer = self.ask(model, method, **arguments)
        assert answer.status == 200, answer
        return answer.json

    def rows(self, model: str, domain: Any = (), fields: Any = ("id",)) -> list[dict[str, Any]]:
        """What a search finds."""
        found: list[dict[str, Any]] = self.call(
            model, "search_read", domain=list(domain), fields=list(fields), order="id"
        )
        return found

    def named(self, model: str) -> list[dict[str, Any]]:
        """The rows of a model with their names."""
        return self.rows(model, (), ("name", "team_ids") if model == "crm.stage" else ("name",))

    def stages(self, *leads: int) -> list[int]:
        """Where records stand."""
        found = self.rows("crm.lead", [["id", "in", list(leads)]], ("stage_id",))
        by_id = {row["id"]: row["stage_id"][0] for row in found}
        return [by_id[each] for each in leads]

    def logins(self) -> dict[int, str]:
        """Logins by database id."""
        return {row["id"]: row["login"] for row in self.rows("res.users", (), ("login",))}

    def user(self, login: str) -> int:
        """The database id of a user."""
        return next(number for number, known in self.logins().items() if known == login)

    def run_timers(self) -> None:
        """What Odoo's job for timed automations does when its time has come."""
        named = [["name", "like", "Automation Rules"]]
        (job,) = self.rows("ir.cron", named)
        self.call("ir.cron", "method_direct_trigger", ids=[job["id"]])

    def number(self, model: str, remote_id: str) -> int:
        """The database id behind a remote id."""
        if remote_id.isdigit():
            return int(remote_id)
        domain = [["module", "=", "__ixia__"], ["model", "=", model], ["name", "=", remote_id]]
        return int(self.rows("ir.model.data", domain, ("res_id",))[0]["res_id"])


def prepared(rehearsal: Rehearsal) -> Rehearsal:
    """The account with the people of the samples, its teams under titles that no sample has."""
    account = Account(rehearsal)
    for row in account.rows("crm.team", (), ("name",)):
        others = f"Somebody else's {row['id']}"
        account.call("crm.team", "write", ids=[row["id"]], vals={"name": others})
    people = [{"name": each.title(), "login": f"{each}@acme.example"} for each in ("ana", "ben")]
    account.call("res.users", "create", vals_list=people)
    return rehearsal


class OdooSubject(Subject):
    """The connector at its sandbox."""

    connector: ClassVar[type[Connector]] = Odoo
    samples: ClassVar[Samples] = SAMPLES

    def account(self, knob: Knob | None) -> Rehearsal:
        if knob is not None:
            raise NotApplicable(f"Odoo cannot do this: {knob}")
        return prepared(self.connector().rehearsal())

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
