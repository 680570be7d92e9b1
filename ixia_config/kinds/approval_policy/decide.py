"""What an ApprovalPolicy means for one request: which rule matches, and who is asked in turn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from ixia_config.kinds.approval_policy.decision import (
    AskedStep,
    Decision,
    Level,
    Outcome,
    Seat,
)
from ixia_config.kinds.approval_policy.ladder import Ladder, ladder
from ixia_config.kinds.approval_policy.request import (
    Desk,
    Record,
    authorised,
    candidates,
    holders,
    label,
    limit_of,
)
from ixia_config.kinds.approval_policy.spec import (
    ApprovalPolicy,
    Approver,
    Due,
    Escalation,
    Step,
)
from ixia_config.kinds.calendar.clocks import Clock, RealClock
from ixia_config.kinds.calendar.decide import clock
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.reasons import Reason, Verdict
from ixia_config.rules import Typed
from ixia_config.rules.explain import facts, shown


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody asks for a record to be approved, at a moment with its zone."""

    record: Record
    submitter: str
    now: datetime


def chain(
    configuration: Configuration,
    policy: Policy[ApprovalPolicy],
    record: Record,
    submitter: str,
    now: datetime,
) -> Decision:
    """Who must approve a normalised record that this person submits now."""
    bench = _Bench.of(configuration, policy, Request(record, submitter, now))
    return bench.decide(bench.matching())


def chains(
    configuration: Configuration, policy: Policy[ApprovalPolicy], requests: Iterable[Request]
) -> Iterator[Decision]:
    """``chain`` for many requests: the same decisions, found through the index of the rules."""
    for request in requests:
        bench = _Bench.of(configuration, policy, request)
        yield bench.decide(bench.found())


