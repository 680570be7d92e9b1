"""A request for approval, and who may answer it: roles, teams, managers, delegates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ixia_config.kinds.approval_policy.spec import (
    ApprovalPolicySpec,
    Approver,
    AuthorityLimit,
    Delegation,
    Limit,
)
from ixia_config.kinds.calendar.spec import Effective
from ixia_config.kinds.directory.decide import Roster, employed
from ixia_config.kinds.directory.spec import Person
from ixia_config.kinds.reasons import Reason, Verdict
from ixia_config.rules import Typed
from ixia_config.rules.explain import shown

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may answer; ``instead_of`` is the person who delegated."""

    email: str
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class Deputy:
    """A delegation, with the field that its limit is about and its condition."""

    delegation: Delegation
    field: str = ""
    when: Typed | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """One request: what it is about, who asks, when, and who is there to answer."""

    spec: ApprovalPolicySpec
    roster: Roster
    deputies: tuple[Deputy, ...]
    record: Record
    submitter: str
    now: datetime

    @property
    def day(self) -> date:
        """The day of the request where it is made."""
        return self.now.date()

    @property
    def barred(self) -> frozenset[str]:
        """Who must not answer: the submitter, or the owner, where duties are separate."""
        if "approver" not in self.spec.separation:
            return frozenset()
        parties = {"submitter": self.submitter, "owner": str(self.record.get("owner") or "")}
        return frozenset(parties[each].lower() for each in self.spec.separation if each in parties)

    def base(self, name: str) -> str:
        """The person from whom managers are counted: the submitter, or whom a field names."""
        if name == "submitter":
            return self.submitter.lower()
        return str(self.record.get(name) or "").lower()

    def name(self, email: str) -> str:
        """What people call somebody."""
        person = self.roster.person(email)
        return (person.name if person else None) or email

    def working(self, email: str) -> bool:
        """Whether somebody is known and employed on that day."""
        person = self.roster.person(email)
        if person is None:
            return False
        started = person.from_ is None or person.from_ <= self.day
        return started and employed(person, self.day)

    def away(self, email: str) -> date | None:
        """The day on which somebody who is away comes back."""
        person = self.roster.person(email)
        absences = person.away if person else ()
        return next((each.to for each in absences if each.from_ <= self.day < each.to), None)

    def above(self, email: str) -> Iterator[str]:
        """The managers of somebody, from the nearest up; a circle ends where it closes."""
        seen = {email.lower()}
        boss = self.roster.managers.get(email.lower(), "")
        while boss and boss not in seen:
            yield boss
            seen.add(boss)
            boss = self.roster.managers.get(boss, "")


def holders(desk: Desk, approver: Approver) -> tuple[str, ...]:
    """Everybody whom an approver means, whether or not they are there."""
    people = desk.roster.people.values()
    if approver.role is not None:
        return _emails(p for p in people if p.role == approver.role and desk.working(p.email))
    if approver.team is not None:
        return _emails(p for p in people if p.team == approver.team and desk.working(p.email))
    if approver.pool is not None:
        return _members(desk, approver.pool)
    if approver.manager_of is not None:
        chain = tuple(desk.above(desk.base(approver.manager_of)))
        return chain[max(approver.level or 1, 1) - 1 :][:1]
    one = approver.person or desk.base(approver.field or "")
    return (one.lower(),) if one else ()


def _emails(people: Iterable[Person]) -> tuple[str, ...]:
    return tuple(sorted(person.email.lower() for person in people))


def _members(desk: Desk, name: str) -> tuple[str, ...]:
    pool = desk.roster.pools.get(name)
    return tuple(
        member.email.lower()
        for member in (pool.members if pool else ())
        if _during(desk.day, Effective.model_construct(from_=member.from_, to=member.to))
        and desk.working(member.email)
    )


def _during(day: date, dates: Effective) -> bool:
    return (dates.from_ is None or dates.from_ <= day) and (dates.to is None or day < dates.to)


def label(approver: Approver) -> str:
    """What an approver is called in a chain: the role, team, pool, person or field."""
    if approver.manager_of is not None:
        level = "" if (approver.level or 1) == 1 else f" {approver.level}"
        whose = "" if approver.manager_of == "submitter" else f" of {approver.manager_of}"
        return f"manager{level}{whose}"
    named = (approver.role, approver.team, approver.pool, approver.person, approver.field)
    return next((each for each in named if each is not None), "authority")


def candidates(
    desk: Desk, people: Iterable[str]
) -> tuple[tuple[Candidate, ...], tuple[Reason, ...]]:
    """Who of these people may answer now, and why or why not.

    Whoever must not or cannot answer is passed over. Where nobody is left, the nearest manager
    who may answer is asked: a request never waits for its own submitter.
    """
    wanted = tuple(dict.fromkeys(people))
    told: list[Reason] = []
    found = list(_able(desk, wanted, told))
    if not found:
        for boss in dict.fromkeys(up for each in wanted for up in desk.above(each)):
            found = list(_able(desk, (boss,), told))
            if found:
                told.append(Reason(desk.name(boss), Verdict.NOTE, "is asked instead, as manager"))
                break
    return _present(desk, found, told), tuple(told)


