"""Conditions that stand alone: one that no record can meet, wherever it is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ixia_config.codes import Diagnostic
from ixia_config.kinds.conditions import condition
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.proofs.codes.rules import NeverHolds
from ixia_config.kinds.proofs.domain import domain
from ixia_config.language import Tree
from ixia_config.model import Path
from ixia_config.rules import Typed
from ixia_config.rules.analysis import Limits, Verdict, never_matches

_KEYS = frozenset({"when", "applies_when", "escalate_when", "skip_when", "validate"})
_LIMITS = Limits(nodes=2_000)
_TOLD_ELSEWHERE = frozenset({"rules", "targets", "entry", "exit"})
"""Lists whose members are proved as rules of a book"""


def lone(policy: Policy[Envelope], context: Context, now: datetime) -> Iterator[Diagnostic]:
    """Conditions outside of rules that contradict themselves."""
    for path, record in every_condition(policy):
        if _elsewhere(path):
            continue
        typed, _ = condition(policy, path, context.configuration, record)
        if typed is not None and typed.reads and _never(typed, context, now):
            yield NeverHolds(mark=policy.mark(*path), what=f"the condition {path[-1]}")


def _never(typed: Typed, context: Context, now: datetime) -> bool:
    known = domain(context.configuration, typed.record)
    answer = never_matches(typed, domain=known, limits=_LIMITS, prove=False, now=now)
    return answer.verdict is Verdict.YES


def every_condition(policy: Policy[Envelope]) -> Iterator[tuple[Path, str]]:
    """The place of every condition of a policy that is written as text, and its type of record."""
    tree: Any = policy.document.tree
    record = policy.name if policy.body.kind == "RecordSchema" else _record(tree["spec"])
    if policy.body.kind not in ("PolicyTest", "ChangePolicy", "Project"):
        yield from _below(tree["spec"], ("spec",), record)


def _below(node: Tree, path: Path, record: str | None) -> Iterator[tuple[Path, str]]:
    match node:
        case dict():
            record = _record(node) or record
            for key, value in node.items():
                if key in _KEYS and isinstance(value, str) and record:
                    yield (*path, key), record
                else:
                    yield from _below(value, (*path, key), record)
        case list():
            for place, value in enumerate(node):
                yield from _below(value, (*path, place), record)
        case _:
            return


def _elsewhere(path: Path) -> bool:
    """Whether the condition is that of a rule, which is proved together with the others."""
    return path[-1] == "when" and len(path) > 3 and path[-3] in _TOLD_ELSEWHERE


def _record(spec: Any) -> str | None:
    """The type of record that a part of a policy names."""
    for key in ("object", "of"):
        if isinstance(spec.get(key), str):
            return str(spec[key])
    return None
