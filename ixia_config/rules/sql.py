"""The SQL back end: a condition as one boolean expression that is never NULL, exact in every row.

Columns are named as the condition names the fields (``"account.segment"``) and have the types of
``column_type``; instants are in UTC, durations in microseconds. What a database cannot hold
exactly is refused as ``NotPortable``, never approximated.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from ixia_config.rules import nodes
from ixia_config.rules.catalogue import Field, FieldType
from ixia_config.rules.describe import family, type_of
from ixia_config.rules.dialects import DIGITS, Dialect
from ixia_config.rules.evaluate import TIMELESS, Moment
from ixia_config.rules.nodes import (
    Arithmetic,
    Clock,
    Compare,
    Constant,
    DaysBetween,
    Equal,
    Equality,
    FieldValue,
    Hand,
    In,
    Known,
    Listing,
    Lower,
    Meaning,
    Not,
    Quotient,
    Scalar,
    Sign,
    Size,
    Test,
    TextTest,
    Truth,
    Value,
    Where,
)
from ixia_config.rules.tree import Span
from ixia_config.rules.typed import Typed

_LONGEST = 50_000
_NARROW = 18  # up to here databases calculate in 64 bits, and overflow
_DAY = 86_400_000_000
_CAPITALS, _SMALL = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class NotPortable:
    """A part of a condition that this database cannot answer exactly, and why."""

    span: Span
    reason: str


class _Stop(Exception):  # noqa: N818  # never seen outside this module
    def __init__(self, span: Span, reason: str) -> None:
        super().__init__(reason)
        self.refusal = NotPortable(span, reason)


@dataclass(frozen=True, slots=True)
class _Numeric:
    """Digits before and behind the point that a value can have."""

    whole: int
    scale: int


def emit(
    typed: Typed, dialect: Dialect, now: datetime | None = None, *, where: bool = False
) -> str | NotPortable:
    """A boolean expression with the answers of ``Typed.evaluate``.

    With ``where`` it may be NULL in place of false, as WHERE and CASE WHEN read it: databases
    answer that a few times as fast.
    """
    if typed.clocked and now is None:
        raise ValueError("this condition reads the clock: pass now")
    writer = _Writer(dialect, Moment.of(now) if now else TIMELESS, loose=where)
    try:
        return writer.test(typed.root)
    except _Stop as stop:
        return stop.refusal


def column_type(declared: Field, dialect: Dialect) -> str:
    """The type of a field's column."""
    return dialect.types[declared.type]


def holds(declared: Field, value: object) -> bool:
    """Whether the field's column keeps this value exactly; a loader refuses what it does not."""
    if not isinstance(value, int | Decimal) or declared.type not in DIGITS:
        return True
    total, scale = DIGITS[declared.type]
    needed = _digits_of(Decimal(value))
    whole = declared.type is FieldType.INTEGER
    most = Decimal(2**63 if whole else 10 ** (total - scale))
    return needed.scale <= scale and abs(Decimal(value)) < most


def identifier(name: str, dialect: Dialect) -> str:
    """A quoted column name."""
    named = name.replace(".", dialect.dot)
    return dialect.quote + named.replace(dialect.quote, dialect.quote * 2) + dialect.quote


def literal(value: Scalar, dialect: Dialect) -> str:
    """A constant as this database writes it."""
    return _Writer(dialect, TIMELESS).literal(value)


