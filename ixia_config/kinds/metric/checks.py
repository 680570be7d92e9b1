"""What can be wrong with a Metric: its formula, its inputs, its fields and its owner."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.calendar.codes.structure import UnknownCalendar
from ixia_config.kinds.calendar.decide import calendar_names
from ixia_config.kinds.conditions import catalogue, condition
from ixia_config.kinds.metric.codes.formula import BrokenFormula, OneWay, UnknownInput, UnusedInput
from ixia_config.kinds.metric.codes.meaning import (
    MetricCircle,
    NeverInStage,
    NobodysMetric,
    NotAnAmount,
    PeriodWithoutDate,
    UnknownMetric,
)
from ixia_config.kinds.metric.formula import FormulaProblem, names, parse
from ixia_config.kinds.metric.inputs import ONE_OF, WAYS
from ixia_config.kinds.metric.spec import Amount, Input, Metric, Span
from ixia_config.kinds.pipeline.spec import Pipeline
from ixia_config.kinds.places import within
from ixia_config.kinds.policy import Configuration, Context, Policy
from ixia_config.kinds.record_schema.codes.structure import UnknownField, UnknownRecord
from ixia_config.model import Mark, Path
from ixia_config.rules import Fields, FieldType

_AMOUNTS = frozenset(
    {
        FieldType.INTEGER,
        FieldType.DECIMAL,
        FieldType.MONEY,
        FieldType.PERCENT,
        FieldType.DURATION,
    }
)
_DATES = frozenset({FieldType.DATE, FieldType.DATETIME})


def check(policy: Policy[Metric], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with a Metric, seen with fields, calendars and pipelines."""
    spec = policy.body.spec
    records = catalogue(context.configuration).records
    yield from _formula(policy)
    yield from _circle(policy, context.configuration)
    if policy.body.metadata.owner is None:
        yield NobodysMetric(mark=policy.mark("metadata", key=True), name=policy.name)
    if spec.period is not None and spec.date is None:
        yield PeriodWithoutDate(mark=policy.mark("spec", "period"), period=spec.period)
    if spec.of not in records:
        mark = policy.mark("spec", "of")
        yield UnknownRecord(mark=mark, name=spec.of, known=tuple(records))
        return
    if spec.when is not None:
        yield from condition(policy, ("spec", "when"), context.configuration, spec.of)[1]
    if spec.date is not None:
        yield from _Fields(policy, context).date(("spec", "date"), spec.date)
    for index, path in enumerate(spec.by):
        yield from _Fields(policy, context).any(("spec", "by", index), path)
    for name, each in spec.inputs.items():
        yield from _input(policy, context, name, each)


def _formula(policy: Policy[Metric]) -> Iterator[Diagnostic]:
    spec = policy.body.spec
    if spec.value is None:
        if len(spec.inputs) > 1:
            mark = policy.mark("spec", "inputs", key=True)
            yield BrokenFormula(mark=mark, problem="there are several inputs and no value")
        return
    try:
        node = parse(spec.value)
    except FormulaProblem as problem:
        mark = _place(policy, spec.value, problem.start, problem.end)
        yield BrokenFormula(mark=mark, problem=str(problem))
        return
    used = tuple(names(node))
    for each in used:
        if each.name not in spec.inputs:
            mark = _place(policy, spec.value, each.start, each.start + len(each.name))
            yield UnknownInput(mark=mark, name=each.name, known=tuple(spec.inputs))
    for name in spec.inputs:
        if name not in {each.name for each in used}:
            yield UnusedInput(mark=policy.mark("spec", "inputs", name, key=True), name=name)


def _place(policy: Policy[Metric], text: str, start: int, end: int) -> Mark:
    """Where a part of the formula stands in the file."""
    return within(policy.document, ("spec", "value"), text)(start, end)


def _circle(policy: Policy[Metric], configuration: Configuration) -> Iterator[Diagnostic]:
    """Said of each metric of the circle once; another metric that leads into it is not meant."""
    circle = _way_back(policy, configuration)
    if circle:
        mark = policy.mark("spec", "inputs", key=True)
        yield MetricCircle(mark=mark, circle=circle)


def _way_back(policy: Policy[Metric], configuration: Configuration) -> tuple[str, ...]:
    open_: list[tuple[str, ...]] = [(policy.name,)]
    seen = set[str]()
    while open_:
        way = open_.pop()
        found = configuration.get(Metric, way[-1])
        inputs = found.body.spec.inputs.values() if found else ()
        for name in sorted(each.metric for each in inputs if each.metric is not None):
            if name == policy.name:
                return (*way, name)
            if name not in seen:
                seen.add(name)
                open_.append((*way, name))
    return ()


