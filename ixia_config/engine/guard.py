"""What stops a plan before the first write: counts, shares, records, incomplete reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ixia_config.codes import Diagnostic
from ixia_config.engine import codes
from ixia_config.engine.draft import Draft
from ixia_config.engine.ownership_codes import Shrunken
from ixia_config.engine.protecting import protected
from ixia_config.engine.renaming import renames
from ixia_config.engine.resolve import Resolution
from ixia_config.engine.state import State
from ixia_config.model import Address, Change, Dependents, Value, Verb, Verdict
from ixia_config.sdk.connector import Connector, Finding, Live


@dataclass(frozen=True, slots=True)
class Limits:
    """The project's guards."""

    max_deletes: int = 2
    max_delete_share: Decimal = Decimal("0.25")


_SMALL = 10  # in a smaller set, any removal that nobody named is a large share


def verdicts(
    connector: Connector,
    draft: Draft,
    resolution: Resolution,
    live: Live,
    findings: Mapping[str, Finding],
    limits: Limits,
    state: State,
) -> tuple[Verdict, ...]:
    """Everything that refuses the plan, or would without an approval of its own."""
    found: list[Verdict] = []
    found += refusals(resolution.refusals)
    found += refusals(renames(connector, resolution, state))
    found += list(_counts(draft.changes, limits, state))
    found += list(_empty(resolution, draft.changes, len(state.bindings)))
    found += [_refusal(code, change) for change, code in protected(draft.changes, state)]
    if draft.circular:
        titles = tuple(change.title for change in draft.circular)
        found.append(_refusal(codes.CircularOrder(titles=titles)))
    for change in draft.changes:
        found += list(_of_change(connector, change, live, findings.get(change.id)))
    return tuple(found)


def refusals(found: Iterable[tuple[Address, Diagnostic]]) -> list[Verdict]:
    """What is wrong with the place of an address, each as a refusal of the plan."""
    return [_refusal(code, str(address)) for address, code in found]


def _refusal(code: Diagnostic, change: str | None = None, approve: str | None = None) -> Verdict:
    return Verdict(
        code=code.code,
        message=code.message(),
        refused=approve is None,
        change=change,
        approve=approve,
        hint=code.hint(),
    )


def _counts(changes: Sequence[Change], limits: Limits, state: State) -> Iterator[Verdict]:
    removals = [change for change in changes if change.verb.removes]
    if len(removals) > limits.max_deletes:
        yield _refusal(codes.TooManyRemovals(count=len(removals), limit=limits.max_deletes))
    unnamed = [change for change in removals if change.reason != "retired"]
    managed = Counter(binding.type for binding in state.bindings.values())
    for total, count in ((managed.total(), len(unnamed)), *_by_type(unnamed, managed)):
        # In a smaller set any removal is a large share; each needs its own approval anyway.
        if total >= _SMALL and Decimal(count) / total > limits.max_delete_share:
            share = f"{(limits.max_delete_share * 100).normalize():f} %"
            yield _refusal(codes.TooLargeShare(count=count, total=total, limit=share))
            return


def _by_type(changes: Iterable[Change], managed: Mapping[str, int]) -> list[tuple[int, int]]:
    removed = Counter(change.type for change in changes)
    return [(managed.get(name, 0), count) for name, count in sorted(removed.items())]


def _empty(resolution: Resolution, changes: Sequence[Change], bound: int) -> Iterator[Verdict]:
    if bound and not resolution.pairs:
        yield _refusal(codes.EmptyRender(bound=bound))
        return
    left = [change for change in changes if change.verb is Verb.FORGET and not change.reason]
    if bound >= _SMALL and 2 * len(left) > bound:
        yield _refusal(Shrunken(count=len(left), total=bound, approve=_SHRUNK), None, _SHRUNK)


_SHRUNK = "forget:most"


def _of_change(
    connector: Connector, change: Change, live: Live, finding: Finding | None
) -> Iterator[Verdict]:
    if finding is not None and finding.blocker:
        blocked = codes.Blocked(title=change.title, why=finding.blocker, advice=finding.hint)
        yield _refusal(blocked, change.id)
    if live.incomplete and (change.verb.removes or change.verb is Verb.CREATE):
        verb = "created" if change.verb is Verb.CREATE else "removed"
        what = "; ".join(live.incomplete)
        yield _refusal(codes.IncompleteRead(what=what, title=change.title, verb=verb), change.id)
    if change.verb.removes:
        yield from _of_removal(change, finding)
    if change.verb is Verb.UPDATE:
        yield from _immutable(connector, change)
    if change.lossy:
        yield _refusal(
            codes.LossyChange(title=change.title, approve=change.id), change.id, change.id
        )


def _of_removal(change: Change, finding: Finding | None) -> Iterator[Verdict]:
    held = finding.dependents if finding is not None else None
    if held is not None and held.count and change.migrate_to is None:
        code = codes.HasRecords(title=change.title, count=counted(held), sample=held.sample)
        yield _refusal(code, change.id)
    if change.reason != "retired":
        approval = codes.RemovalNeedsApproval(title=change.title, approve=change.id)
        yield _refusal(approval, change.id, change.id)


def _immutable(connector: Connector, change: Change) -> Iterator[Verdict]:
    declared = connector.resource_type(change.type)
    for field in change.fields:
        if declared.field(field.path).immutable:
            code = codes.ImmutableChanged(
                title=change.title,
                field=field.title or field.path,
                before="hidden" if field.sensitive else _shown(field.before),
                after="hidden" if field.sensitive else _shown(field.after),
            )
            yield _refusal(code, change.id)


def _shown(value: Value) -> str:
    return (
        ", ".join(value) if isinstance(value, tuple) else "empty" if value is None else str(value)
    )


def counted(held: Dependents) -> str:
    """``43 open deals`` or ``at least 10,000 records``."""
    return f"{'at least ' if held.at_least else ''}{held.count:,} {held.noun}"
