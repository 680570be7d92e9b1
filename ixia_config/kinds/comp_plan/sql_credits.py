"""Crediting in SQL: from the records of a type to each person's amount of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ixia_config.kinds.comp_plan.component import Credit as Rule
from ixia_config.kinds.comp_plan.component import MultiYear, Rollup, SplitRole
from ixia_config.kinds.comp_plan.ready import Version
from ixia_config.kinds.comp_plan.sql_words import (
    WIDEST,
    Refused,
    Relation,
    day,
    money,
    number,
    one_of,
    rounded,
    rows,
    text,
    width,
)
from ixia_config.kinds.directory.decide import Roster
from ixia_config.model import Path
from ixia_config.rules import Catalogue, Field, FieldType
from ixia_config.rules.dialects import DIGITS, Dialect
from ixia_config.rules.sql import NotPortable, emit, identifier

_NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.PERCENT)
_WORDS = (FieldType.TEXT, FieldType.PERSON, FieldType.CHOICE)


@dataclass(frozen=True)
class Ground:
    """What a plan's SQL stands on: one version, the fields of records, people, a dialect."""

    version: Version
    known: Catalogue
    people: Roster
    dialect: Dialect

    def column(self, record: str, path: str, *types: FieldType) -> str:
        """The quoted column of a field of one of these types."""
        found = self.field(record, path)
        if found is None or found.type not in types:
            wanted = " or ".join(each.value for each in types)
            raise Refused(f"the field {record}.{path} is not declared as {wanted}")
        return identifier(path, self.dialect)

    def field(self, record: str, path: str) -> Field | None:
        """The declaration of a field, also of a related record."""
        first, _, rest = path.partition(".")
        found = self.known.records.get(record, {}).get(first)
        return self.field(found.to or "", rest) if found and rest else found

    def date(self, record: str, path: str) -> str:
        """The date in a field."""
        column = self.column(record, path, FieldType.DATE, FieldType.DATETIME)
        field = self.field(record, path)
        moment = field is not None and field.type is FieldType.DATETIME
        return f"CAST({column} AS DATE)" if moment else column

    def person(self, record: str, path: str) -> str:
        """The address in a field, in lower case."""
        return f"lower({self.column(record, path, *_WORDS)})"

    def condition(self, path: Path) -> str:
        """A condition of the plan; empty where there is none."""
        typed = self.version.conditions.get(path)
        if typed is None:
            return ""
        if typed.clocked:
            raise Refused(f"the condition {typed.text!r} reads the clock, which differs by record")
        sql = emit(typed, self.dialect, where=True)
        if isinstance(sql, NotPortable):
            raise Refused(f"the condition {typed.text!r}: {sql.reason}")
        return sql


