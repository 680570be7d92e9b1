"""Which records break the rules of a Pipeline as they stand, and what cannot be judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.pipeline.decide import starts
from ixia_config.kinds.pipeline.history import is_missing
from ixia_config.kinds.pipeline.spec import Criterion, Pipeline, Stage
from ixia_config.kinds.pipeline.staying import Staying
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.record_schema.spec import Field, RecordSchema
from ixia_config.kinds.records import Record, Records
from ixia_config.kinds.scalars import Duration
from ixia_config.model import Address
from ixia_config.rules import RecordProblem, Typed, normalise, read
from ixia_config.rules.partial import can_fail, outcome


class Breach(StrEnum):
    """What a record does that it must not."""

    REQUIRED = "required"  # a field is empty that its stage, or the schema, requires
    ENTRY = "entry"  # an entry criterion of its stage does not hold
    EXIT = "exit"  # an exit criterion of a stage behind it does not hold
    AGE = "age"  # it stays longer than it may
    AGEING = "ageing"  # it will soon: a warning
    STALE = "stale"  # nobody did anything about it for too long
    CLOSE_DATE = "close_date"  # it is open, and its close date is past
    REASON = "reason"  # it is closed without a reason
    SCOPE = "scope"  # it does not belong into this pipeline
    VALUE = "value"  # a value is not valid


@dataclass(frozen=True, slots=True, order=True)
class Rule:
    """One rule that records can break: of a stage, or of the pipeline or schema as a whole.

    ``subject`` is the criterion, field or duration in the user's words, ``reads`` the fields that
    the answer depends on.
    """

    breach: Breach
    address: Address
    stage: str = ""
    key: str = ""
    subject: str = ""
    reads: tuple[str, ...] = ()

    @property
    def warns(self) -> bool:
        """Whether breaking it is only a warning."""
        return self.breach is Breach.AGEING


@dataclass(frozen=True, slots=True)
class Violation:
    """A record breaks a rule."""

    rule: Rule
    record: Record


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A rule that could not be judged for so many records, and the fields that were not told.

    Nobody knows for how many where ``records`` is 0.
    """

    rule: Rule
    records: int
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one pipeline's records; ``open`` were looked at, out of ``total``."""

    policy: Policy[Pipeline]
    records: Records
    rows: tuple[Record, ...]
    violations: tuple[Violation, ...]
    unjudged: tuple[Unjudged, ...]

    @property
    def looked_at(self) -> int:
        """How many open records were judged."""
        closed = {each.key for each in self.policy.body.spec.stages if each.type != "open"}
        return sum(each.stage not in closed for each in self.rows)

    @property
    def total(self) -> int:
        """How many open records there are."""
        return max(self.records.totals.get(self.policy.name, 0), self.looked_at)


def violations(
    policy: Policy[Pipeline], records: Records, configuration: Configuration, now: datetime
) -> Sequence[Violation]:
    """Every rule that a record of this pipeline breaks; ``now`` is in the zone of the account."""
    return judge(policy, records, configuration, now).violations


def judge(
    policy: Policy[Pipeline], records: Records, configuration: Configuration, now: datetime
) -> Judgement:
    """What the records break, and what could not be judged.

    A record has left behind every open stage before its own, from the first one in which records
    may start; their exit criteria must still hold for it.
    """
    rows = tuple(each for each in records.rows if each.pipeline == policy.name)
    subject = _Subject(policy, configuration, Staying(configuration, now))
    seen = [_Seen.of(row, subject, records) for row in rows]
    broken: list[Violation] = []
    unknown: list[Unjudged] = []
    for check in subject.checks(records):
        answers = [(each, check.test(each)) for each in seen if check.concerns(each.record)]
        broken += [Violation(check.rule, one.record) for one, holds in answers if holds is False]
        unknown += _unjudged(check.rule, [one for one, holds in answers if holds is None])
    unknown += _without_reasons(policy, records)
    return Judgement(policy, records, rows, tuple(broken), tuple(unknown))


def needed(policy: Policy[Pipeline], configuration: Configuration) -> frozenset[str]:
    """Every field that a rule about this pipeline's records reads."""
    return frozenset(
        name for each in _all_checks(policy, configuration) for name in each.rule.reads
    )


def watched(
    policy: Policy[Pipeline], configuration: Configuration, told: frozenset[str]
) -> tuple[Rule, ...]:
    """The rules that a record can be seen to break where these of its fields are known."""
    every = _all_checks(policy, configuration)
    return tuple(each.rule for each in every if each.stages and each.can_fail(told))


