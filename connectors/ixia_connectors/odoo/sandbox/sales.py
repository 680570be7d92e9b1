"""Stages, teams, members and leads: what Odoo's CRM does when they change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ixia_connectors.odoo.sandbox import domains, times
from ixia_connectors.odoo.sandbox.behaviour import Behaviour, Values
from ixia_connectors.odoo.sandbox.computed import members, switched_on
from ixia_connectors.odoo.sandbox.errors import Refused, invalid

if TYPE_CHECKING:
    from ixia_connectors.odoo.sandbox.orm import Odoo

_LEAD = "crm.lead"


def check_domain(odoo: Odoo, text: str | None, told: str) -> None:
    """Refuse an assignment domain that no search over leads understands."""
    try:
        domain = domains.read(text) if text else []
        domains.compiled(odoo, _LEAD, domain, active_test=True)
    except (Refused, ValueError, TypeError):
        raise invalid(told) from None


class Stage(Behaviour):
    """A stage that becomes the won one makes its leads certain."""

    def written(self, odoo: Odoo, rows: Sequence[int], names: frozenset[str]) -> None:
        if "is_won" not in names:
            return
        for row in rows:
            leads = odoo.search(_LEAD, [("stage_id", "=", row)])
            if leads and odoo.value("crm.stage", row, "is_won"):
                odoo.write(_LEAD, leads, {"probability": 100})


def _set_people(odoo: Odoo, team: int, command: tuple[int, int, Any]) -> None:
    """Who is written to ``member_ids`` becomes a member; who is left out is archived."""
    code, user, users = command
    now = {each["user_id"]: each["id"] for each in members(odoo, team)}
    wanted = {6: set(users or ()), 5: set(), 4: {*now, user}, 3: {*now} - {user}}.get(code)
    if wanted is None:
        raise invalid("A user is not made through a team in this sandbox")
    gone = [now[each] for each in sorted(now) if each not in wanted]
    odoo.write("crm.team.member", gone, {"active": False})
    for each in sorted(wanted - now.keys()):
        odoo.create("crm.team.member", {"crm_team_id": team, "user_id": each})


class Team(Behaviour):
    """A team checks its domain."""

    commands = {"member_ids": _set_people}  # noqa: RUF012  # read only

    def removing(self, odoo: Odoo, rows: Sequence[int]) -> None:
        for key, held in list(odoo.store.rows("ir.model.data").items()):
            if held["model"] == "mail.alias" and held["res_id"] in rows:
                odoo.store.put("ir.model.data", key, None)

    def checked(self, odoo: Odoo, row: int, names: frozenset[str]) -> None:
        if "assignment_domain" in names:
            team = odoo.store.rows("crm.team")[row]
            told = f"Assignment domain for team {team['name']} is incorrectly formatted"
            check_domain(odoo, team["assignment_domain"], told)


class Member(Behaviour):
    """A person is in one team: joining another archives the membership, unless many are allowed."""

    def filled(self, odoo: Odoo, values: Values, given: frozenset[str]) -> Values:
        del given
        _leave_others(odoo, values.get("user_id"), values.get("crm_team_id"))
        return values

    def changed(self, odoo: Odoo, row: int, values: Values) -> Values:
        if values.get("active"):
            held = odoo.store.rows("crm.team.member")[row]
            _leave_others(odoo, held["user_id"], held["crm_team_id"])
        return values

    def checked(self, odoo: Odoo, row: int, names: frozenset[str]) -> None:
        held = odoo.store.rows("crm.team.member")[row]
        user, team = held["user_id"], held["crm_team_id"]
        who, where = odoo.name_of("res.users", user), odoo.name_of("crm.team", team)
        twins = [each for each in members(odoo, team) if each["user_id"] == user]
        if held["active"] and len(twins) > 1:
            raise invalid(
                "You are trying to create duplicate membership(s). We found that"
                f" {who} ({where}) already exist(s)."
            )
        for name, kind in (
            ("assignment_domain", ""),
            ("assignment_domain_preferred", "preferred "),
        ):
            if name in names:
                told = f"Member {kind}assignment domain for user {who} and team {where}"
                check_domain(odoo, held[name], f"{told} is incorrectly formatted")


def _leave_others(odoo: Odoo, user: int | None, team: int | None) -> None:
    if switched_on(odoo, "sales_team.membership_multi"):
        return
    for row, held in list(odoo.store.rows("crm.team.member").items()):
        if held["user_id"] == user and held["crm_team_id"] != team and held["active"]:
            odoo.store.put("crm.team.member", row, {**held, "active": False})


class Lead(Behaviour):
    """A lead gets team and stage from its owner, and dates and a state from both."""

    def filled(self, odoo: Odoo, values: Values, given: frozenset[str]) -> Values:
        now = times.stamp(odoo.now)
        full = {"user_id": 2, **values, "date_last_stage_update": now}
        if "team_id" not in given and full["user_id"]:
            full["team_id"] = team_of(odoo, full["user_id"], full.get("type") or "opportunity")
        if "stage_id" not in given:
            full["stage_id"] = first_stage(odoo, full.get("team_id"))
        full.setdefault("company_id", 1)
        if full["user_id"]:
            full.setdefault("date_open", now)
        won = _is_won(odoo, full.get("stage_id"))
        if won:
            full = {**full, "probability": 100, "date_closed": now}
        return {**full, "won_status": _status(full, won=won)}

    def worked_out(self, given: frozenset[str]) -> frozenset[str]:
        return frozenset({"stage_id", "team_id"}) - given

    def changed(self, odoo: Odoo, row: int, values: Values) -> Values:
        held = odoo.store.rows(_LEAD)[row]
        full = {**values, **_of_owner(odoo, held, values)}
        after = {**held, **full}
        asked = not full.keys().isdisjoint({"team_id", "type"}) and "stage_id" not in values
        if asked and _needs_stage(odoo, after):
            full["stage_id"] = first_stage(odoo, after["team_id"])
        moved = "stage_id" in full and full["stage_id"] != held["stage_id"]
        if moved:
            full |= _moved(odoo, full)
        if (full.get("probability") or 0) >= 100 or full.get("active", True) is False:
            full.setdefault("date_closed", times.stamp(odoo.now))
        after = {**held, **full}
        won = _is_won(odoo, after["stage_id"])
        return {**full, "won_status": _status(after, won=won)}


def _of_owner(odoo: Odoo, held: Values, values: Values) -> Values:
    """What a change of the owner brings: when the lead was taken, and the owner's team."""
    if "user_id" not in values:
        return {}
    user = values["user_id"] or None
    if user is None:
        return {"date_open": None}
    found: Values = {}
    if user != held["user_id"]:
        found["date_open"] = times.stamp(odoo.now)
    if "team_id" not in values and not _belongs(odoo, user, held["team_id"]):
        found["team_id"] = team_of(odoo, user, held["type"])
    return found


