"""Odoo's search domains: read from a call or from a stored text, and held against a row.

A domain is a list of conditions ``(path, operator, value)`` in prefix notation. As in Odoo 19 every
condition is true or false, so ``!`` is its complement: an unset text counts as the empty one, an
unset number as 0, and other unset fields meet only ``False`` and what is negated. (Only ``<`` and
its like against ``False`` have another negation: see ``both``.)
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any, Protocol

from ixia_connectors.odoo.sandbox import times
from ixia_connectors.odoo.sandbox.errors import wrong, wrong_type
from ixia_connectors.odoo.sandbox.schema import NUMBERS, TEXTS, Field

Test = Callable[[int], bool]
"""Whether the row with this id meets a domain."""

_NEGATIVE = {"!=": "=", "<>": "=", "not in": "in", "not like": "like", "not ilike": "ilike",
             "not =like": "=like", "not =ilike": "=ilike", "not any": "any"}  # fmt: skip
_POSITIVE = frozenset(
    {"=", "==", "in", "like", "ilike", "=like", "=ilike", "any", "=?", "<", ">", "<=", ">=",
     "child_of", "parent_of"}
)  # fmt: skip
_COMPARE = {"<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}
_LONGEST = 100_000


class World(Protocol):
    """What a domain is held against."""

    now: float

    def field(self, model: str, name: str) -> Field | None:
        """A field of a model."""

    def value(self, model: str, row: int, name: str) -> Any:
        """What a field of a row holds: stored or computed."""

    def matching(self, model: str, domain: Any, *, active_test: bool) -> frozenset[int]:
        """The rows that meet a domain."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One condition."""

    path: Any
    sign: Any
    value: Any

    def refuse(self, what: str) -> Exception:
        """The error that names this condition."""
        return wrong(f"{what} in condition ({self.path!r}, {self.sign!r}, {self.value!r})")


@lru_cache(maxsize=2_000)
def read(text: str) -> Any:
    """The domain that a stored text writes as a Python literal; ValueError where it is none."""
    if len(text) > _LONGEST:
        raise ValueError("the domain is too long")
    try:
        return ast.literal_eval(text.strip())
    except (SyntaxError, MemoryError, RecursionError, TypeError) as error:
        raise ValueError(f"not a domain: {error}") from error


def compiled(world: World, model: str, domain: Any, *, active_test: bool) -> Test:
    """Compile a domain; what is malformed or unknown is refused as Odoo refuses it."""
    if not isinstance(domain, Sequence) or isinstance(domain, str):
        raise wrong_type(f"Domain() invalid argument type for domain: {domain!r}")
    stack: list[tuple[Test, Test]] = []  # what a part says, and what its negation says
    compiler = _Compiler(world, model, active_test=active_test)
    if len(domain) > _LONGEST:
        raise wrong("the domain is too long")
    for term in reversed(domain):
        stack.append(_combined(term, stack, domain) or compiler.both(term))
    tests = [test for test, _ in stack]
    return lambda row: all(test(row) for test in tests)


def _combined(term: Any, stack: list[tuple[Test, Test]], domain: Any) -> tuple[Test, Test] | None:
    if term not in ("&", "|", "!"):
        return None
    try:
        one, no_one = stack.pop()
        if term == "!":
            return no_one, one
        two, no_two = stack.pop()
    except IndexError:
        raise wrong(f"Domain() malformed domain {list(domain)!r}") from None
    if term == "&":
        return (lambda row: one(row) and two(row)), (lambda row: no_one(row) or no_two(row))
    return (lambda row: one(row) or two(row)), (lambda row: no_one(row) and no_two(row))


