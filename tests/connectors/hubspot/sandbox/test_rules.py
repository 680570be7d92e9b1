"""Pipeline rules: their shape, their tier, and whom they bind."""

from dataclasses import replace
from typing import Any

import pytest

from ixia_connectors.hubspot.sandbox import ADMIN, Person, Team, Tier
from tests.connectors.hubspot.sandbox.account import GENEROUS, RECORDS, Account

RULES = "/crm/pipelines-rules/2026-09/0-3/new"
INVALID = (400, "VALIDATION_ERROR")
ANA = Person(21, 77, "ana@acme.example", "Ana", "Ruiz", teams=("9",))
JO = Person(22, 78, "jo@acme.example", "Jo", "Brandt", active=False)
TEAMED = replace(GENEROUS, people=(ADMIN, ANA, JO), teams=(Team("9", "EMEA"),))


def rules(
    *, back: list[str] | None = None, skip: list[str] | None = None, create: list[str] | None = None
) -> dict[str, Any]:
    """Rules of these stages; None is no rule."""
    return {
        "governanceValidationRules": {
            "noBackwardsMovementRule": {
                "enabledForAllStages": False,
                "pipelineStageIds": back or [],
            },
            "noSkippingStagesRule": {"enabledForAllStages": False, "pipelineStageIds": skip or []},
            "objectCreationRule": {"pipelineStageIds": create or []},
        }
    }


@pytest.fixture
def account() -> Account:
    account = Account(TEAMED)
    account.pipeline("one", "two:0.4", "three:0.6", "won:1.0", "lost:0.0")
    return account


def approval(**more: object) -> dict[str, Any]:
    stage = {"pipelineStageId": "three", "approvalMode": "ANY", "approverUserIds": ["21"]}
    return rules() | {"approvalStage": stage | more}


def test_there_are_no_rules_until_they_are_put(account: Account):
    assert (404, "OBJECT_NOT_FOUND") == account.refused("GET", RULES)
    assert (404, "OBJECT_NOT_FOUND") == account.refused("PATCH", RULES, {})
    assert (404, "OBJECT_NOT_FOUND") == account.refused("DELETE", RULES)


def test_what_is_put_reads_back(account: Account):
    body = approval(approvalComment="discount > 20%") | rules(back=["two"], create=["one"])

    put = account.sure("PUT", RULES, body)

    assert put == account.get(RULES)
    assert body == {key: put[key] for key in body}
    assert ("0-3", "new") == (put["objectTypeId"], put["pipelineId"])


def test_putting_twice_is_putting_once(account: Account):
    first = account.sure("PUT", RULES, rules(back=["two"]))

    assert first == account.sure("PUT", RULES, rules(back=["two"]))


def test_put_replaces_and_patch_does_not(account: Account):
    account.sure("PUT", RULES, approval())
    patch = {"objectCreationRule": {"pipelineStageIds": ["one"]}}

    patched = account.sure("PATCH", RULES, patch)

    assert (
        rules(create=["one"])["governanceValidationRules"] == patched["governanceValidationRules"]
    )
    assert "approvalStage" in patched
    assert "approvalStage" not in account.sure("PUT", RULES, rules())


def test_delete_removes_them(account: Account):
    account.sure("PUT", RULES, rules())

    assert 204 == account.ask("DELETE", RULES).status
    assert 404 == account.ask("GET", RULES).status


@pytest.mark.parametrize(
    "missing", ["noBackwardsMovementRule", "noSkippingStagesRule", "objectCreationRule"]
)
def test_every_sub_rule_is_required(account: Account, missing: str):
    body = rules()
    del body["governanceValidationRules"][missing]

    assert INVALID == account.refused("PUT", RULES, body)


def test_stages_must_be_of_the_pipeline(account: Account):
    assert INVALID == account.refused("PUT", RULES, rules(back=["closedwon"]))
    assert INVALID == account.refused("PUT", RULES, approval(pipelineStageId="closedwon"))


@pytest.mark.parametrize(
    "spoilt",
    [
        {"approverUserIds": []},
        {"approverUserIds": ["21", "10", "21", "10"]},
        {"approverUserIds": ["22"]},  # inactive
        {"approverUserIds": ["77"]},  # an owner id
        {"approvalMode": "SOME"},
    ],
)
def test_an_approval_has_one_to_three_active_users(account: Account, spoilt: dict[str, Any]):
    assert INVALID == account.refused("PUT", RULES, approval(**spoilt))


def test_approvals_are_for_deals_only(account: Account):
    path = "/crm/pipelines-rules/2026-09/0-5/0"

    account.sure("PUT", path, rules())
    assert INVALID == account.refused("PUT", path, approval(pipelineStageId="1"))


