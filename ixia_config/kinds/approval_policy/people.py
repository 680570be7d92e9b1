"""Approvers who are nobody, too few, or the one who asks; managers before their own people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time

from ixia_config.codes import Diagnostic
from ixia_config.kinds.approval_policy.codes.people import (
    NobodyToApprove,
    QuorumTooLarge,
    SelfApproval,
    TopFirst,
)
from ixia_config.kinds.approval_policy.decision import AskedStep, Seat, most
from ixia_config.kinds.approval_policy.ladder import named, steps
from ixia_config.kinds.approval_policy.request import Candidate, Desk, holders, label
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy, Approver, Step
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.policy import Context, Policy
from ixia_config.model import Path


def people(policy: Policy[ApprovalPolicy], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with who approves; nothing to say where no Directory is kept."""
    yield from _anybody(policy)
    if not roster(context.configuration).declared:
        return
    desk = desk_of(policy, context)
    for path, approver in named(policy):
        yield from _nobody(policy, path, approver, desk)
    for path, step in steps(policy):
        yield from _themselves(policy, path, step, desk)
        yield from _quorum(policy, path, step, desk)
    for number, rule in enumerate(policy.body.spec.rules):
        yield from _top_first(policy, number, rule.steps, desk)


def desk_of(policy: Policy[ApprovalPolicy], context: Context) -> Desk:
    """A request of nobody about nothing, to see who would be there today."""
    now = datetime.combine(context.today, time(), UTC)
    return Desk(policy.body.spec, roster(context.configuration), (), {}, "", now)


def _fixed(approver: Approver) -> bool:
    """Whether an approver is the same for every request."""
    return len(approver.given) == 1 and approver.given[0] in ("role", "team", "pool", "person")


def _known(approver: Approver, desk: Desk) -> bool:
    """Whether the name exists; an unknown one is told of elsewhere."""
    if approver.role is not None:
        return approver.role in desk.roster.roles
    if approver.team is not None:
        return approver.team in desk.roster.teams
    return approver.person is None


def _nobody(
    policy: Policy[ApprovalPolicy], path: Path, approver: Approver, desk: Desk
) -> Iterator[Diagnostic]:
    if _fixed(approver) and _known(approver, desk) and not holders(desk, approver):
        mark = policy.mark(*path, approver.given[0])
        yield NobodyToApprove(mark=mark, approver=label(approver))


def _anybody(policy: Policy[ApprovalPolicy]) -> Iterator[Diagnostic]:
    """Without separate duties, and when anybody may ask, everybody may approve his own."""
    spec = policy.body.spec
    if not spec.separation and not spec.submitters and any(True for _ in named(policy)):
        yield SelfApproval(mark=policy.mark("spec", "separation"), approver="", who="")


def _themselves(
    policy: Policy[ApprovalPolicy], path: Path, step: Step, desk: Desk
) -> Iterator[Diagnostic]:
    """People who may ask, and without whom the step cannot be answered."""
    if not all(_fixed(approver) for approver in step.asked):
        return
    seats = _seats(step, desk)
    for email in dict.fromkeys(email for seat in seats for email in seat.emails):
        person = desk.roster.person(email)
        if person is None or person.role not in policy.body.spec.submitters:
            continue
        others = tuple(_without(seat, email, desk) for seat in seats)
        rest = AskedStep(others, step.mode, step.need or 1)
        alone = not rest.answerable and AskedStep(seats, step.mode, step.need or 1).answerable
        if alone or "submitter" not in policy.body.spec.separation:
            name = next(seat.label for seat in seats if email in seat.emails)
            yield SelfApproval(mark=policy.mark(*path), approver=name, who=desk.name(email))


def _seats(step: Step, desk: Desk) -> tuple[Seat, ...]:
    """Who is there for each approver of a step."""
    return tuple(
        Seat(label(approver), tuple(map(Candidate, filter(desk.working, holders(desk, approver)))))
        for approver in step.asked
    )


def _without(seat: Seat, email: str, desk: Desk) -> Seat:
    """A seat when somebody must not take it: the others, else the nearest manager."""
    rest = tuple(each for each in seat.people if each.email != email)
    bosses = (Candidate(boss) for boss in desk.above(email) if desk.working(boss))
    return Seat(seat.label, rest or tuple(bosses)[:1])


def _quorum(
    policy: Policy[ApprovalPolicy], path: Path, step: Step, desk: Desk
) -> Iterator[Diagnostic]:
    if step.mode != "quorum" or not all(_fixed(approver) for approver in step.asked):
        return
    seats = _seats(step, desk)
    there = most(seats, frozenset(email for seat in seats for email in seat.emails))
    if 0 < there < (step.need or 0):
        mark = policy.mark(*path, "need")
        yield QuorumTooLarge(mark=mark, need=step.need or 0, people=there)


def _top_first(
    policy: Policy[ApprovalPolicy], number: int, ordered: tuple[Step, ...], desk: Desk
) -> Iterator[Diagnostic]:
    """Somebody is asked before a person who reports to them."""
    for place, step in enumerate(ordered):
        first = frozenset(_everybody(step, desk))
        later = (email for other in ordered[place + 1 :] for email in _everybody(other, desk))
        found = ((boss, email) for email in later for boss in desk.above(email) if boss in first)
        for boss, email in found:
            yield TopFirst(
                mark=policy.mark("spec", "rules", number, "steps", place),
                above=desk.name(boss),
                below=desk.name(email),
            )
            return


def _everybody(step: Step, desk: Desk) -> Iterator[str]:
    for approver in step.asked:
        if _fixed(approver):
            yield from holders(desk, approver)
