"""A million due times on a calendar with breaks and holidays, next to pandas business hours."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
from pandas.tseries.offsets import CustomBusinessHour

from benchmarks import Row
from ixia_config.kinds.calendar.bulk import Columns
from ixia_config.kinds.calendar.decide import clock
from ixia_config.kinds.calendar.instants import moment, ticks
from ixia_config.kinds.calendar.timetable import Timetable
from ixia_config.kinds.parse import configure
from ixia_config.language import load

_CALENDAR = """\
apiVersion: ixia/v1
kind: Calendar
metadata: {name: us-business}
spec:
  zone: America/New_York
  week: {mon-fri: ["09:00-12:00", "13:00-17:00"]}
  holidays: {region: US}
"""
_RECORDS, _PLAIN, _PANDAS = 1_000_000, 100_000, 1_000
_TARGET = timedelta(hours=10)
_ZONE = "America/New_York"


def _table() -> Timetable:
    configuration, problems = configure(load("calendar.yaml", _CALENDAR).documents)
    business = clock(configuration, "us-business")
    if business is None:
        raise RuntimeError(f"the calendar has an error: {problems}")
    return business.timetable(2024, 2028)


def _starts() -> list[int]:
    """Instants of three years, nights and weekends included, in no order."""
    first, r = ticks(datetime(2025, 1, 1, tzinfo=UTC)), random.Random(5)
    return [first + r.randrange(3 * 365 * 86_400) * 1_000_000 for _ in range(_RECORDS)]


def _pandas(table: Timetable, starts: list[int]) -> tuple[float, list[int]]:
    """Seconds for one after the other, and the due times; breaks are a list of hours there."""
    holidays = _holidays(table)
    offset = CustomBusinessHour(
        n=int(_TARGET / timedelta(hours=1)),
        start=["09:00", "13:00"],
        end=["12:00", "17:00"],
        holidays=holidays,
    )
    # On the wall clock without a zone: with one, pandas is slower and fails on changed clocks.
    local = [
        pd.Timestamp(moment(at)).tz_convert(_ZONE).tz_localize(None) for at in starts[:_PANDAS]
    ]
    begun = time.perf_counter()
    dues = [at + offset for at in local]
    seconds = time.perf_counter() - begun
    return seconds, [ticks(due.tz_localize(_ZONE).to_pydatetime()) for due in dues]


def _holidays(table: Timetable) -> list[str]:
    """The weekdays on which the calendar is closed."""
    worked = {day.day for day in table.days}
    first, last = min(worked), max(worked)
    every = (first + timedelta(days=n) for n in range((last - first).days))
    return [str(day) for day in every if day.weekday() < 5 and day not in worked]


def _best(table: Timetable, starts: list[int], amount: int) -> tuple[float, list[int]]:
    """The shortest of five runs over a million, from column to column."""
    columns, column = Columns.of(table), np.array(starts, dtype=np.int64)
    shortest, dues = float("inf"), column
    for _ in range(5):
        begun = time.perf_counter()
        dues = columns.due(column, amount)
        shortest = min(shortest, time.perf_counter() - begun)
    return shortest, dues.tolist()


def _one_by_one(table: Timetable, starts: list[int], amount: int) -> tuple[float, list[int | None]]:
    begun = time.perf_counter()
    dues = table.dues(starts[:_PLAIN], amount)
    return time.perf_counter() - begun, dues


def run() -> Iterator[Row]:
    """All three agree, except that pandas may name the opening where we name the closing."""
    table, starts = _table(), _starts()
    amount = int(_TARGET / timedelta(microseconds=1))
    at_once, dues = _best(table, starts, amount)
    plain, same = _one_by_one(table, starts, amount)
    theirs, others = _pandas(table, starts)
    if same != dues[:_PLAIN]:
        raise RuntimeError("numpy and plain Python disagree")
    for start, ours, other in zip(starts, dues, others, strict=False):
        if table.position(ours) != table.position(other):
            raise RuntimeError(f"{moment(start)}: we say {moment(ours)}, pandas {moment(other)}")
    scaled = theirs * _RECORDS / _PANDAS
    note = f"{_RECORDS:,} due times; pandas measured on {_PANDAS:,} and scaled"
    yield Row("a million due times, numpy", at_once, "pandas, one by one", scaled, note)
    note = f"measured on {_PLAIN:,} and scaled"
    ours = plain * _RECORDS / _PLAIN
    yield Row("a million due times, plain Python", ours, "pandas, one by one", scaled, note)
