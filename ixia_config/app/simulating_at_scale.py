"""Simulate in DuckDB, PostgreSQL or Spark what they can decide, and the rest record by record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ixia_config.edges.records import Source, reading_table
from ixia_config.edges.tables import shown
from ixia_config.kinds.record_schema.incoming import Reading
from ixia_config.simulate.columns import Untyped
from ixia_config.simulate.database import OtherReading
from ixia_config.simulate.impact import Profile, Section
from ixia_config.simulate.replay import Setting, Sides
from ixia_config.simulate.run import Given, deciding, simulated
from ixia_config.simulate.scale import Grouped, Policy, TooOdd, grouped


def decided_on(
    engine: str,
    source: Source,
    given: Given,
    sides: Sides,
    setting: Setting,
    wanted: Iterable[str] = (),
) -> tuple[Profile, tuple[Section, ...]]:
    """What ``simulated`` gives, by this engine; policies that it cannot decide say so in a note.

    Refused where the records are no table that the engine reads.
    """
    reading = Reading(sides.after, given.record, file=shown(source.file), notation=source.notation)
    policies = tuple(deciding(given.record, sides, frozenset(wanted)))
    try:
        with reading_table(source, reading, engine) as table:
            found = grouped(table, reading, given, sides, setting, wanted)
    except (Untyped, TooOdd, OtherReading) as untold:
        found = Grouped(None, (), tuple((policy, str(untold)) for policy in policies))
    if found.left or found.profile is None:
        profile, rest = _record_by_record(engine, found.left, given, sides, setting)
    else:
        profile, rest = found.profile, {}
    sections = {**dict(found.sections), **rest}
    return profile, tuple(sections[policy] for policy in policies)


def _record_by_record(
    engine: str,
    left: Sequence[tuple[Policy, str]],
    given: Given,
    sides: Sides,
    setting: Setting,
) -> tuple[Profile, dict[Policy, Section]]:
    """The other policies, each with a note of why it is decided here."""
    names = [f"{kind.__name__}/{name}" for (kind, name), _ in left]
    profile, sections = simulated(given, sides, setting, names)
    noted = {
        policy: replace(section, notes=(*section.notes, f"not decided on {engine}: {why}"))
        for (policy, why), section in zip(left, sections, strict=True)
    }
    return profile, noted
