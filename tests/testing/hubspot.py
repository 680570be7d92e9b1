"""The HubSpot connector and its sandbox as a subject of the conformance kit."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from ixia_config.sdk import Connector, Json, Rehearsal, Request, Response, Sandbox
from ixia_config.testing import PIPELINES, Files, Knob, NotApplicable, Samples, Subject
from ixia_connectors.hubspot import HubSpot
from ixia_connectors.hubspot.sandbox import (
    ADMIN,
    ALL_SCOPES,
    HubSpotSandbox,
    Profile,
    Token,
    load_records,
    require,
)
from tests.testing import hubspot_flows

DEAL = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec:
  currency: USD
  fields:
    amount: {type: money}
    segment: {type: choice, title: Segment, group: Sales process, choices: [smb, mid]}
    score: {type: integer, title: Score, minimum: "0", maximum: "100"}
"""
PLAIN = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec: {currency: USD, fields: {amount: {type: money}}}
"""


_ROUTED = hubspot_flows.routing(hubspot_flows.EMEA, hubspot_flows.AMER)


def _files(files: Files, deal: str = DEAL, routed: Files = _ROUTED, **rules: Any) -> Files:
    """The kit's sample with fields, rules and a workflow of our own."""
    sales = json.loads(files["pipelines/sales.yaml"])
    sales["spec"] |= rules
    text = json.dumps(sales)
    return {**files, **routed, "schemas/deal.yaml": deal, "pipelines/sales.yaml": text}


def _titled(title: str) -> Files:
    return hubspot_flows.routing(hubspot_flows.EMEA, hubspot_flows.AMER, title=title)


_REROUTED = hubspot_flows.routing(hubspot_flows.OTHER, queue="later")
_RIVAL = hubspot_flows.routing(hubspot_flows.EMEA)
_TURNED = hubspot_flows.routing(hubspot_flows.AMER, hubspot_flows.EMEA)
_STRICT = {"moves": {"skip": False, "back": True}}
_CHANGED = DEAL.replace("[smb, mid]", "[smb, mid, large]").replace('"100"', '"200"')
SAMPLES = Samples(
    start=_files(PIPELINES.start, **_STRICT),
    changed=_files(PIPELINES.changed, _CHANGED, _REROUTED, moves={"skip": False, "back": False}),
    rival=_files(PIPELINES.rival, routed=_RIVAL, **_STRICT),
    renamed=_files(
        PIPELINES.renamed, DEAL.replace("title: Score", "title: Points"), _titled("All"), **_STRICT
    ),
    reordered=_files(PIPELINES.reordered, routed=_TURNED, **_STRICT),
    removed=_files(PIPELINES.removed, PLAIN, hubspot_flows.NOT_ROUTED),
    odd=_files(
        PIPELINES.odd,
        DEAL.replace("title: Score", "title: 'Größe & „Wert“'"),
        _titled('R&D <50 %> "x"'),
        **_STRICT,
    ),
    titled=lambda title: _files(PIPELINES.titled(title), routed=_titled(title), **_STRICT),
)


@dataclass
class Bent:
    """The sandbox with another way of taking bodies or of answering."""

    sandbox: HubSpotSandbox
    take: Callable[[Any], Any] = lambda body: body
    answer: Callable[[Any], Any] = lambda body: body

    def respond(self, request: Request, *, token: str | None, now: float) -> Response:
        taken = Request(
            request.method,
            request.path,
            request.params,
            self.take(request.json) if request.method == "PATCH" else request.json,
            request.headers,
        )
        response = self.sandbox.respond(taken, token=token, now=now)
        if response.status >= 300 or response.json is None:
            return response
        body = self.answer(response.json)
        return Response(response.status, body, response.headers, json.dumps(body))


def _without_probability(body: Any) -> Any:
    """As if the vendor took the request and lost a part of it."""
    return {**body, "metadata": {}} if "metadata" in body else body


def _with_more(body: Any) -> Any:
    if isinstance(body, dict):
        return {"betaScore": {"value": 1}, **{key: _with_more(each) for key, each in body.items()}}
    return [_with_more(each) for each in body] if isinstance(body, list) else body


def _turned(body: Any) -> Any:
    if isinstance(body, dict):
        return {key: _turned(each) for key, each in body.items()}
    return [_turned(each) for each in body[::-1]] if isinstance(body, list) else body


_WITHOUT_PIPELINE_RULES = ALL_SCOPES - {
    "crm-pipelines-governance-read",
    "crm-pipelines-governance-write",
}
_NOT_HUBSPOT = {
    Knob.PAGING: "HubSpot lists pipelines, stages and properties on one page",
    Knob.FOLD_CASE: "HubSpot keeps titles as they were sent",
    Knob.PARTIAL_BATCH: "the sandbox has no switch for it; batches of records are tested apart",
    Knob.ID_REUSE: "we choose the ids, and HubSpot never gives one again",
    Knob.REORDER: "HubSpot orders stages and choices itself, by their displayOrder",
}


