"""Records that stand where something goes away: how many, worth how much, a few names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation

from ixia_config.sdk import Change, Dependents, Flow, Json, Live, LiveResource, Verb
from ixia_connectors.hubspot import calls
from ixia_connectors.hubspot.calls import Body
from ixia_connectors.hubspot.names import RecordType, parts, record_type
from ixia_connectors.hubspot.values import decimal_text

_PAGE = 200
_REACH = 10_000  # HubSpot's search shows no more than this
_SAMPLE = 3


def records(changes: Sequence[Change], live: Live) -> Flow[Mapping[str, Dependents]]:
    """The records of each change that takes a stage or a pipeline away."""
    by_id = {(each.type, each.remote_id): each for each in live.resources}
    counted: dict[tuple[str, str], Dependents] = {}
    found: dict[str, Dependents] = {}
    for change in changes:
        if change.type not in ("stage", "pipeline") or change.remote_id is None:
            continue
        if not (change.verb.removes or change.verb is Verb.MIGRATE):
            continue
        place = (change.type, change.remote_id)
        if place not in counted:
            counted[place] = yield from _count(change.remote_id, by_id.get(place), live)
        found[change.id] = counted[place]
    return found


def _count(remote_id: str, place: LiveResource | None, live: Live) -> Flow[Dependents]:
    """Page through the search, which shows at most 10,000 records."""
    kind = record_type(parts(remote_id)[0])
    rows: list[Body] = []
    total, after = 0, "0"
    while len(rows) < _REACH:
        request = calls.query("search", kind.api, json=_search(kind, remote_id, after))
        page = yield from calls.one(request)
        rows += calls.results(page, request)
        total = max(int(page.get("total", 0)), len(rows))
        following = calls.next_page(page)
        if following is None:
            break
        after = following
    return _dependents(kind, place, rows, total, live.identity.currency)


def _search(kind: RecordType, remote_id: str, after: str) -> Json:
    _, pipeline, *stage = parts(remote_id)
    name, value = (kind.stage, stage[0]) if stage else (kind.pipeline, pipeline)
    wanted: list[Json] = [kind.name, *([kind.amount] if kind.amount else [])]
    return {
        "filterGroups": [{"filters": [{"propertyName": name, "operator": "EQ", "value": value}]}],
        "properties": wanted,
        "limit": _PAGE,
        "after": after,
    }


def _dependents(
    kind: RecordType,
    place: LiveResource | None,
    rows: Sequence[Body],
    total: int,
    currency: str | None,
) -> Dependents:
    names = [str(row["properties"].get(kind.name) or row["id"]) for row in rows[:_SAMPLE]]
    return Dependents(
        count=total,
        noun=_noun(kind, place, total),
        amount=_sum(kind, rows) if kind.amount else None,
        currency=currency if kind.amount else None,
        sample=tuple(names),
        at_least=total > len(rows),
    )


def _noun(kind: RecordType, place: LiveResource | None, total: int) -> str:
    noun = kind.noun if total == 1 else kind.plural
    fields = place.fields if place is not None else {}
    if "probability" in fields:
        return f"{'closed' if fields['probability'] in ('0', '1') else 'open'} {noun}"
    return f"{fields['state']} {noun}" if "state" in fields else noun


def _sum(kind: RecordType, rows: Sequence[Body]) -> str:
    """What the records are worth together; an amount that is no number counts nothing."""
    total = Decimal(0)
    for row in rows:
        try:
            total += Decimal(row["properties"].get(kind.amount) or "0")
        except InvalidOperation:
            continue
    return decimal_text(total)
