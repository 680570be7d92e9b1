"""Which account this is, how much of its day is used, and its audit log."""

from __future__ import annotations

from datetime import timedelta

from ixia_config.sdk.wire import Response
from ixia_connectors.hubspot.sandbox.call import Body, Call, answer, results
from ixia_connectors.hubspot.sandbox.clock import iso, next_midnight, parse_moment, utc_offset
from ixia_connectors.hubspot.sandbox.errors import forbidden, invalid
from ixia_connectors.hubspot.sandbox.profile import Tier
from ixia_connectors.hubspot.sandbox.routing import Route
from ixia_connectors.hubspot.sandbox.scopes import needs
from ixia_connectors.hubspot.sandbox.store import Row

_PAGE = 100


def _details(call: Call) -> Response:
    offset = utc_offset(call.now, call.profile.zone)
    return answer(
        200,
        {
            "portalId": call.profile.account,
            "accountType": call.profile.account_type,
            "timeZone": call.profile.zone,
            "companyCurrency": call.profile.currency,
            "additionalCurrencies": [],
            "utcOffset": _clock(offset),
            "utcOffsetMilliseconds": offset // timedelta(milliseconds=1),
            "uiDomain": "app.hubspot.com",
            "dataHostingLocation": "na1",
        },
    )


def _clock(offset: timedelta) -> str:
    """``-05:00``."""
    minutes = abs(offset) // timedelta(minutes=1)
    sign = "-" if offset < timedelta() else "+"
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"


def _usage(call: Call) -> Response:
    return results(
        [
            {
                "name": "private-apps-api-calls-daily",
                "usageLimit": call.profile.daily_max,
                "currentUsage": call.used_today,
                "collectedAt": iso(call.now),
                "fetchStatus": "SUCCESS",
                "resetsAt": iso(next_midnight(call.now, call.profile.zone)),
            }
        ]
    )


def _audit_logs(call: Call) -> Response:
    _refuse_below_enterprise(call)
    limit, after = call.number("limit", _PAGE, most=_PAGE), call.offset()
    rows = call.store.rows(
        "SELECT audit.*, people.email FROM audit LEFT JOIN people USING (user_id) "
        "WHERE number > ? AND at > ? AND at < ? ORDER BY number",
        after,
        _moment(call, "occurredAfter", -1),
        _moment(call, "occurredBefore", 2**62),
    )
    acting = call.listed("actingUserId")
    found = [row for row in rows if not acting or str(row["user_id"]) in acting]
    body: Body = {"results": [_event(row) for row in found[:limit]]}
    if len(found) > limit:
        body["paging"] = {"next": {"after": str(found[limit - 1]["number"])}}
    return answer(200, body)


def _refuse_below_enterprise(call: Call) -> None:
    if call.profile.tier < Tier.ENTERPRISE:
        raise forbidden(f"Audit logs need Enterprise; this account has {call.profile.tier.title}")


def _moment(call: Call, name: str, default: int) -> int:
    text = call.query(name)
    if text is None:
        return default
    found = parse_moment(text)
    if found is None:
        raise invalid(f"{name} is not a date and time: {text}")
    return found


def _event(row: Row) -> Body:
    acting: Body = {"userId": row["user_id"]}
    return {
        "id": str(row["number"]),
        "category": "CRM_SETTINGS",
        "subCategory": "PIPELINE_STAGE" if row["stage"] else "PIPELINE",
        "action": row["action"],
        "targetObjectId": row["stage"] or row["pipeline"],
        "occurredAt": iso(row["at"]),
        "actingUser": {**acting, "userEmail": row["email"]} if row["email"] else acting,
    }


def _nothing(call: Call) -> Response:
    """Log-ins and security events do not happen in a sandbox."""
    _refuse_below_enterprise(call)
    return results([])


_ANY = needs()
_SECURITY = needs("account-info.security.read")

ROUTES = (
    Route("account", "GET", "details", _details, _ANY),
    Route("account", "GET", "api-usage/daily/private-apps", _usage, _ANY),
    Route("account", "GET", "activity/audit-logs", _audit_logs, _SECURITY),
    Route("account", "GET", "activity/login", _nothing, _SECURITY),
    Route("account", "GET", "activity/security", _nothing, _SECURITY),
)
