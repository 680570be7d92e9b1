"""Odoo's lead assignment: leads to teams by weight, then to members by capacity.

Which of several fitting teams gets a lead is chance in Odoo. Here it follows from a seed, so that a
rehearsal repeats; what a lead may get at all is what the domains say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ixia_config.sdk import Json
from ixia_connectors.odoo.sandbox import domains, times
from ixia_connectors.odoo.sandbox.computed import members
from ixia_connectors.odoo.sandbox.store import Row

if TYPE_CHECKING:
    from ixia_connectors.odoo.sandbox.orm import Odoo

_LEAD = "crm.lead"


def assign(odoo: Odoo, teams: Sequence[int], seed: str = "odoo") -> Json:
    """Give unowned leads to these teams and to their members; the answer says how many."""
    allocated = _allocate(odoo, teams, seed)
    assigned = sum(_to_members(odoo, team) for team in teams)
    told = f"{allocated} leads allocated to teams. {assigned} leads assigned to salespersons."
    params: Json = {
        "type": "success",
        "title": "Leads Assigned",
        "message": told,
        "next": {"type": "ir.actions.act_window_close"},
    }
    return {"type": "ir.actions.client", "tag": "display_notification", "params": params}


def _allocate(odoo: Odoo, teams: Sequence[int], seed: str) -> int:
    waiting = {team: _open_to(odoo, team) for team in teams}
    weights = {team: odoo.value("crm.team", team, "assignment_max") for team in teams}
    active = [team for team in teams if weights[team]]
    done: set[int] = set()
    turn = 0
    while active:
        turn += 1
        team = _drawn(active, weights, f"{seed}:{turn}")
        lead = next((each for each in waiting[team] if each not in done), None)
        if lead is None:
            active.remove(team)
            continue
        done.add(lead)
        odoo.write(_LEAD, [lead], {"team_id": team})
    return len(done)


def _open_to(odoo: Odoo, team: int) -> Sequence[int]:
    """The leads without team and owner that a team's domain takes."""
    own = domains.read(odoo.store.rows("crm.team")[team]["assignment_domain"] or "[]")
    now = times.stamp(odoo.now)
    return odoo.search(
        _LEAD,
        ["&", *_joined(own), "&", "&", "&", ("create_date", "<=", now), ("team_id", "=", False),
         ("user_id", "=", False), ("won_status", "!=", "won")],
    )  # fmt: skip


def _joined(domain: Sequence[object]) -> list[object]:
    """With every ``&`` written out; an empty one is true."""
    expected = 1
    found: list[object] = []
    for term in domain:
        if expected == 0:
            found.insert(0, "&")
            expected = 1
        found.append(term)
        expected += {"!": 0, "&": 1, "|": 1}.get(term, -1) if isinstance(term, str) else -1
    return found or [(1, "=", 1)]


def _drawn(active: Sequence[int], weights: dict[int, int], seed: str) -> int:
    """One team by weight; the same seed draws the same one."""
    total = sum(weights[team] for team in active)
    drawn = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big") % total
    for team in active:
        drawn -= weights[team]
        if drawn < 0:
            return team
    return active[-1]


@dataclass
class _Free:
    """A member who can take leads: how many, and which."""

    user: int
    quota: int
    takes: domains.Test
    prefers: domains.Test | None


def _to_members(odoo: Odoo, team: int) -> int:
    free = sorted(
        (each for each in (_free(odoo, member) for member in members(odoo, team)) if each.quota),
        key=lambda each: -each.quota,
    )
    wanted = [("user_id", "=", False), ("date_open", "=", False), ("team_id", "=", team)]
    waiting = sorted(odoo.search(_LEAD, wanted))
    waiting.sort(key=lambda lead: -(odoo.value(_LEAD, lead, "probability") or 0))
    count = 0
    for preferring in (True, False):
        for lead in list(waiting):
            taker = _taker(free, lead, preferring=preferring)
            if taker is not None:
                _give(odoo, lead, taker.user)
                waiting.remove(lead)
                free.remove(taker)
                taker.quota -= 1
                free += [taker] if taker.quota else []
                count += 1
    return count


def _free(odoo: Odoo, member: Row) -> _Free:
    """A member and the daily quota: a thirtieth of the monthly capacity, halves rounded up."""
    quota = int((member["assignment_max"] or 0) / 30 + 0.5)
    takes = domains.compiled(
        odoo, _LEAD, domains.read(member["assignment_domain"] or "[]"), active_test=True
    )
    preferred = domains.read(member["assignment_domain_preferred"] or "[]")
    prefers = domains.compiled(odoo, _LEAD, preferred, active_test=True) if preferred else None
    return _Free(member["user_id"], 0 if member["assignment_optout"] else quota, takes, prefers)


def _taker(free: Sequence[_Free], lead: int, *, preferring: bool) -> _Free | None:
    for each in free:
        if not each.takes(lead):
            continue
        if not preferring or (each.prefers is not None and each.prefers(lead)):
            return each
    return None


def _give(odoo: Odoo, lead: int, user: int) -> None:
    given = {"user_id": user, "type": "opportunity"}
    odoo.write(_LEAD, [lead], {**given, "date_conversion": times.stamp(odoo.now)})
