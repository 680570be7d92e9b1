"""Writing members of sales teams, known by their login, and system parameters."""

from __future__ import annotations

from collections.abc import Sequence

from ixia_config.sdk import Change, Flow, Kind, Outcome, RemoteError
from ixia_connectors.odoo import look
from ixia_connectors.odoo.calls import again, rows
from ixia_connectors.odoo.write.outcome import Cells, Ids, done, numbers, own_id, put, removed


def write(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    """Do one change of a member; one that goes is archived."""
    if change.verb.removes:
        return (yield from removed(change, archive=True))
    own, cells = own_id(change, ids), Cells()
    if "accepts" in change.after:
        cells["assignment_domain"] = str(change.after["accepts"] or "")
    if "person" in change.after:
        parent = ids.get(change.parent, "") if change.parent else ""
        team = (yield from numbers("team", [parent]))[parent]
        user = yield from user_id(str(change.after["person"]))
        cells |= {"crm_team_id/.id": str(team), "user_id/.id": str(user), "active": "1"}
    yield from put("crm.team.member", own, cells)
    seen = yield from look.at([("member", own)])
    return [done(change, seen.get(("member", own)), ids)]


def user_id(login: str) -> Flow[int]:
    """The database id of an active user."""
    exact = "".join(f"\\{each}" if each in "\\%_" else each for each in login)
    domain = [["login", "=ilike", exact], ["active", "=", True]]
    found = yield from rows("res.users", domain, ["login"])
    if len(found) != 1:
        hint = "invite them (Settings > Users), or name someone else"
        what = f"Odoo has no active user with the login {login}"
        raise RemoteError(Kind.REJECTED, what, code="IX611", hint=hint)
    return int(found[0]["id"])


def setting(change: Change, ids: Ids) -> Flow[Sequence[Outcome]]:
    """Set a system parameter."""
    key = own_id(change, ids)
    value = str(change.after["value"])
    yield again("ir.config_parameter", "set_param", key=key, value=value)
    seen = yield from look.at([("setting", key)])
    return [done(change, seen.get(("setting", key)), ids)]