@pytest.mark.parametrize(
    ("tier", "for_rules", "for_approval"),
    [(Tier.STARTER, 403, 403), (Tier.PROFESSIONAL, 200, 403), (Tier.ENTERPRISE, 200, 200)],
)
def test_the_tier_decides_what_may_be_put(tier: Tier, for_rules: int, for_approval: int):
    account = Account(replace(TEAMED, tier=tier))
    account.pipeline("one", "three:0.6")

    assert for_rules == account.ask("PUT", RULES, rules()).status
    assert for_approval == account.ask("PUT", RULES, approval()).status


def test_the_path_names_the_object_type_by_its_id_and_only_in_the_current_version(
    account: Account,
):
    assert INVALID == account.refused("PUT", RULES.replace("0-3", "deals"), rules())
    assert (404, "") == account.refused("PUT", RULES.replace("2026-09", "2026-03"), rules())
    assert 404 == account.ask("PUT", RULES.replace("new", "nope"), rules()).status


def moved(account: Account, start: str, end: str, user: str | None) -> int:
    """The status of moving a new deal as a user."""
    account.user = None
    path = f"{RECORDS}/{account.deal(start)}"
    account.user = user
    return account.ask("PATCH", path, {"properties": {"dealstage": end}}).status


def test_a_user_may_not_skip_a_stage_that_the_rule_names(account: Account):
    account.sure("PUT", RULES, rules(skip=["two"]))

    assert 400 == moved(account, "one", "three", "ana@acme.example")
    assert 200 == moved(account, "one", "two", "ana@acme.example")
    assert 200 == moved(account, "two", "won", "ana@acme.example")
    assert 200 == moved(account, "one", "lost", "ana@acme.example")


def test_a_user_may_not_go_back_from_a_stage_that_the_rule_names(account: Account):
    account.sure("PUT", RULES, rules(back=["three"]))

    assert 400 == moved(account, "three", "one", "21")
    assert 200 == moved(account, "two", "one", "21")


def test_a_rule_for_all_stages_binds_all_of_them(account: Account):
    body = rules()
    body["governanceValidationRules"]["noSkippingStagesRule"]["enabledForAllStages"] = True
    body["governanceValidationRules"]["noBackwardsMovementRule"]["enabledForAllStages"] = True
    account.sure("PUT", RULES, body)

    assert 400 == moved(account, "one", "three", "21")
    assert 400 == moved(account, "two", "one", "21")


def test_a_user_creates_on_the_named_stages_only(account: Account):
    account.sure("PUT", RULES, rules(create=["one"]))
    deal = {"dealname": "A", "pipeline": "new", "dealstage": "two"}
    account.user = "21"

    assert INVALID == account.refused("POST", RECORDS, {"properties": deal})
    account.sure("POST", RECORDS, {"properties": deal | {"dealstage": "one"}})


@pytest.mark.parametrize("user", [None, "admin@acme.example"])
def test_rules_bind_neither_the_service_key_nor_super_admins(account: Account, user: str | None):
    account.sure("PUT", RULES, rules(back=["three"], skip=["two"], create=["one"]))

    assert 200 == moved(account, "one", "three", user)
    assert 200 == moved(account, "three", "one", user)


def test_nobody_acts_as_a_user_who_is_not_there(account: Account):
    account.user = "jo@acme.example"

    assert INVALID == account.refused("GET", RULES)


def restriction(**more: object) -> dict[str, Any]:
    stage = {
        "pipelineStageId": "two",
        "permissionMode": "RESTRICTED",
        "superAdmin": False,
        "teamIds": [],
        "userIds": [],
    }
    return {"stages": [stage | more]}


PERMISSIONS = f"{RULES}/stage-edit-permissions"


def test_stage_permissions_read_back(account: Account):
    body = restriction(teamIds=["9"], userIds=["21"])

    assert body == account.sure("PUT", PERMISSIONS, body)
    assert body == account.get(PERMISSIONS)
    assert {"stages": []} == account.sure("PUT", PERMISSIONS, {"stages": []})


@pytest.mark.parametrize(
    "spoilt",
    [{"pipelineStageId": "x"}, {"permissionMode": "SHUT"}, {"teamIds": ["8"]}, {"userIds": ["77"]}],
)
def test_stage_permissions_name_what_exists(account: Account, spoilt: dict[str, Any]):
    assert INVALID == account.refused("PUT", PERMISSIONS, restriction(**spoilt))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (restriction(), 403),
        (restriction(permissionMode="OPEN"), 200),
        (restriction(teamIds=["9"]), 200),
        (restriction(userIds=["21"]), 200),
    ],
)
def test_a_restricted_stage_is_for_those_it_names(
    account: Account, body: dict[str, Any], status: int
):
    account.sure("PUT", PERMISSIONS, body)

    assert status == moved(account, "one", "two", "21")
    assert 200 == moved(account, "one", "two", None)


def test_a_restricted_stage_is_not_left_by_clearing_it(account: Account):
    account.sure("PUT", PERMISSIONS, restriction())

    assert 403 == moved(account, "two", "", "21")
