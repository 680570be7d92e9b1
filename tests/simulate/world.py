"""Small configurations to simulate with, and records as simulations take them."""

from datetime import UTC, date, datetime

from ixia_config.kinds.check import check
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.parse import configure
from ixia_config.kinds.record_schema.incoming import Row
from ixia_config.language import load
from ixia_config.rules import normalise
from ixia_config.simulate.replay import Setting, Sides
from ixia_config.simulate.run import Given, arrival, simulated

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def configured(text):
    """A configuration without errors."""
    configuration, found = configure(load("a.yaml", text).documents)
    findings = (*found, *check(configuration, date(2026, 11, 22)))
    told = [str(each) for each in findings if each.severity == "error"]
    assert not told, told
    return configuration


def rows(configuration, record, values):
    """Rows as a file of records gives them."""
    known = catalogue(configuration)
    for number, each in enumerate(values, 2):
        yield Row(number, str(each.get("id", number)), normalise(each, known, record))


def impact(before, after, record, values, *, by=(), policies=(), came=None):
    """What a change of the configuration does to these records."""
    given = Given(
        "records.csv",
        record,
        rows(after, record, values),
        arrival(after, record) if came is None else came,
    )
    return simulated(given, Sides(before, after), Setting(NOW, by), policies)


def table(section, title):
    """The lines of a table as before and after, by name."""
    [found] = [each for each in section.tables if each.title == title]
    return {line.name: (line.before, line.after) for line in found.lines}
