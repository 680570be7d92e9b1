"""A real Node-RED keeps our promises: the kit's, and that records go where the policy says."""

from __future__ import annotations

import csv
import http.client
import json
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.parse import configure
from ixia_config.kinds.routing_policy.decide import route
from ixia_config.kinds.routing_policy.rotation import NOBODY_YET
from ixia_config.kinds.routing_policy.spec import RoutingPolicy
from ixia_config.language import load
from ixia_config.model import Verb
from ixia_config.rules import normalise
from ixia_config.sdk import Rehearsal
from ixia_config.testing import Knob, NotApplicable, a_place
from ixia_connectors.nodered import NodeRed
from ixia_connectors.nodered.sandbox import rehearsal
from tests.connectors.nodered.hazards import all_hazards
from tests.connectors.nodered.subject import SAMPLES, NodeRedSubject
from tests.connectors.nodered.test_conformance import APPLYING
from tests.kinds.routing_policy.place import directory
from tests.kinds.routing_policy.test_real_leads import CALENDAR, POLICY, SCHEMA
from tests.live.nodered.server import TITLE

LEADS = 1_000
FOREIGN = rehearsal().sandbox.flows
TAB = "ixia-routing-leads"


class LiveSubject(NodeRedSubject):
    """The connector at the real one; each check begins with the flow of somebody else alone."""

    def __init__(self, server):
        self.server = server

    def account(self, knob):
        if knob is not None and knob is not Knob.PAGING:
            raise NotApplicable(f"Node-RED cannot do this: {knob}")
        if knob is not None:
            raise NotApplicable("Node-RED has no pages")
        self.server.deploy(FOREIGN)
        return Rehearsal(self.server, TITLE, self.server.token)

    def unowned(self, rehearsal):
        rows = self.server.flows()
        ours = {row["id"]: row for row in rows if row["id"].startswith("ixia-")}
        places = {f"place of {key}": [row.get("x"), row.get("y")] for key, row in ours.items()}
        return {**places, **{row["id"]: row for row in rows if row["id"] not in ours}}

    def meddle(self, rehearsal, now):
        rows = self.server.flows()
        for row in rows:
            if row["id"].startswith("ixia-") and row["type"] != "tab":
                row.update({"x": 7, "y": 9})
        note = {"id": "n1", "type": "comment", "z": TAB, "name": "Mine", "wires": []}
        self.server.deploy([*rows, note])


@pytest.mark.parametrize("check", APPLYING, ids=lambda check: check.name)
def test_the_conformance_kit_at_the_real_one(server, check):
    try:
        check.run(LiveSubject(server))
    except NotApplicable as why:
        pytest.skip(f"not applicable: {why}")


@pytest.fixture
def place(server):
    server.deploy(FOREIGN)
    server.forget_turns()
    account = Rehearsal(server, TITLE, server.token)
    with a_place(NodeRed(), account, on_remove="delete") as found:
        yield found


def test_drift_made_through_its_own_api_is_named_and_mended(server, place):
    place.lead(SAMPLES.start)
    shown = server.admin("GET", f"/flow/{TAB}").json
    for node in shown["nodes"]:
        if node["id"].endswith("rules-0"):
            node["func"] = node["func"].replace("1000", "10")
    assert 200 == server.admin("PUT", f"/flow/{TAB}", shown).status

    (change,) = place.plan().changes

    assert (Verb.UPDATE, ["nodes.rules-0"]) == (change.verb, [each.path for each in change.fields])
    place.lead(SAMPLES.start)
    assert () == place.plan().changes


def test_flows_of_others_survive_a_deployment_byte_for_byte(server, place):
    place.lead(SAMPLES.start)
    place.lead(SAMPLES.removed)

    rows = [row for row in server.flows() if not row["id"].startswith("ixia-")]

    assert json.dumps(FOREIGN, sort_keys=True) == json.dumps(rows, sort_keys=True)


def test_the_hazards_are_those_that_our_sandbox_has(server):
    server.deploy(FOREIGN)

    all_hazards(server.admin)