def _all_checks(policy: Policy[Pipeline], configuration: Configuration) -> Iterator[_Check]:
    """Every check, whatever a target can tell."""
    spec = policy.body.spec
    reasons = frozenset(policy.address.at(each.key) for each in spec.stages)
    subject = _Subject(policy, configuration, Staying(configuration, _NEVER))
    return subject.checks(Records(spec.object, reasons=reasons))


_NEVER = datetime.max.replace(tzinfo=UTC)  # no record is looked at


def _typed(condition: str, configuration: Configuration, record: str) -> Typed | None:
    known = catalogue(configuration)
    return read(condition, known, record)[0] if record in known.records else None


def _unjudged(rule: Rule, seen: Sequence[_Seen]) -> Iterator[Unjudged]:
    """One line for each set of fields that were not told."""
    untold = Counter(tuple(sorted(set(rule.reads) - each.told)) for each in seen)
    for fields, count in sorted(untold.items()):
        yield Unjudged(rule, count, fields)


def _without_reasons(policy: Policy[Pipeline], records: Records) -> Iterator[Unjudged]:
    """Closed stages whose records without a reason nobody could look for."""
    for stage in policy.body.spec.stages:
        if stage.reasons and policy.address.at(stage.key) not in records.reasons:
            yield Unjudged(_of_stage(policy, stage, Breach.REASON), 0)


@dataclass(frozen=True, slots=True)
class _Seen:
    """A record with exact values, and the names of those that are known."""

    record: Record
    values: Mapping[str, Any]
    told: frozenset[str]

    @classmethod
    def of(cls, record: Record, subject: _Subject, records: Records) -> _Seen:
        """A value that is no value of its field is not known; a placeholder is a missing one."""
        known, name = catalogue(subject.configuration), subject.noun
        if name not in known.records:
            return cls(record, {}, frozenset())
        told = records.told & record.values.keys()
        values = {each: subject.value(each, record.values[each]) for each in told}
        try:
            return cls(record, normalise(values, known, name), told)
        except RecordProblem as problem:
            told -= {path.partition(".")[0] for path, _ in problem.found}
        return cls(record, normalise({each: values[each] for each in told}, known, name), told)


_Test = Callable[[_Seen], bool | None]


@dataclass(frozen=True, slots=True)
class _Check:
    """A rule, the stages whose records it concerns, and whether it holds; None: nobody knows."""

    rule: Rule
    stages: frozenset[str | None]
    test: _Test
    typed: Typed | None = None

    def concerns(self, record: Record) -> bool:
        return record.stage in self.stages

    def can_fail(self, told: frozenset[str]) -> bool:
        """Whether these fields can show that it does not hold."""
        breach = self.rule.breach
        if breach is Breach.VALUE and self.rule.key not in told:
            return False
        if breach in (Breach.ENTRY, Breach.EXIT, Breach.SCOPE, Breach.VALUE):
            return self.typed is not None and can_fail(self.typed, told)
        return set(self.rule.reads) <= told


