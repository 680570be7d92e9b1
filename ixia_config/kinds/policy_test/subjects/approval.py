"""Who must say yes: asks an ApprovalPolicy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ixia_config.kinds.approval_policy.decide import chain
from ixia_config.kinds.approval_policy.decision import AskedStep, Decision, Outcome
from ixia_config.kinds.approval_policy.ladder import Ladder, ladder
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.policy_test.answers import Answer, Condition, Headline, Part, Question
from ixia_config.kinds.policy_test.boundaries import points, tried
from ixia_config.kinds.reasons import Reason, Verdict

_NOT_CONCERNED = "records that it leaves out"


def ask(configuration: Configuration, policy: Policy[ApprovalPolicy], asked: Question) -> Answer:
    """Who must approve the record."""
    decision = chain(configuration, policy, asked.record, asked.submitter, asked.now)
    return Answer(
        subject="approval",
        policy=policy.address,
        headline=Headline("", f" {_told(configuration, decision)}"),
        facts={
            "outcome": decision.outcome.value,
            "rule": decision.rule or "",
            "chain": decision.chain,
            "people": decision.people,
        },
        reasons=_reasons(decision),
        touched=_touched(ladder(configuration, policy), asked, decision),
    )


def _reasons(decision: Decision) -> tuple[Reason, ...]:
    """The rules that were looked at, then who is asked."""
    found: list[Reason] = []
    for reason in decision.reasons:
        step = reason.verdict is Verdict.YES and not reason.why
        found.append(_asking(reason) if step else replace(reason, below=_below(reason)))
    return tuple(found)


def _asking(reason: Reason) -> Reason:
    return Reason(reason.subject, Verdict.NOTE, "", _below(reason))


def _below(reason: Reason) -> tuple[Reason, ...]:
    return tuple(
        replace(each, why="is asked")
        if each.verdict is Verdict.CHOSEN and not each.why
        else (_asking(each) if each.verdict is Verdict.YES and not each.why else each)
        for each in reason.below
    )


def _told(configuration: Configuration, decision: Decision) -> str:
    by = f", by rule {decision.rule} of {decision.policy}" if decision.rule else ""
    match decision.outcome:
        case Outcome.AUTO:
            return f"needs nobody's approval{by}"
        case Outcome.DRAFT:
            return f"may be drafted, and a person sends it{by}"
        case Outcome.DENIED:
            return f"is denied{by or f', by {decision.policy}'}"
        case Outcome.UNCONCERNED:
            return f"is no concern of {decision.policy}"
        case Outcome.NEEDED:
            steps = ", then ".join(_step(configuration, step) for step in decision.steps)
            return f"needs the approval of {steps}{by}"


def _step(configuration: Configuration, step: AskedStep) -> str:
    """``Kim Osei (sales-director)``, ``one of Noor Haddad (finance) and Lee Park (legal)``."""
    people = roster(configuration)
    seats: list[str] = []
    for seat in step.seats:
        names = [getattr(people.person(email), "name", None) or email for email in seat.emails]
        seats.append(f"{' or '.join(names) or 'nobody'} ({seat.label})")
    match step.mode:
        case "all":
            return " and ".join(seats)
        case "any":
            return " or ".join(seats)
        case "quorum":
            return f"{step.need} of {' and '.join(seats)}"


def _touched(rules: Ladder, asked: Question, decision: Decision) -> frozenset[Part]:
    keys = [rule.key for rule in rules.rules]
    words: set[str] = set()
    if decision.outcome is Outcome.UNCONCERNED:
        words.add(_NOT_CONCERNED)
    seen = [reason.subject for reason in decision.reasons]
    words |= {
        f"rule {reason.subject}"
        for reason in decision.reasons
        if reason.verdict is Verdict.YES and reason.subject in keys
    }
    if decision.rule is not None:
        words |= {
            f"also {name}"
            for place, name in _additions(rules)
            if (typed := rules.typed("also", place, "when")) is None
            or typed.evaluate(asked.record, asked.now)
        }
    looked = [each for each in _tests(rules) if _looked_at(each, keys, seen)]
    words |= tried(looked, asked.record, asked.now)
    return frozenset(part for part in _parts(rules) if part.words in words)


def _looked_at(each: Condition, keys: list[str], seen: list[str]) -> bool:
    return each.path[1] != "rules" or keys[int(each.path[2])] in seen


def parts(configuration: Configuration, policy: Policy[ApprovalPolicy]) -> tuple[Part, ...]:
    """Rules, added steps, records that are left out, and comparisons."""
    return tuple(_parts(ladder(configuration, policy)))


def tests(configuration: Configuration, policy: Policy[ApprovalPolicy]) -> tuple[Condition, ...]:
    """The conditions of rules and added steps."""
    return tuple(_tests(ladder(configuration, policy)))


def _parts(rules: Ladder) -> Iterator[Part]:
    source = rules.policy.source
    if rules.typed("applies_when") is not None:
        yield Part(source, ("spec", "applies_when"), _NOT_CONCERNED)
    for place, rule in enumerate(rules.rules):
        yield Part(source, ("spec", "rules", place), f"rule {rule.key}")
    for place, name in _additions(rules):
        yield Part(source, ("spec", "also", place), f"also {name}")
    yield from points(source, _tests(rules))


def _additions(rules: Ladder) -> Iterator[tuple[int, str]]:
    for place, addition in enumerate(rules.policy.body.spec.also):
        yield place, addition.key or str(place + 1)


def _tests(rules: Ladder) -> Iterator[Condition]:
    """The conditions that decide about a request; those of delegations and skips do not."""
    for path, typed in rules.conditions.items():
        if path[1] == "applies_when" or (path[1] in ("rules", "also") and len(path) == 4):
            yield Condition(path, typed, str(path[-1]))