class HubSpotSubject(Subject):
    """HubSpot, with an account that somebody else uses as well."""

    connector: ClassVar[type[Connector]] = HubSpot
    samples: ClassVar[Samples] = SAMPLES

    def account(self, knob: Knob | None) -> Rehearsal:
        if knob in _NOT_HUBSPOT:
            raise NotApplicable(_NOT_HUBSPOT[knob])
        sandbox = HubSpotSandbox(profile=_profile(knob))
        return Rehearsal(_bent(sandbox, knob), "4242", next(iter(sandbox.profile.tokens)))

    def unowned(self, rehearsal: Rehearsal) -> Mapping[str, Json]:
        store = _inner(rehearsal).store
        found: dict[str, Json] = {}
        for table in ("pipelines", "stages"):
            rows = store.rows(f"SELECT * FROM {table} WHERE id NOT LIKE 'ixia%'")
            found |= {f"{table} {row['object']} {row['id']}": _plain(row) for row in rows}
        for row in store.rows("SELECT * FROM required ORDER BY stage, property"):
            found[f"required on {row['stage']}"] = row["property"]
        for row in store.rows("SELECT * FROM properties"):
            definition = json.loads(row["definition"])
            ours = row["name"] in ("segment", "score", "region", "ixia_leads_rule")
            ours = ours or "reason" in row["name"]
            mine = {"description": definition.get("description")} if ours else definition
            found[f"property {row['object']} {row['name']}"] = mine
        for row in store.rows("SELECT * FROM records"):
            found[f"record {row['object']} {row['id']}"] = _plain(row)
        return {**found, **hubspot_flows.unowned(_inner(rehearsal))}

    def meddle(self, rehearsal: Rehearsal, now: float) -> None:
        sandbox = _inner(rehearsal)
        require(sandbox, "deals", "ixia_sales", "ixia_sales__offer", "amount")
        _edit(sandbox, now, "/crm/pipelines/2026-09/deals/default", {"label": "Everybody's"})
        _edit(sandbox, now, "/crm/properties/2026-09/deals/score", {"description": "by hand"})
        hubspot_flows.meddle(sandbox, now)
        load_records(sandbox, "deals", [{"dealname": "Old", "dealstage": "appointmentscheduled"}])

    def fill(self, rehearsal: Rehearsal, remote_id: str, count: int) -> None:
        stage = remote_id.rpartition("/")[2].rpartition(":")[2]
        rows = [{"dealname": f"Deal {number}", "dealstage": stage} for number in range(count)]
        load_records(_inner(rehearsal), "deals", rows)

    def held(self, rehearsal: Rehearsal, remote_id: str) -> int:
        stage = remote_id.rpartition("/")[2].rpartition(":")[2]
        sql = "SELECT count(*) FROM records WHERE json_extract(properties, '$.dealstage') = ?"
        return cast("int", _inner(rehearsal).store.value(sql, stage))

    def changes_nothing(self, request: Request) -> bool:
        reads = request.path.endswith(("/search", "/batch/read"))
        return request.method == "GET" or (request.method == "POST" and reads)


_PEOPLE = (ADMIN, *hubspot_flows.PEOPLE)


def _profile(knob: Knob | None) -> Profile:
    if knob is Knob.PACE:
        return Profile(people=_PEOPLE, ten_secondly=20)
    if knob is Knob.LIST_LAG:
        return Profile(people=_PEOPLE, search_lag_seconds=20)
    if knob is Knob.HOLES:
        return Profile(people=_PEOPLE, tokens={"sandbox-token": Token(_WITHOUT_PIPELINE_RULES)})
    return Profile(people=_PEOPLE)


def _bent(sandbox: HubSpotSandbox, knob: Knob | None) -> Sandbox:
    if knob is Knob.DROPPED:
        return Bent(sandbox, take=_without_probability)
    if knob is Knob.SCHEMA_CHANGE:
        return Bent(sandbox, answer=_with_more)
    return sandbox


def _inner(rehearsal: Rehearsal) -> HubSpotSandbox:
    sandbox = rehearsal.sandbox
    return sandbox.sandbox if isinstance(sandbox, Bent) else cast("HubSpotSandbox", sandbox)


def _plain(row: Any) -> dict[str, Json]:
    return {key: row[key] for key in row.keys()}  # noqa: SIM118  # a Row is no mapping


def _edit(sandbox: HubSpotSandbox, now: float, path: str, body: Json) -> None:
    request = Request("PATCH", path, json=body, headers=(("x-sandbox-user", ADMIN.email),))
    answer = sandbox.respond(request, token="sandbox-token", now=now)
    assert answer.status == 200, answer
