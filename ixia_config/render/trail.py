"""The audit trail as a table, JSON or CSV."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Sequence

from ixia_config.engine.trail import Entry
from ixia_config.render.layout import table
from ixia_config.render.plan_json import written
from ixia_config.render.wording import clean

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def trail_text(rows: Sequence[Entry]) -> str:
    """A line for each run: its name, which begins with the time in UTC, who, what, how it ended."""
    if not rows:
        return "Nothing was run yet.\n"
    told = [
        (each.run, clean(each.who), each.doing, each.plan[:6], f"{_counts(each)}; {each.ended}")
        for each in rows
    ]
    return "\n".join(line.rstrip() for line in table(told)) + "\n"


def _counts(entry: Entry) -> str:
    left = entry.failed + entry.unknown + entry.skipped
    return f"{entry.applied} applied" + (f", {left} not" if left else "")


def trail_json(rows: Sequence[Entry]) -> str:
    """Everything that is known of each run."""
    return written({"runs": [dataclasses.asdict(each) for each in rows]})


def trail_csv(rows: Sequence[Entry]) -> str:
    """The same for a spreadsheet; a cell that it would take for a formula begins with a quote."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = [each.name for each in dataclasses.fields(Entry)]
    writer.writerow(names)
    for entry in rows:
        writer.writerow([_cell(getattr(entry, name)) for name in names])
    return out.getvalue()


def _cell(value: object) -> str:
    text = clean(" ".join(value) if isinstance(value, tuple) else str(value))
    return f"'{text}" if text.startswith(_FORMULA) else text