@dataclass(frozen=True, slots=True)
class _Subject:
    """One pipeline with all that its rules need."""

    policy: Policy[Pipeline]
    configuration: Configuration
    staying: Staying

    @property
    def noun(self) -> str:
        return self.policy.body.spec.object

    @property
    def fields(self) -> Mapping[str, Field]:
        schema = self.configuration.get(RecordSchema, self.noun)
        return schema.body.spec.fields if schema else {}

    @property
    def opened(self) -> tuple[Stage, ...]:
        return tuple(each for each in self.policy.body.spec.stages if each.type == "open")

    def value(self, name: str, value: object) -> object:
        return None if is_missing(value, self.fields.get(name)) else value

    def title(self, name: str) -> str:
        field = self.fields.get(name)
        return (field.title if field else None) or name

    def checks(self, records: Records) -> Iterator[_Check]:
        """Every rule, in the order of the stages."""
        for stage in self.policy.body.spec.stages:
            if stage.type == "open":
                yield from self._of_open(stage)
            elif stage.reasons and self.policy.address.at(stage.key) in records.reasons:
                rule = _of_stage(self.policy, stage, Breach.REASON)
                yield _Check(rule, frozenset({stage.key}), lambda _: False)
        yield from self._of_pipeline()
        yield from self._of_schema()

    def _of_open(self, stage: Stage) -> Iterator[_Check]:
        here = frozenset[str | None]({stage.key})
        for name in stage.required:
            rule = _of_stage(self.policy, stage, Breach.REQUIRED, name, self.title(name), (name,))
            yield _Check(rule, here, _filled(name))
        for criterion in stage.entry:
            yield from self._criterion(stage, criterion, Breach.ENTRY, here)
        for criterion in stage.exit:
            yield from self._criterion(stage, criterion, Breach.EXIT, self._beyond(stage))
        yield from self._times(stage, here)

    def _beyond(self, stage: Stage) -> frozenset[str | None]:
        """The open stages that come after this one; none for a stage before the first start."""
        keys = [each.key for each in self.opened]
        at = keys.index(stage.key)
        first = min(
            (keys.index(each) for each in starts(self.policy.body.spec) if each in keys), default=0
        )
        return frozenset(keys[at + 1 :]) if at >= first else frozenset()

    def _criterion(
        self, stage: Stage, criterion: Criterion, breach: Breach, stages: frozenset[str | None]
    ) -> Iterator[_Check]:
        typed = self._typed(criterion.when) if criterion.when is not None else None
        if criterion.when is not None:
            key, title = criterion.key, criterion.title
            rule = _of_stage(self.policy, stage, breach, key, title, _reads(typed))
            yield _Check(rule, stages, self._holds(typed), typed)

    def _typed(self, text: str) -> Typed | None:
        return _typed(text, self.configuration, self.noun)

    def _holds(self, typed: Typed | None) -> _Test:
        now = self.staying.now
        if typed is None:
            return lambda _: None
        return lambda seen: outcome(typed, seen.values, seen.told, now)

    def _times(self, stage: Stage, here: frozenset[str | None]) -> Iterator[_Check]:
        for breach, limit in _limits(stage):
            rule = _of_stage(self.policy, stage, breach, subject=str(limit))
            yield _Check(rule, here, self._within(breach, limit, stage))

    def _within(self, breach: Breach, limit: Duration, stage: Stage) -> _Test:
        staying = self.staying
        over = stage.age.breach if stage.age and breach is Breach.AGEING else None

        def test(seen: _Seen) -> bool | None:
            record = seen.record
            since = record.active_at if breach is Breach.STALE else record.entered_at
            held = staying.within(since, limit, record.owner_email)
            if over is None or held is not False:
                return held
            late = staying.within(since, over, record.owner_email)
            return None if late is None else not late

        return test

    def _of_pipeline(self) -> Iterator[_Check]:
        spec, address = self.policy.body.spec, self.policy.address
        if spec.close_date is not None and spec.close_date.past_while_open is False:
            yield _Check(Rule(Breach.CLOSE_DATE, address), self._open_keys, self._closes_later)
        if spec.applies_when is not None:
            typed = self._typed(spec.applies_when)
            rule = Rule(Breach.SCOPE, address, subject=spec.applies_when, reads=_reads(typed))
            yield _Check(rule, self._open_keys, self._holds(typed), typed)

    @property
    def _open_keys(self) -> frozenset[str | None]:
        """Every open stage, and those that the policy does not declare."""
        return frozenset({None, *(each.key for each in self.opened)})

    def _closes_later(self, seen: _Seen) -> bool | None:
        day = seen.record.closes_on
        return None if day is None else day >= self.staying.now.date()

    def _of_schema(self) -> Iterator[_Check]:
        for name, field in self.fields.items():
            address = Address("RecordSchema", self.noun, name)
            if field.required:
                rule = Rule(Breach.REQUIRED, address, "", name, self.title(name), (name,))
                yield _Check(rule, self._open_keys, _filled(name))
            if field.validate_ is not None:
                yield self._valid(name, field.validate_, address)

    def _valid(self, name: str, text: str, address: Address) -> _Check:
        """Holds for every record that has a value in this field."""
        typed = self._typed(text)
        holds, reads = self._holds(typed), tuple(sorted({*_reads(typed), name}))

        def test(seen: _Seen) -> bool | None:
            if name not in seen.told:
                return None
            return True if seen.values.get(name) is None else holds(seen)

        rule = Rule(Breach.VALUE, address, "", name, self.title(name), reads)
        return _Check(rule, self._open_keys, test, typed)


def _reads(typed: Typed | None) -> tuple[str, ...]:
    return () if typed is None else tuple(sorted(typed.reads))


def _of_stage(
    policy: Policy[Pipeline],
    stage: Stage,
    breach: Breach,
    key: str = "",
    subject: str = "",
    reads: tuple[str, ...] = (),
) -> Rule:
    return Rule(breach, policy.address.at(stage.key), stage.title, key, subject, reads)


def _filled(name: str) -> _Test:
    return lambda seen: seen.values.get(name) is not None if name in seen.told else None


def _limits(stage: Stage) -> Iterator[tuple[Breach, Duration]]:
    if stage.age is not None and stage.age.breach is not None:
        yield Breach.AGE, stage.age.breach
    if stage.age is not None and stage.age.warn is not None:
        yield Breach.AGEING, stage.age.warn
    if stage.stale_after is not None:
        yield Breach.STALE, stage.stale_after
