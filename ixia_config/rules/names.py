"""What a name in a condition stands for: a field, a field of a related record, or a clock."""

from __future__ import annotations

from ixia_config.rules.catalogue import Catalogue, Field, Fields, FieldType
from ixia_config.rules.codes.names import NotARecord, UnknownField, UnquotedText
from ixia_config.rules.describe import kind
from ixia_config.rules.nodes import Clock, FieldValue, Hand, Value
from ixia_config.rules.problem import Problem
from ixia_config.rules.tree import CLOCKS, Name


def named(
    name: Name, catalogue: Catalogue, record: str, beside: FieldValue | None
) -> Value | Problem:
    """The meaning of a name; ``beside`` is the field that it is compared with."""
    if len(name.parts) == 1 and name.parts[0] in CLOCKS:
        return Clock(name.span, Hand(name.parts[0]))
    fields = catalogue.records.get(record, {})
    for depth, part in enumerate(name.parts):
        declared = fields.get(part)
        if declared is None:
            return _unknown(name, depth, fields, catalogue, record, beside)
        if depth + 1 == len(name.parts):
            return FieldValue(name.span, name.parts, declared)
        followed = _followed(name, depth, declared, catalogue)
        if isinstance(followed, Problem):
            return followed
        fields, record = followed, declared.to
    raise AssertionError("a name has at least one part")


def _followed(name: Name, depth: int, declared: Field, catalogue: Catalogue) -> Fields | Problem:
    """The fields behind a dot."""
    reference = declared.type is FieldType.REFERENCE
    if reference and declared.to in catalogue.records:
        return catalogue.records[declared.to]
    so_far = ".".join(name.parts[: depth + 1])
    to = declared.to if reference else ""
    problem = NotARecord(field=so_far, kind=kind(declared.type), to=to)
    return Problem(name.spans[depth], problem)


def _unknown(
    name: Name,
    depth: int,
    fields: Fields,
    catalogue: Catalogue,
    record: str,
    beside: FieldValue | None,
) -> Problem:
    word = name.parts[depth]
    choice = _choice(word, beside) if len(name.parts) == 1 else None
    if choice and beside:
        return Problem(name.span, UnquotedText(word=choice, field=beside.name))
    known = catalogue.related(record) if depth == 0 and record in catalogue.records else set(fields)
    problem = UnknownField(name=word, record=record, known=tuple(sorted(known)))
    return Problem(name.spans[depth], problem)


def _choice(word: str, beside: FieldValue | None) -> str | None:
    """The choice of the field beside that this bare word is, whatever its case."""
    choices = beside.declared.choices if beside else ()
    return next((choice for choice in choices if choice.lower() == word.lower()), None)
