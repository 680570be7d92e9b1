"""What can be wrong with CompAssignments."""

from __future__ import annotations

from ixia_config.codes import Diagnostic
from ixia_config.kinds.comp_assignments.spec import CompAssignments
from ixia_config.kinds.policy import Context, Policy


def check(policy: Policy[CompAssignments], context: Context) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with CompAssignments."""
    del policy, context
    return ()
