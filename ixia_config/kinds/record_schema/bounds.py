"""Minimum and maximum of a field, read as its type is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from pydantic import TypeAdapter, ValidationError

from ixia_config.codes import Diagnostic
from ixia_config.kinds.policy import Policy
from ixia_config.kinds.record_schema.codes.structure import WrongBound
from ixia_config.kinds.record_schema.spec import Field, RecordSchema
from ixia_config.kinds.scalars import Date, Integer, Number, Percent
from ixia_config.language.codes import quoted
from ixia_config.model import Path

READERS: dict[str, TypeAdapter[int] | TypeAdapter[Decimal] | TypeAdapter[date]] = {
    "integer": TypeAdapter(Integer),
    "decimal": TypeAdapter(Number),
    "money": TypeAdapter(Number),
    "percent": TypeAdapter(Percent),
    "date": TypeAdapter(Date),
}


def bounds(policy: Policy[RecordSchema], path: Path, field: Field) -> Iterator[Diagnostic]:
    """Bounds that are not written as the field's values are, or exclude every value."""
    reader = READERS.get(field.type)
    if reader is None:
        return
    values: list[int | Decimal | date] = []
    for setting in ("minimum", "maximum"):
        text = getattr(field, setting)
        if text is None:
            continue
        try:
            values.append(reader.validate_python(text))
        except ValidationError as error:
            expected = error.errors()[0]["msg"]
            problem = f"expected {expected}, not {quoted(text)}"
            yield WrongBound(mark=policy.mark(*path, setting), problem=problem)
    if len(values) == 2 and values[0] > values[1]:  # type: ignore[operator]  # one reader made both
        problem = f"the minimum {field.minimum} is above the maximum {field.maximum}"
        mark = policy.mark(*path, "minimum")
        yield WrongBound(mark=mark, problem=problem, remedy="swap them, or correct one")
