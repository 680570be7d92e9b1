"""The account itself: identity, use of the day, limits, audit log."""

from dataclasses import replace

import pytest

from ixia_connectors.hubspot.sandbox import Profile, Tier
from tests.connectors.hubspot.sandbox.account import DEALS, GENEROUS, PROPERTIES, Account

DETAILS = "/account-info/2026-09/details"
AUDIT = "/account-info/2026-09/activity/audit-logs"


@pytest.mark.parametrize(
    "path", [DETAILS, "/account-info/2026-03/details", "/account-info/v3/details"]
)
def test_the_account_says_who_it_is(path: str):
    account = Account(Profile(account=1001, currency="EUR", zone="Europe/Madrid"))

    details = account.get(path)

    assert (1001, "SANDBOX", "EUR") == (
        details["portalId"],
        details["accountType"],
        details["companyCurrency"],
    )
    assert ("+01:00", 3_600_000) == (details["utcOffset"], details["utcOffsetMilliseconds"])


def test_the_offset_follows_the_season(account: Account):
    assert "-05:00" == account.get(DETAILS)["utcOffset"]
    account.now = 1_783_000_000.0  # July
    assert "-04:00" == account.get(DETAILS)["utcOffset"]


def test_the_use_of_the_day_is_counted(account: Account):
    for _ in range(4):
        account.get(DETAILS)

    (usage,) = account.get("/account-info/2026-09/api-usage/daily/private-apps")["results"]

    assert (5, 1_000_000) == (usage["currentUsage"], usage["usageLimit"])
    assert "2026-11-19T05:00:00.000Z" == usage["resetsAt"]


def test_pipelines_are_counted_against_the_limit(account: Account):
    account.pipeline("one")

    found = account.get("/crm/limits/2026-09/pipelines")["hubspotDefinedObjectTypes"]

    deals = next(use for use in found if use["objectTypeId"] == "0-3")
    assert (2, 100, 2.0) == (deals["usage"], deals["limit"], deals["percentage"])


def test_own_properties_are_counted_and_the_vendors_are_not(account: Account):
    body = {"name": "x", "label": "X", "groupName": "dealinformation"}
    account.sure("POST", PROPERTIES, body | {"type": "number", "fieldType": "number"})
    formula = {"fieldType": "calculation_equation", "calculationFormula": "1"}
    account.sure("POST", PROPERTIES, body | {"name": "y", "type": "number"} | formula)

    def usage(kind: str) -> int:
        return account.get(f"/crm/limits/2026-09/{kind}")["overallUsage"]

    assert (1, 1) == (usage("custom-properties"), usage("calculated-properties"))


def test_records_are_counted(account: Account):
    account.pipeline("one")
    account.deal("one")

    found = account.get("/crm/limits/2026-09/records")["hubspotDefinedObjectTypes"]

    assert {"0-3": 1} == {use["objectTypeId"]: use["usage"] for use in found if use["usage"]}


def test_the_audit_log_is_read_by_page_time_and_user(account: Account):
    account.pipeline("one")
    account.now += 3600
    account.user = "admin@acme.example"
    account.sure("PATCH", f"{DEALS}/new", {"label": "Renewals"})

    log = account.get(AUDIT)["results"]

    assert ["CREATE", "CREATE", "UPDATE"] == [event["action"] for event in log]
    assert {"userId": 10, "userEmail": "admin@acme.example"} == log[2]["actingUser"]
    first = account.get(AUDIT, limit="2")
    rest = account.get(AUDIT, after=first["paging"]["next"]["after"])["results"]
    assert log == first["results"] + rest
    assert log[2:] == account.get(AUDIT, occurredAfter=log[1]["occurredAt"])["results"]
    assert log[:2] == account.get(AUDIT, occurredBefore=log[2]["occurredAt"])["results"]
    assert [] == account.get(AUDIT, actingUserId="99")["results"]


def test_audit_logs_need_enterprise():
    account = Account(replace(GENEROUS, tier=Tier.PROFESSIONAL))

    assert (403, "FORBIDDEN") == account.refused("GET", AUDIT)
