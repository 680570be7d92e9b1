"""Rows in memory, with transactions: what a refused call changed is put back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

Row = dict[str, Any]


class Store:
    """Tables of rows by id. Ids are given once; those of a refused call are lost, as in Odoo."""

    def __init__(self) -> None:
        self._tables: dict[str, dict[int, Row]] = defaultdict(dict)
        self._last: dict[str, int] = defaultdict(int)
        self._undo: list[tuple[str, int, Row | None]] = []
        self._depth = 0
        self.changes: dict[str, int] = defaultdict(int)

    def rows(self, model: str) -> Mapping[int, Row]:
        """The rows of a model by id; not to be changed."""
        return self._tables[model]

    def get(self, model: str, row: int) -> Row | None:
        """One row; not to be changed."""
        return self._tables[model].get(row)

    def next_id(self, model: str) -> int:
        """An id that no row has had."""
        self._last[model] += 1
        return self._last[model]

    def put(self, model: str, row: int, values: Row | None) -> None:
        """Store a whole row, or remove it."""
        table = self._tables[model]
        self._undo.append((model, row, table.get(row)))
        self._place(model, row, values)
        self._last[model] = max(self._last[model], row)

    def _place(self, model: str, row: int, values: Row | None) -> None:
        self.changes[model] += 1
        if values is None:
            self._tables[model].pop(row, None)
        else:
            self._tables[model][row] = values

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; may be nested."""
        start = len(self._undo)
        self._depth += 1
        try:
            yield
        except BaseException:
            while len(self._undo) > start:
                self._place(*self._undo.pop())
            raise
        finally:
            self._depth -= 1
            if not self._depth:
                self._undo.clear()
