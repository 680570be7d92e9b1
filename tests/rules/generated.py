"""Conditions and records made from a source of randomness: hypothesis's own, or a fixed seed.

Constants and values are drawn from the same small pools, so that equalities and boundaries are hit.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from ixia_config.rules import Catalogue, Field, FieldType

REGIONS = ("AMER", "EMEA", "APAC")
COMPANY = {
    "name": Field(FieldType.TEXT),
    "segment": Field(FieldType.CHOICE, ("smb", "enterprise")),
    "revenue": Field(FieldType.MONEY),
    "since": Field(FieldType.DATE),
    "parent": Field(FieldType.REFERENCE, to="company"),
}
DEAL = {
    "amount": Field(FieldType.MONEY),
    "cost": Field(FieldType.MONEY),
    "discount": Field(FieldType.PERCENT),
    "margin": Field(FieldType.PERCENT),
    "employees": Field(FieldType.INTEGER),
    "seats": Field(FieldType.INTEGER),
    "ratio": Field(FieldType.DECIMAL),
    "region": Field(FieldType.CHOICE, REGIONS),
    "territory": Field(FieldType.CHOICE, REGIONS),
    "regions": Field(FieldType.CHOICES, REGIONS),
    "pain": Field(FieldType.TEXT),
    "domain": Field(FieldType.TEXT),
    "owner": Field(FieldType.PERSON),
    "vip": Field(FieldType.BOOLEAN),
    "won": Field(FieldType.BOOLEAN),
    "close_date": Field(FieldType.DATE),
    "signed": Field(FieldType.DATE),
    "entered": Field(FieldType.DATETIME),
    "created": Field(FieldType.DATETIME),
    "age": Field(FieldType.DURATION),
    "account": Field(FieldType.REFERENCE, to="company"),
}
TEXTS = (
    *("Acme", "acme", "acme.com", "ACME.COM", ".com", "a", "EMEA", "smb"),
    *("Ünïcode", "ß", "SS", "İ", "\u03b9", "é", "e\u0301", "👩‍👩‍👧", "日本", "%", "_", "a_b"),
    *('quote"', "it's", "back\\slash", "new\nline", "{braces}", "true", "10%", "  ", "\u00a0"),
)
CATALOGUE = Catalogue(
    {"deal": DEAL, "company": COMPANY},
    {"lists/names.csv": {"domain": TEXTS[:6], "region": ("EMEA", "APAC")}},
)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
INTEGERS = (-1, 0, 1, 2, 10, 20, 21, 999, 1000, 50_000)
DECIMALS = tuple(map(Decimal, ("-1.5", "0", "0.1", "0.10", "0.5", "1.10", "20", "999.99", "50000")))
PERCENTS = tuple(map(Decimal, ("0", "0.1", "0.10", "0.125", "0.2", "0.5", "1", "-0.05")))
DATES = (date(1, 1, 1), date(2024, 2, 29), date(2026, 11, 23), date(2026, 12, 23), date.max)
INSTANTS = (
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC),
    datetime(2026, 11, 2, 9, tzinfo=UTC),
    NOW,
    datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
)
DURATIONS = (timedelta(0), timedelta(minutes=90), timedelta(days=21), timedelta(days=30))


def quoted(text: str) -> str:
    for plain, escape in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n")):
        text = text.replace(plain, escape)
    return f'"{text}"'


def percentage(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}%"


FAMILIES = ("_number", "_money", "_percent", "_date", "_instant", "_duration")


@dataclass(frozen=True)
class Pools:
    """Where constants and values come from."""

    decimals: tuple[Decimal, ...] = DECIMALS
    percents: tuple[Decimal, ...] = PERCENTS
    dates: tuple[date, ...] = DATES
    instants: tuple[datetime, ...] = INSTANTS


class Maker:
    """Makes conditions that the checker accepts, and normalised records."""

    def __init__(self, r: Random, pools: Pools | None = None) -> None:
        self.r = r
        self.pools = pools or Pools()

    def condition(self, depth: int = 3) -> str:
        """A condition that the checker accepts."""
        if depth <= 0:
            return self.r.choice((self._plain_test, self._ordered))(0)
        kind = self.r.randrange(12)
        if kind < 4:
            operator = self.r.choice((" && ", " || "))
            parts = [self.condition(depth - 1) for _ in range(self.r.randint(2, 4))]
            return "(" + operator.join(parts) + ")"
        if kind < 6:
            return f"!({self.condition(depth - 1)})"
        return self.r.choice(
            (self._ordered, self._equal, self._member, self._text_test, self._plain_test)
        )(depth - 1)

    def _plain_test(self, _: int) -> str:
        known = f"known({self.r.choice((*DEAL, 'account.name', 'account.parent.revenue'))})"
        return self.r.choice((known, "vip", "won", "vip == true", "won != vip", "vip == false"))

    def _ordered(self, depth: int) -> str:
        side = getattr(self, self.r.choice(FAMILIES))
        operator = self.r.choice(("<", "<=", ">", ">="))
        return f"({side(depth)} {operator} {side(depth)})"

    def _equal(self, depth: int) -> str:
        operator = self.r.choice(("==", "!="))
        if self.r.random() < 0.2:
            left, right = self.r.choice(
                (("region", "territory"), ("region", quoted(self.r.choice(REGIONS))))
            )
        elif self.r.random() < 0.1 and depth > 0:
            left, right = (f"({self.condition(depth - 1)})" for _ in range(2))
        else:
            side = getattr(self, self.r.choice((*FAMILIES, "_text")))
            left, right = side(depth), side(depth)
        return f"({left} {operator} {right})"

    def _member(self, depth: int) -> str:
        kind = self.r.randrange(5)
        if kind == 0:
            return f"({quoted(self.r.choice(REGIONS))} in regions)"
        if kind == 1:
            return f"({self.r.choice(('region', 'territory'))} in regions)"
        if kind == 2:
            return f'({self._text(depth)} in list("lists/names.csv", "domain"))'
        side = getattr(self, self.r.choice((*FAMILIES, "_text")))
        return f"({side(depth)} in [{', '.join(side(0) for _ in range(self.r.randint(1, 4)))}])"

    def _text_test(self, depth: int) -> str:
        function = self.r.choice(("startsWith", "endsWith", "contains"))
        return f"{self._text(depth)}.{function}({self._text(0)})"

    def _text(self, _: int) -> str:
        plain = ("pain", "domain", "owner", "account.name", "account.parent.name", "lower(domain)")
        return self.r.choice(
            (*plain, quoted(self.r.choice(TEXTS)), f"lower({quoted(self.r.choice(TEXTS))})")
        )

    def _number(self, depth: int) -> str:
        if depth > 0 and self.r.random() < 0.4:
            return self._arithmetic(depth, self._number, self._number)
        constants = [str(abs(each)) for each in (*INTEGERS, *self.pools.decimals)]
        gaps = (
            'div(ratio, seats, 2, "half_up")',
            'div(ratio, employees, 0, "half_even")',
            "days_between(close_date, signed)",
            "days_between(entered, now)",
        )
        fields = ("employees", "seats", "ratio", "-employees", "size(pain)", "size(regions)", *gaps)
        return self.r.choice((*fields, *constants, f"-{self.r.choice(constants)}"))

    def _money(self, depth: int) -> str:
        if depth > 0 and self.r.random() < 0.5:
            right = self.r.choice((self._number, self._percent))
            return self.r.choice(
                (
                    f"({self._money(depth - 1)} * {right(depth - 1)})",
                    f"({self._money(depth - 1)} {self.r.choice('+-')} {self._money(depth - 1)})",
                )
            )
        return self.r.choice(("amount", "cost", "account.revenue", "account.parent.revenue"))

    def _percent(self, depth: int) -> str:
        if depth > 0 and self.r.random() < 0.4:
            return self._arithmetic(depth, self._percent, self._percent)
        constants = [percentage(abs(share)) for share in self.pools.percents]
        return self.r.choice(("discount", "margin", "-discount", *constants))

    def _arithmetic(self, depth: int, left, right) -> str:
        return f"({left(depth - 1)} {self.r.choice('+-*')} {right(depth - 1)})"

    def _date(self, depth: int) -> str:
        if depth > 0 and self.r.random() < 0.3:
            sign, days = self.r.choice("+-"), self.r.choice((0, 1, 30))
            return f'({self._date(depth - 1)} {sign} duration("{days} days"))'
        return self.r.choice(
            (
                "close_date",
                "signed",
                "today",
                "account.since",
                f'date("{self.r.choice(self.pools.dates)}")',
            )
        )

    def _instant(self, depth: int) -> str:
        if depth > 0 and self.r.random() < 0.3:
            return f"({self._instant(depth - 1)} {self.r.choice('+-')} {self._duration(0)})"
        written = f'datetime("{self.r.choice(self.pools.instants).isoformat()}")'
        return self.r.choice(("entered", "created", "now", written))

    def _duration(self, depth: int) -> str:
        if depth > 0 and self.r.random() < 0.4:
            pair = self.r.choice((self._date, self._instant, self._duration))
            return f"({pair(0)} - {pair(0)})"
        return self.r.choice(
            ("age", 'duration("21 days")', 'duration("90 minutes")', 'duration("1h30m")')
        )

    def record(self, fields=DEAL, empty: float = 0.25, deep: int = 2) -> dict:
        """A normalised record; ``empty`` is the share of fields without a value."""
        return {name: self._value(field, empty, deep) for name, field in fields.items()}

    def _value(self, field: Field, empty: float, deep: int):
        if self.r.random() < empty:
            return None
        match field.type:
            case FieldType.CHOICE:
                return self.r.choice(field.choices)
            case FieldType.CHOICES:
                return tuple(self.r.sample(field.choices, self.r.randint(1, len(field.choices))))
            case FieldType.REFERENCE:
                return self.record(COMPANY, empty, deep - 1) if deep > 0 else None
            case _:
                return self.r.choice(self._pool(field.type))

    def _pool(self, of: FieldType) -> tuple:
        return {
            FieldType.TEXT: TEXTS,
            FieldType.PERSON: ("ana@acme.example", *TEXTS[:4]),
            FieldType.INTEGER: INTEGERS,
            FieldType.DECIMAL: self.pools.decimals,
            FieldType.MONEY: self.pools.decimals,
            FieldType.PERCENT: self.pools.percents,
            FieldType.BOOLEAN: (True, False),
            FieldType.DATE: self.pools.dates,
            FieldType.DATETIME: self.pools.instants,
            FieldType.DURATION: DURATIONS,
        }[of]
