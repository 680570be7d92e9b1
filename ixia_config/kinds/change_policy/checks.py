"""What can be wrong with a ChangePolicy: names that lead nowhere, windows that never hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ixia_config.codes import Diagnostic
from ixia_config.kinds.calendar.codes.structure import UnknownCalendar, UnknownZone
from ixia_config.kinds.calendar.decide import calendar_names, zones
from ixia_config.kinds.change_policy.codes.rules import (
    DuplicateKey,
    RuleUnclear,
    TooFewApprovers,
    UnknownEnvironment,
    UnknownRole,
    UnknownSelectedKind,
)
from ixia_config.kinds.change_policy.codes.windows import (
    WaiverEnded,
    WaiverOfNothing,
    WindowUnclear,
)
from ixia_config.kinds.change_policy.decide import holders
from ixia_config.kinds.change_policy.spec import ChangePolicy, Freeze, Rule, Selection
from ixia_config.kinds.codes import InvertedDates
from ixia_config.kinds.directory.codes.references import UnknownOwner
from ixia_config.kinds.directory.decide import roster
from ixia_config.kinds.policy import Context, Policy
from ixia_config.kinds.project.spec import Project
from ixia_config.kinds.registry import kinds
from ixia_config.model import Path


def check(policy: Policy[ChangePolicy], context: Context) -> Iterator[Diagnostic]:
    """Everything that is wrong with a ChangePolicy."""
    spec = policy.body.spec
    yield from _environments(policy, context)
    if spec.zone not in zones():
        yield UnknownZone(mark=policy.mark("spec", "zone"), zone=spec.zone, known=tuple(zones()))
    for index, rule in enumerate(spec.rules):
        yield from _rule(policy, rule, ("spec", "rules", index), context)
    for index, freeze in enumerate(spec.freeze):
        yield from _freeze(policy, freeze, ("spec", "freeze", index), context)
    yield from _keys(policy)
    yield from _waivers(policy, context)


def _environments(policy: Policy[ChangePolicy], context: Context) -> Iterator[Diagnostic]:
    projects = context.configuration.of(Project)
    targets = [target for each in projects for target in each.body.spec.targets.values()]
    known = {name for target in targets for name in target.environments}
    for index, name in enumerate(policy.body.spec.environments):
        if projects and name not in known:
            mark = policy.mark("spec", "environments", index)
            yield UnknownEnvironment(mark=mark, name=name, known=tuple(sorted(known)))


def _rule(
    policy: Policy[ChangePolicy], rule: Rule, path: Path, context: Context
) -> Iterator[Diagnostic]:
    said = sum((rule.approve is not None, rule.deny is not None))
    if said == 2 or (said == 0 and not rule.labels):
        yield RuleUnclear(mark=policy.mark(*path), rule=rule.key, both=said == 2)
    yield from _selection(policy, rule.when, (*path, "when"))
    yield from _approvers(policy, rule, (*path, "approve"), context)


def _approvers(
    policy: Policy[ChangePolicy], rule: Rule, path: Path, context: Context
) -> Iterator[Diagnostic]:
    known = roster(context.configuration)
    if rule.approve is None or not known.declared:
        return
    unknown = [role for role in rule.approve.roles if role not in known.roles]
    for role in unknown:
        mark = policy.mark(*path, "roles", rule.approve.roles.index(role))
        yield UnknownRole(mark=mark, role=role, known=tuple(sorted(known.roles)))
    there = len(holders(context.configuration, rule.approve, context.today))
    if not unknown and there < rule.approve.need:
        mark = policy.mark(*path)
        yield TooFewApprovers(mark=mark, rule=rule.key, need=rule.approve.need, there=there)


def _selection(
    policy: Policy[ChangePolicy], selection: Selection, path: Path
) -> Iterator[Diagnostic]:
    for index, name in enumerate(selection.kinds):
        if name not in kinds():
            mark = policy.mark(*path, "kinds", index)
            yield UnknownSelectedKind(mark=mark, name=name, known=tuple(kinds()))


def _freeze(
    policy: Policy[ChangePolicy], freeze: Freeze, path: Path, context: Context
) -> Iterator[Diagnostic]:
    dates = freeze.from_ is not None or freeze.to is not None
    ways = sum((freeze.quarter_end is not None, dates, freeze.outside is not None))
    empty = freeze.quarter_end is not None and not (
        freeze.quarter_end.days_before or freeze.quarter_end.days_after
    )
    if ways != 1 or (dates and freeze.to is None) or empty:
        yield WindowUnclear(mark=policy.mark(*path), freeze=freeze.key)
    elif freeze.from_ and freeze.to and freeze.to <= freeze.from_:
        start, end = str(freeze.from_), str(freeze.to)
        yield InvertedDates(mark=policy.mark(*path, "to"), start=start, end=end)
    known = calendar_names(context.configuration)
    if freeze.outside is not None and freeze.outside not in known:
        mark = policy.mark(*path, "outside")
        yield UnknownCalendar(mark=mark, name=freeze.outside, known=known)
    yield from _selection(policy, freeze.when, (*path, "when"))


def _keys(policy: Policy[ChangePolicy]) -> Iterator[Diagnostic]:
    spec = policy.body.spec
    places: list[tuple[str, Path]] = [
        (each.key, ("spec", "rules", number, "key")) for number, each in enumerate(spec.rules)
    ]
    for number, freeze in enumerate(spec.freeze):
        places.append((freeze.key, ("spec", "freeze", number, "key")))
    seen: Counter[str] = Counter()
    for key, path in places:
        seen[key] += 1
        if seen[key] == 2:
            yield DuplicateKey(mark=policy.mark(*path), key=key)


def _waivers(policy: Policy[ChangePolicy], context: Context) -> Iterator[Diagnostic]:
    spec, known = policy.body.spec, roster(context.configuration)
    keys = (*(each.key for each in spec.rules), *(each.key for each in spec.freeze))
    for index, waiver in enumerate(spec.waivers):
        path: Path = ("spec", "waivers", index)
        if waiver.of not in keys:
            yield WaiverOfNothing(mark=policy.mark(*path, "of"), of=waiver.of, known=keys)
        if known.declared and waiver.owner not in known.owners:
            mark = policy.mark(*path, "owner")
            yield UnknownOwner(mark=mark, name=waiver.owner, known=tuple(known.owners))
        if context.today >= waiver.until:
            yield WaiverEnded(mark=policy.mark(*path), of=waiver.of, until=waiver.until)
