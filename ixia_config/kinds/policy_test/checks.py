"""What can be wrong with a PolicyTest: names that lead nowhere, wrong values, empty cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from ixia_config.codes import Diagnostic
from ixia_config.kinds.approval_policy.ladder import steps
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.directory.codes.references import UnknownPerson
from ixia_config.kinds.directory.decide import Roster, roster
from ixia_config.kinds.pipeline.codes.references import UnknownStage
from ixia_config.kinds.pipeline.manner import find
from ixia_config.kinds.pipeline.spec import PipelineSpec
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.policy_test.checks_commission import commission
from ixia_config.kinds.policy_test.codes.cases import (
    CaseTwice,
    NoSubmitter,
    NothingExpected,
    RecordNotGiven,
    UnknownPart,
    UnknownTestedPolicy,
)
from ixia_config.kinds.policy_test.codes.standing import NoStage, WrongSurroundings
from ixia_config.kinds.policy_test.question import split
from ixia_config.kinds.policy_test.records import problems
from ixia_config.kinds.policy_test.run import asked_by
from ixia_config.kinds.policy_test.spec import Case, Given, PolicyTest
from ixia_config.kinds.policy_test.subjects.every import EVERY
from ixia_config.kinds.policy_test.subjects.routing import OTHERWISE
from ixia_config.kinds.record_schema.codes.structure import UnknownRecord
from ixia_config.model import Path


def check(policy: Policy[PolicyTest], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with the cases."""
    seen: set[str] = set()
    for number, case in enumerate(policy.body.spec.cases):
        path: Path = ("spec", "cases", number)
        if case.name in seen:
            yield CaseTwice(mark=policy.mark(*path, "name"), case=case.name)
        seen.add(case.name)
        yield from _given(policy, path, case.given, context)
        yield from _expected(policy, path, case, context)


def _given(
    policy: Policy[PolicyTest], path: Path, given: Given, context: Context
) -> Iterator[Diagnostic]:
    known, people = catalogue(context.configuration), roster(context.configuration)
    for name, values in given.records.items():
        here: Path = (*path, "given", name)
        if name not in known.records:
            mark = policy.mark(*here, key=True)
            yield UnknownRecord(mark=mark, name=name, known=tuple(known.records))
            continue
        try:
            parted = split(given, values, known.records[name])
        except ValidationError as error:
            yield from _surroundings(policy, here, error)
            continue
        yield from problems(policy.document, here, parted.values, context.configuration, name)
    for person_path, email in _people_given(given, (*path, "given")):
        yield from _person(policy, person_path, email, people)
    for pool in given.rotation:
        if people.declared and pool not in people.pools:
            mark = policy.mark(*path, "given", "rotation", pool, key=True)
            pools = tuple(people.pools)
            yield UnknownPart(mark=mark, home="the Directory", what="pool", name=pool, known=pools)


def _surroundings(
    policy: Policy[PolicyTest], path: Path, error: ValidationError
) -> Iterator[Diagnostic]:
    for each in error.errors(include_url=False):
        place = each["loc"][0]
        what = str((each.get("ctx") or {}).get("what") or "a list")
        yield WrongSurroundings(mark=policy.mark(*path, place), key=str(place), what=what)


def _people_given(given: Given, path: Path) -> Iterator[tuple[Path, str]]:
    """Every address that surrounds the record, with its place."""
    if given.submitter is not None:
        yield (*path, "submitter"), given.submitter
    for name, values in given.records.items():
        if isinstance(values.get("submitter"), str):
            yield (*path, name, "submitter"), values["submitter"]
    for number, email in enumerate(given.absent):
        yield (*path, "absent", number), email
    for pool, email in given.rotation.items():
        yield (*path, "rotation", pool), email
    for email in given.load:
        yield (*path, "load", email), email


def _person(
    policy: Policy[PolicyTest], path: Path, email: str, people: Roster
) -> Iterator[Diagnostic]:
    if people.declared and people.person(email) is None:
        known = tuple(each.email for each in people.people.values())
        yield UnknownPerson(mark=policy.mark(*path), name=email, known=known)


def _expected(
    policy: Policy[PolicyTest], path: Path, case: Case, context: Context
) -> Iterator[Diagnostic]:
    if not case.expect.model_dump(exclude_none=True):
        yield NothingExpected(mark=policy.mark(*path, "name"), case=case.name, of="")
    for subject in EVERY:
        expected = getattr(case.expect, subject)
        if expected is not None:
            yield from _of_subject(policy, (*path, "expect", subject), case, context)


