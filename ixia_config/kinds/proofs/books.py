"""The books of a policy: each kind's rules, with the hit policy that its meaning has."""

from __future__ import annotations

from collections.abc import Iterator

from ixia_config.kinds.approval_policy.request import label
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy, Approver, Step
from ixia_config.kinds.approval_policy.spec import Rule as Band
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.pipeline.spec import Criterion, Pipeline
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.proofs.book import Book, Line, Reading, readable
from ixia_config.kinds.routing_policy.order import takes_all
from ixia_config.kinds.routing_policy.spec import Assign, RoutingPolicy
from ixia_config.kinds.routing_policy.spec import Rule as Route
from ixia_config.kinds.routing_policy.table import typed
from ixia_config.kinds.sla_policy.spec import SlaPolicy, Target
from ixia_config.model import Path
from ixia_config.rules.analysis import HitPolicy


def books(policy: Policy[Envelope], configuration: Configuration) -> tuple[Book, ...]:
    """Every set of rules of a policy; none for kinds that decide nothing about records."""
    match policy.body:
        case RoutingPolicy() as body:
            return tuple(_routing(Reading(configuration, policy, body.spec.object), body))
        case ApprovalPolicy() as body:
            return tuple(_approval(Reading(configuration, policy, body.spec.object), body))
        case SlaPolicy() as body:
            return tuple(_sla(Reading(configuration, policy, body.spec.object), body))
        case Pipeline() as body:
            return tuple(_pipeline(Reading(configuration, policy, body.spec.object), body))
    return ()


def _routing(reading: Reading, body: RoutingPolicy) -> Iterator[Book]:
    lines = [_route(reading, body, number) for number in range(len(body.spec.rules))]
    whole = any(map(takes_all, body.spec.rules))
    yield Book(
        reading.policy,
        reading.record,
        HitPolicy(body.spec.hit_policy),
        readable(lines),
        reading.domain(),
        otherwise=assigned(body.spec.otherwise) if body.spec.otherwise else "nobody",
        complete=not whole and body.spec.otherwise is None,
        rest=reading.typed(None),
        broken=None in lines,
    )


def _route(reading: Reading, body: RoutingPolicy, number: int) -> Line | None:
    rule = body.spec.rules[number]
    known = catalogue(reading.configuration)
    if reading.record not in known.records or (rule.when is not None and rule.cells is not None):
        return None
    condition = None if takes_all(rule) else typed(rule, known, reading.record)
    if condition is None and not takes_all(rule):
        return None
    path: Path = ("spec", "rules", number)
    return reading.line(rule.key, condition, _routed(rule), path)


def _routed(rule: Route) -> str:
    words = assigned(rule.assign)
    match rule.on_no_eligible:
        case None:
            return words
        case Assign() as other:
            return f"{words}, else {assigned(other)}"
        case _:
            return f"{words}, else the next rule"


def assigned(assign: Assign) -> str:
    """Where records go, in words: ``pool emea``."""
    skills = f" with {', '.join(assign.skills)}" if assign.skills else ""
    for way, words in (("owner_of", "the owner of "), ("person", ""), ("pool", "pool ")):
        if (found := getattr(assign, way)) is not None:
            return f"{words}{found}{skills}"
    return f"queue {assign.queue}"


def _approval(reading: Reading, body: ApprovalPolicy) -> Iterator[Book]:
    spec = body.spec
    scope = reading.whether(spec.applies_when)
    lines = [_band(reading, rule, number) for number, rule in enumerate(spec.rules)]
    yield Book(
        reading.policy,
        reading.record,
        HitPolicy(spec.hit_policy),
        readable(lines),
        reading.domain(scope),
        otherwise="denied",
        complete=all(rule.when is not None for rule in spec.rules),
        outside=reading.whether(f"!({spec.applies_when})" if spec.applies_when else None),
        decided=() if None in lines else tuple(_decided(reading, spec.rules, readable(lines))),
        broken=None in lines or (scope is None and spec.applies_when is not None),
    )
    if spec.also:
        yield _additions(reading, body)


