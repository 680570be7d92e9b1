"""The declaration of a RecordSchema: fields, choices, quality targets and external names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, StrictBool
from pydantic import Field as PydanticField

from ixia_config.kinds.envelope import Envelope, Frozen
from ixia_config.kinds.scalars import (
    Condition,
    Count,
    Currency,
    Date,
    DurationText,
    FieldName,
    Name,
    Percent,
    Text,
)

FieldKind = Literal[
    "text",
    "integer",
    "decimal",
    "money",
    "percent",
    "boolean",
    "date",
    "datetime",
    "duration",
    "choice",
    "choices",
    "person",
    "reference",
]


class Choice(Frozen):
    """One value of a choice field, written out."""

    value: Text
    title: Text | None = None
    active: StrictBool = True
    """An inactive value stays on old records and is offered no more"""


def _written_out(value: object) -> object:
    return {"value": value} if isinstance(value, str) else value


ChoiceOrValue = Annotated[
    Choice, BeforeValidator(_written_out, json_schema_input_type=Text | Choice)
]


class Completeness(Frozen):
    """How full a field shall be."""

    target: Percent
    measured: Percent | None = None
    """Where it stood when the target was set"""
    from_: Date | None = PydanticField(default=None, alias="from")


class Field(Frozen):
    """One field of a record."""

    type: FieldKind
    title: Text | None = None
    """What people see; the key in plain words when left out"""
    description: Text | None = None
    choices: tuple[ChoiceOrValue, ...] = ()
    """Values of a choice or choices field, in order"""
    retired_choices: Mapping[Text, Text] = {}
    """Values that go away, each with the one that replaces it"""
    to: Name | None = None
    """Record type that a reference points to"""
    source: Literal["user", "system"] = "user"
    """system: the CRM computes it and nobody writes it"""
    required: StrictBool = False
    unique: StrictBool = False
    sensitive: StrictBool = False
    track_history: StrictBool = False
    validate_: Condition | None = PydanticField(default=None, alias="validate")
    """Holds for every record that has a value here"""
    currency: Currency | None = None
    unit: Text | None = None
    max_length: Count | None = None
    minimum: Text | None = None
    maximum: Text | None = None
    group: Text | None = None
    """Heading under which the CRM shows it"""
    filled_by: tuple[Literal["rep", "form", "sync", "import", "automation", "enrichment"], ...] = ()
    """Who or what writes it"""
    source_of_truth: tuple[Name, ...] | None = None
    """The one target that is right when systems disagree"""
    completeness: Completeness | None = None
    placeholders: tuple[Text, ...] = ()
    """Values that mean missing, such as "Select" or "?" """
    freshness: DurationText | None = None
    retention: DurationText | None = None

    @property
    def choice_titles(self) -> Mapping[str, str]:
        """Each active value and what people see for it, in order."""
        return {each.value: each.title or each.value for each in self.choices if each.active}


class External(Frozen):
    """What one target calls this record type and its fields."""

    object: Text | None = None
    fields: Mapping[FieldName, Text] = {}


class RecordSchemaSpec(Frozen):
    """The fields of a record type."""

    currency: Currency | None = None
    fields: Mapping[FieldName, Field] = PydanticField(min_length=1)
    external: Mapping[Name, External] = {}


class RecordSchema(Envelope):
    """The fields that conditions name and targets hold."""

    kind: Literal["RecordSchema"]
    spec: RecordSchemaSpec
