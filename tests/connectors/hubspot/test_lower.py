"""Policies as HubSpot's objects, and what a person is told about every clause."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ixia_config.model import Address, Level
from ixia_connectors.hubspot.values import held_probability
from tests.connectors.hubspot.account import CONNECTOR, Account, configured
from tests.connectors.hubspot.examples import PIPELINE, REGION, RICH
from tests.snapshots import Text


def lowered(text: str, account: Account | None = None):
    configuration = configured(text)
    return CONNECTOR.lower(configuration, (account or Account()).live(configuration))


def stage_fields(text: str, key: str):
    return next(each.fields for each in lowered(text).desired if each.address.part == key)


def test_every_clause_of_a_rich_policy_is_shown_with_its_level(snapshot):
    clauses = lowered(RICH).clauses

    lines = []
    for clause in clauses:
        lines.append(f"{clause.level:<12}{clause.address}: {clause.subject}")
        lines += [f"{'':12}{clause.note}"] if clause.note else []
        lines += [f"{'':12}[ ] {step}" for step in clause.steps]
    assert snapshot(extension_class=Text) == "\n".join(lines) + "\n"


def test_what_a_rich_policy_wants_of_hubspot(snapshot):
    lines = []
    for each in lowered(RICH).desired:
        lines.append(f"{each.type} {each.address} = {each.remote_id or each.choose_id}")
        lines += [f"    {path}: {value}" for path, value in sorted(each.fields.items())]
    assert snapshot(extension_class=Text) == "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("chance", "held"),
    [("0.04", "0.1"), ("0", "0.1"), ("0.65", "0.7"), ("0.99", "0.9"), ("1", "0.9"), ("0.4", "0.4")],
)
def test_an_open_stage_never_turns_into_a_closed_one_by_rounding(chance: str, held: str):
    assert Decimal(held) == held_probability(Decimal(chance), "open")


def test_a_probability_that_hubspot_cannot_hold_is_never_rounded_silently():
    clauses = lowered(PIPELINE.replace("40%", "65%")).clauses

    found = [each for each in clauses if each.subject == "probability of Evaluate"]
    assert [Level.UNSUPPORTED] == [each.level for each in found]
    assert "65% is sent as 70%" in found[0].note


def test_only_what_the_user_wrote_is_owned():
    text = PIPELINE.replace(", title: New business", "").replace(", probability: 10%", "")
    desired = {each.address.part: each for each in lowered(text).desired}

    assert {"order"} == set(desired[""].fields)
    assert {"title"} == set(desired["qualify"].fields)
    assert "new-business" == desired[""].title


def test_a_pipeline_for_another_target_is_left_alone():
    text = PIPELINE.replace("title: New business}", "title: New business, targets: [erp]}")

    assert () == lowered(text).desired
    assert () == lowered(text).clauses


def test_ids_that_the_yaml_names_are_adopted():
    external = """
  external: {crm: {id: default, stages: {won: closedwon, lost: closedlost}}}
"""
    desired = {each.address.part: each for each in lowered(PIPELINE + external).desired}

    assert "deals/default" == desired[""].remote_id
    assert "deals/default/closedwon" == desired["won"].remote_id
    assert "deals/default/ixia_new_business__evaluate" == desired["evaluate"].choose_id


def test_a_renamed_stage_keeps_the_object_that_it_was():
    moved = PIPELINE.replace("key: evaluate", "key: assess") + (
        "  moved: [{from: look, to: evaluate}, {from: evaluate, to: assess}]\n"
    )
    desired = {each.address.part: each for each in lowered(moved).desired}

    assert ["evaluate", "look"] == [each.part for each in desired["assess"].previous]


def test_a_key_that_is_used_again_does_not_take_the_id_of_the_stage_that_had_it():
    account = Account()
    account.apply(PIPELINE)
    account.apply(
        PIPELINE.replace("key: evaluate", "key: assess")
        + "  moved: [{from: evaluate, to: assess}]\n"
    )
    again = PIPELINE.replace("    - {key: evaluate,", "    - {key: assess,").replace(
        "    - {key: negotiate",
        "    - {key: evaluate, title: Second look, probability: 50%}\n    - {key: negotiate",
    )

    account.apply(again)

    ids = [remote for address, remote in account.state.ids.items() if "#" in str(address)]
    assert len(ids) == len(set(ids)) == 6
    assert () == account.plan(again).changes


def test_a_pipeline_and_a_field_group_of_one_name_keep_ids_of_their_own():
    account = Account()
    text = REGION.replace("title: Region", "title: Region, group: sales") + "---" + PIPELINE
    text = text.replace("name: new-business", "name: sales")
    account.apply(text)

    assert () == account.plan(text).changes
    assert "deals/ixia_sales" == account.state.ids[Address("Pipeline", "sales")]


def test_approvals_beyond_what_hubspot_has_are_said_to_be_unsupported():
    approvers = "approval: {approvers: [a@x.example, b@x.example, c@x.example, d@x.example]}"
    text = PIPELINE.replace("title: Qualify,", f"title: Qualify, {approvers},")

    found = [each for each in lowered(text).clauses if each.subject.startswith("approval")]
    assert [(Level.UNSUPPORTED, "HubSpot takes at most 3 approvers")] == [
        (each.level, each.note) for each in found
    ]


def test_a_field_of_another_type_is_refused_rather_than_converted():
    account = Account()
    account.edit(
        "POST",
        "/crm/properties/2026-09/deals",
        {
            "name": "region",
            "label": "Region",
            "groupName": "dealinformation",
            "type": "string",
            "fieldType": "text",
        },
    )

    found = lowered(REGION, account)

    assert () == found.desired
    assert [Level.UNSUPPORTED] == [each.level for each in found.clauses]
    assert "would lose data" in found.clauses[0].note


def test_hubspots_own_fields_are_owned_only_where_they_may_change():
    text = REGION.partition("    region:")[0] + (
        "    amount: {type: money, title: Deal value}\n"
        "    type: {type: choice, choices: [{value: newbusiness, title: New logo}]}\n"
    )
    found = lowered(text)

    assert [("deals/dealtype", {"choices.newbusiness", "order"})] == [
        (each.remote_id, set(each.fields)) for each in found.desired
    ]
    assert ["title of Deal value"] == [
        each.subject for each in found.clauses if each.level is Level.UNSUPPORTED
    ]


def test_a_date_fits_a_field_of_hubspot_that_has_a_time_too():
    text = REGION.partition("    region:")[0] + "    close_date: {type: date}\n"

    assert [Level.NATIVE] == [each.level for each in lowered(text).clauses]


def test_a_link_to_another_record_is_no_field():
    text = REGION.partition("    region:")[0] + "    account: {type: reference, to: company}\n"
    found = lowered(text)

    assert () == found.desired
    assert [Level.UNSUPPORTED] == [each.level for each in found.clauses]