def _of_subject(
    policy: Policy[PolicyTest], path: Path, case: Case, context: Context
) -> Iterator[Diagnostic]:
    """One expectation: its policy exists, its record is given, and it can fail."""
    subject, configuration = str(path[-1]), context.configuration
    expected, kind = getattr(case.expect, subject), EVERY[subject].kind
    asked = configuration.get(kind, expected.policy)
    if asked is None:
        mark, known = policy.mark(*path, _name_of(subject)), configuration.of(kind)
        names = tuple(each.name for each in known)
        yield UnknownTestedPolicy(mark=mark, kind=kind.__name__, name=expected.policy, known=names)
        return
    if set(expected.model_dump(exclude_none=True)) <= set(asked_by(expected)):
        yield NothingExpected(mark=policy.mark(*path), case=case.name, of=expected.policy)
    if subject == "commission":
        yield from commission(policy, path, case, context)
        return
    record = asked.body.spec.object
    if record not in case.given.records:
        mark = policy.mark(*path[:-2], "given", key=True)
        yield RecordNotGiven(mark=mark, policy=expected.policy, record=record)
        return
    yield from _Expectation(policy, path, case, context, asked).wrong()


def _name_of(subject: str) -> str:
    """The key under which an expectation names its policy."""
    return "plan" if subject == "commission" else "policy"


class _Expectation:
    """What a case expects of one policy that exists."""

    def __init__(
        self,
        policy: Policy[PolicyTest],
        path: Path,
        case: Case,
        context: Context,
        asked: Policy[Any],
    ) -> None:
        self.policy, self.path, self.case = policy, path, case
        self.people = roster(context.configuration)
        self.asked = asked
        self.expected = getattr(case.expect, str(path[-1]))
        fields = catalogue(context.configuration).records.get(asked.body.spec.object, {})
        self.values: Mapping[str, Any] = case.given.records[asked.body.spec.object]
        self.stage_is_a_field = "stage" in fields

    def wrong(self) -> Iterator[Diagnostic]:
        match self.path[-1]:
            case "routing":
                yield from self.routing()
            case "sla":
                keys = [each.key or str(n) for n, each in enumerate(self.spec.targets, 1)]
                yield from self.part("target", keys)
            case "approval":
                yield from self.approval()
            case "stage":
                yield from self.stage()

    @property
    def spec(self) -> Any:
        return self.asked.body.spec

    def routing(self) -> Iterator[Diagnostic]:
        yield from self.part("rule", [*(rule.key for rule in self.spec.rules), OTHERWISE])
        if self.people.declared:
            yield from self.part("pool", self.people.pools, home="the Directory")
            yield from self.part("queue", self.people.queues, home="the Directory")
        if self.expected.person is not None:
            yield from self.person("person", self.expected.person)

    def approval(self) -> Iterator[Diagnostic]:
        yield from self.part("rule", [rule.key for rule in self.spec.rules])
        for number, people in enumerate(self.expected.people or ()):
            for place, email in enumerate(people):
                yield from self.person("people", number, place, email)
        if self.asks_submitter() and not (self.case.given.submitter or "submitter" in self.values):
            mark = self.policy.mark(*self.path[:-2], "given", key=True)
            yield NoSubmitter(mark=mark, policy=self.asked.name)

    def asks_submitter(self) -> bool:
        """Whether the submitter's managers are asked for anything."""
        return any(
            "submitter" in (approver.manager_of, approver.authority_of)
            for _, step in steps(self.asked)
            for approver in step.asked
        )

    def stage(self) -> Iterator[Diagnostic]:
        spec: PipelineSpec = self.spec
        yield from self.known_stage((*self.path, "to"), self.expected.to)
        stage = self.case.given.stage or self.values.get("stage")
        if stage is None:
            mark = self.policy.mark(*self.path[:-2], "given", key=True)
            yield NoStage(mark=mark, policy=self.asked.name)
        elif isinstance(stage, str):
            beside: Path = (*self.path[:-2], "given", "stage")
            among: Path = (*self.path[:-2], "given", spec.object, "stage")
            yield from self.known_stage(beside if self.case.given.stage else among, stage)

    def known_stage(self, path: Path, name: str) -> Iterator[Diagnostic]:
        if find(self.spec, name) is None:
            known = tuple(stage.key for stage in self.spec.stages)
            yield UnknownStage(mark=self.policy.mark(*path), name=name, known=known)

    def part(self, what: str, known: Iterable[str], home: str = "") -> Iterator[Diagnostic]:
        name, names = getattr(self.expected, what), tuple(known)
        if name is not None and name not in names:
            mark = self.policy.mark(*self.path, what)
            place = home or self.asked.name
            yield UnknownPart(mark=mark, home=place, what=what, name=name, known=names)

    def person(self, *place: str | int) -> Iterator[Diagnostic]:
        *path, email = place
        yield from _person(self.policy, (*self.path, *path), str(email), self.people)
