"""Reading workflows: all of them, since only their content tells which are ours."""

from __future__ import annotations

from collections.abc import Iterable

from ixia_config.sdk import Flow, RemoteError, RemotePerson
from ixia_connectors.hubspot import calls
from ixia_connectors.hubspot.calls import Body
from ixia_connectors.hubspot.live import person

_PAGE = 100


def flow_rows() -> Flow[list[Body]]:
    """Every workflow of the account with its steps: the list of HubSpot leaves them out."""
    found: list[Body] = []
    for batch in calls.batches((yield from _listed()), _PAGE):
        inputs: list[Body] = [{"type": "FLOW_ID", "flowId": each} for each in batch]
        found += yield from calls.some(calls.query("flows_read", json={"inputs": [*inputs]}))
    return found


def _listed() -> Flow[list[str]]:
    found: list[str] = []
    after: str | None = None
    while True:
        more = {"after": after} if after else {}
        request = calls.get("flows", limit=str(_PAGE), **more)
        page = yield from calls.one(request)
        found += [str(row["id"]) for row in calls.results(page, request)]
        after = calls.next_page(page)
        if after is None:
            return found


def action_types(type_id: str) -> Flow[frozenset[str] | None]:
    """The actions that workflows on a record type may have; None where HubSpot does not tell."""
    try:
        rows = yield from calls.some(calls.get("action_types", objectTypeId=type_id))
    except RemoteError as error:
        if error.status in (403, 404):
            return None
        raise
    return frozenset(str(row["actionTypeId"]) for row in rows)


def owners_of(emails: Iterable[str]) -> Flow[tuple[RemotePerson, ...]]:
    """The active people with these addresses, one request each."""
    found: list[RemotePerson] = []
    for email in emails:
        rows = yield from calls.some(calls.get("owners", email=email))
        found += [person(row) for row in rows if row.get("email")]
    return tuple(found)
