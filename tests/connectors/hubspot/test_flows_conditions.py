"""Filters of workflows mean what the condition means, or are refused with the reason."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from ixia_config.model import Identity
from ixia_config.sdk import Live
from ixia_config.sdk.rules import condition
from ixia_connectors.hubspot.flow_filters import Groups, filters, native, plain, read_plain
from ixia_connectors.hubspot.flow_steps import Ids, Names, Step, actions, neutral
from ixia_connectors.hubspot.lower.flow_conditions import (
    MOST_GROUPS,
    InexpressibleError,
    always,
    asked,
    never,
)
from ixia_connectors.hubspot.lower.flow_places import places
from ixia_connectors.hubspot.names import record_type
from ixia_connectors.hubspot.sandbox.flow_filters import passes
from ixia_connectors.hubspot.target import Target
from tests.connectors.hubspot.account import configured
from tests.connectors.hubspot.flow_examples import LEADS
from tests.connectors.hubspot.flow_office import ATOMS, RECORDS, conditions, subject
from tests.kinds.routing_policy.place import MONDAY, POOL_ONLY, Office, directory

OFFICE = Office(directory(["{email: ana@acme.example}"]), POOL_ONLY)
NOWHERE = Live(Identity("hubspot", "1", ""), asked=False)
PLACES = places(Target.of(OFFICE.configuration, NOWHERE), record_type("leads"), "lead")
CONFIGURATION = configured(LEADS)
LEAD = places(Target.of(CONFIGURATION, NOWHERE), record_type("leads"), "lead")


def groups(text: str, *, opposite: bool = False) -> Groups:
    """The filters of a condition on the leads of the examples."""
    typed = condition(CONFIGURATION, "lead", text)
    assert typed is not None, text
    return asked(typed, LEAD, opposite=opposite).groups


@settings(max_examples=150, deadline=None)
@given(conditions(ATOMS, 3), RECORDS)
def test_filters_let_a_record_pass_exactly_where_the_condition_holds(text, record):
    typed = condition(OFFICE.configuration, "lead", text)
    assert typed is not None
    expected = typed.evaluate(OFFICE.record(**record), MONDAY)
    for opposite in (False, True):
        try:
            found = asked(typed, PLACES, opposite=opposite)
        except InexpressibleError:
            continue
        if not found.loosely:
            assert (expected is not opposite) is passes(native(found.groups), subject(record))


@settings(max_examples=60, deadline=None)
@given(conditions(ATOMS, 3))
def test_filters_are_read_back_as_they_were_written(text):
    typed = condition(OFFICE.configuration, "lead", text)
    assert typed is not None
    try:
        found = asked(typed, PLACES).groups
    except InexpressibleError:
        return
    assert found == filters(native(found)) == read_plain(plain(found))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('city.contains("ham") && !city.startsWith("B")', "no such test of a text"),
        ("budget * 2 > 100", "does not calculate"),
        ("budget > employees", "compares a field with a fixed value only"),
        ('due > date("2026-01-01")', "a date is not compared with a fixed value"),
        ('account.relationship != "customer"', "no related one"),
        ("!known(account)", "no related one"),
        ('sdr == "ana@acme.example"', "a person is not compared"),
        ("budget > 12345678901234567.5", "more digits"),
        ("size(city) > 3", "does not calculate"),
    ],
)
def test_what_hubspot_has_no_filter_for_is_refused_with_the_reason(text: str, why: str):
    with pytest.raises(InexpressibleError) as raised:
        groups(text)

    assert why in str(raised.value)


@pytest.mark.parametrize(
    ("text", "operator", "values", "empty"),
    [
        ("share >= 20%", "IS_GREATER_THAN_OR_EQUAL_TO", ("20",), False),
        ("!(share >= 20%)", "IS_LESS_THAN", ("20",), True),
        ("hot", "IS_EQUAL_TO", ("true",), False),
        ("!hot", "IS_EQUAL_TO", ("false",), True),
        ('"crm" in products', "IS_ANY_OF", ("crm",), False),
        ('region != "EMEA"', "IS_NONE_OF", ("EMEA",), True),
        ("known(due)", "IS_KNOWN", (), False),
        ("10 < employees", "IS_GREATER_THAN", ("10",), False),
    ],
)
def test_each_kind_of_question_becomes_one_filter(text, operator, values, empty):
    ((found,),) = groups(text)

    assert (operator, values, empty) == (found.operator, found.values, found.empty)


def test_texts_are_said_to_be_compared_loosely():
    typed = condition(CONFIGURATION, "lead", 'city == "Bath"')
    assert typed is not None

    assert "upper and lower case" in asked(typed, LEAD).loosely


def test_what_always_or_never_holds_needs_no_filter():
    assert always(groups("true || hot"))
    assert never(groups("false && hot"))
    assert always(groups("hot && false", opposite=True))


def test_a_condition_that_grows_beyond_bounds_is_refused_quickly():
    pair = "(employees == {0} || budget == {0})"
    text = " && ".join(pair.format(number) for number in range(40))

    with pytest.raises(InexpressibleError) as raised:
        groups(text)
    assert f"more than {MOST_GROUPS} alternatives" in str(raised.value)


IDS = Ids(
    {"ana@x.example": "7", "ben@x.example": "8"}, {"ana@x.example": "8", "ben@x.example": "7"}
)
NAMES = Names(
    {"7": "ana@x.example", "8": "ben@x.example"}, {"8": "ana@x.example", "7": "ben@x.example"}
)
STEPS: dict[str, Step] = {
    "1": {"do": "wait", "time": "30", "unit": "MINUTES", "then": "2"},
    "2": {"do": "wait until", "property": "ixia_due", "then": "3"},
    "3": {
        "do": "branch",
        "branches": [{"name": "a", "when": plain(groups("hot || employees > 3")), "then": "4"}],
        "else": "5",
    },
    "4": {"do": "rotate", "among": ["ana@x.example", "ben@x.example"]},
    "5": {"do": "set", "property": "hubspot_owner_id", "person": "ben@x.example", "then": "6"},
    "6": {"do": "set", "property": "ixia_state", "value": "late", "then": "7"},
    "7": {"do": "set", "property": "hubspot_owner_id", "from": "sdr", "then": "8"},
    "8": {"do": "tell", "people": ["ana@x.example"], "subject": "s", "body": "b", "then": "9"},
    "9": {"do": "tell", "owners": ["hubspot_owner_id"], "subject": "s", "body": "b"},
}


def test_every_step_is_read_back_as_it_was_written():
    assert list(STEPS.values()) == [neutral(each, NAMES) for each in actions(STEPS, IDS)]


def test_an_owner_id_is_never_read_as_the_user_id_with_the_same_number():
    written = {each["actionId"]: each for each in actions(STEPS, IDS)}

    assert ["8", "7"] == written["4"]["fields"]["user_ids"]
    assert "8" == written["5"]["fields"]["value"]["staticValue"]
    assert ["8"] == written["8"]["fields"]["user_ids"]


@pytest.mark.parametrize("number", ["4", "8"])
def test_a_step_with_more_than_ours_is_kept_whole(number: str):
    action = {each["actionId"]: each for each in actions(STEPS, IDS)}[number]
    more = {**action, "fields": {**action["fields"], "team_ids": ["1"]}}

    assert "other" == neutral(more, NAMES)["do"]
    assert ["1"] == neutral(more, NAMES)["action"]["fields"]["team_ids"]
