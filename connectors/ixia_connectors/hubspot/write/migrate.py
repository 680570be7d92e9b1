"""Moving the records of a stage to another before the stage goes away."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from ixia_config.sdk import Change, Flow, Json, Outcome, Status
from ixia_connectors.hubspot import calls
from ixia_connectors.hubspot.calls import Body
from ixia_connectors.hubspot.names import RecordType, parts, record_type
from ixia_connectors.hubspot.write.bodies import Ids
from ixia_connectors.hubspot.write.outcome import applied, failed

SEARCH_PAGE = 200
_BATCH = 100
_ID = "hs_object_id"


def migrate(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    """Move every record, and look again until the search shows none that was not moved.

    The search lags behind writes: what it still shows after the move is checked by id, and a
    record that arrives too late for it is caught by HubSpot's own guard when the stage goes.
    """
    api, _, source = parts(change.remote_id or ids[change.address])
    kind = record_type(api)
    _, pipeline, goal = parts(ids[change.migrate_to] if change.migrate_to else "")
    values = {kind.pipeline: pipeline, kind.stage: goal}
    moved: set[str] = set()
    while True:
        found = yield from _standing(kind, source, values, moved)
        if isinstance(found, str):
            return [failed(change, _partly(found, kind, moved))]
        if not found:
            outcome = applied(change)
            words = f"{len(moved)} {kind.plural} moved"
            return [Outcome(outcome.change, Status.APPLIED, outcome.remote_id, words)]
        moved |= found


def _partly(why: str, kind: RecordType, moved: set[str]) -> str:
    return f"{why}; {len(moved)} {kind.plural} were moved before that"


def _standing(
    kind: RecordType, source: str, values: dict[str, str], moved: set[str]
) -> Flow[set[str] | str]:
    """Move what one pass through the search shows: the new ids, or why some were refused.

    Pages follow the ids rather than a cursor, because the search ends at 10,000 results.
    """
    done: set[str] = set()
    last = "0"
    while True:
        request = calls.query("search", kind.api, json=_search(kind, source, last))
        page = yield from calls.one(request)
        ids = [str(row["id"]) for row in calls.results(page, request)]
        fresh = [each for each in ids if each not in moved]
        for batch in calls.batches(fresh, _BATCH):
            refusal = yield from _move(kind, batch, values)
            if refusal:
                return refusal
            done |= set(batch)
        if not ids or calls.next_page(page) is None:
            return done
        last = ids[-1]


def _search(kind: RecordType, source: str, last: str) -> Json:
    return {
        "filterGroups": [
            {
                "filters": [
                    {"propertyName": kind.stage, "operator": "EQ", "value": source},
                    {"propertyName": _ID, "operator": "GT", "value": last},
                ]
            }
        ],
        "properties": [kind.stage],
        "sorts": [{"propertyName": _ID, "direction": "ASCENDING"}],
        "limit": SEARCH_PAGE,
    }


def _move(kind: RecordType, batch: Sequence[str], values: dict[str, str]) -> Flow[str]:
    """Move up to 100 records and read them back by id; why not, where that fails."""
    inputs: list[Json] = [
        {"id": each, "properties": {**values}, "objectWriteTraceId": each} for each in batch
    ]
    answer = yield from calls.one(
        calls.patch_batch("batch_update", kind.api, json={"inputs": [*inputs]})
    )
    errors = [row for row in answer.get("errors") or [] if isinstance(row, dict)]
    if errors:
        return _refusals(kind, errors)
    wanted: Body = {
        "inputs": [{"id": each} for each in batch],
        "properties": [kind.stage],
        "propertiesWithHistory": [],
    }
    rows = yield from calls.some(calls.query("batch_read", kind.api, json=wanted))
    there = {str(row["id"]) for row in rows if row["properties"][kind.stage] == values[kind.stage]}
    left = [each for each in batch if each not in there]
    return f"{len(left)} {kind.plural} did not arrive, e.g. {left[0]}" if left else ""


def _refusals(kind: RecordType, errors: Sequence[Body]) -> str:
    """What HubSpot said of the first of the records that it did not move."""
    traces = [str(each) for row in errors for each in _traces(row)]
    which = f" ({kind.noun} {', '.join(traces[:3])})" if traces else ""
    return f"HubSpot refused to move some {kind.plural}{which}: {errors[0].get('message', '')}"


def _traces(error: Body) -> Sequence[str]:
    found = (error.get("context") or {}).get("objectWriteTraceId") or []
    return [found] if isinstance(found, str) else found


def cost(change: Change) -> int:
    """Pages of the search, batches that move and batches that read back, and a last look."""
    count = change.dependents.count if change.dependents else 0
    if count == 0:
        return 1
    return ceil(count / SEARCH_PAGE) + 2 * ceil(count / _BATCH) + 1
