"""The parser: text becomes a tree, or the first problem of its grammar; linear and bounded.

Binding powers as in CEL. A chain of ``&&`` or of ``||`` is one flat node, so that long conditions
stay shallow; everything else may nest ``MAX_DEPTH`` deep.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ixia_config.rules.codes.grammar import (
    Incomplete,
    ReservedWord,
    TooDeep,
    UnclosedBracket,
    UnexpectedWord,
    UnmatchedBracket,
)
from ixia_config.rules.codes.words import MalformedNumber, WordOperator
from ixia_config.rules.problem import Problem
from ixia_config.rules.tokens import Token, TokenKind, tokens
from ixia_config.rules.tree import (
    RESERVED,
    Binary,
    Boolean,
    Call,
    Expression,
    ListOf,
    Logical,
    Name,
    Number,
    Span,
    Text,
    Unary,
    walk,
)

MAX_DEPTH = 50

_POWER = {
    "||": 1,
    "&&": 2,
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">=", "in"), 3),
    "+": 4,
    "-": 4,
    "*": 5,
}
_UNARY = 6
_CLOSING = {"(": ")", "[": "]"}
_NUMBER = re.compile(r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?%?")
_DIGITS = 38  # what DECIMAL holds in every database that we emit for

_WORDS = {
    "and": "&&",
    "or": "||",
    "not": "!",
    "is": "known",
    "isnull": "known",
    "between": "between",
    "like": "contains",
    "contains": "contains",
    "equals": "==",
    "eq": "==",
    "ne": "!=",
    "gt": ">",
    "gte": ">=",
    "lt": "<",
    "lte": "<=",
}


class _Stop(Exception):  # noqa: N818  # never seen outside this module
    """Carries the first problem out of the recursion."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def parse(text: str) -> Expression | Problem:
    """The tree of a condition, or the first thing wrong with its grammar."""
    words = tokens(text)
    if isinstance(words, Problem):
        return words
    try:
        tree = _Parser(words).whole()
    except _Stop as stop:
        return stop.problem
    deep = next((node for node, depth in walk(tree) if depth > MAX_DEPTH), None)
    return Problem(deep.span, TooDeep(limit=MAX_DEPTH)) if deep else tree


