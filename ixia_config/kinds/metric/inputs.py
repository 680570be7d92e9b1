"""Inputs ready to be asked: what each takes of a record, and what comes of it in the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from ixia_config.kinds.calendar.decide import clock
from ixia_config.kinds.conditions import condition
from ixia_config.kinds.metric.formula import Undefined, parse, work_out
from ixia_config.kinds.metric.spec import Amount, Input, Metric, Span
from ixia_config.kinds.metric.tally import Many, Tally, Way, add, result
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.record_schema.spec import RecordSchema
from ixia_config.rules import Typed, value_at

Record = Mapping[str, Any]
WAYS: tuple[Way, ...] = ("sum", "mean", "median", "smallest", "largest")
ONE_OF = ("count", "filled", "distinct", *WAYS, "number", "metric")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run brings along; see ``decide.measure``."""

    configuration: Configuration
    now: datetime
    given: Mapping[str, Decimal]
    been: Callable[[Record, str], bool] | None


class Reader(Protocol):
    """One input: takes records into a tally, and makes a figure of it."""

    def tally(self) -> Tally:
        """An empty tally."""

    def take(self, many: Many, tally: Tally) -> None:
        """See one record, or all for which it stands."""

    def result(self, tally: Tally) -> Fraction:
        """The figure; Undefined where there is none."""


def readers(
    policy: Policy[Metric], asked: Asked, above: tuple[str, ...] = ()
) -> tuple[Mapping[str, Reader], Typed | None]:
    """Every input of a sound metric, and the condition on its records."""
    spec = policy.body.spec
    if policy.name in above:
        raise ValueError(f"the metric {policy.name} uses itself")
    when = None
    if spec.when is not None:
        when = _typed(policy, ("spec", "when"), asked)
    made = {
        name: _reader(policy, name, each, asked, (*above, policy.name))
        for name, each in spec.inputs.items()
    }
    return made, when


def _typed(policy: Policy[Metric], path: tuple[str, ...], asked: Asked) -> Typed:
    typed, problems = condition(policy, path, asked.configuration, policy.body.spec.of)
    if typed is None:
        raise ValueError(f"a condition of {policy.address} has errors: {problems}")
    return typed


def _reader(
    policy: Policy[Metric], name: str, declared: Input, asked: Asked, above: tuple[str, ...]
) -> Reader:
    if declared.number is not None:
        return _Fixed(Fraction(asked.given.get(name, declared.number)))
    when = None
    if declared.when is not None:
        when = _typed(policy, ("spec", "inputs", name, "when"), asked)
    if declared.ever_in is not None and asked.been is None:
        raise ValueError(f"{policy.address} asks for past stages, which these records do not tell")
    test = _Test(when, declared.ever_in or "", asked)
    if declared.metric is not None:
        other = asked.configuration.get(Metric, declared.metric)
        if other is None:
            raise ValueError(f"there is no Metric {declared.metric}")
        parts, condition_ = readers(other, asked, above)
        return _Other(test, other, parts, condition_)
    return _own(policy, declared, test)


def _own(policy: Policy[Metric], declared: Input, test: _Test) -> Reader:
    if declared.count is not None:
        return _Amounts(test, "sum", lambda _: Fraction(1), "")
    if declared.filled is not None:
        full = _filled(policy, declared.filled, test.asked)
        return _Amounts(test, "sum", lambda record: Fraction(full(record)), "")
    if declared.distinct is not None:
        return _Distinct(test, declared.distinct)
    way = next(way for way in WAYS if getattr(declared, way) is not None)
    amount: Amount = getattr(declared, way)
    return _Amounts(test, way, _amount(amount, test.asked), _what(amount), amount_name(amount))


def amount_name(amount: Amount) -> str:
    """An amount by what it is made of: the same name is the same amount."""
    base = amount.field or ""
    if amount.between is not None:
        base = f"{amount.between.to} - {amount.between.from_}, {amount.between.unit}"
    return " * ".join((base, *amount.times))


def _filled(policy: Policy[Metric], path: str, asked: Asked) -> Callable[[Record], bool]:
    """Whether a record has a value here that is no placeholder."""
    schema = asked.configuration.get(RecordSchema, policy.body.spec.of)
    field = schema.body.spec.fields.get(path) if schema else None
    empty = frozenset(field.placeholders if field else ())

    def full(record: Record) -> bool:
        value = value_at(record, path)
        return value is not None and value not in empty

    return full


