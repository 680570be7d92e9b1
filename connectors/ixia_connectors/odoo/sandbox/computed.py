"""Fields without a column: what they say is worked out from other rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ixia_connectors.odoo.sandbox.orm import Odoo

Compute = Callable[["Odoo", str, int], Any]


def parameter(odoo: Odoo, key: str) -> str | None:
    """A system parameter."""
    rows = odoo.store.rows("ir.config_parameter").values()
    return next((row["value"] for row in rows if row["key"] == key), None)


def switched_on(odoo: Odoo, key: str) -> bool:
    """Whether a parameter is set; any text but the empty one and ``False`` is on."""
    return parameter(odoo, key) not in (None, "", "False")


def members(odoo: Odoo, team: int, *, archived: bool = False) -> list[dict[str, Any]]:
    """The memberships of a team, oldest first."""
    rows = odoo.store.rows("crm.team.member").values()
    found = [row for row in rows if row["crm_team_id"] == team and (archived or row["active"])]
    return sorted(found, key=lambda row: (row["create_date"], row["id"]))


def _held(odoo: Odoo, model: str, row: int | None, name: str) -> Any:
    return None if row is None else (odoo.store.get(model, row) or {}).get(name)


def _display_name(odoo: Odoo, model: str, row: int) -> Any:
    match model:
        case "res.users":
            return odoo.value(model, row, "name")
        case "crm.team.member":
            return odoo.name_of("res.users", _held(odoo, model, row, "user_id"))
        case "ir.model.fields":
            owner = _held(odoo, "ir.model", _held(odoo, model, row, "model_id"), "name")
            return f"{_held(odoo, model, row, 'field_description')} ({owner})"
        case _:
            return _held(odoo, model, row, odoo.model(model).named_by)


def _of_partner(name: str) -> Compute:
    def compute(odoo: Odoo, model: str, row: int) -> Any:
        return _held(odoo, "res.partner", _held(odoo, model, row, "partner_id"), name)

    return compute


def _of_member(name: str) -> Compute:
    def compute(odoo: Odoo, model: str, row: int) -> Any:
        user = _held(odoo, model, row, "user_id")
        return None if user is None else odoo.value("res.users", user, name)

    return compute


def _switch(key: str) -> Compute:
    def compute(odoo: Odoo, model: str, row: int) -> Any:
        del model, row
        return switched_on(odoo, key)

    return compute


def _members_now(odoo: Odoo, model: str, row: int) -> Any:
    del model
    return tuple(each["id"] for each in members(odoo, row))


def _members_ever(odoo: Odoo, model: str, row: int) -> Any:
    del model
    return tuple(each["id"] for each in members(odoo, row, archived=True))


def _people(odoo: Odoo, model: str, row: int) -> Any:
    del model
    found = {each["user_id"] for each in members(odoo, row)}
    active = {user for user in found if _held(odoo, "res.users", user, "active")}
    return odoo.sorted("res.users", active)


def _capacity(odoo: Odoo, model: str, row: int) -> Any:
    del model
    return sum(each["assignment_max"] or 0 for each in members(odoo, row))


def _model_name(odoo: Odoo, model: str, row: int) -> Any:
    return _held(odoo, "ir.model", _held(odoo, model, row, "model_id"), "model")


def _complete_name(odoo: Odoo, model: str, row: int) -> Any:
    parts = (_held(odoo, model, row, "module"), _held(odoo, model, row, "name"))
    return ".".join(part for part in parts if part)


def _reference(odoo: Odoo, model: str, row: int) -> Any:
    return f"{_held(odoo, model, row, 'model')},{_held(odoo, model, row, 'res_id')}"


def _is_global(odoo: Odoo, model: str, row: int) -> Any:
    return not _held(odoo, model, row, "groups")


def _choices(odoo: Odoo, model: str, row: int) -> Any:
    lines = [
        odoo.store.rows("ir.model.fields.selection")[each]
        for each in odoo.value(model, row, "selection_ids")
    ]
    return repr([(line["value"], line["name"]) for line in lines]) if lines else None


def _count(model: str) -> Compute:
    def compute(odoo: Odoo, _model: str, _row: int) -> Any:
        return sum(1 for row in odoo.store.rows(model).values() if row.get("active", True))

    return compute


def _leads_lost(odoo: Odoo, model: str, row: int) -> Any:
    del model
    leads = odoo.store.rows("crm.lead").values()
    return sum(1 for lead in leads if lead.get("lost_reason_id") == row)


def _own(name: str) -> Compute:
    return lambda odoo, model, row: _held(odoo, model, row, name)


def _groups(odoo: Odoo, model: str, row: int) -> Any:
    found: set[int] = set()
    ahead = list(_held(odoo, model, row, "group_ids") or ())
    while ahead:
        group = ahead.pop()
        if group not in found:
            found.add(group)
            ahead += _held(odoo, "res.groups", group, "implied_ids") or ()
    return tuple(sorted(found))


COMPUTED: Mapping[tuple[str, str], Compute] = {
    ("", "display_name"): _display_name,
    ("res.users", "name"): _of_partner("name"),
    ("res.users", "email"): _of_partner("email"),
    ("res.users", "tz"): _of_partner("tz"),
    ("res.users", "lang"): _of_partner("lang"),
    ("res.users", "all_group_ids"): _groups,
    ("crm.stage", "team_count"): _count("crm.team"),
    ("crm.lost.reason", "leads_count"): _leads_lost,
    ("crm.team", "is_membership_multi"): _switch("sales_team.membership_multi"),
    ("crm.team", "assignment_enabled"): _switch("crm.lead.auto.assignment"),
    ("crm.team", "assignment_max"): _capacity,
    ("crm.team", "member_ids"): _people,
    ("crm.team", "crm_team_member_ids"): _members_now,
    ("crm.team", "crm_team_member_all_ids"): _members_ever,
    ("crm.team.member", "is_membership_multi"): _switch("sales_team.membership_multi"),
    ("crm.team.member", "name"): _of_member("name"),
    ("crm.team.member", "email"): _of_member("email"),
    ("crm.team.member", "company_id"): _of_member("company_id"),
    ("base.automation", "model_name"): _model_name,
    ("ir.actions.server", "model_name"): _model_name,
    ("ir.cron", "name"): _own("cron_name"),
    ("ir.model.data", "complete_name"): _complete_name,
    ("ir.model.data", "reference"): _reference,
    ("ir.rule", "global"): _is_global,
    ("ir.model.fields", "selection"): _choices,
}
