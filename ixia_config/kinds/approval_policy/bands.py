"""Rules that are never asked, ask less of more, or let everything pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ixia_config.codes import Diagnostic
from ixia_config.kinds.approval_policy.codes.bands import (
    ApprovesEverything,
    ChainShrinks,
    EscalatesNowhere,
    RuleNeverReached,
)
from ixia_config.kinds.approval_policy.ladder import Ladder, ladder
from ixia_config.kinds.approval_policy.request import label
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy, Rule
from ixia_config.kinds.policy import Context, Policy
from ixia_config.rules.nodes import Compare, Constant, FieldValue, Order


def bands(policy: Policy[ApprovalPolicy], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with the order of the rules."""
    spec = policy.body.spec
    if spec.hit_policy == "first":
        yield from _never_reached(policy)
    if spec.rules[-1].escalate_when is not None:
        mark = policy.mark("spec", "rules", len(spec.rules) - 1, "escalate_when")
        yield EscalatesNowhere(mark=mark, rule=spec.rules[-1].key)
    for number, rule in enumerate(spec.rules):
        if rule.when is None and rule.approve == "auto" and not spec.also:
            mark = policy.mark("spec", "rules", number, "approve")
            yield ApprovesEverything(mark=mark, rule=rule.key)
    yield from _shrinks(policy, ladder(context.configuration, policy))


def _never_reached(policy: Policy[ApprovalPolicy]) -> Iterator[Diagnostic]:
    rules = policy.body.spec.rules
    catch_all = next((i for i, rule in enumerate(rules) if rule.when is None), len(rules))
    for number in range(catch_all + 1, len(rules)):
        if rules[catch_all].escalate_when is None or number > catch_all + 1:
            yield RuleNeverReached(
                mark=policy.mark("spec", "rules", number, "key"),
                rule=rules[number].key,
                earlier=rules[catch_all].key,
            )


@dataclass(frozen=True, slots=True)
class _Band:
    """A rule that is about one bound of one field."""

    place: int
    field: str
    order: Order
    bound: Any


def _shrinks(policy: Policy[ApprovalPolicy], rules: Ladder) -> Iterator[Diagnostic]:
    """Neighbours in a ladder of one field, where the higher lets out somebody of the lower."""
    for lower, higher, field in _neighbours(rules):
        asked, less = _asked(rules.rules[lower]), _asked(rules.rules[higher])
        if asked is not None and less is not None and less < asked:
            yield ChainShrinks(
                mark=policy.mark("spec", "rules", higher, "key"),
                rule=rules.rules[higher].key,
                lower=rules.rules[lower].key,
                field=field,
                missing=tuple(sorted(asked - less)),
            )


def _asked(rule: Rule) -> frozenset[str] | None:
    """Everybody whom a rule asks; None where it asks nobody because it denies or drafts."""
    if rule.approve in ("deny", "draft"):
        return None
    steps = rule.steps if rule.approve is None else ()
    return frozenset(label(approver) for step in steps for approver in step.asked)


def _neighbours(rules: Ladder) -> Iterator[tuple[int, int, str]]:
    """Pairs of rules, the lower band first, and the field that they are about."""
    found = [_band(rules, place) for place in range(rules.size)]
    for one, other in pairwise(found):
        if one is None or (other is None and rules.rules[-1].when is not None):
            continue
        place = rules.size - 1 if other is None else other.place
        if other is None and one.place != rules.size - 2:
            continue
        if other is not None and (other.field, _rising(other)) != (one.field, _rising(one)):
            continue
        ordered = (one.place, place) if _rising(one) else (place, one.place)
        yield *ordered, one.field


def _rising(band: _Band) -> bool:
    """Whether the first rules are the lower bands: they have upper bounds."""
    return band.order in (Order.LESS, Order.AT_MOST)


def _band(rules: Ladder, place: int) -> _Band | None:
    typed = rules.typed("rules", place, "when")
    root = typed.root if typed is not None else None
    if not isinstance(root, Compare):
        return None
    if not (isinstance(root.left, FieldValue) and isinstance(root.right, Constant)):
        return None
    return _Band(place, root.left.name, root.order, root.right.value)
