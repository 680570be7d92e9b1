"""Which changes a selection means, and how risky a change is."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ixia_config.kinds.change_policy.spec import Selection
from ixia_config.model import Address, Change, Verb

RISKS = ("low", "medium", "high")


def selected(selection: Selection, changes: Iterable[Change]) -> tuple[Change, ...]:
    """The changes that a selection means."""
    return tuple(change for change in changes if means(selection, change))


def means(selection: Selection, change: Change) -> bool:
    """Whether a selection means this change."""
    fields = [field.path for field in change.fields]
    return (
        means_policy(selection, change.address)
        and _is_done(selection, change.verb)
        and (not selection.fields or any(_is_named(selection.fields, path) for path in fields))
        and (selection.records is None or _records(change) >= selection.records)
        and (selection.risk is None or RISKS.index(risk(change)) >= RISKS.index(selection.risk))
    )


def means_policy(selection: Selection, address: Address) -> bool:
    """Whether a selection means changes of this policy."""
    return (not selection.kinds or address.kind in selection.kinds) and (
        not selection.policies or address.name in selection.policies
    )


def is_of_text(selection: Selection) -> bool:
    """Whether a selection asks for nothing that only a plan can tell."""
    told = (selection.verbs, selection.fields)
    return not any(told) and selection.records is None and selection.risk is None


def risk(change: Change) -> str:
    """``low`` makes something new, ``medium`` changes what is there, ``high`` moves records, takes
    something away, cannot be undone, or lifts a protection.
    """
    grave = change.verb in (Verb.MIGRATE, Verb.UNPROTECT) or change.verb.removes
    if grave or change.lossy or not change.reversible:
        return "high"
    return "medium" if change.verb is Verb.UPDATE else "low"


def _is_done(selection: Selection, verb: Verb) -> bool:
    if selection.verbs:
        return verb.value in selection.verbs
    return verb.writes or verb is Verb.UNPROTECT


def _is_named(names: Collection[str], path: str) -> bool:
    return path in names or path.split(".", 1)[0] in names


def _records(change: Change) -> int:
    return change.dependents.count if change.dependents is not None else 0
