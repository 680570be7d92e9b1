"""Conditions in plain English: ``discount < 20%`` is "discount is below 20 %"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.record_schema.spec import Field, RecordSchema
from ixia_config.render.values import number
from ixia_config.render.wording import capital, clean, label
from ixia_config.rules import Problem
from ixia_config.rules.parse import parse
from ixia_config.rules.tree import (
    Binary,
    Boolean,
    Call,
    Expression,
    ListOf,
    Logical,
    Name,
    Number,
    Text,
    Unary,
)
from ixia_config.rules.write import written

LONGEST = 2_000  # characters; a longer condition is shown as it was written
_RELATIONS = {
    "==": "is",
    "!=": "is not",
    "<": "is below",
    "<=": "is at most",
    ">": "is above",
    ">=": "is at least",
}
_TEXTS = {"startsWith": "starts with", "endsWith": "ends with", "contains": "contains"}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What people call the fields of one record type, and those of the records it points to."""

    record: str
    fields: Mapping[str, Mapping[str, Field]]

    def title(self, path: str) -> str:
        """``account.segment`` is "account: segment", with the titles that the fields have."""
        return ": ".join(
            label(clean(field.title)) if field and field.title else name.replace("_", " ")
            for name, field in self._steps(path)
        )

    def choice(self, path: str, value: str) -> str:
        """What people see for a value of this field."""
        field = self._steps(path)[-1][1]
        return clean(field.choice_titles.get(value, value) if field else value)

    def _steps(self, path: str) -> list[tuple[str, Field | None]]:
        record: str | None = self.record
        found: list[tuple[str, Field | None]] = []
        for name in path.split("."):
            field = self.fields.get(record or "", {}).get(name)
            found.append((name, field))
            record = field.to if field else None
        return found


def vocabulary(configuration: Configuration, record: str) -> Vocabulary:
    """The words for records of this type."""
    return Vocabulary(record, configuration.derive(_fields))


def _fields(configuration: Configuration) -> Mapping[str, Mapping[str, Field]]:
    return {each.name: each.body.spec.fields for each in configuration.of(RecordSchema)}


def spoken(condition: str, words: Vocabulary) -> str:
    """The condition as a phrase; as it was written where it cannot be read."""
    tree = parse(condition) if len(condition) <= LONGEST else None
    if tree is None or isinstance(tree, Problem):
        return clean(condition)
    return _said(tree, words)


def sentence(condition: str, words: Vocabulary) -> str:
    """The same with a capital."""
    return capital(spoken(condition, words))


def cells_spoken(cells: Mapping[str, object], words: Vocabulary) -> str:
    """A row of a decision table as a phrase."""
    asked = {path: cell for path, cell in cells.items() if cell not in (None, "", "-")}
    return " and ".join(f"{words.title(path)} {_cell(each)}" for path, each in asked.items())


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return f"is {_either([str(each) for each in value])}"
    text = clean(str(value).lower() if isinstance(value, bool) else str(value))
    for sign in ("==", "!=", "<=", ">=", "<", ">"):
        if text.startswith(sign):
            return f"{_RELATIONS[sign]} {text.removeprefix(sign).strip()}"
    return {"known": "is filled in", "missing": "is empty"}.get(text, f"is {text}")


def _said(node: Expression, words: Vocabulary) -> str:
    match node:
        case Logical(operator=operator, operands=operands):
            word = " and " if operator == "&&" else " or "
            return word.join(_inside(each, words) for each in operands)
        case Unary(operator="!", operand=operand):
            return _not(operand, words)
        case Binary(operator=operator, left=left, right=right) if operator in _RELATIONS:
            return f"{_value(left, words)} {_RELATIONS[operator]} {_value(right, words, left)}"
        case Binary(operator="in", left=left, right=right):
            return _within(left, right, words)
        case Call():
            return _call(node, words)
        case Name():
            return f"{_value(node, words)} is yes"
        case _:
            return _value(node, words)


def _inside(node: Expression, words: Vocabulary) -> str:
    said = _said(node, words)
    return f"({said})" if isinstance(node, Logical) else said


def _not(node: Expression, words: Vocabulary) -> str:
    match node:
        case Call(function="known", arguments=(field,)):
            return f"{_value(field, words)} is empty"
        case Name():
            return f"{_value(node, words)} is no"
        case _:
            return f"it is not so that {_inside(node, words)}"


def _within(left: Expression, right: Expression, words: Vocabulary) -> str:
    if isinstance(right, ListOf):
        options = [_value(each, words, left) for each in right.members]
        return f"{_value(left, words)} is {_either(options)}"
    return f"{_value(right, words)} has {_value(left, words, right)}"


def _either(options: list[str]) -> str:
    *most, last = [clean(each) for each in options] or ["nothing"]
    return f"{', '.join(most)} or {last}" if most else last


def _call(node: Call, words: Vocabulary) -> str:
    match node:
        case Call(function="known", arguments=(field,)):
            return f"{_value(field, words)} is filled in"
        case Call(function=function, receiver=receiver, arguments=(value,)) if (
            receiver is not None and function in _TEXTS
        ):
            return f"{_value(receiver, words)} {_TEXTS[function]} {_value(value, words)}"
        case _:
            return _value(node, words)


def _value(node: Expression, words: Vocabulary, beside: Expression | None = None) -> str:
    """A value; one beside a field with choices is shown as people see it."""
    match node:
        case Name(parts=("today" | "now",)):
            return node.parts[0]
        case Name(parts=parts):
            return words.title(".".join(parts))
        case Number(text=text):
            return f"{number(text[:-1])} %" if text.endswith("%") else number(text)
        case Text(value=value) if isinstance(beside, Name):
            return words.choice(".".join(beside.parts), value)
        case Boolean(value=value):
            return "yes" if value else "no"
        case Call(function="size", arguments=(field,)):
            return f"the length of {_value(field, words)}"
        case Call(function="date" | "datetime" | "duration", arguments=(Text(value=value),)):
            return clean(value)
        case _:
            return clean(written(node))
