"""What a fresh Odoo with CRM holds before anybody works in it."""

from __future__ import annotations

from typing import Any

from ixia_connectors.odoo.sandbox import times
from ixia_connectors.odoo.sandbox.orm import Odoo
from ixia_connectors.odoo.sandbox.store import Row

_STAGES = (("New", 1, 0, 11), ("Qualified", 2, 0, 5), ("Proposition", 3, 0, 8), ("Won", 70, 1, 10))
_LOST = ("Too expensive", "We don't have people/skills", "Not enough stock")
_GROUPS = (
    ("base.group_user", "Role / User", ()),
    ("sales_team.group_sale_salesman", "User: Own Documents Only", (1,)),
    ("sales_team.group_sale_salesman_all_leads", "User: All Documents", (2,)),
    ("sales_team.group_sale_manager", "Administrator", (3,)),
    ("base.group_system", "Settings", (1,)),
)
_TYPES = (("To-Do", 2, 5, "todo"), ("Email", 3, 0, "email"), ("Call", 6, 2, "call"),
          ("Meeting", 9, 0, "meeting"), ("Document", 25, 5, "upload_document"))  # fmt: skip
_COUNTRIES = (
    "AE United Arab Emirates|AR Argentina|AT Austria|AU Australia|BE Belgium|BG Bulgaria|BR Brazil"
    "|CA Canada|CH Switzerland|CL Chile|CN China|CO Colombia|CZ Czech Republic|DE Germany"
    "|DK Denmark|EE Estonia|EG Egypt|ES Spain|FI Finland|FR France|GB United Kingdom|GR Greece"
    "|HK Hong Kong|HR Croatia|HU Hungary|ID Indonesia|IE Ireland|IL Israel|IN India|IT Italy"
    "|JP Japan|KE Kenya|KR South Korea|LT Lithuania|LU Luxembourg|LV Latvia|MX Mexico|MY Malaysia"
    "|NG Nigeria|NL Netherlands|NO Norway|NZ New Zealand|PE Peru|PH Philippines|PL Poland"
    "|PT Portugal|RO Romania|RS Serbia|SA Saudi Arabia|SE Sweden|SG Singapore|SI Slovenia"
    "|SK Slovakia|TH Thailand|TR Türkiye|TW Taiwan|UA Ukraine|US United States|VN Vietnam"
    "|ZA South Africa"
)


def fill(odoo: Odoo, account: str) -> None:
    """Put the standard rows into an empty database; ``account`` is its uuid."""
    _models(odoo)
    _company(odoo)
    _crm(odoo)
    _timers(odoo)
    _rights(odoo)
    for key, value in (("database.uuid", account), ("web.base.url", "http://localhost:8069")):
        odoo.create("ir.config_parameter", {"key": key, "value": value})


def _named(odoo: Odoo, external: str, model: str, row: int) -> int:
    module, _, name = external.partition(".")
    given = {"module": module, "name": name, "model": model, "res_id": row, "noupdate": True}
    odoo.create("ir.model.data", given)
    return row


def _raw(odoo: Odoo, table: str, row: int, **values: Any) -> None:
    """A row without the checks of Odoo's own interface, which its installation passes by."""
    blank: Row = {
        name: field.default
        for name, field in odoo.model(table).fields.items()
        if not field.is_list and not field.computed
    }
    by = {"create_uid": 1, "write_uid": 1}
    at = {"create_date": _start(odoo), "write_date": _start(odoo)}
    odoo.store.put(table, row, {**blank, **by, **at, **values, "id": row})


def _start(odoo: Odoo) -> str:
    return times.stamp(odoo.now)


def _models(odoo: Odoo) -> None:
    number = 0
    for row, model in enumerate(sorted(odoo.standard), start=1):
        title = odoo.standard[model].title
        _raw(odoo, "ir.model", row, name=title, model=model, state="base")
        for name, field in sorted(odoo.standard[model].fields.items()):
            number += 1
            _raw(
                odoo, "ir.model.fields", number, name=name, model=model, model_id=row,
                field_description=field.label, ttype=field.kind, state="base",
                relation=field.relation or None, required=field.required,
                store=not field.computed, selection_ids=(),
                on_delete={"null": "set null"}.get(field.on_delete, field.on_delete)
                if field.kind == "many2one" else None,
            )  # fmt: skip


