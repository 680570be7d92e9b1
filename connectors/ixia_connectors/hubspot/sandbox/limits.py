"""How much of what the account may have is used: pipelines, properties, records."""

from __future__ import annotations

from ixia_config.sdk.wire import Response
from ixia_connectors.hubspot.sandbox import definitions
from ixia_connectors.hubspot.sandbox.call import Body, Call, answer, results
from ixia_connectors.hubspot.sandbox.objects import OBJECTS, ObjectType
from ixia_connectors.hubspot.sandbox.pipelines import live_count
from ixia_connectors.hubspot.sandbox.profile import Tier
from ixia_connectors.hubspot.sandbox.routing import Route
from ixia_connectors.hubspot.sandbox.scopes import needs

_PROPERTIES = {Tier.FREE: 10, Tier.STARTER: 1_000, Tier.PROFESSIONAL: 1_000, Tier.ENTERPRISE: 1_000}
_CALCULATED = {Tier.FREE: 0, Tier.STARTER: 0, Tier.PROFESSIONAL: 25, Tier.ENTERPRISE: 200}
_RECORDS = 15_000_000


def _use(found: ObjectType, usage: int, limit: int | None = None) -> Body:
    body: Body = {
        "objectTypeId": found.id,
        "singularLabel": found.singular,
        "pluralLabel": found.plural,
        "usage": usage,
    }
    return body if limit is None else {**body, "limit": limit, "percentage": _share(usage, limit)}


def _share(usage: int, limit: int) -> float:
    return 100.0 * usage / limit if limit else 0.0


def _overall(usage: int, limit: int) -> Body:
    return {
        "overallUsage": usage,
        "overallLimit": limit,
        "overallPercentage": _share(usage, limit),
    }


def _pipelines(call: Call) -> Response:
    limit = call.profile.pipelines_max
    uses = [
        _use(found, live_count(call, found), limit) for found in OBJECTS.values() if found.pipeline
    ]
    custom = {"byObjectType": [], **_overall(0, limit)}
    return answer(200, {"hubspotDefinedObjectTypes": [*uses], "customObjectTypes": custom})


def _custom(call: Call, found: ObjectType, *, calculated: bool) -> int:
    known = definitions.of_object(call.store, found.name).values()
    return sum(
        1 for each in known if not each["hubspotDefined"] and each["calculated"] is calculated
    )


def _properties(call: Call) -> Response:
    limit = _PROPERTIES[call.profile.tier]
    counts = {found: _custom(call, found, calculated=False) for found in OBJECTS.values()}
    uses = [_use(found, number, limit) for found, number in counts.items()]
    overall = _overall(sum(counts.values()), limit * len(counts))
    return answer(200, {"byObjectType": [*uses], **overall})


def _calculated(call: Call) -> Response:
    counts = {found: _custom(call, found, calculated=True) for found in OBJECTS.values()}
    uses = [_use(found, number) for found, number in counts.items()]
    overall = _overall(sum(counts.values()), _CALCULATED[call.profile.tier])
    return answer(200, {"byObjectType": [*uses], **overall})


def _custom_objects(call: Call) -> Response:
    limit = 10 if call.profile.tier == Tier.ENTERPRISE else 0
    return answer(200, {"usage": 0, "limit": limit, "percentage": 0.0})


def _records(call: Call) -> Response:
    sql = "SELECT object, count(*) AS number FROM records WHERE archived_at IS NULL GROUP BY object"
    counts = {row["object"]: row["number"] for row in call.store.rows(sql)}
    uses = [_use(found, counts.get(found.name, 0), _RECORDS) for found in OBJECTS.values()]
    custom = {"byObjectType": [], **_overall(0, 500_000)}
    return answer(200, {"hubspotDefinedObjectTypes": [*uses], "customObjectTypes": custom})


def _labels(_: Call) -> Response:
    return results([])


_ANY = needs()

ROUTES = (
    Route("limits", "GET", "pipelines", _pipelines, _ANY),
    Route("limits", "GET", "custom-properties", _properties, _ANY),
    Route("limits", "GET", "calculated-properties", _calculated, _ANY),
    Route("limits", "GET", "custom-object-types", _custom_objects, _ANY),
    Route("limits", "GET", "records", _records, _ANY),
    Route("limits", "GET", "associations/labels", _labels, _ANY),
)
