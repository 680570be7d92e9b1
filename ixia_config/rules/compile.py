"""The fast back end: Python source generated from a typed tree.

The source is made of this module's own words, of field names that the catalogue declared (through
``repr``) and of constants by number; no text of a user is ever executed. Where ``exec`` is
forbidden, ``Typed.evaluate`` gives the same answers about three times slower.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ixia_config.rules import exact, nodes
from ixia_config.rules.describe import family
from ixia_config.rules.evaluate import Moment
from ixia_config.rules.nodes import (
    Arithmetic,
    Clock,
    Compare,
    Constant,
    DaysBetween,
    Equal,
    FieldValue,
    In,
    Known,
    Listing,
    Lower,
    Meaning,
    Not,
    Quotient,
    Sign,
    Size,
    Test,
    TextTest,
    Truth,
    Value,
    Where,
)
from ixia_config.rules.typed import Typed

Compiled = Callable[..., bool]
"""``compiled(record)``, or ``compiled(record, now)`` for a condition that reads the clock."""


def compile_python(typed: Typed) -> Compiled:
    """A function of a normalised record (and now, where needed) with the answers of the tree."""
    writer = _Writer()
    body = writer.any(typed.root)
    source = _clocked(body) if typed.clocked else _timeless(body)
    namespace: dict[str, Any] = {**writer.constants, **_FUNCTIONS, "typed": typed}
    exec(compile(source, "<condition>", "exec"), namespace)  # noqa: S102  # only our own words
    compiled: Compiled = namespace["condition"]
    return compiled


def source_of(typed: Typed) -> str:
    """The generated expression, to look at."""
    return _Writer().any(typed.root)


def _timeless(body: str) -> str:
    # A record that lacks a key is answered by the closures, so that the common case pays nothing.
    return (
        "def condition(record):\n"
        f"    try:\n        return {body}\n"
        "    except KeyError:\n        return typed.evaluate(record)\n"
    )


def _clocked(body: str) -> str:
    return (
        "def condition(record, moment):\n"
        "    now, today = moment_of(moment)\n"
        f"    try:\n        return {body}\n"
        "    except KeyError:\n        return typed.evaluate(record, moment)\n"
    )


_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "plus": exact.plus,
    "minus": exact.minus,
    "times": exact.times,
    "later": exact.later,
    "apart": exact.apart,
    "divide": exact.divide,
    "lower": exact.lower,
    "size": exact.size,
    "days": exact.days,
    "moment_of": Moment.of,
}
_NUMERIC = {Sign.PLUS: "plus", Sign.MINUS: "minus", Sign.TIMES: "times"}
_TEMPORAL = {Sign.PLUS: "later", Sign.MINUS: "apart"}
_TEXT_TESTS = {
    Where.START: "{0}.startswith({1})",
    Where.END: "{0}.endswith({1})",
    Where.ANYWHERE: "{1} in {0}",
}


class _Writer:
    """Writes one condition; remembers its constants and the names it has used for values."""

    def __init__(self) -> None:
        self.constants: dict[str, object] = {}
        self.names = 0

    def fresh(self) -> str:
        self.names += 1
        return f"v{self.names}"

    def constant(self, value: object) -> str:
        """Literals that are exact in place, through repr; everything else by name."""
        if type(value) in (bool, int, str):  # exactly: an enum has a repr of its own
            return repr(value)
        name = f"c{len(self.constants)}"
        self.constants[name] = value
        return name

    def any(self, node: Meaning) -> str:
        return self.test(node) if isinstance(node, Test) else self.value(node)

    def value(self, node: Value) -> str:
        match node:
            case Constant(value=value):
                return self.constant(value)
            case FieldValue(path=path):
                return self.path("record", path)
            case Clock(hand=hand):
                return hand.value
            case Arithmetic():
                numeric = family(node.type) in ("number", "money", "percent")
                function = (_NUMERIC if numeric else _TEMPORAL)[node.sign]
                return f"{function}({self.value(node.left)}, {self.value(node.right)})"
            case Quotient():
                rounding = self.constant(node.rounding)
                sides = f"{self.value(node.left)}, {self.value(node.right)}"
                return f"divide({sides}, {node.scale}, {rounding})"
            case Size(subject=subject):
                return f"size({self.value(subject)})"
            case Lower(subject=subject):
                return f"lower({self.value(subject)})"
            case DaysBetween(start=start, end=end):
                return f"days({self.value(start)}, {self.value(end)})"

    def path(self, record: str, path: tuple[str, ...]) -> str:
        first, *rest = path
        if not rest:
            return f"{record}[{first!r}]"
        related = self.fresh()
        inner = self.path(related, tuple(rest))
        return f"(None if ({related} := {record}[{first!r}]) is None else {inner})"

    def test(self, node: Test) -> str:
        match node:
            case Equal(relation=relation):
                return f"({self.any(node.left)} {relation.value} {self.any(node.right)})"
            case Compare(order=order):
                return self.guarded(node.left, node.right, f"{{0}} {order.value} {{1}}")
            case TextTest(where=where):
                return self.guarded(node.subject, node.part, _TEXT_TESTS[where])
            case In():
                return self.member(node)
            case Known(subject=subject):
                return f"({self.value(subject)} is not None)"
            case Truth(subject=subject):
                return f"({self.value(subject)} is True)"
            case Not(operand=operand):
                return f"(not {self.test(operand)})"
            case nodes.All(operands=operands):
                return f"({' and '.join(map(self.test, operands))})"
            case nodes.Any(operands=operands):
                return f"({' or '.join(map(self.test, operands))})"

    def guarded(self, left: Value, right: Value, test: str) -> str:
        """A test that is false where a side is missing."""
        guards: list[str] = []
        sides = [self.side(node, guards) for node in (left, right)]
        return "(" + " and ".join([*guards, test.format(*sides)]) + ")"

    def side(self, node: Value, guards: list[str]) -> str:
        """The value itself where it cannot be missing, otherwise a name bound by its guard."""
        if isinstance(node, Constant | Clock):
            return self.value(node)
        name = self.fresh()
        guards.append(f"({name} := {self.value(node)}) is not None")
        return name

    def member(self, node: In) -> str:
        subject = self.value(node.subject)
        match node.source:
            case Listing(values=values):
                return f"({subject} in {self.constant(values)})"
            case FieldValue() as options:
                return f"({subject} in ({self.value(options)} or ()))"
            case tuple() as listed:
                return f"({subject} in {self.options(listed)})"

    def options(self, listed: tuple[Value, ...]) -> str:
        if all(isinstance(option, Constant) for option in listed):
            fixed = frozenset(option.value for option in listed if isinstance(option, Constant))
            return self.constant(fixed)
        return "(" + "".join(f"{self.value(option)}, " for option in listed) + ")"