def _company(odoo: Odoo) -> None:
    currency = odoo.create("res.currency", {"name": "USD", "symbol": "$"})
    _named(odoo, "base.USD", "res.currency", currency)
    company = odoo.create("res.company", {"name": "My Company", "currency_id": currency})
    _named(odoo, "base.main_company", "res.company", company)
    for external, name, implied in _GROUPS:
        row = odoo.create("res.groups", {"name": name, "implied_ids": list(implied)})
        _named(odoo, external, "res.groups", row)
    robot = {"name": "OdooBot", "login": "__system__", "active": False, "group_ids": [5]}
    _named(odoo, "base.user_root", "res.users", odoo.create("res.users", robot))
    admin = {"name": "Administrator", "login": "admin", "group_ids": [4, 5]}
    _named(odoo, "base.user_admin", "res.users", odoo.create("res.users", admin))
    for each in _COUNTRIES.split("|"):
        code, _, name = each.partition(" ")
        row = odoo.create("res.country", {"name": name, "code": code})
        _named(odoo, f"base.{code.lower()}", "res.country", row)


def _crm(odoo: Odoo) -> None:
    team = {"name": "Sales", "sequence": 0, "user_id": 2, "color": 3}
    row = odoo.create("crm.team", team)
    _named(odoo, "sales_team.team_sales_department", "crm.team", row)
    odoo.create("crm.team.member", {"crm_team_id": row, "user_id": 2})
    for number, (name, sequence, won, color) in enumerate(_STAGES, start=1):
        given = {"name": name, "sequence": sequence, "is_won": bool(won), "color": color}
        _named(odoo, f"crm.stage_lead{number}", "crm.stage", odoo.create("crm.stage", given))
    for number, name in enumerate(_LOST, start=1):
        row = odoo.create("crm.lost.reason", {"name": name})
        _named(odoo, f"crm.lost_reason_{number}", "crm.lost.reason", row)
    for name, sequence, days, key in _TYPES:
        given = {"name": name, "sequence": sequence, "delay_count": days, "summary": name}
        row = odoo.create("mail.activity.type", given)
        _named(odoo, f"mail.mail_activity_data_{key}", "mail.activity.type", row)
    hours = odoo.create("resource.calendar", {"name": "Standard 40 hours/week", "tz": "UTC"})
    _named(odoo, "resource.resource_calendar_std", "resource.calendar", hours)


def _timers(odoo: Odoo) -> None:
    automation = _model_id(odoo, "base.automation")
    row = odoo.create(
        "ir.cron",
        {"cron_name": "Automation Rules: check and execute", "model_id": automation,
         "code": "model._cron_process_time_based_actions()", "active": False,
         "interval_number": 4, "interval_type": "hours", "nextcall": _start(odoo)},
    )  # fmt: skip
    _named(odoo, "base_automation.ir_cron_data_base_automation_check", "ir.cron", row)
    row = odoo.create(
        "ir.cron",
        {"cron_name": "CRM: Lead Assignment", "model_id": _model_id(odoo, "crm.team"),
         "code": "model._cron_assign_leads()", "active": False, "interval_number": 1,
         "interval_type": "days", "nextcall": _start(odoo)},
    )  # fmt: skip
    _named(odoo, "crm.ir_cron_crm_lead_assign", "ir.cron", row)


def _rights(odoo: Odoo) -> None:
    lead = _model_id(odoo, "crm.lead")
    everything = {"domain_force": "[(1,'=',1)]", "groups": [3]}
    row = odoo.create("ir.rule", {"name": "All Leads", "model_id": lead, **everything})
    _named(odoo, "crm.crm_rule_all_lead", "ir.rule", row)


def _model_id(odoo: Odoo, model: str) -> int:
    rows = odoo.store.rows("ir.model").items()
    return next(row for row, held in rows if held["model"] == model)
