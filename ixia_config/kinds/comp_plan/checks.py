"""What can be wrong with a CompPlan."""

from __future__ import annotations

from ixia_config.codes import Diagnostic
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.policy import Context, Policy


def check(policy: Policy[CompPlan], context: Context) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with a CompPlan."""
    del policy, context
    return ()
