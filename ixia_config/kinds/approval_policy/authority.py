"""Delegations and limits of authority that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ixia_config.codes import Diagnostic
from ixia_config.kinds.approval_policy.codes.authority import (
    AuthorityFalls,
    AuthorityUnclear,
    NobodyUnlimited,
)
from ixia_config.kinds.approval_policy.codes.delegation import (
    DelegationCycle,
    DelegationLimitUnclear,
    LimitAboveAuthority,
)
from ixia_config.kinds.approval_policy.ladder import measure, named, steps
from ixia_config.kinds.approval_policy.people import desk_of
from ixia_config.kinds.approval_policy.request import Desk, limit_of
from ixia_config.kinds.approval_policy.spec import (
    ApprovalPolicy,
    Authority,
    AuthorityLimit,
    Delegation,
    Limit,
)
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.directory.checks import inverted
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.directory.references import worker
from ixia_config.kinds.policy import Context, Policy
from ixia_config.model import Path
from ixia_config.rules import FieldType


def delegation(policy: Policy[ApprovalPolicy], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with who answers for whom."""
    given = policy.body.spec.delegation
    for number, each in enumerate(given):
        path: Path = ("spec", "delegation", number)
        yield from inverted(policy, (*path, "effective"), each.effective.from_, each.effective.to)
        if roster(context.configuration).declared:
            task = "somebody who delegates"
            yield from worker(policy, (*path, "from"), context, email=each.from_, task=task)
            yield from worker(policy, (*path, "to"), context, email=each.to, task="a delegate")
        chain = _circle(given, (each,))
        if chain and chain[0] == min(chain):
            yield DelegationCycle(mark=policy.mark(*path, "to"), chain=chain)
        yield from _limit(policy, path, each, context)


def _circle(given: Sequence[Delegation], line: tuple[Delegation, ...]) -> tuple[str, ...]:
    """The people in a circle of delegations that hold on one day; empty without one."""
    if line[-1].to.lower() == line[0].from_.lower():
        return tuple(each.from_.lower() for each in line)
    for each in given:
        fresh = all(each.from_.lower() != other.from_.lower() for other in line)
        if fresh and each.from_.lower() == line[-1].to.lower() and _together((*line, each)):
            chain = _circle(given, (*line, each))
            if chain:
                return chain
    return ()


def _together(line: Sequence[Delegation]) -> bool:
    """Whether there is a day on which all of them hold."""
    starts = (each.effective.from_ or date.min for each in line)
    ends = (each.effective.to or date.max for each in line)
    return max(starts) < min(ends)


def _limit(
    policy: Policy[ApprovalPolicy], path: Path, each: Delegation, context: Context
) -> Iterator[Diagnostic]:
    if each.limit is None:
        return
    field = measure(context.configuration, policy, each)
    if not field or not _fits(policy, field, each.limit, context):
        mark = policy.mark(*path, "limit")
        yield DelegationLimitUnclear(mark=mark, limit=str(each.limit), field=field)
        return
    authority = policy.body.spec.authority
    if authority is None or authority.field != field:
        return
    own = limit_of(desk_of(policy, context), each.from_.lower(), authority.limits)
    if own is not None and own.limit is not None and own.limit.value < each.limit.value:
        yield LimitAboveAuthority(
            mark=policy.mark(*path, "limit"),
            limit=str(each.limit),
            delegator=each.from_,
            own=str(own.limit),
        )


def _fits(policy: Policy[ApprovalPolicy], field: str, limit: Limit, context: Context) -> bool:
    """Whether a limit is written like the values of its field; an unknown one is told elsewhere."""
    fields = catalogue(context.configuration).records.get(policy.body.spec.object, {})
    return field not in fields or (fields[field].type is FieldType.PERCENT) is limit.share


def authority(policy: Policy[ApprovalPolicy], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with how far people may decide."""
    given = policy.body.spec.authority
    used = [path for path, approver in named(policy) if approver.authority_of is not None]
    if given is None:
        for path in used:
            mark = policy.mark(*path, "authority_of")
            yield AuthorityUnclear(mark=mark, problem="undeclared")
        return
    if not used:
        mark = policy.mark("spec", "authority", key=True)
        yield AuthorityUnclear(mark=mark, problem="unused")
    for path, step in steps(policy):
        if len(step.asked) > 1 and any(each.authority_of is not None for each in step.asked):
            yield AuthorityUnclear(mark=policy.mark(*path), problem="beside others")
    yield from _limits(policy, given, context)
    if roster(context.configuration).declared:
        yield from _falls(policy, given, desk_of(policy, context))


def _limits(
    policy: Policy[ApprovalPolicy], given: Authority, context: Context
) -> Iterator[Diagnostic]:
    for number, each in enumerate(given.limits):
        path: Path = ("spec", "authority", "limits", number)
        if (each.role is None) == (each.person is None):
            yield AuthorityUnclear(mark=policy.mark(*path), problem="whose")
        if each.limit is not None and not _fits(policy, given.field, each.limit, context):
            mark = policy.mark(*path, "limit")
            yield AuthorityUnclear(mark=mark, problem="type", limit=str(each.limit))
    limits = [each.limit for each in given.limits if each.limit is not None]
    if len(limits) == len(given.limits):
        highest = max(limits, key=lambda limit: limit.value)
        mark = policy.mark("spec", "authority", "limits", key=True)
        yield NobodyUnlimited(mark=mark, highest=str(highest))


def _falls(policy: Policy[ApprovalPolicy], given: Authority, desk: Desk) -> Iterator[Diagnostic]:
    """A manager with a lower limit than somebody below, told once for each limit."""
    told: set[int] = set()
    for email in sorted(desk.roster.people):
        below, (boss, above) = limit_of(desk, email, given.limits), _next_up(desk, email, given)
        if below is None or above is None or above.limit is None:
            continue
        place = given.limits.index(above)
        if place not in told and (below.limit is None or above.limit.value < below.limit.value):
            told.add(place)
            yield AuthorityFalls(
                mark=policy.mark("spec", "authority", "limits", place),
                above=desk.name(boss),
                limit=str(above.limit),
                below=desk.name(email),
                other=str(below.limit) if below.limit else "any amount",
            )


def _next_up(desk: Desk, email: str, given: Authority) -> tuple[str, AuthorityLimit | None]:
    """The nearest manager who has a limit, with it."""
    found = ((boss, limit_of(desk, boss, given.limits)) for boss in desk.above(email))
    return next((each for each in found if each[1] is not None), ("", None))
