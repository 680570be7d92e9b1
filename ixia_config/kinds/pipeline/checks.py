"""What can be wrong with a Pipeline; each group of questions has a module of its own."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.pipeline.chances import chances
from ixia_config.kinds.pipeline.criteria import criteria
from ixia_config.kinds.pipeline.references import references
from ixia_config.kinds.pipeline.spec import Pipeline
from ixia_config.kinds.pipeline.stages import stages
from ixia_config.kinds.pipeline.transitions import transitions
from ixia_config.kinds.policy import Context, Policy


def check(policy: Policy[Pipeline], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with a Pipeline, seen with the fields, people and targets."""
    yield from references(policy, context)
    yield from stages(policy, context)
    yield from chances(policy)
    yield from transitions(policy)
    yield from criteria(policy, context)
