"""Creating, changing and archiving properties, with their choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ixia_config.sdk import Change, Flow, Outcome, RemoteError, Value, Verb
from ixia_connectors.hubspot import calls
from ixia_connectors.hubspot.calls import Body
from ixia_connectors.hubspot.live import in_order, property_resource
from ixia_connectors.hubspot.names import parts, record_type
from ixia_connectors.hubspot.resources import PROPERTY_TYPES
from ixia_connectors.hubspot.write.bodies import Ids, group_of, resolved, title
from ixia_connectors.hubspot.write.outcome import (
    already,
    applied,
    conflict_only,
    differing,
    gone,
    texts,
)

_OPTIONS = ("choices.", "offered.")


def create(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    """Create a property."""
    name = change.remote_id or change.natural_key
    api, _ = parts(name)
    try:
        yield from calls.one(calls.post("properties", api, json=_new(change, ids)))
    except RemoteError as error:
        if not conflict_only(error):
            raise
        return (yield from _there_already(change, ids, error))
    return [applied(change, name)]


def _new(change: Change, ids: Ids) -> Body:
    after = change.after
    held = PROPERTY_TYPES[str(after["type"])]
    body: Body = {
        "name": parts(change.remote_id or change.natural_key)[1],
        "label": title(change),
        "groupName": group_of(change, ids),
        "type": held.type,
        "fieldType": held.field_type,
        **dict(held.more),
    }
    if after.get("description"):
        body["description"] = after["description"]
    if after.get("unique"):
        body["hasUniqueValue"] = True
    if held.name in ("choice", "choices"):
        body["options"] = options(after, [])
    if held.name == "boolean":
        body["options"] = _YES_NO
    return body


_YES_NO = [
    {"label": "Yes", "value": "true", "hidden": False, "displayOrder": 0},
    {"label": "No", "value": "false", "hidden": False, "displayOrder": 1},
]


def _there_already(change: Change, ids: Ids, error: RemoteError) -> Flow[Sequence[Outcome]]:
    """A property of our name that is just as wanted was made by an earlier attempt."""
    name = change.remote_id or change.natural_key
    api, own = parts(name)
    row = yield from calls.absent_as_none(calls.get("property", api, own))
    if row is None:
        raise error
    live = property_resource(record_type(api), row).fields
    if differing({path: resolved(value, ids) for path, value in change.after.items()}, live):
        raise error
    return [already(change, name)]


def update(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    """Change a property; its choices are read just before, since HubSpot replaces them all."""
    where, after = parts(change.remote_id or change.natural_key), change.after
    body: Body = {}
    if "title" in after:
        body["label"] = title(change)
    if "description" in after:
        body["description"] = after["description"] or ""
    if "group" in after:
        body["groupName"] = group_of(change, ids)
    if _chooses(change):
        row = yield from calls.one(calls.get("property", *where))
        body["options"] = options(after, row.get("options") or [])
    yield from calls.one(calls.patch("property", *where, json=body))
    return [applied(change)]


def _chooses(change: Change) -> bool:
    return any(path == "order" or path.startswith(_OPTIONS) for path in change.after)


def cost(change: Change) -> int:
    """The change itself, and a look before it when choices change."""
    return 1 + int(_chooses(change) and change.verb is not Verb.CREATE)


def options(after: Mapping[str, Value], live: Sequence[Body]) -> list[Body]:
    """Every option that there shall be: those that are there, and ours in their order among them.

    A change names only what differs, so that titles come from the live options where it is silent.
    """
    held = {str(row["value"]): dict(row) for row in in_order(live)}
    for path, value in after.items():
        if path.startswith(_OPTIONS):
            aspect, name = path.split(".", 1)
            option = held.setdefault(name, {"value": name, "label": name, "hidden": False})
            option |= {"label": value} if aspect == "choices" else {"hidden": value is False}
    arranged = _arranged(list(held), texts(after.get("order")))
    return [
        {
            "label": held[value]["label"],
            "value": value,
            "hidden": bool(held[value].get("hidden")),
            "displayOrder": place,
        }
        for place, value in enumerate(arranged)
    ]


def _arranged(values: Sequence[str], wanted: Sequence[str]) -> list[str]:
    """Ours in the wanted order, in the places that they hold between the others."""
    ours = [value for value in wanted if value in values]
    members = iter(ours)
    return [next(members) if value in ours else value for value in values]


def archive(change: Change, _: Ids) -> Flow[Sequence[Outcome]]:
    """Put a property into HubSpot's recycling bin, where it stays for 90 days."""
    where = parts(change.remote_id or change.natural_key)
    return (yield from gone(change, calls.sent(calls.delete("property", *where))))
