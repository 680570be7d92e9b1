"""Live properties as the fields of a record schema."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ixia_config.sdk import Address, Live, LiveResource
from ixia_connectors.hubspot import names
from ixia_connectors.hubspot.names import RecordType, group_name, parts, remote
from ixia_connectors.hubspot.parts_of import Part, document, unique

_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*")
_UNSAID_TYPES = {"file": "a file", "calculation_equation": "a formula", "html": "formatted text"}


@dataclass(frozen=True, slots=True)
class _Schema:
    """One record type on its way up."""

    live: Live
    kind: RecordType
    groups: Mapping[str, str]  # heading by remote id, where the heading is the only one of its name
    checks: Mapping[str, LiveResource]  # by the remote id of their property


def lift_schema(live: Live, kind: RecordType, target: str) -> Part:
    """The fields of one record type: everybody's own, and the standard ones that have a name."""
    checks = {each.parent or "": each for each in live.resources if each.type == "checks"}
    schema = _Schema(live, kind, _headings(live, kind), checks)
    fields = dict(_keyed(schema))
    if not fields:
        return Part(None)
    name = kind.noun if names.by_noun(kind.noun) else names.slug(kind.api)
    spec: dict[str, Any] = {}
    if live.identity.currency:
        spec["currency"] = live.identity.currency
    spec["fields"] = {key: _field(schema, each) for key, each in fields.items()}
    spec |= _external(target, kind, name, fields)
    address = Address("RecordSchema", name)
    bindings = dict(_bindings(schema, address, fields))
    lost = tuple(sentence for each in fields.values() for sentence in _lost(each))
    return Part(document("RecordSchema", name, None, spec), bindings, lost)


def _headings(live: Live, kind: RecordType) -> dict[str, str]:
    groups = [
        each
        for each in live.resources
        if each.type == "group" and parts(each.remote_id)[0] == kind.api
    ]
    titles = [each.title for each in groups]
    return {each.remote_id: each.title for each in groups if titles.count(each.title) == 1}


def _keyed(schema: _Schema) -> Iterator[tuple[str, LiveResource]]:
    """The properties worth a field, by key: standard ones first, since their names are fixed."""
    neutral = {
        remote(schema.kind.api, name): key
        for key, name in schema.kind.standard.items()
        if key not in ("stage", "pipeline")
    }
    resources = [
        each
        for each in schema.live.resources
        if each.type == "property" and parts(each.remote_id)[0] == schema.kind.api
    ]
    for each in resources:
        if each.remote_id in neutral:
            yield neutral[each.remote_id], each
    taken = set(schema.kind.standard)
    for each in resources:
        if each.remote_id not in neutral and not each.raw.get("hubspotDefined"):
            yield unique(_key(parts(each.remote_id)[1]), taken, sign="_"), each


def _key(name: str) -> str:
    if _FIELD_NAME.fullmatch(name):
        return name
    plain = names.slug(name, sign="_")
    return plain if plain[0].isalpha() else f"field_{plain}"


def _field(schema: _Schema, live: LiveResource) -> dict[str, Any]:
    described: dict[str, Any] = {"type": _type(live)}
    if _is_custom(live):
        described |= _wording(schema, live)
    if _is_computed(live):
        return {**described, **_choices(live), "source": "system"}
    return {**described, **_choices(live), **_bounds(schema, live)}


def _type(live: LiveResource) -> str:
    """The kind of field that lowers to this type of property."""
    if live.fields["type"] != "number":
        return str(live.fields["type"])
    currency = live.raw.get("showCurrencySymbol") or live.raw.get("numberDisplayHint") == "currency"
    return "money" if currency else "decimal"


def _is_custom(live: LiveResource) -> bool:
    return not live.raw.get("hubspotDefined")


def _is_computed(live: LiveResource) -> bool:
    changes = live.raw.get("modificationMetadata") or {}
    return bool(live.raw.get("calculated") or changes.get("readOnlyValue"))


def _wording(schema: _Schema, live: LiveResource) -> dict[str, Any]:
    described: dict[str, Any] = {"title": live.title}
    if live.fields.get("description"):
        described["description"] = live.fields["description"]
    if live.fields.get("unique"):
        described["unique"] = True
    group = str(live.fields["group"])
    if group in schema.groups and group != remote(schema.kind.api, schema.kind.group):
        described["group"] = schema.groups[group]
    return described


def _choices(live: LiveResource) -> dict[str, Any]:
    order = live.fields.get("order")
    if not isinstance(order, tuple) or not order:
        return {}
    return {"choices": [_choice(live, value) for value in order]}


def _choice(live: LiveResource, value: str) -> str | dict[str, Any]:
    title, offered = live.fields[f"choices.{value}"], live.fields[f"offered.{value}"]
    if title == value and offered:
        return value
    described: dict[str, Any] = {"value": value}
    if title != value:
        described["title"] = title
    return described if offered else {**described, "active": False}


def _bounds(schema: _Schema, live: LiveResource) -> dict[str, Any]:
    checks = schema.checks.get(live.remote_id)
    return {} if checks is None else dict(checks.fields)


def _external(
    target: str, kind: RecordType, name: str, fields: Mapping[str, LiveResource]
) -> dict[str, Any]:
    """Names that the connector would not find by itself."""
    renamed = {
        key: parts(each.remote_id)[1]
        for key, each in fields.items()
        if kind.standard.get(key, key) != parts(each.remote_id)[1]
    }
    found: dict[str, Any] = {}
    if names.by_noun(name) is None:
        found["object"] = kind.api
    if renamed:
        found["fields"] = renamed
    return {"external": {target: found}} if found else {}


def _bindings(
    schema: _Schema, address: Address, fields: Mapping[str, LiveResource]
) -> Iterator[tuple[Address, str]]:
    """The properties that the policy owns something of, and our groups that they stand in."""
    for key, each in fields.items():
        if not _is_computed(each) and _bounds(schema, each):
            yield address.at(f".checks.{key}"), schema.checks[each.remote_id].remote_id
        if _is_computed(each) or not (_is_custom(each) or _has_free_choices(each)):
            continue
        yield address.at(key), each.remote_id
        group = str(each.fields["group"])
        heading = schema.groups.get(group) if _is_custom(each) else None
        if heading is not None and parts(group)[1] == group_name(heading):
            yield address.at(f".group.{group_name(heading)}"), group


def _has_free_choices(live: LiveResource) -> bool:
    changes = live.raw.get("modificationMetadata") or {}
    return bool(live.fields.get("order")) and not changes.get("readOnlyOptions", True)


def _lost(live: LiveResource) -> Iterator[str]:
    unsaid = _UNSAID_TYPES.get(str(live.raw.get("fieldType")))
    if unsaid is not None and _is_custom(live):
        yield f'field "{live.title}": that it is {unsaid}'
