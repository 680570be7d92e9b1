"""What can be wrong with CompAssignments; each group of questions has a module of its own."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.comp_assignments.checks_dates import dates
from ixia_config.kinds.comp_assignments.checks_pairs import pairs
from ixia_config.kinds.comp_assignments.checks_team import teams
from ixia_config.kinds.comp_assignments.checks_terms import terms
from ixia_config.kinds.comp_assignments.spec import CompAssignments
from ixia_config.kinds.policy import Context, Policy


def check(policy: Policy[CompAssignments], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with CompAssignments, seen with plans and people."""
    yield from dates(policy, context)
    yield from pairs(policy, context)
    yield from terms(policy, context)
    yield from teams(policy, context)