@dataclass(frozen=True, slots=True)
class _Bench:
    """One request before one policy."""

    configuration: Configuration
    ladder: Ladder
    desk: Desk

    @classmethod
    def of(
        cls, configuration: Configuration, policy: Policy[ApprovalPolicy], request: Request
    ) -> _Bench:
        rules = ladder(configuration, policy)
        desk = Desk(
            spec=policy.body.spec,
            roster=roster(configuration),
            deputies=rules.deputies,
            record=request.record,
            submitter=request.submitter,
            now=request.now,
        )
        return cls(configuration, rules, desk)

    def holds(self, typed: Typed | None) -> bool:
        """Whether a condition holds for the record; one that is left out does."""
        return typed is None or typed.evaluate(self.desk.record, self.desk.now)

    def matching(self) -> tuple[int, ...]:
        """The rules that match, one condition after the other; where the first counts, that."""
        places = range(self.ladder.size)
        found = (i for i in places if self.holds(self.ladder.typed("rules", i, "when")))
        return tuple(found) if self.desk.spec.hit_policy == "unique" else tuple(islice(found, 1))

    def found(self) -> tuple[int, ...]:
        """``matching`` by the index."""
        if self.desk.spec.hit_policy == "unique":
            return self.ladder.index.all(self.desk.record, self.desk.now)
        first = self.ladder.index.first(self.desk.record, self.desk.now)
        return () if first is None else (first,)

    def decide(self, matches: tuple[int, ...]) -> Decision:
        applies = self.ladder.typed("applies_when")
        if self.ladder.broken:
            why = "a condition of the policy cannot be read"
            return self.verdict(Outcome.DENIED, None, (Reason("policy", Verdict.NO, why),))
        if applies is not None and not self.holds(applies):
            reason = Reason("applies_when", Verdict.NO, self.facts(applies))
            return self.verdict(Outcome.UNCONCERNED, None, (reason,))
        told = tuple(self.weighed(matches[0] if matches else self.ladder.size))
        if not matches:
            return self.verdict(Outcome.DENIED, None, (*told, _UNMATCHED))
        if self.desk.spec.hit_policy == "unique" and len(matches) > 1:
            keys = ", ".join(self.ladder.rules[place].key for place in matches)
            why = f"several rules match: {keys}"
            return self.verdict(Outcome.DENIED, None, (*told, Reason("unique", Verdict.NO, why)))
        return self.ruled(matches[0], told)

    def facts(self, typed: Typed) -> str:
        return facts(typed, self.desk.record, self.desk.now)

    def verdict(self, outcome: Outcome, rule: str | None, reasons: tuple[Reason, ...]) -> Decision:
        """A decision without steps."""
        desk, name = self.desk, self.ladder.policy.name
        return Decision(name, outcome, rule, (), desk.submitter, desk.now, reasons)

    def weighed(self, matched: int) -> Iterator[Reason]:
        """Why each rule up to the one that matched did or did not."""
        for place in range(min(matched + 1, self.ladder.size)):
            typed = self.ladder.typed("rules", place, "when")
            why = "everything else" if typed is None else self.facts(typed)
            verdict = Verdict.YES if place == matched else Verdict.NO
            yield Reason(self.ladder.rules[place].key, verdict, why)

    def ruled(self, place: int, told: tuple[Reason, ...]) -> Decision:
        """What the rule at a place says, or the one above it."""
        typed = self.ladder.typed("rules", place, "escalate_when")
        if typed is not None and place + 1 < self.ladder.size and self.holds(typed):
            place += 1
            why = f"one tier up: {self.facts(typed)}"
            told = (*told, Reason(self.ladder.rules[place].key, Verdict.YES, why))
        rule = self.ladder.rules[place]
        if rule.approve == "draft":
            return self.verdict(Outcome.DRAFT, rule.key, told)
        if rule.approve == "deny" or (rule.approve is None and not rule.steps):
            return self.verdict(Outcome.DENIED, rule.key, told)
        steps, why_steps = self.asked(place)
        extra, why_extra = self.added(steps)
        outcome = Outcome.NEEDED if (*steps, *extra) else Outcome.AUTO
        decision = self.verdict(outcome, rule.key, (*told, *why_steps, *why_extra))
        return replace(decision, steps=(*steps, *extra))

    def asked(self, place: int) -> tuple[tuple[AskedStep, ...], tuple[Reason, ...]]:
        """The steps of the rule; none where it approves by itself."""
        rule = self.ladder.rules[place]
        return self.steps(rule.steps if rule.approve is None else (), "rules", place)

    def added(
        self, already: tuple[AskedStep, ...]
    ) -> tuple[tuple[AskedStep, ...], tuple[Reason, ...]]:
        """The further steps that this request needs, without those that are there already."""
        found: list[AskedStep] = []
        told: list[Reason] = []
        for number, addition in enumerate(self.desk.spec.also):
            typed = self.ladder.typed("also", number, "when")
            if not self.holds(typed):
                continue
            name = addition.key or f"also {number + 1}"
            why = "always" if typed is None else self.facts(typed)
            steps, below = self.steps(addition.steps, "also", number)
            fresh = [step for step in steps if not _contained(step, (*already, *found))]
            if fresh:
                told.append(Reason(name, Verdict.YES, why, below))
            else:
                told.append(Reason(name, Verdict.SKIPPED, f"{why}; asked already"))
            found.extend(fresh)
        return tuple(found), tuple(told)

    def steps(
        self, steps: tuple[Step, ...], part: str, owner: int
    ) -> tuple[tuple[AskedStep, ...], tuple[Reason, ...]]:
        found: list[AskedStep] = []
        told: list[Reason] = []
        for place, step in enumerate(steps):
            typed = self.ladder.typed(part, owner, "steps", place, "skip_when")
            if typed is not None and self.holds(typed):
                names = ", ".join(map(label, step.asked))
                told.append(Reason(step.title or names, Verdict.SKIPPED, self.facts(typed)))
                continue
            for asked, reasons in self.expanded(step):
                found.append(asked)
                told.extend(reasons)
        return tuple(found), tuple(told)

    def expanded(self, step: Step) -> Iterator[tuple[AskedStep, tuple[Reason, ...]]]:
        """One step; a chain of authority is a step for everybody in it."""
        if len(step.asked) == 1 and step.asked[0].authority_of is not None:
            yield from self.climbed(step, step.asked[0].authority_of)
            return
        filled = [self.seat(approver) for approver in step.asked]
        yield self.made(step, tuple(seat for seat, _ in filled)), tuple(why for _, why in filled)

    def climbed(self, step: Step, base: str) -> Iterator[tuple[AskedStep, tuple[Reason, ...]]]:
        authority = self.desk.spec.authority
        asked, enough = authorised(self.desk, base)
        if not enough:
            value = shown(self.desk.record.get(authority.field)) if authority else "this"
            why = f"no manager of {self.desk.name(self.desk.base(base))} may decide {value}"
            yield (
                self.made(step, (Seat("authority", ()),)),
                (Reason("asks up the managers", Verdict.NO, why),),
            )
        for email in asked:
            found, told = candidates(self.desk, (email,))
            below = (*self.passed_over(base, asked), *told) if email == asked[0] else told
            reason = Reason("asks up the managers", Verdict.YES, self.reach(email), below)
            yield self.made(step, (Seat(email, found),)), (reason,)

    def passed_over(self, base: str, asked: tuple[str, ...]) -> Iterator[Reason]:
        """The managers below the first who is asked, and why they are not."""
        for email in self.desk.above(self.desk.base(base)):
            if email == asked[0]:
                return
            barred = email in self.desk.barred or not self.desk.working(email)
            why = "may not answer this request" if barred else self.reach(email)
            yield Reason(self.desk.name(email), Verdict.SKIPPED, why)

    def reach(self, email: str) -> str:
        """How far somebody may decide."""
        authority, name = self.desk.spec.authority, self.desk.name(email)
        found = limit_of(self.desk, email, authority.limits) if authority else None
        if found is None:
            return f"{name} has no authority of this kind"
        return f"{name} decides {f'up to {found.limit}' if found.limit else 'any amount'}"

    def seat(self, approver: Approver) -> tuple[Seat, Reason]:
        name = label(approver)
        found, told = candidates(self.desk, holders(self.desk, approver))
        if found:
            return Seat(name, found), Reason(f"asks {name}", Verdict.YES, "", told)
        return Seat(name, ()), Reason(f"asks {name}", Verdict.NO, "nobody can answer", told)

    def made(self, step: Step, seats: tuple[Seat, ...]) -> AskedStep:
        due = step.due or self.desk.spec.due
        return AskedStep(
            seats=seats,
            mode=step.mode,
            need=step.need or 1,
            comment_required=step.comment_required,
            evidence=step.evidence or "",
            due=due,
            levels=self.levels(due, seats) if due is not None else (),
            clock=self.clock(due),
        )

    def clock(self, due: Due | None) -> Clock:
        found = clock(self.configuration, due.calendar) if due and due.calendar else None
        zone = self.desk.now.tzinfo
        return found or RealClock(zone.key if isinstance(zone, ZoneInfo) else "UTC")

    def levels(self, due: Due, seats: tuple[Seat, ...]) -> tuple[Level, ...]:
        """Who is asked further when nobody answers: those who are named, else managers."""
        if due.on_timeout != "escalate":
            return ()
        further = due.escalate or (Escalation.model_construct(after=due.within),)
        found: list[Level] = []
        last = tuple(email for seat in seats for email in seat.emails)
        for each in further:
            people = holders(self.desk, each.to) if each.to is not None else self.managers(last)
            found.append(Level(each.after, candidates(self.desk, people)[0] if people else ()))
            last = tuple(candidate.email for candidate in found[-1].people) or last
        return tuple(found)

    def managers(self, people: Iterable[str]) -> tuple[str, ...]:
        """The nearest manager of each person."""
        above = (next(self.desk.above(email), "") for email in people)
        return tuple(dict.fromkeys(email for email in above if email))


_UNMATCHED = Reason("on_no_match", Verdict.NO, "no rule matches, so it is denied")


def _contained(step: AskedStep, others: Iterable[AskedStep]) -> bool:
    """Whether somebody is asked the same already, alone."""
    return any(
        (step.seats, step.mode) == (other.seats, other.mode) and step.need <= other.need
        for other in others
    )
