"""Owners, users and teams: two ids per person, and people who left."""

from dataclasses import replace

import pytest

from ixia_connectors.hubspot.sandbox import Person, Team, deactivate
from tests.connectors.hubspot.sandbox.account import GENEROUS, Account

OWNERS = "/crm/owners/2026-09"
USERS = "/settings/users/2026-09"
ANA = Person(21, 77, "ana@acme.example", "Ana", "Ruiz", teams=("9", "10"))
SAM = Person(20, 81, "sam@acme.example", "Sam", "Wu", teams=("10",), super_admin=True)
JO = Person(22, 78, "jo@acme.example", "Jo", "Brandt", active=False)
ABSENT = (404, "OBJECT_NOT_FOUND")


@pytest.fixture
def account() -> Account:
    teams = (Team("9", "EMEA"), Team("10", "AMER"))
    return Account(replace(GENEROUS, people=(ANA, SAM, JO), teams=teams))


def test_an_owner_has_two_ids(account: Account):
    owner = account.get(f"{OWNERS}/77")

    assert ("77", 21, "ana@acme.example") == (owner["id"], owner["userId"], owner["email"])
    assert [("9", True), ("10", False)] == [(t["id"], t["primary"]) for t in owner["teams"]]
    assert owner == account.get(f"{OWNERS}/21", idProperty="userId")
    assert ABSENT == account.refused("GET", f"{OWNERS}/21")


def test_owners_are_listed_by_mail_and_page(account: Account):
    first = account.get(OWNERS, limit="1")

    assert ["77"] == [owner["id"] for owner in first["results"]]
    rest = account.get(OWNERS, after=first["paging"]["next"]["after"])
    assert ["81"] == [owner["id"] for owner in rest["results"]]
    assert "paging" not in rest
    found = account.get(OWNERS, email="SAM@acme.example")["results"]
    assert ["81"] == [owner["id"] for owner in found]


def test_who_left_is_archived(account: Account):
    deactivate(account.sandbox, "sam@acme.example")

    assert ["77"] == [owner["id"] for owner in account.get(OWNERS)["results"]]
    gone = account.get(OWNERS, archived="true")["results"]
    assert ["78", "81"] == [owner["id"] for owner in gone]
    assert ["21"] == [user["id"] for user in account.get(USERS)["results"]]
    assert "userId" not in gone[1]
    assert 20 == gone[1]["userIdIncludingInactive"]


def test_users_are_found_by_id_and_mail(account: Account):
    user = account.get(f"{USERS}/21")

    assert ("21", "9", ["10"], False) == (
        user["id"],
        user["primaryTeamId"],
        user["secondaryTeamIds"],
        user["superAdmin"],
    )
    assert user == account.get(f"{USERS}/ana%40acme.example", idProperty="EMAIL")
    assert ABSENT == account.refused("GET", f"{USERS}/22")
    assert ["20", "21"] == [found["id"] for found in account.get(USERS)["results"]]


@pytest.mark.parametrize("path", ["/settings/teams/2026-09", "/settings/users/2026-03/teams"])
def test_teams_know_their_main_and_other_members(account: Account, path: str):
    teams = {team["name"]: team for team in account.get(path)["results"]}

    assert (["21"], []) == (teams["EMEA"]["userIds"], teams["EMEA"]["secondaryUserIds"])
    assert (["20"], ["21"]) == (teams["AMER"]["userIds"], teams["AMER"]["secondaryUserIds"])


def test_one_team_is_read(account: Account):
    assert "EMEA" == account.get("/settings/teams/2026-09/9")["name"]
    assert ABSENT == account.refused("GET", "/settings/teams/2026-09/8")


def test_old_paths_reach_the_same_people(account: Account):
    assert account.get(OWNERS) == account.get("/crm/v3/owners/")
    assert account.get(f"{USERS}/21") == account.get("/settings/v3/users/21")


def test_nobody_outside_can_be_deactivated(account: Account):
    with pytest.raises(ValueError, match="not in the account"):
        deactivate(account.sandbox, "who@acme.example")
