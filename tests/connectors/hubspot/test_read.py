"""What a read asks, what it makes of the answers, and what it does without."""

from __future__ import annotations

import pytest

from ixia_config.model import Level
from ixia_config.sdk import RemoteError
from ixia_connectors.hubspot.sandbox import ALL_SCOPES, Profile, Tier, Token
from tests.connectors.hubspot.account import ANA, CONNECTOR, LEE, Account, configured
from tests.connectors.hubspot.examples import PIPELINE, REGION, RULES, STAGE

MANY = "---".join(
    PIPELINE.replace("new-business", f"p-{number}").replace("New business", f"P {number}")
    for number in range(30)
)


def limited(*missing: str, **more) -> Account:
    tokens = {"sandbox-token": Token(scopes=ALL_SCOPES - set(missing))}
    return Account(profile=Profile(people=(ANA, LEE), tokens=tokens, **more))


def test_a_plan_of_many_pipelines_asks_for_one_list():
    account = Account()
    account.apply(MANY)
    account.sent.clear()

    assert () == account.plan(MANY).changes

    assert ["/account-info/2026-09/details", "/crm/pipelines/2026-09/deals"] == [
        each.path for each in account.sent
    ]


def test_fields_cost_three_lists_more():
    account = Account()
    account.plan(REGION)
    account.sent.clear()

    account.live(configured(REGION))

    assert 4 == len(account.sent)


def test_rules_are_asked_for_only_where_a_policy_or_the_state_speaks_of_them():
    account = Account()
    account.apply(MANY.replace("  object: deal", "  object: deal\n  create_in: [qualify]", 1))
    account.sent.clear()

    account.plan(MANY)

    rules = [each for each in account.sent if each.path.startswith("/crm/pipelines-rules/")]
    assert 1 == len(rules)


def test_a_read_says_which_account_it_is_and_what_is_left_for_today():
    live = Account().live(configured(PIPELINE))

    assert ("hubspot", "4242", "HubSpot sandbox 4242", "USD") == (
        live.identity.connector,
        live.identity.account,
        live.identity.title,
        live.identity.currency,
    )
    assert live.quota.remaining is not None


def test_what_may_not_be_read_is_named_and_the_rest_is_read():
    account = limited("crm-pipelines-governance-read", "crm-pipelines-governance-write")
    text = PIPELINE + "  moves: {skip: false}\n"

    basis = account.basis(text)

    assert "crm-pipelines-governance-read" in basis.live.incomplete[0]
    assert [] == [each for each in basis.lowered.desired if each.type == "rules"]
    assert Level.UNSUPPORTED in {
        each.level for each in basis.lowered.clauses if each.subject == "no skipping of stages"
    }


def test_a_pipeline_that_is_still_to_come_shows_a_missing_scope_before_the_apply():
    account = limited("crm-pipelines-governance-read", "crm-pipelines-governance-write")
    account.apply(PIPELINE)

    basis = account.basis(PIPELINE.replace("new-business", "other") + "  moves: {back: false}\n")

    assert 1 == len(basis.live.incomplete)


def test_a_plan_without_rules_is_told_of_the_tier_once():
    account = limited(tier=Tier.STARTER)
    live = account.live(everything=True)

    assert 1 == len([each for each in live.incomplete if each.startswith("pipeline rules")])


def test_without_knowing_the_account_there_is_no_read():
    with pytest.raises(RemoteError) as refused:
        Account().drive(CONNECTOR.identify(), token="nonsense")

    assert "IX601" == refused.value.code


def test_fields_of_the_future_are_kept_where_a_write_can_find_them():
    account = Account()
    account.apply(PIPELINE)
    account.edit("PATCH", STAGE + "won", {"metadata": {"probability": "1.0", "newThing": "x"}})

    live = account.live(configured(PIPELINE))

    stage = next(each for each in live.resources if each.remote_id.endswith("__won"))
    assert "x" == stage.raw["metadata"]["newThing"]
    assert {"title": "Closed won", "probability": "1"} == stage.fields


def test_an_owner_is_not_a_user():
    text = PIPELINE.replace(
        "title: Evaluate,", "title: Evaluate, approval: {approvers: [ana@acme.example]},"
    )
    live = Account().live(configured(text))

    ana = next(each for each in live.people if each.email == "ana@acme.example")
    assert {"owner": str(ANA.owner_id), "user": str(ANA.user_id)} == ana.ids


def test_rules_for_some_stages_are_neither_on_nor_off():
    account = Account()
    account.apply(PIPELINE + "  moves: {skip: false}\n")
    some = {"enabledForAllStages": False, "pipelineStageIds": ["ixia_new_business__won"]}
    account.edit("PATCH", RULES, {"noSkippingStagesRule": some})

    lifted = CONNECTOR.lift(account.live(everything=True))

    assert ('pipeline "New business": no skipping holds for some stages only',) == lifted.lost
    assert ["no_skipping"] == [
        field.path
        for change in account.plan(PIPELINE + "  moves: {skip: false}\n").changes
        for field in change.fields
    ]
