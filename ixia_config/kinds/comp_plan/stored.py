"""Closed pay as text: payouts as they were paid, sealed with a digest of every character."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ixia_config.kinds.comp_plan.result import Payout

FORMAT = "ixia/closed-pay/v1"
DIGITS = 60  # of an amount on either side of the point; whatever has more was not written here


@dataclass(frozen=True, slots=True)
class ClosedPay:
    """The payouts of a period as they were paid."""

    period: str
    payouts: tuple[Payout, ...]


class Unsealed(ValueError):  # noqa: N818  # says what happened
    """A text that ``dump`` did not write, or that was changed since; its text says which."""


def dump(closed: ClosedPay) -> str:
    """The same closed pay is the same text, and ``load`` reads it back to the last digit."""
    return _written({**_values(closed), "digest": _digest(_values(closed))})


def load(text: str) -> ClosedPay:
    """What ``dump`` wrote; Unsealed where a character of it is another one."""
    found = _tree(text)
    sealed = found.pop("digest", None)
    if found.get("format") != FORMAT:
        raise Unsealed(f"it does not say that it is {FORMAT}")
    if sealed != _digest(found):
        raise Unsealed("it was changed after it was written")
    payouts = _payouts(found.get("payouts"))
    if any(_endless(amount) for amount in _amounts(payouts)):
        raise Unsealed("an amount has no end")
    return ClosedPay(str(found.get("period", "")), payouts)


def _payouts(values: object) -> tuple[Payout, ...]:
    try:
        return _codec().validate_json(json.dumps(values), strict=True)
    except (ValidationError, ArithmeticError, RecursionError) as error:
        raise Unsealed("its payouts cannot be read") from error


@cache
def _codec() -> TypeAdapter[tuple[Payout, ...]]:
    return TypeAdapter(tuple[Payout, ...])


def _values(closed: ClosedPay) -> dict[str, Any]:
    payouts = _codec().dump_python(closed.payouts, mode="json")
    return {"format": FORMAT, "period": closed.period, "payouts": payouts}


def _tree(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unsealed("it is not JSON") from error
    if not isinstance(found, dict):
        raise Unsealed(f"it does not say that it is {FORMAT}")
    return found


def _written(values: dict[str, Any]) -> str:
    return json.dumps(values, indent=1, sort_keys=True, ensure_ascii=True) + "\n"


def _digest(values: dict[str, Any]) -> str:
    plain = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return "sha256:" + hashlib.sha256(plain.encode("ascii")).hexdigest()


def _amounts(value: object) -> Iterator[Decimal]:
    """Every amount that a value holds, however deep."""
    if isinstance(value, Decimal):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _amounts(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _amounts(getattr(value, field.name))


def _endless(amount: Decimal) -> bool:
    """Whether an amount would be written with more digits than any money has."""
    return not amount.is_finite() or not -DIGITS < amount.adjusted() < DIGITS
