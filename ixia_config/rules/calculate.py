"""Which arithmetic has a meaning, and what comes out of it, by type."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from ixia_config.rules.catalogue import FieldType
from ixia_config.rules.codes.types import CannotCalculate, WrongArgument
from ixia_config.rules.describe import family, shown, type_of
from ixia_config.rules.nodes import Arithmetic, Constant, Meaning, Scalar, Sign, Test, Value
from ixia_config.rules.problem import Problem
from ixia_config.rules.relate import percent_wanted
from ixia_config.rules.tree import Span

_SUMS = {
    ("number", "number"): FieldType.DECIMAL,
    ("money", "money"): FieldType.MONEY,
    ("money", "number"): FieldType.MONEY,
    ("number", "money"): FieldType.MONEY,
    ("percent", "percent"): FieldType.PERCENT,
    ("datetime", "duration"): FieldType.DATETIME,
    ("date", "duration"): FieldType.DATE,
    ("duration", "duration"): FieldType.DURATION,
}
_DIFFERENCES = {
    **_SUMS,
    ("date", "date"): FieldType.DURATION,
    ("datetime", "datetime"): FieldType.DURATION,
}
_PRODUCTS = {
    ("number", "number"): FieldType.DECIMAL,
    ("money", "number"): FieldType.MONEY,
    ("number", "money"): FieldType.MONEY,
    ("money", "percent"): FieldType.MONEY,
    ("percent", "money"): FieldType.MONEY,
    ("percent", "number"): FieldType.PERCENT,
    ("number", "percent"): FieldType.PERCENT,
    ("percent", "percent"): FieldType.PERCENT,
}
_QUOTIENTS = {
    ("number", "number"): FieldType.DECIMAL,
    ("money", "number"): FieldType.MONEY,
    ("money", "percent"): FieldType.MONEY,
    ("money", "money"): FieldType.DECIMAL,
    ("percent", "number"): FieldType.PERCENT,
    ("percent", "percent"): FieldType.DECIMAL,
    ("number", "percent"): FieldType.DECIMAL,
}
_TABLES = {Sign.PLUS: _SUMS, Sign.MINUS: _DIFFERENCES, Sign.TIMES: _PRODUCTS}


def calculated(text: str, span: Span, sign: Sign, left: Meaning, right: Meaning) -> Value | Problem:
    """``left sign right`` with the type of its result."""
    pair = (family(type_of(left)), family(type_of(right)))
    found = _TABLES[sign].get(pair)
    if isinstance(left, Test) or isinstance(right, Test) or found is None:
        return _cannot(text, span, sign, left, right)
    if pair == ("date", "duration") and not _whole_days(right):
        advice = 'add whole days to a date, such as duration("30 days")'
        return _refused(text, span, sign, left, right, advice)
    whole = left.type is right.type is FieldType.INTEGER
    return Arithmetic(span, sign, left, right, FieldType.INTEGER if whole else found)


def negated(text: str, span: Span, operand: Meaning) -> Value | Problem:
    """``-operand``; a constant becomes a negative constant."""
    if isinstance(operand, Test) or family(operand.type) not in ("number", "money", "percent"):
        wrong = f"{shown(text, operand)} cannot be negative"
        return Problem(span, WrongArgument(function="-", problem=wrong, usage="-5"))
    if isinstance(operand, Constant):
        return Constant(span, _minus(operand.value), operand.type)
    zero = Constant(Span(span.start, span.start), 0, operand.type)
    return Arithmetic(span, Sign.MINUS, zero, operand, operand.type)


def _minus(value: Scalar) -> Scalar:
    """The exact negative; Decimal's own minus would round."""
    return value.copy_negate() if isinstance(value, Decimal) else -int(str(value))


def quotient(left: Meaning, right: Meaning) -> FieldType | None:
    """The type of ``left / right``; None where that has no meaning."""
    return _QUOTIENTS.get((family(type_of(left)), family(type_of(right))))


def _whole_days(node: Value) -> bool:
    value = node.value if isinstance(node, Constant) else None
    return isinstance(value, timedelta) and value == timedelta(days=value.days)


def _cannot(text: str, span: Span, sign: Sign, left: Meaning, right: Meaning) -> Problem:
    families = {family(type_of(left)), family(type_of(right))}
    if families == {"percent", "number"}:
        return percent_wanted(text, span, left, right)
    return _refused(text, span, sign, left, right, _advice(families))


def _refused(
    text: str, span: Span, sign: Sign, left: Meaning, right: Meaning, advice: str
) -> Problem:
    problem = CannotCalculate(
        left=shown(text, left), operator=sign.value, right=shown(text, right), advice=advice
    )
    return Problem(span, problem)


def _advice(families: set[str]) -> str:
    if families == {"date", "datetime"}:
        return "use today beside a date and now beside a date with time"
    if families & {"date", "datetime"} and "number" in families:
        return 'add a duration, such as duration("30 days")'
    if families & {"date", "datetime"} and "duration" in families:
        return "write the date first"
    if families == {"percent", "money"}:
        return "multiply them: amount * 10%"
    if families == {"money"}:
        return "money is multiplied with a number or a percentage"
    if "text" in families:
        return "only numbers, money, percentages, dates and durations can be calculated with"
    return "docs/conditions.md lists what goes together"