class _Parser:
    """Reads the words from left to right, each once."""

    def __init__(self, words: tuple[Token, ...]) -> None:
        self.words = words
        self.position = 0
        self.depth = 0

    @property
    def word(self) -> Token:
        return self.words[self.position]

    def next(self) -> Token:
        word = self.word
        self.position += 1
        return word

    def at(self, kind: TokenKind) -> bool:
        return self.word.kind is kind

    def whole(self) -> Expression:
        tree = self.expression(0)
        if self.word.kind is not TokenKind.END:
            raise self.unexpected(tree)
        return tree

    def expression(self, power: int) -> Expression:
        left = self.prefix()
        while (binds := self.power()) > power:
            operator = self.next()
            if operator.value in ("&&", "||"):
                left = self.chain(left, operator, binds)
                continue
            right = self.expression(binds)
            span = Span(left.span.start, right.span.end)
            left = Binary(span, operator.value, left, right, operator.span)
        return left

    def power(self) -> int:
        """How strongly the word at hand binds its left side; 0 where it does not."""
        return _POWER.get(self.word.value, 0) if self.word.kind is TokenKind.OPERATOR else 0

    def chain(self, first: Expression, operator: Token, power: int) -> Expression:
        operands = [first, self.expression(power)]
        while self.word.kind is TokenKind.OPERATOR and self.word.value == operator.value:
            self.next()
            operands.append(self.expression(power))
        span = Span(first.span.start, operands[-1].span.end)
        return Logical(span, operator.value, tuple(operands))

    def prefix(self) -> Expression:
        word = self.word
        if word.kind is TokenKind.OPERATOR and word.value in ("!", "-"):
            self.next()
            with _Deeper(self, word):
                operand = self.expression(_UNARY - 1)
            return Unary(Span(word.span.start, operand.span.end), word.value, operand)
        return self.members(self.primary())

    def primary(self) -> Expression:
        word = self.next()
        match word.kind:
            case TokenKind.NUMBER:
                return Number(word.span, _number(word))
            case TokenKind.TEXT:
                return Text(word.span, word.value)
            case TokenKind.NAME:
                return self.name(word)
            case TokenKind.OPEN if word.value == "(":
                return self.group(word)
            case TokenKind.OPEN:
                members, end = self.sequence(word)
                return ListOf(Span(word.span.start, end), members)
            case _:
                self.position -= 1
                raise self.missing()

    def name(self, word: Token) -> Expression:
        if word.value in ("true", "false"):
            return Boolean(word.span, word.value == "true")
        if self.word.value == "(" and word.value.lower() not in ("and", "or", "not"):
            return self.call(word, None)
        if word.value.lower() in ("and", "or", "not") and not self.ends_operand():
            raise _foreign_word(word)
        if word.value in RESERVED - {"now", "today"}:
            raise _Stop(Problem(word.span, ReservedWord(word=word.value)))
        return Name(word.span, (word.value,), (word.span,))

    def ends_operand(self) -> bool:
        """Whether the word at hand can follow a field, so that a field named ``or`` is meant."""
        return self.word.kind not in (TokenKind.NAME, TokenKind.OPEN, TokenKind.TEXT)

    def members(self, node: Expression) -> Expression:
        """What follows with a dot: a field of a related record, or a function of a text."""
        while self.at(TokenKind.DOT):
            dot = self.next()
            if not self.at(TokenKind.NAME):
                raise self.missing()
            word = self.next()
            if self.at(TokenKind.OPEN) and self.word.value == "(":
                node = self.call(word, node)
            elif isinstance(node, Name) and not node.bracketed:
                span = Span(node.span.start, word.span.end)
                node = Name(span, (*node.parts, word.value), (*node.spans, word.span))
            else:
                raise _Stop(Problem(dot.span, UnexpectedWord(word=".", before="")))
        return node

    def call(self, word: Token, receiver: Expression | None) -> Expression:
        arguments, end = self.sequence(self.next())
        start = receiver.span.start if receiver else word.span.start
        return Call(Span(start, end), word.value, arguments, receiver, word.span)

    def group(self, opening: Token) -> Expression:
        with _Deeper(self, opening):
            inner = self.expression(0)
        end = self.close(opening)
        return replace(inner, span=Span(opening.span.start, end), bracketed=True)

    def sequence(self, opening: Token) -> tuple[tuple[Expression, ...], int]:
        """Expressions between brackets, divided by commas, and where the closing bracket ends."""
        found: list[Expression] = []
        with _Deeper(self, opening):
            while self.word.kind is not TokenKind.CLOSE:
                found.append(self.expression(0))
                if self.word.kind is not TokenKind.COMMA:
                    break
                self.next()
        return tuple(found), self.close(opening)

    def close(self, opening: Token) -> int:
        word = self.word
        if word.kind is TokenKind.END:
            raise _unclosed(opening)
        if word.kind is not TokenKind.CLOSE:
            raise self.unexpected(None)
        if word.value != _CLOSING[opening.value]:
            problem = UnmatchedBracket(closed=word.value, opened=opening.value)
            raise _Stop(Problem(word.span, problem))
        return self.next().span.end

    def missing(self) -> _Stop:
        """Something has to stand here and does not."""
        word = self.word
        before = self.words[self.position - 1] if self.position else None
        if word.kind is TokenKind.CLOSE and before is None:
            return _Stop(Problem(word.span, UnmatchedBracket(closed=word.value, opened="")))
        if word.kind is TokenKind.END and before and before.kind is TokenKind.OPEN:
            return _unclosed(before)
        if word.kind in (TokenKind.END, TokenKind.CLOSE, TokenKind.COMMA):
            span = before.span if before else Span(0, 0)
            return _Stop(Problem(span, Incomplete(after=before.value if before else "")))
        shown = before.value if before else ""
        return _Stop(Problem(word.span, UnexpectedWord(word=word.value, before=shown)))

    def unexpected(self, left: Expression | None) -> _Stop:
        """Something stands here after a finished expression and must not."""
        word = self.word
        before = self.words[self.position - 1]
        if word.kind is TokenKind.CLOSE and left is not None:
            return _Stop(Problem(word.span, UnmatchedBracket(closed=word.value, opened="")))
        if word.kind is TokenKind.NAME and word.value.lower() in _WORDS:
            return _foreign_word(word)
        if _thousands(before, word, self.words[self.position + 1 :]):
            return self.grouped_number()
        return _Stop(Problem(word.span, UnexpectedWord(word=word.value, before=before.value)))

    def grouped_number(self) -> _Stop:
        """``50,000``: the whole number as one problem."""
        first, last = self.words[self.position - 1], self.words[self.position + 1]
        written = f"{first.value},{last.value}"
        span = Span(first.span.start, last.span.end)
        meant = first.value + last.value
        return _Stop(Problem(span, MalformedNumber(written=written, meant=meant)))


class _Deeper:
    """One level of nesting, refused beyond the bound before Python's own stack runs out."""

    def __init__(self, parser: _Parser, opening: Token) -> None:
        self.parser = parser
        self.opening = opening

    def __enter__(self) -> None:
        self.parser.depth += 1
        if self.parser.depth > MAX_DEPTH:
            raise _Stop(Problem(self.opening.span, TooDeep(limit=MAX_DEPTH)))

    def __exit__(self, *_: object) -> None:
        self.parser.depth -= 1


def _unclosed(opening: Token) -> _Stop:
    problem = UnclosedBracket(opened=opening.value, meant=_CLOSING[opening.value])
    return _Stop(Problem(opening.span, problem))


def _foreign_word(word: Token) -> _Stop:
    meant = _WORDS[word.value.lower()]
    return _Stop(Problem(word.span, WordOperator(written=word.value, meant=meant)))


def _thousands(before: Token, comma: Token, after: tuple[Token, ...]) -> bool:
    return (
        comma.kind is TokenKind.COMMA
        and before.kind is TokenKind.NUMBER
        and after[0].kind is TokenKind.NUMBER
        and before.span.end == comma.span.start
        and comma.span.end == after[0].span.start
    )


def _number(word: Token) -> str:
    """The word itself, where it is a number as people write one."""
    written = word.value
    if _NUMBER.fullmatch(written) and sum(map(str.isdigit, written)) <= _DIGITS:
        return written
    raise _Stop(Problem(word.span, MalformedNumber(written=written, meant=_meant(written))))


def _meant(written: str) -> str:
    """The number that was probably meant; empty where that is not clear."""
    plain = written.replace("_", "")
    scale = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000}.get(plain[-1:].lower())
    if scale and plain[:-1].isdigit() and len(plain) < _DIGITS:
        return str(int(plain[:-1]) * scale)
    plain = "0" + plain if plain.startswith(".") else plain.lstrip("0") or "0"
    plain = "0" + plain if plain.startswith(".") else plain
    return plain if _NUMBER.fullmatch(plain) and len(plain) <= _DIGITS else ""
