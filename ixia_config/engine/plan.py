"""A Plan from what is desired, live and applied before: pure, deterministic, sealed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace

from ixia_config.engine import guard
from ixia_config.engine.codec import sealed
from ixia_config.engine.draft import Draft, Settings, draft
from ixia_config.engine.holding import part
from ixia_config.engine.ownership import Refusals
from ixia_config.engine.protecting import protecting
from ixia_config.engine.resolve import Resolution, resolve, titles
from ixia_config.engine.state import State
from ixia_config.model import (
    Address,
    Change,
    Denial,
    FieldChange,
    Hold,
    Plan,
    Quota,
    Review,
    Unmanaged,
    Verb,
    Verdict,
)
from ixia_config.sdk.connector import Connector, Finding, Live, Lowered


@dataclass(frozen=True, slots=True)
class Frame:
    """What a plan is made for and when; times are ISO 8601 text with their zone."""

    target: str
    environment: str
    project: str
    created_at: str
    expires_at: str
    config_digest: str = ""
    commit: str = ""
    tool_version: str = ""


Judge = Callable[[Sequence[Change]], tuple[tuple[Denial, ...], tuple[Review, ...]]]


@dataclass(frozen=True, slots=True)
class Word:
    """What the policies say of changing what they declare."""

    holds: tuple[Hold, ...] = ()
    protected: frozenset[Address] = frozenset()
    refusals: Refusals = ()
    judge: Judge = lambda changes: ((), ())  # noqa: ARG005  # nobody asked for anything


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything that a plan is computed from."""

    connector: Connector
    lowered: Lowered
    live: Live
    state: State
    settings: Settings
    limits: guard.Limits
    place: Callable[[Address], str] = lambda address: ""  # noqa: ARG005  # nowhere, by default
    word: Word = Word()


Inspection = Generator[Sequence[Change], Sequence[Finding], Plan]


def make(basis: Basis, frame: Frame) -> Inspection:
    """Yield the changes to ask the target about, be sent its findings, return the plan."""
    resolution = resolve(
        basis.connector,
        basis.lowered,
        basis.live,
        basis.state,
        if_exists=basis.settings.if_exists,
    )
    drafted = draft(basis.connector, resolution, basis.settings)
    marked = (*drafted.changes, *protecting(basis.word.protected, resolution, basis.state))
    drafted = replace(drafted, changes=marked)
    wanted = tuple(change for change in drafted.changes if change.verb.writes)
    findings = {each.change: each for each in (yield wanted)} if wanted else {}
    return _complete(basis, frame, resolution, drafted, findings)


def _complete(
    basis: Basis,
    frame: Frame,
    resolution: Resolution,
    drafted: Draft,
    findings: Mapping[str, Finding],
) -> Plan:
    parents = {pair.desired.address: pair.desired.parent for pair in resolution.pairs}
    parted = part(_informed(drafted.changes, findings), basis.word.holds, parents)
    drafted = replace(drafted, changes=parted.going)
    changes = _placed(basis, _priced(basis.connector, drafted.changes))
    denials, reviews = basis.word.judge(changes)
    names = titles(resolution.pairs, basis.live, resolution.leaving)
    filled = replace(
        _framed(basis, frame),
        changes=changes,
        clauses=basis.lowered.clauses,
        observed=_placed(basis, drafted.observed),
        held=_placed(basis, parted.held),
        holds=basis.word.holds,
        denials=denials,
        reviews=reviews,
        unmanaged=_unmanaged(resolution),
        verdicts=_verdicts(basis, resolution, drafted, findings),
        names=_used_names(names, (*changes, *drafted.observed, *parted.held)),
        quota=_quota(basis, changes),
        counts=_counts(basis, resolution),
        nouns=_nouns(basis.connector),
    )
    return sealed(filled)


