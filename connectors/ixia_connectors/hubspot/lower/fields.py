"""A record schema as HubSpot's property groups and properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ixia_config.sdk import (
    Address,
    Breach,
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
from ixia_connectors.hubspot.lower.quality import field_clauses
from ixia_connectors.hubspot.names import RecordType, group_name, remote
from ixia_connectors.hubspot.resources import held_type
from ixia_connectors.hubspot.target import Target
from ixia_connectors.hubspot.told import Watch, property_of
from ixia_connectors.hubspot.values import number_text


@dataclass(frozen=True, slots=True)
class _Subject:
    """One field on its way down: its key, its declaration and its property, if there is one."""

    target: Target
    policy: Policy[RecordSchema]
    kind: RecordType
    key: str
    field: RecordField
    name: str
    live: LiveResource | None
    watches: Sequence[Watch]

    @property
    def address(self) -> Address:
        return self.policy.address.at(self.key)

    @property
    def title(self) -> str:
        return self.field.title or self.key.replace("_", " ").replace(".", " ").capitalize()

    @property
    def standard(self) -> bool:
        """Whether HubSpot defines the property itself."""
        return self.live is not None and bool(self.live.raw.get("hubspotDefined"))


def lower_schema(target: Target, policy: Policy[RecordSchema]) -> Lowered:
    """Compile the fields of one record type."""
    kind = target.record_type(policy.name)
    if kind is None:
        note = "name its object under external, or leave it to other targets with metadata.targets"
        clause = Clause(
            policy.address, "all fields", Level.UNSUPPORTED, f"HubSpot has none; {note}"
        )
        return Lowered(clauses=(clause,))
    parts = [_field(each) for each in _subjects(target, policy, kind)]
    return Lowered(
        desired=tuple(each for part in parts for each in part.desired),
        clauses=tuple(each for part in parts for each in part.clauses),
    )


def _subjects(target: Target, policy: Policy[RecordSchema], kind: RecordType) -> Iterator[_Subject]:
    pipelines = [each for each in target.pipelines if each.body.spec.object == policy.name]
    watches = [Watch.of(target, each, kind) for each in pipelines]
    for key, field in policy.body.spec.fields.items():
        name = property_of(target, policy, kind, key)
        live = target.found("property", remote(kind.api, name))
        yield _Subject(target, policy, kind, key, field, name, live, watches)


def _field(subject: _Subject) -> Lowered:
    obstacle = _obstacle(subject)
    quality = (
        *field_clauses(
            subject.address, subject.title, subject.field, subject.name, _shown(subject)
        ),
        *_left_behind(subject),
    )
    if obstacle is not None:
        return Lowered(clauses=(obstacle, *quality))
    if subject.standard:
        desired, clauses = _standard(subject)
        return Lowered(desired=desired, clauses=(*clauses, *quality))
    native = Clause(subject.address, f"field {subject.title}", Level.NATIVE)
    return Lowered(desired=tuple(_own(subject)), clauses=(native, *quality))


def _shown(subject: _Subject) -> frozenset[Breach]:
    """What records of the pipelines in this account are seen to do against this field's rules."""
    key = subject.key
    kinds = (Breach.REQUIRED, Breach.VALUE)
    return frozenset(
        kind for kind in kinds if any(each.notices(kind, key, key) for each in subject.watches)
    )


def _obstacle(subject: _Subject) -> Clause | None:
    """Why the field becomes no property of ours; None where it does."""
    level, note = _why_not(subject)
    if level is None:
        return None
    steps = (_by_hand(subject),) if level is Level.MANUAL else ()
    return Clause(subject.address, f"field {subject.title}", level, note, steps)


