"""A record so small that every one can be listed, and rules about it."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from random import Random

from ixia_config.rules import Catalogue, Field, FieldType, read
from ixia_config.rules.analysis import Domain, Rule

REGIONS = ("AMER", "EMEA")
CATALOGUE = Catalogue(
    {
        "deal": {
            "region": Field(FieldType.CHOICE, REGIONS),
            "vip": Field(FieldType.BOOLEAN),
            "seats": Field(FieldType.INTEGER),
            "cost": Field(FieldType.INTEGER),
            "rate": Field(FieldType.PERCENT),
            "closes": Field(FieldType.DATE),
            "tags": Field(FieldType.CHOICES, ("a", "b")),
            "account": Field(FieldType.REFERENCE, to="company"),
        },
        "company": {
            "segment": Field(FieldType.CHOICE, ("smb", "ent")),
            "rank": Field(FieldType.INTEGER),
        },
    }
)
DAYS = tuple(date(2026, 1, 1) + timedelta(n) for n in range(3))
DOMAIN = Domain(
    minimum={"seats": 0, "cost": 0, "rate": Decimal(0), "closes": DAYS[0], "account.rank": 0},
    maximum={"seats": 3, "cost": 1, "rate": Decimal("0.02"), "closes": DAYS[-1], "account.rank": 1},
    scales={"rate": 2},
)
VALUES = {
    "region": (None, *REGIONS),
    "vip": (None, True, False),
    "seats": (None, 0, 1, 2, 3),
    "cost": (None, 0, 1),
    "rate": (None, *map(Decimal, ("0", "0.01", "0.02"))),
    "closes": (None, *DAYS),
    "tags": (None, ("a",), ("b",), ("a", "b")),
    "account": (
        None,
        *(
            {"segment": segment, "rank": rank}
            for segment in (None, "smb", "ent")
            for rank in (None, 0, 1)
        ),
    ),
}


def typed(text):
    found, problems = read(text, CATALOGUE, "deal")
    assert found, [str(problem.diagnostic) for problem in problems]
    return found


def records(fields, domain=DOMAIN):
    """Every record with values for these fields, within the domain."""
    chosen = sorted(fields)
    for values in product(*(VALUES[name] for name in chosen)):
        record = {**dict.fromkeys(VALUES), **dict(zip(chosen, values, strict=True))}
        if all(each.evaluate(record) for each in domain.given) and present(record, domain):
            yield record


def present(record, domain):
    """Whether every required field has a value."""
    for name in domain.required:
        first, _, rest = name.partition(".")
        if rest and record[first] is not None and record[first][rest] is None:
            return False
        if not rest and record[first] is None:
            return False
    return True


class SmallMaker:
    """Makes conditions on a few fields of the small record."""

    def __init__(self, r: Random, *, mixed: bool = False) -> None:
        self.r = r
        self.fields = sorted(r.sample(sorted(VALUES), 3))
        self.mixed = mixed

    def condition(self, depth: int = 2) -> str:
        kind = self.r.randrange(6)
        if depth <= 0 or kind < 3:
            return self.test(self.r.choice(self.fields))
        if kind == 3:
            return f"!({self.condition(depth - 1)})"
        operator = self.r.choice((" && ", " || "))
        parts = [self.condition(depth - 1) for _ in range(self.r.randint(2, 3))]
        return "(" + operator.join(parts) + ")"

    def test(self, name: str) -> str:
        pick, order = self.r.choice, self.r.choice(("<", "<=", ">", ">=", "==", "!="))
        if self.r.random() < 0.15:
            return f"known({name})"
        if self.mixed and self.r.random() < 0.3:
            return self.across(order)
        match name:
            case "region":
                return pick(
                    (f'region {pick(("==", "!="))} "{pick(REGIONS)}"', 'region in ["EMEA"]')
                )
            case "vip":
                return pick(("vip", "!vip", "vip == false", "(vip) == (known(vip))"))
            case "tags":
                return pick(('"a" in tags', '"b" in tags', "size(tags) >= 2", "size(tags) == 1"))
            case "rate":
                return f"rate {order} {self.r.randrange(3)}%"
            case "closes":
                return f'closes {order} date("{pick(DAYS)}")'
            case "account":
                segment = f'account.segment == "{pick(("smb", "ent"))}"'
                return pick((segment, f"account.rank {order} 1", "known(account.rank)"))
            case _:
                return f"{name} {order} {self.r.randrange(4 if name == 'seats' else 2)}"

    def across(self, order: str) -> str:
        """A test of two fields at once."""
        if not {"seats", "cost"} <= set(self.fields):
            self.fields = sorted({*self.fields[:1], "seats", "cost"})
        right = self.r.randrange(4)
        return self.r.choice((f"seats {order} cost", f"seats + cost {order} {right}"))

    def rules(self, count: int) -> list[Rule]:
        """Rules that say one of three things."""
        return [Rule(f"r{n}", typed(self.condition()), self.r.randrange(3)) for n in range(count)]

    def domain(self) -> Domain:
        """Some fields are required, sometimes something is given."""
        names = [name for name in self.fields if self.r.random() < 0.3]
        names += ["account.rank"] * (self.r.random() < 0.3)
        given = (typed(self.condition(1)),) if self.r.random() < 0.2 else ()
        parts = (DOMAIN.minimum, DOMAIN.maximum, DOMAIN.scales)
        return Domain(frozenset(names), *parts, given)
