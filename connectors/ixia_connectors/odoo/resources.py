"""The resource types that Odoo holds, as data, and the models behind them."""

from __future__ import annotations

from collections.abc import Mapping

from ixia_config.sdk import FieldType, ResourceType

SETTING = ResourceType(
    name="setting",
    title="setting",
    plural="settings",
    rank=5,
    removal="none",
    fields={"value": FieldType("value")},
)
CALENDAR = ResourceType(
    name="calendar",
    title="calendar",
    plural="calendars",
    rank=10,
    fields={
        "title": FieldType("title"),
        "zone": FieldType("time zone"),
        "week": FieldType("opening hours", format="list", semantics="set"),
        "closed": FieldType("holidays", format="list", semantics="set"),
    },
)
FIELD = ResourceType(
    name="field",
    title="field",
    plural="fields",
    rank=20,
    removal="none",
    fields={
        "title": FieldType("title"),
        "description": FieldType("description"),
        "type": FieldType("type", immutable=True),
        "choices.*": FieldType("choice"),
        "order": FieldType("order of choices", format="list", semantics="order"),
    },
)
TEAM = ResourceType(
    name="team",
    title="sales team",
    plural="sales teams",
    rank=30,
    container=True,
    fields={
        "title": FieldType("title"),
        "order": FieldType("order of stages", format="reference", semantics="order"),
        "leads": FieldType("has leads", format="boolean"),
        "deals": FieldType("has opportunities", format="boolean"),
        "accepts": FieldType("records that it is given"),
    },
)
MEMBER = ResourceType(
    name="member",
    title="team member",
    plural="team members",
    rank=40,
    fields={"person": FieldType("person"), "accepts": FieldType("records that they are given")},
)
STAGE = ResourceType(
    name="stage",
    title="stage",
    plural="stages",
    rank=40,
    removal="delete",
    container=True,
    fields={
        "title": FieldType("title"),
        "won": FieldType("won", format="boolean"),
        "definition": FieldType("requirements"),
        "rots": FieldType("days to rot"),
    },
)
REASON = ResourceType(
    name="reason",
    title="lost reason",
    plural="lost reasons",
    rank=45,
    fields={"title": FieldType("title")},
)
GATE = ResourceType(
    name="gate",
    title="gate",
    plural="gates",
    rank=50,
    removal="delete",
    fields={
        "title": FieldType("title"),
        "on": FieldType("when it looks", format="program"),
        "watches": FieldType("fields that it watches", format="program", semantics="set"),
        "leaving": FieldType("stages left", format="reference", semantics="set"),
        "entering": FieldType("stages entered", format="reference", semantics="set"),
        "unmet": FieldType("records that it stops", format="program"),
        "message": FieldType("what it says"),
        "source": FieldType("condition"),
        "active": FieldType("active", format="boolean"),
    },
)
TIMER = ResourceType(
    name="timer",
    title="timer",
    plural="timers",
    rank=60,
    removal="delete",
    fields={
        "title": FieldType("title"),
        "since": FieldType("starts with"),
        "after": FieldType("goes off after"),
        "calendar": FieldType("calendar", format="reference"),
        "applies": FieldType("records that it watches", format="program"),
        "task": FieldType("activity"),
        "person": FieldType("for whom"),
        "active": FieldType("active", format="boolean"),
    },
)
TYPES = (SETTING, CALENDAR, FIELD, TEAM, MEMBER, STAGE, REASON, GATE, TIMER)

MODELS: Mapping[str, str] = {
    "calendar": "resource.calendar",
    "field": "ir.model.fields",
    "gate": "base.automation",
    "member": "crm.team.member",
    "reason": "crm.lost.reason",
    "setting": "ir.config_parameter",
    "stage": "crm.stage",
    "team": "crm.team",
    "timer": "base.automation",
}
"""The model behind each type."""

LEAD = "crm.lead"
"""Leads and opportunities are rows of one model."""

GATED = {"move": "on_write", "enter": "on_create_or_write", "create": "on_create"}
"""When a gate looks, and Odoo's word for it."""

TTYPES = {
    "text": "char",
    "integer": "integer",
    "decimal": "float",
    "money": "monetary",
    "percent": "float",
    "boolean": "boolean",
    "date": "date",
    "datetime": "datetime",
    "choice": "selection",
    "person": "many2one",
}
"""The type of a field of Odoo that holds this kind of field."""

STANDARD: Mapping[str, tuple[str, frozenset[str]]] = {
    "amount": ("expected_revenue", frozenset({"money", "decimal"})),
    "close_date": ("date_deadline", frozenset({"date"})),
    "closed_at": ("date_closed", frozenset({"datetime"})),
    "company": ("partner_name", frozenset({"text"})),
    "contact": ("contact_name", frozenset({"text"})),
    "created_at": ("create_date", frozenset({"datetime"})),
    "email": ("email_from", frozenset({"text"})),
    "job_title": ("function", frozenset({"text"})),
    "name": ("name", frozenset({"text"})),
    "owner": ("user_id", frozenset({"person"})),
    "phone": ("phone", frozenset({"text"})),
    "website": ("website", frozenset({"text"})),
    "city": ("city", frozenset({"text"})),
}
"""Fields that Odoo has itself: its name, and the kinds of field that fit."""

HELD: Mapping[str, str] = {kind: "decimal" if kind == "percent" else kind for kind in TTYPES}
"""Our name for what Odoo keeps of each kind of field; a percentage is a share there."""

NOTED = {
    "percent": "Odoo keeps 20% as 0.2",
    "money": "in the currency of the company",
    "decimal": "Odoo keeps decimals to 15 digits",
}


def live_type(ttype: str, relation: str | None) -> str:
    """Our name for the type of a field as Odoo describes it."""
    if ttype == "many2one":
        return "person" if relation == "res.users" else f"link to {relation}"
    found = {"char": "text", "float": "decimal", "monetary": "money", "selection": "choice"}
    return found.get(ttype, ttype)
