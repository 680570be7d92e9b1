"""Money and lists of names as the messages of compensation write them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def money(amount: Decimal, currency: str) -> str:
    """``1,240.50 USD``; whole amounts without cents."""
    text = f"{amount:,.2f}"
    return f"{text.removesuffix('.00')} {currency}"


def spoken(names: Sequence[str]) -> str:
    """``a, b and c``."""
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else "".join(names)
