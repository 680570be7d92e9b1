"""What a plan should say about its changes: records, authors, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence

from ixia_config.sdk import Change, Finding, Flow, Live
from ixia_connectors.hubspot.inspection.authors import authors
from ixia_connectors.hubspot.inspection.obstacles import obstacles
from ixia_connectors.hubspot.inspection.records import records


def inspect(changes: Sequence[Change], live: Live) -> Flow[Sequence[Finding]]:
    """Ask only what these changes need; a plan without changes asks nothing."""
    dependents = yield from records(changes, live)
    actors = yield from authors(changes, live)
    blockers = yield from obstacles(changes, live)
    return [
        Finding(
            change=change.id,
            dependents=dependents.get(change.id),
            actors=actors.get(change.id, {}),
            blocker=blockers[change.id].why if change.id in blockers else "",
            hint=blockers[change.id].hint if change.id in blockers else "",
        )
        for change in changes
        if change.id in dependents or change.id in actors or change.id in blockers
    ]


__all__ = ["inspect"]
