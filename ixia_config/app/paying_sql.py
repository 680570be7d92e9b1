"""A compensation plan as SQL, for records that lie in a database."""

from __future__ import annotations

from ixia_config.app.checking import Checked
from ixia_config.app.paying import read
from ixia_config.app.paying_codes import NoSuchPlan
from ixia_config.app.refusal import Refusal
from ixia_config.app.sql_codes import PlanNotInSql
from ixia_config.exits import Exit
from ixia_config.kinds.comp_plan.ready import versions
from ixia_config.kinds.comp_plan.sql import DIALECTS, Form, NotInSql, text


def pay_in_sql(checked: Checked, plan: str, dialect: str, period: str, form: Form) -> str:
    """The SQL of a plan of a sound configuration; Refusal where SQL cannot pay it exactly."""
    configuration = checked.configuration
    until, known = read(configuration, period), versions(configuration)
    if plan not in known:
        raise Refusal(Exit.USAGE, NoSuchPlan(name=plan, known=tuple(sorted(known))))
    found = text(configuration, plan, DIALECTS[dialect], until, form)
    if isinstance(found, NotInSql):
        raise Refusal(Exit.USAGE, *(PlanNotInSql(plan=plan, why=why) for why in found.reasons))
    return found
