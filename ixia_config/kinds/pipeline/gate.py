"""Whether a record may leave its stage now, and if not, what is in its way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from ixia_config.kinds.calendar.clocks import Clock
from ixia_config.kinds.calendar.decide import clock as clock_of
from ixia_config.kinds.conditions import condition
from ixia_config.kinds.directory.decide import employed, roster
from ixia_config.kinds.pipeline.ages import Age, age
from ixia_config.kinds.pipeline.decide import moves
from ixia_config.kinds.pipeline.history import is_missing
from ixia_config.kinds.pipeline.manner import Manner, find, left_out, manner
from ixia_config.kinds.pipeline.spec import Approval, Criterion, Pipeline, PipelineSpec, Stage
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.reasons import Reason, Verdict
from ixia_config.kinds.record_schema.spec import Field, RecordSchema
from ixia_config.model import Path
from ixia_config.rules import Typed, value_at
from ixia_config.rules.explain import facts, shown

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a record stands; stages by key or title.

    ``confirmed`` are the keys of criteria that a person has verified, ``approved_by`` the
    addresses of those who have released it into the next stage.
    """

    stage: str
    entered: datetime | None = None
    last_activity: datetime | None = None
    confirmed: frozenset[str] = frozenset()
    approved_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Move:
    """A record is to go to a stage; a reason where it is closed."""

    to: str
    reason: str = ""
    comment: str = ""


class Gate(StrEnum):
    """Whether the record may move."""

    OPEN = "may move"
    APPROVAL = "needs approval"
    CLOSED = "may not move"


