"""Bands of one number: what lies between two of them, and the bound that closes or divides it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from ixia_config.codes import Mend
from ixia_config.kinds.overlay import Merged
from ixia_config.kinds.proofs.book import Book, Line
from ixia_config.model import Path
from ixia_config.rules import FieldType, Span, Typed
from ixia_config.rules.analysis import Verdict, Witness, disjoint
from ixia_config.rules.explain import shown
from ixia_config.rules.nodes import All, Compare, Constant, FieldValue, Order, Test, within

_UPPER = (Order.LESS, Order.AT_MOST)
_LOWER = (Order.GREATER, Order.AT_LEAST)
_TURNED = {
    Order.LESS: Order.GREATER,
    Order.AT_MOST: Order.AT_LEAST,
    Order.GREATER: Order.LESS,
    Order.AT_LEAST: Order.AT_MOST,
}
_CELL = re.compile(r"(>=|>|<=|<)\s*(\S.*)")


@dataclass(frozen=True, slots=True)
class Between:
    """Two rules and the field on which a record falls between them."""

    field: str
    lower: Line
    higher: Line
    example: str


def betweens(book: Book, witness: Witness) -> Iterator[Between]:
    """Every value of one number that falls between two rules, the witness otherwise as it is."""
    for name, value in sorted(witness.record.items()):
        if not isinstance(value, int | Decimal) or isinstance(value, bool):
            continue
        samples = _samples(book, name)
        takers = [_taker(book, {**witness.record, name: sample}) for sample in samples]
        for place, (sample, taker) in enumerate(zip(samples, takers, strict=True)):
            lower = next((each for each in reversed(takers[:place]) if each), None)
            higher = next((each for each in takers[place:] if each), None)
            if taker is None and lower is not None and higher is not None:
                yield Between(name, lower, higher, _words(book, witness, name, sample))


def _words(book: Book, witness: Witness, name: str, value: Decimal) -> str:
    """The record of a witness in words, with another value of one field."""
    of = _declared(book, name)
    told = dict(witness.fields) | {name: shown(value, of)}
    return " and ".join(f"{key} {words}" for key, words in told.items())


def _declared(book: Book, name: str) -> FieldType:
    fields = (node for line in book.lines for node in within(line.when.root))
    return next(n.type for n in fields if isinstance(n, FieldValue) and n.name == name)


def _samples(book: Book, name: str) -> list[Decimal]:
    """Values at and between the bounds of a field, in order; whole ones where only those are."""
    bounds = sorted({bound for line in book.lines for bound in _bounds(line.when.root, name)})
    if not bounds:
        return []
    middle = [(one + other) / 2 for one, other in pairwise(bounds)]
    if _declared(book, name) is FieldType.INTEGER:
        middle = [one + 1 for one, other in pairwise(bounds) if one + 1 < other]
    return sorted({bounds[0] - 1, *bounds, *middle, bounds[-1] + 1})


def _bounds(root: Test, name: str) -> Iterator[Decimal]:
    for node in within(root):
        if isinstance(node, Compare):
            sides = (node.left, node.right)
            values = [each.value for each in sides if isinstance(each, Constant)]
            fields = [each.name for each in sides if isinstance(each, FieldValue)]
            if fields == [name] and values and isinstance(values[0], int | Decimal):
                yield Decimal(values[0])


def _taker(book: Book, record: Mapping[str, Any]) -> Line | None:
    """The first rule that takes a record."""
    return next(
        (line for line in book.lines if not line.when.clocked and line.when.evaluate(record)), None
    )


@dataclass(frozen=True, slots=True)
class _Bound:
    """The only bound of a field on one side of a band, as it is written."""

    order: Order
    value: Decimal
    text: str
    span: Span
    sides: tuple[FieldValue, Constant]


def _bound(line: Line, name: str, orders: tuple[Order, ...]) -> _Bound | None:
    """The bound that a rule asks for together with everything else that it asks for."""
    root = line.when.root
    parts = root.operands if isinstance(root, All) else (root,)
    found = [each for part in parts if (each := _read(line, part, name)) is not None]
    wanted = [each for each in found if each.order in orders]
    return wanted[0] if len(wanted) == 1 else None


def _read(line: Line, node: Test, name: str) -> _Bound | None:
    if not isinstance(node, Compare):
        return None
    match node.left, node.right:
        case FieldValue() as field, Constant() as constant:
            order = node.order
        case Constant() as constant, FieldValue() as field:
            order = _TURNED[node.order]
        case _:
            return None
    if field.name != name or not isinstance(constant.value, int | Decimal):
        return None
    text = line.when.text[slice(*constant.span)]
    return _Bound(order, Decimal(constant.value), text, node.span, (field, constant))


def mended(book: Book, gap: Between) -> Mend | None:
    """The higher band begins where the lower one ends; None where that is not plain to see."""
    end = _bound(gap.lower, gap.field, _UPPER)
    start = _bound(gap.higher, gap.field, _LOWER)
    if end is None or start is None or end.value > start.value:
        return None
    order = Order.AT_LEAST if end.order is Order.LESS else Order.GREATER
    return _written(book, gap.higher, gap.field, start, f"{order.value} {end.text}")


def shared_end(book: Book, one: Line, other: Line) -> Mend | None:
    """Of two bands that share an end, the lower one stops before it."""
    for lower, higher in ((one, other), (other, one)):
        for name in sorted(one.when.reads & other.when.reads):
            end, start = _bound(lower, name, _UPPER), _bound(higher, name, _LOWER)
            if end is None or start is None or end.value != start.value:
                continue
            if (end.order, start.order) == (Order.AT_MOST, Order.AT_LEAST):
                mend = _written(book, lower, name, end, f"< {end.text}")
                if mend is not None and _apart(book, lower, higher, end):
                    return mend
    return None


def _apart(book: Book, lower: Line, higher: Line, end: _Bound) -> bool:
    """Whether nothing but the shared end is in both."""
    below = Compare(end.span, Order.LESS, *end.sides)
    root = All(end.span, (lower.when.root, below))
    without = Typed.of(lower.when.text, lower.when.record, root)
    return disjoint(without, higher.when, domain=book.domain, prove=False).verdict is Verdict.YES


def _written(book: Book, line: Line, name: str, bound: _Bound, test: str) -> Mend | None:
    """The condition or the cell with another bound."""
    value, path = _value(book, line, name, bound, test)
    document, there = book.policy.document, path
    while isinstance(document, Merged):
        document, there = document.home(there)
    if value is None:
        return None
    return Mend(document.file, document.index, there, value, f"{line.key}  {name} {test}")


def _value(book: Book, line: Line, name: str, bound: _Bound, test: str) -> tuple[str | None, Path]:
    rule: Any = book.policy.document.tree
    for step in line.path:
        rule = rule[step]
    if "when" in rule:
        start, end = bound.span
        text = line.when.text
        return f"{text[:start]}{name} {test}{text[end:]}", (*line.path, "when")
    cell = str(rule["cells"].get(name))
    path = (*line.path, "cells", name)
    if _CELL.fullmatch(cell):
        return test, path
    low, divided, high = cell.partition("..")
    if divided and test.startswith(">= ") and low.strip() == bound.text:
        return f"{test.removeprefix('>= ')}..{high.strip()}", path
    return None, path
