"""The arithmetic of a metric: names, numbers, + - * /, abs and brackets; exact, never rounded."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

_TOKEN = re.compile(r"\s*(?:(\d{1,15}(?:\.\d{1,9})?)(%?)|([a-z][a-z0-9_]*)|([-+*/()]))")
_LONGEST = 1000
_DEEPEST = 40


class FormulaProblem(Exception):  # noqa: N818  # a problem of the user's text
    """Why a text is no formula; ``start`` and ``end`` are places in it."""

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


@dataclass(frozen=True, slots=True)
class Constant:
    """A number that stands in the formula."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Named:
    """An input; ``start`` is where its name stands."""

    name: str
    start: int


@dataclass(frozen=True, slots=True)
class Absolute:
    """A figure without its sign."""

    of: Node


@dataclass(frozen=True, slots=True)
class Operation:
    """Two figures and a sign; ``text`` is the right one as the user wrote it."""

    sign: str
    left: Node
    right: Node
    text: str


Node = Constant | Named | Absolute | Operation


class Undefined(Exception):  # noqa: N818  # a result, not a fault
    """A figure that does not exist, with the reason: nothing to divide by, nothing to average."""


_SIGNS: Mapping[str, Callable[[Fraction, Fraction], Fraction]] = MappingProxyType(
    {"+": Fraction.__add__, "-": Fraction.__sub__, "*": Fraction.__mul__}
)


def names(node: Node) -> Iterator[Named]:
    """The inputs that a formula uses, as often as it does."""
    match node:
        case Named():
            yield node
        case Absolute(of):
            yield from names(of)
        case Operation(left=left, right=right):
            yield from names(left)
            yield from names(right)
        case Constant():
            return


def work_out(node: Node, figures: Callable[[str], Fraction]) -> Fraction:
    """The exact value; Undefined where something is divided by 0, or an input is undefined."""
    match node:
        case Constant(value):
            return value
        case Named(name):
            return figures(name)
        case Absolute(of):
            return abs(work_out(of, figures))
        case Operation(sign, left, right, text):
            one, other = work_out(left, figures), work_out(right, figures)
            if sign in _SIGNS:
                return _SIGNS[sign](one, other)
            if other == 0:
                raise Undefined(f"nothing to divide by: {text} is 0")
            return one / other


def parse(text: str) -> Node:
    """The tree of a formula; FormulaProblem with its place where there is none."""
    if len(text) > _LONGEST:
        raise FormulaProblem(f"a formula has at most {_LONGEST:,} characters", 0, len(text))
    reader = _Reader(text, tuple(_tokens(text)))
    node = reader.sum(0)
    if reader.at < len(reader.tokens):
        token = reader.tokens[reader.at]
        raise FormulaProblem(f'"{token.text}" is not expected here', token.start, token.end)
    return node


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int
    end: int
    value: Fraction = Fraction(0)


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            start = at + len(text[at:]) - len(text[at:].lstrip())
            raise FormulaProblem(f'"{text[start]}" is not part of a formula', start, start + 1)
        number, percent, name, sign = match.groups()
        start = match.start(1) if number else match.start(3) if name else match.start(4)
        if number:
            value = Fraction(number) / (100 if percent else 1)
            yield _Token("number", number + percent, start, match.end(), value)
        else:
            yield _Token("name" if name else sign, name or sign, start, match.end())
        at = match.end()


@dataclass(slots=True)
class _Reader:
    """A position that moves through the tokens; each method reads one level of binding."""

    text: str
    tokens: tuple[_Token, ...]
    at: int = 0

    def sum(self, depth: int) -> Node:
        return self._chain("+-", self._product, depth)

    def _product(self, depth: int) -> Node:
        return self._chain("*/", self._factor, depth)

    def _chain(self, signs: str, part: Callable[[int], Node], depth: int) -> Node:
        node = part(depth)
        while self._sign() in signs:
            sign = self._take().text
            start = self.at
            right = part(depth)
            node = Operation(sign, node, right, self._written(start))
        return node

    def _factor(self, depth: int) -> Node:
        if depth > _DEEPEST:
            raise FormulaProblem("the brackets are nested too deeply", 0, len(self.text))
        if self.at == len(self.tokens):
            raise FormulaProblem("a name or a number is missing at the end", *self._end())
        token = self._take()
        match token.kind:
            case "number":
                return Constant(token.value)
            case "name" if token.text == "abs" and self._sign() == "(":
                self._take()
                return Absolute(self._bracket(depth, token))
            case "name":
                return Named(token.text, token.start)
            case "(":
                return self._bracket(depth, token)
            case "-":
                return Operation("-", Constant(Fraction(0)), self._factor(depth + 1), token.text)
        message = f'a name or a number is missing before "{token.text}"'
        raise FormulaProblem(message, token.start, token.end)

    def _bracket(self, depth: int, opened: _Token) -> Node:
        node = self.sum(depth + 1)
        if self._sign() != ")":
            raise FormulaProblem("this bracket is not closed", opened.start, opened.end)
        self._take()
        return node

    def _sign(self) -> str:
        """The sign that comes next; a space, which no list of signs has, where none does."""
        if self.at == len(self.tokens) or self.tokens[self.at].kind in ("number", "name"):
            return " "
        return self.tokens[self.at].kind

    def _take(self) -> _Token:
        self.at += 1
        return self.tokens[self.at - 1]

    def _written(self, first: int) -> str:
        return self.text[self.tokens[first].start : self.tokens[self.at - 1].end]

    def _end(self) -> tuple[int, int]:
        last = len(self.text.rstrip())
        return max(last - 1, 0), max(last, 1)
