"""An SLA as a clock that runs: start, warnings, the due time, and who hears of it after that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ixia_config.kinds.calendar.spec import Calendar, CalendarSpec, days_of
from ixia_config.kinds.policy import Policy
from ixia_config.kinds.scalars import Duration, Unit
from ixia_config.kinds.sla_policy.spec import Escalation, SlaPolicy, SlaSpec, Trigger
from ixia_config.render.html.page import Card, facts, listing, table
from ixia_config.render.html.svg import Drawing, both, broken, figure, line, rect, words
from ixia_config.render.html.tags import Html, joined, tag
from ixia_config.render.html.view import View, about, anchor, calendar_title, percent, spaced
from ixia_config.render.spoken import Vocabulary, sentence, spoken
from ixia_config.render.wording import capital, clean, listed

_WIDE, _NARROW = 1000, 340
_ACTIONS = {
    "notify": "hears of it",
    "reroute": "hears of it, and it goes to somebody else",
    "raise_priority": "hears of it, and it becomes more urgent",
    "task": "gets a task",
}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def sla_card(policy: Policy[SlaPolicy], view: View) -> Card:
    """One SLA."""
    spec = policy.body.spec
    known = view.vocabulary(spec.object)
    name, title = anchor(policy), f"Clock {policy.title}"
    body = joined(
        [
            both(
                drawn(spec, view, _WIDE),
                drawn(spec, view, _NARROW),
                name,
                title,
                clean(told(spec, view)),
            ),
            targets(spec, known),
            facts(_facts(spec, known, view)),
        ]
    )
    tags = ((f"{spec.object}s", ""), *view.mark(policy))
    return Card(name, clean(policy.title), body, tags, about(policy))


def targets(spec: SlaSpec, known: Vocabulary) -> Html:
    """How long there is, and when the warnings come."""
    head, rows = target_rows(spec, known)
    return table("How much time there is", head, rows)


def target_rows(
    spec: SlaSpec, known: Vocabulary
) -> tuple[Sequence[str], Sequence[tuple[str, ...]]]:
    """The same as a heading and rows."""
    warnings = [f"Warning at {_threshold(each)}" for each in spec.warn_at]
    rows = [
        (
            capital(spaced(each.key)) if each.key else "Target",
            sentence(each.when, known) if each.when else f"Every other {spaced(spec.object)}",
            f"{each.within}{f', by {each.by}' if each.by else ''}",
            *(_share_of(each.within, at) for at in spec.warn_at),
        )
        for each in spec.targets
    ]
    return ("Target", "Applies to", "Due within", *warnings), rows


def _threshold(at: Decimal | Duration) -> str:
    return f"{at} left" if isinstance(at, Duration) else percent(at)


def _share_of(within: Duration, at: Decimal | Duration) -> str:
    """``after 2 business hours``, in the largest unit in which it is whole."""
    if isinstance(at, Duration):
        return f"{at} before"
    if within.unit in (Unit.MONTHS, Unit.YEARS):
        return f"after {_threshold(at)} of it"
    business = "business " if within.business else ""
    for unit, size in (("hour", 60), ("minute", 1)):
        if within.business and within.unit not in (Unit.HOURS, Unit.MINUTES):
            break
        amount = within.minutes * at / size
        if amount == amount.to_integral_value() or unit == "minute":
            text = f"{amount.normalize():f}"
            return f"after {text} {business}{unit}{'' if text == '1' else 's'}"
    text = f"{(within.amount * at).normalize():f}"
    return f"after {text} {business}{within.unit.value}"


def told(spec: SlaSpec, view: View) -> str:
    """The clock in words."""
    known = view.vocabulary(spec.object)
    warned = [_threshold(each) for each in spec.warn_at]
    warns = f" Warnings at {listed(warned)}." if warned else ""
    ends = " ".join(f"{_when(each)}: {_to(each, view)}." for each in spec.escalate)
    return f"Starts {trigger(spec.start, known)}, stops {trigger(spec.stop, known)}.{warns} {ends}"


def trigger(found: Trigger, known: Vocabulary) -> str:
    """``when assigned``, ``when first touch at is filled in``."""
    told = f"when {spaced(found.on)}" if found.on else ""
    return f"when {spoken(found.when, known)}" if found.when else told


def _when(found: Escalation) -> str:
    if found.after is not None:
        return f"{found.after} late"
    share = found.at if found.at is not None else Decimal(1)
    return "When due" if share == 1 else f"At {percent(share)}"


def _to(found: Escalation, view: View) -> str:
    return f"{view.whom(found.to)} {_ACTIONS[found.action]}"


def _facts(spec: SlaSpec, known: Vocabulary, view: View) -> Iterator[tuple[str, Html | str]]:
    if spec.when:
        yield "Holds when", sentence(spec.when, known)
    yield "Starts", trigger(spec.start, known)
    yield "Stops", trigger(spec.stop, known)
    for name, found in (
        ("Stands still", spec.pause),
        ("Starts anew", spec.reset),
        ("Ends without result", spec.cancel),
    ):
        if found is not None:
            yield name, trigger(found, known)
    ends = [f"{_when(each)}: {_to(each, view)}" for each in spec.escalate]
    yield "Escalated", listing(ends) if ends else ""
    if spec.calendar is not None:
        yield "Hours that count", _calendar(spec.calendar.of, view)


def _calendar(of: str, view: View) -> str:
    known = view.configuration.get(Calendar, of) is not None
    return calendar_title(of, view) if known else f"those of the {spaced(of)}"


def drawn(spec: SlaSpec, view: View, width: int) -> Drawing:
    """A bar of the time there is, with a mark for each thing that happens."""
    left, right = 16, width - 16
    shares = [each for each in spec.warn_at if isinstance(each, Decimal)]
    ends = [each.at for each in spec.escalate if each.at is not None]
    last = max([Decimal("1.25"), *(each + Decimal("0.1") for each in (*shares, *ends))])
    span = float(right - left) / float(last)
    due = left + span
    marks = [
        (0.0, "start", "mark-start"),
        *((float(s), f"{_threshold(s)}: warning", "mark-warn") for s in sorted(shares)),
    ]
    marks.append((1.0, _due_label(spec, view), "mark-due"))
    late = sorted(each for each in ends if each > 1)
    marks += [(float(each), _threshold(each), "mark-due") for each in late]
    y = 24 + 20 * len(marks)
    shapes = [
        rect(left, y, span, 22, "clock-run", radius=4),
        rect(due, y, right - due, 22, "clock-late", radius=4),
        words(due + 8, y + 16, "late", "tiny"),
    ]
    for number, (share, label, kind) in enumerate(marks):
        shapes.append(_mark(left + span * share, y, 22 + 20 * number, label, kind, width))
    return Drawing(joined(shapes), width, y + 30)


def _due_label(spec: SlaSpec, view: View) -> str:
    """``due: manager hears of it``; at the due time somebody may be told."""
    found = [each for each in spec.escalate if each.after is None and each.at in (None, 1)]
    return f"due: {_to(found[0], view).partition(',')[0]}" if found else "due"


def _mark(x: float, y: float, level: float, label: str, kind: str, width: int) -> Html:
    """A pin whose words stand at its left where there is no room at its right."""
    turned = x > width * 0.6
    return joined(
        [
            line(x, level - 4, x, y + 22, "grid"),
            tag("circle", cx=f"{x:.1f}", cy=f"{y + 11:.1f}", r=6, class_=kind),
            words(
                x - 7 if turned else x + 7,
                level,
                broken(label, 260, 1),
                anchor="end" if turned else "start",
            ),
        ]
    )


def calendar_card(policy: Policy[Calendar], view: View) -> Card:
    """When people work."""
    spec = policy.body.spec
    title = f"Opening hours {policy.title}"
    name = anchor(policy)
    body = joined(
        [
            tag("div", figure(_week(spec), name, title, clean(_hours(spec))), class_="figure"),
            facts(
                [
                    ("Time zone", clean(spec.zone)),
                    ("Holidays", clean(spec.holidays.region or "none")),
                    ("Also closed", listed([str(each) for each in spec.holidays.also])),
                    (
                        "Other hours",
                        listed([f"{day}: {_open(hours)}" for day, hours in spec.overrides.items()]),
                    ),
                ]
            ),
        ]
    )
    return Card(name, clean(policy.title), body, view.mark(policy), about(policy))


def _by_day(spec: CalendarSpec) -> dict[str, Sequence[object]]:
    return {day: hours for days, hours in spec.week.items() for day in days_of(days)}


def _open(hours: Sequence[object]) -> str:
    return listed([str(each) for each in hours]) or "closed"


def _hours(spec: CalendarSpec) -> str:
    open_ = _by_day(spec)
    return "; ".join(f"{day.capitalize()} {_open(open_.get(day, ()))}" for day in _DAYS)


def _week(spec: CalendarSpec) -> Drawing:
    """Seven bars of a day each, with the hours that count."""
    shapes: list[Html] = []
    open_ = {day: hours for days, hours in spec.week.items() for day in days_of(days)}
    start, span = 44, 290
    for number, day in enumerate(_DAYS):
        y = 4 + number * 22
        shapes.append(words(2, y + 13, day.capitalize(), "tiny"))
        shapes.append(rect(start, y, span, 16, "box", radius=3))
        for hours in open_.get(day, ()):
            x = start + span * hours.start / 1440
            wide = span * (min(hours.end, 1440) - hours.start) / 1440
            shapes.append(rect(x, y, wide, 16, "hours", radius=2))
    y = 4 + 7 * 22 + 12
    for hour in (0, 6, 12, 18, 24):
        anchor_ = {0: "start", 24: "end"}.get(hour, "middle")
        shapes.append(words(start + span * hour / 24, y, f"{hour}:00", "tiny", anchor=anchor_))
    return Drawing(joined(shapes), _NARROW, int(y + 6))
