"""Stage metadata: what may be written, and the normal form that is read back."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation

from ixia_config.sdk.wire import Json
from ixia_connectors.hubspot.sandbox.call import Body
from ixia_connectors.hubspot.sandbox.errors import invalid

_STEP = Decimal("0.1")


def normal_form(object_name: str, given: Body) -> dict[str, str]:
    """The metadata as it is kept: every value is text, unknown keys stay, derived ones are ours."""
    kept = {key: _text(value) for key, value in given.items() if value is not None}
    if object_name == "deals":
        probability = _probability(kept.get("probability"))
        closed = probability in (0, 1)
        return {**kept, "isClosed": str(closed).lower(), "probability": f"{probability:.1f}"}
    if object_name == "tickets":
        state = kept.get("ticketState", "OPEN")
        if state not in ("OPEN", "CLOSED"):
            raise invalid(f"ticketState must be OPEN or CLOSED, not {state}")
        return {**kept, "isClosed": str(state == "CLOSED").lower(), "ticketState": state}
    return kept


def _text(value: Json) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _probability(text: str | None) -> Decimal:
    if text is None:
        raise invalid("probability is required in the metadata of a deal stage")
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise invalid(f"probability must be a number, not {text}") from None
    if not value.is_finite() or not 0 <= value <= 1 or value % _STEP != 0:
        raise invalid(f"probability must be from 0.0 to 1.0 in steps of 0.1, not {text}")
    return abs(value)
