"""A record schema as fields of Odoo's leads; those that Odoo has itself are used as they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ixia_config.sdk import (
    Address,
    Clause,
    Desired,
    Level,
    LiveResource,
    Lowered,
    Policy,
    RecordField,
    RecordSchema,
    Value,
)
from ixia_connectors.odoo.names import external_id, field_name
from ixia_connectors.odoo.resources import HELD, NOTED, TTYPES
from ixia_connectors.odoo.target import OBJECTS, Target, choose


def lower_schema(target: Target, policy: Policy[RecordSchema]) -> Lowered:
    """Compile the fields of one record type."""
    if policy.name not in OBJECTS:
        what = f'fields of "{policy.name}"'
        note = f"Odoo's CRM has leads and opportunities ({', '.join(reversed(OBJECTS))})"
        return Lowered(clauses=(Clause(policy.address, what, Level.UNSUPPORTED, note),))
    desired: list[Desired] = []
    clauses: list[Clause] = []
    for key, declared in policy.body.spec.fields.items():
        subject = policy.address.at(key)
        name = target.name_of(policy.name, key)
        live = target.field(name)
        sharing = target.sharing(name)
        level, note = _level(declared, name, live, sharing[0][1])
        title = declared.title or key.replace("_", " ").capitalize()
        clauses.append(Clause(subject, f"field {title}", level, note))
        clauses.extend(_unheld(subject, declared, title))
        first = sharing[0][0] == subject
        if level is Level.NATIVE and first and not _is_odoos(name, live):
            desired.append(_desired(target, policy, key, name, [each for _, each in sharing]))
    return Lowered(desired=tuple(desired), clauses=tuple(clauses))


def _is_odoos(name: str, live: LiveResource | None) -> bool:
    return not name.startswith("x_") or (live is not None and live.reserved)


def _level(
    declared: RecordField, name: str, live: LiveResource | None, first: RecordField
) -> tuple[Level, str]:
    if declared.type not in TTYPES:
        return Level.UNSUPPORTED, f"Odoo's leads have no field for a {declared.type}"
    if HELD.get(first.type) != HELD[declared.type]:
        note = f"leads and opportunities share {name}, which is a {first.type} in the other"
        return Level.UNSUPPORTED, note
    if live is not None and live.fields["type"] != HELD[declared.type]:
        held = live.fields["type"]
        return Level.UNSUPPORTED, f"Odoo's field {name} holds a {held}, not a {declared.type}"
    if declared.sensitive and live is None:
        return Level.MANUAL, "a field of sensitive data is made by a person who may, never by Ixia"
    if not name.startswith("x_"):
        return Level.NATIVE, f"Odoo's own field {name}"
    return Level.NATIVE, NOTED.get(declared.type, "")


def _unheld(subject: Address, declared: RecordField, title: str) -> Iterator[Clause]:
    if declared.retired_choices or any(not each.active for each in declared.choices):
        note = "Odoo offers every choice that a record may have"
        yield Clause(subject, f"inactive choices of {title}", Level.UNSUPPORTED, note)
    rules = {
        "a required value of": declared.required,
        "unique values of": declared.unique,
        "rules for values of": bool(
            declared.validate_ or declared.minimum or declared.maximum or declared.max_length
        ),
        "a heading for": declared.group is not None,
    }
    for what, said in rules.items():
        if said:
            note = "Odoo does not hold its own fields to it over the API"
            yield Clause(subject, f"{what} {title}", Level.UNSUPPORTED, note)


def _choices(sharing: Sequence[RecordField]) -> Mapping[str, str]:
    """The choices of every schema that has the field, with their titles."""
    found: dict[str, str] = {}
    for declared in sharing:
        for each in declared.choices:
            found.setdefault(each.value, each.title or each.value)
    return found


def _desired(
    target: Target,
    policy: Policy[RecordSchema],
    key: str,
    name: str,
    sharing: Sequence[RecordField],
) -> Desired:
    declared = sharing[0]
    fields: dict[str, Value] = {"type": HELD[declared.type]}
    if declared.title is not None:
        fields["title"] = declared.title
    if declared.description is not None:
        fields["description"] = declared.description
    if declared.type == "choice":
        choices = _choices(sharing)
        fields["order"] = tuple(choices)
        fields |= {f"choices.{value}": title for value, title in choices.items()}
    chosen, holder = external_id("field", name), target.holder(external_id("field", name))
    address = policy.address.at(key)
    named = name != field_name(key)
    live = target.field(name) if named else None
    return Desired(
        type="field",
        address=address,
        title=declared.title or key.replace("_", " ").capitalize(),
        natural_key=name,
        fields=fields,
        remote_id=live.remote_id if live is not None and live.remote_id != chosen else None,
        choose_id=chosen
        if holder in (None, address)
        else choose(target, "field", [chosen], address),
        source=policy.source,
    )
