"""Whether a record may move to another stage: asks a Pipeline."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.kinds.conditions import condition
from ixia_config.kinds.pipeline.gate import Decision, Gate, may_move
from ixia_config.kinds.pipeline.manner import Manner, find
from ixia_config.kinds.pipeline.spec import Criterion, Pipeline, Stage
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.policy_test.answers import Answer, Condition, Headline, Part, Question
from ixia_config.kinds.policy_test.boundaries import points, tried
from ixia_config.model import Path


def ask(configuration: Configuration, policy: Policy[Pipeline], asked: Question) -> Answer:
    """Whether the record may move."""
    decision = may_move(
        configuration, policy, asked.record, asked.move, asked.now, standing=asked.standing
    )
    return Answer(
        subject="stage",
        policy=policy.address,
        headline=Headline("", f" {_told(policy, decision)}"),
        facts={
            "allowed": decision.allowed,
            "failing": tuple(each.key for each in decision.failing),
            "approvers": decision.approvers,
        },
        reasons=decision.reasons,
        touched=_touched(configuration, policy, asked, decision),
    )


def _told(policy: Policy[Pipeline], decision: Decision) -> str:
    before, after = (_title(policy, key) for key in (decision.stage, decision.to))
    way = f"move from {before} to {after} in {policy.title}"
    match decision.gate:
        case Gate.OPEN:
            return f"may {way}"
        case Gate.APPROVAL:
            return f"may {way} once it is released"
        case Gate.CLOSED:
            count = len(decision.failing)
            return f"may not {way}: {count} {'thing is' if count == 1 else 'things are'} missing"


def _title(policy: Policy[Pipeline], key: str) -> str:
    stage = find(policy.body.spec, key)
    return stage.title if stage else key


def _touched(
    configuration: Configuration, policy: Policy[Pipeline], asked: Question, decision: Decision
) -> frozenset[Part]:
    words: set[str] = set()
    looked: list[Condition] = []
    for stage, part in _doors(policy, decision):
        for each in _tests(configuration, policy, stage, part):
            holds = each.typed.evaluate(asked.record, asked.now)
            words.add(f"{each.owner} {'holds' if holds else 'fails'}")
            looked.append(each)
    words |= tried(looked, asked.record, asked.now)
    return frozenset(part for part in parts(configuration, policy) if part.words in words)


def _doors(policy: Policy[Pipeline], decision: Decision) -> Iterator[tuple[Stage, str]]:
    """The criteria that a move looks at: of the way out, and of the way in."""
    before, after = find(policy.body.spec, decision.stage), find(policy.body.spec, decision.to)
    if before is not None and decision.manner in (Manner.FORWARD, Manner.SKIP):
        yield before, "exit"
    if after is not None and decision.manner is not Manner.STAY:
        yield after, "entry"


def parts(configuration: Configuration, policy: Policy[Pipeline]) -> tuple[Part, ...]:
    """Every criterion with a condition, once where it holds and once where it fails."""
    return tuple(_parts(configuration, policy))


def tests(configuration: Configuration, policy: Policy[Pipeline]) -> tuple[Condition, ...]:
    """The conditions of every criterion."""
    return tuple(
        each
        for stage in policy.body.spec.stages
        for part in ("exit", "entry")
        for each in _tests(configuration, policy, stage, part)
    )


def _parts(configuration: Configuration, policy: Policy[Pipeline]) -> Iterator[Part]:
    criteria = tests(configuration, policy)
    for each in criteria:
        for answer in ("holds", "fails"):
            yield Part(policy.source, each.path[:-1], f"{each.owner} {answer}")
    yield from points(policy.source, criteria)


def _tests(
    configuration: Configuration, policy: Policy[Pipeline], stage: Stage, part: str
) -> Iterator[Condition]:
    place = policy.body.spec.stages.index(stage)
    members: tuple[Criterion, ...] = stage.exit if part == "exit" else stage.entry
    for number, criterion in enumerate(members):
        path: Path = ("spec", "stages", place, part, number, "when")
        if criterion.when is None:
            continue
        typed, _ = condition(policy, path, configuration, policy.body.spec.object)
        if typed is not None:
            yield Condition(path, typed, f"{criterion.key} of {stage.key}")
