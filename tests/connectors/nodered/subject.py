"""The Node-RED connector as a subject of the conformance kit, on its sandbox or on any account."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar, cast

from ixia_config.sdk import Connector, Json, Rehearsal
from ixia_config.testing import Files, Knob, NotApplicable, Samples, Subject
from ixia_connectors.nodered import NodeRed
from ixia_connectors.nodered.sandbox import NodeRedSandbox

LEAD = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: lead}
spec:
  currency: USD
  fields:
    region: {type: choice, choices: [AMER, EMEA]}
    employees: {type: integer}
    amount: {type: money}
    owner: {type: person}
    assigned_at: {type: datetime}
    first_touch_at: {type: datetime}
"""
TOUCH = """\
apiVersion: ixia/v1
kind: SlaPolicy
metadata: {name: touch, title: First touch}
spec:
  object: lead
  metric: first_touch
  start: {on: assigned}
  stop: known(first_touch_at)
  targets: [{within: 4 hours}]
  warn_at: [50%]
  escalate: [{at: 100%, to: ops}]
"""
LIMITS = """\
apiVersion: ixia/v1
kind: ApprovalPolicy
metadata: {name: limits, title: Limits}
spec:
  object: lead
  rules: [{key: all, steps: [{approver: {role: ops}, due: {within: 4 hours}}]}]
"""
PEOPLE = """\
apiVersion: ixia/v1
kind: Directory
metadata: {name: people}
spec:
  roles: [ops]
  people: [{email: ana@acme.example, role: ops}, {email: ben@acme.example}]
  pools: {team: {members: [{email: ana@acme.example}, {email: ben@acme.example}]}}
  queues: {triage: {owner: ops}, later: {owner: ops}}
"""
EMEA = {"key": "emea", "when": 'region == "EMEA"', "assign": {"pool": "team"}}
BIG = {"key": "big", "when": "employees >= 1000", "assign": {"person": "ana@acme.example"}}
HUGE = {"key": "big", "when": "employees >= 5000", "assign": {"person": "ben@acme.example"}}
SMALL = {"key": "small", "when": "employees < 10", "assign": {"queue": "later"}}


def routing(name: str, title: str, *rules: Mapping[str, Any], queue: str = "triage") -> str:
    """A routing policy as YAML text."""
    return json.dumps(
        {
            "apiVersion": "ixia/v1",
            "kind": "RoutingPolicy",
            "metadata": {"name": name, "title": title},
            "spec": {"object": "lead", "rules": list(rules), "otherwise": {"queue": queue}},
        },
        ensure_ascii=False,
    )


def files(
    *rules: Mapping[str, Any], title: str = "Leads", other: bool = True, **more: Any
) -> Files:
    """A configuration with one or two routing policies."""
    found = {
        "schemas/lead.yaml": LEAD,
        "people.yaml": PEOPLE,
        "routing/leads.yaml": routing("leads", title, *rules, **more),
        "slas/touch.yaml": TOUCH,
        "approvals/limits.yaml": LIMITS,
    }
    if other:
        found["routing/partners.yaml"] = routing("partners", "Partners", SMALL)
    return found


SAMPLES = Samples(
    start=files(EMEA, BIG),
    changed=files(EMEA, SMALL, HUGE, queue="later"),
    rival=files(EMEA, HUGE),
    renamed=files(EMEA, BIG, title="All leads"),
    reordered=files(BIG, EMEA),
    removed=files(EMEA, BIG, other=False),
    odd=files(EMEA, {**BIG, "title": "R&D / 50 % + \"x\" 'y' <z> 営業"}, title="Prüfung à gogo ß"),
    titled=lambda title: files(EMEA, BIG, title=title),
)


class NodeRedSubject(Subject):
    """The connector at its sandbox."""

    connector: ClassVar[type[Connector]] = NodeRed
    samples: ClassVar[Samples] = SAMPLES

    def account(self, knob: Knob | None) -> Rehearsal:
        if knob is not None:
            raise NotApplicable(f"Node-RED cannot do this: {knob}")
        return self.connector().rehearsal()

    def unowned(self, rehearsal: Rehearsal) -> Mapping[str, Json]:
        found: dict[str, Json] = {}
        for row in sandbox(rehearsal).flows:
            if str(row["id"]).startswith("ixia-"):
                found[f"place of {row['id']}"] = [row.get("x"), row.get("y"), row.get("env")]
            else:
                found[str(row["id"])] = row
        return found

    def meddle(self, rehearsal: Rehearsal, now: float) -> None:
        for row in sandbox(rehearsal).flows:
            if str(row["id"]).startswith("ixia-"):
                env = [{"name": "REGION", "value": "x", "type": "str"}]
                row.update({"env": env} if row["type"] == "tab" else {"x": 7, "y": 9})
        tab = "ixia-routing-leads"
        sandbox(rehearsal).flows.append({"id": "n1", "type": "comment", "z": tab, "name": "Mine"})


def sandbox(rehearsal: Rehearsal) -> NodeRedSandbox:
    """The sandbox behind an account."""
    return cast("NodeRedSandbox", rehearsal.sandbox)
