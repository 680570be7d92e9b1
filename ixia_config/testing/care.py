"""Checks of care: what is not ours stays, what is removed is counted, what is stale is refused."""

from __future__ import annotations

import json

from ixia_config.app.refusal import Refusal
from ixia_config.exits import Exit
from ixia_config.model import Change, Plan, Status, Verb
from ixia_config.testing.checking import expect, fail, opened
from ixia_config.testing.place import Place
from ixia_config.testing.subject import Subject


def unowned_values_stay(subject: Subject) -> None:
    """What no policy names is the same, byte for byte, after every change of what they name."""
    samples = subject.samples
    with opened(subject) as place:
        place.lead(samples.start)
        subject.meddle(place.rehearsal, place.seconds())
        before = _texts(subject, place)
        expect(before, "the account holds nothing but what the samples own")
        for files in (samples.changed, samples.start, samples.renamed, samples.reordered):
            place.lead(files)
            after = _texts(subject, place)
            lost = {name for name in before if after.get(name) != before[name]}
            expect(not lost, f"values that nobody owns were changed: {sorted(lost)[:5]}")


def _texts(subject: Subject, place: Place) -> dict[str, str]:
    found = subject.unowned(place.rehearsal)
    return {name: json.dumps(value, sort_keys=True) for name, value in found.items()}


def planning_writes_nothing(subject: Subject) -> None:
    """Plan, drift and pull send only what the vendor calls a read, and declare it as one."""
    with opened(subject) as place:
        place.lead(subject.samples.start)
        place.arrived.clear()
        place.write(subject.samples.changed)
        place.plan()
        place.everything()
        place.write(subject.samples.removed)
        place.plan()
        place.lose_state()
        place.keep_unheld(subject.samples.start)
        place.pull()
        writes = place.writes(subject.changes_nothing)
    expect(not writes, f"planning sent {[str(each) for each in writes]}")


def dependents_are_counted(subject: Subject) -> None:
    """A plan says how many records a removal moves, and an apply moves exactly them."""
    with opened(subject) as place:
        place.lead(subject.samples.start)
        place.write(subject.samples.removed)
        removal = _removal(place.plan())
        leaving = removal.remote_id or ""
        subject.fill(place.rehearsal, leaving, _RECORDS)
        plan = place.plan()
        counts = {each.dependents.count for each in plan.changes if each.dependents}
        expect(
            _RECORDS in counts,
            f"{_RECORDS} records stand there, and the plan says {sorted(counts)}",
        )
        to = next((each.migrate_to for each in plan.changes if each.verb is Verb.MIGRATE), None)
        if to is None:
            fail("the records are counted and not moved")
        place.lead(subject.samples.removed)
        left = subject.held(place.rehearsal, leaving)
        expect(not left, f"{left} records still stand where something was removed")
        came = subject.held(place.rehearsal, place.ids()[str(to)])
        expect(came == _RECORDS, f"{came} of {_RECORDS} records came where they were to go")


_RECORDS = 3


def _removal(plan: Plan) -> Change:
    found = [each for each in plan.changes if each.verb.removes and each.group]
    expect(found, "the sample removes nothing that holds records")
    return found[0]


def removing_twice_is_once(subject: Subject) -> None:
    """What is gone already is as good as removed, also when the first answer was lost."""
    with opened(subject, on_remove="archive") as place:
        place.lead(subject.samples.start)
        place.write(subject.samples.removed)
        planned = place.planned()
        removals = [each for each in planned.plan.changes if each.verb.removes]
        with place.session() as session, session.driver(writes=True) as driver:
            ids = session.state().ids
            for unit in place.connector.units(removals):
                for time in ("first", "second"):
                    for each in driver.run(place.connector.write(unit, ids)):
                        gone = each.status in (Status.APPLIED, Status.ALREADY)
                        told = f"the {time} removal of {each.change} is {each.status}"
                        expect(gone, f"{told}: {each.message}")


def stale_plans_are_refused(subject: Subject) -> None:
    """A plan that the account has left behind is refused before the first write."""
    samples = subject.samples
    with opened(subject) as place:
        place.lead(samples.start)
        place.write(samples.changed)
        approved = place.plan()
        place.lead(samples.rival)
        place.write(samples.changed)
        before = len(place.writes(subject.changes_nothing))
        try:
            place.apply(approved)
        except Refusal as refusal:
            expect(refusal.exit is Exit.STALE, f"refused for another reason: {refusal}")
        else:
            fail("a plan was applied to an account that is not the one it was made for")
        after = len(place.writes(subject.changes_nothing))
        expect(before == after, f"{after - before} writes were sent before the refusal")


__all__ = [
    "dependents_are_counted",
    "planning_writes_nothing",
    "removing_twice_is_once",
    "stale_plans_are_refused",
    "unowned_values_stay",
]