def _why_not(subject: _Subject) -> tuple[Level | None, str]:
    field, live, kind = subject.field, subject.live, subject.kind
    held = held_type(field.type)
    if held is None:
        return (
            Level.UNSUPPORTED,
            f"a link to a {field.to} is an association in HubSpot, not a field",
        )
    if live is not None and not _fits(subject, held):
        return Level.UNSUPPORTED, (
            f'HubSpot\'s property "{subject.name}" holds a {live.fields["type"]}; changing that to '
            f"a {held} would lose data"
        )
    if live is None and field.source == "system":
        return Level.UNSUPPORTED, "HubSpot computes no such value"
    if live is None and _reserved_name(subject) and not subject.target.live.asked:
        return Level.NATIVE, f"HubSpot has its own property {subject.name}"
    if live is None and _reserved_name(subject):
        return Level.UNSUPPORTED, (
            f'this account has no property "{subject.name}", and HubSpot keeps that name for itself'
        )
    if live is None and field.sensitive:
        return Level.MANUAL, "a field of sensitive data is made by a person who may, never by Ixia"
    if field.source == "system":
        return Level.NATIVE, f"HubSpot fills in {kind.noun} property {subject.name}"
    return None, ""


def _fits(subject: _Subject, held: str) -> bool:
    """Whether the live property can hold the field; HubSpot's own dates may have a time."""
    live = subject.live
    there = live.fields["type"] if live is not None else held
    return there == held or (subject.standard and {there, held} == {"date", "datetime"})


def _reserved_name(subject: _Subject) -> bool:
    standard = subject.name in subject.kind.standard.values()
    return standard or subject.name.startswith(("hs_", "hubspot_"))


def _by_hand(subject: _Subject) -> str:
    return (
        f"Settings > Properties > {subject.kind.plural.capitalize()} > Create property: "
        f'"{subject.title}", internal name {subject.name}, and mark it as sensitive data'
    )


def _own(subject: _Subject) -> Iterator[Desired]:
    """The property, after the group that it stands in."""
    group = _group(subject)
    if group is not None:
        yield group
    named = subject.live if _is_named(subject) else None
    yield _desired(subject, _fields(subject), named.remote_id if named else None)
    yield from _checks(subject, parent=subject.address)


def _is_named(subject: _Subject) -> bool:
    """Whether the YAML itself says that the property of this name is meant."""
    return subject.key in subject.target.external_fields(subject.policy)


def _desired(subject: _Subject, fields: Mapping[str, Value], remote_id: str | None) -> Desired:
    name = remote(subject.kind.api, subject.name)
    return Desired(
        type="property",
        address=subject.address,
        title=subject.title,
        natural_key=name,
        fields=fields,
        remote_id=remote_id,
        choose_id=name if subject.live is None else None,
        source=subject.policy.source,
    )


def _fields(subject: _Subject) -> dict[str, Value]:
    """What the user wrote of this field, and nothing else."""
    field = subject.field
    fields: dict[str, Value] = {"type": held_type(field.type), **_wording(field)}
    if "unique" in field.model_fields_set:
        fields["unique"] = field.unique
    if field.group is not None:
        fields["group"] = _group_reference(subject, field.group)
    return {**fields, **_choices(subject)}


def _wording(field: RecordField) -> dict[str, Value]:
    fields: dict[str, Value] = {}
    if field.title is not None:
        fields["title"] = field.title
    if field.description is not None:
        fields["description"] = field.description
    return fields


def _choices(subject: _Subject) -> dict[str, Value]:
    field = subject.field
    if not field.choices:
        return {}
    fields: dict[str, Value] = {"order": tuple(each.value for each in field.choices)}
    for each in field.choices:
        fields[f"choices.{each.value}"] = each.title or each.value
        if "active" in each.model_fields_set:
            fields[f"offered.{each.value}"] = each.active
    for value in field.retired_choices:
        if subject.live is not None and f"offered.{value}" in subject.live.fields:
            fields[f"offered.{value}"] = False
    return fields


def _checks(subject: _Subject, *, parent: Address | None) -> Iterator[Desired]:
    """The bounds of the field; a thing of its own, since HubSpot writes each by a request."""
    fields = _bounds(subject.field)
    if not fields:
        return
    remote_id = remote(subject.kind.api, subject.name, "checks")
    yield Desired(
        type="checks",
        address=checks_address(subject.address),
        title=subject.title,
        natural_key=remote_id,
        fields=fields,
        parent=parent,
        choose_id=remote_id,
        source=subject.policy.source,
    )


