"""Everything that is wrong with a configuration beyond the shape of its documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ixia_config.codes import Diagnostic, in_order
from ixia_config.kinds.accepting import weighed
from ixia_config.kinds.directory.codes.references import UnknownOwner
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.ownership import check as check_ownership
from ixia_config.kinds.policy import Configuration, Context, Policy
from ixia_config.kinds.project.codes import UnknownTarget
from ixia_config.kinds.project.decide import target_names
from ixia_config.kinds.proofs import Depth, proofs, unasked
from ixia_config.kinds.registry import kinds


def check(
    configuration: Configuration, today: date, depth: Depth = Depth.QUICK
) -> tuple[Diagnostic, ...]:
    """What every kind finds wrong with its policies, in the order of the files.

    What is proved about their rules is found, too; all of it only where that is asked for.
    """
    context = Context(configuration, today)
    return in_order(
        found for policy in configuration.every for found in judged(policy, context, depth)
    )


def judged(policy: Policy[Envelope], context: Context, depth: Depth) -> Iterator[Diagnostic]:
    """The same of one policy; what it accepts for a time counts as information."""
    return weighed(policy, _found(policy, context, depth), context.today, unasked(depth))


def _found(policy: Policy[Envelope], context: Context, depth: Depth) -> Iterator[Diagnostic]:
    yield from _owner(policy, context)
    yield from _targets(policy, context)
    yield from check_ownership(policy, context)
    for examine in kinds()[policy.body.kind].checks:
        yield from examine(policy, context)
    yield from proofs(policy, context, depth)


def _owner(policy: Policy[Envelope], context: Context) -> Iterator[Diagnostic]:
    """The owner is a team or a role; nothing to say where no Directory is kept."""
    owner, known = policy.body.metadata.owner, roster(context.configuration)
    if owner is not None and known.declared and owner not in known.owners:
        mark = policy.mark("metadata", "owner")
        yield UnknownOwner(mark=mark, name=owner, known=tuple(known.owners))


def _targets(policy: Policy[Envelope], context: Context) -> Iterator[Diagnostic]:
    """The targets are those of the Project; nothing to say where there is none."""
    known = target_names(context.configuration)
    if known is None:
        return
    for index, name in enumerate(policy.body.metadata.targets or ()):
        if name not in known:
            mark = policy.mark("metadata", "targets", index)
            yield UnknownTarget(mark=mark, name=name, known=known)
