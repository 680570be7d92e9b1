"""Flows of others stay byte for byte, stale revisions are planned anew, drift has a name."""

import copy
import json

import pytest

from ixia_config.kinds.parse import configure
from ixia_config.language import load
from ixia_config.model import Status, Verb
from ixia_config.sdk import Level, Request
from ixia_config.testing import a_place
from ixia_connectors.nodered import NodeRed
from ixia_connectors.nodered.layout import layout
from ixia_connectors.nodered.sandbox import rehearsal
from tests.connectors.nodered.hazards import all_hazards
from tests.connectors.nodered.subject import (
    BIG,
    EMEA,
    HUGE,
    LEAD,
    LIMITS,
    PEOPLE,
    SAMPLES,
    SMALL,
    TOUCH,
    files,
    sandbox,
)

TAB = "ixia-routing-leads"


@pytest.fixture
def place():
    with a_place(NodeRed(), rehearsal(), on_remove="delete") as found:
        yield found


def rows(place):
    return {row["id"]: row for row in sandbox(place.rehearsal).flows}


def strangers(place):
    return [row for row in sandbox(place.rehearsal).flows if not row["id"].startswith("ixia-")]


def on_next_deployment(place, act):
    """Somebody is faster: their deployment arrives between our read and our write."""
    done = []

    def intercept(request, effect):
        if request.method == "POST" and not done:
            done.append(request)
            act()
        return effect()

    place.fault = intercept


def test_flows_of_others_stay_as_they_are_and_in_their_order(place):
    before = json.dumps(strangers(place))

    place.lead(SAMPLES.start)
    place.lead(SAMPLES.changed)
    place.lead(SAMPLES.removed)

    assert before == json.dumps(strangers(place))
    assert "ixia-routing-partners" not in rows(place)


def test_a_foreign_deployment_between_read_and_write_is_kept(place):
    place.lead(SAMPLES.start)
    extra = {"id": "n9", "type": "tab", "label": "Tea", "disabled": False, "info": ""}
    on_next_deployment(place, lambda: sandbox(place.rehearsal).flows.append(extra))

    report = place.lead(SAMPLES.changed)

    assert extra == rows(place)["n9"]
    assert {Status.APPLIED} == {each.status for each in report.results}


def test_a_tab_that_somebody_else_deployed_meanwhile_is_not_overwritten(place):
    place.lead(SAMPLES.start)
    place.write(SAMPLES.changed)
    on_next_deployment(place, lambda: rows(place)[TAB].update(label="Mine now"))

    report = place.apply()

    assert {Status.FAILED} == {each.status for each in report.results}
    assert "meanwhile" in report.results[0].message
    assert "Mine now" == rows(place)[TAB]["label"]


def test_drift_is_named_by_the_node(place):
    place.lead(SAMPLES.start)
    row = rows(place)[f"{TAB}.rules-0"]
    row["func"] = row["func"].replace("1000", "10")

    (change,) = place.plan().changes

    assert (Verb.UPDATE, TAB) == (change.verb, change.remote_id)
    assert ["nodes.rules-0"] == [each.path for each in change.fields]


def test_a_disabled_tab_is_drift(place):
    place.lead(SAMPLES.start)
    rows(place)[TAB]["disabled"] = True

    (change,) = place.plan().changes

    assert ["enabled"] == [each.path for each in change.fields]


def test_what_the_editor_fills_in_is_no_drift(place):
    place.lead(SAMPLES.start)
    for row in rows(place).values():
        if row["type"] == "function":
            row |= {"x": 1, "y": 2, "timeout": "", "noerr": 0, "g": "group", "inputLabels": []}

    assert () == place.plan().changes


def test_a_rule_that_goes_takes_its_nodes_along(place):
    place.lead(files(EMEA, BIG))
    assert f"{TAB}.assign-big" in rows(place)

    place.lead(files(EMEA))

    assert f"{TAB}.assign-big" not in rows(place)
    assert () == place.plan().changes


def test_a_tab_with_nodes_of_others_is_not_removed(place):
    place.lead(SAMPLES.start)
    sandbox(place.rehearsal).flows.append(
        {"id": "n1", "type": "comment", "z": "ixia-routing-partners", "name": "Mine"}
    )
    before = copy.deepcopy(sandbox(place.rehearsal).flows)
    place.write(SAMPLES.removed)

    plan = place.plan()

    assert any("not ours" in each.message for each in plan.refused)
    assert before == sandbox(place.rehearsal).flows


def test_a_tab_that_was_changed_by_hand_is_not_pulled_as_its_policy(place):
    place.lead(SAMPLES.start)
    rows(place)[f"{TAB}.assign-big"]["name"] = "Changed"
    place.lose_state()
    place.keep_unheld(SAMPLES.start)

    pulled = place.pull()

    assert any("changed by hand" in each for each in pulled.lost)
    assert not any("leads" in str(each) for each in pulled.files)


