"""What a condition says, as frozen nodes with their place in the text, before any type is known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """Where something stands in the text of a condition: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Node:
    """Place and brackets are no part of what a node says: they do not count when comparing."""

    span: Span = field(compare=False)
    bracketed: bool = field(default=False, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Number(_Node):
    """A number or a percentage, exactly as it was written: ``50000``, ``1.10``, ``20%``."""

    text: str


@dataclass(frozen=True, slots=True)
class Text(_Node):
    """Quoted text, with its escapes resolved."""

    value: str


@dataclass(frozen=True, slots=True)
class Boolean(_Node):
    """``true`` or ``false``."""

    value: bool


@dataclass(frozen=True, slots=True)
class Name(_Node):
    """A field, or a field of a related record: ``amount``, ``account.segment``."""

    parts: tuple[str, ...]
    spans: tuple[Span, ...] = field(compare=False)


@dataclass(frozen=True, slots=True)
class ListOf(_Node):
    """``["EMEA", "APAC"]``."""

    members: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Call(_Node):
    """``size(pain)``, or with a receiver ``name.startsWith("Acme")``."""

    function: str
    arguments: tuple[Expression, ...]
    receiver: Expression | None
    named: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Unary(_Node):
    """``!won`` or ``-5``."""

    operator: str
    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary(_Node):
    """Arithmetic, a comparison or ``in``: everything with exactly two sides."""

    operator: str
    left: Expression
    right: Expression
    at: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Logical(_Node):
    """``a && b && c`` or ``a || b || c``: one node for the whole chain."""

    operator: str
    operands: tuple[Expression, ...]


Expression = Number | Text | Boolean | Name | ListOf | Call | Unary | Binary | Logical

RELATIONS = frozenset({"==", "!=", "<", "<=", ">", ">=", "in"})


def children(node: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside this one, from left to right."""
    match node:
        case Number() | Text() | Boolean() | Name():
            return ()
        case ListOf(members=members):
            return members
        case Call(receiver=receiver, arguments=arguments):
            return (receiver, *arguments) if receiver else arguments
        case Unary(operand=operand):
            return (operand,)
        case Binary(left=left, right=right):
            return (left, right)
        case Logical(operands=operands):
            return operands


def walk(node: Expression) -> Iterator[tuple[Expression, int]]:
    """Every node with its depth, without recursion: any tree can be walked."""
    waiting = [(node, 1)]
    while waiting:
        current, depth = waiting.pop()
        yield current, depth
        waiting.extend((child, depth + 1) for child in children(current))


def fields_of(node: Expression) -> frozenset[str]:
    """The fields that a condition reads, as it writes them: ``amount``, ``account.segment``."""
    return frozenset(".".join(n.parts) for n, _ in walk(node) if isinstance(n, Name)) - CLOCKS


CLOCKS = frozenset({"now", "today"})

RESERVED = frozenset(
    (
        *("as", "break", "const", "continue", "else", "false", "for", "function", "if", "import"),
        *("in", "let", "loop", "namespace", "now", "null", "package", "return", "today", "true"),
        *("var", "void", "while"),
    )
)
"""Words that cannot name a field: the language uses them, or CEL keeps them for itself."""
