"""Proofs about 500 rules over 12 fields, next to Z3 on its own numbers, enumerations and strings.

Both answer: does a record meet no rule, is any rule masked by earlier ones, which pairs overlap,
and does an edit change anything. Of Z3's queries for single rules and pairs a sample is asked,
spread over the rules; its time is scaled to all of them, which the remark says. Seconds are those
of the processor, so that a busy machine does not count.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any

import z3

from benchmarks import Row
from ixia_config.rules import Catalogue, Field, FieldType, read
from ixia_config.rules.analysis import HitPolicy, Kind, Limits, Rule, Verdict, analyse, compare

_CHOICES = {
    "region": tuple(f"R{n}" for n in range(12)),
    "industry": tuple(f"I{n}" for n in range(20)),
    "country": tuple(f"C{n}" for n in range(40)),
    "product": ("Basic", "Pro", "Max"),
    "source": ("web", "event", "partner", "list"),
}
_TEXTS = {"tier": ("A", "B", "C", "D"), "campaign": tuple(f"camp-{n}" for n in range(30))}
_NUMBERS = {
    "employees": tuple(50 * n for n in range(1, 100)),
    "score": tuple(5 * n for n in range(1, 20)),
    "amount": tuple(1000 * n for n in range(1, 50)),
    "seats": tuple(range(1, 30)),
}
_FIELDS = {
    **{name: Field(FieldType.CHOICE, values) for name, values in _CHOICES.items()},
    **{name: Field(FieldType.TEXT) for name in _TEXTS},
    **{name: Field(FieldType.INTEGER) for name in _NUMBERS},
    "amount": Field(FieldType.MONEY),
    "vip": Field(FieldType.BOOLEAN),
}
_CATALOGUE = Catalogue({"lead": _FIELDS})
_LISTED = {**_CHOICES, **_TEXTS}
_SAMPLE, _PAIRS = 12, 150

Sides = dict[str, Any]
"""Of a number from and up to, of a listed field its values and whether others belong, too"""


def _free() -> Sides:
    return {
        **dict.fromkeys(_NUMBERS, (None, None)),
        **dict.fromkeys(_LISTED, (frozenset(), False)),
        "vip": None,
    }


def _tree(r: random.Random, count: int) -> list[Sides]:
    """A decision tree's leaves: they exclude each other and take every record."""
    leaves = [_free()]
    while len(leaves) < count:
        leaf = leaves.pop(r.randrange(len(leaves)))
        name = r.choice(sorted(leaf))
        parts = _split(r, name, leaf[name])
        leaves += [{**leaf, name: part} for part in parts] if parts else [leaf]
    r.shuffle(leaves)
    return leaves


