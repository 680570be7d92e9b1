"""Outcomes of changes, and what a refusal makes of a unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ixia_config.sdk import Change, Flow, Kind, Outcome, RemoteError, Status, Value
from ixia_connectors.hubspot.calls import Body

Fields = Mapping[str, Value]


def applied(change: Change, remote_id: str | None = None) -> Outcome:
    """It is done."""
    return Outcome(change.id, Status.APPLIED, remote_id or change.remote_id)


def already(change: Change, remote_id: str | None = None) -> Outcome:
    """It was so before; nothing was sent."""
    return Outcome(change.id, Status.ALREADY, remote_id or change.remote_id)


def failed(change: Change, message: str, remote_id: str | None = None) -> Outcome:
    """It was refused; ``remote_id`` where the object is there in spite of it."""
    return Outcome(change.id, Status.FAILED, remote_id or change.remote_id, message)


def refused(unit: Sequence[Change], work: Flow[Sequence[Outcome]]) -> Flow[Sequence[Outcome]]:
    """Turn a plain refusal into failed outcomes; every other error goes on to the caller."""
    try:
        return (yield from work)
    except RemoteError as error:
        if error.kind is not Kind.REJECTED:
            raise
        return [failed(change, str(error)) for change in unit]


def gone(change: Change, work: Flow[None]) -> Flow[Sequence[Outcome]]:
    """Remove something; that it is gone already is as good."""
    try:
        yield from work
    except RemoteError as error:
        if error.status == 404:
            return [already(change)]
        raise
    return [applied(change)]


def differing(wanted: Fields, live: Fields) -> list[str]:
    """The paths on which a live object is not as wanted."""
    return [path for path, value in wanted.items() if live.get(path) != value]


def conflict_only(error: RemoteError) -> bool:
    """Whether HubSpot refused because the name or id is taken (it says so with 400 or 409)."""
    return error.kind is Kind.REJECTED and error.status in (400, 409)


def texts(value: Value) -> tuple[str, ...]:
    """A list value; nothing where there is none."""
    return value if isinstance(value, tuple) else ()


def named(rows: Iterable[Body], name: str) -> Mapping[str, Body]:
    """Rows by the text under this name."""
    return {str(row[name]): row for row in rows}