def _framed(basis: Basis, frame: Frame) -> Plan:
    """A plan that does nothing: what it is for, and which state it was made from."""
    return Plan(
        target=frame.target,
        environment=frame.environment,
        project=frame.project,
        identity=basis.live.identity,
        created_at=frame.created_at,
        expires_at=frame.expires_at,
        lineage=basis.state.lineage,
        serial=basis.state.serial,
        config_digest=frame.config_digest,
        commit=frame.commit,
        tool_version=frame.tool_version,
    )


def _verdicts(
    basis: Basis, resolution: Resolution, drafted: Draft, findings: Mapping[str, Finding]
) -> tuple[Verdict, ...]:
    found = guard.verdicts(
        basis.connector, drafted, resolution, basis.live, findings, basis.limits, basis.state
    )
    return (*guard.refusals(basis.word.refusals), *found)


def _informed(changes: Sequence[Change], findings: Mapping[str, Finding]) -> tuple[Change, ...]:
    """The changes with their records and authors; moving no records is no change."""
    out: list[Change] = []
    for change in changes:
        finding = findings.get(change.id)
        if finding is None:
            out.append(change)
            continue
        held = finding.dependents
        if change.verb is Verb.MIGRATE and (held is None or not held.count):
            continue
        fields = tuple(replace(each, by=finding.actors.get(each.path)) for each in change.fields)
        out.append(replace(change, dependents=held, fields=fields))
    kept = {change.id for change in out}
    return tuple(
        replace(change, needs=tuple(need for need in change.needs if need in kept))
        for change in out
    )


def _priced(connector: Connector, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The requests of a unit are counted on its first change."""
    calls: dict[str, int] = {}
    for unit in connector.units([change for change in changes if change.verb.writes]):
        calls[unit[0].id] = connector.cost(unit)
    return tuple(replace(change, calls=calls.get(change.id, 0)) for change in changes)


def _placed(basis: Basis, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """Each change with the line that asks for it; looked up for changes only, since it is slow."""
    return tuple(
        replace(change, source=basis.place(change.address) or change.source) for change in changes
    )


def _quota(basis: Basis, changes: Sequence[Change]) -> Quota:
    quota, estimated = basis.live.quota, sum(change.calls for change in changes)
    seconds = -(-estimated * quota.interval // quota.allowed) if quota.allowed else 0
    return replace(quota, estimated=estimated, seconds=seconds)


def _unmanaged(resolution: Resolution) -> tuple[Unmanaged, ...]:
    owners: Mapping[str, Address] = {
        remote_id: address for (_, remote_id), address in resolution.address_of().items()
    }
    return tuple(
        Unmanaged(
            type=each.type,
            title=each.title,
            remote_id=each.remote_id,
            parent=owners.get(each.parent or ""),
        )
        for each in resolution.unmanaged
    )


def _used_names(names: Mapping[str, str], changes: Sequence[Change]) -> tuple[tuple[str, str], ...]:
    """Titles of the references that the changes speak of."""
    used: set[str] = set()
    for change in changes:
        used |= {str(each) for each in (change.migrate_to, change.parent) if each is not None}
        for field in change.fields:
            used |= _references(field)
    return tuple(sorted((each, names[each]) for each in used if each in names))


def _references(field: FieldChange) -> set[str]:
    if field.format != "reference":
        return set()
    found: set[str] = set()
    for value in (field.before, field.after, field.last):
        found |= (
            set(value) if isinstance(value, tuple) else {value} if isinstance(value, str) else set()
        )
    return found


def _nouns(connector: Connector) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (declared.name, declared.title, declared.plural or declared.title + "s")
        for declared in sorted(connector.types, key=lambda each: each.rank)
    )


def _counts(basis: Basis, resolution: Resolution) -> tuple[tuple[str, int], ...]:
    tally = Counter(pair.desired.type for pair in resolution.pairs)
    policies = {pair.desired.address.policy for pair in resolution.pairs}
    types = sorted(basis.connector.types, key=lambda each: each.rank)
    rows = ((each.plural or each.title + "s", tally[each.name]) for each in types)
    return (("policies", len(policies)), *(row for row in rows if row[1]))
