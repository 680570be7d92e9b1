"""Missing expectations, as values to be written into the YAML: what the policies decide today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.policy_test.answers import Answer, Fact
from ixia_config.kinds.policy_test.run import asked_by
from ixia_config.kinds.policy_test.spec import Case, PolicyTest
from ixia_config.kinds.policy_test.subjects.every import EVERY, SUBJECTS, decisive, in_force
from ixia_config.model import Path

_WRITTEN = {
    "routing": ("rule", "person", "pool", "queue"),
    "sla": ("due", "state"),
    "approval": ("rule", "chain", "outcome"),
    "stage": ("allowed", "failing"),
    "commission": ("total",),
}


@dataclass(frozen=True, slots=True)
class Missing:
    """An expectation that a case lacks: where it is written, and what the policy decides."""

    path: Path
    value: Mapping[str, Any]


def missing(configuration: Configuration, test: Policy[PolicyTest]) -> Iterator[Missing]:
    """The expectations that the cases of a sound test lack.

    A case without any is asked of every policy for its records; of moves only what it names.
    """
    clock = test.body.spec.clock
    for number, case in enumerate(test.body.spec.cases):
        path: Path = ("spec", "cases", number, "expect")
        if not case.expect.model_dump(exclude_none=True):
            value = dict(_everything(configuration, case, clock))
            if value:
                yield Missing(path, value)
            continue
        for name in EVERY:
            expected = getattr(case.expect, name)
            if expected is not None and _says_nothing(expected):
                policy = expected.policy
                asked = expected.model_dump(exclude_none=True)
                answer = _ask(configuration, case, clock, name, policy)
                yield Missing((*path, name), {**asked, **_facts(answer)})


def _says_nothing(expected: Any) -> bool:
    return set(expected.model_dump(exclude_none=True)) <= set(asked_by(expected))


def _everything(
    configuration: Configuration, case: Case, clock: datetime
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The decision of the first policy of each kind for a record of the case, moves left out."""
    seen: set[str] = set()
    names = {subject.kind: name for name, subject in SUBJECTS.items() if name != "stage"}
    for _, policy in decisive(configuration):
        name = names.get(type(policy.body))
        if name is None or name in seen or policy.body.spec.object not in case.given.records:
            continue
        seen.add(name)
        answer = _ask(configuration, case, clock, name, policy.name)
        yield name, {"policy": policy.name, **_facts(answer)}


def _ask(
    configuration: Configuration, case: Case, clock: datetime, name: str, policy: str
) -> Answer:
    subject = EVERY[name]
    found = in_force(configuration, subject.kind, policy, (case.clock or clock).date())
    if found is None:
        raise ValueError(f"there is no {subject.kind.__name__} {policy}")
    asked = subject.question(configuration, found, case, clock)
    return subject.ask(configuration, found, asked)


def _facts(answer: Answer) -> dict[str, Any]:
    """The facts that are worth keeping, as YAML writes them."""
    kept = {key: answer.facts[key] for key in _WRITTEN[answer.subject]}
    if answer.subject == "approval" and kept["chain"]:
        del kept["outcome"]
    return {
        key: _written(value, answer.zone)
        for key, value in kept.items()
        if value is not None and ((value != "" and value != ()) or (key == "failing" and value))
    }


def _written(value: Fact, zone: str) -> Any:
    match value:
        case datetime():
            return value.astimezone(ZoneInfo(zone or "UTC")).isoformat()
        case tuple():
            return [list(each) if isinstance(each, tuple) else each for each in value]
        case Decimal():
            return f"{value:f}"
    return value
