"""Values to YAML text: canonical, short, and in quotes where a reader could stumble."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeGuard

Writable = Mapping[str, "Writable"] | Sequence["Writable"] | str | bool | int | Decimal | None
"""A tree to write; numbers go unquoted, text that looks like a number is quoted."""

ENVELOPE = ("apiVersion", "kind", "metadata", "spec")
METADATA = ("name", "title", "owner", "description", "ticket", "targets")
_FIRST = ("key", "name", "title")
_WIDTH = 88

_PLAIN = re.compile(r"(?:[^\W\d_]|[0-9<=(./+~$^_\\]).*")
_PERCENT_OR_DATE = re.compile(r"\d+(?:\.\d+)?%|\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?")
_BROKEN = re.compile(r": |:$| #| $")
_FLOW_BROKEN = re.compile(r"""[,\[\]{}"'?#()]|:(?=\W)""")
_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<"])
_NUMBER = re.compile(
    r"""[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-f_]+|[0-9][0-9_]*|
    (?:[0-9][0-9_]*)?\.[0-9_]*(?:e[-+]?[0-9]+)?|[0-9][0-9_]*e[-+]?[0-9]+|
    [0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|\.inf|\.nan)""",
    re.VERBOSE | re.IGNORECASE,
)
_KEY = re.compile(r"[^\W\d_][\w-]*|\d[\w]*(?:-\w+)+")
_UNSPEAKABLE = "\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffd-\uffff"
_SPOKEN = re.compile(f"[^{_UNSPEAKABLE}]*")
_ESCAPED = re.compile(f'[{_UNSPEAKABLE}"\\\\]')
_SHORT = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def write(tree: Writable) -> str:
    """One document as canonical text, ending with a line end."""
    if isinstance(tree, Mapping) and tree:
        return "".join(line + "\n" for line in _mapping(tree, 0))
    if isinstance(tree, Sequence) and not isinstance(tree, str) and tree:
        return "".join(line + "\n" for line in _sequence(tree, 0))
    return inline(tree) + "\n"


def pair(name: str, value: Writable, indent: int) -> list[str]:
    """The lines of one key and its value, at this indentation."""
    return list(_value(f"{' ' * indent}{key(name)}:", value, indent, top=indent == 0))


def element(value: Writable, indent: int) -> list[str]:
    """The lines of one element of a list, at this indentation."""
    return list(_sequence([value], indent))


def inline(value: Writable, *, flow: bool = False) -> str:
    """A value on one line; ``flow`` where it stands inside ``[...]`` or ``{...}``."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return f"{value:f}"
        case str():
            return text(value, flow=flow)
        case Mapping():
            pairs = (f"{key(name)}: {inline(value[name], flow=True)}" for name in order(value))
            return "{" + ", ".join(pairs) + "}"
        case _:
            return "[" + ", ".join(inline(each, flow=True) for each in value) + "]"


def text(value: str, *, flow: bool = False) -> str:
    """A string, in quotes if YAML 1.1 or 1.2 would read it as anything else without them."""
    if _reads_as_itself(value) and not (flow and _FLOW_BROKEN.search(value)):
        return value
    if "'" not in value and '"' in value and _SPOKEN.fullmatch(value):
        return f"'{value}'"
    return f'"{_ESCAPED.sub(_escape, value)}"'


def key(value: str) -> str:
    """A key; words and dates stand bare, whatever YAML 1.1 thought of ``on``."""
    return value if _KEY.fullmatch(value) and len(value) < 100 else text(value, flow=True)


def order(mapping: Mapping[str, Writable]) -> Sequence[str]:
    """The keys as people expect them: the envelope, then identity first, the rest as given."""
    if "kind" in mapping and "metadata" in mapping:
        return _leading(ENVELOPE, mapping)
    if isinstance(mapping.get("name"), str) and "owner" in mapping:
        return _leading(METADATA, mapping)
    return _leading(_FIRST, mapping)


def _leading(first: Sequence[str], mapping: Mapping[str, Writable]) -> Sequence[str]:
    return [*(name for name in first if name in mapping), *(n for n in mapping if n not in first)]


def _reads_as_itself(value: str) -> bool:
    if _PERCENT_OR_DATE.fullmatch(value):
        return True
    if value.lower() in _WORDS or _NUMBER.fullmatch(value) or value.startswith(("---", "...")):
        return False
    if value.count("(") > value.count(")") or value.count('"') % 2:
        return False
    if _PLAIN.fullmatch(value) is None or _SPOKEN.fullmatch(value) is None:
        return False
    return _BROKEN.search(value) is None


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    code = ord(character)
    return _SHORT.get(character) or (f"\\x{code:02X}" if code < 256 else f"\\u{code:04X}")


def _mapping(tree: Mapping[str, Writable], indent: int) -> Iterator[str]:
    margin = " " * indent
    for name in order(tree):
        head = f"{margin}{key(name)}:"
        yield from _value(head, tree[name], indent, top=indent == 0)


def _sequence(tree: Sequence[Writable], indent: int) -> Iterator[str]:
    margin = " " * indent
    for value in tree:
        line = f"{margin}- {inline(value, flow=True)}"
        if isinstance(value, Mapping) and value and not _fits(value, line):
            lines = list(_mapping(value, indent + 2))
            yield f"{margin}- {lines[0].lstrip(' ')}"
            yield from lines[1:]
        elif _is_list(value) and value and not _fits(value, line):
            lines = list(_sequence(value, indent + 2))
            yield f"{margin}- {lines[0].lstrip(' ')}"
            yield from lines[1:]
        else:
            yield f"{margin}- {inline(value, flow=not isinstance(value, str))}"


def _value(head: str, value: Writable, indent: int, *, top: bool) -> Iterator[str]:
    if isinstance(value, str) and "\n" in value and blocks(value):
        yield f"{head} |" if value.endswith("\n") else f"{head} |-"
        for line in value.removesuffix("\n").split("\n"):
            yield " " * (indent + 2) + line if line else ""
        return
    line = f"{head} {inline(value)}"
    if isinstance(value, Mapping) and value and (top or not _fits(value, line)):
        yield head
        yield from _mapping(value, indent + 2)
    elif _is_list(value) and value and not _fits(value, line):
        yield head
        yield from _sequence(value, indent + 2)
    else:
        yield line


def _is_list(value: Writable) -> TypeGuard[Sequence[Writable]]:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _fits(value: Writable, line: str) -> bool:
    """Whether a collection of scalars, or of one more such level, is clearer on one line."""
    return (
        len(line) <= _WIDTH
        and "\\n" not in line
        and _levels(value) <= (2 if isinstance(value, Mapping) else 1)
    )


def _levels(value: Writable) -> int:
    if isinstance(value, Mapping):
        return 1 + max((_levels(each) for each in value.values()), default=0)
    if isinstance(value, str) or not isinstance(value, Sequence):
        return 0
    return 1 + max((_levels(each) for each in value), default=0)


def blocks(value: str) -> bool:
    """Whether ``|`` can hold this text."""
    lines = value.removesuffix("\n").split("\n")
    if not lines[0] or not lines[-1] or lines[0].startswith(" "):
        return False
    return all(_SPOKEN.fullmatch(line) and (line.strip(" ") or not line) for line in lines)
