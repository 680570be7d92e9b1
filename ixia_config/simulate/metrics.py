"""Metrics before and after: over the same records, by the definitions of each side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from ixia_config.kinds.metric.decide import Circumstances, Measured, measure
from ixia_config.kinds.metric.spec import Metric
from ixia_config.kinds.metric.tally import Many
from ixia_config.kinds.policy import Configuration
from ixia_config.simulate.impact import Line, Section, Table, Unit, plural
from ixia_config.simulate.replay import Incoming, Setting, Sides

_UNITS: Mapping[str, Unit] = {"share": "share", "money": "money", "count": "records"}


class MetricReplay:
    """A Metric on both sides; it keeps the records, since both sides read all of them."""

    def __init__(self, name: str, sides: Sides, setting: Setting) -> None:
        self.name, self.sides, self.setting = name, sides, setting
        self.records: list[Many] = []

    def see(self, record: Incoming) -> None:
        """Keep the record."""
        self.records.append(Many(record.values, record.count, record.sums))

    def section(self) -> Section:
        """The figure of every group and period."""
        left_out: list[str] = []
        found = [self._measured(each, left_out) for each in self.sides.both]
        policy = next(
            each.get(Metric, self.name)
            for each in (self.sides.after, self.sides.before)
            if each is not None and each.get(Metric, self.name) is not None
        )
        table = Table(
            policy.body.spec.formula if policy else self.name,
            tuple(_lines(found[0], found[1])),
            _UNITS.get(policy.body.spec.unit, "number") if policy else "number",
        )
        last = found[1] or found[0]
        undated = last.undated if last else 0
        if undated:
            left_out.append(f"{undated:,} records have no date")
        return Section(
            policy=f"Metric/{self.name}",
            title=policy.title if policy else self.name,
            noun=plural(policy.body.spec.of if policy else "record"),
            seen=last.counted if last else 0,
            changed=len(table.changed) if all(found) else 0,
            headline=_headline(found[0], found[1]),
            tables=(table,) if table.lines else (),
            left_out=tuple(left_out),
        )

    def _measured(
        self, configuration: Configuration | None, left_out: list[str]
    ) -> Measured | None:
        policy = configuration.get(Metric, self.name) if configuration else None
        if configuration is None or policy is None:
            return None
        at = Circumstances(self.setting.now)
        try:
            return measure(policy, configuration, self.records, at)
        except ValueError as untold:
            left_out.append(str(untold))
            return None


def _lines(before: Measured | None, after: Measured | None) -> Iterator[Line]:
    sides = [
        {} if each is None else {(f.period, f.group): f.value for f in each.figures}
        for each in (before, after)
    ]
    keys = sorted(
        {*sides[0], *sides[1]}, key=lambda key: (str(key[0].start) if key[0] else "", key[1])
    )
    for period, group in keys:
        groups = ", ".join(each or "(empty)" for each in group) or ("" if period else "all")
        name = f"{period.name if period else ''} {groups}".strip()
        yield Line(name, sides[0].get((period, group)), sides[1].get((period, group)))


def _headline(before: Measured | None, after: Measured | None) -> str:
    values = [_total(each) for each in (before, after)]
    if before is not None and after is not None:
        return f"{_shown(values[0], before.unit)}, now {_shown(values[1], after.unit)}"
    side = after or before
    return _shown(_total(side), side.unit) if side else "cannot be computed"


def _total(measured: Measured | None) -> Decimal | None:
    if measured is None:
        return None
    found = [figure for figure in measured.figures if not figure.group]
    return found[-1].value if found else None


def _shown(value: Decimal | None, unit: str) -> str:
    if value is None:
        return "undefined"
    if unit == "share":
        return f"{value * 100:,.2f} %"
    plain = {"money": "", "count": "", "ratio": ""}
    return f"{value:,f} {plain.get(unit, unit)}".strip()