class _Compiler:
    """Turns the conditions on one model into tests."""

    def __init__(self, world: World, model: str, *, active_test: bool) -> None:
        self.world = world
        self.model = model
        self.active_test = active_test

    def both(self, term: Any) -> tuple[Test, Test]:
        """A condition and its negation.

        No choice lies before or after ``False``; what ``!`` makes of that are the unset ones alone.
        """
        test = self.leaf(term)
        name, sign, value = term
        field = self.world.field(self.model, name) if isinstance(name, str) else None
        unordered = sign in _COMPARE and (value is False or value is None)
        if field is not None and unordered and field.kind == "selection":
            return test, self._held(field, lambda held: held is None)
        return test, lambda row: not test(row)

    def leaf(self, term: Any) -> Test:
        """One condition; the constants (1, '=', 1) and (0, '=', 1) are true and false."""
        if not isinstance(term, list | tuple) or len(term) != 3:
            raise wrong(f"Domain() invalid item in domain: {term!r}")
        leaf = Leaf(*term)
        if leaf.path in (0, 1) and leaf.sign == "=" and leaf.value == 1:
            return lambda _row: bool(leaf.path)
        if not isinstance(leaf.path, str) or not leaf.path:
            raise wrong_type("Empty field name")
        if leaf.sign in _NEGATIVE:
            positive = self._path(leaf, _NEGATIVE[leaf.sign])
            return positive if "." in leaf.path else (lambda row: not positive(row))
        if leaf.sign not in _POSITIVE:
            raise leaf.refuse("Invalid operator")
        return self._path(leaf, "=" if leaf.sign == "==" else leaf.sign)

    def _path(self, leaf: Leaf, sign: str) -> Test:
        name, _, rest = leaf.path.partition(".")
        field = self.world.field(self.model, name)
        if field is None:
            raise leaf.refuse(f"Invalid field {self.model}.{name}")
        if rest and field.relation:
            return self._any(field, [(rest, leaf.sign, leaf.value)])
        if sign == "=?":
            return self._simple(field, "=", leaf) if leaf.value else (lambda _row: True)
        if sign == "any":
            if not field.relation:
                raise leaf.refuse("Cannot use 'any' with non-relational fields")
            return self._any(field, leaf.value)
        return self._simple(field, sign, leaf)

    def _any(self, field: Field, domain: Any) -> Test:
        """Whether a row that the field leads to meets a domain; archived ones count for one."""
        shown = field.is_list and self.active_test
        found = self.world.matching(field.relation, domain, active_test=shown)
        return self._held(field, lambda value: value in found)

    def _held(self, field: Field, good: Callable[[Any], bool]) -> Test:
        value, model, name = self.world.value, self.model, field.name
        if field.is_list:
            return lambda row: any(good(each) for each in value(model, row, name))
        return lambda row: good(value(model, row, name))

    def _simple(self, field: Field, sign: str, leaf: Leaf) -> Test:
        if sign in ("child_of", "parent_of"):
            sign = "in"
        if field.relation:
            return self._related(field, sign, leaf)
        if sign in ("=", "in"):
            return self._held(field, self._among(field, sign, leaf))
        if sign in _COMPARE:
            return self._held(field, self._beyond(field, sign, leaf))
        return self._held(field, _like(sign, leaf))

    def _related(self, field: Field, sign: str, leaf: Leaf) -> Test:
        if sign in ("like", "ilike", "=like", "=ilike"):
            return self._any(field, [("display_name", sign, leaf.value)])
        if sign in _COMPARE:
            raise wrong_type("Inequality not supported for relational field")
        values = _listed(leaf.value, sign)
        names = [each for each in values if isinstance(each, str)]
        ids = {each for each in values if not isinstance(each, str)}
        named = self._any(field, [("display_name", "in", names)]) if names else None
        unset = not ids.isdisjoint({False, None})
        value, model, name = self.world.value, self.model, field.name

        def holds(row: int) -> bool:
            held = value(model, row, name)
            all_held = held if field.is_list else (() if held is None else (held,))
            if not all_held:
                return unset
            return any(each in ids for each in all_held if each) or bool(named and named(row))

        return holds

    def _among(self, field: Field, sign: str, leaf: Leaf) -> Callable[[Any], bool]:
        if field.kind in ("date", "datetime"):
            return self._in_days(field, sign, leaf)
        given = [_comparable(field, each) for each in _listed(leaf.value, sign)]
        unset = any(each is None for each in given)
        falsy = field.falsy
        known = {each for each in given if each is not None}
        if unset and falsy is not None:
            known.add(falsy)
        if falsy is None:
            return lambda value: value in known or (value is None and unset)
        return lambda value: (falsy if value is None else value) in known

    def _in_days(self, field: Field, sign: str, leaf: Leaf) -> Callable[[Any], bool]:
        """A time is compared to the second."""
        values = _listed(leaf.value, sign)
        unset = any(each is False or each is None for each in values)
        width = 10 if field.kind == "date" else 19
        days = {
            times.shown(times.wanted(each, self.world.now)[0])[:width]
            for each in values
            if isinstance(each, str)
        }
        return lambda value: unset if value is None else value in days

    def _beyond(self, field: Field, sign: str, leaf: Leaf) -> Callable[[Any], bool]:
        if field.kind in ("date", "datetime"):
            return self._before_or_after(field, sign, leaf)
        compare, falsy = _COMPARE[sign], field.falsy
        bound = _comparable(field, leaf.value)
        if bound is None:
            bound = falsy
        if falsy is None:
            return lambda value: value is not None and bound is not None and compare(value, bound)
        return lambda value: compare(falsy if value is None else value, bound)

    def _before_or_after(self, field: Field, sign: str, leaf: Leaf) -> Callable[[Any], bool]:
        """Nothing is before or after ``False``; a whole day ends where the next one begins."""
        if leaf.value is False or leaf.value is None:
            return lambda _value: False
        if not isinstance(leaf.value, str):
            raise wrong(f"Failed to cast {leaf.value!r} into a {field.kind}")
        when, whole_day = times.wanted(leaf.value, self.world.now)
        if field.kind == "datetime" and sign in (">", "<="):
            when += timedelta(days=1) if whole_day else timedelta(seconds=1)
            sign = ">=" if sign == ">" else "<"
        bound = times.shown(when)[: 10 if field.kind == "date" else 19]
        compare = _COMPARE[sign]
        return lambda value: value is not None and compare(value, bound)