@dataclass(frozen=True, eq=False)
class Source:
    """One credit rule as SQL: of a component, or of what counts towards a quota."""

    ground: Ground
    path: Path
    rule: Rule
    name: str
    scale: int

    @property
    def day(self) -> str:
        """The field with the date of the credit."""
        spec = self.ground.version.spec
        return self.rule.date or spec.credit.date or spec.governed_by

    @property
    def result(self) -> str:
        """The name of the relation with record, person, day and credit."""
        return f"{self.name}_credits"

    def relations(self) -> Iterator[Relation]:
        """The steps up to the credits."""
        owner = self.rule.person or self.ground.version.spec.credit.person
        split, rollup = self.rule.split, self.rule.rollup
        if split is None and rollup is None:
            person = self.ground.person(self.rule.object, owner)
            body = self._worth(f"{person} AS person", "credit", f"{person} <> ''")
            yield Relation(self.result, body)
            return
        if split is None:
            split_name, given = f"{self.name}_credits_direct", self._owned(owner)
            yield Relation(split_name, given)
            merge = True
        elif split.field is not None:
            split_name, merge = f"{self.name}_parts", True
            yield from self._listed(owner)
        else:
            split_name, merge = f"{self.name}_parts", len(split.roles) > 1
            yield from self._by_role(split.roles)
        if rollup is not None:
            yield from self._rolled(rollup, split_name)
            split_name, merge = f"{self.name}_rolled", True
        yield Relation(self.result, self._merged(split_name, merge=merge))

    def _owned(self, owner: str) -> str:
        person = self.ground.person(self.rule.object, owner)
        return self._worth(f"{person} AS person", "credit", f"{person} <> ''")

    def _merged(self, source: str, *, merge: bool) -> str:
        """Somebody with several parts of a record has one credit."""
        name = identifier(source, self.ground.dialect)
        if not merge:
            return f"SELECT record, person, day, credit FROM {name}"
        return (
            f"SELECT record, person, day, CAST(sum(credit) AS {money(self.scale)}) AS credit\n"
            f"  FROM {name}\n  GROUP BY record, person, day"
        )

    def _worth(self, who: str, called: str, *tests: str) -> str:
        """What each record that counts is worth, with more columns and tests."""
        ground, rule, kind = self.ground, self.rule, money(self.scale)
        worth = self.worth()
        whole = rounded("worth", self.scale, ground.version.spec.rounding.mode)
        columns = ", ".join(part.rpartition(" AS ")[2] for part in who.split(", "))
        tested = "\n    AND ".join([*self._tests(), *tests])
        return (
            f"SELECT record, {columns}, day, CAST({whole} AS {kind}) AS {called}\n  FROM (\n"
            f"  SELECT {identifier('id', ground.dialect)} AS record, {who},\n"
            f"    {ground.date(rule.object, self.day)} AS day,\n    {worth} AS worth\n"
            f"  FROM {identifier(rule.object, ground.dialect)}\n  WHERE {tested}\n"
            "  ) AS w\n  WHERE worth IS NOT NULL"
        )

    def _tests(self) -> Iterator[str]:
        """Governed by this version, dated, and the condition of the rule."""
        ground, version = self.ground, self.ground.version
        governed = ground.date(self.rule.object, version.spec.governed_by)
        first, last = version.span
        yield f"{governed} IS NOT NULL"
        if first != date.min:
            yield f"{governed} >= {day(first)}"
        if last != date.max:
            yield f"{governed} < {day(last)}"
        if self.day != version.spec.governed_by:
            yield f"{ground.date(self.rule.object, self.day)} IS NOT NULL"
        if condition := ground.condition((*self.path, "when")):
            yield condition

    def _check_width(self) -> None:
        """Refused where a product of factors and a rate may need more digits than there are."""
        rule, spec = self.rule, self.ground.version.spec
        factors = max((width(Fraction(each.factor)) for each in rule.multipliers), default=0)
        rates = max((width(Fraction(each.rate)) for each in spec.fx.rates), default=0)
        kicker = width(Fraction(rule.multi_year.kicker)) + 2 if rule.multi_year else 0
        if (needed := 20 + factors + rates + kicker) > WIDEST - 2:
            raise Refused(
                f"{needed} digits may be needed for a credit, and databases have {WIDEST}"
            )

    def worth(self) -> str:
        """The exact amount of a record in the currency of the plan; NULL where it has none."""
        rule, ground = self.rule, self.ground
        self._check_width()
        if rule.amount is None:
            return "1"
        amount = ground.column(rule.object, rule.amount, *_NUMBERS)
        field = ground.field(rule.object, rule.amount)
        if field is not None and (
            rule.multi_year or rule.multipliers or ground.version.spec.fx.rates
        ):
            # DuckDB calculates up to 18 digits in 64 bits, and a product soon has more.
            amount = f"CAST({amount} AS DECIMAL(20,{DIGITS[field.type][1]}))"
        if rule.multi_year is not None:
            amount = self._years(rule.multi_year, amount)
        cases = [
            (ground.condition((*self.path, "multipliers", n, "when")), number(each.factor))
            for n, each in enumerate(rule.multipliers)
        ]
        factor = one_of(cases, "1")
        return self._converted(amount if factor == "1" else f"{amount} * {factor}")

    def _years(self, rule: MultiYear, amount: str) -> str:
        if rule.basis == "acv_average":
            raise Refused("the average year of a contract (acv_average) needs a division")
        counted = amount
        if rule.basis == "first_year" and rule.first_year:
            first = self.ground.column(self.rule.object, rule.first_year, *_NUMBERS)
            counted = f"COALESCE({first}, {amount})"
        if not rule.kicker or not rule.months:
            return f"CASE WHEN {amount} IS NOT NULL THEN {counted} END"
        months = self.ground.column(self.rule.object, rule.months, FieldType.INTEGER)
        whole = self.ground.dialect.integer_division.format(months, 12)
        more = f"CASE WHEN {months} >= 24 THEN 1 + {number(rule.kicker)} * ({whole} - 1) ELSE 1 END"
        return f"CASE WHEN {amount} IS NOT NULL THEN {counted} * {more} END"

    def _converted(self, amount: str) -> str:
        """The amount at the rate of its currency and day; NULL where there is none."""
        fx, record = self.ground.version.spec.fx, self.rule.object
        field = self.ground.field(record, fx.currency)
        if field is None or field.type not in _WORDS:
            return amount
        if fx.rates and fx.quote == "per_plan_unit":
            raise Refused("rates quoted per_plan_unit need a division: quote them per_foreign_unit")
        column = self.ground.column(record, fx.currency, *_WORDS)
        when = self.ground.date(record, fx.date or self.day)
        currency = text(self.ground.version.spec.currency, self.ground.dialect)
        cases = [(f"{column} IS NULL OR {column} = {currency}", "1")]
        for rate in sorted(fx.rates, key=lambda each: each.from_, reverse=True):
            its = f"{column} = {text(rate.currency, self.ground.dialect)}"
            cases.append((f"{its} AND {when} >= {day(rate.from_)}", number(rate.rate)))
        return f"{amount} * {one_of(cases, 'NULL')}"

    def _by_role(self, roles: tuple[SplitRole, ...]) -> Iterator[Relation]:
        """A record divided among roles; who is missing has no part."""
        named = [
            (n, role, self.ground.person(self.rule.object, role.field))
            for n, role in enumerate(roles)
        ]
        who = ", ".join(f"{person} AS person_{n}" for n, _, person in named)
        yield Relation(f"{self.name}_worth", self._worth(who, "whole"))
        worth = identifier(f"{self.name}_worth", self.ground.dialect)
        parts, above = [], list[str]()
        for n, role, _ in named:
            present = f"person_{n} <> ''"
            share = number(role.share)
            before = " + ".join(above) or "0"
            if not role.overlay:
                above.append(f"CASE WHEN {present} THEN {share} ELSE 0 END")
            low = "0" if role.overlay else before
            parts.append(
                f"SELECT record, person_{n} AS person, day, whole, {n} AS place,\n"
                f"    {share} AS share, {low} AS before,"
                f" {'TRUE' if role.overlay else 'FALSE'} AS overlay\n"
                f"  FROM {worth} WHERE {present}"
            )
        yield Relation(f"{self.name}_shares", "\n  UNION ALL\n  ".join(parts))
        yield Relation(f"{self.name}_parts", self._apportioned())

    def _listed(self, owner: str) -> Iterator[Relation]:
        """A record divided as its rows in the relation of splits say; or else all to its owner."""
        dialect = self.ground.dialect
        person = self.ground.person(self.rule.object, owner)
        yield Relation(f"{self.name}_worth", self._worth(f"{person} AS owner", "whole"))
        worth = identifier(f"{self.name}_worth", dialect)
        splits = identifier(f"{self.rule.object}_splits", dialect)
        yield Relation(
            f"{self.name}_shares",
            f"SELECT w.record, s.person, w.day, w.whole, s.place, s.share, s.before, s.overlay\n"
            f"  FROM {worth} AS w JOIN {splits} AS s ON s.record = w.record\n"
            f"  UNION ALL\n"
            f"  SELECT record, owner, day, whole, 0, 1, 0, FALSE FROM {worth} AS w\n"
            "  WHERE owner <> ''\n"
            f"    AND NOT EXISTS (SELECT 1 FROM {splits} AS s WHERE s.record = w.record)",
        )
        yield Relation(f"{self.name}_parts", self._apportioned())

    def _apportioned(self) -> str:
        """Each person's part: shares of the whole add up to it, overlays stand by themselves."""
        rounding = self.ground.version.spec.rounding
        shares = identifier(f"{self.name}_shares", self.ground.dialect)
        kind = money(self.scale)
        if rounding.residue == "largest_remainder":
            return self._by_remainder(shares)
        whole = f"CAST(whole AS DECIMAL(20,{self.scale}))"
        low = rounded(f"({whole} * before)", self.scale, rounding.mode)
        high = rounded(f"({whole} * (before + share))", self.scale, rounding.mode)
        return (
            f"SELECT record, person, day, CAST({high} - {low} AS {kind}) AS credit\n  FROM {shares}"
        )

    def _by_remainder(self, shares: str) -> str:
        """Rounded down, with the odd cents to the largest rests."""
        rounding, unit = self.ground.version.spec.rounding, 10**self.scale
        alone = rounded("exact", self.scale, rounding.mode)
        wide, whole = f"{alone} * {unit}", f"CAST(whole AS DECIMAL(20,{self.scale}))"
        return (
            "SELECT record, person, day, CAST(CASE WHEN overlay THEN "
            f"{wide} WHEN rank <= odd THEN low + 1 ELSE low END * {number(Fraction(1, unit))} "
            f"AS {money(self.scale)}) AS credit\n  FROM (\n"
            "    SELECT *, row_number() OVER (PARTITION BY record, overlay ORDER BY "
            "low - units, place) AS rank,\n"
            f"      {rounded('total', 0, rounding.mode)} - lows AS odd\n    FROM (\n"
            "      SELECT *, sum(units) OVER (PARTITION BY record, overlay) AS total,\n"
            "        sum(low) OVER (PARTITION BY record, overlay) AS lows\n      FROM (\n"
            f"        SELECT *, {whole} * share AS exact, {whole} * share * {unit} AS units,\n"
            f"          floor({whole} * share * {unit}) AS low\n        FROM {shares}\n"
            "      ) AS a\n    ) AS b\n  ) AS c"
        )

    def _rolled(self, rollup: Rollup, source: str) -> Iterator[Relation]:
        """What managers are credited for the people below them."""
        dialect = self.ground.dialect
        above = managers(self.ground.people, rollup.levels)
        people = [[text(one, dialect), text(other, dialect)] for one, other in above]
        word = "STRING" if dialect.name == "spark" else "VARCHAR"
        yield Relation(f"{self.name}_managers", rows([("person", word), ("manager", word)], people))
        share = rounded(
            f"(CAST(credit AS DECIMAL(20,{self.scale})) * {number(rollup.share)})",
            self.scale,
            self.ground.version.spec.rounding.mode,
        )
        yield Relation(
            f"{self.name}_rolled",
            f"SELECT c.record, m.manager AS person, c.day,\n"
            f"    CAST({share} AS {money(self.scale)}) AS credit\n"
            f"  FROM {identifier(source, dialect)} AS c\n"
            f"  JOIN {identifier(f'{self.name}_managers', dialect)} AS m ON m.person = c.person",
        )


def managers(people: Roster, levels: int | None) -> Iterator[tuple[str, str]]:
    """Everybody with each manager above, as crediting walks up."""
    links: Mapping[str, str] = people.managers
    for person in sorted(links):
        seen, manager = {person}, links.get(person, "")
        while manager and manager not in seen and (levels is None or len(seen) <= levels):
            yield person, manager
            seen.add(manager)
            manager = links.get(manager, "")