def test_a_tab_that_somebody_deployed_meanwhile_is_not_overwritten(server, place):
    """Theirs arrives between our read and our write; the stale revision is refused with 409."""
    place.lead(SAMPLES.start)
    place.write(SAMPLES.changed)
    done = []

    def first(request, effect):
        if request.method == "POST" and not done:
            done.append(request)
            rows = server.flows()
            server.deploy([{**row, "label": "Mine"} if row["id"] == TAB else row for row in rows])
        return effect()

    place.fault = first
    report = place.apply()

    assert done
    assert "FAILED" in {each.status.name for each in report.results}
    assert "Mine" == next(row["label"] for row in server.flows() if row["id"] == TAB)


def test_a_tab_with_nodes_of_others_is_not_removed(server, place):
    place.lead(SAMPLES.start)
    mine = {"id": "n1", "type": "comment", "z": "ixia-sla-touch", "name": "Mine", "wires": []}
    server.deploy([*server.flows(), mine])
    kept = {path: text for path, text in SAMPLES.start.items() if path != "slas/touch.yaml"}
    place.write(kept)

    assert any("not ours" in each.message for each in place.plan().refused)
    assert mine in server.flows()


def test_a_disabled_tab_answers_nobody_and_is_drift(server, place):
    place.lead(SAMPLES.start)
    assert 200 == server.ask("GET", "/ixia/sla/touch/due").status
    rows = server.flows()
    server.deploy([{**r, "disabled": True} if r["id"] == "ixia-sla-touch" else r for r in rows])

    assert 404 == server.ask("GET", "/ixia/sla/touch/due").status
    (change,) = place.plan().changes
    assert ["enabled"] == [each.path for each in change.fields]


def at_noon(lead):
    return datetime.fromisoformat(f"{lead['first_contact_date']}T15:00:00").replace(tzinfo=UTC)


@pytest.fixture(scope="module")
def leads(shared):
    name = "olist_marketing_qualified_leads_dataset.csv"
    path = shared / "data" / "olist-marketing-funnel" / name
    with path.open(encoding="utf-8", newline="") as lines:
        return sorted(csv.DictReader(lines), key=at_noon)[:LEADS]


def people(method):
    """Five people with caps; in the office of the policy."""
    known = [
        f"{{email: m{n}@acme.example, role: ops, zone: America/Sao_Paulo, calendar: office}}"
        for n in range(5)
    ]
    more = "daily_cap: {}, weight: {}" if method == "weighted" else "daily_cap: {}, open_cap: 9{}"
    members = [f"{{email: m{n}@acme.example, {more.format(n + 1, n + 1)}}}" for n in range(5)]
    return directory(members, method, known)


@pytest.mark.shared
@pytest.mark.parametrize("method", ["round_robin", "weighted", "least_loaded"])
def test_a_thousand_real_leads_go_where_the_policy_says_each_one(server, place, leads, method):
    texts = {"a.yaml": SCHEMA, "b.yaml": CALENDAR, "c.yaml": people(method), "d.yaml": POLICY}
    place.lead(texts)
    documents = [each for text in texts.values() for each in load("a.yaml", text).documents]
    configuration, found = configure(documents)
    assert () == found

    decided = expected(configuration, leads)
    told = list(answers(server.url, leads))

    assert LEADS == len(told) == len(decided)
    assert decided == told
    assert {"search", "pages", ""} <= {each["rule"] for each in told}
    assert 5 == len({each["person"] for each in told} - {""})


def expected(configuration, leads):
    """What ``ixia explain`` says of each lead, one after the other."""
    policy, known = configuration.get(RoutingPolicy, "leads"), catalogue(configuration)
    rotation, decided = NOBODY_YET, []
    for lead in leads:
        record = normalise(lead, known, "lead")
        decision, rotation = route(
            configuration, policy, record, now=at_noon(lead), rotation=rotation
        )
        names = ("rule", "person", "pool", "queue")
        decided.append({name: getattr(decision, name) for name in names})
    return decided


def answers(url, leads):
    """What the flow answers for each lead, over one connection."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
    try:
        for lead in leads:
            body = json.dumps({"record": lead, "now": at_noon(lead).isoformat()})
            connection.request(
                "POST", "/ixia/routing/leads", body, {"Content-Type": "application/json"}
            )
            answer = connection.getresponse()
            text = answer.read()
            assert answer.status == 200, text[:300]
            told = json.loads(text)
            assert told["reasons"]
            assert 12 == len(told["version"])
            yield {name: told[name] for name in ("rule", "person", "pool", "queue")}
    finally:
        connection.close()
