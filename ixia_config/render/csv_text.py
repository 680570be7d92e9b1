"""CSV that a spreadsheet opens without running anything: what looks like a formula stays text."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from ixia_config.render.wording import clean

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?%?")
_FORMULA = re.compile(r"\s*[=+\-@|%]")


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with a heading row, separated by commas."""
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow([cell(each) for each in headings])
    writer.writerows([cell(each) for each in row] for row in rows)
    return table.getvalue()


def cell(text: str) -> str:
    """User text in one cell; an apostrophe before what a spreadsheet would calculate."""
    shown = clean(text)
    harmless = _NUMBER.fullmatch(shown) or not _FORMULA.match(shown)
    return shown if harmless else f"'{shown}"
