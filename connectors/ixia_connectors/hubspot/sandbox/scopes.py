"""Which scopes an endpoint needs; of each need any one scope will do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ixia_connectors.hubspot.sandbox.objects import ObjectType, object_type

Need = tuple[str, ...]
Needs = Callable[[Mapping[str, str]], Sequence[Need]]


def needs(*alternatives: str) -> Needs:
    """One need that is the same for every path."""
    return lambda _path: (alternatives,)


def needs_all(*scopes: str) -> Needs:
    """Several scopes, each of them needed."""
    return lambda _path: tuple((scope,) for scope in scopes)


def of_object(alternatives: Callable[[ObjectType], Need]) -> Needs:
    """One need that depends on the object type that the path names."""
    return lambda path: (alternatives(object_type(path["object"])),)


def reads_schema(found: ObjectType) -> Need:
    """Reading pipelines and properties."""
    own = ("tickets",) if found.schema_scope == "tickets" else ()
    return (
        f"crm.schemas.{found.schema_scope}.read",
        f"crm.objects.{found.record_scope}.read",
        *own,
        "automation",
    )


def writes_schema(found: ObjectType) -> Need:
    """Changing pipelines and properties. Leads have no schema scope of their own."""
    own = ("tickets",) if found.schema_scope == "tickets" else ()
    return (*own, f"crm.schemas.{found.schema_scope}.write")


def reads_records(found: ObjectType) -> Need:
    """Reading records."""
    return _records(found, "read")


def writes_records(found: ObjectType) -> Need:
    """Changing records."""
    return _records(found, "write")


def _records(found: ObjectType, verb: str) -> Need:
    if found.record_scope == "tickets":
        return ("tickets", f"crm.objects.tickets.{verb}")
    return (f"crm.objects.{found.record_scope}.{verb}",)
