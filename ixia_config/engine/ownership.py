"""How each field of a policy is kept in the target: enforced, written once, or only looked at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ixia_config.codes import Diagnostic
from ixia_config.engine.ownership_codes import ClearsWhatItSays, NoSuchField, NotASet
from ixia_config.kinds import Configuration
from ixia_config.model import Address, Value
from ixia_config.sdk.connector import Connector, Desired, Lowered, ResourceType

Mode = Literal["enforce", "observe", "create_only", "ignore", "clear", "additive"]

Refusals = tuple[tuple[Address, Diagnostic], ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a policy's ``ownership``; an ``address`` without a part means every part."""

    address: Address
    field: str
    mode: Mode

    def covers(self, address: Address) -> bool:
        """Whether this line speaks of the object at this address."""
        return self.address.policy == address.policy and self.address.part in ("", address.part)

    def names(self, path: str) -> bool:
        """Whether this line speaks of this field; ``choices`` means every choice."""
        return path == self.field or path.startswith(self.field + ".")


@dataclass(frozen=True, slots=True)
class Owned:
    """What a target shall hold, with every field in its mode; what the YAML says that cannot be."""

    lowered: Lowered
    refusals: Refusals = ()
    protected: frozenset[Address] = frozenset()


def owned(connector: Connector, lowered: Lowered, configuration: Configuration) -> Owned:
    """The desired objects with their fields sorted by what the policies' ``ownership`` says."""
    rules = tuple(_rules(configuration))
    desired = tuple(
        _sorted(connector.resource_type(each.type), each, _of(rules, each.address))
        for each in lowered.desired
    )
    return Owned(
        replace(lowered, desired=desired),
        (
            *_refusals(connector, lowered.desired, rules),
            *_mistaken(connector, lowered.desired, configuration),
        ),
        _protected(lowered, configuration),
    )


def _rules(configuration: Configuration) -> Iterator[Rule]:
    for policy in configuration:
        for each in policy.body.metadata.ownership:
            yield Rule(policy.address.at(each.part or ""), each.field, each.mode)


def _of(rules: Sequence[Rule], address: Address) -> tuple[Rule, ...]:
    """The lines about this object, those that name its part last: they count more."""
    found = (rule for rule in rules if rule.covers(address))
    return tuple(sorted(found, key=lambda rule: rule.address.part != ""))


def mode_of(rules: Sequence[Rule], path: str) -> Mode:
    """How this field is kept: as the last line that names it says, else enforced."""
    named = [rule.mode for rule in rules if rule.names(path)]
    return named[-1] if named else "enforce"


def _sorted(declared: ResourceType, desired: Desired, rules: Sequence[Rule]) -> Desired:
    if not rules:
        return desired
    kept: dict[str, Value] = {}
    initial: dict[str, Value] = {}
    watched: dict[str, Value] = {}
    additive: set[str] = set()
    for path, value in desired.fields.items():
        mode = mode_of(rules, path)
        fixed = declared.field(path).immutable  # only its creation can say it
        match mode:
            case "enforce" | "clear":
                kept[path] = value
            case "additive":
                kept[path] = value
                additive.add(path)
            case "create_only":
                initial[path] = value
            case "observe" | "ignore":
                initial |= {path: value} if fixed else {}
                watched |= {path: value} if mode == "observe" else {}
    kept |= {rule.field: None for rule in rules if _clears(declared, rules, rule)}
    return replace(
        desired, fields=kept, initial=initial, watched=watched, additive=frozenset(additive)
    )


def _clears(declared: ResourceType, rules: Sequence[Rule], rule: Rule) -> bool:
    return rule.field in declared.fields and mode_of(rules, rule.field) == "clear"


def _refusals(
    connector: Connector, desired: Sequence[Desired], rules: Sequence[Rule]
) -> Iterator[tuple[Address, Diagnostic]]:
    for rule in rules:
        objects = [each for each in desired if rule.covers(each.address)]
        if objects:
            yield from ((rule.address, each) for each in _wrong(connector, rule, objects))


def _wrong(connector: Connector, rule: Rule, objects: Sequence[Desired]) -> Iterator[Diagnostic]:
    types = {each.type: connector.resource_type(each.type) for each in objects}
    known = _fields(types.values())
    if not _among(known, rule.field):
        yield NoSuchField(field=rule.field, address=str(rule.address), known=known)
        return
    for each in objects:
        said = [path for path in each.fields if rule.names(path)]
        if rule.mode == "clear" and any(each.fields[path] is not None for path in said):
            yield ClearsWhatItSays(field=rule.field, title=each.title)
        if rule.mode == "additive" and any(not _is_set(types[each.type], path) for path in said):
            yield NotASet(field=rule.field, title=each.title)


def _fields(types: Iterable[ResourceType]) -> tuple[str, ...]:
    """The fields that objects of these types can have."""
    return tuple(sorted({path.removesuffix(".*") for each in types for path in each.fields}))


def _among(known: Iterable[str], field: str) -> bool:
    return field.partition(".")[0] in {path.partition(".")[0] for path in known}


def _mistaken(
    connector: Connector, desired: Sequence[Desired], configuration: Configuration
) -> Iterator[tuple[Address, Diagnostic]]:
    """The holds of fields that no object of theirs can have: nothing would be held."""
    for policy in configuration:
        for hold in policy.body.metadata.hold:
            if hold.field is None:
                continue
            rule = Rule(policy.address.at(hold.part or ""), hold.field, "ignore")
            types = {each.type for each in desired if rule.covers(each.address)}
            known = _fields(map(connector.resource_type, types))
            if types and not _among(known, hold.field):
                yield (
                    rule.address,
                    NoSuchField(
                        field=hold.field, address=str(rule.address), known=known, key="hold"
                    ),
                )


def _is_set(declared: ResourceType, path: str) -> bool:
    return declared.field(path).semantics == "set"


def _protected(lowered: Lowered, configuration: Configuration) -> frozenset[Address]:
    """The policies with ``protect: true`` that this target holds something of."""
    held = {each.address.policy for each in lowered.desired}
    return frozenset(
        policy.address
        for policy in configuration
        if policy.body.metadata.protect and policy.address in held
    )


def merged(desired: Value, live: Value, last: Value) -> Value:
    """A set with our members in it: those of others stay, those that we took out go."""
    ours, theirs, before = (
        set(each) if isinstance(each, tuple) else set() for each in (desired, live, last)
    )
    return tuple(sorted(ours | (theirs - (before - ours))))


def initial(desired: Desired) -> Mapping[str, Value]:
    """Every field that the object's creation writes."""
    return {**desired.initial, **desired.fields}
