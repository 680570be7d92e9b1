"""Requests to HubSpot as values, and what is taken from its answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from ixia_config.sdk import Flow, Json, Kind, RemoteError, Request, Response
from ixia_connectors.hubspot.paths import path

Body = dict[str, Any]


def get(name: str, *parts: str, **params: str) -> Request:
    """A read."""
    return Request("GET", path(name, *parts), tuple(params.items()), reads=True, repeatable=True)


def query(name: str, *parts: str, json: Json) -> Request:
    """A read that HubSpot wants as a POST."""
    return Request("POST", path(name, *parts), json=json, reads=True, repeatable=True)


def post(name: str, *parts: str, json: Json) -> Request:
    """A create: never repeated without looking first."""
    return Request("POST", path(name, *parts), json=json)


def patch(name: str, *parts: str, json: Json) -> Request:
    """An update that sets values, so that sending it twice is the same as once."""
    return Request("PATCH", path(name, *parts), json=json, repeatable=True)


def patch_batch(name: str, *parts: str, json: Json) -> Request:
    """An update of many records that HubSpot wants as a POST; repeating it changes nothing."""
    return Request("POST", path(name, *parts), json=json, repeatable=True)


def put(name: str, *parts: str, json: Json) -> Request:
    """A replacement of one small thing; never of a pipeline."""
    return Request("PUT", path(name, *parts), json=json, repeatable=True)


def swap(name: str, *parts: str, json: Json) -> Request:
    """A replacement under a revision: a second time it would be refused as stale."""
    return Request("PUT", path(name, *parts), json=json)


def delete(name: str, *parts: str, **params: str) -> Request:
    """A removal; the caller says which guards HubSpot shall apply."""
    return Request("DELETE", path(name, *parts), tuple(params.items()))


def body(response: Response, request: Request) -> Body:
    """The JSON object of an answer; an error where it is anything else."""
    if isinstance(response.json, dict):
        return cast("Body", response.json)
    raise unreadable(request, "HubSpot's answer is not the object that its documentation shows")


def unreadable(request: Request, what: str) -> RemoteError:
    """The error for an answer that has another shape than the documented one."""
    kind = Kind.REJECTED if request.reads else Kind.UNKNOWN
    hint = "try again; if it stays, HubSpot may have changed its API: run `ixia doctor`"
    return RemoteError(kind, f"{what} ({request})", code="IX609", hint=hint, request=request)


def one(request: Request) -> Flow[Body]:
    """Ask, and take the object that is answered."""
    response = yield request
    return body(response, request)


def some(request: Request) -> Flow[list[Body]]:
    """Ask, and take the list of results."""
    found = yield from one(request)
    return results(found, request)


def results(found: Body, request: Request) -> list[Body]:
    """The ``results`` of an answer."""
    rows = found.get("results")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise unreadable(request, "HubSpot's answer holds no list of results")
    return rows


def sent(request: Request) -> Flow[None]:
    """Send what has no answer worth reading."""
    yield request


def absent_as_none(request: Request) -> Flow[Body | None]:
    """Ask for one thing that may not be there."""
    try:
        return (yield from one(request))
    except RemoteError as error:
        if error.status == 404:
            return None
        raise


def next_page(found: Body) -> str | None:
    """The cursor of the page after this one."""
    following = (found.get("paging") or {}).get("next") or {}
    after = following.get("after")
    return str(after) if after else None


def batches(ids: list[str], size: int) -> Iterator[list[str]]:
    """The ids in lists of at most this size."""
    return (ids[start : start + size] for start in range(0, len(ids), size))
