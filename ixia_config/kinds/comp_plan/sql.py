"""A CompPlan as one readable SQL text that pays to the cent what the statements say.

The text reads one table for each record type, named as the type, with ``id`` and a column for each
field as ``rules.sql.column_type`` types it; where deals are divided by a field, also the rows of
``split_rows`` as the table ``deal_splits``. In Spark, ``spark.sql.ansi.enabled`` must be true, as
it is by default from version 4: an overflow is an error then. What SQL cannot pay exactly is
refused, never approximated.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from ixia_config.kinds.comp_assignments.spec import Assignment
from ixia_config.kinds.comp_plan.component import Counts, Split
from ixia_config.kinds.comp_plan.component import Credit as Rule
from ixia_config.kinds.comp_plan.credits import EXACT
from ixia_config.kinds.comp_plan.periods import Period, period_of
from ixia_config.kinds.comp_plan.quotas import Contract
from ixia_config.kinds.comp_plan.ready import Version, assigned, quotas, versions
from ixia_config.kinds.comp_plan.rounding import rounded as rounding_of
from ixia_config.kinds.comp_plan.sales import Sale, parts
from ixia_config.kinds.comp_plan.sql_component import Paying
from ixia_config.kinds.comp_plan.sql_credits import Ground, Source
from ixia_config.kinds.comp_plan.sql_limits import limits
from ixia_config.kinds.comp_plan.sql_measures import Moves, ordered
from ixia_config.kinds.comp_plan.sql_moving import moving
from ixia_config.kinds.comp_plan.sql_settled import begun, running, settled
from ixia_config.kinds.comp_plan.sql_terms import Desk
from ixia_config.kinds.comp_plan.sql_words import Refused, Relation, day, number, rows, written
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.policy import Configuration
from ixia_config.rules.dialects import DUCKDB, POSTGRES, SPARK, Dialect
from ixia_config.rules.sql import identifier

DIALECTS = {each.name: each for each in (DUCKDB, POSTGRES, SPARK)}
Form = Literal["totals", "lines"]
LINE = (
    "assignment, person, payout, payout_start, payout_end,"
    " component, what, record, day, credit, amount"
)


@dataclass(frozen=True, slots=True)
class NotInSql:
    """Why a plan cannot be paid in SQL, each reason a sentence."""

    plan: str
    reasons: tuple[str, ...]


def text(
    configuration: Configuration,
    plan: str,
    dialect: Dialect,
    until: Period,
    form: Form = "totals",
) -> str | NotInSql:
    """The SQL of a plan for the payouts that end in a period, from the first assignment on.

    ``lines`` has a row for each amount of a statement, ``totals`` one for each person, payout and
    component; their sum is what is paid. KeyError where there is no such plan.
    """
    known = versions(configuration)[plan]
    people = [each for found in assigned(configuration).values() for each in found]
    mine = [each for each in people if each.plan == plan and each.from_ < until.end]
    if reasons := tuple(dict.fromkeys(limits(known, mine))):
        return NotInSql(plan, reasons)
    try:
        return _Text(configuration, known, tuple(enumerate(mine, 1)), dialect, until).text(form)
    except Refused as refused:
        return NotInSql(plan, (str(refused),))


def split_rows(sale: Sale, split: Split) -> Iterator[tuple[str, str, int, Decimal, Decimal, bool]]:
    """The rows of a record for the table of splits.

    Their columns: record VARCHAR, person VARCHAR, place INTEGER, share DECIMAL(12,8), before
    DECIMAL(12,8) (the shares listed before it), overlay BOOLEAN. A record that is not divided has
    none.
    """
    before = Fraction(0)
    for place, part in enumerate(parts(sale, split, "")):
        share = rounding_of(part.share, 8)
        low = Fraction(0) if part.overlay else before
        yield sale.id, part.person, place, share, rounding_of(low, 8), part.overlay
        before += 0 if part.overlay else part.share


@dataclass(frozen=True)
class _Text:
    """Writes one plan."""

    configuration: Configuration
    known: Sequence[Version]
    people: Sequence[tuple[int, Assignment]]
    dialect: Dialect
    until: Period

    def text(self, form: Form) -> str:
        relations: dict[str, Relation] = {}
        paid: list[str] = []
        for place, version in enumerate(self.known):
            before = f"v{place + 1}_" if len(self.known) > 1 else ""
            for each in self._version(version, before, paid):
                relations.setdefault(each.name, each)
        for each in self._together(paid):
            relations[each.name] = each
        return f"{written(relations.values(), self.dialect)}\n{self._answer(form)}\n"

    def _version(self, version: Version, before: str, paid: list[str]) -> Iterator[Relation]:
        desk = Desk(version, self.people, self.until.end)
        ground = Ground(
            version, catalogue(self.configuration), roster(self.configuration), self.dialect
        )
        moves = _moves(ground, before)
        sources = [*moves.components, *(e for found in moves.towards.values() for e in found)]
        for source in {each.name: each for each in sources}.values():
            yield from source.relations()
        for index, source in enumerate(moves.components):
            calendar = f"{before}calendar_{desk.length(index)}"
            yield Relation(calendar, desk.calendar(desk.length(index), self.dialect))
            paying = Paying(source, desk, index, calendar, moves)
            yield from begun(paying)
            yield from settled(paying) if paying.settled else moving(paying)
            paid.append(f"{source.name}_lines")

    def _together(self, paid: Sequence[str]) -> Iterator[Relation]:
        """The lines of all components, what a cap takes of a payout, and what is carried."""
        every = "\n  UNION ALL\n  ".join(
            f"SELECT {LINE} FROM {identifier(each, self.dialect)}" for each in paid
        )
        spec = self.known[-1].spec
        if spec.rounding.at == "total":
            yield Relation("exact_lines", every)
            every = self._rounded_together()
        yield Relation("earned", every, "what components earn, line by line")
        lines = f"SELECT {LINE} FROM earned"
        if spec.cap is not None:
            yield Relation("most_of_payouts", self._most())
            lines += f"\n  UNION ALL\n  {self._withheld()}"
        yield Relation("lines_before_carrying", lines)
        yield Relation(
            "paid_lines",
            f"SELECT {LINE} FROM lines_before_carrying\n  UNION ALL\n  {self._carried()}",
            "a payout never takes money: what it lacks is carried to the next",
        )

    def _rounded_together(self) -> str:
        rounding = self.known[-1].spec.rounding
        order = f"day, {ordered('record', self.dialect)}, {ordered('component', self.dialect)}"
        amount = running(f"PARTITION BY assignment ORDER BY {order}", rounding.scale, rounding.mode)
        columns = LINE.removesuffix("amount")
        exact = "SELECT *, amount AS exact FROM exact_lines"
        return f"SELECT {columns}{amount} AS amount\n  FROM ({exact}) AS e"

    def _most(self) -> str:
        """The most that each payout pays."""
        version = self.known[-1]
        spec, found = version.spec, []
        for place, assignment in self.people:
            contract = Contract(assignment, version)
            period = period_of(assignment.from_, spec.payout.period, version.year_starts)
            while spec.cap is not None and period.end <= self.until.end:
                share = contract.variable(Fraction(1), period) if spec.cap.share else Fraction(1)
                most = rounding_of(
                    Fraction(spec.cap.value) * share, spec.rounding.scale, spec.rounding.mode
                )
                found.append((str(place), day(period.end), number(most)))
                period = period_of(period.end, spec.payout.period, version.year_starts)
        kind = f"DECIMAL(18,{spec.rounding.scale})"
        return rows([("assignment", "INTEGER"), ("payout_end", "DATE"), ("most", kind)], found)

    def _withheld(self) -> str:
        at = "e.assignment, e.person, e.payout, e.payout_start, e.payout_end"
        return (
            f"SELECT {at}, '', 'cap', '', CAST(NULL AS DATE), NULL, m.most - sum(e.amount)\n"
            "  FROM earned AS e JOIN most_of_payouts AS m\n"
            "    ON m.assignment = e.assignment AND m.payout_end = e.payout_end\n"
            f"  GROUP BY {at}, m.most HAVING sum(e.amount) > m.most"
        )

    def _carried(self) -> str:
        """What is earned below 0 waits for later payouts: paid to date is the most ever earned."""
        at = "assignment, person, payout, payout_start, payout_end"
        window = "PARTITION BY assignment ORDER BY payout_end"
        run = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
        return (
            f"SELECT {at}, '', 'carried forward', '', CAST(NULL AS DATE), NULL, added\n  FROM (\n"
            f"  SELECT *, owed - COALESCE(lag(owed) OVER ({window}), 0) AS added\n  FROM (\n"
            f"  SELECT *, max(CASE WHEN earned > 0 THEN earned ELSE 0 END) OVER ({window} {run})"
            " - earned AS owed\n  FROM (\n"
            f"  SELECT *, sum(amount) OVER ({window} {run}) AS earned\n  FROM (\n"
            f"  SELECT {at}, sum(amount) AS amount FROM lines_before_carrying GROUP BY {at}\n"
            "  ) AS a ) AS b ) AS c ) AS d WHERE added <> 0"
        )

    def _answer(self, form: Form) -> str:
        within = f"WHERE payout_end > {day(self.until.start)}"
        if form == "lines":
            return (
                f"SELECT {LINE}\nFROM paid_lines\n{within}\n"
                "ORDER BY payout_end, person, assignment, component, what, day, record"
            )
        kind = f"DECIMAL(18,{self.known[-1].spec.rounding.scale})"
        return (
            f"SELECT person, payout, component, CAST(sum(amount) AS {kind}) AS amount\n"
            f"FROM paid_lines\n{within}\nGROUP BY person, payout, payout_end, component\n"
            "ORDER BY payout_end, person, component"
        )


def _moves(ground: Ground, before: str) -> Moves:
    """Every credit rule of a version, and the measures that each counts towards."""
    spec, found = ground.version.spec, list[Source]()
    for index, component in enumerate(spec.components):
        units = component.type == "mbo" or (component.rates and component.rates.basis == "units")
        path, scale = ("components", index, "credit"), EXACT if units else spec.rounding.scale
        found.append(Source(ground, path, component.credit, f"{before}{component.key}", scale))
    towards: dict[str, list[Source]] = {}
    for root, quota in quotas(spec):
        if quota.counts is not None:
            towards[quota.measure] = [
                _counts(ground, (*root, "counts", n), each, f"{before}{quota.measure}_{n + 1}")
                for n, each in enumerate(quota.counts)
            ]
            continue
        main = spec.quota.measure if spec.quota else ""
        for source, component in zip(found, spec.components, strict=True):
            money = source.scale != EXACT or component.measure is not None
            if money and (component.measure or main) == quota.measure:
                towards.setdefault(quota.measure, []).append(source)
    return Moves(tuple(found), towards, ground.dialect)


def _counts(ground: Ground, path: tuple[str | int, ...], counts: Counts, name: str) -> Source:
    rule = Rule(**{field: getattr(counts, field) for field in Counts.model_fields})
    return Source(ground, path, rule, f"{name}_counts", ground.version.spec.rounding.scale)


__all__ = ["DIALECTS", "Form", "NotInSql", "split_rows", "text"]
