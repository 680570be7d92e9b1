"""Which changes are written by one call."""

from __future__ import annotations

from collections.abc import Sequence

from ixia_config.sdk import Change, Verb


def units(changes: Sequence[Change]) -> Sequence[Sequence[Change]]:
    """A pipeline is created and archived with its parts; everything else is a unit of its own.

    The plan's order stays: it already has the order of stages after the stages that it arranges.
    """
    leaders = {each.address: each for each in changes if _leads(each)}
    units: list[list[Change]] = []
    for change in changes:
        if _leads(change):
            units.append([change, *(each for each in changes if _follows(each, change))])
        elif change.parent is None or not _follows(change, leaders.get(change.parent)):
            units.append([change])
    return units


def _leads(change: Change) -> bool:
    return change.type == "pipeline" and (change.verb is Verb.CREATE or change.verb.removes)


def _follows(change: Change, leader: Change | None) -> bool:
    """Whether the leader's request does this change too."""
    if leader is None or change.parent != leader.address:
        return False
    if leader.verb is Verb.CREATE:
        return change.type == "stage" and change.verb is Verb.CREATE
    return change.type in ("stage", "rules") and change.verb.removes