def _listed(value: Any, sign: str) -> Sequence[Any]:
    if isinstance(value, list | tuple):
        return value if value or sign == "in" else [False]
    return [value]


def _comparable(field: Field, value: Any) -> Any:
    """A value of a condition as the column would hold it; None for ``False``."""
    if field.kind == "boolean":
        return value.lower() not in ("", "0", "false") if isinstance(value, str) else bool(value)
    if value is False or value is None:
        return None
    if field.kind in NUMBERS:
        try:
            return int(value) if field.kind == "integer" else float(value)
        except (TypeError, ValueError) as error:
            raise wrong(str(error)) from None
    return str(value) if field.kind in TEXTS else value


def _like(sign: str, leaf: Leaf) -> Callable[[Any], bool]:
    exact = sign.startswith("=")
    fold = sign.endswith("ilike")
    if not leaf.value:
        return (lambda value: not value) if exact else (lambda _value: True)
    if exact and not isinstance(leaf.value, str):
        raise wrong_type("The pattern to match must be a string")
    wanted = str(leaf.value).lower() if fold else str(leaf.value)
    pattern = _signs(wanted if exact else f"%{wanted}%")

    def good(value: Any) -> bool:
        if value is None:
            return False
        text = str(value)
        return _matches(pattern, text.lower() if fold else text)

    return good


_ANY, _ONE = object(), object()


def _signs(pattern: str) -> list[object]:
    r"""A LIKE pattern: ``%`` any text, ``_`` any sign, ``\`` makes the next one plain."""
    found: list[object] = []
    signs = iter(pattern)
    for sign in signs:
        if sign == "\\":
            found.append(next(signs, sign))
        else:
            found.append({"%": _ANY, "_": _ONE}.get(sign, sign))
    return found


def _matches(pattern: list[object], text: str) -> bool:
    """Whether a text is of a pattern; no pattern takes longer than pattern times text."""
    at = place = 0
    again: tuple[int, int] | None = None
    while place < len(text):
        sign = pattern[at] if at < len(pattern) else None
        if sign is _ANY:
            at, again = at + 1, (at + 1, place)
        elif sign is _ONE or sign == text[place]:
            at, place = at + 1, place + 1
        elif again:
            at, place = again[0], again[1] + 1
            again = (at, place)
        else:
            return False
    return all(sign is _ANY for sign in pattern[at:])
