"""Conditions as Odoo domains: prefix lists in which every missing value is spelled out.

Odoo keeps no empty number and no empty check box: 0 is read as an empty number, and an empty box
as no. Where a condition could tell them apart a note says so. ``!`` is never written, because
Odoo turns comparisons round with it; each test is written in its plain or in its opposite form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from ixia_config.sdk.rules import FieldType, Typed, nodes

Leaf = tuple[str, str, object]
Token = str | Leaf

TRUE: Leaf = ("id", "!=", False)
FALSE: Leaf = ("id", "=", False)
_NUMERIC = frozenset({FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.PERCENT})
_MOST_OPTIONS = 500
_ZERO = "Odoo keeps no empty number: 0 counts as empty"
_EMPTY_BOX = "Odoo keeps no empty check box: an empty one counts as no"
_TODAY = "today is the date in the time zone of the user of the API key"


@dataclass(frozen=True, slots=True)
class Place:
    """Where Odoo keeps a field: the path that has its value, and the one that tells if it is empty.

    They differ for people: ``user_id.login`` and ``user_id``.
    """

    path: str
    presence: str


@dataclass(frozen=True, slots=True)
class Domain:
    """A condition in Odoo's words; ``notes`` say where it is not the same."""

    tokens: tuple[Token, ...]
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"[{', '.join(map(_written, self.tokens))}]"


@dataclass(frozen=True, slots=True)
class NotHeld:
    """Why Odoo cannot be asked this."""

    why: str


class _Stop(Exception):  # noqa: N818  # never seen outside this module
    pass


def lowered(typed: Typed, places: Mapping[str, Place], *, holds: bool = True) -> Domain | NotHeld:
    """The records for which the condition holds; or those for which it does not."""
    writer = _Writer(places, [])
    try:
        tokens = writer.test(typed.root, holds)
    except _Stop as stop:
        return NotHeld(str(stop))
    return Domain(tokens, tuple(dict.fromkeys(writer.notes)))


def every(domains: Iterable[Domain]) -> Domain:
    """Where all of these hold; everywhere where there is none."""
    return _joined("&", list(domains), TRUE)


def some(domains: Iterable[Domain]) -> Domain:
    """Where one of these holds; nowhere where there is none."""
    return _joined("|", list(domains), FALSE)


def _joined(sign: str, domains: list[Domain], otherwise: Leaf) -> Domain:
    tokens = tuple(token for each in domains for token in each.tokens) or (otherwise,)
    notes = dict.fromkeys(note for each in domains for note in each.notes)
    return Domain((sign,) * (len(domains) - 1) + tokens, tuple(notes))


LOST_UNSAID = Domain(("&", ("active", "=", False), ("lost_reason_id", "=", False)))
"""Records that were lost without a reason."""


def is_empty(declared: FieldType, place: Place, *, empty: bool = True) -> Domain:
    """Where a field has no value; or, with ``empty=False``, where it has one."""
    operator = "=" if empty else "!="
    if declared in _NUMERIC:
        return Domain(((place.presence, operator, 0),), (_ZERO,))
    note = (_EMPTY_BOX,) if declared is FieldType.BOOLEAN else ()
    return Domain(((place.presence, operator, False),), note)


