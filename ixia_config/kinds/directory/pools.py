"""What can be wrong with a pool: members, weights, caps and the hours that it covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from ixia_config.codes import Diagnostic
from ixia_config.kinds.calendar.decide import DAY_NAMES, opening
from ixia_config.kinds.calendar.spec import Calendar, CalendarSpec
from ixia_config.kinds.codes import InvertedDates
from ixia_config.kinds.directory.codes.pools import (
    CapOfNothing,
    CapsContradict,
    CoverageGap,
    WeightWithoutEffect,
)
from ixia_config.kinds.directory.codes.structure import (
    EmptyPool,
    MemberTwice,
    NegativeWeight,
    NoWeight,
)
from ixia_config.kinds.directory.decide import employed, roster
from ixia_config.kinds.directory.references import worker
from ixia_config.kinds.directory.spec import Directory, Member, Pool
from ixia_config.kinds.policy import Context, Policy
from ixia_config.model import Path

_CAPS = ("daily_cap", "weekly_cap", "open_cap")
_WEEK = 7 * 24 * 60


def pools(policy: Policy[Directory], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with the pools of a Directory."""
    for name, pool in policy.body.spec.pools.items():
        path: Path = ("spec", "pools", name)
        yield from _members(policy, path, pool, context)
        yield from _weights(policy, path, pool)
        yield from _empty(policy, path, pool, context)
        yield from _coverage(policy, path, pool, context)


def _members(
    policy: Policy[Directory], path: Path, pool: Pool, context: Context
) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for index, member in enumerate(pool.members):
        here = (*path, "members", index)
        email = member.email.lower()
        if email in seen:
            mark = policy.mark(*here, "email")
            yield MemberTwice(mark=mark, email=member.email, pool=str(path[-1]))
        elif member.to is None or context.today < member.to:
            task = f"member of the pool {path[-1]}"
            yield from worker(policy, (*here, "email"), context, email=member.email, task=task)
        seen.add(email)
        yield from _caps(policy, here, member)
        if member.from_ is not None and member.to is not None and member.to <= member.from_:
            mark = policy.mark(*here, "to")
            yield InvertedDates(mark=mark, start=str(member.from_), end=str(member.to))


def _caps(policy: Policy[Directory], path: Path, member: Member) -> Iterator[Diagnostic]:
    for cap in _CAPS:
        if getattr(member, cap) == 0:
            yield CapOfNothing(mark=policy.mark(*path, cap), cap=cap, email=member.email)
    daily, weekly = member.daily_cap, member.weekly_cap
    if daily is not None and weekly is not None and daily > weekly:
        mark = policy.mark(*path, "daily_cap")
        yield CapsContradict(mark=mark, daily=daily, weekly=weekly)


def _weights(policy: Policy[Directory], path: Path, pool: Pool) -> Iterator[Diagnostic]:
    weighed = [index for index, member in enumerate(pool.members) if member.weight is not None]
    for index in weighed:
        weight = pool.members[index].weight
        if weight is not None and weight < 0:
            mark = policy.mark(*path, "members", index, "weight")
            yield NegativeWeight(mark=mark, weight=str(weight))
    if weighed and pool.method != "weighted":
        mark = policy.mark(*path, "members", weighed[0], "weight")
        yield WeightWithoutEffect(mark=mark, method=pool.method)
    elif pool.members and all(member.weight == 0 for member in pool.members):
        yield NoWeight(mark=policy.mark(*path, key=True), pool=str(path[-1]))


def _empty(
    policy: Policy[Directory], path: Path, pool: Pool, context: Context
) -> Iterator[Diagnostic]:
    """Nobody is left to take a record; unknown people are told of elsewhere."""
    people = [roster(context.configuration).person(member.email) for member in pool.members]
    there = [
        person is None or employed(person, context.today)
        for person, member in zip(people, pool.members, strict=True)
        if member.to is None or context.today < member.to
    ]
    if not any(there):
        yield EmptyPool(
            mark=policy.mark(*path, key=True), pool=str(path[-1]), members=len(pool.members)
        )


def _coverage(
    policy: Policy[Directory], path: Path, pool: Pool, context: Context
) -> Iterator[Diagnostic]:
    """The first hole in the hours of a follow-the-sun pool, in either half of the year."""
    if pool.covers is None:
        return
    monday = context.today + timedelta(days=7 - context.today.weekday())
    for start in (monday, monday + timedelta(weeks=26)):
        gap = _gap(pool, start, context)
        if gap is not None:
            yield CoverageGap(
                mark=policy.mark(*path, "covers"),
                pool=str(path[-1]),
                start=_moment(gap[0]),
                end=_moment(gap[1]),
                hours=f"{(gap[1] - gap[0]) / 60:g}",
            )
            return


def _gap(pool: Pool, monday: date, context: Context) -> tuple[int, int] | None:
    """The first time without anybody, in minutes of UTC after that Monday's midnight."""
    working = [
        calendar for member in pool.members if (calendar := _calendar(member, context)) is not None
    ]
    if pool.covers == "24x7":
        weeks = (monday + timedelta(weeks=week) for week in (-1, 0, 1))
        spans = [
            (opens + _WEEK * week, closes + _WEEK * week)
            for week, start in zip((-1, 0, 1), weeks, strict=True)
            for calendar in working
            for opens, closes in opening(calendar, start, days=range(7))
        ]
        return _hole([*spans, (_WEEK, _WEEK)], start=0)
    spans = [span for each in working for span in opening(each, monday, days=range(5))]
    return _hole(spans, start=min(spans)[0]) if spans else (0, 5 * _WEEK // 7)


def _hole(spans: Sequence[tuple[int, int]], start: int) -> tuple[int, int] | None:
    """The first time after the start that lies between two spans and in none."""
    end = start
    for opens, closes in sorted(spans):
        if opens > end:
            return end, opens
        end = max(end, closes)
    return None


def _calendar(member: Member, context: Context) -> CalendarSpec | None:
    """The hours of a member who works here."""
    person = roster(context.configuration).person(member.email)
    if person is None or not employed(person, context.today) or person.calendar is None:
        return None
    calendar = context.configuration.get(Calendar, person.calendar)
    return None if calendar is None else calendar.body.spec


def _moment(minutes: int) -> str:
    day, rest = divmod(minutes, 24 * 60)
    return f"{DAY_NAMES[day % 7]} {rest // 60:02}:{rest % 60:02} UTC"
