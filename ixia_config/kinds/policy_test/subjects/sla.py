"""When a record is due: asks an SlaPolicy."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.policy_test.answers import Answer, Condition, Headline, Part, Question
from ixia_config.kinds.policy_test.boundaries import points, tried
from ixia_config.kinds.reasons import Reason
from ixia_config.kinds.sla_policy.decide import Ready, decide, ready
from ixia_config.kinds.sla_policy.result import Decision, State
from ixia_config.kinds.sla_policy.spec import SlaPolicy

_LEFT_OUT = "records that it leaves out"


def ask(configuration: Configuration, policy: Policy[SlaPolicy], asked: Question) -> Answer:
    """When the record is due, and how its clock stands."""
    decision = decide(policy, configuration, asked.record, asked.now)
    return Answer(
        subject="sla",
        policy=policy.address,
        headline=_headline(decision),
        facts={
            "due": decision.due,
            "state": decision.state.value,
            "target": decision.target,
        },
        reasons=_reasons(decision),
        touched=_touched(configuration, policy, asked, decision),
        zone=decision.zone,
    )


def _reasons(decision: Decision) -> tuple[Reason, ...]:
    """What is left to say after the headline."""
    if decision.due is None or not decision.reasons:
        return decision.reasons
    first, *rest = decision.reasons
    return (*first.below, *rest)


def _headline(decision: Decision) -> Headline:
    metric = decision.metric.replace("_", " ").replace("-", " ")
    before, told = f"{metric} of ", decision.reasons[0].why if decision.reasons else ""
    match decision.state:
        case State.NOT_APPLICABLE:
            return Headline(before, f" is not measured: {told}")
        case State.NOT_STARTED:
            return Headline(before, f" has not started: {told}")
        case State.UNKNOWN:
            return Headline(before, f" cannot be told: {told}")
        case State.RUNNING | State.PAUSED | State.MET | State.BREACHED | State.CANCELLED:
            return Headline(before, f" is {told}")


def _touched(
    configuration: Configuration, policy: Policy[SlaPolicy], asked: Question, decision: Decision
) -> frozenset[Part]:
    made = ready(policy, configuration)
    if made is None:
        return frozenset()
    words: set[str] = set()
    if decision.state is State.NOT_APPLICABLE:
        words.add(_LEFT_OUT)
    names = [name for _, name in _targets(policy)]
    place = names.index(decision.target) if decision.target in names else -1
    if place >= 0:
        words.add(f"target {decision.target}")
    tests = list(_tests(made))
    seen = [each for each in tests if each.path[1] == "when" or int(each.path[2]) <= place]
    words |= tried(seen, asked.record, asked.now)
    return frozenset(part for part in parts(configuration, policy) if part.words in words)


def parts(configuration: Configuration, policy: Policy[SlaPolicy]) -> tuple[Part, ...]:
    """Targets, records that are left out, and comparisons."""
    made = ready(policy, configuration)
    return () if made is None else tuple(_parts(made))


def tests(configuration: Configuration, policy: Policy[SlaPolicy]) -> tuple[Condition, ...]:
    """The conditions of the policy and of its targets."""
    made = ready(policy, configuration)
    return () if made is None else tuple(_tests(made))


def _parts(made: Ready) -> Iterator[Part]:
    source = made.policy.source
    if made.signals.when is not None:
        yield Part(source, ("spec", "when"), _LEFT_OUT)
    for place, name in _targets(made.policy):
        yield Part(source, ("spec", "targets", place), f"target {name}")
    yield from points(source, _tests(made))


def _targets(policy: Policy[SlaPolicy]) -> Iterator[tuple[int, str]]:
    for place, target in enumerate(policy.body.spec.targets):
        yield place, target.key or str(place + 1)


def _tests(made: Ready) -> Iterator[Condition]:
    if made.signals.when is not None:
        yield Condition(("spec", "when"), made.signals.when, "when")
    for place, typed in enumerate(made.targets):
        if typed is not None:
            yield Condition(("spec", "targets", place, "when"), typed, f"target {place + 1}")