def _band(reading: Reading, rule: Band, number: int) -> Line | None:
    return reading.line(rule.key, rule.when, asked(rule), ("spec", "rules", number))


def _decided(reading: Reading, rules: tuple[Band, ...], lines: tuple[Line, ...]) -> Iterator[Line]:
    """Each rule before the one tier up that some of its records go to."""
    for number, (rule, line) in enumerate(zip(rules, lines, strict=True)):
        higher = reading.whether(rule.escalate_when)
        if higher is not None and number + 1 < len(rules):
            both = reading.both(line.when, higher)
            key = f"{line.key} (one tier up)"
            above = reading.line(key, both, asked(rules[number + 1]), line.path)
            yield from (above,) if above else ()
        yield line


def asked(rule: Band) -> str:
    """Who is asked, in words: ``manager, then 1 of finance and legal``."""
    match rule.approve:
        case "auto":
            return "no approval"
        case "draft":
            return "a draft"
        case "deny":
            return "denied"
    return _chain(rule.steps) or "denied"


def _chain(steps: tuple[Step, ...]) -> str:
    return ", then ".join(map(_step, steps))


def _step(step: Step) -> str:
    names = [_approver(each) for each in step.asked]
    together = (" or " if step.mode == "any" else " and ").join(names)
    quorum = f"{step.need} of " if step.mode == "quorum" else ""
    skipped = f" (unless {step.skip_when})" if step.skip_when else ""
    return f"{quorum}{together}{skipped}"


def _approver(approver: Approver) -> str:
    return label(approver)


def _additions(reading: Reading, body: ApprovalPolicy) -> Book:
    """Steps on top: all that hold count, of the records that the policy is about."""
    scope = reading.whether(body.spec.applies_when)
    lines = [
        reading.line(
            each.key or f"also {number + 1}",
            reading.both(scope, reading.typed(each.when)) if scope else each.when,
            f"also {_chain(each.steps)}",
            ("spec", "also", number),
        )
        for number, each in enumerate(body.spec.also)
    ]
    return Book(
        reading.policy,
        reading.record,
        HitPolicy.COLLECT,
        readable(lines),
        reading.domain(scope),
        part="also",
        otherwise="nobody further",
        broken=None in lines,
    )


def _sla(reading: Reading, body: SlaPolicy) -> Iterator[Book]:
    spec = body.spec
    scope = reading.whether(spec.when)
    lines = [_target(reading, target, number) for number, target in enumerate(spec.targets)]
    yield Book(
        reading.policy,
        reading.record,
        HitPolicy.FIRST,
        readable(lines),
        reading.domain(scope),
        otherwise="no target",
        outside=reading.whether(f"!({spec.when})" if spec.when else None),
        broken=None in lines or (scope is None and spec.when is not None),
    )


def _target(reading: Reading, target: Target, number: int) -> Line | None:
    key = target.key or f"target {number + 1}"
    by = f" by {target.by}" if target.by else ""
    return reading.line(key, target.when, f"{target.within}{by}", ("spec", "targets", number))


def _pipeline(reading: Reading, body: Pipeline) -> Iterator[Book]:
    """For each stage what holds a record back: every criterion that fails counts."""
    for number, stage in enumerate(body.spec.stages):
        for part, criteria in (("entry", stage.entry), ("exit", stage.exit)):
            lines = [
                _criterion(reading, criterion, ("spec", "stages", number, part, place))
                for place, criterion in enumerate(criteria)
                if criterion.when is not None
            ]
            if lines:
                yield Book(
                    reading.policy,
                    reading.record,
                    HitPolicy.COLLECT,
                    readable(lines),
                    reading.domain(required=frozenset(stage.required)),
                    part=f"{part} of {stage.title}",
                    otherwise=f"may {'leave' if part == 'exit' else 'enter'}",
                    broken=None in lines,
                )


def _criterion(reading: Reading, criterion: Criterion, path: Path) -> Line | None:
    fails = reading.typed(f"!({criterion.when})")
    if fails is None:
        return None
    return Line(criterion.key, fails, f"held back by {criterion.title}", path, criterion.when or "")