def _able(desk: Desk, people: Iterable[str], told: list[Reason]) -> Iterator[Candidate]:
    for email in people:
        who = desk.name(email)
        if not desk.working(email):
            told.append(Reason(who, Verdict.SKIPPED, _why_not_working(desk, email)))
        elif email in desk.barred:
            told.append(Reason(who, Verdict.SKIPPED, _why_barred(desk, email)))
        else:
            yield _delegate(desk, email, told)


def _why_not_working(desk: Desk, email: str) -> str:
    person = desk.roster.person(email)
    if person is None:
        return "is in no Directory"
    if not employed(person, desk.day):
        return f"left on {shown(person.to)}"
    return f"starts on {shown(person.from_)}"


def _why_barred(desk: Desk, email: str) -> str:
    if email == desk.submitter.lower():
        return "asks for the approval, so may not give it"
    return "owns the record, so may not approve it"


def _delegate(desk: Desk, email: str, told: list[Reason]) -> Candidate:
    """Who answers for somebody: the last in the line of delegates; a circle is no delegation."""
    line = [email]
    while (deputy := _deputy(desk, line[-1], told)) is not None:
        to = deputy.delegation.to.lower()
        if to in line:
            told.append(Reason(desk.name(email), Verdict.NOTE, "is delegated in a circle"))
            return Candidate(email)
        line.append(to)
    return Candidate(line[-1], email if len(line) > 1 else "")


def _deputy(desk: Desk, email: str, told: list[Reason]) -> Deputy | None:
    for deputy in desk.deputies:
        given = deputy.delegation
        if given.from_.lower() != email or not _during(desk.day, given.effective):
            continue
        why = _refused(desk, deputy)
        if not why:
            return deputy
        told.append(Reason(desk.name(given.to), Verdict.SKIPPED, why))
    return None


def _refused(desk: Desk, deputy: Deputy) -> str:
    """Why a delegation does not hold for this request; empty where it does."""
    given, to = deputy.delegation, deputy.delegation.to.lower()
    behalf = f"cannot answer for {desk.name(given.from_)}"
    if to in desk.barred:
        return f"{behalf}: {_why_barred(desk, to)}"
    if not desk.working(to):
        return f"{behalf}: {_why_not_working(desk, to)}"
    if deputy.when is not None and not deputy.when.evaluate(desk.record, desk.now):
        return f"{behalf}: only where {deputy.when.text}"
    if given.limit is not None and not covers(given.limit, desk.record.get(deputy.field)):
        return f"{behalf}: only up to {given.limit}"
    return ""


def covers(limit: Limit, value: Decimal | None) -> bool:
    """Whether a limit reaches; an unknown value is beyond every limit."""
    return value is not None and value <= limit.value


def _present(desk: Desk, found: Iterable[Candidate], told: list[Reason]) -> tuple[Candidate, ...]:
    """Those who are there; all of them where everybody is away."""
    unique = tuple({each.email: each for each in found}.values())
    there = tuple(each for each in unique if desk.away(each.email) is None)
    for each in unique:
        back = desk.away(each.email)
        if back is not None:
            verdict = Verdict.SKIPPED if there else Verdict.CHOSEN
            told.append(Reason(desk.name(each.email), verdict, f"away until {shown(back)}"))
        else:
            told.append(Reason(desk.name(each.email), Verdict.CHOSEN, _behalf(desk, each)))
    return there or unique


def _behalf(desk: Desk, candidate: Candidate) -> str:
    return f"for {desk.name(candidate.instead_of)}" if candidate.instead_of else ""


def authorised(desk: Desk, base: str) -> tuple[tuple[str, ...], bool]:
    """The managers who are asked, going up, and whether the last of them has the authority."""
    authority = desk.spec.authority
    if authority is None:
        return (), False
    value, chain = desk.record.get(authority.field), []
    for email in desk.above(desk.base(base)):
        found = limit_of(desk, email, authority.limits)
        if found is None or email in desk.barred or not desk.working(email):
            continue
        chain.append(email)
        if found.limit is None or covers(found.limit, value):
            asked = chain if authority.ask == "whole_chain" else chain[-1:]
            return tuple(asked), True
    return (), False


def limit_of(desk: Desk, email: str, limits: tuple[AuthorityLimit, ...]) -> AuthorityLimit | None:
    """The limit of a person: his own, else that of his role."""
    person = desk.roster.person(email)
    own = (each for each in limits if (each.person or "").lower() == email)
    by_role = (each for each in limits if person and each.role and each.role == person.role)
    return next(own, None) or next(by_role, None)
