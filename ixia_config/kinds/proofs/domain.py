"""What a RecordSchema promises of every record: fields that are there, and their bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from pydantic import ValidationError

from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.record_schema.bounds import READERS
from ixia_config.kinds.record_schema.spec import Field, RecordSchema
from ixia_config.rules import Typed
from ixia_config.rules.analysis import Domain

Bound = int | Decimal | date


def domain(
    configuration: Configuration,
    record: str,
    given: Iterable[Typed | None] = (),
    required: frozenset[str] = frozenset(),
) -> Domain:
    """The promises about a type of record, with those about the records that it refers to."""
    fields = dict(_fields(configuration, record))
    lowest = {name: low for name, field in fields.items() if (low := _bound(field, "minimum"))}
    highest = {name: high for name, field in fields.items() if (high := _bound(field, "maximum"))}
    return Domain(
        required=required | {name for name, field in fields.items() if field.required},
        minimum={name: low[0] for name, low in lowest.items()},
        maximum={name: high[0] for name, high in highest.items()},
        given=tuple(each for each in given if each is not None),
    )


def _fields(configuration: Configuration, record: str) -> Iterator[tuple[str, Field]]:
    """Every field by the name that conditions use, one reference deep."""
    for name, field in _own(configuration, record):
        yield name, field
        for below, other in _own(configuration, field.to) if field.to else ():
            yield f"{name}.{below}", other


def _own(configuration: Configuration, record: str) -> Iterable[tuple[str, Field]]:
    schema = configuration.get(RecordSchema, record)
    return schema.body.spec.fields.items() if schema else ()


def _bound(field: Field, setting: str) -> tuple[Bound] | None:
    """One bound, read as the type of the field is written; None where there is none."""
    reader, text = READERS.get(field.type), getattr(field, setting)
    if reader is None or text is None:
        return None
    try:
        return (reader.validate_python(text),)
    except ValidationError:
        return None
