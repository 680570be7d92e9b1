"""The options that say where records come from and how their file is written."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from ixia_config.cli.options import Command

if TYPE_CHECKING:
    from ixia_config.edges.records import Source
    from ixia_config.kinds.record_schema.notation import DateOrder, NumberForm

_DATES = ("year-month-day", "day/month/year", "month/day/year")
_NUMBERS = ("1234.5", "1,234.5", "1.234,5")
_TYPED = re.compile(r"(?:([a-z][a-z0-9-]*)=)?(.*)", re.DOTALL)
_FORMS = ("csv", "jsonl", "json")
_OPTIONS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    (
        "--records",
        {
            "multiple": True,
            "metavar": "[TYPE=]FILE",
            "help": "Records as CSV, JSON lines, JSON or Parquet; - for standard input;"
            " duckdb:FILE#TABLE or postgres://HOST/DATABASE#TABLE.",
        },
    ),
    (
        "--column",
        {"multiple": True, "metavar": "HEADING=FIELD", "help": "Which column holds a field."},
    ),
    ("--dates", {"type": click.Choice(_DATES), "help": "How the file writes dates."}),
    ("--numbers", {"type": click.Choice(_NUMBERS), "help": "How the file writes numbers."}),
    ("--zone", {"metavar": "ZONE", "help": "Where local times are, such as Europe/Madrid."}),
    ("--encoding", {"metavar": "NAME", "help": "Of the text, such as windows-1252."}),
    ("--input-format", {"type": click.Choice(_FORMS), "help": "Where the file's name tells none."}),
)


def reads_history(command: Command) -> Command:
    """``--history``: files of closed pay, as ``history``."""
    text = "Closed pay, as ixia comp close wrote it; each period once."
    kind = click.Path(dir_okay=False, path_type=Path)
    return click.option("--history", multiple=True, type=kind, metavar="FILE", help=text)(command)


def reads_records(command: Command) -> Command:
    """``--records`` and what says how to read it, as ``sources``: files by record type.

    A file without a type stands under the empty name.
    """

    @functools.wraps(command)
    def run(**more: Any) -> Any:
        names = ("records", "column", "dates", "numbers", "zone", "encoding", "input_format")
        return command(sources=_sources(*(more.pop(each) for each in names)), **more)

    for name, settings in reversed(_OPTIONS):
        run = click.option(name, **settings)(run)
    return run


def _sources(
    records: tuple[str, ...],
    columns: tuple[str, ...],
    dates: DateOrder | None,
    numbers: NumberForm | None,
    zone: str | None,
    encoding: str | None,
    form: str | None,
) -> Mapping[str, Source]:
    from ixia_config.edges.records import Source
    from ixia_config.kinds.record_schema.notation import Notation

    named = dict(_pair(each, "--column", "HEADING=FIELD") for each in columns)
    notation = Notation(dates or "year-month-day", numbers or "1234.5", _known(zone), named)
    found: dict[str, Source] = {}
    for each in records:
        kind, file = _TYPED.fullmatch(each).groups(default="")  # type: ignore[union-attr]  # any text
        if kind in found:
            raise click.UsageError(f"--records names two files{f' of {kind}' if kind else ''}")
        found[kind] = Source(file, form or "", encoding or "", notation)
    return MappingProxyType(found)


def _pair(text: str, option: str, form: str) -> tuple[str, str]:
    before, divided, after = text.rpartition("=")
    if not divided or not before.strip() or not after.strip():
        raise click.UsageError(f"{option} wants {form}, not {text!r}")
    return before.strip(), after.strip()


def _known(zone: str | None) -> str:
    """The zone, where there is one of this name."""
    from zoneinfo import ZoneInfo

    try:
        return "" if zone is None else ZoneInfo(zone).key
    except (KeyError, ValueError, OSError):
        raise click.UsageError(f"--zone wants a zone such as Europe/Madrid, not {zone!r}") from None
