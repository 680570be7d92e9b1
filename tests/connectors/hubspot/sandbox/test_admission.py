"""Before an answer: tokens, scopes, rate limits, paths, bodies, and the shape of errors."""

import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.sdk.wire import Request
from ixia_connectors.hubspot.sandbox import ALL_SCOPES, HubSpotSandbox, Profile, Tier, Token
from ixia_connectors.hubspot.sandbox.app import _ROUTES
from tests.connectors.hubspot.sandbox.account import (
    DEALS,
    PROPERTIES,
    RECORDS,
    START,
    Account,
    stage,
)

DETAILS = "/account-info/2026-09/details"


def with_token(**token: Any) -> Account:
    return Account(Profile(tokens={"sandbox-token": Token(**token)}))


@pytest.mark.parametrize("token", [None, "", "another"])
def test_a_missing_or_unknown_token_is_401(account: Account, token: str | None):
    account.token = token

    response = account.ask("GET", DETAILS)

    assert (401, "INVALID_AUTHENTICATION") == (response.status, response.json["category"])
    assert "x-hubspot-ratelimit-max" not in response.headers


def test_an_expired_token_is_401():
    assert (401, "EXPIRED_AUTHENTICATION") == with_token(expired=True).refused("GET", DETAILS)


@pytest.mark.parametrize(
    ("method", "path", "scopes"),
    [
        ("GET", DEALS, ["crm.schemas.deals.read", "crm.objects.deals.read", "automation"]),
        ("POST", DEALS, ["crm.schemas.deals.write"]),
        ("PATCH", PROPERTIES + "/x", ["crm.schemas.deals.write"]),
        ("POST", "/crm/pipelines/2026-09/leads", ["crm.schemas.contacts.write"]),
        ("POST", "/crm/pipelines/2026-09/tickets", ["tickets", "crm.schemas.tickets.write"]),
        ("GET", RECORDS, ["crm.objects.deals.read"]),
        ("POST", RECORDS, ["crm.objects.deals.write"]),
        ("POST", RECORDS + "/search", ["crm.objects.deals.read"]),
        ("GET", "/crm/owners/2026-09", ["crm.objects.owners.read"]),
        ("GET", "/settings/users/2026-09", ["settings.users.read"]),
        ("GET", "/settings/teams/2026-09", ["settings.users.teams.read"]),
        ("PUT", "/crm/pipelines-rules/2026-09/0-3/x", ["crm-pipelines-governance-write"]),
        ("PUT", "/crm/pipelines-rules/2026-09/0-3/x/stage-edit-permissions", ["crm-access"]),
        ("GET", "/account-info/2026-09/activity/audit-logs", ["account-info.security.read"]),
    ],
)
def test_a_missing_scope_is_403_and_named(method: str, path: str, scopes: list[str]):
    account = with_token(scopes=ALL_SCOPES - set(scopes))

    response = account.ask(method, path, {})

    assert (403, "MISSING_SCOPES") == (response.status, response.json["category"])
    assert "hasn't been granted all required scopes" in response.json["message"]
    (error,) = response.json["errors"]
    assert scopes == error["context"]["requiredGranularScopes"]


@pytest.mark.parametrize(
    "scope", ["crm.schemas.deals.read", "crm.objects.deals.read", "automation"]
)
def test_any_one_of_the_scopes_will_do(scope: str):
    assert 200 == with_token(scopes=frozenset({scope})).ask("GET", DEALS).status


def test_the_identity_needs_no_scope():
    account = with_token(scopes=frozenset())

    assert 200 == account.ask("GET", DETAILS).status
    assert (403, "MISSING_SCOPES") == account.refused("GET", DEALS)


def test_answers_tell_what_is_left(account: Account):
    account = Account(Profile(tier=Tier.PROFESSIONAL))
    account.get(DETAILS)

    headers = account.ask("GET", DETAILS).headers

    assert {
        "x-hubspot-ratelimit-daily": "625000",
        "x-hubspot-ratelimit-daily-remaining": "624998",
        "x-hubspot-ratelimit-interval-milliseconds": "10000",
        "x-hubspot-ratelimit-max": "190",
        "x-hubspot-ratelimit-remaining": "188",
    }.items() <= headers.items()


def test_the_429_body_is_the_real_one_without_a_category():
    account = Account(Profile(ten_secondly=1))
    account.get(DETAILS)

    response = account.ask("GET", DETAILS)

    assert 429 == response.status
    body = dict(response.json)
    del body["correlationId"]
    assert {
        "status": "error",
        "message": "You have reached your ten_secondly_rolling limit.",
        "errorType": "RATE_LIMIT",
        "policyName": "TEN_SECONDLY_ROLLING",
        "groupName": "publicapi:service-keys:calls",
    } == body
    assert "retry-after" not in response.headers


@given(gaps=st.lists(st.floats(0, 6), max_size=40), limit=st.integers(1, 5))
def test_no_window_of_ten_seconds_holds_more_than_the_limit(gaps: list[float], limit: int):
    account = Account(Profile(ten_secondly=limit))
    admitted: list[int] = []
    for gap in gaps:
        account.now += gap
        now = round(account.now * 1000)
        recent = [moment for moment in admitted if moment > now - 10_000]
        status = account.ask("GET", DETAILS).status
        assert (200 if len(recent) < limit else 429) == status
        if status == 200:
            admitted.append(now)


