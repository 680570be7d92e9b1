"""A flow decides every record as its policy does: the graph, Python and JavaScript agree."""

import json
import os
import warnings
from collections import Counter
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NonInteractiveExampleWarning

from ixia_config.flows import routing_graph
from ixia_connectors.nodered.names import node_id
from ixia_connectors.nodered.nodes import nodes
from tests.connectors.nodered.interpreter import decide, needs_node
from tests.flows.generated import EMAILS, RECORDS, TIMES, offices
from tests.kinds.routing_policy.place import MONDAY, POOL_ONLY, Office, directory, document

OFFICES, RECORDS_EACH = (1_200, 9) if "IXIA_FUZZ" in os.environ else (15, 8)
COMING = st.lists(
    st.tuples(RECORDS, TIMES, st.sets(st.sampled_from(EMAILS), max_size=1)),
    min_size=RECORDS_EACH,
    max_size=RECORDS_EACH,
)


def flow(office, messages, rotation=None):
    graph = routing_graph(office.configuration, office.policy)
    made = {key: json.loads(body) for key, body in nodes(graph).items()}
    prefix = node_id(office.policy.address, "")
    return {"nodes": made, "prefix": prefix, "messages": messages, "rotation": rotation}


def message(record, now=MONDAY, absent=()):
    return {"record": record, "now": now.isoformat(), "absent": sorted(absent)}


def answered(told):
    return {name: told[name] for name in ("rule", "person", "pool", "queue")}


def decided(decision):
    return {name: getattr(decision, name) for name in ("rule", "person", "pool", "queue")}


@needs_node
def test_flows_decide_as_policies_do_and_keep_the_same_turns():
    """One process of Node.js for all of them, so the pairs are drawn first."""
    pairs = []

    @settings(
        max_examples=OFFICES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    @given(offices(), COMING)
    def draw(office, coming):
        pairs.append((office, coming))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NonInteractiveExampleWarning)
        draw()
    flows = [flow(office, [message(*each) for each in coming]) for office, coming in pairs]

    seen = Counter()
    for (office, coming), answer in zip(pairs, decide(flows), strict=True):
        for (record, now, absent), told in zip(coming, answer["told"], strict=True):
            decision = office.route(record, now, absent=absent)
            assert decided(decision) == answered(told), (record, now, absent)
            seen["person" if decision.person else "queue" if decision.queue else "nobody"] += 1
        opened = (answer["rotation"] or {"open": {}})["open"]
        assert dict(office.rotation.open) == opened
    assert {"person", "queue", "nobody"} == set(seen)
    assert len(pairs) * RECORDS_EACH == sum(seen.values())


@needs_node
def test_an_answer_carries_the_policy_its_version_and_its_reasons():
    office = Office(directory(["{email: ana@acme.example}"]), POOL_ONLY)

    (answer,) = decide([flow(office, [message({})])])

    version = routing_graph(office.configuration, office.policy).version
    assert {
        "policy": "RoutingPolicy/leads",
        "version": version,
        "rule": "all",
        "person": "ana@acme.example",
        "pool": "team",
        "queue": "",
        "reasons": [
            {"rule": "all", "why": "true"},
            {"rule": "all", "why": "next by round_robin"},
        ],
    } == answer["told"][0]


@needs_node
def test_a_value_of_the_wrong_type_is_refused_and_takes_no_turn():
    rules = "object: lead\nrules: [{key: big, when: amount > 10, assign: {pool: team}}]"
    members = directory(["{email: ana@acme.example}"])
    office = Office(members, document("RoutingPolicy", "leads", rules))

    (answer,) = decide([flow(office, [message({"amount": "ten"}), message({"amount": 10.5})])])

    assert "amount is no money" == answer["told"][0]["error"]
    assert "ana@acme.example" == answer["told"][1]["person"]
    assert {"ana@acme.example": 1} == answer["rotation"]["open"]


@needs_node
def test_a_year_without_known_holidays_is_refused_rather_than_guessed():
    calendar = document("Calendar", "office", 'zone: UTC\nweek: {mon-fri: ["09:00-17:00"]}')
    person = "{email: ana@acme.example, calendar: office}"
    members = directory(["{email: ana@acme.example}"], people=[person])
    office = Office(calendar, members, POOL_ONLY)

    far = message({}, MONDAY + timedelta(days=365 * 20))
    (answer,) = decide([flow(office, [message({}), far])])

    assert "ana@acme.example" == answer["told"][0]["person"]
    assert "no holidays are known then" == answer["told"][1]["error"]


@needs_node
def test_an_office_is_open_from_its_first_minute_to_before_its_last():
    calendar = document(
        "Calendar",
        "office",
        'zone: Europe/Berlin\nweek: {mon-fri: ["09:00-17:30"], sat: ["22:00-30:00"]}',
    )
    person = "{email: ana@acme.example, zone: Europe/Berlin, calendar: office}"
    members = directory(["{email: ana@acme.example}"], people=[person])
    office = Office(calendar, members, POOL_ONLY)
    midnight = MONDAY - timedelta(hours=10)  # 00:00 in Berlin
    minutes = (539, 540, 1049, 1050, 6 * 1440 + 359, 6 * 1440 + 360)  # the last two: Sunday, 6:00
    times = [midnight + timedelta(minutes=each) for each in minutes]

    (answer,) = decide([flow(office, [message({}, now) for now in times])])

    told = [answered(each) for each in answer["told"]]
    assert [decided(office.route({}, now)) for now in times] == told
    assert [bool(each["person"]) for each in told] == [False, True, True, False, True, False]