def _input(
    policy: Policy[Metric], context: Context, name: str, declared: Input
) -> Iterator[Diagnostic]:
    path: Path = ("spec", "inputs", name)
    of = policy.body.spec.of
    ways = tuple(way for way in ONE_OF if getattr(declared, way) is not None)
    if len(ways) != 1:
        mark = policy.mark(*path, key=True)
        yield OneWay(mark=mark, what=f"the input {name}", ways=ways, known=ONE_OF)
    if declared.when is not None:
        yield from condition(policy, (*path, "when"), context.configuration, of)[1]
    if declared.metric is not None:
        yield from _other(policy, context.configuration, (*path, "metric"), declared.metric)
    if declared.ever_in is not None:
        yield from _stage(policy, context.configuration, (*path, "ever_in"), declared.ever_in)
    fields = _Fields(policy, context)
    for way in ("filled", "distinct"):
        if getattr(declared, way) is not None:
            yield from fields.any((*path, way), getattr(declared, way))
    for way in WAYS:
        if getattr(declared, way) is not None:
            yield from fields.amount((*path, way), getattr(declared, way))


def _other(
    policy: Policy[Metric], configuration: Configuration, path: Path, name: str
) -> Iterator[Diagnostic]:
    of = policy.body.spec.of
    known = {each.name for each in configuration.of(Metric) if each.body.spec.of == of}
    if name not in known:
        mark = policy.mark(*path)
        yield UnknownMetric(mark=mark, name=name, of=of, known=tuple(known - {policy.name}))


def _stage(
    policy: Policy[Metric], configuration: Configuration, path: Path, stage: str
) -> Iterator[Diagnostic]:
    of = policy.body.spec.of
    pipelines = [each for each in configuration.of(Pipeline) if each.body.spec.object == of]
    known = tuple(stage.key for each in pipelines for stage in each.body.spec.stages)
    if stage not in known:
        yield NeverInStage(mark=policy.mark(*path), stage=stage, record=of, known=known)


class _Fields:
    """Questions about the fields of the metric's records."""

    def __init__(self, policy: Policy[Metric], context: Context) -> None:
        self.policy = policy
        self.context = context
        self.records = catalogue(context.configuration).records

    def amount(self, path: Path, amount: Amount) -> Iterator[Diagnostic]:
        """A field or a span, and what it is multiplied by."""
        ways = tuple(w for w in ("field", "between") if getattr(amount, w) is not None)
        if len(ways) != 1:
            mark = self.policy.mark(*path, key=True)
            what = f"the amount of {path[-1]}"
            yield OneWay(mark=mark, what=what, ways=ways, known=("field", "between"))
        if amount.field is not None:
            yield from self._typed(path, amount.field, "amount", _AMOUNTS)
        if amount.between is not None:
            yield from self._span((*path, "between"), amount.between)
        for index, factor in enumerate(amount.times):
            yield from self._typed((*path, "times", index), factor, "amount", _AMOUNTS)

    def date(self, path: Path, name: str) -> Iterator[Diagnostic]:
        """A field with a date."""
        yield from self._typed(path, name, "date", _DATES)

    def any(self, path: Path, name: str) -> Iterator[Diagnostic]:
        """A field of any type."""
        yield from self._typed(path, name, "field", frozenset(FieldType))

    def _span(self, path: Path, span: Span) -> Iterator[Diagnostic]:
        yield from self.date((*path, "from"), span.from_)
        if span.to != "now":
            yield from self.date((*path, "to"), span.to)
        known = calendar_names(self.context.configuration)
        if span.calendar is not None and span.calendar not in known:
            mark = self.policy.mark(*path, "calendar")
            yield UnknownCalendar(mark=mark, name=span.calendar, known=known)

    def _typed(
        self, path: Path, name: str, needed: str, types: frozenset[FieldType]
    ) -> Iterator[Diagnostic]:
        record = self.policy.body.spec.of
        *through, last = name.split(".")
        for step in through:
            field = self.records.get(record, {}).get(step)
            if field is None or field.type is not FieldType.REFERENCE:
                yield self._unknown(path, step, record)
                return
            record = field.to
        fields: Fields = self.records.get(record, {})
        if last not in fields:
            yield self._unknown(path, last, record)
        elif fields[last].type not in types:
            known = tuple(name for name, field in fields.items() if field.type in types)
            yield NotAnAmount(mark=self.policy.mark(*path), name=name, needed=needed, known=known)

    def _unknown(self, path: Path, name: str, record: str) -> Diagnostic:
        known = tuple(self.records.get(record, {}))
        return UnknownField(mark=self.policy.mark(*path), name=name, record=record, known=known)
