"""Records are counted once more right before something is removed: they may have come since."""

from __future__ import annotations

from collections.abc import Sequence

from ixia_config.edges.http import Driver
from ixia_config.engine.execute import Work
from ixia_config.engine.guard import counted
from ixia_config.model import Change
from ixia_config.sdk.connector import Live
from ixia_config.sdk.wire import Kind, RemoteError


def in_the_way(reader: Driver, work: Work, unit: Sequence[Change]) -> RemoteError | None:
    """Why this unit must not be removed now; None where nothing stands on it.

    A removal whose records were moved first is left to the target's own guard: a search right after
    a move still shows what has gone.
    """
    removed = [change for change in unit if change.verb.removes and change.group is None]
    if not removed:
        return None
    live = Live(work.plan.identity, tuple(work.live.values()))
    try:
        found = reader.run(work.connector.inspect(removed, live))
    except RemoteError as error:
        return RemoteError(Kind.REJECTED, f"its records could not be counted: {error}")
    for each in found:
        if each.dependents is not None and each.dependents.count:
            held = counted(each.dependents)
            return RemoteError(Kind.REJECTED, f"it now holds {held}, so it was not removed")
    return None