def _written(token: object) -> str:
    """A token as Python text: our own words, and values through ``repr``."""
    match token:
        case Decimal():
            return f"{token.normalize():f}"
        case tuple():
            return f"({', '.join(map(_written, token))})"
        case list():
            return f"[{', '.join(map(_written, token))}]"
        case _:
            return repr(token)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes one condition, in its plain form where ``holds``, else in its opposite one."""

    places: Mapping[str, Place]
    notes: list[str]

    def test(  # one branch for each test
        self,
        node: nodes.Test,
        holds: bool,  # noqa: FBT001  # said at every step down
    ) -> tuple[Token, ...]:
        match node:
            case nodes.Not(operand=operand):
                return self.test(operand, not holds)
            case nodes.All(operands=operands):
                return self.several("&" if holds else "|", operands, holds)
            case nodes.Any(operands=operands):
                return self.several("|" if holds else "&", operands, holds)
            case nodes.Known(subject=subject):
                return self.known(subject, holds)
            case nodes.Truth(subject=subject):
                return self.truth(subject, holds)
            case nodes.Equal():
                return self.equal(node, holds)
            case nodes.Compare():
                return self.compare(node, holds)
            case nodes.In():
                return self.member(node, holds)
            case nodes.TextTest():
                return self.text(node, holds)

    def truth(
        self,
        subject: nodes.FieldValue | nodes.Constant,
        holds: bool,  # noqa: FBT001
    ) -> tuple[Token, ...]:
        if isinstance(subject, nodes.Constant):
            return (TRUE if bool(subject.value) is holds else FALSE,)
        return ((self.place(subject).path, "=" if holds else "!=", True),)

    def several(
        self,
        sign: str,
        operands: tuple[nodes.Test, ...],
        holds: bool,  # noqa: FBT001
    ) -> tuple[Token, ...]:
        inner = [self.test(each, holds) for each in operands]
        tokens = tuple(token for each in inner for token in each)
        return (sign,) * (len(inner) - 1) + tokens

    def place(self, field: nodes.FieldValue) -> Place:
        found = self.places.get(field.name)
        if found is None:
            raise _Stop(f"{field.name} is no field that Odoo holds")
        if field.type in (FieldType.CHOICES, FieldType.DURATION, FieldType.REFERENCE):
            raise _Stop(f"{field.name} is of a type that Odoo's domains cannot test")
        return found

    def known(self, field: nodes.FieldValue, holds: bool) -> tuple[Token, ...]:  # noqa: FBT001
        found = is_empty(field.type, self.place(field), empty=not holds)
        self.notes.extend(found.notes)
        return found.tokens

    def equal(self, node: nodes.Equal, holds: bool) -> tuple[Token, ...]:  # noqa: FBT001
        left, right = node.left, node.right
        if isinstance(left, nodes.Constant):
            left, right = right, left
        if not isinstance(left, nodes.FieldValue) or not isinstance(right, nodes.Constant):
            raise _Stop("Odoo's domains compare a field with a value only")
        same = (node.relation is nodes.Equality.SAME) is holds
        return self.is_one_of(left, (right,), same)

    def is_one_of(
        self,
        field: nodes.FieldValue,
        options: tuple[nodes.Constant, ...],
        same: bool,  # noqa: FBT001
    ) -> tuple[Token, ...]:
        """Odoo's != and not in hold for what is empty, as ours do."""
        place, values = self.place(field), [self.constant(field, each) for each in options]
        if field.type is FieldType.BOOLEAN:
            return self.box(place, {bool(each) for each in values}, same)
        if field.type in _NUMERIC and 0 in values:
            self.notes.append(_ZERO)
        values = [each for each in values if each != ""]  # no record has an empty text
        if not values:
            return (FALSE if same else TRUE,)
        if len(values) == 1:
            found: Leaf = (place.path, "=" if same else "!=", values[0])
        else:
            found = (place.path, "in" if same else "not in", values)
        return (found,) if same else self.or_empty(place, found)

    def box(self, place: Place, values: set[bool], same: bool) -> tuple[Token, ...]:  # noqa: FBT001
        if False in values:
            self.notes.append(_EMPTY_BOX)
        if len(values) == 2:
            return (TRUE if same else FALSE,)
        return ((place.path, "=" if same else "!=", values.pop()),)

    def or_empty(self, place: Place, found: Leaf) -> tuple[Token, ...]:
        """A path through another record finds nothing where there is none: so that is said."""
        if place.path == place.presence:
            return (found,)
        return ("|", (place.presence, "=", False), found)

    def member(self, node: nodes.In, holds: bool) -> tuple[Token, ...]:  # noqa: FBT001
        subject, source = node.subject, node.source
        if not isinstance(subject, nodes.FieldValue):
            raise _Stop("Odoo's domains compare a field with a value only")
        if isinstance(source, nodes.Listing):
            source = tuple(
                nodes.Constant(node.span, value, FieldType.TEXT) for value in sorted(source.values)
            )
        if not isinstance(source, tuple) or not all(
            isinstance(each, nodes.Constant) for each in source
        ):
            raise _Stop("Odoo's domains compare a field with a value only")
        if len(source) > _MOST_OPTIONS:
            raise _Stop(f"it names more than {_MOST_OPTIONS} values")
        return self.is_one_of(
            subject, tuple(each for each in source if isinstance(each, nodes.Constant)), holds
        )

    def compare(self, node: nodes.Compare, holds: bool) -> tuple[Token, ...]:  # noqa: FBT001
        field, order, right = _with_field_first(node)
        place = self.place(field)
        if field.type in _NUMERIC:
            return self.compare_number(place, order, self.limit(field, right), holds)
        value = self.limit(field, right)
        if holds:
            return ((place.path, order.value, value),)
        return ("|", (place.presence, "=", False), (place.path, _OPPOSITE[order].value, value))

    def compare_number(
        self,
        place: Place,
        order: nodes.Order,
        value: object,
        holds: bool,  # noqa: FBT001
    ) -> tuple[Token, ...]:
        """Odoo reads an empty number as 0; where 0 is inside, it is taken out by name."""
        zero_inside = _inside(order, value)
        if zero_inside:
            self.notes.append(_ZERO)
        if holds:
            found: Leaf = (place.path, order.value, value)
            return ("&", (place.path, "!=", 0), found) if zero_inside else (found,)
        found = (place.path, _OPPOSITE[order].value, value)
        return ("|", (place.path, "=", 0), found) if zero_inside else (found,)

    def limit(self, field: nodes.FieldValue, node: nodes.Value) -> object:
        """The value that a field is compared with; dates may be told from today or now."""
        match node:
            case nodes.Constant():
                return self.constant(field, node)
            case nodes.Clock(hand=hand):
                return self.relative(hand, timedelta(0))
            case nodes.Arithmetic(
                left=nodes.Clock(hand=hand), right=nodes.Constant(value=timedelta() as length)
            ):
                minus = node.sign is nodes.Sign.MINUS
                return self.relative(hand, -length if minus else length)
        raise _Stop("Odoo's domains compare a field with a value only")

    def relative(self, hand: nodes.Hand, length: timedelta) -> str:
        if hand is nodes.Hand.TODAY:
            self.notes.append(_TODAY)
            return f"today {length.days:+d}d" if length.days else "today"
        seconds, rest = divmod(length, timedelta(seconds=1))
        if rest:
            raise _Stop("Odoo's times have whole seconds")
        return f"now {seconds:+d}S" if seconds else "now"

    def text(self, node: nodes.TextTest, holds: bool) -> tuple[Token, ...]:  # noqa: FBT001
        field, part = node.subject, node.part
        if not isinstance(field, nodes.FieldValue) or not isinstance(part, nodes.Constant):
            raise _Stop("Odoo's domains compare a field with a value only")
        place, value = self.place(field), self.constant(field, part)
        if value == "":
            return self.known(field, holds)
        kept = "".join(f"\\{each}" if each in "\\%_" else each for each in str(value))
        operator, pattern = {
            nodes.Where.ANYWHERE: ("like", kept),
            nodes.Where.START: ("=like", f"{kept}%"),
            nodes.Where.END: ("=like", f"%{kept}"),
        }[node.where]
        if holds:
            return ((place.path, operator, pattern),)
        return ("|", (place.presence, "=", False), (place.path, f"not {operator}", pattern))

    def constant(self, field: nodes.FieldValue, node: nodes.Constant) -> object:
        match node.value:
            case bool() | int() | Decimal():
                return node.value
            case datetime() as instant:
                if instant.microsecond:
                    raise _Stop("Odoo's times have whole seconds")
                return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
            case date() as day:
                return day.isoformat()
            case str() as text:
                if "\0" in text or not text.isprintable():
                    raise _Stop("it compares with signs that nobody can see")
                return text.lower() if field.type is FieldType.PERSON else text
            case timedelta():
                raise _Stop("Odoo has no field for a duration")


