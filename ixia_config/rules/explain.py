"""Why a condition holds or fails, in facts of the record: ``employees 5,000 >= 1,000``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from ixia_config.rules import nodes
from ixia_config.rules.catalogue import FieldType
from ixia_config.rules.describe import excerpt
from ixia_config.rules.evaluate import TIMELESS, Moment, closure
from ixia_config.rules.nodes import (
    Compare,
    Constant,
    Equal,
    FieldValue,
    In,
    Known,
    Listing,
    Not,
    Test,
    TextTest,
    Truth,
    Value,
    Where,
)
from ixia_config.rules.typed import Typed

_MOST = 4  # facts in one line; more are counted
_LONGEST = 40  # characters of a text
_TESTED = {Where.START: "starts with", Where.END: "ends with", Where.ANYWHERE: "contains"}
_UNTESTED = {Where.START: "start with", Where.END: "end with", Where.ANYWHERE: "contain"}
_UNITS = ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))

T = TypeVar("T")


def facts(typed: Typed, record: Mapping[str, Any], now: datetime | None = None) -> str:
    """The facts of a normalised record that make this condition true, or those that break it.

    Facts are divided by semicolons. Of ``a || b`` the first part that holds is told, of a failing
    ``a && b`` the parts that fail. ``now`` is needed where the condition reads the clock.
    """
    moment = TIMELESS if now is None else Moment.of(now)
    told = tuple(dict.fromkeys(_Teller(typed.text, record, moment).tell(typed.root)))
    more = (f"and {len(told) - _MOST} more",) if len(told) > _MOST + 1 else ()
    return "; ".join((*told[: _MOST if more else _MOST + 1], *more))


class _Teller:
    """Tells the facts of one record at one moment."""

    def __init__(self, text: str, record: Mapping[str, Any], moment: Moment) -> None:
        self.text = text
        self.record = record
        self.moment = moment

    def value(self, node: nodes.Meaning) -> Any:
        return closure(node)(self.record, self.moment)

    def tell(self, node: Test) -> Iterator[str]:
        """What settles this test."""
        match node:
            case Not(operand=operand):
                yield from self.tell(operand)
            case nodes.All(operands=operands):
                yield from self.settle(operands, decisive=False)
            case nodes.Any(operands=operands):
                yield from self.settle(operands, decisive=True)
            case Equal(left=left, right=right) if isinstance(left, Test) or isinstance(right, Test):
                for side in (left, right):
                    yield from self.tell(side) if isinstance(side, Test) else (self.side(side),)
            case _:
                yield self.leaf(node)

    def settle(self, operands: Iterable[Test], *, decisive: bool) -> Iterator[str]:
        """One operand with the decisive answer settles it, otherwise all of them together do.

        Every fault of an ``&&`` is worth telling; of an ``||`` one success is enough.
        """
        parts = [(part, self.value(part)) for part in operands]
        settling = [part for part, holds in parts if holds is decisive]
        told = settling[:1] if settling and decisive else settling
        for part in told or [part for part, _ in parts]:
            yield from self.tell(part)

    def leaf(self, node: Test) -> str:
        holds = bool(self.value(node))
        match node:
            case Equal():
                return self.equal(node)
            case Compare(left=left, right=right, order=order):
                return self.ordered(left, order.value, right, holds=holds)
            case In():
                return self.member(node, holds=holds)
            case TextTest():
                return self.text_test(node, holds=holds)
            case Known(subject=subject):
                return self.side(subject)
            case Truth(subject=subject):
                return self.side(subject)
            case Not() | nodes.All() | nodes.Any():
                return excerpt(self.text, node.span)

    def equal(self, node: Equal) -> str:
        left, right = node.left, node.right
        if isinstance(left, Test) or isinstance(right, Test):
            return excerpt(self.text, node.span)
        same = self.value(left) == self.value(right)
        turned = isinstance(left, Constant) and not isinstance(right, Constant)
        return self.compared(*((right, left) if turned else (left, right)), same=same)

    def compared(self, subject: Value, other: Value, *, same: bool) -> str:
        """``region EMEA``, ``region AMER, not EMEA``, ``cost 5, and amount 5``."""
        shown, compared = self.side(subject), self.side(other)
        if same:
            return shown if isinstance(other, Constant) else f"{shown}, and {compared}"
        if self.value(subject) is None and isinstance(other, Constant):
            return shown
        return f"{shown}, not {compared}"

    def ordered(self, left: Value, order: str, right: Value, *, holds: bool) -> str:
        """``employees 5,000 >= 1,000``; a missing side speaks for itself."""
        for node in (left, right):
            if self.value(node) is None:
                return self.side(node)
        sides = self.side(left), self.side(right)
        return f"{sides[0]} {order} {sides[1]}" if holds else f"{sides[0]}, not {order} {sides[1]}"

    def member(self, node: In, *, holds: bool) -> str:
        shown, missing = self.side(node.subject), self.value(node.subject) is None
        match node.source:
            case Listing(file=file):
                among = f"in the list {file}"
            case FieldValue() as field:
                among = f"among {self.side(field)}"
            case tuple() as options:
                missing = missing and all(isinstance(each, Constant) for each in options)
                if holds and all(isinstance(each, Constant) for each in options):
                    return shown
                among = f"one of {_some([self.side(option) for option in options])}"
        return shown if missing else f"{shown}, {among if holds else f'not {among}'}"

    def text_test(self, node: TextTest, *, holds: bool) -> str:
        for side in (node.subject, node.part):
            if self.value(side) is None:
                return self.side(side)
        words = _TESTED[node.where] if holds else f"does not {_UNTESTED[node.where]}"
        return f"{self.side(node.subject)} {words} {self.side(node.part)}"

    def side(self, node: Value) -> str:
        """A constant as itself, anything else by its name and with its value."""
        if isinstance(node, Constant):
            return self.bare(node)
        name = node.name if isinstance(node, FieldValue) else excerpt(self.text, node.span)
        value = self.value(node)
        if value is None:
            return f"{name} is empty"
        return f"{name} ***" if _sensitive(node) else f"{name} {shown(value, node.type)}"

    def bare(self, node: Value) -> str:
        return shown(self.value(node), node.type)


def _sensitive(node: Value) -> bool:
    """Whether a sensitive field is part of this value."""
    fields = (each for each in nodes.within(node) if isinstance(each, FieldValue))
    return any(each.declared.sensitive for each in fields)


def _some(words: list[str]) -> str:
    rest = len(words) - _MOST
    return ", ".join(words) if rest <= 1 else ", ".join(words[:_MOST]) + f" and {rest} more"


def shown(value: object, of: FieldType = FieldType.TEXT) -> str:
    """One value of a record as people write it: ``50,000``, ``12.5 %``, ``Mon 23 Nov 2026``."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "yes" if value else "no"
        case int() | Decimal():
            return _percent(value) if of is FieldType.PERCENT else _number(value)
        case datetime():
            return f"{shown(value.date())} {value:%H:%M}{_seconds(value)} {value.tzname()}"
        case date():
            return f"{_DAYS[value.weekday()]} {value.day} {_MONTHS[value.month - 1]} {value.year}"
        case timedelta():
            return _length(value)
        case tuple():
            return _some([shown(each) for each in value])
        case Mapping():
            return "known"
        case _:
            words = " ".join(str(value).split()) or '""'
            return words if len(words) <= _LONGEST else words[: _LONGEST - 3] + "..."


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _seconds(value: datetime) -> str:
    return f"{value:%S}".join((":", "")) if value.second else ""


def _number(value: int | Decimal) -> str:
    return f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"


def _percent(value: int | Decimal) -> str:
    text = f"{Decimal(value).scaleb(2):,f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} %"


def _length(value: timedelta) -> str:
    """``2 days 4 hours``; only units that are there."""
    rest = abs(value) // timedelta(seconds=1)
    parts: list[str] = []
    for unit, name in _UNITS:
        count, rest = divmod(rest, unit)
        if count:
            parts.append(f"{count:,} {name}{'s' if count != 1 else ''}")
    sign = "-" if value < timedelta(0) else ""
    return sign + (" ".join(parts) or "0 seconds")


__all__ = ["facts", "shown"]
