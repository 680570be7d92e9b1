"""How well HubSpot holds what a field's declaration says besides its shape."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.sdk import Address, Breach, Clause, Level, RecordField
from ixia_connectors.hubspot.resources import held_type
from ixia_connectors.hubspot.told import SHOWN


def field_clauses(
    address: Address, title: str, field: RecordField, name: str, shown: frozenset[Breach]
) -> Iterator[Clause]:
    """Every clause of one field besides its title, type and choices.

    ``shown`` is what `ixia drift --records` notices of it.
    """
    for subject, why in _detected(field, shown):
        yield Clause(address, f"{subject} of {title}", Level.DETECT, f"{why}; {SHOWN}")
    for subject, note in _held(field):
        yield Clause(address, f"{subject} of {title}", Level.NATIVE, note)
    for subject, note in _unheld(field, shown):
        yield Clause(address, f"{subject} of {title}", Level.UNSUPPORTED, note)
    for subject, note, step in _by_hand(field, title, name, shown):
        yield Clause(address, f"{subject} of {title}", Level.MANUAL, note, (step,))


def _detected(field: RecordField, shown: frozenset[Breach]) -> Iterator[tuple[str, str]]:
    if field.validate_ is not None and Breach.VALUE in shown:
        yield "validation", _UNCHECKED


def _held(field: RecordField) -> Iterator[tuple[str, str]]:
    number = held_type(field.type) == "number"
    if (field.minimum is not None or field.maximum is not None) and number:
        points = "; 20% is kept as the number 20" if field.type == "percent" else ""
        yield "bounds", f"checked by HubSpot on people and on API calls{points}"
    if field.max_length is not None and field.type == "text":
        yield "longest text", "checked by HubSpot on people and on API calls"
    if field.track_history:
        yield "history", "HubSpot keeps the history of every field"


_UNCHECKED = "HubSpot cannot check this condition"


def _unheld(field: RecordField, shown: frozenset[Breach]) -> Iterator[tuple[str, str]]:
    yield from _unnoticed(field, shown)
    number = held_type(field.type) == "number"
    if (field.minimum is not None or field.maximum is not None) and not number:
        yield "bounds", f"HubSpot checks bounds of numbers, not of a {field.type}"
    if field.retention is not None:
        yield "retention", "HubSpot deletes no values by age"
    if field.currency is not None:
        yield "currency", "a HubSpot amount is in the currency of its record"


def _unnoticed(field: RecordField, shown: frozenset[Breach]) -> Iterator[tuple[str, str]]:
    """What HubSpot does not hold, and nothing looks at yet."""
    if field.validate_ is not None and Breach.VALUE not in shown:
        yield "validation", f"{_UNCHECKED}, and nothing looks at these records"
    if field.completeness is not None:
        yield "completeness", "HubSpot sets no target for how full a field is"
    if field.freshness is not None:
        yield "freshness", "HubSpot does not watch how old a value is"
    if field.placeholders:
        yield "placeholder values", "HubSpot takes them for values"
    if field.filled_by or field.source_of_truth:
        yield "who may fill in", "HubSpot's API cannot say who writes a field"


def _by_hand(
    field: RecordField, title: str, name: str, shown: frozenset[Breach]
) -> Iterator[tuple[str, str, str]]:
    if field.required:
        seen = f"; {SHOWN}" if Breach.REQUIRED in shown else ""
        note = f"HubSpot's API cannot make a field required{seen}"
        step = f"Settings > Objects > Record Customization > Create form: require {title} ({name})"
        yield "required on creation", note, step
    for value, replacement in field.retired_choices.items():
        note = "the choice is hidden; records that hold it keep it"
        step = (
            f'in {title}, change records with "{value}" to "{replacement}" (a list and bulk edit)'
        )
        yield f'retired choice "{value}"', note, step
