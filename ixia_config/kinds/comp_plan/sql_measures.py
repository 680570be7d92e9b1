"""What moves a measure in SQL: the credits that count towards it, each record once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ixia_config.kinds.comp_plan.sql_credits import Source
from ixia_config.kinds.comp_plan.sql_words import Refused, text
from ixia_config.rules.dialects import Dialect
from ixia_config.rules.sql import identifier

_WORTH = ("amount", "date", "person", "split", "rollup", "multi_year", "multipliers")


@dataclass(frozen=True)
class Moves:
    """The credit rules of one version: of each component, and what counts for each measure.

    ``towards`` has every measure with the rules whose credits count towards it, in order.
    """

    components: Sequence[Source]
    towards: Mapping[str, Sequence[Source]]
    dialect: Dialect

    def own(self, source: Source, measure: str) -> bool:
        """Whether the credits of a component, and no others, move a measure."""
        return list(self.towards.get(measure, ())) == [source]

    def alike(self, source: Source, measure: str) -> bool:
        """Whether a record moves a measure by just what the component credits for it."""
        counting = [e for e in self.towards.get(measure, ()) if e.rule.object == source.rule.object]
        return source in counting and all(_same(source, each) for each in counting)

    def series(self, measure: str, joins: str, kind: str) -> str:
        """The moves of a measure in the stretches of some terms, each with the sum to date."""
        counting = self.towards.get(measure, ())
        if not counting:
            raise Refused(f"nothing counts towards {measure}")
        every = "\n    UNION ALL\n    ".join(self._counted(n, e) for n, e in enumerate(counting))
        window = f"PARTITION BY assignment, stretch ORDER BY day, {ordered('record', self.dialect)}"
        first = "row_number() OVER (PARTITION BY t.assignment, t.stretch, c.object, c.record"
        return (
            "SELECT assignment, stretch, object, record, day, credit,\n"
            f"    CAST(sum(credit) OVER ({window}, object\n"
            f"      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS {kind}) AS after\n"
            "  FROM (\n  SELECT t.assignment, t.stretch, c.object, c.record, c.day, c.credit,\n"
            f"    {first} ORDER BY c.day, c.place) AS turn\n"
            f"  FROM (\n    {every}\n  ) AS c\n  {joins}\n  ) AS m WHERE turn = 1"
        )

    def _counted(self, place: int, source: Source) -> str:
        return (
            f"SELECT record, person, day, credit, {place} AS place,"
            f" {text(source.rule.object, self.dialect)} AS object"
            f" FROM {identifier(source.result, self.dialect)}"
        )


def ordered(column: str, dialect: Dialect) -> str:
    """A column in the order of its characters, whatever the language of the database."""
    return f'{column} COLLATE "C"' if dialect.name == "postgres" else column


def _same(one: Source, other: Source) -> bool:
    return one.scale == other.scale and all(
        getattr(one.rule, name) == getattr(other.rule, name) for name in _WORTH
    )
