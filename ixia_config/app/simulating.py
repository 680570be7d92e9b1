"""Show what a change of the rules would have done to real records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from ixia_config.app.checking import Checked, check
from ixia_config.app.refusal import Refusal, refusing
from ixia_config.app.simulating_at_scale import decided_on
from ixia_config.app.simulating_codes import NoSuchRevision, NothingDecides, WhichRecords
from ixia_config.edges.records import Source, open_records
from ixia_config.edges.revision import NoRevision, revision
from ixia_config.edges.tables import shown
from ixia_config.exits import Exit
from ixia_config.kinds import Configuration
from ixia_config.kinds.conditions import catalogue
from ixia_config.simulate.impact import Impact, Profile, Section
from ixia_config.simulate.replay import Setting, Sides
from ixia_config.simulate.run import Given, about, arrival, simulated


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be simulated: files by record type, the other version, and the clock.

    ``arrival`` names the field that tells when a record came, where the usual ones do not. ``on``
    names the engine that decides: duckdb, postgres or spark; one record after the other if empty.
    """

    sources: Mapping[str, Source]
    now: datetime
    against: str = ""
    policies: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    arrival: str = ""
    on: str = ""


def simulate(checked: Checked, wish: Wish) -> Impact:
    """The impact of the working tree, compared with another version where one is named.

    Refusal where that version is not there or has errors, or a file is no table of records.
    """
    with refusing(), _before(checked, wish) as before:
        sides = Sides(before.configuration if before else None, checked.configuration)
        found = [_one(kind, source, sides, wish) for kind, source in wish.sources.items()]
    return Impact(
        before=wish.against,
        after="the working tree",
        profiles=tuple(profile for profile, _ in found),
        sections=tuple(section for _, sections in found for section in sections),
    )


@contextmanager
def _before(checked: Checked, wish: Wish) -> Iterator[Checked | None]:
    if not wish.against:
        yield None
        return
    try:
        with revision(checked.root, wish.against) as found:
            today = wish.now.date()
            yield check(found.root, environment=checked.environment, today=today).sound()
    except NoRevision as error:
        raise Refusal(Exit.INVALID, NoSuchRevision(why=str(error))) from None


def _one(
    kind: str, source: Source, sides: Sides, wish: Wish
) -> tuple[Profile, tuple[Section, ...]]:
    record = _kind(kind, sides.after)
    came = wish.arrival or arrival(sides.after, record)
    rows = open_records(source, sides.after, record)
    given = Given(PurePath(shown(source.file)).name, record, rows, came)
    setting = Setting(wish.now, _groups(wish, sides.after, record))
    if wish.on:
        return decided_on(wish.on, source, given, sides, setting, wish.policies)
    return simulated(given, sides, setting, wish.policies)


def _kind(name: str, configuration: Configuration) -> str:
    """The record type that a file has: named, or the only one that policies decide about."""
    known = tuple(catalogue(configuration).records)
    decided = about(configuration)
    if name and name not in known:
        raise Refusal(Exit.USAGE, WhichRecords(name=name, known=known))
    if not name and len(decided) != 1:
        raise Refusal(Exit.USAGE, WhichRecords(name="", known=decided or known))
    found = name or decided[0]
    if found not in decided:
        raise Refusal(Exit.USAGE, NothingDecides(record=found, known=decided))
    return found


def _groups(wish: Wish, configuration: Configuration, record: str) -> tuple[str, ...]:
    """The fields to group by; the region, where there is one and none is named."""
    fields = catalogue(configuration).records.get(record, {})
    return wish.by or (("region",) if "region" in fields else ())
