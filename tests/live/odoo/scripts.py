"""Every scenario by name."""

from tests.live.odoo import scripts_admin as admin
from tests.live.odoo import scripts_crm as crm
from tests.live.odoo import scripts_rules as rules
from tests.live.odoo import scripts_timers as timers

SCENARIOS = {
    "stages": crm.STAGES,
    "calls": crm.CALLS,
    "domains": crm.DOMAINS,
    "loading": crm.LOADING,
    "teams": crm.TEAMS,
    "leads": crm.LEADS,
    "gates": rules.GATES,
    "timers": rules.TIMERS,
    "calendars": admin.CALENDARS,
    "fields": admin.FIELDS,
    "rights": admin.RIGHTS,
    "options": admin.OPTIONS,
    "loaded": rules.LOADED,
    "working days": timers.WORKING_DAYS,
    "assigning": rules.ASSIGNING,
}
TIMELESS = tuple(name for name in SCENARIOS if name != "working days")
"""Those whose answers are the same on any day, so that they can be recorded."""
