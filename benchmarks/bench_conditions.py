"""One five-term condition, next to the lambda that a programmer would write for it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from benchmarks import Row
from ixia_config.rules import Catalogue, Field, FieldType, compile_python, read

_TEXT = (
    'region in ["EMEA", "APAC"] && employees >= 1000 && amount > 50000.00 && discount < 20% '
    "&& known(pain)"
)
_CATALOGUE = Catalogue(
    {
        "deal": {
            "region": Field(FieldType.CHOICE, ("AMER", "EMEA", "APAC")),
            "employees": Field(FieldType.INTEGER),
            "amount": Field(FieldType.MONEY),
            "discount": Field(FieldType.PERCENT),
            "pain": Field(FieldType.TEXT),
        }
    }
)
_LEAST, _MOST = Decimal("50000.00"), Decimal("0.20")
_RECORDS, _ROUNDS = 1_000, 300

Record = Mapping[str, Any]


def _by_hand(record: Record) -> bool:
    return (
        record["region"] in ("EMEA", "APAC")
        and record["employees"] is not None
        and record["employees"] >= 1000
        and record["amount"] is not None
        and record["amount"] > _LEAST
        and record["discount"] is not None
        and record["discount"] < _MOST
        and record["pain"] is not None
    )


def _records() -> list[Record]:
    """Records of which most get far into the condition; some fields are empty."""
    draw = random.Random(1).choice
    return [
        {
            "region": draw(("AMER", "EMEA", "APAC", "EMEA", None)),
            "employees": draw((None, 999, 1000, 5000, 9000)),
            "amount": draw((None, Decimal("10.50"), Decimal(60_000), Decimal(90_000))),
            "discount": draw((None, Decimal("0.1"), Decimal("0.3"))),
            "pain": draw((None, "slow quotes")),
        }
        for _ in range(_RECORDS)
    ]


def _seconds(test: Callable[[Record], bool], records: list[Record]) -> float:
    start = time.perf_counter()
    for _ in range(_ROUNDS):
        for record in records:
            test(record)
    return time.perf_counter() - start


def run() -> Iterator[Row]:
    """Compiled Python and closures; the runs alternate, and the shortest of each counts."""
    typed, problems = read(_TEXT, _CATALOGUE, "deal")
    if typed is None:
        raise RuntimeError(f"the condition has an error: {problems[0].diagnostic}")
    records = _records()
    tests = (compile_python(typed), typed.evaluate, _by_hand)
    times = [[_seconds(test, records) for test in tests] for _ in range(5)]
    compiled, closures, by_hand = (min(column) for column in zip(*times, strict=True))
    note = f"{_ROUNDS * _RECORDS:,} records, five terms"
    yield Row("condition as compiled Python", compiled, "a lambda by hand", by_hand, note)
    yield Row("condition as closures (no exec)", closures, "a lambda by hand", by_hand, note)