class Obstacle(StrEnum):
    """What kind of thing is in the way."""

    MOVE = "move"
    REQUIRED = "required"
    EXIT = "exit"
    ENTRY = "entry"
    REASON = "reason"
    CLOSE_DATE = "close date"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Failing:
    """One thing in the way: a field, a criterion or a rule about moves, and why."""

    obstacle: Obstacle
    key: str
    why: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a record may move, and everything that is in its way."""

    pipeline: str
    stage: str
    to: str
    gate: Gate
    manner: Manner | None
    failing: tuple[Failing, ...]
    approvers: tuple[str, ...]
    age: Age
    reasons: tuple[Reason, ...]

    @property
    def allowed(self) -> bool:
        """Whether the record may move now."""
        return self.gate is Gate.OPEN


class UnknownStage(ValueError):  # noqa: N818  # a mistake in the data, not in the program
    """A stage that the pipeline does not have."""

    def __init__(self, pipeline: str, stage: str) -> None:
        super().__init__(f"the pipeline {pipeline} has no stage {stage!r}")
        self.stage = stage


def may_move(
    configuration: Configuration,
    policy: Policy[Pipeline],
    record: Record,
    move: Move,
    now: datetime,
    *,
    standing: Standing,
    clock: Clock | None = None,
) -> Decision:
    """Whether a normalised record may go to another stage now.

    Business time runs by the clock; by the calendar of the record's owner where none is given.
    """
    spec = policy.body.spec
    before, after = _stage(policy, standing.stage), _stage(policy, move.to)
    door = _Door(configuration, policy, record, now, standing, move, before, after)
    failing = tuple(door.failing())
    approvers, released, told = door.approval()
    shut = Gate.OPEN if released else Gate.APPROVAL
    how_old = age(
        before,
        now,
        entered=standing.entered,
        last_activity=standing.last_activity,
        clock=clock or _clock(configuration, record),
    )
    return Decision(
        pipeline=policy.name,
        stage=before.key,
        to=after.key,
        gate=Gate.CLOSED if failing else shut,
        manner=manner(spec, before, after),
        failing=failing,
        approvers=approvers,
        age=how_old,
        reasons=(*door.reasons(failing), *told, *how_old.reasons),
    )


def _stage(policy: Policy[Pipeline], written: str) -> Stage:
    stage = find(policy.body.spec, written)
    if stage is None:
        raise UnknownStage(policy.name, written)
    return stage


def _clock(configuration: Configuration, record: Record) -> Clock | None:
    person = roster(configuration).person(str(record.get("owner") or ""))
    name = person.calendar if person else None
    return clock_of(configuration, name) if name else None


@dataclass(frozen=True, slots=True)
class _Door:
    """The way from one stage to another, and what guards it."""

    configuration: Configuration
    policy: Policy[Pipeline]
    record: Record
    now: datetime
    standing: Standing
    move: Move
    before: Stage
    after: Stage

    @property
    def spec(self) -> PipelineSpec:
        return self.policy.body.spec

    @property
    def manner(self) -> Manner:
        return manner(self.spec, self.before, self.after)

    def failing(self) -> Iterator[Failing]:
        """Everything in the way, in the order in which people mend it."""
        if self.manner is Manner.STAY:
            return
        yield from self.way()
        if self.manner in (Manner.FORWARD, Manner.SKIP):
            yield from self.required(self.before)
            yield from self.criteria(self.before, "exit")
        yield from self.required(self.after)
        yield from self.criteria(self.after, "entry")
        yield from self.reason()
        yield from self.close_date()

    def way(self) -> Iterator[Failing]:
        """Whether the rules about moves have this one."""
        if self.after.key not in moves(self.spec)[self.before.key]:
            yield Failing(Obstacle.MOVE, self.manner.name.lower(), self.why_not())

    def why_not(self) -> str:
        if self.before.key in (self.spec.moves.allowed or {}):
            return f"no move from {self.before.title} to {self.after.title} is listed"
        match self.manner:
            case Manner.SKIP:
                missed = ", ".join(s.title for s in left_out(self.spec, self.before, self.after))
                return f"leaves out {missed}; no stage may be left out"
            case Manner.BACKWARD:
                return f"goes back from {self.before.title} to {self.after.title}"
            case Manner.LOST:
                return f"nothing is lost from {self.before.title}"
            case Manner.REOPEN:
                to = find(self.spec, self.spec.moves.reopen_to or "")
                return f"a closed record goes back to {to.title}" if to else "it is closed for good"
            case Manner.STAY | Manner.FORWARD:
                return f"no move to {self.after.title} is allowed"

    def required(self, stage: Stage) -> Iterator[Failing]:
        for name in stage.required:
            if is_missing(value_at(self.record, name), self.field(name)):
                why = f"is empty; {stage.title} needs it"
                title = getattr(self.field(name), "title", None) or ""
                yield Failing(Obstacle.REQUIRED, name, why, title)

    def field(self, name: str) -> Field | None:
        schema = self.configuration.get(RecordSchema, self.spec.object)
        return schema.body.spec.fields.get(name) if schema else None

    def criteria(self, stage: Stage, part: str) -> Iterator[Failing]:
        for number, criterion in enumerate(getattr(stage, part)):
            path = ("spec", "stages", self.spec.stages.index(stage), part, number, "when")
            why = self.unmet(criterion, path)
            if why:
                yield Failing(Obstacle(part), criterion.key, why, criterion.title)

    def unmet(self, criterion: Criterion, path: Path) -> str:
        """Why a criterion does not hold; empty where it does.

        A condition must hold. A manager must have confirmed what he verifies; a rep answers for
        his own condition by moving the record, and confirms what has none.
        """
        if criterion.when is not None:
            typed = self.typed(path)
            if typed is None:
                return "its condition cannot be read"
            if not typed.evaluate(self.record, self.now):
                return facts(typed, self.record, self.now)
        by_hand = criterion.when is None or criterion.verified_by == "manager"
        if by_hand and criterion.key not in self.standing.confirmed:
            who = "person" if criterion.verified_by == "system" else criterion.verified_by
            return f"a {who} has not confirmed it"
        return ""

    def typed(self, path: Path) -> Typed | None:
        return self.configuration.derive(_conditions).get((self.policy.source, path))

    def reason(self) -> Iterator[Failing]:
        """A closed record says why, where its stage has reasons."""
        known = {reason.key: reason for reason in self.after.reasons}
        if not known or self.after.type == "open":
            return
        chosen = known.get(self.move.reason)
        words = ", ".join(known)
        if chosen is None:
            why = (
                f"{self.move.reason} is none of {words}" if self.move.reason else f"one of {words}"
            )
            yield Failing(Obstacle.REASON, self.after.key, f"a reason is needed: {why}")
        elif chosen.requires_comment and not self.move.comment.strip():
            yield Failing(Obstacle.REASON, chosen.key, "this reason needs a comment")

    def close_date(self) -> Iterator[Failing]:
        """An open record does not close in the past, where the pipeline says so."""
        rule, closes = self.spec.close_date, self.record.get("close_date")
        if rule is None or rule.past_while_open is not False or self.after.type != "open":
            return
        if closes is not None and closes < self.now.date():
            why = f"{shown(closes)} is past while the record is open"
            yield Failing(Obstacle.CLOSE_DATE, "close_date", why)

    def approval(self) -> tuple[tuple[str, ...], bool, tuple[Reason, ...]]:
        """Who releases records into the stage, whether they have, and why they are asked."""
        asked = self.after.approval
        if asked is None or self.manner is Manner.STAY:
            return (), True, ()
        path = ("spec", "stages", self.spec.stages.index(self.after), "approval", "when")
        typed = self.typed(path)
        if asked.when is not None and typed is not None:
            holds = typed.evaluate(self.record, self.now)
            why = facts(typed, self.record, self.now)
            if not holds:
                return (), True, (Reason("approval", Verdict.NO, f"not needed: {why}"),)
        else:
            why = f"every record that enters {self.after.title}"
        return self.released(asked, why)

    def released(
        self, asked: Approval, why: str
    ) -> tuple[tuple[str, ...], bool, tuple[Reason, ...]]:
        agreed = {email.lower() for email in self.standing.approved_by}
        able = [email for email in asked.approvers if self.working(email)]
        yes = [email in agreed for email in map(str.lower, able)]
        done = any(yes) if asked.mode == "any" else bool(yes) and all(yes)
        below = tuple(self.approver(email, agreed) for email in asked.approvers)
        told = Reason("approval", Verdict.YES, f"{'given' if done else 'needed'}: {why}", below)
        return tuple(able), done, (told,)

    def approver(self, email: str, agreed: set[str]) -> Reason:
        if not self.working(email):
            return Reason(email, Verdict.SKIPPED, "does not work here")
        if email.lower() in agreed:
            return Reason(email, Verdict.YES, "has approved")
        return Reason(email, Verdict.CHOSEN, "is asked")

    def working(self, email: str) -> bool:
        """Whether somebody works here; everybody does where no Directory is kept."""
        known = roster(self.configuration)
        person = known.person(email)
        if person is None:
            return not known.declared
        return employed(person, self.now.date())

    def reasons(self, failing: tuple[Failing, ...]) -> tuple[Reason, ...]:
        """One line for the move, and one for each thing that is asked of the record."""
        faults = {(each.obstacle, each.key): each for each in failing}
        way = next((each.why for each in failing if each.obstacle is Obstacle.MOVE), "")
        told = [Reason("move", Verdict.NO if way else Verdict.YES, way or str(self.manner))]
        told += [
            Reason(each.title or each.key, Verdict.NO, each.why)
            for each in faults.values()
            if each.obstacle is not Obstacle.MOVE
        ]
        return (*told, *self.met(faults))

    def met(self, faults: Mapping[tuple[Obstacle, str], Failing]) -> Iterator[Reason]:
        """The exit criteria that hold, with the facts."""
        if self.manner not in (Manner.FORWARD, Manner.SKIP):
            return
        for number, criterion in enumerate(self.before.exit):
            if (Obstacle.EXIT, criterion.key) not in faults:
                path = ("spec", "stages", self.spec.stages.index(self.before), "exit", number)
                typed = self.typed((*path, "when"))
                why = facts(typed, self.record, self.now) if typed else "confirmed"
                yield Reason(criterion.title, Verdict.YES, why)


def _conditions(configuration: Configuration) -> Mapping[tuple[str, Path], Typed]:
    """Every condition of every pipeline, by the place of the document and the path in it."""
    return {
        (policy.source, path): typed
        for policy in configuration.every
        if isinstance(policy.body, Pipeline)
        for path in _places(policy.body.spec)
        if (typed := condition(policy, path, configuration, policy.body.spec.object)[0])
    }


def _places(spec: PipelineSpec) -> Iterator[Path]:
    for index, stage in enumerate(spec.stages):
        for part, members in (("entry", stage.entry), ("exit", stage.exit)):
            for number, criterion in enumerate(members):
                if criterion.when is not None:
                    yield ("spec", "stages", index, part, number, "when")
        if stage.approval is not None and stage.approval.when is not None:
            yield ("spec", "stages", index, "approval", "when")
