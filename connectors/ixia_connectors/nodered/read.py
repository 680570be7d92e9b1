"""What is read of Node-RED: which instance it is, and every tab with the nodes that are ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from ixia_config.sdk import (
    Flow,
    Identity,
    Kind,
    Live,
    LiveResource,
    RemoteError,
    Request,
    Scope,
    Value,
)
from ixia_connectors.nodered.bodies import text
from ixia_connectors.nodered.names import key_of

NAME = "nodered"
VERSION = ("node-red-api-version", "v2")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Flows:
    """Every node of every flow in Node-RED's own order, and the revision that they make."""

    rows: tuple[Row, ...]
    rev: str


def identify() -> Flow[Identity]:
    """The title in the header of the editor names the instance; reads only."""
    settings = yield from _object("/settings")
    title = yield from _title()
    return Identity(NAME, title, f"Node-RED {settings.get('version', '')} ({title})")


def _title() -> Flow[str]:
    """What ``editorTheme.header.title`` says; an instance without an editor says nothing."""
    try:
        theme = yield from _object("/theme")
    except RemoteError as error:
        if error.status != 404:
            raise
        theme = {}
    header = theme.get("header")
    title = header.get("title") if isinstance(header, dict) else None
    return str(title or "Node-RED")


def _object(path: str, *headers: tuple[str, str]) -> Flow[Row]:
    request = Request("GET", path, headers=headers, reads=True, repeatable=True)
    response = yield request
    if not isinstance(response.json, dict):
        message = f"{request} was answered with something else than Node-RED answers"
        raise RemoteError(Kind.REJECTED, message, code="IX609", hint="check base_url")
    return cast("Row", response.json)


def flows() -> Flow[Flows]:
    """Everything that is deployed."""
    found = yield from _object("/flows", VERSION)
    rows, rev = found.get("flows"), found.get("rev")
    rows = rows if isinstance(rows, list) else [None]
    if not isinstance(rev, str) or not all(_is_row(row) for row in rows):
        message = "Node-RED's flows have another form than version 2 of its API gives them"
        raise RemoteError(Kind.REJECTED, message, code="IX609", hint="Node-RED 1.0 or newer")
    return Flows(tuple(cast("list[Row]", rows)), rev)


def _is_row(row: Any) -> bool:
    return isinstance(row, dict) and all(isinstance(row.get(key), str) for key in ("id", "type"))


def read(scope: Scope) -> Flow[Live]:
    """Every tab; one answer of Node-RED has them all."""
    identity = scope.identity or (yield from identify())
    found = yield from flows()
    return Live(identity, tuple(tabs(found.rows)), facts={"bound": scope.bound})


def tabs(rows: Sequence[Row]) -> Iterator[LiveResource]:
    """Each tab as a resource, with the nodes on it that are ours."""
    for row in rows:
        if row["type"] == "tab":
            yield tab(row, [each for each in rows if each.get("z") == row["id"]])


def tab(row: Row, members: Sequence[Row]) -> LiveResource:
    """One tab."""
    title = str(row.get("label", ""))
    fields: dict[str, Value] = {
        "title": title,
        "enabled": not row.get("disabled", False),
        "info": str(row.get("info", "")),
        **{f"nodes.{key}": body for key, body in sorted(own_nodes(members).items())},
    }
    strangers = sum(key_of(each["id"]) is None for each in members)
    return LiveResource("flow", row["id"], title, title, fields, raw={"strangers": strangers})


def own_nodes(members: Sequence[Row]) -> Mapping[str, str]:
    """The nodes that are ours, by key."""
    keyed = ((key_of(each["id"]), each) for each in members)
    return {key: text(each) for key, each in keyed if key is not None}