def _split(r: random.Random, name: str, side: Any) -> tuple[Any, Any] | None:
    if name == "vip":
        return (True, False) if side is None else None
    if name in _NUMBERS:
        low, high = side
        room = [v for v in _NUMBERS[name] if (low or 0) < v < (high or 10**9)]
        value = r.choice(room) if room else None
        return ((low, value), (value, high)) if room else None
    values, only = side
    left = sorted(values) if only else [v for v in _LISTED[name] if v not in values]
    if len(left) < 2:
        return None
    some = frozenset(r.sample(left, r.randint(1, len(left) // 2)))
    return (some, True), ((values - some, True) if only else (values | some, False))


def _exceptions(r: random.Random, count: int) -> list[Sides]:
    """Narrow rules across the tree, as people put them on top."""
    found = []
    for _ in range(count):
        sides = _free()
        for name in r.sample(sorted(sides), 5):
            parts = _split(r, name, sides[name])
            sides[name] = parts[0] if parts and name not in _NUMBERS else parts and parts[1]
        found.append(sides)
    return found


def _text(sides: Sides) -> str:
    """A rule as people write it."""
    tests = [test for name, side in sides.items() for test in _tests(name, side)]
    return " && ".join(tests) or "true"


def _tests(name: str, side: Any) -> Iterator[str]:
    if name == "vip" and side is not None:
        yield "vip" if side else "!vip"
    elif name in _NUMBERS:
        low, high = side
        yield from [f"{name} >= {low}"] * (low is not None)
        yield from [f"!({name} >= {high})"] * (high is not None)
    elif name in _LISTED and side[0]:
        values = ", ".join(f'"{value}"' for value in sorted(side[0]))
        yield f"{name} in [{values}]" if side[1] else f"!({name} in [{values}])"


def _rules(every: Sequence[Sides]) -> list[Rule]:
    found = []
    for number, sides in enumerate(every):
        condition, problems = read(_text(sides), _CATALOGUE, "lead")
        if condition is None:
            raise RuntimeError(f"{_text(sides)}: {problems[0].diagnostic}")
        found.append(Rule(f"r{number}", condition, number % 7))
    return found


class _Native:
    """The same rules for Z3 in its own sorts; a missing value is a Boolean beside each field."""

    def __init__(self) -> None:
        self.enums = {n: z3.EnumSort(n, [f"{n}_{v}" for v in vs]) for n, vs in _CHOICES.items()}
        self.fields: dict[str, Any] = {n: z3.Const(n, sort) for n, (sort, _) in self.enums.items()}
        self.fields |= {n: z3.String(n) for n in _TEXTS} | {n: z3.Int(n) for n in _NUMBERS}
        self.fields |= {"amount": z3.Real("amount"), "vip": z3.Bool("vip")}
        self.known = {name: z3.Bool(f"known_{name}") for name in self.fields}

    def rule(self, sides: Sides) -> Any:
        return z3.And(*(part for name, side in sides.items() for part in self.parts(name, side)))

    def parts(self, name: str, side: Any) -> Iterator[Any]:
        field, known = self.fields[name], self.known[name]
        if name == "vip" and side is not None:
            there = z3.And(known, field)
            yield there if side else z3.Not(there)
        elif name in _NUMBERS:
            low, high = side
            if low is not None:
                yield z3.And(known, field >= low)
            if high is not None:
                yield z3.Not(z3.And(known, field >= high))
        elif name in _LISTED and side[0]:
            same = [field == self.constant(name, value) for value in sorted(side[0])]
            yield z3.And(known, z3.Or(*same)) if side[1] else z3.Not(z3.And(known, z3.Or(*same)))

    def constant(self, name: str, value: str) -> Any:
        if name in _TEXTS:
            return z3.StringVal(value)
        return self.enums[name][1][_CHOICES[name].index(value)]


def _satisfiable(*constraints: Any) -> bool:
    solver = z3.Solver()
    solver.add(*constraints)
    return bool(solver.check() == z3.sat)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _first(matches: Sequence[Any], outputs: Sequence[int]) -> Any:
    said: Any = z3.IntVal(-1)
    for match, output in zip(reversed(matches), reversed(outputs), strict=True):
        said = z3.If(match, z3.IntVal(output), said)
    return said


def _native(before: Sequence[Sides], after: Sequence[Sides], r: random.Random) -> float:
    """Z3's seconds for all questions, of which some are asked in part."""
    native = _Native()
    rules = [native.rule(sides) for sides in before]
    other = [native.rule(sides) for sides in after]
    total = _seconds(lambda: _satisfiable(*map(z3.Not, rules)))
    asked = [len(rules) * (2 * n + 1) // (2 * _SAMPLE) for n in range(_SAMPLE)]
    shadows = [_seconds(lambda n=n: _satisfiable(rules[n], *map(z3.Not, rules[:n]))) for n in asked]
    total += sum(shadows) * len(rules) / _SAMPLE
    pairs = r.sample(list(combinations(range(len(rules)), 2)), _PAIRS)
    overlaps = _seconds(lambda: [_satisfiable(rules[a], rules[b]) for a, b in pairs])
    total += overlaps * len(rules) * (len(rules) - 1) / 2 / _PAIRS
    outputs = [n % 7 for n in range(len(rules))]
    sides = _first(rules, outputs), _first(other, outputs)
    return total + _seconds(lambda: _satisfiable(sides[0] != sides[1]))


def _case(count: int, seed: int = 5) -> tuple[list[Sides], list[Sides]]:
    """Rules and an edit: one bound of one rule moves."""
    r = random.Random(seed)
    exceptions = count // 6
    before = [*_exceptions(r, exceptions), *_tree(r, count - exceptions)]
    place = next(n for n in range(exceptions, count) if before[n]["employees"][0] is not None)
    low, high = before[place]["employees"]
    return before, [
        *before[:place],
        {**before[place], "employees": (low + 7, high)},
        *before[place + 1 :],
    ]


def _ours(before: Sequence[Rule], after: Sequence[Rule]) -> float:
    """Seconds for everything; the answers must be the expected ones."""

    def work() -> None:
        found = analyse(before, HitPolicy.FIRST, complete=True, limits=Limits(pairs=0))
        if found.of(Kind.MISSING_RULE, Kind.UNKNOWN):
            raise RuntimeError(f"the tree takes every record: {found.findings[:2]}")
        if compare(before, after, HitPolicy.FIRST).equivalent is not Verdict.NO:
            raise RuntimeError("the edit changes something")

    return min(_seconds(work) for _ in range(3))


def _dense(count: int) -> list[Rule]:
    """Rules with three wide tests each: nearly every pair overlaps."""
    r = random.Random(9)
    found = []
    for _ in range(count):
        sides = _free()
        for name in r.sample(sorted(sides), 3):
            parts = _split(r, name, sides[name])
            sides[name] = r.choice(parts) if parts else sides[name]
        found.append(sides)
    return _rules(found)


def run() -> Iterator[Row]:
    """500 rules against Z3, 2,000 against 500, and 1,000 dense ones with and without the solver."""
    before, after = _case(500)
    ours = _ours(_rules(before), _rules(after))
    theirs = _native(before, after, random.Random(1))
    note = f"12 fields; Z3: {_SAMPLE} of 500 rules and {_PAIRS} of 124,750 pairs asked, scaled"
    yield Row("prove 500 rules, all questions", ours, "Z3 native", theirs, note)
    large = _ours(*map(_rules, _case(2_000)))
    yield Row(
        "prove 2,000 rules against 500", large, "12 times 500 rules", 12 * ours, "1 is enough"
    )
    yield _dense_row()


def _dense_row() -> Row:
    """With a small budget nearly every rule is left to the solver."""
    rules, spent, notes = _dense(1_000), [], []
    for prove in (True, False):
        start = time.process_time()
        limits = Limits(nodes=2_000, pairs=0)
        found = analyse(rules, HitPolicy.FIRST, complete=True, limits=limits, prove=prove)
        spent.append(time.process_time() - start)
        masked, unknown = (len(found.of(kind)) for kind in (Kind.MASKED, Kind.UNKNOWN))
        notes.append(f"{masked} masked, {unknown} unknown")
    note = f"with: {notes[0]}; without: {notes[1]}"
    return Row("1,000 dense rules with the solver", spent[0], "without it", spent[1], note)
