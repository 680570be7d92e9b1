"""Models of Odoo as values: their fields, what a field may hold, and how rows are ordered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Value = Any
"""What a column holds: text, number, truth, None where unset, an id, or a tuple of ids."""

TEXTS = frozenset({"char", "text", "html"})
NUMBERS = frozenset({"integer", "float", "monetary"})
LISTS = frozenset({"one2many", "many2many"})
RELATIONS = LISTS | {"many2one"}
_KINDS = {"m2o": "many2one", "o2m": "one2many", "m2m": "many2many", "bool": "boolean",
          "int": "integer"}  # fmt: skip
_WRITTEN = re.compile(r"(\w+):(\w+)(?:\(([^)]*)\))?([*~]*)(?:>(\w+))?(?:=(.*))?")


@dataclass(frozen=True, slots=True)
class Field:
    """One field; ``computed`` ones have no column. ``on_delete`` is what losing the target does."""

    name: str
    kind: str
    label: str
    relation: str = ""
    inverse: str = ""
    required: bool = False
    computed: bool = False
    on_delete: str = "null"
    default: Value = None
    choices: tuple[str, ...] = ()

    @property
    def falsy(self) -> Value:
        """What an unset column counts as in a domain; None where unset is a state of its own."""
        if self.kind in TEXTS:
            return ""
        return {"boolean": False}.get(self.kind, 0 if self.kind in NUMBERS else None)

    @property
    def is_list(self) -> bool:
        """Whether it holds many rows."""
        return self.kind in LISTS


@dataclass(frozen=True, slots=True)
class Model:
    """One model. ``missing`` says whether a write to a row that is gone is refused with 404."""

    name: str
    title: str
    order: str
    fields: Mapping[str, Field] = field(default_factory=dict)
    named_by: str = "name"
    missing: bool = False


def fields_of(written: str, labels: Mapping[str, str]) -> dict[str, Field]:
    """Fields from a line like ``name:char* stage_id:m2o(crm.stage)>restrict sequence:int=1``.

    ``*`` is required, ``~`` computed, ``>`` what a lost target does, ``=`` the default.
    """
    found = [_field(word, labels) for word in written.split()]
    return {each.name: each for each in found}


def _field(word: str, labels: Mapping[str, str]) -> Field:
    match = _WRITTEN.fullmatch(word)
    if match is None:
        raise ValueError(f"not a field: {word}")
    name, short, inside, marks, on_delete, default = match.groups()
    kind = _KINDS.get(short, short)
    first, _, second = (inside or "").partition(",")
    related = kind in RELATIONS
    required = "*" in marks
    return Field(
        name=name,
        kind=kind,
        label=labels.get(name) or _label(name),
        relation=first if related else "",
        inverse=second if related else "",
        required=required,
        computed="~" in marks or kind == "one2many",
        on_delete=on_delete or ("restrict" if required else "null"),
        default=_default(kind, default),
        choices=tuple((inside or "").split("|")) if kind == "selection" and inside else (),
    )


def _label(name: str) -> str:
    return name.removesuffix("_id").removesuffix("_ids").replace("_", " ").title()


def _default(kind: str, written: str | None) -> Value:
    if written is None:
        return False if kind == "boolean" else None
    match kind:
        case "boolean":
            return written == "1"
        case "integer" | "many2one":
            return int(written)
        case "float" | "monetary":
            return float(written)
        case _:
            return written