@dataclass(frozen=True, slots=True)
class _Test:
    """Which records an input sees."""

    when: Typed | None
    stage: str
    asked: Asked

    def holds(self, record: Record) -> bool:
        if self.when is not None and not self.when.evaluate(record, self.asked.now):
            return False
        return not self.stage or (
            self.asked.been is not None and self.asked.been(record, self.stage)
        )


@dataclass(frozen=True, slots=True)
class _Fixed:
    """A number that no record changes."""

    value: Fraction

    def tally(self) -> Tally:
        return Tally()

    def take(self, many: Many, tally: Tally) -> None:
        """Nothing to take."""

    def result(self, tally: Tally) -> Fraction:  # noqa: ARG002  # as every reader
        return self.value


@dataclass(frozen=True, slots=True)
class _Amounts:
    """A figure of amounts; a record without the amount is left out."""

    test: _Test
    way: Way
    of: Callable[[Record], Fraction | None]
    what: str
    name: str = ""

    def tally(self) -> Tally:
        return Tally()

    def take(self, many: Many, tally: Tally) -> None:
        value = self.of(many.record) if self.test.holds(many.record) else None
        if value is not None:
            add(self.way, tally, value, many.count, many.sums.get(self.name))

    def result(self, tally: Tally) -> Fraction:
        return result(self.way, tally, self.what)


@dataclass(frozen=True, slots=True)
class _Distinct:
    """How many different values."""

    test: _Test
    path: str

    def tally(self) -> Tally:
        return Tally()

    def take(self, many: Many, tally: Tally) -> None:
        value = value_at(many.record, self.path)
        if value is not None and self.test.holds(many.record):
            tally.seen.add(str(value))

    def result(self, tally: Tally) -> Fraction:
        return result("distinct", tally, self.path)


@dataclass(frozen=True, slots=True)
class _Other:
    """Another metric over the same records, with its own filter besides."""

    test: _Test
    policy: Policy[Metric]
    parts: Mapping[str, Reader]
    when: Typed | None

    def tally(self) -> Tally:
        return Tally(parts={name: part.tally() for name, part in self.parts.items()})

    def take(self, many: Many, tally: Tally) -> None:
        if not self.test.holds(many.record):
            return
        if self.when is not None and not self.when.evaluate(many.record, self.test.asked.now):
            return
        for name, part in self.parts.items():
            part.take(many, tally.parts[name])

    def result(self, tally: Tally) -> Fraction:
        try:
            node = parse(self.policy.body.spec.formula)
            return work_out(node, lambda name: self.parts[name].result(tally.parts[name]))
        except Undefined as undefined:
            raise Undefined(f"{self.policy.name} is undefined: {undefined}") from None


def _amount(amount: Amount, asked: Asked) -> Callable[[Record], Fraction | None]:
    if amount.between is not None:
        base = _between(amount.between, asked)
    else:
        path = amount.field or ""
        base = lambda record: _number(value_at(record, path))  # noqa: E731  # a reader, as the other one

    def read(record: Record) -> Fraction | None:
        value = base(record)
        for factor in amount.times:
            more = _number(value_at(record, factor))
            value = None if value is None or more is None else value * more
        return value

    return read


def _what(amount: Amount) -> str:
    if amount.between is not None:
        return f"both {amount.between.from_} and {amount.between.to}"
    return " and ".join((amount.field or "", *amount.times))


_UNITS = {"days": 86_400, "hours": 3_600, "minutes": 60}


def _between(span: Span, asked: Asked) -> Callable[[Record], Fraction | None]:
    business = clock(asked.configuration, span.calendar) if span.calendar else None
    unit = _UNITS[span.unit]

    def read(record: Record) -> Fraction | None:
        start = _moment(record.get(span.from_), asked.now)
        end = asked.now if span.to == "now" else _moment(record.get(span.to), asked.now)
        if start is None or end is None:
            return None
        if business is not None:
            forward = start <= end
            spent = business.elapsed(start, end) if forward else -business.elapsed(end, start)
        else:
            spent = end - start
        return Fraction(spent // timedelta(microseconds=1), 1_000_000 * unit)

    return read


def _moment(value: object, now: datetime) -> datetime | None:
    """An instant; a date is its midnight in the zone of the run, so that days stay whole."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=now.tzinfo)
    return None


def _number(value: object) -> Fraction | None:
    if isinstance(value, timedelta):
        return Fraction(value // timedelta(microseconds=1), 86_400_000_000)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Fraction(value)