class _Writer:
    """Writes one condition for one database at one moment.

    ``loose`` is where NULL says the same as false: everywhere but below a NOT.
    """

    def __init__(self, dialect: Dialect, moment: Moment, *, loose: bool = False) -> None:
        self.dialect = dialect
        self.moment = moment
        self.loose = loose

    def any(self, node: Meaning) -> str:
        text = self.test(node) if isinstance(node, Test) else self.value(node)
        if len(text) > _LONGEST:
            raise _Stop(node.span, "it grows too long as SQL")
        return text

    def test(self, node: Test) -> str:
        match node:
            case Equal():
                return self.equal(node)
            case Compare(order=order):
                self.comparable(node.left, node.right, node.span)
                return self.guarded(f"{self.any(node.left)} {order.value} {self.any(node.right)}")
            case TextTest():
                return self.text_test(node)
            case In():
                return self.member(node)
            case Known(subject=subject):
                return f"({self.value(subject)} IS NOT NULL)"
            case Truth(subject=subject):
                return self.guarded(self.value(subject))
            case Not(operand=operand):
                return f"(NOT {self.strict.any(operand)})"
            case nodes.All(operands=operands):
                return "(" + " AND ".join(map(self.any, operands)) + ")"
            case nodes.Any(operands=operands):
                return "(" + " OR ".join(map(self.any, operands)) + ")"

    @property
    def strict(self) -> _Writer:
        """For what is negated or compared, where NULL and false are not the same."""
        return _Writer(self.dialect, self.moment) if self.loose else self

    def guarded(self, text: str) -> str:
        """A test that is false where an operand is missing; or NULL, where that says the same."""
        return f"({text})" if self.loose else _guarded(text)

    def equal(self, node: Equal) -> str:
        self.comparable(node.left, node.right, node.span)
        left, right = self.strict.any(node.left), self.strict.any(node.right)
        plain = isinstance(node.left, Constant) or isinstance(node.right, Constant)
        if node.relation is Equality.SAME and plain:
            return self.guarded(f"{left} = {right}")
        same = _guarded(f"{left} = {right}") if plain else self.dialect.same.format(left, right)
        return same if node.relation is Equality.SAME else f"(NOT {same})"

    def comparable(self, left: Meaning, right: Meaning, span: Span) -> None:
        """Refuses what would have to be rounded before it is compared."""
        if family(type_of(left)) in ("number", "money", "percent"):
            one, other = self.digits(left), self.digits(right)
            self.fits(max(one.whole, other.whole), max(one.scale, other.scale), span)

    def text_test(self, node: TextTest) -> str:
        template = {
            Where.START: self.dialect.starts,
            Where.END: self.dialect.ends,
            Where.ANYWHERE: self.dialect.contains,
        }[node.where]
        return self.guarded(template.format(self.any(node.subject), self.any(node.part)))

    def member(self, node: In) -> str:
        match node.source:
            case Listing(values=values) if not values:
                return "FALSE"
            case Listing(values=values):
                options = ", ".join(self.literal(value) for value in sorted(values))
                return self.guarded(f"{self.strict.any(node.subject)} IN ({options})")
            case FieldValue() as field:
                subject, options = self.strict.any(node.subject), self.value(field)
                return self.guarded(self.dialect.member.format(subject, options))
            case tuple() as listed:
                return self.one_of(node, listed)

    def one_of(self, node: In, listed: tuple[Value, ...]) -> str:
        for option in listed:
            self.comparable(node.subject, option, node.span)
        subject, options = (
            self.strict.any(node.subject),
            [self.strict.any(option) for option in listed],
        )
        if all(isinstance(option, Constant) for option in listed):
            return self.guarded(f"{subject} IN ({', '.join(options)})")
        return "(" + " OR ".join(self.dialect.same.format(subject, each) for each in options) + ")"

    def value(self, node: Value) -> str:
        match node:
            case Constant(value=value):
                return self.literal(value)
            case FieldValue(name=name):
                return identifier(name, self.dialect)
            case Clock(hand=hand):
                return self.clock(hand)
            case Arithmetic():
                return self.arithmetic(node)
            case Quotient():
                raise _Stop(node.span, "databases do not divide decimals exactly")
            case Size(subject=subject) if type_of(subject) is FieldType.CHOICES:
                return self.dialect.count.format(self.any(subject))
            case Size(subject=subject):
                return f"length({self.any(subject)})"
            case Lower(subject=subject):
                return f"translate({self.any(subject)}, '{_CAPITALS}', '{_SMALL}')"
            case DaysBetween():
                return self.days_between(node)

    def clock(self, hand: Hand) -> str:
        value = self.moment.now if hand is Hand.NOW else self.moment.today
        if value is None:
            raise AssertionError("emit refused a condition without its clock")
        return self.literal(value)

    def literal(self, value: Scalar) -> str:
        match value:
            case bool():
                return "TRUE" if value else "FALSE"
            case int() | Decimal():
                plain = f"{Decimal(value):f}"
                if "." in plain:
                    plain = self.dialect.fraction.format(plain)
                return f"({plain})" if value < 0 else plain
            case str():
                doubled = value.replace("\\", "\\\\") if self.dialect.escapes_backslash else value
                return "'" + doubled.replace("'", self.dialect.apostrophe) + "'"
            case datetime():
                return self.dialect.instant.format(value.replace(tzinfo=None).isoformat(" "))
            case date():
                return f"DATE '{value.isoformat()}'"
            case timedelta():
                return str(value // _MICROSECOND)

    def arithmetic(self, node: Arithmetic) -> str:
        if family(node.type) in ("number", "money", "percent"):
            return f"({self.widened(node)} {node.sign.value} {self.any(node.right)})"
        if node.type is FieldType.DURATION:
            return self.gap(node)
        return self.in_calendar(self.shifted(node), node.type)

    def widened(self, node: Arithmetic) -> str:
        """The left side, with room for every digit of the result."""
        result, left = self.digits(node), self.any(node.left)
        total = result.whole + result.scale
        kept = self.dialect.unwidened
        small = total <= _NARROW and (kept is None or result.scale <= kept)
        if small and type_of(node.left) is not FieldType.INTEGER:
            return left
        scale = self.digits(node.left).scale
        return self.dialect.widened.format(left, max(total, _NARROW + 1), scale)

    def gap(self, node: Arithmetic) -> str:
        left, right = self.any(node.left), self.any(node.right)
        if node.left.type is FieldType.DATETIME:
            return self.exact(self.dialect.instants_apart, node.span).format(left, right)
        if node.left.type is FieldType.DATE:
            return f"({self.dialect.dates_apart.format(left, right)} * {_DAY})"
        return f"({left} {node.sign.value} {right})"

    def shifted(self, node: Arithmetic) -> str:
        if isinstance(node.right, Arithmetic):
            raise _Stop(node.span, "a calculated duration may leave the calendar of the database")
        left = self.any(node.left)
        if node.type is FieldType.DATETIME:
            earlier = node.sign is Sign.MINUS
            template = self.dialect.earlier_instant if earlier else self.dialect.later_instant
            return self.exact(template, node.span).format(left, self.any(node.right))
        length = node.right.value if isinstance(node.right, Constant) else None
        if not isinstance(length, timedelta):
            raise AssertionError("the checker lets a date move by constant days only")
        days = -length.days if node.sign is Sign.MINUS else length.days
        return self.dialect.later_date.format(left, days)

    def in_calendar(self, text: str, of: FieldType) -> str:
        """Missing outside the years 1 to 9999, as in Python."""
        first, last = _CALENDAR[of]
        inside = f"{text} BETWEEN {self.literal(first)} AND {self.literal(last)}"
        return f"CASE WHEN {inside} THEN {text} END"

    def days_between(self, node: DaysBetween) -> str:
        start, end = self.any(node.start), self.any(node.end)
        if type_of(node.start) is FieldType.DATE:
            return self.dialect.dates_apart.format(end, start)
        gap = self.exact(self.dialect.instants_apart, node.span).format(end, start)
        modulo = self.dialect.modulo
        floored = f"({gap} - {modulo.format(f'(({modulo.format(gap, _DAY)}) + {_DAY})', _DAY)})"
        return self.dialect.integer_division.format(floored, _DAY)

    def exact(self, template: str | None, span: Span) -> str:
        """How the database calculates with instants, where it does that to the microsecond."""
        if template is None:
            raise _Stop(span, f"{self.dialect.name} does not calculate in microseconds")
        return template

    def digits(self, node: Meaning) -> _Numeric:
        """How many digits a numeric value can have; refuses more than the database holds."""
        match node:
            case Constant(value=value):
                return _digits_of(Decimal(str(value)))
            case Arithmetic():
                return self.result(node, self.digits(node.left), self.digits(node.right))
            case FieldValue():
                total, scale = DIGITS[node.type]
                return _Numeric(total - scale, scale)
            case _:
                return _Numeric(19, 0)

    def result(self, node: Arithmetic, left: _Numeric, right: _Numeric) -> _Numeric:
        if node.sign is Sign.TIMES:
            return self.fits(left.whole + right.whole, left.scale + right.scale, node.span)
        whole = max(left.whole, right.whole) + 1
        return self.fits(whole, max(left.scale, right.scale), node.span)

    def fits(self, whole: int, scale: int, span: Span) -> _Numeric:
        limit = self.dialect.digits
        if limit is not None and whole + scale > limit:
            reason = f"{whole + scale} digits may be needed and {self.dialect.name} has {limit}"
            raise _Stop(span, reason)
        if self.dialect.scale is not None and scale > self.dialect.scale:
            kept = f"{self.dialect.name} keeps {self.dialect.scale}"
            raise _Stop(span, f"{scale} digits behind the point are needed and {kept}")
        return _Numeric(whole, scale)


_CALENDAR = {
    FieldType.DATE: (date.min, date.max),
    FieldType.DATETIME: (
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    ),
}


def _guarded(text: str) -> str:
    """A test that is false, and not NULL, where an operand is missing."""
    return f"COALESCE({text}, FALSE)"


def _digits_of(value: Decimal) -> _Numeric:
    scale = max(0, -int(value.as_tuple().exponent))
    return _Numeric(max(1, value.adjusted() + 1), scale)
