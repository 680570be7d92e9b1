"""What can be wrong with an ApprovalPolicy; each group of questions has a module of its own."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.approval_policy.authority import authority, delegation
from ixia_config.kinds.approval_policy.bands import bands
from ixia_config.kinds.approval_policy.people import people
from ixia_config.kinds.approval_policy.references import references
from ixia_config.kinds.approval_policy.rules import rules
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy
from ixia_config.kinds.approval_policy.timing import timing
from ixia_config.kinds.policy import Context, Policy


def check(policy: Policy[ApprovalPolicy], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with an ApprovalPolicy, seen with fields, people and calendars."""
    yield from references(policy, context)
    yield from rules(policy)
    yield from bands(policy, context)
    yield from people(policy, context)
    yield from delegation(policy, context)
    yield from authority(policy, context)
    yield from timing(policy)
