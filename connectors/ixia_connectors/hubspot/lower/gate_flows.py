"""Stage gates as a workflow: what moves on without meeting a criterion is marked right after.

Only criteria that say ``verified_by: system`` get one: HubSpot cannot stop the move, and a
workflow in somebody's account is made for those who asked for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ixia_config.sdk import Clause, Criterion, Desired, Level, Lowered, Pipeline, Policy, Stage
from ixia_config.sdk.rules import condition
from ixia_connectors.hubspot.flow_about import version
from ixia_connectors.hubspot.flow_filters import Filter, Groups, plain
from ixia_connectors.hubspot.flow_steps import Step
from ixia_connectors.hubspot.lower.flow_conditions import (
    InexpressibleError,
    Places,
    asked,
    both,
    bounded,
)
from ixia_connectors.hubspot.lower.flow_objects import (
    Subject,
    Workflow,
    obstacle,
    own_field,
    workflow,
)
from ixia_connectors.hubspot.lower.flow_places import places
from ixia_connectors.hubspot.lower.flow_program import MOST_BRANCHES
from ixia_connectors.hubspot.names import gate_property

PART = ".gate"
PASSED = "passed"
_LATE = "a workflow marks the record right after the move; it stops nothing"


@dataclass(frozen=True, slots=True)
class Gate:
    """One criterion, the stages on which it must have been met, and the records that fail it."""

    stage: Stage
    criterion: Criterion
    failing: Groups


def gated(policy: Policy[Pipeline]) -> bool:
    """Whether a criterion of a pipeline asks to be verified by the system."""
    return any(_asks(each) for stage in policy.body.spec.stages for each in _criteria(stage))


def _criteria(stage: Stage) -> tuple[Criterion, ...]:
    return (*stage.entry, *stage.exit)


def _asks(criterion: Criterion) -> bool:
    written = "verified_by" in criterion.model_fields_set
    return written and criterion.verified_by == "system" and criterion.when is not None


def lower_gates(
    subject: Subject, policy: Policy[Pipeline], pipeline: str, stages: Mapping[str, str]
) -> Lowered:
    """Compile the gates of a pipeline; the ids are those that HubSpot has or gets."""
    if not gated(policy):
        return Lowered()
    why = obstacle(subject.target)
    if why:
        return Lowered(clauses=(_clause(policy, Level.UNSUPPORTED, "stage gates", why),))
    noun = policy.body.spec.object
    known = places(subject.target, subject.kind, noun)
    gates: list[Gate] = []
    clauses: list[Clause] = []
    for stage, criterion, at in _wanted(policy):
        name = f"{stage.title}: {criterion.title}"
        try:
            failing = _failing(subject, noun, criterion, [stages[each] for each in at], known)
        except InexpressibleError as error:
            clauses.append(_clause(policy, Level.UNSUPPORTED, f"gate of {name}", str(error)))
        else:
            gates.append(Gate(stage, criterion, failing))
            clauses.append(_clause(policy, Level.AUTOMATION, f"gate of {name}", _LATE))
    desired = _desired(subject, policy, pipeline, gates) if gates else ()
    return Lowered(desired, clauses=tuple(clauses))


def _clause(policy: Policy[Pipeline], level: Level, subject: str, note: str) -> Clause:
    return Clause(policy.address, subject, level, note)


def _wanted(policy: Policy[Pipeline]) -> Iterator[tuple[Stage, Criterion, list[str]]]:
    """Each criterion with the stages on which it must have been met."""
    stages = policy.body.spec.stages
    for place, stage in enumerate(stages):
        later = [each.key for each in stages[place + 1 :] if each.type != "lost"]
        for criterion in stage.entry:
            if _asks(criterion):
                yield stage, criterion, [stage.key]
        for criterion in stage.exit:
            if _asks(criterion) and later:
                yield stage, criterion, later


def _failing(
    subject: Subject, noun: str, criterion: Criterion, at: list[str], known: Places
) -> Groups:
    typed = condition(subject.target.configuration, noun, criterion.when or "")
    if typed is None:
        raise InexpressibleError("its condition has errors")
    there = Filter(subject.kind.stage, "ENUMERATION", "IS_ANY_OF", tuple(sorted(at)))
    return bounded(both(((there,),), asked(typed, known, opposite=True).groups)).groups


def _desired(
    subject: Subject, policy: Policy[Pipeline], pipeline: str, gates: list[Gate]
) -> tuple[Desired, ...]:
    name, title = gate_property(policy.name), f"{policy.title}: gate"
    ours = Filter(subject.kind.pipeline, "ENUMERATION", "IS_ANY_OF", (pipeline,))
    stage = subject.kind.stage
    changed: Step = {"on": "changed", "property": stage, "when": plain(((ours,),))}
    made = Workflow(version(policy.document.tree), changed, "1", _steps(name, gates))
    return (own_field(subject, f"{PART}.field", name, title), *workflow(subject, title, made))


def _steps(name: str, gates: list[Gate]) -> dict[str, Step]:
    """The first gate that a record fails is written down; branches first, then what they write."""
    chunks = [gates[at : at + MOST_BRANCHES] for at in range(0, len(gates), MOST_BRANCHES)]
    first_note = len(chunks) + 1
    passed = str(first_note + len(gates))
    steps: dict[str, Step] = {}
    for number, chunk in enumerate(chunks):
        at = first_note + number * MOST_BRANCHES
        branches = [
            {
                "name": f"{gate.stage.key} {gate.criterion.key}",
                "when": plain(gate.failing),
                "then": str(at + place),
            }
            for place, gate in enumerate(chunk)
        ]
        following = str(number + 2) if number + 1 < len(chunks) else passed
        steps[str(number + 1)] = {"do": "branch", "branches": branches, "else": following}
    for place, gate in enumerate(gates):
        words = f"{gate.stage.title}: {gate.criterion.title}"
        steps[str(first_note + place)] = {"do": "set", "property": name, "value": words}
    steps[passed] = {"do": "set", "property": name, "value": PASSED}
    return steps
