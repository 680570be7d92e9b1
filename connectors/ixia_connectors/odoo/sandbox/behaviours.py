"""Which model behaves how."""

from __future__ import annotations

from collections.abc import Mapping

from ixia_connectors.odoo.sandbox.admin import (
    Attendance,
    Calendar,
    Choice,
    FieldRow,
    ModelRow,
    Name,
    Parameter,
    Person,
    Tag,
    TimeOff,
)
from ixia_connectors.odoo.sandbox.behaviour import Behaviour
from ixia_connectors.odoo.sandbox.rules import Automation, RecordRule, ServerAction
from ixia_connectors.odoo.sandbox.sales import Lead, Member, Stage, Team

BEHAVIOURS: Mapping[str, Behaviour] = {
    "crm.stage": Stage(),
    "crm.team": Team(),
    "crm.team.member": Member(),
    "crm.lead": Lead(),
    "base.automation": Automation(),
    "ir.actions.server": ServerAction(),
    "ir.rule": RecordRule(),
    "ir.model": ModelRow(),
    "ir.model.fields": FieldRow(),
    "ir.model.fields.selection": Choice(),
    "ir.model.data": Name(),
    "ir.config_parameter": Parameter(),
    "res.users": Person(),
    "crm.tag": Tag(),
    "resource.calendar": Calendar(),
    "resource.calendar.attendance": Attendance(),
    "resource.calendar.leaves": TimeOff(),
}
