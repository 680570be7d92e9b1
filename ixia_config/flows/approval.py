"""The decision graph of an ApprovalPolicy: rules in order, and steps that wait for answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ixia_config.flows.graph import Branch, Case, End, Graph, Hours, Node, Start
from ixia_config.flows.hours import hours
from ixia_config.flows.people import pools, staff
from ixia_config.flows.routing import version_of
from ixia_config.flows.waits import (
    Approver,
    Further,
    NotYet,
    Silence,
    Stand,
    WaitApproval,
)
from ixia_config.kinds.approval_policy.ladder import Ladder, dues, ladder, named
from ixia_config.kinds.approval_policy.request import label
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy, ApprovalPolicySpec, Due, Step
from ixia_config.kinds.approval_policy.spec import Approver as Declared
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.kinds.scalars import Duration, Unit
from ixia_config.model import Path

DENIED, DRAFT, UNCONCERNED = "denied", "draft only", "not concerned"


def approval_graph(configuration: Configuration, policy: Policy[ApprovalPolicy]) -> Graph | NotYet:
    """The graph of a policy, or why there is none; ValueError where its conditions have errors.

    The walk from the start says which steps are asked for a request when it is made; answers then
    lead from step to step.
    """
    rules = ladder(configuration, policy)
    if rules.broken:
        raise ValueError(f"{policy.address} has errors in its conditions")
    refused = next(_refused(configuration, policy), None)
    if refused is not None:
        return refused
    known, spec = catalogue(configuration), policy.body.spec
    barred = spec.separation if "approver" in spec.separation else ()
    calendars = hours(configuration)
    return Graph(
        policy=policy.address,
        title=policy.title,
        version=version_of(policy),
        record=spec.object,
        fields=known.records[spec.object],
        related=known.records,
        nodes=tuple(_Writer(spec, rules).nodes()),
        pools=pools(configuration),
        people=staff(configuration),
        calendars={name: each for name, each in calendars.items() if each is not None},
        stands=tuple(_stands(rules)),
        barred=tuple(each for each in barred if each != "approver"),
        not_yet=tuple(_not_yet(spec)),
    )


def _refused(configuration: Configuration, policy: Policy[ApprovalPolicy]) -> Iterator[NotYet]:
    """What keeps a whole policy from being a graph."""
    if len(configuration.versions.get(policy.address, ())) > 1:
        yield NotYet("effective", "a graph has one version of a policy, and this one has several")
    if policy.body.spec.hit_policy == "unique":
        yield NotYet("hit_policy", "a graph takes the first rule and does not look for a second")
    for path, approver in named(policy):
        if approver.authority_of is not None:
            yield NotYet(_place(path), "how far up a request goes depends on the limits of people")
    calendars = hours(configuration)
    for path, due in dues(policy):
        yield from _unclear(path, due, calendars)


def _unclear(path: Path, due: Due, calendars: Mapping[str, Hours | None]) -> Iterator[NotYet]:
    for each in (due.within, *(escalation.after for escalation in due.escalate)):
        if _unmeasured(each):
            yield NotYet(_place(path), f"{each} have no fixed length")
    if due.calendar is not None and calendars.get(due.calendar) is None:
        yield NotYet(_place(path), f"{due.calendar} changes its time zone, and hours here have one")


def _unmeasured(duration: Duration) -> bool:
    long = duration.unit in (Unit.MONTHS, Unit.YEARS)
    return long or (duration.business and duration.unit is Unit.WEEKS)


def _place(path: Path) -> str:
    """``rules 1 steps 2``: where something stands, counted from 1."""
    return " ".join(str(each + 1 if isinstance(each, int) else each) for each in path[1:])


def _not_yet(spec: ApprovalPolicySpec) -> Iterator[NotYet]:
    if spec.reapprove_when is not None:
        yield NotYet("reapprove_when", "a request is seen once, not when its record changes")
    if spec.submitters:
        yield NotYet("submitters", "who may ask is not looked at: the one who sends it answers")


def _stands(rules: Ladder) -> Iterator[Stand]:
    for each in rules.deputies:
        given = each.delegation
        yield Stand(
            given.from_.lower(),
            given.to.lower(),
            given.effective.from_,
            given.effective.to,
            given.limit.value if given.limit else None,
            each.field,
            each.when,
        )


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the nodes of one policy."""

    spec: ApprovalPolicySpec
    rules: Ladder

    def nodes(self) -> Iterator[Node]:
        applies = self.rules.typed("applies_when")
        yield Start("start", self.spec.object, "rules" if applies is None else "applies")
        if applies is not None:
            case = Case("applies_when", "applies", applies, "rules")
            yield Branch("applies", (case,), "unconcerned")
        yield Branch("rules", tuple(map(self.case, range(self.rules.size))), "denied")
        for place in range(self.rules.size):
            yield from self.rule(place)
        for number in range(len(self.spec.also)):
            yield from self.addition(number)
        yield End("approved", "approved")
        yield End("rejected", "rejected")
        yield End("denied", DENIED)
        yield End("draft", DRAFT)
        yield End("unconcerned", UNCONCERNED)

    def case(self, place: int) -> Case:
        rule = self.rules.rules[place]
        test = self.rules.typed("rules", place, "when") or self.rules.always
        higher = self.rules.typed("rules", place, "escalate_when")
        climbs = higher is not None and place + 1 < self.rules.size
        return Case(
            rule.key,
            rule.title or rule.key,
            test,
            f"tier-{rule.key}" if climbs else self.entered(place),
        )

    def entered(self, place: int) -> str:
        """Where a rule begins."""
        rule = self.rules.rules[place]
        if rule.approve == "draft":
            return "draft"
        if rule.approve == "deny" or (rule.approve is None and not rule.steps):
            return "denied"
        return f"step-{rule.key}-0" if rule.approve is None else self.also(0)

    def also(self, number: int) -> str:
        """Where the further steps begin, from this addition on."""
        return f"also-{number}" if number < len(self.spec.also) else "approved"

    def rule(self, place: int) -> Iterator[Node]:
        rule = self.rules.rules[place]
        higher = self.rules.typed("rules", place, "escalate_when")
        if higher is not None and place + 1 < self.rules.size:
            above = self.rules.rules[place + 1]
            case = Case(above.key, f"one tier up: {above.key}", higher, self.entered(place + 1))
            yield Branch(f"tier-{rule.key}", (case,), self.entered(place))
        if rule.approve is None:
            yield from self.steps(rule.key, rule.steps, ("rules", place), self.also(0))

    def addition(self, number: int) -> Iterator[Node]:
        added = self.spec.also[number]
        key, following = f"also-{number}", self.also(number + 1)
        test = self.rules.typed("also", number, "when") or self.rules.always
        case = Case(added.key or f"also {number + 1}", added.key or key, test, f"step-{key}-0")
        yield Branch(key, (case,), following)
        yield from self.steps(key, added.steps, ("also", number), following)

    def steps(
        self, key: str, steps: tuple[Step, ...], at: tuple[str, int], following: str
    ) -> Iterator[Node]:
        for place, step in enumerate(steps):
            after = f"step-{key}-{place + 1}" if place + 1 < len(steps) else following
            skip = self.rules.typed(*at, "steps", place, "skip_when")
            if skip is not None:
                case = Case(f"skip {place + 1}", "skipped", skip, after)
                yield Branch(f"step-{key}-{place}", (case,), f"ask-{key}-{place}")
            own = f"step-{key}-{place}" if skip is None else f"ask-{key}-{place}"
            yield self.wait(own, step, after, key if at[0] == "also" else "")

    def wait(self, key: str, step: Step, after: str, part: str) -> WaitApproval:
        due = step.due or self.spec.due
        return WaitApproval(
            key=key,
            title=step.title or ", ".join(map(label, step.asked)),
            approvers=tuple(map(_approver, step.asked)),
            approved=after,
            rejected="rejected",
            mode=step.mode,
            need=step.need or 1,
            comment_required=step.comment_required,
            evidence=step.evidence or "",
            silence=None if due is None else _silence(due),
            part=part,
        )


def _silence(due: Due) -> Silence:
    """``approve`` is refused by ``ixia validate``, and silence is no consent here either."""
    then = "remind" if due.on_timeout == "approve" else due.on_timeout
    further = tuple(
        Further(each.after, None if each.to is None else _approver(each.to))
        for each in due.escalate
    )
    if then != "escalate":
        further = ()
    elif not further:
        further = (Further(due.within),)
    return Silence(due.within, due.calendar or "", then, further)


def _approver(given: Declared) -> Approver:
    named = label(given)
    if given.manager_of is not None:
        return Approver("manager", given.manager_of, max(given.level or 1, 1), named)
    for way in ("role", "team", "pool", "person"):
        name = getattr(given, way)
        if name is not None:
            return Approver(way, name, label=named)
    return Approver("field", given.field or "", label=named)
