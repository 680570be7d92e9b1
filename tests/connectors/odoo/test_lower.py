"""What Odoo shall hold, and what is said of what it cannot hold."""

import pytest

from ixia_config.kinds.parse import configure
from ixia_config.language import load
from ixia_config.model import Level
from ixia_config.sdk import Identity, Live, RemotePerson
from ixia_connectors.odoo import Odoo
from tests.connectors.odoo.subject import DEAL, HOURS, LEAD, PEOPLE, ROUTING, SPEED

PIPELINE = """\
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: sales, title: Sales}
spec:
  object: deal
  create_in: [new]
  moves: {skip: false, reopen_to: new}
  stages:
    - key: new
      title: New
      definition: Somebody asked.
      exit:
        - {key: worth, title: Worth it, when: amount > 100}
        - {key: more, title: More than before, when: amount > cost}
        - {key: felt, title: A feeling, verified_by: rep}
    - {key: talk, title: Talking, required: [amount], age: {warn: 2 weeks}}
    - {key: won, title: Won, type: won}
    - {key: lost, title: Lost, type: lost, reasons: [price]}
"""
ANA, BEN = (RemotePerson(f"{name}@acme.example", name, {"user": name}) for name in ("ana", "ben"))


def lowered(*texts, people=(ANA, BEN)):
    documents = [each for text in texts for each in load("a.yaml", text).documents]
    configuration, _ = configure(documents)
    live = Live(Identity("odoo", "x"), people=people)
    return Odoo().lower(configuration, live)


def desired(found, kind):
    return {str(each.address): each.fields for each in found.desired if each.type == kind}


def levels(found, part):
    return {each.level for each in found.clauses if part in each.subject}


COST = DEAL + "    cost: {type: money, currency: USD}\n"


def test_an_exit_criterion_stops_moves_to_later_stages_and_no_others():
    gates = desired(lowered(COST, PIPELINE), "gate")

    gate = gates["Pipeline/sales#.gate.exit.new.worth"]
    assert ("Pipeline/sales#new",) == gate["leaving"]
    assert ("Pipeline/sales#talk", "Pipeline/sales#won") == gate["entering"]
    assert "[('expected_revenue', '<=', 100)]" == gate["unmet"]
    assert "Sales: Worth it is needed to leave New." == gate["message"]


def test_what_odoo_cannot_check_is_left_to_people_and_never_half_checked():
    found = lowered(COST, PIPELINE)

    assert "Pipeline/sales#.gate.exit.new.more" not in desired(found, "gate")
    assert {Level.MANUAL} == levels(found, "More than before") == levels(found, "A feeling")
    assert {Level.AUTOMATION} == levels(found, "Worth it")


def test_moves_and_starts_are_gates_on_the_stages_that_are_shut():
    gates = desired(lowered(COST, PIPELINE), "gate")

    assert ("Pipeline/sales#won",) == gates["Pipeline/sales#.gate.moves.new"]["entering"]
    assert ("Pipeline/sales#talk",) == gates["Pipeline/sales#.gate.moves.won"]["entering"]
    start = gates["Pipeline/sales#.gate.create"]
    assert ("create", ("Pipeline/sales#talk", "Pipeline/sales#won")) == (
        start["on"],
        start["entering"],
    )


def test_a_lost_stage_is_no_stage_of_odoo():
    found = lowered(COST, PIPELINE)

    assert ["new", "talk", "won"] == [
        address.partition("#")[2] for address in desired(found, "stage")
    ]
    assert {"Pipeline/sales#.reason.price"} == set(desired(found, "reason"))
    assert "14" == desired(found, "stage")["Pipeline/sales#talk"]["rots"]


def test_people_whom_odoo_does_not_know_are_named_and_left_out():
    found = lowered(LEAD, PEOPLE, ROUTING, people=(ANA,))

    members = desired(found, "member")
    assert {"RoutingPolicy/inbound#.member.ana@acme.example"} == set(members)
    (clause,) = (each for each in found.clauses if "does not know" in each.subject)
    assert ("Settings > Users: invite ben@acme.example",) == clause.steps


def test_a_member_gets_what_leads_to_them_without_what_an_earlier_rule_takes():
    members = desired(lowered(LEAD, PEOPLE, ROUTING), "member")

    ben = members["RoutingPolicy/inbound#.member.ben@acme.example"]["accepts"]
    assert ben.startswith("['&', ('type', '=', 'lead'), '&', ('x_region', '=', 'EMEA')")
    ana = members["RoutingPolicy/inbound#.member.ana@acme.example"]["accepts"]
    assert "('x_region', '!=', 'EMEA')" in ana
    assert "('x_employees', '>=', 1000)" in ana


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("within: 3 business days", "within: 4 business hours"),
        ("  targets:", "  pause: known(first_touch_at)\n  targets:"),
        ("calendar: office", "calendar: {of: owner, otherwise: office}"),
    ],
)
def test_a_clock_that_odoo_cannot_run_is_not_run_at_all(old, new):
    assert old in SPEED
    found = lowered(LEAD, PEOPLE, HOURS, SPEED.replace(old, new))

    assert not desired(found, "timer")
    assert {Level.UNSUPPORTED} == levels(found, "the clock")


def test_opening_hours_past_midnight_are_two_spans():
    (hours,) = desired(lowered(HOURS), "calendar").values()

    assert {"sat 22:00-24:00", "sun 00:00-02:00"} <= set(hours["week"])
    assert ("2026-12-25", "2027-07-01") == hours["closed"]
