"""Records as plans read them: a sale with its dates, its numbers, and the people who share it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from ixia_config.kinds.comp_plan.component import Split
from ixia_config.rules import value_at

_PART = re.compile(r"(\S+)\s+([0-9]{1,6}(?:\.[0-9]{1,6})?)\s?%(\s+overlay)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sale:
    """One record of the type ``record``; its ``values`` are normalised by ``rules.normalise``.

    Only the field with splits may hold what that does not know: a list of person and share.
    """

    record: str
    id: str
    values: Mapping[str, object]
    title: str = ""

    def get(self, path: str) -> object:
        """The value of a field, or of a field of a related record; None where there is none."""
        return value_at(self.values, path)

    def day(self, path: str) -> date | None:
        """The date in a field; of an instant, its date in UTC."""
        value = self.get(path)
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else None

    def number(self, path: str) -> Fraction | None:
        """The number in a field."""
        value = self.get(path)
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return Fraction(value)
        return None

    def person(self, path: str) -> str:
        """The address in a field, in lower case; empty where there is none."""
        value = self.get(path)
        return value.lower() if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's share of a record; overlay shares are on top of the whole."""

    person: str
    share: Fraction
    overlay: bool = False
    role: str = ""


def parts(sale: Sale, split: Split | None, person: str) -> tuple[Part, ...]:
    """Who shares in a record; the person in a field has it all where nothing is split."""
    found: tuple[Part, ...] = ()
    if split is not None and split.field is not None:
        found = tuple(_written(sale.get(split.field)))
    elif split is not None:
        named = ((sale.person(role.field), role) for role in split.roles)
        found = tuple(
            Part(who, Fraction(role.share), role.overlay, role.role) for who, role in named if who
        )
    if found or (split is not None and split.roles):
        return found
    owner = sale.person(person)
    return (Part(owner, Fraction(1)),) if owner else ()


def _written(value: object) -> Iterator[Part]:
    """Splits as text, ``ana@acme.example 70%; bo@acme.example 30%``, or as a list."""
    if isinstance(value, str):
        for text in re.split("[;\n]", value):
            if match := _PART.fullmatch(text.strip()):
                extra = match[3] is not None
                yield Part(match[1].lower(), Fraction(match[2]) / 100, overlay=extra)
    elif isinstance(value, list | tuple):
        for each in value:
            if isinstance(each, Mapping) and (share := _share(each.get("share"))) is not None:
                person, over = str(each.get("person") or "").lower(), each.get("overlay")
                yield Part(person, share, over in (True, "true"), str(each.get("role") or ""))
            elif isinstance(each, str):
                yield from _written(each)


def _share(value: object) -> Fraction | None:
    if isinstance(value, str) and (match := _PART.fullmatch(f"x {value.strip()}")):
        return Fraction(match[2]) / 100
    return Fraction(value) if isinstance(value, Decimal) else None
