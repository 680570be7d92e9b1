"""Odoo's answers are classified, and a traceback in one is never shown."""

import pytest

from ixia_config.sdk import Kind, Request, Response
from ixia_connectors.odoo.errors import explain_error

WRITE = Request("POST", "/json/2/crm.stage/write", json={})
READ = Request("POST", "/json/2/crm.stage/search_read", json={}, reads=True)
TRACE = "Traceback (most recent call last): password=hunter2"


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (401, Kind.UNAUTHORISED, "IX601"),
        (403, Kind.UNAUTHORISED, "IX605"),
        (404, Kind.REJECTED, "IX611"),
        (409, Kind.REJECTED, "IX612"),
        (422, Kind.REJECTED, "IX613"),
        (429, Kind.THROTTLED, "IX606"),
        (500, Kind.UNKNOWN, "IX608"),
    ],
)
def test_each_status_says_what_it_proves(status, kind, code):
    body = {"name": "odoo.exceptions.X", "message": "Say why.", "debug": TRACE}

    found = explain_error(Response(status, body, text=TRACE), WRITE)

    assert (kind, code) == (found.kind, found.code)
    assert TRACE not in f"{found} {found.response}"
    assert (status < 500) is ("Say why." in str(found))


def test_a_failed_read_may_be_sent_again():
    assert Kind.UNAVAILABLE is explain_error(Response(500, {"debug": TRACE}), READ).kind