def test_each_app_has_its_own_ten_seconds_and_the_day_is_shared():
    tokens = {"a": Token(app="a"), "b": Token(app="b")}
    account = Account(Profile(tokens=tokens, ten_secondly=1, daily=2), token="a")

    account.get(DETAILS)
    assert 429 == account.ask("GET", DETAILS).status
    account.token = "b"
    account.get(DETAILS)
    account.now += 60
    assert "DAILY" == account.ask("GET", DETAILS).json["policyName"]


def test_the_day_begins_at_midnight_of_the_account():
    account = Account(Profile(daily=1, zone="America/New_York"), now=1_794_977_940.0)  # 23:59
    account.get(DETAILS)

    assert 429 == account.ask("GET", DETAILS).status
    account.now += 61
    account.get(DETAILS)


def test_search_has_a_limit_of_its_own():
    account = Account(Profile(ten_secondly=1))
    for _ in range(5):
        response = account.ask("POST", RECORDS + "/search", {})
        assert '["ten-secondly"]' == response.headers["x-hubspot-rate-limit-exemptions"]
        assert "x-hubspot-ratelimit-max" not in response.headers

    assert "SECONDLY" == account.ask("POST", RECORDS + "/search", {}).json["policyName"]
    account.get(DETAILS)
    account.now += 1
    account.sure("POST", RECORDS + "/search", {})


@pytest.mark.parametrize(
    "path",
    ["/", "/crm", "/crm/pipelines/2025-03/deals", DEALS + "/a/b/c/d", "/crm/v4/pipelines/deals"],
)
def test_an_unknown_path_is_404(account: Account, path: str):
    assert 404 == account.ask("GET", path).status


def test_another_method_is_405(account: Account):
    assert 405 == account.ask("PUT", DEALS).status


@pytest.mark.parametrize("body", [None, [], "{", 3])
def test_a_body_must_be_a_json_object(account: Account, body: Any):
    assert (400, "VALIDATION_ERROR") == account.refused("POST", DEALS, body)


def test_a_body_of_another_kind_is_415(account: Account):
    headers = (("Content-Type", "application/x-www-form-urlencoded"),)
    request = Request("POST", DEALS, json="label=x", headers=headers)

    response = account.sandbox.respond(request, token=account.token, now=account.now)

    assert 415 == response.status


def test_a_flag_is_true_or_false(account: Account):
    assert (400, "VALIDATION_ERROR") == account.refused("GET", DEALS, archived="yes")


def test_errors_have_one_shape_and_a_correlation_id(account: Account):
    response = account.ask("GET", DEALS + "/nope")

    assert {
        "status": "error",
        "message": "Pipeline nope does not exist",
        "category": "OBJECT_NOT_FOUND",
        "correlationId": response.headers["x-hubspot-correlation-id"],
        "context": {"id": ["nope"]},
    } == response.json


def test_every_endpoint_but_identity_and_limits_needs_a_scope():
    free = {route.family for route in _ROUTES if not any(route.needs({"object": "deals"}))}

    assert {"account", "limits"} == free


CALLS = st.lists(
    st.sampled_from(
        [
            ("GET", DEALS, None),
            ("POST", DEALS, {"label": "New", "displayOrder": -1, "stages": [stage("one")]}),
            ("POST", RECORDS, {"properties": {"dealname": "A", "dealstage": "closedwon"}}),
            ("POST", RECORDS + "/search", {}),
            ("DELETE", DEALS + "/default/stages/closedlost", None),
            ("DELETE", DEALS + "/default/stages/closedwon", None),
            ("GET", DEALS + "/default/stages/closedwon/audit", None),
        ]
    ),
    max_size=12,
)


@given(calls=CALLS)
def test_the_same_requests_get_the_same_answers(calls: list[tuple[str, str, Any]]):
    one, two = Account(), Account()

    assert [one.ask(*call) for call in calls] == [two.ask(*call) for call in calls]


def test_threads_may_share_a_sandbox(account: Account):
    def create(number: int) -> None:
        for each in range(20):
            account.ask("POST", RECORDS, {"properties": {"dealname": f"{number}-{each}"}})

    threads = [threading.Thread(target=create, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = account.get(RECORDS, limit="100")["results"]
    assert 80 == len({deal["properties"]["dealname"] for deal in found})


def test_a_file_keeps_the_account(tmp_path):
    path = str(tmp_path / "account.db")
    request = Request("POST", RECORDS, json={"properties": {"dealname": "A"}})
    with HubSpotSandbox(path) as sandbox:
        assert 201 == sandbox.respond(request, token="sandbox-token", now=START).status

    with HubSpotSandbox(path) as sandbox:
        found = sandbox.respond(Request("GET", RECORDS), token="sandbox-token", now=START).json

    assert ["A"] == [deal["properties"]["dealname"] for deal in found["results"]]


def test_an_answer_is_the_callers_own(account: Account):
    answer = account.get(DEALS)
    answer["results"][0]["stages"].clear()

    assert 7 == len(account.get(DEALS)["results"][0]["stages"])
