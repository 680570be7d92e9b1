"""One record through 500 rules, next to zen-engine with a tenth of them."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import zen

from benchmarks import Row
from ixia_config.rules import Catalogue, Field, FieldType, read
from ixia_config.rules.index import RuleIndex, index

_REGIONS = tuple(f"R{n}" for n in range(12))
_INDUSTRIES = tuple(f"I{n}" for n in range(20))
_FIELDS = {
    "region": Field(FieldType.CHOICE, _REGIONS),
    "industry": Field(FieldType.CHOICE, _INDUSTRIES),
    "country": Field(FieldType.TEXT),
    "source": Field(FieldType.TEXT),
    "vip": Field(FieldType.BOOLEAN),
    "employees": Field(FieldType.INTEGER),
    "score": Field(FieldType.INTEGER),
    "amount": Field(FieldType.MONEY),
    "discount": Field(FieldType.PERCENT),
    "seats": Field(FieldType.INTEGER),
    "product": Field(FieldType.CHOICE, ("Basic", "Pro", "Max")),
    "tier": Field(FieldType.TEXT),
}
_CATALOGUE = Catalogue({"lead": _FIELDS})
_RECORDS, _ALL, _TENTH = 1_000, 500, 50

Record = Mapping[str, Any]
Cells = Mapping[str, str]


def _rule(r: random.Random) -> Cells:
    """A rule as the cells of a decision table: tests for five fields, as people order them."""
    regions = ", ".join(f'"{each}"' for each in r.sample(_REGIONS, 2))
    cells = {
        "region": f"in [{regions}]",
        "industry": f'== "{r.choice(_INDUSTRIES)}"',
        "country": f'== "C{r.randrange(40)}"',
        "employees": f">= {r.randrange(1, 100) * 50}",
        "score": f"< {r.randrange(1, 20) * 5}",
        "amount": f">= {r.randrange(1, 50) * 1000}",
        "seats": f">= {r.randrange(1, 30)}",
        "product": f'== "{r.choice(("Basic", "Pro", "Max"))}"',
    }
    chosen = r.sample(sorted(cells), 5)
    return {name: cells[name] for name in cells if name in chosen}


def _records(r: random.Random) -> list[Record]:
    return [
        {
            "region": r.choice(_REGIONS),
            "industry": r.choice(_INDUSTRIES),
            "country": f"C{r.randrange(40)}",
            "source": "web",
            "vip": False,
            "employees": r.randrange(5_000),
            "score": r.randrange(100),
            "amount": Decimal(r.randrange(50_000)),
            "discount": Decimal("0.1"),
            "seats": r.randrange(30),
            "product": r.choice(("Basic", "Pro", "Max")),
            "tier": "A",
        }
        for _ in range(_RECORDS)
    ]


def _ours(rules: list[Cells]) -> RuleIndex:
    typed = []
    for cells in rules:
        text = " && ".join(f"{name} {test}" for name, test in cells.items())
        condition, problems = read(text, _CATALOGUE, "lead")
        if condition is None:
            raise RuntimeError(f"{text}: {problems[0].diagnostic}")
        typed.append(condition)
    return index(typed)


def _zen(rules: list[Cells]) -> zen.Expression:
    """One compiled expression; its decision table takes ten times as long for the same rules."""
    tests = (" and ".join(f"{name} {test}" for name, test in cells.items()) for cells in rules)
    cases = "".join(f"({test}) ? {number} : " for number, test in enumerate(tests))
    return zen.compile_expression(f"{cases}-1")


def _seconds(route: Callable[[Any], object], records: list[Any]) -> float:
    start = time.perf_counter()
    for record in records:
        route(record)
    return time.perf_counter() - start


def run() -> Iterator[Row]:
    """Both answer every record; on the tenth of the rules they must agree."""
    r = random.Random(3)
    rules, records = [_rule(r) for _ in range(_ALL)], _records(r)
    plain = [{**record, "amount": int(record["amount"]), "discount": 0.1} for record in records]
    zens, small, large = _zen(rules[:_TENTH]), _ours(rules[:_TENTH]), _ours(rules)
    for record, given in zip(records, plain, strict=True):
        found = small.first(record)
        if zens.evaluate(given) != (-1 if found is None else found):
            raise RuntimeError(f"zen-engine says {zens.evaluate(given)}, we say {found}: {given}")
    note = f"{_RECORDS:,} records; zen-engine has {_TENTH} of the {_ALL} rules"
    pairs = [(_seconds(large.first, records), _seconds(zens.evaluate, plain)) for _ in range(40)]
    ours, theirs = (min(column) for column in zip(*pairs, strict=True))
    yield Row("route through 500 rules", ours, "zen-engine", theirs, note)
