"""The CSV files that conditions name with ``list("file.csv", "column")``, read and bounded."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

_NAMED = re.compile(r"""\blist\(\s*(?:\\?"([^"\\\n]{1,300})\\?"|'([^'\n]{1,300})')""")
_LARGEST = 8 * 1024 * 1024

Columns = Mapping[str, tuple[str, ...]]


def read_lists(root: Path, texts: Iterable[str]) -> Mapping[str, Columns]:
    """The columns of every file that a condition in these texts names, by file.

    What is not there, leaves the folder or is no CSV is left out; its condition says so.
    """
    names = {found[1] or found[2] for text in texts for found in _NAMED.finditer(text)}
    read = {name: _columns(Path(os.path.realpath(root)), name) for name in sorted(names)}
    return {name: columns for name, columns in read.items() if columns is not None}


def _columns(root: Path, name: str) -> Columns | None:
    path = Path(os.path.realpath(root / name))
    if not path.is_relative_to(root) or not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        text = data.decode("utf-8-sig") if len(data) <= _LARGEST else ""
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (OSError, UnicodeDecodeError, csv.Error):
        return None
    return _by_column(rows)


def _by_column(rows: list[list[str]]) -> Columns | None:
    """Each column by its heading, blanks at the ends removed and empty cells left out."""
    if not rows:
        return None
    return {
        heading.strip(): tuple(
            row[index].strip() for row in rows[1:] if index < len(row) and row[index].strip()
        )
        for index, heading in enumerate(rows[0])
    }
