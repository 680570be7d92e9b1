"""Writing reasons for losing; one that goes is archived, since records name it."""

from __future__ import annotations

from collections.abc import Sequence

from ixia_config.sdk import Change, Flow, Outcome
from ixia_connectors.odoo import look
from ixia_connectors.odoo.write.outcome import Ids, done, own_id, put, removed


def write(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    """Do one change of a reason."""
    if change.verb.removes:
        return (yield from removed(change, archive=True))
    own = own_id(change, ids)
    cells = {"name": str(change.after.get("title") or change.title), "active": "1"}
    yield from put("crm.lost.reason", own, cells)
    seen = yield from look.at([("reason", own)])
    return [done(change, seen.get(("reason", own)), ids)]
