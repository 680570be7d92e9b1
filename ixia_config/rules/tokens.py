"""The lexer: the text of a condition becomes words with places, or the first thing wrong with it.

It also knows the characters and operators that people bring along from spreadsheets, SQL and word
processors, so that each gets an answer that names the right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ixia_config.rules.codes.words import (
    BadEscape,
    ForeignOperator,
    SingleOperator,
    TooLong,
    TypographicCharacter,
    UnclosedText,
    UnexpectedCharacter,
)
from ixia_config.rules.problem import Problem
from ixia_config.rules.tree import Span

MAX_CHARACTERS = 65_536
MAX_TERMS = 500


class TokenKind(StrEnum):
    """What a word of a condition is."""

    NAME = "name"
    NUMBER = "number"
    TEXT = "text"
    OPERATOR = "operator"
    OPEN = "open"
    CLOSE = "close"
    COMMA = "comma"
    DOT = "dot"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One word; ``value`` is the meaning of quoted text, otherwise the word itself."""

    kind: TokenKind
    value: str
    span: Span


_TOKEN = re.compile(
    r"""
      (?P<space>[ \t\r\n]+)
    | (?P<number>\.?[0-9][0-9A-Za-z_]*(?:\.[0-9][0-9A-Za-z_]*)*%?)
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<text>"(?:[^"\\\r\n]|\\[^\r\n])*"|'(?:[^'\\\r\n]|\\[^\r\n])*')
    | (?P<foreign>===|!==|<>|=>|=<|:=|=(?!=)|/|%|\?|:|\^|~|;)
    | (?P<single>&(?!&)|\|(?!\|))
    | (?P<operator>&&|\|\||==|!=|<=|>=|<|>|!|\+|-|\*)
    | (?P<open>[(\[])
    | (?P<close>[)\]])
    | (?P<comma>,)
    | (?P<dot>\.)
    """,
    re.VERBOSE | re.ASCII,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)")
_ESCAPES = {"\\": "\\", '"': '"', "'": "'", "n": "\n", "r": "\r", "t": "\t"}

_MEANT = {
    "=": "==",
    "===": "==",
    ":=": "==",
    "<>": "!=",
    "!==": "!=",
    "=>": ">=",
    "=<": "<=",
    "~": "contains",
    "/": "div",
    "%": "%",
    "?": "rules",
    ":": "rules",
    "^": "",
    ";": "",
}

_TYPOGRAPHIC = {
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2018": "'",
    "\u2019": "'",
    "\u2265": ">=",
    "\u2264": "<=",
    "\u2260": "!=",
    "\u2013": "-",
    "\u2014": "-",
    "\u2212": "-",
    "\u00d7": "*",
    "\u2227": "&&",
    "\u2228": "||",
    "\u00ac": "!",
    "\u2026": "...",
    "\u00a0": " ",
    "\u202f": " ",
    "\u3000": " ",
    "\ufeff": "",
    "\u200b": "",
}


def tokens(text: str) -> tuple[Token, ...] | Problem:
    """The words of a condition, closed by an END token, or the first problem."""
    if len(text) > MAX_CHARACTERS:
        return Problem(Span(0, 1), TooLong(unit="characters", limit=MAX_CHARACTERS))
    found: list[Token] = []
    terms = 0
    for token in _scan(text):
        if isinstance(token, Problem):
            return token
        terms += token.kind in (TokenKind.NAME, TokenKind.NUMBER, TokenKind.TEXT)
        if terms > MAX_TERMS:
            return Problem(token.span, TooLong(unit="terms", limit=MAX_TERMS))
        found.append(token)
    end = len(text.rstrip())
    return (*found, Token(TokenKind.END, "", Span(end, end)))


def _scan(text: str) -> Iterator[Token | Problem]:
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            yield _unreadable(text, position)
            return
        position = match.end()
        if match.lastgroup != "space":
            yield _token(match)


def _token(match: re.Match[str]) -> Token | Problem:
    group, word, span = match.lastgroup, match.group(), Span(*match.span())
    if group == "text":
        return _text(word, span)
    if group == "foreign":
        return Problem(span, ForeignOperator(written=word, meant=_MEANT[word]))
    if group == "single":
        return Problem(span, SingleOperator(written=word))
    if word == "in":
        return Token(TokenKind.OPERATOR, word, span)
    return Token(TokenKind(group or ""), word, span)


def _text(word: str, span: Span) -> Token | Problem:
    for match in _ESCAPE.finditer(word):
        if _escaped(match[1]) is None:
            start = span.start + match.start()
            return Problem(Span(start, start + len(match[0])), BadEscape(written=match[0]))
    value = _ESCAPE.sub(lambda found: _escaped(found[1]) or "", word[1:-1])
    return Token(TokenKind.TEXT, value, span)


def _escaped(code: str) -> str | None:
    """The character that ``\\code`` stands for; None where it stands for none."""
    if len(code) == 1:
        return _ESCAPES.get(code)
    number = int(code[1:], 16)
    readable = 0 < number < 0xD800 or 0xE000 <= number <= 0x10FFFF
    return chr(number) if readable else None


def _unreadable(text: str, position: int) -> Problem:
    character = text[position]
    if character in "\"'":
        line = re.compile(r"[^\r\n]*").match(text, position)
        end = line.end() if line else position + 1
        return Problem(Span(position, end), UnclosedText(quote=character))
    span = Span(position, position + 1)
    if character in _TYPOGRAPHIC:
        meant = _TYPOGRAPHIC[character]
        return Problem(span, TypographicCharacter(character=character, meant=meant))
    return Problem(span, UnexpectedCharacter(character=character))
