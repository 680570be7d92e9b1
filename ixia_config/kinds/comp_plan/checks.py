"""What can be wrong with a CompPlan; each group of questions has a module of its own."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.comp_plan.checks_credit import crediting
from ixia_config.kinds.comp_plan.checks_curve import curves
from ixia_config.kinds.comp_plan.checks_quota import quotas
from ixia_config.kinds.comp_plan.checks_target import targets
from ixia_config.kinds.comp_plan.checks_tiers import tables
from ixia_config.kinds.comp_plan.checks_timing import timing
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.policy import Context, Policy


def check(policy: Policy[CompPlan], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with a CompPlan, seen with fields, calendars and versions."""
    yield from crediting(policy, context)
    yield from tables(policy)
    yield from quotas(policy, context)
    yield from timing(policy, context)
    yield from targets(policy)
    yield from curves(policy, context)
