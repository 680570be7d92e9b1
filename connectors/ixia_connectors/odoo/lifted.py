"""Live fields and working hours as record schemas and calendars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ixia_config.sdk import Address, Live, LiveResource
from ixia_config.sdk.service import DAYS
from ixia_connectors.odoo.names import external_id, field_name, slug
from ixia_connectors.odoo.resources import HELD, STANDARD

_KEY = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_SPAN = re.compile(r"([a-z]{3}) ([0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2})", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def schema(live: Live, target: str, record: str, *, owns: bool) -> dict[str, Any]:
    """The fields of a record type: what Odoo has itself, and with ``owns`` everybody's own."""
    fields: dict[str, Any] = {
        key: {"type": sorted(kinds)[-1]} for key, (_, kinds) in STANDARD.items()
    }
    renamed: dict[str, str] = {}
    for key, each in keyed(live) if owns else ():
        fields[key] = _field(each)
        if field_name(key) != each.natural_key or key in STANDARD:
            renamed[key] = each.natural_key
    spec: dict[str, Any] = {"fields": fields}
    if live.identity.currency:
        spec = {"currency": live.identity.currency, **spec}
    if renamed:
        spec["external"] = {target: {"fields": renamed}}
    return _document("RecordSchema", record, None, spec)


def keyed(live: Live) -> Iterator[tuple[str, LiveResource]]:
    """The fields of our own that the language has a type for, each with a key."""
    taken = set(STANDARD)
    for each in live.resources:
        if each.type == "field" and not each.reserved and each.fields["type"] in HELD.values():
            plain = each.natural_key.removeprefix("x_")
            wanted = plain if _KEY.fullmatch(plain) else f"f_{slug(plain, sign='_')}"
            yield _unique(wanted, taken), each


def _unique(wanted: str, taken: set[str]) -> str:
    found, number = wanted, 2
    while found in taken:
        found = f"{wanted}_{number}"
        number += 1
    taken.add(found)
    return found


def _field(live: LiveResource) -> dict[str, Any]:
    described: dict[str, Any] = {"type": live.fields["type"], "title": live.title}
    if live.fields.get("description"):
        described["description"] = live.fields["description"]
    order = live.fields.get("order")
    if isinstance(order, tuple) and order:
        described["choices"] = [_choice(live, value) for value in order]
    return described


def _choice(live: LiveResource, value: str) -> str | dict[str, Any]:
    title = live.fields[f"choices.{value}"]
    return value if title == value else {"value": value, "title": title}


def unsaid(live: Live) -> Iterator[str]:
    """What a pull cannot say of fields."""
    for each in live.resources:
        if each.type == "field" and not each.reserved and each.fields["type"] not in HELD.values():
            yield f"the field {each.title}: a {each.fields['type']}"


def calendar(live: LiveResource, name: str) -> dict[str, Any] | None:
    """Working hours as a calendar; None where the language cannot say them."""
    week, closed = _texts(live.fields.get("week")), _texts(live.fields.get("closed"))
    spans = [_SPAN.fullmatch(each) for each in week]
    if not week or not all(spans) or not all(_DATE.fullmatch(each) for each in closed):
        return None
    hours: dict[str, list[str]] = {}
    for each in spans:
        if each is not None:
            hours.setdefault(each[1], []).append(each[2])
    spec: dict[str, Any] = {
        "zone": live.fields["zone"],
        "week": {day: hours[day] for day in DAYS if day in hours},
    }
    if closed:
        spec["holidays"] = {"also": list(closed)}
    return _document("Calendar", name, live.title, spec)


def calendar_name(live: LiveResource) -> str:
    """The name that our own external id carries, else one made of the title."""
    own = live.remote_id.removeprefix("calendar__")
    return own if external_id("calendar", own) == live.remote_id else slug(live.title)


def bindings(live: Live, record: str) -> Mapping[Address, str]:
    """Which field each key is."""
    return {Address("RecordSchema", record, key): each.remote_id for key, each in keyed(live)}


def _texts(value: object) -> Sequence[str]:
    return value if isinstance(value, tuple) else ()


def _document(kind: str, name: str, title: str | None, spec: Mapping[str, Any]) -> dict[str, Any]:
    metadata = {"name": name} if title is None else {"name": name, "title": title}
    return {"apiVersion": "ixia/v1", "kind": kind, "metadata": metadata, "spec": dict(spec)}