def _left_behind(subject: _Subject) -> Iterator[Clause]:
    """Checks that the policy no longer names: HubSpot's API cannot take them away."""
    address = checks_address(subject.address)
    if address in subject.target.bound and not _bounds(subject.field):
        where = f"Settings > Properties > {subject.kind.plural.capitalize()} > {subject.title}"
        note = "no longer declared, and HubSpot's API cannot remove them"
        steps = (f"{where} > Rules: untick what does not hold any more",)
        yield Clause(subject.address, f"bounds of {subject.title}", Level.MANUAL, note, steps)


def checks_address(field: Address) -> Address:
    """Where the checks of a field stand."""
    return field.at(f".checks.{field.part}")


def _bounds(field: RecordField) -> dict[str, Value]:
    """Bounds that HubSpot checks; a percentage is kept as percent points."""
    fields: dict[str, Value] = {}
    if held_type(field.type) == "number":
        for path, bound in (("minimum", field.minimum), ("maximum", field.maximum)):
            if bound is not None:
                fields[path] = number_text(bound.removesuffix("%").strip())
    if field.max_length is not None and field.type == "text":
        fields["max_length"] = str(field.max_length)
    return fields


def _group_reference(subject: _Subject, heading: str) -> str:
    """The group of this heading: one that is there, else the one that we create."""
    there = subject.target.matching("group", remote(subject.kind.api, heading))
    ours = remote(subject.kind.api, group_name(heading))
    if there is not None and there.remote_id != ours:
        return there.remote_id
    return str(subject.policy.address.at(_group_part(heading)))


def _group_part(heading: str) -> str:
    return f".group.{group_name(heading)}"


def _group(subject: _Subject) -> Desired | None:
    heading = subject.field.group
    if heading is None or _group_reference(subject, heading).count("#") == 0:
        return None
    ours = remote(subject.kind.api, group_name(heading))
    return Desired(
        type="group",
        address=subject.policy.address.at(_group_part(heading)),
        title=heading,
        natural_key=remote(subject.kind.api, heading),
        fields={"title": heading},
        choose_id=ours,
        source=subject.policy.source,
    )


def _standard(subject: _Subject) -> tuple[tuple[Desired, ...], tuple[Clause, ...]]:
    """A property that HubSpot defines: what may change is owned, what differs is said."""
    if subject.live is None:
        return (), ()
    changes = subject.live.raw.get("modificationMetadata") or {}
    wanted = _fields(subject)
    locked = {path for path in wanted if _is_locked(path, changes)}
    owned = {path: wanted[path] for path in wanted if path not in locked}
    locked.discard("type")  # already found to fit
    differing = [path for path in sorted(locked) if subject.live.fields.get(path) != wanted[path]]
    clauses = [Clause(subject.address, f"field {subject.title}", Level.NATIVE)]
    if differing:
        what = ", ".join(path.split(".", 1)[0] for path in differing)
        note = f'HubSpot does not let its own property "{subject.name}" change'
        clauses.append(
            Clause(subject.address, f"{what} of {subject.title}", Level.UNSUPPORTED, note)
        )
    if not owned:
        return tuple(_checks(subject, parent=None)), tuple(clauses)
    own = _desired(subject, owned, subject.live.remote_id)
    return (own, *_checks(subject, parent=subject.address)), tuple(clauses)


_OPTION_PATHS = ("choices", "offered", "order")
_ALWAYS_LOCKED = ("type", "unique", "group")


def _is_locked(path: str, changes: Mapping[str, object]) -> bool:
    first = path.split(".", 1)[0]
    if first in _ALWAYS_LOCKED:
        return True
    if first in _OPTION_PATHS:
        return bool(changes.get("readOnlyOptions", True))
    if first in ("title", "description"):
        return bool(changes.get("readOnlyDefinition", True))
    return False
