"""Creating, renaming and removing property groups."""

from __future__ import annotations

from collections.abc import Sequence

from ixia_config.sdk import Change, Flow, Outcome, RemoteError
from ixia_connectors.hubspot import calls
from ixia_connectors.hubspot.calls import Body
from ixia_connectors.hubspot.names import group_name, parts, remote
from ixia_connectors.hubspot.write.bodies import Ids, api_of, title
from ixia_connectors.hubspot.write.outcome import already, applied, conflict_only, gone


def create(change: Change, _: Ids) -> Flow[Sequence[Outcome]]:
    """Add a group at the end."""
    api = api_of(change)
    name = parts(change.remote_id)[1] if change.remote_id else group_name(title(change))
    body: Body = {"name": name, "label": title(change), "displayOrder": -1}
    try:
        yield from calls.one(calls.post("groups", api, json=body))
    except RemoteError as error:
        if not conflict_only(error):
            raise
        row = yield from calls.absent_as_none(calls.get("group", api, name))
        if row is None or row["label"] != title(change):
            raise error from None
        return [already(change, remote(api, name))]
    return [applied(change, remote(api, name))]


def update(change: Change, _: Ids) -> Flow[Sequence[Outcome]]:
    """Rename a group."""
    where = parts(change.remote_id or change.natural_key)
    yield from calls.one(calls.patch("group", *where, json={"label": title(change)}))
    return [applied(change)]


def remove(change: Change, _: Ids) -> Flow[Sequence[Outcome]]:
    """Remove a group; HubSpot refuses while it holds properties."""
    where = parts(change.remote_id or change.natural_key)
    return (yield from gone(change, calls.sent(calls.delete("group", *where))))
