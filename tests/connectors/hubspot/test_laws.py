"""What holds of the HubSpot connector for every configuration."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ixia_config.engine.resolve import resolve
from ixia_config.model import Status, Verb
from ixia_config.testing.strategies import KEYS, NAMES, configurations, versions, written
from ixia_connectors.hubspot import names
from tests.connectors.hubspot.account import CONNECTOR, Account, configured

FEW = settings(max_examples=25)


def failures(account: Account, text: str) -> list[str]:
    """Apply, and say what did not work."""
    done = account.apply(text)
    return [
        f"{result.change.id}: {result.message}"
        for result in done.results
        if result.status is not Status.APPLIED
    ]


@FEW
@given(configurations().map(written))
def test_after_an_apply_there_is_nothing_left_to_do(text: str):
    account = Account()

    assert failures(account, text) == []
    plan = account.plan(text)
    assert ((), ()) == (plan.changes, plan.verdicts)


@FEW
@given(configurations().map(written))
def test_every_owned_field_reads_back_as_it_was_written(text: str):
    account = Account()
    account.apply(text)

    basis = account.basis(text)
    resolution = resolve(CONNECTOR, basis.lowered, basis.live, account.state, if_exists="refuse")
    for pair in resolution.pairs:
        assert pair.live is not None
        for path, wanted in pair.desired.fields.items():
            there = pair.live.fields.get(path)
            if isinstance(wanted, tuple) and isinstance(there, tuple) and path == "create_in":
                assert set(wanted) == set(there)
            else:
                assert (wanted or None) == (there or None), path


@FEW
@given(configurations().map(written))
def test_a_unit_costs_what_its_plan_said(text: str):
    account = Account()

    account.apply(text)

    assert [said for said, _ in account.spent] == [was for _, was in account.spent]


@FEW
@given(versions())
def test_a_second_version_is_reached_from_the_first_at_the_promised_cost(pair):
    before, after = (written(each) for each in pair)
    account = Account()
    account.apply(before)
    assume(not account.plan(after).refused)

    assert failures(account, after) == []
    plan = account.plan(after)
    assert () == tuple(change for change in plan.changes if change.verb.writes)
    assert [said for said, _ in account.spent] == [was for _, was in account.spent]


@FEW
@given(configurations().map(written))
def test_an_account_pulled_into_yaml_plans_to_nothing(text: str):
    account = Account()
    account.apply(text)
    lifted = CONNECTOR.lift(account.live(configured(text), everything=True))

    pulled = Account(sandbox=account.sandbox)
    plan = pulled.plan(written(lifted.documents))

    assert [] == [change for change in plan.changes if change.verb is not Verb.ADOPT]
    assert () == plan.refused


@FEW
@given(configurations().map(written))
def test_a_pull_binds_exactly_what_its_yaml_wants(text: str):
    account = Account()
    account.apply(text)
    live = account.live(configured(text), everything=True)

    lifted = CONNECTOR.lift(live)

    configuration = configured(written(lifted.documents))
    wanted = {each.address for each in CONNECTOR.lower(configuration, live).desired}
    assert wanted == set(lifted.bindings)


@FEW
@given(configurations().map(written))
def test_a_lost_state_is_found_again_by_the_ids_that_we_chose(text: str):
    account = Account()
    account.apply(text)

    forgetful = Account(sandbox=account.sandbox)
    pipelines = [
        change
        for change in forgetful.plan(text).changes
        if change.type in ("pipeline", "stage", "rules")
    ]

    assert {Verb.ADOPT} >= {change.verb for change in pipelines}


@FEW
@given(configurations().map(written), st.integers(0, 12), st.sampled_from(["before", "after"]))
def test_a_lost_answer_at_any_write_is_made_good_by_the_next_apply(text, place, when):
    account = Account()
    account.faults = iter([*[None] * place, when])
    account.apply(text)
    account.faults = iter(())

    assert failures(account, text) == []
    assert ((), ()) == (account.plan(text).changes, account.plan(text).verdicts)


@given(st.sets(st.tuples(NAMES, KEYS), min_size=2, max_size=30))
def test_no_two_stages_get_the_same_id(stages):
    ids = {names.stage_id(name, key) for name, key in stages}

    assert len(stages) == len(ids)
    assert all(each == each.lower() and len(each) <= 100 for each in ids)


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4))
def test_a_remote_id_gives_back_the_parts_that_it_was_made_of(parts):
    assert tuple(parts) == names.parts(names.remote(*parts))


@pytest.mark.parametrize(
    ("key", "stage"),
    [
        ("won", "ixia_new_business__won"),
        ("security-review", "ixia_new_business__security_review"),
        ("closed_won", "ixia_new_business__closed__won"),
    ],
)
def test_a_stage_gets_an_id_that_people_can_read_and_its_key_is_found_in_it(key: str, stage: str):
    assert stage == names.stage_id("new-business", key)
    assert key == names.key_of_stage("new-business", stage)


@pytest.mark.parametrize("length", [10, 60, 300])
def test_an_id_is_never_longer_than_hubspot_may_take(length: int):
    assert len(names.pipeline_id("n" * length)) <= 50
    assert len(names.stage_id("n" * length, "k" * length)) <= 100
