"""First-match rules over coded columns: one table look-up for each field, bits for the rules.

Every box of every rule is a bit of 64-bit words, as in ``rules.index``; a column of codes picks the
words that its value leaves possible, and the lowest bit that is left names the first rule.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ixia_config.rules.classes import Axis, Box, Path, axes, boxes
from ixia_config.rules.index import Masks
from ixia_config.rules.typed import Typed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NO_RULE = -1
_CHUNK = 1 << 16  # rows that stay in the cache together
_WORD = 64


@dataclass(frozen=True, slots=True)
class Column:
    """One field of many records: ``values[codes[row]]`` is the row's value, None where it is empty.

    Codes are unsigned; every value is normalised, as ``rules.normalise`` gives it.
    """

    codes: NDArray[np.unsignedinteger[Any]]
    values: Sequence[object]


class Uncoded(Exception):  # noqa: N818  # says why another engine has to decide
    """A condition that no coded column answers: it compares two fields, or reads the clock."""


@dataclass(frozen=True, slots=True)
class Kernel:
    """Rules in order, ready to be asked about coded columns."""

    axes: tuple[Axis, ...]
    boxes: tuple[Box, ...]
    words: int

    @classmethod
    def of(cls, rules: Sequence[Typed]) -> Kernel:
        """The kernel of these rules; Uncoded where a condition is more than tests of fields."""
        found = tuple(box for number, typed in enumerate(rules) for box in boxes(typed, number))
        if any(box.opaque for box in found):
            raise Uncoded("a rule compares two fields, calculates, or reads the clock")
        return cls(axes(found), found, max(1, -(-len(found) // _WORD)))

    @property
    def fields(self) -> tuple[Path, ...]:
        """The fields that must be given as columns."""
        return tuple(axis.path for axis in self.axes)

    def first(self, columns: Mapping[Path, Column], rows: int) -> NDArray[np.int16]:
        """The first rule that each row meets, or ``NO_RULE``; ``rows`` is how many there are."""
        import numpy as np

        tables = [(columns[a.path].codes, self._table(a, columns[a.path])) for a in self.axes]
        owners = np.full(self.words * _WORD + 1, NO_RULE, dtype=np.int16)
        owners[: len(self.boxes)] = [box.rule for box in self.boxes]
        found = np.empty(rows, dtype=np.int16)
        for start in range(0, rows, _CHUNK):
            part = slice(start, min(start + _CHUNK, rows))
            codes = [(column[part], table) for column, table in tables]
            found[part] = owners.take(self._lowest(codes, part.stop - part.start))
        return found

    def _table(self, axis: Axis, column: Column) -> NDArray[np.uint64]:
        """The words that each value of a column leaves possible: values by words."""
        import numpy as np

        masks, whole = Masks(axis, self.boxes), (1 << _WORD) - 1
        by_value = [masks.of(value) for value in column.values]
        shifts = range(0, self.words * _WORD, _WORD)
        return np.array([[mask >> by & whole for mask in by_value] for by in shifts], np.uint64)

    def _lowest(
        self, tables: Sequence[tuple[Any, NDArray[np.uint64]]], rows: int
    ) -> NDArray[np.integer[Any]]:
        """The lowest box that is left of each row, or one past the last word."""
        import numpy as np

        first = _places(self._left(tables, rows, 0))
        if self.words == 1:
            return first
        lowest = first.astype(np.intp)
        for word in range(1, self.words):
            unmet = np.flatnonzero(lowest == word * _WORD)
            rest = [(codes[unmet], table) for codes, table in tables]
            lowest[unmet] += _places(self._left(rest, len(unmet), word))
        return lowest

    def _left(
        self, tables: Sequence[tuple[Any, NDArray[np.uint64]]], rows: int, word: int
    ) -> NDArray[np.uint64]:
        """The boxes of one word that no field of a row rules out."""
        import numpy as np

        if not tables:
            boxes = min(max(len(self.boxes) - word * _WORD, 0), _WORD)
            return np.full(rows, (1 << boxes) - 1, dtype=np.uint64)
        (codes, table), *others = tables
        # Every code has its place in the table: "clip" only spares the check.
        left: NDArray[np.uint64] = table[word].take(codes, mode="clip")
        for codes, table in others:
            left &= table[word].take(codes, mode="clip")
        return left


def _places(left: NDArray[np.uint64]) -> NDArray[np.uint8]:
    """The place of the lowest bit of each word, 64 where it has none."""
    import numpy as np

    # Below the lowest bit are as many ones as its place, when one is taken away.
    return np.bitwise_count(~left & (left - np.uint64(1)))


def coded(values: Iterator[object] | Sequence[object]) -> Column:
    """A column from plain values, each value with a code in the order of its first row.

    Of a related record only its presence counts, as in every condition that names it alone.
    """
    import numpy as np

    known: dict[object, int] = {}
    plain = (isinstance(value, Mapping) or value for value in values)
    codes = [known.setdefault(value, len(known)) for value in plain]
    kind = np.uint8 if len(known) <= 1 << 8 else np.uint16 if len(known) <= 1 << 16 else np.uint32
    return Column(np.array(codes, dtype=kind), tuple(known))
