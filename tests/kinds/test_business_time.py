"""Laws of business time, held against a walk from minute to minute that shares no code with it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ixia_config.kinds.calendar.bulk import NEVER, Columns
from ixia_config.kinds.calendar.clocks import OutsideTime, RealClock
from ixia_config.kinds.calendar.decide import clock, clocks, pinned
from ixia_config.kinds.calendar.holidays import read_pins
from ixia_config.kinds.calendar.instants import moment, ticks
from ixia_config.kinds.parse import configure
from ixia_config.kinds.scalars import Duration, Unit
from ixia_config.language import load

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# Lord Howe moves by half an hour, Havana at midnight; Apia left out a whole day in 2011.
ZONES = (
    *("UTC", "America/New_York", "Europe/Madrid", "Asia/Kolkata", "America/St_Johns"),
    *("Australia/Lord_Howe", "America/Havana", "Pacific/Apia"),
)
CHANGES = [
    datetime(2026, 3, 8, tzinfo=UTC),
    datetime(2026, 3, 29, tzinfo=UTC),
    datetime(2026, 4, 4, tzinfo=UTC),
    datetime(2026, 10, 4, tzinfo=UTC),
    datetime(2026, 10, 25, tzinfo=UTC),
    datetime(2026, 11, 1, tzinfo=UTC),
    datetime(2011, 12, 30, tzinfo=UTC),
]


def built(spec, name="x"):
    text = f"apiVersion: ixia/v1\nkind: Calendar\nmetadata: {{name: {name}}}\nspec: {spec}\n"
    configuration, found = configure(load("a.yaml", text).documents)
    assert () == found
    return configuration


def business(spec):
    return clock(built(spec), "x")


def hours(pair):
    return "-".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in pair)


@st.composite
def a_day(draw, longest=24 * 60):
    """Up to three intervals of one day, in order; the last may end on the next day."""
    cuts = draw(
        st.lists(st.integers(0, longest // 15), min_size=0, max_size=6, unique=True).map(sorted)
    )
    cuts = [cut * 15 for cut in cuts[: len(cuts) // 2 * 2]]
    return list(zip(cuts[::2], cuts[1::2], strict=True))


@st.composite
def calendars(draw):
    """Zone, week, holidays and overrides; a shift past midnight leaves the next morning free."""
    zone = draw(st.sampled_from(ZONES))
    week, night = {}, draw(st.booleans())
    for day in DAYS:
        found = draw(a_day())
        if night:
            found = [(start, end) for start, end in found if start >= 600]
            if found and draw(st.booleans()):
                found[-1] = (found[-1][0], found[-1][1] + 480)
        week[day] = found
    if not any(week.values()):
        week["mon"] = [(540, 1020)]
    near = draw(st.sampled_from(CHANGES)).date()
    holidays = draw(st.lists(st.integers(-3, 6), max_size=2, unique=True))
    overrides = {
        near + timedelta(days=draw(st.integers(-3, 6))): [(600, 720)]
        for _ in range(draw(st.integers(0, 1)))
    }
    return zone, week, {near + timedelta(days=each) for each in holidays}, overrides


def spec_of(calendar):
    zone, week, holidays, overrides = calendar

    def listed(found):
        return "[" + ", ".join(f'"{hours(each)}"' for each in found) + "]"

    days = ", ".join(f"{day}: {listed(found)}" for day, found in week.items())
    others = ", ".join(f"{day}: {listed(found)}" for day, found in overrides.items())
    return (
        f"{{zone: {zone}, week: {{{days}}}, holidays: {{also: "
        f"[{', '.join(map(str, sorted(holidays)))}]}}, overrides: {{{others}}}}}"
    )


def starts():
    return st.builds(
        lambda at, minutes: at + minutes * MINUTE,
        st.sampled_from(CHANGES),
        st.integers(-2 * 1440, 3 * 1440),
    )


def is_open(calendar, at):
    """Whether somebody works in the minute that begins at an instant, by the wall clock alone."""
    zone, week, holidays, overrides = calendar
    local = at.astimezone(ZoneInfo(zone))
    second = bool(local.fold)
    while local.fold:  # an hour that comes twice belongs to who still works at its end
        at += MINUTE
        local = at.astimezone(ZoneInfo(zone))
    for day in (local.date(), local.date() - DAY):
        wall = local.replace(tzinfo=None, fold=0) - datetime.fromisoformat(f"{day}")
        minutes = wall // MINUTE
        usual = [] if day in holidays else week[DAYS[day.weekday()]]
        for start, end in overrides.get(day, usual):
            if (start < minutes <= end) if second else (start <= minutes < end):
                return True
    return False


def walked(calendar, start, minutes, longest=8 * 1440):
    """The first instant at which so many open minutes have passed; None after eight days."""
    for step in range(longest):
        if not minutes:
            return start + step * MINUTE
        minutes -= is_open(calendar, start + step * MINUTE)
    return None


@given(calendars(), starts(), st.integers(0, 2 * 1440))
def test_elapsed_time_is_what_a_walk_from_minute_to_minute_counts(calendar, start, minutes):
    counted = sum(is_open(calendar, start + step * MINUTE) for step in range(minutes))

    elapsed = business(spec_of(calendar)).elapsed(start, start + minutes * MINUTE)

    assert counted * MINUTE == elapsed


@given(calendars(), starts(), st.integers(1, 900))
def test_a_due_time_is_where_a_walk_from_minute_to_minute_ends(calendar, start, minutes):
    expected = walked(calendar, start, minutes)

    due = business(spec_of(calendar)).due(start, minutes * MINUTE)

    if expected is not None:
        assert expected == due


@given(calendars(), starts(), st.integers(1, 10**9))
def test_a_due_time_inverted_gives_back_the_start(calendar, start, seconds):
    found = business(spec_of(calendar))
    amount = timedelta(seconds=seconds % 900_000)

    due = found.due(start, amount)

    assert found.opening(start) == found.start(due, amount)


@given(calendars(), starts(), st.integers(0, 900_000), st.integers(0, 900_000))
def test_due_times_are_monotone_in_the_target_and_in_the_start(calendar, start, one, more):
    found = business(spec_of(calendar))
    due = found.due(start, timedelta(seconds=one))

    assert due <= found.due(start, timedelta(seconds=one + more))
    assert due <= found.due(start + timedelta(seconds=more), timedelta(seconds=one))


@given(calendars(), starts(), st.integers(0, 5), st.integers(0, 3))
def test_due_times_are_monotone_in_business_days(calendar, start, days, more):
    found = business(spec_of(calendar))

    fewer, many = (
        found.amount(start, Duration(count, Unit.DAYS, business=True))
        for count in (days, days + more)
    )

    assert timedelta() <= fewer <= many


@settings(max_examples=30)
@given(calendars(), st.lists(starts(), max_size=20), st.integers(-5, 900_000))
def test_many_due_times_at_once_are_those_of_each_one(calendar, begun, seconds):
    table = business(spec_of(calendar)).timetable(2011, 2026)
    amount = max(seconds, 0) * 1_000_000
    instants = [ticks(start) for start in begun]

    one_by_one = table.dues(instants, amount)

    columns = Columns.of(table)
    at_once = columns.due(np.array(instants, dtype=np.int64), amount)
    assert [NEVER if due is None else due for due in one_by_one] == at_once.tolist()
    if begun:
        spans = [table.elapsed(instants[0], each) for each in instants]
        assert spans == columns.elapsed(instants[0], instants).tolist()
        left = [amount - span for span in spans]
        assert left == columns.remaining(instants[0], amount, instants).tolist()


@given(starts(), st.integers(0, 10**7))
def test_around_the_clock_business_time_is_real_time(start, seconds):
    found = business('{zone: America/New_York, week: {mon-sun: ["00:00-24:00"]}, holidays: {}}')
    amount = timedelta(seconds=seconds)

    assert start + amount == found.due(start, amount)
    assert amount == found.elapsed(start, start + amount)
    assert RealClock().due(start, amount) == found.due(start, amount)


OFFICE = '{zone: America/New_York, week: {mon-thu: ["09:00-12:00", "13:00-17:30"], fri: ["09:00-16:00"]}, holidays: {also: [2026-11-26]}}'  # noqa: E501


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-23T10:00-05:00", 1, "2026-11-24T10:00-05:00"),
        ("2026-11-23T09:00-05:00", 1, "2026-11-23T17:30-05:00"),  # used up when the day closes
        ("2026-11-20T18:30-05:00", 2, "2026-11-24T17:30-05:00"),  # begins on Monday morning
        ("2026-11-19T17:00-05:00", 1, "2026-11-20T16:00-05:00"),  # Friday closes earlier
        ("2026-11-25T10:30-05:00", 1, "2026-11-27T10:30-05:00"),  # over Thanksgiving
        ("2026-11-23T12:30-05:00", 1, "2026-11-24T12:00-05:00"),  # from break to break
        ("2026-10-30T10:00-04:00", 1, "2026-11-02T10:00-05:00"),  # over the end of summer time
    ],
)
def test_a_business_day_leads_to_the_same_time_of_the_next_working_day(start, days, due):
    found = business(OFFICE)
    begun = datetime.fromisoformat(start)

    amount = found.amount(begun, Duration(days, Unit.DAYS, business=True))

    assert datetime.fromisoformat(due) == found.due(begun, amount)


@pytest.mark.parametrize(
    ("night", "worked"),
    [("2026-03-07T22:00-05:00", 7), ("2026-10-31T22:00-04:00", 9), ("2026-11-02T22:00-05:00", 8)],
)
def test_a_night_shift_loses_or_gains_the_hour_of_summer_time(night, worked):
    found = business('{zone: America/New_York, week: {mon-sun: ["22:00-30:00"]}, holidays: {}}')
    start = datetime.fromisoformat(night)

    assert worked * HOUR == found.elapsed(start, start + 12 * HOUR)


def test_a_target_of_nothing_is_due_at_the_next_opening():
    found = business(OFFICE)

    closing = datetime.fromisoformat("2026-11-20T16:00-05:00")

    assert datetime.fromisoformat("2026-11-23T09:00-05:00") == found.due(closing, timedelta())


def test_nothing_is_due_after_a_calendar_has_ended():
    found = business(
        '{zone: UTC, week: {mon-fri: ["09:00-17:00"]},'
        " effective: {from: 2026-01-01, to: 2026-02-01}}"
    )
    late, early = datetime(2026, 1, 30, 16, tzinfo=UTC), datetime(2025, 12, 1, tzinfo=UTC)

    assert datetime(2026, 1, 30, 17, tzinfo=UTC) == found.due(late, HOUR)
    assert found.due(late, 2 * HOUR) is None
    assert datetime(2026, 1, 1, 10, tzinfo=UTC) == found.due(early, HOUR)


def test_the_version_of_a_calendar_that_holds_on_a_day_gives_its_hours():
    text = "".join(
        "apiVersion: ixia/v1\nkind: Calendar\nmetadata: {name: x}\nspec: {zone: UTC, holidays: {}, "
        f'week: {{mon-fri: ["{hours}"]}}, effective: {{{span}}}}}\n---\n'
        for hours, span in (
            ("09:00-17:00", "to: 2026-07-01"),
            ("10:00-14:00", "from: 2026-07-01"),
        )
    )
    configuration, _ = configure(load("a.yaml", text).documents)
    found = clock(configuration, "x")

    spans = [
        tuple(f"{at:%d %H}" for at in segment)
        for segment in found.segments(
            datetime(2026, 6, 30, tzinfo=UTC), datetime(2026, 7, 2, tzinfo=UTC)
        )
    ]

    assert [("30 09", "30 17"), ("01 10", "01 14")] == spans


def test_locked_holidays_win_over_those_of_the_package():
    configuration = built('{zone: UTC, week: {mon-fri: ["09:00-17:00"]}, holidays: {region: US}}')
    locked = pinned(configuration, [2026])
    eve = datetime(2026, 11, 25, 16, tzinfo=UTC)
    assert "2026-11-26" in locked["US"]["2026"]

    moved = {"US": {"2026": [day for day in locked["US"]["2026"] if day != "2026-11-26"]}}

    day = datetime(2026, 11, 26, tzinfo=UTC)
    assert day + DAY + 10 * HOUR == clock(configuration, "x").due(eve, 2 * HOUR)
    assert day + DAY + 10 * HOUR == clocks(configuration, read_pins(locked))["x"].due(eve, 2 * HOUR)
    assert day + 10 * HOUR == clocks(configuration, read_pins(moved))["x"].due(eve, 2 * HOUR)


@pytest.mark.parametrize("region", ["IN", "ID", "SA", "US-CA"])
def test_holidays_of_far_years_come_without_a_warning(region):
    found = business(
        f'{{zone: UTC, week: {{mon-fri: ["09:00-17:00"]}}, holidays: {{region: {region}}}}}'
    )

    for year in (1971, 2026, 2150):
        assert found.due(datetime(year, 3, 2, tzinfo=UTC), HOUR).year == year


@pytest.mark.parametrize("year", [1, 26, 1969, 2200, 9999])
def test_a_date_that_no_calendar_knows_is_refused(year):
    start = datetime(year, 1, 1, tzinfo=UTC)

    for found in (business(OFFICE), RealClock()):
        with pytest.raises(OutsideTime, match="outside the years 1970 to 2199"):
            found.due(start, HOUR)


@given(st.integers(0, 10**15))
def test_instants_are_exact_to_the_microsecond(microseconds):
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)

    assert microseconds == ticks(at)
    assert at == moment(ticks(at))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2026-01-31T10:00+00:00", 1, "2026-02-28T10:00+00:00"),
        ("2026-11-30T10:00+00:00", 3, "2027-02-28T10:00+00:00"),
        ("2028-01-29T10:00+00:00", 1, "2028-02-29T10:00+00:00"),
    ],
)
def test_months_of_real_time_follow_the_calendar(start, months, end):
    begun = datetime.fromisoformat(start)

    amount = RealClock().amount(begun, Duration(months, Unit.MONTHS))

    assert datetime.fromisoformat(end) == begun + amount
