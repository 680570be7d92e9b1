"""HubSpot's spellings of values, to ours and back."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

_TENTH = Decimal("0.1")


def decimal_text(value: Decimal) -> str:
    """The one spelling of a number: no exponent, no trailing zeros."""
    plain = format(value.normalize(), "f")
    return "0" if plain == "-0" else plain


def number_text(value: Any) -> str | None:
    """A number of an answer in the one spelling; other text stays, nothing stays nothing."""
    if value is None or value == "":
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return decimal_text(found) if found.is_finite() else str(value)


def held_probability(chance: Decimal, kind: str) -> Decimal:
    """The probability that HubSpot can hold: tenths, where 0 and 1 mean lost and won."""
    if kind == "won":
        return Decimal(1)
    if kind == "lost":
        return Decimal(0)
    rounded = chance.quantize(_TENTH, rounding=ROUND_HALF_UP)
    return min(max(rounded, _TENTH), Decimal("0.9"))


def sent_probability(text: str) -> str:
    """As HubSpot writes it: ``0.4``, ``1.0``."""
    return format(Decimal(text), ".1f")


def percent(value: Decimal) -> str:
    """A share as people write it: ``40%``."""
    return f"{decimal_text(value * 100)}%"


def sentence_list(words: tuple[str, ...] | list[str]) -> str:
    """``a, b and c``."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
