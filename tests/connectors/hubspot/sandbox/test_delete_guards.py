"""What is in use is not deleted, when the version or the caller asks for that."""

import pytest

from tests.connectors.hubspot.sandbox.account import Account, stage

GUARDS = "validateReferencesBeforeDelete"
DEAL_GUARDS = "validateDealStageUsagesBeforeDelete"
PREFIXES = {
    "2026-09": "/crm/pipelines/2026-09/deals",
    "2026-03": "/crm/pipelines/2026-03/deals",
    "v3": "/crm/v3/pipelines/deals",
}


def used(account: Account) -> None:
    account.pipeline("one", "two:0.4")
    for _ in range(3):
        account.deal("one")


@pytest.mark.parametrize("place", ["/new", "/new/stages/one"])
def test_by_default_the_current_version_refuses(account: Account, place: str):
    used(account)

    response = account.ask("DELETE", PREFIXES["2026-09"] + place)

    assert (400, "VALIDATION_ERROR") == (response.status, response.json["category"])
    assert {"stageIds": ["one"], "recordCounts": ["3"]} == response.json["context"]
    assert "3 deals" in response.json["message"]


@pytest.mark.parametrize("version", ["2026-03", "v3"])
@pytest.mark.parametrize("place", ["/new", "/new/stages/one"])
def test_by_default_older_versions_delete(account: Account, version: str, place: str):
    used(account)

    assert 204 == account.ask("DELETE", PREFIXES[version] + place).status


@pytest.mark.parametrize("version", list(PREFIXES))
@pytest.mark.parametrize("guard", [GUARDS, DEAL_GUARDS])
@pytest.mark.parametrize("place", ["/new", "/new/stages/one"])
def test_what_the_caller_says_counts_in_every_version(
    account: Account, version: str, guard: str, place: str
):
    used(account)
    path = PREFIXES[version] + place

    assert 400 == account.ask("DELETE", path, **{guard: "true"}).status
    assert 204 == account.ask("DELETE", path, **{guard: "false"}).status


def test_a_stage_without_records_goes(account: Account):
    used(account)

    assert 204 == account.ask("DELETE", "/crm/pipelines/2026-09/deals/new/stages/two").status


def test_archived_records_do_not_count(account: Account):
    path = account.pipeline("one", "two:0.4")
    number = account.deal("one")
    account.sure("DELETE", f"/crm/objects/2026-09/deals/{number}")

    assert 204 == account.ask("DELETE", f"{path}/stages/one").status


def test_put_refuses_to_drop_a_stage_in_use(account: Account):
    used(account)
    body = {"label": "New business", "displayOrder": 0, "stages": [stage("two", "0.4")]}

    assert 400 == account.ask("PUT", PREFIXES["2026-09"] + "/new", body).status
    assert 200 == account.ask("PUT", PREFIXES["2026-03"] + "/new", body).status


def test_tickets_have_the_general_guard_only(account: Account):
    path = "/crm/pipelines/2026-09/tickets/0/stages/1"
    ticket = {"properties": {"subject": "T", "hs_pipeline_stage": "1"}}
    account.sure("POST", "/crm/objects/2026-09/tickets", ticket)

    assert 400 == account.ask("DELETE", path).status
    assert 400 == account.ask("DELETE", path, **{DEAL_GUARDS: "false"}).status
    assert 204 == account.ask("DELETE", path, **{GUARDS: "false"}).status


def test_records_of_an_archived_pipeline_can_still_be_edited(account: Account):
    used(account)
    number = account.deal("one")
    account.sure("DELETE", PREFIXES["v3"] + "/new")

    changed = {"properties": {"amount": "5"}}
    account.sure("PATCH", f"/crm/objects/2026-09/deals/{number}", changed)


def test_records_stay_on_an_archived_stage_and_can_still_be_edited(account: Account):
    used(account)
    number = account.deal("one")
    account.sure("DELETE", PREFIXES["v3"] + "/new/stages/one")
    path = f"/crm/objects/2026-09/deals/{number}"

    account.sure("PATCH", path, {"properties": {"amount": "5"}})

    assert "one" == account.get(path)["properties"]["dealstage"]
    account.sure("PATCH", path, {"properties": {"dealstage": "two"}})
    back = account.ask("PATCH", path, {"properties": {"dealstage": "one"}})
    assert 400 == back.status
