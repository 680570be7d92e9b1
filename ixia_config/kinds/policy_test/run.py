"""Runs the cases of tests: what was expected, what the policies decide, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ixia_config.kinds.comp_plan.ready import assigned
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.policy_test.answers import Answer, Fact
from ixia_config.kinds.policy_test.spec import Case, PolicyTest
from ixia_config.kinds.policy_test.subjects.every import EVERY, in_force
from ixia_config.model import Mark

ASKED = ("policy", "to")
"""Keys of an expectation that belong to the question."""


class Outcome(StrEnum):
    """How a case ended."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that was decided otherwise than expected."""

    name: str
    expected: Fact
    actual: Fact


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer of one policy, and where it differs from what was expected.

    ``open`` are the facts that the case does not expect; ``empty`` says that it expects none.
    """

    answer: Answer
    differences: tuple[Difference, ...]
    open: tuple[str, ...]
    empty: bool


@dataclass(frozen=True, slots=True)
class Result:
    """How one case ended; ``why`` says why it was skipped.

    ``personal`` is one about the pay of a person who is on a plan.
    """

    test: str
    case: str
    mark: Mark
    record: str
    outcome: Outcome
    answered: tuple[Answered, ...]
    why: str = ""
    personal: bool = False


def run(configuration: Configuration, tests: Iterable[Policy[PolicyTest]]) -> tuple[Result, ...]:
    """The result of every case of sound tests, in order."""
    return tuple(
        _result(configuration, test, number)
        for test in tests
        for number in range(len(test.body.spec.cases))
    )


def _result(configuration: Configuration, test: Policy[PolicyTest], number: int) -> Result:
    case = test.body.spec.cases[number]
    answered = tuple(_answered(configuration, case, test.body.spec.clock))
    outcome, why = _outcome(answered)
    return Result(
        test=test.name,
        case=case.name,
        mark=test.mark("spec", "cases", number, "name"),
        record=called(case.given.records, len(case.given.credits)),
        outcome=outcome,
        answered=answered,
        why=why,
        personal=_personal(configuration, case),
    )


def _personal(configuration: Configuration, case: Case) -> bool:
    """Whether a case asks for the pay of somebody real."""
    asked = case.expect.commission
    return asked is not None and (asked.person or "").lower() in assigned(configuration)


def _outcome(answered: tuple[Answered, ...]) -> tuple[Outcome, str]:
    """A case that fails anywhere fails; one that expects nothing of anybody is skipped."""
    if any(each.differences for each in answered):
        return Outcome.FAILED, ""
    if all(each.empty for each in answered):
        return Outcome.SKIPPED, "it expects nothing"
    return Outcome.PASSED, ""


def _answered(configuration: Configuration, case: Case, clock: datetime) -> Iterator[Answered]:
    now = case.clock or clock
    for name, subject in EVERY.items():
        expected = getattr(case.expect, name)
        if expected is None:
            continue
        policy = in_force(configuration, subject.kind, expected.policy, now.date())
        if policy is None:
            raise ValueError(f"there is no {subject.kind.__name__} {expected.policy}")
        asked = subject.question(configuration, policy, case, clock)
        yield compare(expected, subject.ask(configuration, policy, asked))


def compare(expected: Any, answer: Answer) -> Answered:
    """Where an answer differs from what a case expects of it."""
    given = {
        key: value
        for key in type(expected).model_fields
        if key not in asked_by(expected) and (value := getattr(expected, key)) is not None
    }
    differences = tuple(
        Difference(key, value, answer.facts[key])
        for key, value in given.items()
        if _comparable(key, value) != _comparable(key, _meant(value, answer.facts[key]))
    )
    unsaid = tuple(key for key in answer.facts if key not in given)
    return Answered(answer, differences, unsaid, empty=not given)


def asked_by(expected: Any) -> tuple[str, ...]:
    """The keys of an expectation that belong to the question."""
    found: tuple[str, ...] = getattr(type(expected), "asked", ASKED)
    return found


def _meant(expected: Fact, actual: Fact) -> Fact:
    """Of amounts by name, those that a case expects; one that nothing pays is 0."""
    if not isinstance(expected, Mapping) or not isinstance(actual, Mapping):
        return actual
    return {key: actual.get(key, Decimal(0)) for key in expected}


_ADDRESSES = frozenset({"person", "people", "approvers"})


def _comparable(key: str, value: Fact) -> object:
    """Addresses in lower case; people of one step, and what is in the way, in any order."""
    match value:
        case str():
            return value.lower() if key in _ADDRESSES else value
        case tuple() if key in ("chain", "people"):
            return [sorted(str(_comparable(key, each)) for each in step) for step in value]
        case tuple():
            return sorted(str(_comparable(key, each)) for each in value if isinstance(each, str))
    return value


def called(records: dict[str, dict[str, Any]] | Any, credits_given: int = 0) -> str:
    """What people call the record of a case: ``Lead "Nordwind AG"``, ``2 credits``."""
    if not records and credits_given:
        return "1 credit" if credits_given == 1 else f"{credits_given} credits"
    name, values = next(iter(records.items()), ("record", {}))
    return titled(name, values)


def titled(kind: str, values: Any) -> str:
    """``lead "Nordwind AG"``; just ``the lead`` where it has no name."""
    for key in ("name", "title", "subject"):
        if isinstance(values.get(key), str) and values[key]:
            return f'{kind} "{values[key]}"'
    return f"the {kind}"