def test_every_wire_leads_to_a_node_that_is_there(place):
    place.lead(files(EMEA, HUGE, SMALL))
    ids = set(rows(place))

    wired = {to for row in rows(place).values() for wire in row.get("wires", []) for to in wire}

    assert wired <= ids


def test_no_two_nodes_stand_on_one_place_and_records_pass_from_left_to_right():
    wires = {"in": ("a",), "a": ("b", "c"), "b": ("d",), "c": ("d",), "d": ()}

    places = layout(wires, "in")

    assert len(set(places.values())) == len(wires)
    assert places["in"][0] < places["a"][0] < places["b"][0] == places["c"][0] < places["d"][0]


def test_the_sandbox_has_the_hazards_of_the_real_one():
    made = rehearsal()

    def sent(method, path, body=None):
        request = Request(method, path, json=body, headers=(("Node-RED-API-Version", "v2"),))
        return made.sandbox.respond(request, token=made.token, now=0)

    all_hazards(sent)
    assert 401 == made.sandbox.respond(Request("GET", "/flows"), token="no", now=0).status


def test_drift_of_a_timer_is_named_by_its_node(place):
    place.lead(SAMPLES.start)
    row = rows(place)["ixia-sla-touch.timers"]
    row["func"] = row["func"].replace("breached", "fine")

    (change,) = place.plan().changes

    assert ("ixia-sla-touch", ["nodes.timers"]) == (
        change.remote_id,
        [each.path for each in change.fields],
    )


def test_an_alarm_that_goes_takes_its_nodes_along(place):
    place.lead(SAMPLES.start)
    assert "ixia-sla-touch.tell-escalation-1" in rows(place)

    place.lead(
        {**SAMPLES.start, "slas/touch.yaml": TOUCH.replace("  escalate: [{at: 100%, to: ops}]", "")}
    )

    assert "ixia-sla-touch.tell-escalation-1" not in rows(place)
    assert () == place.plan().changes


@pytest.mark.parametrize("name", ["sla-touch", "approval-limits"])
def test_a_tab_that_waits_is_kept_where_others_put_nodes_on_it(place, name):
    place.lead(SAMPLES.start)
    mine = {"id": "n1", "type": "comment", "z": f"ixia-{name}", "name": "Mine"}
    sandbox(place.rehearsal).flows.append(mine)
    before = copy.deepcopy(sandbox(place.rehearsal).flows)
    kept = {"sla-touch": "slas/touch.yaml", "approval-limits": "approvals/limits.yaml"}[name]
    place.write({path: text for path, text in SAMPLES.start.items() if path != kept})

    plan = place.plan()

    assert any("not ours" in each.message for each in plan.refused)
    assert before == sandbox(place.rehearsal).flows


@pytest.mark.parametrize("name", ["routing-leads", "sla-touch", "approval-limits"])
def test_a_tab_is_readable_in_the_editor(place, name):
    """No two nodes on one place, no wire that leads back, and every node with a name."""
    place.lead(SAMPLES.start)
    own = {key: row for key, row in rows(place).items() if row.get("z") == f"ixia-{name}"}

    assert len(own) == len({(row["x"], row["y"]) for row in own.values()}) > 5
    assert all(row["name"] for row in own.values())
    wires = [(row, own[to]) for row in own.values() for wire in row["wires"] for to in wire]
    assert all(start["x"] < end["x"] for start, end in wires)


def test_text_of_a_policy_is_only_ever_data(place):
    """Nothing that a title or a name holds can end a string of ours."""
    odd = "x`${process.exit()}` \u2028 */ </script> \\"
    sla = json.loads(json.dumps({"title": f'T"; process.exit(); //{odd}'}))["title"]
    place.lead({**SAMPLES.start, "slas/touch.yaml": TOUCH.replace("First touch", json.dumps(sla))})

    code = "".join(row.get("func", "") for row in sandbox(place.rehearsal).flows)

    assert "process.exit" not in code


def test_coverage_says_what_a_tab_does_and_what_it_does_not(place):
    odd = TOUCH.replace("  stop:", "  pause: known(owner)\n  stop:").replace("[50%]", "[2 hours]")
    text = "---\n".join([LEAD, PEOPLE, odd, LIMITS])
    configuration, _ = configure(load("a.yaml", text).documents)

    lowered = NodeRed().lower(configuration, place.everything())

    clauses = {(str(each.address), each.subject): each.level for each in lowered.clauses}

    assert Level.AUTOMATION is clauses["SlaPolicy/touch", "due times"]
    assert Level.DETECT is clauses["SlaPolicy/touch", "warnings and escalations"]
    assert Level.UNSUPPORTED is clauses["SlaPolicy/touch", "warn_at 1"]
    assert Level.AUTOMATION is clauses["ApprovalPolicy/limits", "rules and steps, in order"]
