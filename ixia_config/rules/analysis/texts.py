"""Values that show everything which tests on a text or on several choices can tell apart.

A text is told by the beginnings, endings and parts that it has. Whatever text there is, one made of
its longest beginning, its parts and its longest ending, with a mark between that no test names, is
told the same; so these texts are enough. Tests of capitals and of small letters at once are not
read together: then each way of reading is a dimension of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Any

from ixia_config.rules import exact
from ixia_config.rules.analysis.axis import OTHER
from ixia_config.rules.catalogue import FieldType
from ixia_config.rules.classes import cuts
from ixia_config.rules.explain import shown
from ixia_config.rules.nodes import (
    Constant,
    Equal,
    FieldValue,
    In,
    Known,
    Listing,
    Lower,
    Size,
    Test,
    TextTest,
    Where,
    within,
)

_MOST = 4_000  # values of one field; a test on a longer list stands alone
_MOST_PARTS = 6
_MOST_CHOICES = 6
_MARKS = ("x", "-", "~", "\u00b7", "\u2021")


def text_values(field: FieldValue, tests: Sequence[Test]) -> tuple[tuple[Any, str], ...] | None:
    """Texts, with words, that show every answer these tests can give together; None for no list."""
    if field.declared.choices or field.type is FieldType.BOOLEAN:
        return _closed(field)
    if not _readable_together(tests):
        return None
    named = _named(tests)
    made = None if named is None else _made(tests, named)
    if named is None or made is None or len(named) + len(made) > _MOST:
        return None
    return (*((value, shown(value)) for value in named), *made)


def _closed(field: FieldValue) -> tuple[tuple[Any, str], ...] | None:
    if field.type is FieldType.BOOLEAN:
        return ((True, "yes"), (False, "no"))
    if field.type is FieldType.CHOICES:
        return None
    return tuple((value, value) for value in field.declared.choices)


def _readable_together(tests: Iterable[Test]) -> bool:
    """Whether one way of reading letters is enough: as they are, or all made small."""
    raw = small = False
    for test in tests:
        match test:
            case TextTest(subject=FieldValue(), part=Constant()):
                raw = True
            case TextTest(subject=Lower(subject=FieldValue()), part=Constant()):
                small = True
            case Equal() if _equality(test):
                small = small or any(isinstance(node, Lower) for node in within(test))
            case In(subject=FieldValue() | Lower(subject=FieldValue())) if _plain(test):
                small = small or isinstance(test.subject, Lower)
            case Known():
                continue
            case _:
                return False
    return not (raw and small)


def _equality(test: Equal) -> bool:
    sides = (test.left, test.right)
    return any(isinstance(side, Constant) for side in sides) and not any(
        isinstance(node, Size) for node in within(test)
    )


def _plain(test: In) -> bool:
    if isinstance(test.source, Listing):
        return len(test.source.values) <= _MOST
    return isinstance(test.source, tuple) and all(isinstance(s, Constant) for s in test.source)


def _named(tests: Iterable[Test]) -> tuple[str, ...] | None:
    """Every text that a test names as a whole; None where capitals hide one of them."""
    found: dict[str, None] = {}
    small: dict[str, None] = {}
    for test in tests:
        values = _values(test)
        reads_small = any(isinstance(node, Lower) for node in within(test))
        (small if reads_small else found).update(dict.fromkeys(values))
        if len(found) + len(small) > _MOST:
            return None
    for value in list(small):
        variant = next((each for each in _variants(value) if each not in found), None)
        if variant is not None:
            found[variant] = None
    return tuple(found)


def _values(test: Test) -> tuple[str, ...]:
    match test:
        case In(source=Listing(values=values)):
            return tuple(sorted(values))
        case Equal() | In() if not isinstance(test, TextTest):
            plain = [node.value for node in within(test) if isinstance(node, Constant)]
            return tuple(value for value in plain if isinstance(value, str))
        case _:
            return tuple(str(value) for value in cuts(test) or ())


def _variants(value: str) -> Iterator[str]:
    """The same text with other capitals, as far as tests that make letters small can tell."""
    yield value
    yield value.upper()
    for place, letter in enumerate(value):
        if letter.isascii():
            yield value[:place] + letter.upper() + value[place + 1 :]


def _made(tests: Sequence[Test], named: Iterable[str]) -> tuple[tuple[str, str], ...] | None:
    """Texts that are named nowhere, one for each way to begin, to contain and to end."""
    parts = _parts(tests)
    start, end, anywhere = (tuple(parts[where]) for where in Where)
    if len(anywhere) > _MOST_PARTS or (len(start) + 1) * (len(end) + 1) << len(anywhere) > _MOST:
        return None
    mark = _mark(tests, named)
    if mark is None:
        return None
    some = [each for n in range(len(anywhere) + 1) for each in combinations(anywhere, n)]
    return tuple(
        (mark.join((first, *inner, last)) or mark, _said(first, inner, last))
        for first in ("", *start)
        for last in ("", *end)
        for inner in some
    )


def _parts(tests: Iterable[Test]) -> dict[Where, dict[str, None]]:
    found: dict[Where, dict[str, None]] = {where: {} for where in Where}
    for test in tests:
        match test:
            case TextTest(where=where, part=Constant(value=str(part)), subject=subject):
                if not isinstance(subject, Lower) or exact.lower(part) == part:
                    found[where][part] = None
    return found


def _mark(tests: Iterable[Test], named: Iterable[str]) -> str | None:
    """A text that no test names any part of, to stand between parts."""
    used = {
        letter
        for test in tests
        for node in within(test)
        if isinstance(node, Constant)
        for letter in str(node.value)
    }
    used |= {letter for value in named for letter in value}
    return next(
        (mark for mark in (*_MARKS, *map(chr, range(0x2200, 0x22FF))) if mark not in used), None
    )


def _said(first: str, inner: Sequence[str], last: str) -> str:
    begins = [f"starting with {shown(first)}"] if first else []
    has = [f"containing {' and '.join(map(shown, inner))}"] if inner else []
    ends = [f"ending with {shown(last)}"] if last else []
    return " and ".join(begins + has + ends) or OTHER


def choices_values(field: FieldValue, tests: Sequence[Test]) -> tuple[tuple[Any, str], ...] | None:
    """Every combination of the choices that tests name, of every size; None where they are many."""
    named = dict.fromkeys(
        node.value for test in tests for node in within(test) if isinstance(node, Constant)
    )
    asked = [value for value in named if isinstance(value, str)]
    sized = any(isinstance(node, Size) for test in tests for node in within(test))
    if len(asked) > _MOST_CHOICES or not all(map(_of_choices, tests)):
        return None
    known = field.declared.choices
    rest = [each for each in known if each not in asked] if known else ["other"]
    if sized and (not known or len(rest) > _MOST_CHOICES):
        return None
    spare = len(rest) if sized else min(1, len(rest))
    found = [
        (*chosen, *rest[:more])
        for size in range(len(asked) + 1)
        for chosen in combinations(asked, size)
        for more in range(spare + 1)
    ]
    return tuple((value, _chosen(value, asked, sized=sized)) for value in found if value)


def _of_choices(test: Test) -> bool:
    """Only a choice by its name, a known value, or how many there are."""
    match test:
        case Known() | In(subject=Constant(), source=FieldValue()):
            return True
        case _:
            return any(isinstance(node, Size) for node in within(test))


def _chosen(value: Sequence[str], asked: Sequence[str], *, sized: bool) -> str:
    named = " and ".join(shown(each) for each in value if each in asked)
    return f"{named or OTHER} ({len(value)} chosen)" if sized else named or OTHER
