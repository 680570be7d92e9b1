"""JSON Schemas of all kinds, for editors; made from the declarations that judge documents."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from ixia_config.kinds.registry import Kind, kinds
from ixia_config.kinds.scalars import percentage

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def schemas() -> Mapping[str, Schema]:
    """Every schema by its file name: one for each kind, and ``ixia.schema.json`` for any kind."""
    each = {f"{kind.slug}.schema.json": _of(kind) for kind in kinds().values()}
    return each | {"ixia.schema.json": _any(tuple(kinds().values()))}


def texts() -> Mapping[str, str]:
    """The text of every schema file, the same on every run."""
    return {
        name: json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
        for name, schema in schemas().items()
    }


def _of(kind: Kind) -> Schema:
    schema = kind.envelope.model_json_schema(by_alias=True, schema_generator=_Generator)
    return {"$schema": DIALECT} | _tidy(schema)


def _any(known: tuple[Kind, ...]) -> Schema:
    """A document of any kind; the schema of its kind stands in the file beside."""
    return {
        "$schema": DIALECT,
        "title": "Ixia Config",
        "description": "A policy of any kind.",
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": [kind.name for kind in known]}},
        "oneOf": [{"$ref": f"{kind.slug}.schema.json"} for kind in known],
    }


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, without the titles that it makes up from names."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # pydantic's signature
        """Descriptions say more than names in capitals."""
        del schema
        return False

    def encode_default(self, dft: Any) -> Any:  # pydantic's signature
        """A default as a person would write it; none for a whole declaration."""
        if isinstance(dft, BaseModel):
            return None
        return percentage(dft) if isinstance(dft, Decimal) else super().encode_default(dft)


def _tidy(schema: Schema) -> Schema:
    """The schema with closed mappings, one-line descriptions, and no defaults that say nothing."""
    return {
        key: _value(key, value)
        for key, value in (schema | _closed(schema)).items()
        if not (key == "default" and (value is None or value in ([], {})))
    }


def _value(key: str, value: Any) -> Any:  # any part of a JSON document
    if isinstance(value, dict):
        named = key in ("properties", "$defs")
        return {name: _value("", each) for name, each in value.items()} if named else _tidy(value)
    if isinstance(value, list):
        return [_value("", each) for each in value]
    if key == "description":
        return re.sub(r"\s+", " ", value).strip()
    return value


def _closed(schema: Schema) -> Schema:
    """Keys that match no pattern are refused, as by the kinds themselves."""
    return {"additionalProperties": False} if "patternProperties" in schema else {}
