"""The functions of conditions: which there are, how they are written, what they mean.

Adding one is a row in ``FUNCTIONS`` and, where no node says it yet, a node.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from ixia_config.rules import values
from ixia_config.rules.calculate import quotient
from ixia_config.rules.catalogue import FieldType
from ixia_config.rules.codes.names import UnknownFunction
from ixia_config.rules.codes.types import ListMisused, MalformedLiteral, WrongArgument
from ixia_config.rules.describe import family, literal, shown, type_of
from ixia_config.rules.nodes import (
    Clock,
    Constant,
    DaysBetween,
    FieldValue,
    Known,
    Lower,
    Meaning,
    Quotient,
    Rounding,
    Size,
    Test,
    TextTest,
    Where,
)
from ixia_config.rules.problem import Problem
from ixia_config.rules.tree import Call, Span

_PLACES = 12


@dataclass(frozen=True, slots=True)
class Applied:
    """A call with its arguments understood; a method's receiver is the first argument."""

    text: str
    span: Span
    name: str
    arguments: tuple[Meaning, ...]

    def wrong(self, problem: str) -> Problem:
        """This call is written wrongly."""
        usage = FUNCTIONS[self.name].usage
        diagnostic = WrongArgument(function=self.name, problem=problem, usage=usage)
        return Problem(self.span, diagnostic)

    def not_text(self, argument: Meaning) -> Problem:
        """Text was needed."""
        return self.wrong(f"{shown(self.text, argument)} is not text")


@dataclass(frozen=True, slots=True)
class Function:
    """One function: how many arguments, whether the first stands before a dot, and its meaning."""

    usage: str
    arguments: int
    meaning: Callable[[Applied], Meaning | Problem]
    method: bool = False


def called(call: Call, text: str, arguments: tuple[Meaning, ...]) -> Meaning | Problem:
    """What a call means; ``unknown`` must have let it pass before."""
    return FUNCTIONS[call.function].meaning(Applied(text, call.span, call.function, arguments))


def unknown(call: Call) -> Problem | None:
    """Why a call cannot be understood whatever its arguments are."""
    function = FUNCTIONS.get(call.function)
    if function is None:
        advice = _ADVICE.get(call.function.lower(), "")
        problem = UnknownFunction(name=call.function, advice=advice, known=tuple(FUNCTIONS))
        return Problem(call.named, problem)
    applied = Applied("", call.span, call.function, ())
    if function.method != (call.receiver is not None):
        where = "stands behind a text and a dot" if function.method else "stands on its own"
        return applied.wrong(f"it {where}")
    given = len(call.arguments) + function.method
    if given != function.arguments:
        needed = function.arguments - function.method
        return applied.wrong(f"it takes {_counted(needed)}, not {len(call.arguments)}")
    return None


def _counted(number: int) -> str:
    return "1 argument" if number == 1 else f"{number} arguments"


def _known(call: Applied) -> Meaning | Problem:
    subject = call.arguments[0]
    if not isinstance(subject, FieldValue):
        return call.wrong("only a field can be known or not")
    return Known(call.span, subject)


def _size(call: Applied) -> Meaning | Problem:
    subject = call.arguments[0]
    if isinstance(subject, Test) or family(subject.type) not in ("text", "choices"):
        return call.wrong(f"{shown(call.text, subject)} has no size; text and multiple choices do")
    return Size(call.span, subject)


def _lower(call: Applied) -> Meaning | Problem:
    subject = call.arguments[0]
    if isinstance(subject, Test) or family(subject.type) != "text":
        return call.not_text(subject)
    return Lower(call.span, subject)


def _text_test(call: Applied) -> Meaning | Problem:
    subject, part = call.arguments
    if isinstance(subject, Test) or family(subject.type) != "text":
        return call.not_text(subject)
    if isinstance(part, Test) or family(part.type) != "text":
        return call.not_text(part)
    if literal(part) == "":
        return call.wrong("every text contains empty text")
    return TextTest(call.span, Where(call.name), subject, part)


