"""Objects as they are right now: what a write reads back, and what an apply looks at first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ixia_config.sdk import Change, Flow, LiveResource
from ixia_connectors.odoo import read
from ixia_connectors.odoo.read import Key


def at(wanted: Iterable[Key], watched: Sequence[str] = ()) -> Flow[dict[Key, LiveResource]]:
    """The objects of these types and remote ids that are there."""
    found = yield from read.some(list(dict.fromkeys(wanted)), watched)
    return {(each.type, each.remote_id): each for each in found}


def look(unit: Sequence[Change]) -> Flow[Sequence[LiveResource] | None]:
    """The objects of a unit right before it is written."""
    found = yield from at((each.type, each.remote_id or "") for each in unit)
    return list(found.values())
