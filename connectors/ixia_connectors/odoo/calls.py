"""Requests to Odoo's JSON-2 API as values, and what is taken from its answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from ixia_config.sdk import Flow, Json, Kind, RemoteError, Request, Response
from ixia_connectors.odoo.names import MODULE, full, is_number

Row = dict[str, Any]
Domain = Sequence[Any]
_CONTEXT: dict[str, Json] = {"active_test": False, "lang": "en_US"}


def call(model: str, method: str, **arguments: Any) -> Request:
    """A write that may not be sent twice without looking."""
    return _request(model, method, arguments)


def again(model: str, method: str, **arguments: Any) -> Request:
    """A write of which sending it twice is the same as once."""
    return _request(model, method, arguments, repeatable=True)


def _request(
    model: str, method: str, arguments: Mapping[str, Any], *, repeatable: bool = False
) -> Request:
    body: dict[str, Json] = {"context": dict(_CONTEXT), **arguments}
    return Request("POST", f"/json/2/{model}/{method}", json=body, repeatable=repeatable)


def query(model: str, method: str, **arguments: Any) -> Request:
    """A read; what is archived is seen as well."""
    body: dict[str, Json] = {"context": dict(_CONTEXT), **arguments}
    path = f"/json/2/{model}/{method}"
    return Request("POST", path, json=body, reads=True, repeatable=True)


def rows(model: str, domain: Domain, fields: Iterable[str], **more: Any) -> Flow[list[Row]]:
    """The rows of a model that a domain finds, by id."""
    wanted = {"domain": list(domain), "fields": list(fields), "order": "id", **more}
    request = query(model, "search_read", **wanted)
    response = yield request
    return listed(response, request)


def count(model: str, domain: Domain) -> Flow[int]:
    """How many rows a domain finds."""
    request = query(model, "search_count", domain=list(domain))
    response = yield request
    if isinstance(response.json, int) and not isinstance(response.json, bool):
        return response.json
    raise unreadable(request)


def listed(response: Response, request: Request) -> list[Row]:
    """The rows of an answer; an error where it is anything else."""
    found = response.json
    if isinstance(found, list) and all(isinstance(row, dict) and "id" in row for row in found):
        return cast("list[Row]", found)
    raise unreadable(request)


def unreadable(request: Request) -> RemoteError:
    """The error for an answer that has another shape than Odoo gives."""
    kind = Kind.REJECTED if request.reads else Kind.UNKNOWN
    hint = "try again; if it stays, check that base_url leads to Odoo 19"
    what = f"Odoo's answer is not what its API gives ({request})"
    return RemoteError(kind, what, code="IX609", hint=hint, request=request)


def load(model: str, columns: Mapping[str, Sequence[str]]) -> Flow[list[int]]:
    """Create or change rows by their ids, all of them or none; ``columns`` by Odoo's names.

    With an external id in the column ``id`` sending it twice is the same as once.
    """
    names = list(columns)
    data = [list(row) for row in zip(*columns.values(), strict=True)]
    request = again(model, "load", fields=names, data=data)
    response = yield request
    found = response.json
    if not isinstance(found, dict) or "ids" not in found:
        raise unreadable(request)
    ids = found["ids"]
    if not isinstance(ids, list) or len(ids) != len(data) or not all(ids):
        raise _refused(found.get("messages"), request)
    return cast("list[int]", ids)


def _refused(messages: Any, request: Request) -> RemoteError:
    told = [each.get("message") for each in messages or [] if isinstance(each, dict)]
    words = "; ".join(str(each) for each in told[:3] if each) or "it does not say why"
    what = f"Odoo did not take it: {words[:500]}"
    return RemoteError(Kind.REJECTED, what, code="IX613", request=request)


def database_ids(model: str, remote_ids: Iterable[str]) -> Flow[dict[str, int]]:
    """The database ids behind remote ids; what is not there is left out."""
    wanted = sorted(set(remote_ids))
    found = {each: int(each) for each in wanted if is_number(each)}
    ours = [each for each in wanted if each not in found]
    if ours:
        domain = [["module", "=", MODULE], ["model", "=", model], ["name", "in", ours]]
        held = yield from rows("ir.model.data", domain, ["name", "res_id"])
        found |= {str(row["name"]): int(row["res_id"]) for row in held}
    return found


def key_column(remote_id: str) -> tuple[str, str]:
    """The column of ``load`` that names an object, and its cell."""
    return (".id", remote_id) if is_number(remote_id) else ("id", full(remote_id))
