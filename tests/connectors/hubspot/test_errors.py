"""HubSpot's refusals and failures, and what a person is told to do."""

from __future__ import annotations

import pytest

from ixia_config.sdk import Kind, RemoteError, Request, Response
from ixia_connectors.hubspot.sandbox import Profile, Token
from tests.connectors.hubspot.account import CONNECTOR, Account

READ = Request("GET", "/crm/pipelines/2026-09/deals", reads=True)
WRITE = Request("POST", "/crm/pipelines/2026-09/deals", json={})

SCOPES = {
    "status": "error",
    "category": "MISSING_SCOPES",
    "errors": [
        {"message": "x", "context": {"requiredGranularScopes": ["crm.schemas.deals.write"]}}
    ],
}
ROLLING = {"status": "error", "errorType": "RATE_LIMIT", "policyName": "TEN_SECONDLY_ROLLING"}
DAILY = {"status": "error", "errorType": "RATE_LIMIT", "policyName": "DAILY"}


@pytest.mark.parametrize(
    ("status", "body", "request_", "kind", "code"),
    [
        (401, {"category": "INVALID_AUTHENTICATION"}, READ, Kind.UNAUTHORISED, "IX601"),
        (401, {"category": "EXPIRED_AUTHENTICATION"}, READ, Kind.UNAUTHORISED, "IX602"),
        (401, None, READ, Kind.UNAUTHORISED, "IX601"),
        (403, SCOPES, WRITE, Kind.UNAUTHORISED, "IX603"),
        (403, {"message": "Needs Enterprise"}, WRITE, Kind.UNAUTHORISED, "IX605"),
        (404, {"category": "OBJECT_NOT_FOUND"}, READ, Kind.REJECTED, "IX611"),
        (409, {"category": "CONFLICT"}, WRITE, Kind.REJECTED, "IX612"),
        (400, {"category": "VALIDATION_ERROR"}, WRITE, Kind.REJECTED, "IX613"),
        (415, "<html>", WRITE, Kind.REJECTED, "IX613"),
        (423, {}, WRITE, Kind.THROTTLED, "IX614"),
        (429, ROLLING, WRITE, Kind.THROTTLED, "IX606"),
        (429, DAILY, WRITE, Kind.THROTTLED, "IX607"),
        (429, None, READ, Kind.THROTTLED, "IX606"),
        (477, {}, READ, Kind.UNAVAILABLE, "IX615"),
        (500, {"category": "RATE_LIMITS"}, READ, Kind.THROTTLED, "IX606"),
        (500, {}, READ, Kind.UNAVAILABLE, "IX608"),
        (500, {}, WRITE, Kind.UNKNOWN, "IX608"),
        (503, None, WRITE, Kind.UNKNOWN, "IX608"),
        (524, None, READ, Kind.UNAVAILABLE, "IX608"),
    ],
)
def test_each_answer_has_one_meaning(status, body, request_, kind, code):
    error = CONNECTOR.explain_error(Response(status, body), request_)

    assert error is not None
    assert (kind, code, status) == (error.kind, error.code, error.status)


@pytest.mark.parametrize("status", [200, 201, 204, 207])
def test_a_success_is_no_error(status: int):
    assert CONNECTOR.explain_error(Response(status), WRITE) is None


def test_a_missing_scope_is_named():
    error = CONNECTOR.explain_error(Response(403, SCOPES), WRITE)

    assert "crm.schemas.deals.write" in str(error)


def test_the_sandbox_and_the_taxonomy_agree_on_tokens():
    tokens = {"old": Token(expired=True), "poor": Token(scopes=frozenset())}
    account = Account(profile=Profile(tokens=tokens))

    found = {
        token: CONNECTOR.explain_error(account.respond(READ, token=token), READ)
        for token in ("old", "poor", "unknown")
    }

    assert {"old": "IX602", "poor": "IX603", "unknown": "IX601"} == {
        token: error.code for token, error in found.items() if error is not None
    }


@pytest.mark.parametrize("body", [None, [], {"results": "none"}, {"results": [1]}])
def test_an_answer_of_another_shape_is_said_to_be_unreadable(body):
    flow = CONNECTOR.identify()
    next(flow)
    with pytest.raises(RemoteError, match="IX609"):
        flow.send(Response(200, body))
