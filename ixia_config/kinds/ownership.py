"""What a policy says of its fields in the target: how each is kept, and what is held for a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ixia_config.codes import Diagnostic
from ixia_config.kinds.directory.codes.references import UnknownOwner
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.locate import path_of
from ixia_config.kinds.ownership_codes import HoldEnded, UnknownPart
from ixia_config.kinds.policy import Configuration, Context, Policy
from ixia_config.model import Hold, Path


def check(policy: Policy[Envelope], context: Context) -> Iterator[Diagnostic]:
    """What is wrong with the ownership and the holds of one policy."""
    metadata = policy.body.metadata
    for index, mode in enumerate(metadata.ownership):
        yield from _part(policy, mode.part, ("metadata", "ownership", index, "part"))
    known = roster(context.configuration)
    for index, hold in enumerate(metadata.hold):
        place: Path = ("metadata", "hold", index)
        yield from _part(policy, hold.part, (*place, "part"))
        if known.declared and hold.owner not in known.owners:
            mark = policy.mark(*place, "owner")
            yield UnknownOwner(mark=mark, name=hold.owner, known=tuple(known.owners))
        if context.today >= hold.until:
            yield HoldEnded(mark=policy.mark(*place), until=hold.until, owner=hold.owner)


def _part(policy: Policy[Envelope], part: str | None, place: Path) -> Iterator[Diagnostic]:
    # A part that starts with a dot has no key in the YAML: a connector made it.
    if part is not None and not part.startswith(".") and path_of(policy, part) is None:
        yield UnknownPart(mark=policy.mark(*place), part=part, policy=policy.name)


def holds(configuration: Configuration, today: date) -> tuple[Hold, ...]:
    """Every hold that is in force, by address and field."""
    found = (
        Hold(
            policy.address.at(each.part or ""),
            each.field or "",
            each.owner,
            each.reason,
            each.until.isoformat(),
        )
        for policy in configuration
        for each in policy.body.metadata.hold
        if today < each.until
    )
    return tuple(sorted(found, key=lambda each: (each.address, each.field, each.until)))
