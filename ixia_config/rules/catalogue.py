"""What conditions may speak of: the declared fields of each record, and lists from files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class FieldType(StrEnum):
    """The type of a declared field."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    PERCENT = "percent"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    DURATION = "duration"
    CHOICE = "choice"
    CHOICES = "choices"
    PERSON = "person"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Field:
    """One declared field; ``choices`` of a choice, ``to`` the record that a reference leads to."""

    type: FieldType
    choices: tuple[str, ...] = ()
    to: str = ""
    title: str = ""
    sensitive: bool = False  # explanations say only whether there is a value


Fields = Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The fields of every record by the record's name, and the columns of every list file."""

    records: Mapping[str, Fields]
    lists: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def related(self, record: str) -> frozenset[str]:
        """Every name that a condition on this record may use, one reference deep."""
        names = set(self.records[record])
        for name, declared in self.records[record].items():
            if declared.type is FieldType.REFERENCE:
                names |= {f"{name}.{inner}" for inner in self.records.get(declared.to, {})}
        return frozenset(names)
