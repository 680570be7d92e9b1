"""A calendar as Odoo's working hours: attendances of a usual week, and days off."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.sdk import Clause, Desired, Level, Lowered, Policy, Value
from ixia_config.sdk.service import DAYS, Calendar, CalendarSpec, days_of
from ixia_connectors.odoo.names import external_id
from ixia_connectors.odoo.target import Target, choose

_DAY = 1440


def lower_calendar(target: Target, policy: Policy[Calendar]) -> Lowered:
    """Compile one calendar."""
    spec = policy.body.spec
    fields: dict[str, Value] = {
        "title": policy.title,
        "zone": spec.zone,
        "week": tuple(sorted(set(_week(spec)))),
        "closed": tuple(sorted(_closed(spec))),
    }
    chosen = [external_id("calendar", policy.name)]
    own = Desired(
        type="calendar",
        address=policy.address,
        title=policy.title,
        natural_key=policy.title,
        fields=fields,
        choose_id=choose(target, "calendar", chosen, policy.address),
        source=policy.source,
    )
    return Lowered(desired=(own,), clauses=tuple(_clauses(policy)))


def _week(spec: CalendarSpec) -> Iterator[str]:
    """Opening hours as Odoo has them: what goes past midnight is two."""
    for days, hours in spec.week.items():
        for day in days_of(days):
            for each in hours:
                yield from _spans(DAYS.index(day), each.start, each.end)


def _spans(day: int, start: int, end: int) -> Iterator[str]:
    while end > start:
        until = min(end, _DAY)
        if start < _DAY:
            yield f"{DAYS[day % 7]} {_clock(start)}-{_clock(until)}"
        day, start, end = day + 1, max(start, _DAY) - _DAY, end - _DAY


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _closed(spec: CalendarSpec) -> set[str]:
    days = set(spec.holidays.also) - set(spec.holidays.except_)
    days |= {day for day, hours in spec.overrides.items() if not hours}
    return {day.isoformat() for day in days}


def _clauses(policy: Policy[Calendar]) -> Iterator[Clause]:
    spec, at = policy.body.spec, policy.address
    yield Clause(at, "opening hours and days off", Level.NATIVE)
    if spec.holidays.region is not None:
        note = "Odoo knows no public holidays: list the dates under also"
        yield Clause(at, f"holidays of {spec.holidays.region}", Level.UNSUPPORTED, note)
    if any(spec.overrides.values()):
        note = "Odoo has no other hours for one day"
        yield Clause(at, "other hours on some days", Level.UNSUPPORTED, note)
    if spec.effective.from_ or spec.effective.to:
        note = "Odoo's working hours hold from the day on which they are written"
        yield Clause(at, "from when to when it holds", Level.UNSUPPORTED, note)