def _div(call: Applied) -> Meaning | Problem:
    left, right, scale, rounding = call.arguments
    result = quotient(left, right)
    if result is None or isinstance(left, Test) or isinstance(right, Test):
        sides = f"{shown(call.text, left)} by {shown(call.text, right)}"
        return call.wrong(f"cannot divide {sides}")
    places = scale.value if isinstance(scale, Constant) else None
    if not isinstance(places, int) or isinstance(places, bool) or not 0 <= places <= _PLACES:
        return call.wrong(f"the decimal places are a number from 0 to {_PLACES}")
    mode = literal(rounding) if not isinstance(rounding, Test) else None
    if mode not in list(Rounding):
        return call.wrong("the rounding is one of " + ", ".join(Rounding))
    return Quotient(call.span, left, right, places, Rounding(mode), result)


def _duration(call: Applied) -> Meaning | Problem:
    return _constant(call, values.duration, FieldType.DURATION)


def _date(call: Applied) -> Meaning | Problem:
    if isinstance(call.arguments[0], Clock):
        return call.wrong("the date of now is today")
    return _constant(call, values.day, FieldType.DATE)


def _datetime(call: Applied) -> Meaning | Problem:
    return _constant(call, values.instant, FieldType.DATETIME)


def _constant(
    call: Applied,
    read: Callable[[str], date | datetime | timedelta | None],
    of: FieldType,
) -> Meaning | Problem:
    argument = call.arguments[0]
    written = None if isinstance(argument, Test) else literal(argument)
    if written is None:
        return call.wrong("it takes quoted text, not a field")
    value = read(written)
    if value is not None:
        return Constant(call.span, value, of)
    usage = FUNCTIONS[call.name].usage
    problem = MalformedLiteral(written=written, kind=_EXPECTED[of], usage=usage)
    return Problem(argument.span, problem)


_EXPECTED = {
    FieldType.DATE: "a date of the calendar",
    FieldType.DATETIME: "a date with time and zone",
    FieldType.DURATION: "a duration (business time needs an SlaPolicy)",
}


def _days_between(call: Applied) -> Meaning | Problem:
    start, end = call.arguments
    types = {type_of(start), type_of(end)}
    if isinstance(start, Test) or isinstance(end, Test) or len(types) > 1:
        both = f"{shown(call.text, start)} and {shown(call.text, end)}"
        return call.wrong(f"{both} are not two dates, or two dates with time")
    if not types <= {FieldType.DATE, FieldType.DATETIME}:
        return call.wrong(f"{shown(call.text, start)} is not a date")
    return DaysBetween(call.span, start, end)


def _list(call: Applied) -> Meaning | Problem:
    advice = 'write field in list("lists/names.csv", "name")'
    return Problem(call.span, ListMisused(problem="a list stands only behind in", advice=advice))


FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        "known": Function("known(amount)", 1, _known),
        "size": Function("size(pain) > 20", 1, _size),
        "lower": Function('lower(domain) == "acme.com"', 1, _lower),
        "startsWith": Function('name.startsWith("Acme")', 2, _text_test, method=True),
        "endsWith": Function('domain.endsWith(".com")', 2, _text_test, method=True),
        "contains": Function('title.contains("VP")', 2, _text_test, method=True),
        "div": Function('div(amount, seats, 2, "half_up")', 4, _div),
        "date": Function('date("2026-01-31")', 1, _date),
        "datetime": Function('datetime("2026-01-31T09:00:00Z")', 1, _datetime),
        "duration": Function('duration("21 days")', 1, _duration),
        "days_between": Function("days_between(created, today)", 2, _days_between),
        "list": Function('domain in list("lists/names.csv", "domain")', 2, _list),
    }
)

_ADVICE = MappingProxyType(
    {
        "has": "write known(field)",
        "exists": "write known(field)",
        "isblank": "write !known(field)",
        "isempty": "write !known(field)",
        "isnull": "write !known(field)",
        "ispickval": 'write field == "value"',
        "len": "write size(field)",
        "length": "write size(field)",
        "lowerascii": "write lower(field)",
        "tolower": "write lower(field)",
        "upper": "write lower(field) and compare with small letters",
        "matches": "regular expressions differ between systems; use startsWith, endsWith, contains",
        "regex": "regular expressions differ between systems; use startsWith, endsWith, contains",
        "timestamp": 'write datetime("2026-01-31T09:00:00Z")',
        "today": "write today without brackets",
        "now": "write now without brackets",
        "if": "a condition is true or false; write one rule for each case",
        "and": "write a && b",
        "or": "write a || b",
    }
)
