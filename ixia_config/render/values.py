"""Values with their units: ``0.3`` as ``30 %``, references by title, money with its currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from hashlib import sha256

from ixia_config.model import Dependents, FieldChange, Value
from ixia_config.render.layout import fitted
from ixia_config.render.wording import clean, counted, listed

HIDDEN = "(hidden)"
NOTHING = "empty"
_SHOWN = 8  # members of a list
_LONG = 60  # characters of a text
_DIGITS = 40  # a longer number is shown as it was written


@dataclass(frozen=True, slots=True)
class Units:
    """What turns bare values into words: titles of references, the account's currency."""

    names: Mapping[str, str] = field(default_factory=dict)
    currency: str | None = None

    def title(self, reference: str) -> str:
        """What people call this reference."""
        return fitted(clean(self.names.get(reference) or _key(reference)), _LONG)

    def money(self, amount: str, currency: str | None = None) -> str:
        """``1,204,300 USD``."""
        unit = currency or self.currency
        return f"{number(amount)} {clean(unit)}" if unit else number(amount)

    def show(self, value: Value, form: str) -> str:
        """One value in words, in the unit of its form."""
        if isinstance(value, tuple):
            return listed([self._member(each, form) for each in value], _SHOWN) or NOTHING
        if isinstance(value, bool):
            return "yes" if value else "no"
        if value is None or value == "":
            return NOTHING
        return self._scalar(str(value), form)

    def _member(self, value: str, form: str) -> str:
        return self.title(value) if form == "reference" else fitted(clean(value), _LONG)

    def _scalar(self, text: str, form: str) -> str:
        match form:
            case "percent":
                return percent(text)
            case "reference":
                return self.title(text)
            case "money":
                return self.money(text)
            case "count":
                return number(text)
            case "program":
                return f"version {sha256(text.encode()).hexdigest()[:6]}"
            case _:
                return fitted(clean(text), _LONG)

    def records(self, held: Dependents) -> str:
        """``43 open deals (1,204,300 USD)``."""
        least = "at least " if held.at_least else ""
        worth = f" ({self.money(held.amount, held.currency)})" if held.amount is not None else ""
        return f"{least}{counted(held.count, clean(held.noun))}{worth}"


def concealed(change: FieldChange, value: Value, units: Units) -> str:
    """A value of this field in words; of a sensitive field only whether there is one."""
    if change.sensitive and value not in (None, "", ()):
        return HIDDEN
    return units.show(value, change.format)


def percent(text: str) -> str:
    """``0.3`` as ``30 %``."""
    found = _decimal(text)
    return clean(text) if found is None else f"{_plain(found * 100)} %"


def number(text: str) -> str:
    """``1204300`` as ``1,204,300``."""
    found = _decimal(text)
    return fitted(clean(text), _LONG) if found is None else f"{found:,f}"


def _decimal(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    usable = found.is_finite() and len(text) <= _DIGITS and abs(found.adjusted()) <= _DIGITS
    return found if usable else None


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _key(reference: str) -> str:
    """The last part of a reference that nobody gave a title."""
    return reference.rsplit("#", 1)[-1].rsplit("/", 1)[-1] or reference
