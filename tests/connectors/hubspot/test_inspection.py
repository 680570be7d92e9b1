"""What a plan says about its changes: records, authors, archived twins and limits."""

from __future__ import annotations

from ixia_config.model import Verb
from ixia_config.sdk import Request
from ixia_connectors.hubspot.sandbox import Profile, load_records
from tests.connectors.hubspot.account import ANA, LEE, Account
from tests.connectors.hubspot.examples import PIPELINE, REGION, STAGE
from tests.connectors.hubspot.test_write import EVALUATE, PIPELINES, RETIRED, applied, with_deals


def blockers(account: Account, text: str) -> list[str]:
    return [verdict.message for verdict in account.plan(text).refused]


def test_a_retired_stage_tells_how_many_open_deals_it_holds_and_their_worth():
    account = applied(PIPELINE)
    with_deals(account, 250)

    changes = {change.verb: change for change in account.plan(RETIRED).changes}

    held = changes[Verb.ARCHIVE].dependents
    assert held == changes[Verb.MIGRATE].dependents
    assert (250, "open deals", "25125", "USD", False) == (
        held.count,
        held.noun,
        held.amount,
        held.currency,
        held.at_least,
    )
    assert 3 == len(held.sample)


def test_counting_stops_where_the_search_does():
    account = applied(PIPELINE)
    with_deals(account, 10_050)

    held = next(each.dependents for each in account.plan(RETIRED).changes if each.dependents)

    assert held.at_least
    assert 10_050 == held.count


def test_an_empty_stage_is_retired_without_moving_anything():
    account = applied(PIPELINE)

    assert [] == [each for each in account.plan(RETIRED).changes if each.verb is Verb.MIGRATE]


def test_drift_names_who_edited_and_when():
    account = applied(PIPELINE)
    account.edit("PATCH", EVALUATE, {"metadata": {"probability": "0.7"}}, user=LEE)
    account.edit(
        "PATCH", EVALUATE, {"metadata": {"probability": "0.7"}, "label": "Assess"}, user=ANA
    )

    (change,) = account.plan(PIPELINE).changes

    authors = {field.path: field.by.name for field in change.fields if field.by}
    assert {"probability": "Lee Park", "title": "Ana Ruiz"} == authors
    assert all(field.by.at.startswith("2026-11-18T") for field in change.fields if field.by)


def test_a_moved_stage_names_who_moved_it():
    account = applied(PIPELINE)
    metadata = account.get(STAGE + "qualify")["metadata"]
    account.edit("PATCH", STAGE + "qualify", {"metadata": metadata, "displayOrder": 9}, user=LEE)

    (change,) = account.plan(PIPELINE).changes

    assert ["Lee Park"] == [field.by.name for field in change.fields if field.by]


def test_a_plan_without_drift_asks_for_no_trail():
    account = applied(PIPELINE)

    account.plan(PIPELINE.replace("40%", "50%"))

    assert [] == [each for each in account.sent if each.path.endswith("/audit")]


def test_a_title_that_an_archived_pipeline_holds_is_said_before_the_apply():
    account = Account()
    stage = {"label": "Only", "displayOrder": 0, "metadata": {"probability": "0.5"}}
    body = {"label": "New business", "displayOrder": 0, "pipelineId": "old", "stages": [stage]}
    account.edit("POST", PIPELINES, body)
    account.ask(
        Request("DELETE", f"{PIPELINES}/old", (("validateReferencesBeforeDelete", "true"),))
    )

    (message,) = blockers(account, PIPELINE)

    assert 'an archived pipeline (id old) still holds the title "New business"' in message


def test_a_title_that_an_archived_stage_holds_is_said_before_the_apply():
    account = applied(RETIRED.replace("  retired", "  moved: []\n  retired"))
    account.apply(PIPELINE)
    account.apply(RETIRED)
    again = PIPELINE.replace("key: negotiate", "key: bargain")

    (message,) = blockers(account, again)

    assert 'still holds the title "Negotiate"' in message


def test_a_pipeline_beyond_what_the_account_may_have_is_refused():
    account = Account(profile=Profile(people=(ANA, LEE), pipelines_per_object=1))

    (message,) = blockers(account, PIPELINE)

    assert "the HubSpot plan allows 1 pipelines, and 1 are in use" in message


def test_two_choices_of_one_title_are_refused_before_the_apply():
    account = applied(REGION)
    text = REGION.replace("[AMER, EMEA", "[{value: US, title: EMEA}, EMEA")

    (message,) = blockers(account, text)

    assert '2 choices would have the title "EMEA"' in message


def test_fields_within_the_limit_are_not_refused():
    assert [] == blockers(Account(), REGION)


def test_the_worth_of_deals_ignores_what_is_no_amount():
    account = applied(PIPELINE)
    rows = [
        {"dealname": "a", "amount": "10", "dealstage": "ixia_new_business__negotiate"},
        {"dealname": "b", "dealstage": "ixia_new_business__negotiate"},
    ]
    load_records(account.sandbox, "deals", rows)

    held = next(each.dependents for each in account.plan(RETIRED).changes if each.dependents)

    assert (2, "10") == (held.count, held.amount)
