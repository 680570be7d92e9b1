"""How types and parts of a condition are named in messages, in the words of sales operations."""

from __future__ import annotations

from ixia_config.rules.catalogue import FieldType
from ixia_config.rules.nodes import Constant, Meaning, Test, Value
from ixia_config.rules.tree import Span

_WORDS = {
    FieldType.TEXT: "text",
    FieldType.INTEGER: "a number",
    FieldType.DECIMAL: "a number",
    FieldType.MONEY: "money",
    FieldType.PERCENT: "a percentage",
    FieldType.BOOLEAN: "yes or no",
    FieldType.DATE: "a date",
    FieldType.DATETIME: "a date with time",
    FieldType.DURATION: "a duration",
    FieldType.CHOICE: "a choice",
    FieldType.CHOICES: "a multiple choice",
    FieldType.PERSON: "a person",
    FieldType.REFERENCE: "a related record",
}
_LONGEST = 40


def kind(of: FieldType) -> str:
    """The type in words."""
    return _WORDS[of]


def excerpt(text: str, span: Span) -> str:
    """The user's own words at this place, shortened."""
    words = " ".join(text[span.start : span.end].split())
    return words if len(words) <= _LONGEST else words[: _LONGEST - 3] + "..."


def shown(text: str, node: Meaning) -> str:
    """A part of a condition with its type: ``amount (money)``."""
    return f"{excerpt(text, node.span)} ({kind(type_of(node))})"


def type_of(node: Meaning) -> FieldType:
    """The type of a value; a test is yes or no."""
    return FieldType.BOOLEAN if isinstance(node, Test) else node.type


def family(of: FieldType) -> str:
    """Types of one family may be compared with each other."""
    match of:
        case FieldType.INTEGER | FieldType.DECIMAL:
            return "number"
        case FieldType.TEXT | FieldType.CHOICE | FieldType.PERSON:
            return "text"
        case _:
            return of.value


def literal(node: Value | Test) -> str | None:
    """The text of a quoted constant; None for anything else."""
    if isinstance(node, Constant) and isinstance(node.value, str):
        return node.value
    return None
