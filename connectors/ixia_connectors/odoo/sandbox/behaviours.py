"""Which model behaves how."""

from __future__ import annotations

from collections.abc import Mapping

from ixia_connectors.odoo.sandbox import admin, rules, sales
from ixia_connectors.odoo.sandbox.behaviour import Behaviour

BEHAVIOURS: Mapping[str, Behaviour] = {
    "crm.stage": sales.Stage(),
    "crm.team": sales.Team(),
    "crm.team.member": sales.Member(),
    "crm.lead": sales.Lead(),
    "base.automation": rules.Automation(),
    "ir.actions.server": rules.ServerAction(),
    "ir.rule": rules.RecordRule(),
    "ir.model": admin.ModelRow(),
    "ir.model.fields": admin.FieldRow(),
    "ir.model.fields.selection": admin.Choice(),
    "ir.model.data": admin.Name(),
    "ir.config_parameter": admin.Parameter(),
    "res.users": admin.Person(),
    "crm.tag": admin.Tag(),
    "resource.calendar": admin.Calendar(),
    "resource.calendar.attendance": admin.Attendance(),
    "resource.calendar.leaves": admin.TimeOff(),
}
