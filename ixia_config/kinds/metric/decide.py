"""What a Metric means: one pass over the records, exact figures, rounded once at the end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ixia_config.kinds.comp_plan.periods import Period, period_of
from ixia_config.kinds.metric.formula import Undefined, names, parse, work_out
from ixia_config.kinds.metric.inputs import Asked, Reader, readers
from ixia_config.kinds.metric.spec import Metric, MetricSpec
from ixia_config.kinds.metric.tally import Many, Tally
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.project.spec import Project
from ixia_config.rules import value_at
from ixia_config.rules.exact import divide
from ixia_config.rules.nodes import Rounding

Record = Mapping[str, Any]
Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: ``value`` is None where it is undefined, and ``why`` says so.

    ``group`` has the values of the fields in ``by``, and is empty for all records together;
    ``inputs`` are the exact figures that the formula used.
    """

    period: Period | None
    group: Group
    value: Decimal | None
    why: str = ""
    inputs: Mapping[str, Fraction | None] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The period, such as 2027-Q1; empty without one."""
        return self.period.name if self.period else ""


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one metric, by period, then group; and how many records had no date."""

    metric: str
    unit: str
    figures: tuple[Figure, ...]
    counted: int
    undated: int = 0

    def total(self, period: str = "") -> Figure | None:
        """The figure of all groups together, in this period."""
        wanted = (f for f in self.figures if not f.group and f.name == period)
        return next(wanted, None)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a measurement may use besides the records; see ``measure``."""

    now: datetime
    given: Mapping[str, Decimal] = field(default_factory=dict)
    been: Callable[[Record, str], bool] | None = None


def measure(
    policy: Policy[Metric],
    configuration: Configuration,
    records: Iterable[Record | Many],
    at: Circumstances,
) -> Measured:
    """The metric over normalised records, read once; one may stand for ``Many``.

    ``at.now`` answers conditions and spans that read the clock; ``at.given`` replaces ``number``
    inputs by name; ``at.been(record, stage)`` tells whether a record was ever in a stage, and
    ValueError says where a metric needs it and it is not given. Memory grows with the groups,
    and with the records where a median or distinct values are asked for.
    """
    spec = policy.body.spec
    asked = Asked(configuration, at.now, at.given, at.been)
    every, applies = readers(policy, asked)
    starts = spec.year_starts or configuration.derive(_fiscal_year)
    cells: dict[tuple[Period | None, Group], dict[str, Tally]] = {}
    counted = undated = 0
    for each in records:
        many = each if isinstance(each, Many) else Many(each)
        if applies is not None and not applies.evaluate(many.record, at.now):
            continue
        counted += many.count
        period, known = _period(spec, many.record, starts)
        undated += many.count * (not known)
        for group in _groups(spec, many.record) if known else ():
            cell = cells.setdefault((period, group), {})
            for name, reader in every.items():
                reader.take(many, cell.setdefault(name, reader.tally()))
    if not cells:
        cells[None, ()] = {name: reader.tally() for name, reader in every.items()}
    found = [_figure(spec, key, cell, every) for key, cell in cells.items()]
    return Measured(policy.name, spec.unit, tuple(sorted(found, key=_order)), counted, undated)


def _fiscal_year(configuration: Configuration) -> int:
    return next((each.body.spec.fiscal_year_start for each in configuration.of(Project)), 1)


def _order(figure: Figure) -> tuple[date, Group]:
    return (figure.period.start if figure.period else date.min, figure.group)


def _period(spec: MetricSpec, record: Record, starts: int) -> tuple[Period | None, bool]:
    """The record's period, and whether its date is known; without a date all are counted."""
    if spec.date is None:
        return None, True
    day = record.get(spec.date)
    if isinstance(day, datetime):
        day = day.astimezone(UTC).date()
    if not isinstance(day, date):
        return None, False
    return (period_of(day, spec.period, starts) if spec.period else None), True


def _groups(spec: MetricSpec, record: Record) -> tuple[Group, ...]:
    if not spec.by:
        return ((),)
    return (), tuple(_shown(value_at(record, path)) for path in spec.by)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _figure(
    spec: MetricSpec,
    key: tuple[Period | None, Group],
    cell: Mapping[str, Tally],
    every: Mapping[str, Reader],
) -> Figure:
    inputs: dict[str, Fraction | None] = {}

    def figures(name: str) -> Fraction:
        try:
            inputs[name] = every[name].result(cell[name])
        except Undefined:
            inputs[name] = None
            raise
        return inputs[name] or Fraction(0)

    node = parse(spec.formula)
    try:
        exact = work_out(node, figures)
    except Undefined as undefined:
        for used in names(node):  # all of them are shown, also behind the one that failed
            inputs.setdefault(used.name, _known(every[used.name], cell[used.name]))
        return Figure(*key, None, str(undefined), dict(sorted(inputs.items())))
    return Figure(*key, rounded(spec, exact), "", dict(sorted(inputs.items())))


def _known(reader: Reader, tally: Tally) -> Fraction | None:
    try:
        return reader.result(tally)
    except Undefined:
        return None


def rounded(spec: MetricSpec, exact: Fraction) -> Decimal:
    """The figure with the metric's decimal places."""
    scale, rounding = spec.places, Rounding(spec.rounding)
    value = divide(exact.numerator, exact.denominator, scale, rounding)
    return Decimal(0) if value is None else value  # never None: a fraction has no zero below