def _belongs(odoo: Odoo, user: int, team: int | None) -> bool:
    if team is None:
        return False
    leader = odoo.store.rows("crm.team")[team]["user_id"]
    return user == leader or any(each["user_id"] == user for each in members(odoo, team))


def _needs_stage(odoo: Odoo, lead: Values) -> bool:
    if not lead["stage_id"]:
        return True
    teams = (odoo.store.get("crm.stage", lead["stage_id"]) or {}).get("team_ids")
    return bool(teams and lead["team_id"] and lead["team_id"] not in teams)


def _moved(odoo: Odoo, full: Values) -> Values:
    now = times.stamp(odoo.now)
    if _is_won(odoo, full["stage_id"]):
        sure = {"active": True, "probability": 100, "automated_probability": 100}
        return {**sure, "date_last_stage_update": now, "date_closed": now}
    closed = {} if "probability" in full else {"date_closed": None, "probability": 0}
    return {"date_last_stage_update": now, **closed}


def _is_won(odoo: Odoo, stage: int | None) -> bool:
    return bool((odoo.store.get("crm.stage", stage or 0) or {}).get("is_won"))


def _status(lead: Values, *, won: bool) -> str:
    if won and lead.get("probability") == 100:
        return "won"
    lost = not lead.get("active", True) and not lead.get("probability")
    return "lost" if lost else "pending"


def team_of(odoo: Odoo, user: int, kind: str) -> int | None:
    """The team that a lead of this person falls to: one of the person's, or the first of all."""
    wanted = "use_leads" if kind == "lead" else "use_opportunities"
    shown = odoo.with_(active_test=True)
    teams = shown.search("crm.team", [])
    own = [team for team in teams if _belongs(odoo, user, team)]
    for group in (own, teams):
        fitting = [team for team in group if odoo.value("crm.team", team, wanted)]
        if fitting or group:
            return (fitting or list(group))[0]
    return None


def first_stage(odoo: Odoo, team: int | None) -> int | None:
    """The first stage that is open to a team and not folded."""
    found = odoo.search("crm.stage", [("fold", "=", False)], "sequence, id")
    for stage in found:
        teams = odoo.store.rows("crm.stage")[stage].get("team_ids") or ()
        if not teams or team in teams:
            return stage
    return None
