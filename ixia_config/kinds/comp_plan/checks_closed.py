"""Changes of closed periods: what two configurations say differently of days that are paid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from ixia_config.codes import Diagnostic, in_order
from ixia_config.kinds.comp_assignments.spec import Assignment, CompAssignments
from ixia_config.kinds.comp_plan.codes.periods import ClosedChange
from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.kinds.policy import Configuration, Policy
from ixia_config.model import Address, Mark


def closed_changes(before: Configuration, after: Configuration) -> tuple[Diagnostic, ...]:
    """Every change from one configuration to another that reaches into a closed period.

    A period is closed up to and with ``closed_until`` of any version of its plan in ``before``.
    A new version, contest, exchange rate or assignment that starts later is no change of it, and
    neither is a new end that lies after it.
    """
    closed = _closed(before)
    plans = (found for name, day in closed.items() for found in _plan(name, day, before, after))
    return in_order((*plans, *_assignments(closed, before, after)))


def _closed(configuration: Configuration) -> Mapping[str, date]:
    """The last closed day of each plan that has one."""
    found: dict[str, date] = {}
    for plan in _every(configuration):
        until = plan.body.spec.closed_until
        if until is not None:
            found[plan.name] = max(until, found.get(plan.name, until))
    return dict(sorted(found.items()))


def _every(configuration: Configuration) -> Iterator[Policy[CompPlan]]:
    for policy in configuration.every:
        if isinstance(policy.body, CompPlan):
            yield policy  # type: ignore[misc]  # narrowed by its body


def _versions(
    configuration: Configuration, name: str, until: date
) -> Mapping[date, Policy[CompPlan]]:
    """The versions of a plan that reach into closed days, by their first days."""
    starts = (
        (each.body.spec.effective.from_ or date.min, each)
        for each in _every(configuration)
        if each.name == name
    )
    return {start: each for start, each in starts if start <= until}


def _plan(
    name: str, until: date, before: Configuration, after: Configuration
) -> Iterator[Diagnostic]:
    old, new = _versions(before, name, until), _versions(after, name, until)
    for start in sorted({*old, *new}):
        was, now = (_said(each.get(start), until) for each in (old, new))
        changed = sorted(key for key in {*was, *now} if was.get(key) != now.get(key))
        if not changed:
            continue
        mark, what = _nearest(after, name), f"the version from {start}"
        if start in new:
            mark = new[start].mark("spec", changed[0])
            what = ", ".join(changed) if start in old else f"which version holds on {start}"
        yield ClosedChange(mark=mark, plan=f"CompPlan/{name}", what=what, until=until)


def _said(version: Policy[CompPlan] | None, until: date) -> Mapping[str, Any]:
    """What a version says of closed days, by key; nothing where there is none."""
    if version is None:
        return {}
    spec = version.body.spec
    said: dict[str, Any] = {name: getattr(spec, name) for name in type(spec).model_fields}
    del said["closed_until"]
    end = spec.effective.to
    said["effective"] = (spec.effective.from_, _end(end, until))
    rates = tuple(each for each in spec.fx.rates if each.from_ <= until)
    said["fx"] = spec.fx.model_copy(update={"rates": rates})
    said["spiffs"] = tuple(
        each
        for each in spec.spiffs
        if each.effective.from_ is None or each.effective.from_ <= until
    )
    return said


def _end(end: date | None, until: date) -> date | None:
    """An end, or None where it lies after all that is closed."""
    return end if end is not None and end <= until else None


def _nearest(configuration: Configuration, name: str) -> Mark | None:
    policy = configuration.policies.get(Address("CompPlan", name))
    return None if policy is None else policy.mark("metadata", "name")


def _assignments(
    closed: Mapping[str, date], before: Configuration, after: Configuration
) -> Iterator[Diagnostic]:
    old, new = _people(closed, before), _people(closed, after)
    for key in sorted({*old, *new}):
        plan, person = key
        was, now = ([said for said, _ in each.get(key, ())] for each in (old, new))
        if was != now:
            mark = next((mark for _, mark in new.get(key, ())), _first(after))
            what = f"the assignment of {person}"
            yield ClosedChange(
                mark=mark, personal=True, plan=f"CompPlan/{plan}", what=what, until=closed[plan]
            )


_Said = tuple[Assignment, Mark]


def _people(
    closed: Mapping[str, date], configuration: Configuration
) -> Mapping[tuple[str, str], list[_Said]]:
    """What is said of closed days of each person on each closed plan."""
    found: dict[tuple[str, str], list[_Said]] = {}
    for policy in configuration.of(CompAssignments):
        for index, each in enumerate(policy.body.spec.assignments):
            until = closed.get(each.plan)
            if until is None or each.from_ > until:
                continue
            leave = tuple(one for one in each.leave if one.from_ <= until)
            said = each.model_copy(update={"to": _end(each.to, until), "leave": leave})
            mark = policy.mark("spec", "assignments", index)
            found.setdefault((each.plan, each.person.lower()), []).append((said, mark))
    return {key: sorted(each, key=lambda one: one[0].from_) for key, each in found.items()}


def _first(configuration: Configuration) -> Mark | None:
    return next((each.mark() for each in configuration.of(CompAssignments)), None)
