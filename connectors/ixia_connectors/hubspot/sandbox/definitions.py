"""Property definitions: what may be declared, and reading those of one object type."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

from ixia_config.sdk.wire import Json
from ixia_connectors.hubspot.sandbox.call import Body, boolean, integer, objects, text
from ixia_connectors.hubspot.sandbox.errors import invalid
from ixia_connectors.hubspot.sandbox.store import Store

FIELD_TYPES: Mapping[str, frozenset[str]] = {
    "bool": frozenset({"booleancheckbox", "calculation_equation"}),
    "date": frozenset({"date", "calculation_equation"}),
    "datetime": frozenset({"date", "calculation_equation"}),
    "enumeration": frozenset(
        {"booleancheckbox", "checkbox", "radio", "select", "calculation_equation"}
    ),
    "number": frozenset({"number", "calculation_equation"}),
    "phone_number": frozenset({"phonenumber"}),
    "string": frozenset(
        {"file", "html", "phonenumber", "text", "textarea", "calculation_equation"}
    ),
}
IMMUTABLE = (
    "name",
    "hasUniqueValue",
    "dataSensitivity",
    "externalOptions",
    "referencedObjectType",
)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,99}")
_TEXTS = ("label", "description", "groupName", "calculationFormula", "numberDisplayHint")
_FLAGS = ("hidden", "formField", "showCurrencySymbol")
_CREATE_TEXTS = ("dataSensitivity", "referencedObjectType", "currencyPropertyName")
_CREATE_FLAGS = ("hasUniqueValue", "externalOptions")
_UNIQUE_TYPES = ("number", "string")


def of_object(store: Store, object_name: str) -> dict[str, Body]:
    """Every live property of an object type, by name."""
    rows = store.rows(
        "SELECT name, definition FROM properties WHERE object = ? AND archived_at IS NULL "
        "ORDER BY name",
        object_name,
    )
    return {row["name"]: json.loads(row["definition"]) for row in rows}


def option_values(definition: Body) -> list[str]:
    """The values that an enumeration takes."""
    options = definition["options"]
    assert isinstance(options, list)  # noqa: S101  # every stored definition has a list
    return [str(option["value"]) for option in options if isinstance(option, dict)]


def trait(definition: Body, name: str) -> bool:
    """One flag of a definition's ``modificationMetadata``."""
    metadata = definition["modificationMetadata"]
    return isinstance(metadata, dict) and metadata.get(name) is True


def created(body: Body, now: int, user: int) -> Body:
    """The definition that a PropertyCreate stands for."""
    name = text(body, "name")
    if not _NAME.fullmatch(name) or name.startswith("hs_"):
        raise invalid(f"{name} is not a valid property name", context={"propertyName": [name]})
    kind, field = text(body, "type"), text(body, "fieldType")
    base: Body = {
        "name": name,
        "label": text(body, "label"),
        "groupName": text(body, "groupName"),
        "description": "",
        "options": [],
        "displayOrder": -1,
        "calculated": field == "calculation_equation",
        "externalOptions": False,
        "hasUniqueValue": False,
        "hidden": False,
        "hubspotDefined": False,
        "formField": False,
        "dataSensitivity": "non_sensitive",
        "modificationMetadata": {
            "archivable": True,
            "readOnlyDefinition": False,
            "readOnlyOptions": False,
            "readOnlyValue": field == "calculation_equation",
        },
        "createdUserId": str(user),
        "updatedUserId": str(user),
        "createdAt": now,
        "updatedAt": now,
        **{key: text(body, key) for key in _CREATE_TEXTS if key in body},
        **{key: boolean(body, key) for key in _CREATE_FLAGS if key in body},
        **_edits({**body, "type": kind, "fieldType": field}),
    }
    return judged(base)


def edited(definition: Body, body: Body, now: int, user: int) -> Body:
    """A definition after a PropertyUpdate; what is immutable may only be repeated."""
    _refuse_immutable(definition, body)
    edits = _edits(body)
    changed = {key for key, value in edits.items() if definition.get(key) != value}
    if trait(definition, "readOnlyDefinition") and changed - {"options"}:
        raise invalid(f"The property {definition['name']} is defined by HubSpot and read only")
    if trait(definition, "readOnlyOptions") and "options" in changed:
        raise invalid(f"The options of {definition['name']} are read only")
    stamps: Body = {"updatedAt": now, "updatedUserId": str(user)}
    return judged({**definition, **edits, **stamps})


def _refuse_immutable(definition: Body, body: Body) -> None:
    changed = [key for key in IMMUTABLE if key in body and body[key] != definition.get(key)]
    if changed:
        raise invalid(
            f"These fields of a property cannot be changed: {', '.join(changed)}",
            context={"field": changed},
        )


def _edits(body: Body) -> Body:
    """The fields of a body that may be written at any time."""
    edits: Body = {key: text(body, key) for key in _TEXTS if body.get(key)}
    if "description" in body:
        edits["description"] = str(body["description"] or "")
    edits.update({key: boolean(body, key) for key in _FLAGS if key in body})
    edits.update({key: text(body, key) for key in ("type", "fieldType") if key in body})
    if "displayOrder" in body:
        edits["displayOrder"] = integer(body, "displayOrder")
    if "options" in body:
        edits["options"] = _options(objects(body, "options"))
    return edits


def _options(given: Sequence[Body]) -> list[Json]:
    """Options in the form that is read back; values and labels are unique."""
    options: list[Json] = [
        {
            "label": text(option, "label"),
            "value": _value(option),
            "displayOrder": integer(option, "displayOrder") if "displayOrder" in option else order,
            "hidden": boolean(option, "hidden") if "hidden" in option else False,
            "description": str(option.get("description") or ""),
        }
        for order, option in enumerate(given)
    ]
    for key in ("value", "label"):
        seen = [option[key] for option in options if isinstance(option, dict)]
        twice = sorted({str(value) for value in seen if seen.count(value) > 1})
        if twice:
            raise invalid(f"Property options must have a unique {key}: {', '.join(twice)}")
    return options


def _value(option: Body) -> str:
    """An option's value: unlike a label it may end in a space, and old accounts have such ones."""
    value = option.get("value")
    if not isinstance(value, str) or not value:
        raise invalid("value is required in each option")
    return value


def judged(definition: Body) -> Body:
    """The definition, unless its parts do not fit together."""
    kind, field = str(definition["type"]), str(definition["fieldType"])
    if kind not in FIELD_TYPES:
        raise invalid(f"{kind} is not a property type")
    if field not in FIELD_TYPES[kind]:
        raise invalid(f"fieldType {field} does not go with type {kind}")
    if kind == "enumeration" and not definition["externalOptions"] and not definition["options"]:
        raise invalid("An enumeration needs options")
    if kind == "bool" and not definition["options"]:
        definition = {**definition, "options": _options(_YES_NO)}
    if definition["options"] and kind not in ("enumeration", "bool"):
        raise invalid(f"A property of type {kind} has no options")
    if definition["hasUniqueValue"] and kind not in _UNIQUE_TYPES:
        raise invalid(f"A property of type {kind} cannot have unique values")
    if field == "calculation_equation" and not definition.get("calculationFormula"):
        raise invalid("A calculation_equation needs a calculationFormula")
    return definition


_YES_NO: Sequence[Body] = ({"label": "Yes", "value": "true"}, {"label": "No", "value": "false"})
