"""Simulations where the records lie: a database groups the records that policies cannot tell apart.

One record of each group is decided by the same code that decides single rows, for all of its
group. So every figure is that of the row engine; ``Grouped`` says for which policies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from heapq import merge
from itertools import islice
from operator import itemgetter

from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.metric.spec import Metric
from ixia_config.kinds.record_schema.incoming import Reading
from ixia_config.simulate.alike import alike
from ixia_config.simulate.columns import Fields
from ixia_config.simulate.database import Database
from ixia_config.simulate.ground import Ground, Group, Key, Placed
from ixia_config.simulate.impact import Profile, Section
from ixia_config.simulate.profile import Profiler
from ixia_config.simulate.questions import Alike, Single
from ixia_config.simulate.replay import EXAMPLES, SURROUNDINGS, Incoming, Setting, Sides
from ixia_config.simulate.run import REPLAYS, Given, deciding, incoming
from ixia_config.simulate.sql import Refused

_ODD = 100_000  # rows that may have to be read in Python
MOST_GROUPS = 200_000
"""Groups of records that are kept in memory."""
Policy = tuple[type[Envelope], str]
_PLACE = itemgetter(0)


class TooOdd(Exception):  # noqa: N818  # says why another engine has to decide
    """More values than can be kept do not stand in the database as their fields say."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """What a database could decide, and why each of the other policies needs the row engine."""

    profile: Profile | None
    sections: tuple[tuple[Policy, Section], ...]
    left: tuple[tuple[Policy, str], ...]


def grouped(
    database: Database,
    reading: Reading,
    given: Given,
    sides: Sides,
    setting: Setting,
    wanted: Iterable[str] = (),
) -> Grouped:
    """The policies that a database can decide about its records, before and after.

    Untyped or TooOdd where it can decide none; Unreachable where it stops a query.
    """
    ground = Ground(database, reading, given, setting, Fields.of(database, reading))
    profile, odd = _seen(ground)
    ground = replace(ground, all_fit=not odd and not profile.problems)
    sections: list[tuple[Policy, Section]] = []
    left: list[tuple[Policy, str]] = []
    for policy in deciding(given.record, sides, frozenset(wanted)):
        try:
            asked = alike(policy, sides, setting, ground.fields, given.arrival)
            sections.append((policy, _section(policy, asked, ground, sides, odd)))
        except (Single, Refused) as untold:
            left.append((policy, str(untold)))
    return Grouped(profile, tuple(sections), tuple(left))


def _section(
    policy: Policy, asked: Alike, ground: Ground, sides: Sides, odd: tuple[Placed, ...]
) -> Section:
    """What a policy decides about all records."""
    kind, name = policy
    groups = {} if asked.alone else _groups(asked, ground)
    shown = dict(_shown(policy, asked, ground, sides, groups))
    early = sorted((ground.placed(n, each) for n, (_, each) in shown.items()), key=_PLACE)
    replay = REPLAYS[kind](name, sides, ground.setting)
    for _, record in merge(ground.singles(asked), early, odd, key=_PLACE):
        replay.see(record)
    for record in _rest(groups.values(), shown.values()):
        replay.see(record)
    return replay.section()


def _groups(asked: Alike, ground: Ground) -> dict[Key, Group]:
    found: dict[Key, Group] = {}
    for each in ground.groups(asked):
        found[each.key] = each
        if len(found) > MOST_GROUPS:
            raise Single(f"it tells apart more than {MOST_GROUPS:,} of the records")
    return found


def _shown(
    policy: Policy, asked: Alike, ground: Ground, sides: Sides, groups: dict[Key, Group]
) -> Iterator[tuple[int, tuple[Key, Incoming]]]:
    """The first records with another answer than before: as many as are shown, in order."""
    kind, name = policy
    changed: list[Key] = []
    for group in groups.values() if sides.before and kind is not Metric else ():
        alone = REPLAYS[kind](name, sides, ground.setting)
        alone.see(group.record)
        if alone.section().examples:
            changed.append(group.key)
    if changed:
        first = dict(islice(ground.in_order(asked, changed), EXAMPLES))
        records = ground.some(tuple(first))
        yield from ((number, (first[number], records[number])) for number in first)


def _rest(groups: Iterable[Group], shown: Iterable[tuple[Key, Incoming]]) -> Iterator[Incoming]:
    """One record for all of each group that are not shown."""
    listed = tuple(shown)
    counts = Counter(key for key, _ in listed)
    for group in groups:
        sums = dict(group.sums)
        for name in sums:
            for key, record in listed:
                if key == group.key:
                    sums[name] -= record.values.get(name) or 0
        count = group.count - counts[group.key]
        if count:
            yield replace(group.record, count=count, sums=sums)


def _seen(ground: Ground) -> tuple[Profile, tuple[Placed, ...]]:
    """The profile of all rows, and those that only Python can read, in the order of arrival."""
    given = ground.given
    profiler = Profiler(given.file, given.record, given.arrival)
    names = ground.profiled
    rows, since, until, *filled = ground.regular(names)
    found: list[Placed] = []
    for number, row in ground.odd() if rows < ground.size else ():
        if profiler.see(row):
            found.append(ground.placed(number, incoming(row, given, ground.setting)))
        if len(found) > _ODD:
            raise TooOdd(f"more than {_ODD:,} rows have values that only Python can read")
    profiler.rows += rows
    profiler.usable += rows
    declared = ground.reading.naming.fields
    profiler.filled.update(dict.fromkeys((each for each in declared if "." not in each), 0))
    profiler.filled.update(dict(zip(names, filled, strict=True)))
    profile = _bounded(profiler.profile(), _day(since), _day(until))
    columns = ground.reading.columns(tuple(ground.database.columns))
    rest = (each for each in columns.ignored if each.lower() not in SURROUNDINGS)
    ignored = sorted({*profile.ignored, *rest}) if profile.rows else ()
    return replace(profile, ignored=tuple(ignored)), tuple(sorted(found, key=_PLACE))


def _bounded(profile: Profile, since: date | None, until: date | None) -> Profile:
    """The profile with the days of further rows."""
    return replace(
        profile,
        since=min(filter(None, (profile.since, since)), default=None),
        until=max(filter(None, (profile.until, until)), default=None),
    )


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None