def _with_field_first(
    node: nodes.Compare,
) -> tuple[nodes.FieldValue, nodes.Order, nodes.Value]:
    """The field, the order as seen from it, and what it is compared with."""
    left, right, order = node.left, node.right, node.order
    if isinstance(right, nodes.FieldValue):
        left, right, order = right, left, _MIRROR[order]
    match left:
        case nodes.FieldValue() as field if not isinstance(right, nodes.FieldValue):
            return field, order, right
        case nodes.DaysBetween(
            start=nodes.FieldValue() as field, end=nodes.Clock(hand=nodes.Hand.TODAY) as clock
        ) if isinstance(right, nodes.Constant) and field.type is FieldType.DATE:
            return field, _MIRROR[order], _days_before(clock, right)
    raise _Stop("Odoo's domains compare a field with a value only")


def _days_before(clock: nodes.Clock, days: nodes.Constant) -> nodes.Value:
    """So many days before today; the age of a date is a date."""
    count = days.value
    if isinstance(count, bool) or not isinstance(count, int | Decimal) or count != int(count):
        raise _Stop("Odoo counts whole days")
    if not -36_500 <= count <= 36_500:
        raise _Stop("it counts more than a hundred years")
    length = nodes.Constant(days.span, timedelta(days=int(count)), FieldType.DURATION)
    return nodes.Arithmetic(days.span, nodes.Sign.MINUS, clock, length, FieldType.DATE)


def _inside(order: nodes.Order, value: object) -> bool:
    """Whether 0 is on this side of a value."""
    limit = value if isinstance(value, int | Decimal) else Decimal(0)
    match order:
        case nodes.Order.LESS:
            return limit > 0
        case nodes.Order.AT_MOST:
            return limit >= 0
        case nodes.Order.GREATER:
            return limit < 0
        case nodes.Order.AT_LEAST:
            return limit <= 0


_OPPOSITE = {
    nodes.Order.LESS: nodes.Order.AT_LEAST,
    nodes.Order.AT_MOST: nodes.Order.GREATER,
    nodes.Order.GREATER: nodes.Order.AT_MOST,
    nodes.Order.AT_LEAST: nodes.Order.LESS,
}
_MIRROR = {
    nodes.Order.LESS: nodes.Order.GREATER,
    nodes.Order.AT_MOST: nodes.Order.AT_LEAST,
    nodes.Order.GREATER: nodes.Order.LESS,
    nodes.Order.AT_LEAST: nodes.Order.AT_MOST,
}
