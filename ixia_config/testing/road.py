"""Checks of the whole road: what is applied is there, and a second time there is nothing to do."""

from __future__ import annotations

from ixia_config.engine.equality import same
from ixia_config.model import Result, Status, Verb
from ixia_config.sdk import FieldType, LiveResource, ResourceType, Scope, Value
from ixia_config.testing.checking import expect, fail, nothing_to_do, opened
from ixia_config.testing.place import Place
from ixia_config.testing.subject import Files, Subject


def round_trip(subject: Subject) -> None:
    """Objects of every type are made, changed and removed, and read back as desired."""
    samples = subject.samples
    done: set[tuple[str, str]] = set()
    with opened(subject, on_remove="archive") as place:
        for files in (samples.start, samples.changed, samples.renamed, samples.removed):
            done |= _led(place, files)
            _held(place)
    for declared in place.connector.types:
        expect((declared.name, "create") in done, f"no sample makes a {declared.title}")
        removable = declared.removal != "none"
        gone = not removable or (declared.name, "remove") in done
        expect(gone, f"no sample removes a {declared.title}")


def _led(place: Place, files: Files) -> set[tuple[str, str]]:
    report = place.lead(files)
    gone = {(each.change.type, each.remote_id) for each in report.results if _removed(each)}
    standing = gone & {(each.type, each.remote_id) for each in place.everything().resources}
    expect(not standing, f"what was removed is still there: {sorted(map(str, standing))}")
    return {
        (each.change.type, "remove" if each.change.verb.removes else each.change.verb.value)
        for each in report.results
        if each.status in (Status.APPLIED, Status.ALREADY)
    }


def _removed(result: Result) -> bool:
    return result.change.verb.removes and result.status is Status.APPLIED


def _held(place: Place) -> None:
    """Every desired value is what a read of everything shows."""
    desired = place.planned().basis.lowered.desired
    ids = place.state().ids
    live = {(each.type, each.remote_id): each for each in place.everything().resources}
    for each in desired:
        found = live.get((each.type, ids.get(each.address, "")))
        if found is None:
            fail(f"{each.address} was made and is not there")
        declared = place.connector.resource_type(each.type)
        for path, value in each.fields.items():
            if declared.field(path).format != "reference":
                _holds(found, path, value, declared.field(path))


def _holds(live: LiveResource, path: str, value: Value, field: FieldType) -> None:
    expect(
        same(live.fields.get(path), value, field) or field.semantics == "order",
        f"{path} of {live.title} is {live.fields.get(path)!r} where {value!r} was written",
    )


def second_plan_empty(subject: Subject) -> None:
    """A plan right after an apply is empty, and a second apply writes nothing."""
    with opened(subject) as place:
        for files in (subject.samples.start, subject.samples.changed):
            place.lead(files)
            nothing_to_do(place.plan(), "right after an apply")
            before = len(place.writes(subject.changes_nothing))
            place.apply()
            after = len(place.writes(subject.changes_nothing))
            expect(before == after, f"a second apply sent {after - before} writes")


def narrow_and_wide_reads_agree(subject: Subject) -> None:
    """What is bound looks the same in a read of it and in a read of everything."""
    with opened(subject) as place:
        place.lead(subject.samples.changed)
        bound = {(each.type, each.remote_id) for each in place.state().bindings.values()}
        narrow = _seen(place, everything=False)
        wide = _seen(place, everything=True)
    for key in sorted(bound):
        expect(key in narrow, f"a read of what is bound lacks {key}")
        expect(key in wide, f"a read of everything lacks {key}")
        expect(narrow[key] == wide[key], f"{key} is {narrow[key]} in one read, {wide[key]} in all")


def _seen(place: Place, *, everything: bool) -> dict[tuple[str, str], object]:
    with place.session() as session, session.driver(writes=False) as driver:
        state = session.state()
        scope = Scope(everything, session.configuration, state.ids)
        live = driver.run(place.connector.read(scope))
    return {(each.type, each.remote_id): dict(each.fields) for each in live.resources}


def there_and_back(subject: Subject) -> None:
    """From one configuration to another and back: each time it fits, and nothing is made anew."""
    samples = subject.samples
    with opened(subject) as place:
        place.lead(samples.start)
        first = dict(place.ids())
        for files in (samples.changed, samples.start, samples.changed, samples.start):
            place.lead(files)
            nothing_to_do(place.plan(), "after a change and its way back")
        expect(first == place.ids(), "after the way back the objects have other ids")


def lost_state_is_found_again(subject: Subject) -> None:
    """Without a state everything is bound again, and nothing is written."""
    with opened(subject) as place:
        place.lead(subject.samples.changed)
        before = dict(place.ids())
        place.lose_state()
        found = place.plan()
        expect(not found.refused, f"without a state: {[each.message for each in found.refused]}")
        writes = [each.id for each in found.writes]
        expect(not writes, f"without a state the plan wants {writes}")
        place.apply(found)
        expect(before == place.ids(), "other objects are bound than before")
        nothing_to_do(place.plan(), "after the state was found again")


def pulled_account_plans_to_nothing(subject: Subject) -> None:
    """An account that becomes YAML needs no change to be as that YAML says."""
    with opened(subject) as place:
        place.lead(subject.samples.changed)
        place.lose_state()
        place.keep_unheld(subject.samples.changed)
        pulled = place.pull()
        expect(pulled.files, "a pull of a full account wrote no file")
        nothing_to_do(place.plan(), "after a pull")


def rename_keeps_the_object(subject: Subject) -> None:
    """A new title is a change of the object, not another object."""
    _keeps_ids(subject, subject.samples.renamed, "other titles")


def reorder_keeps_the_objects(subject: Subject) -> None:
    """Another order is a change of places: not other objects, and not titles that change places."""
    _keeps_ids(subject, subject.samples.reordered, "another order", titles=True)


def _keeps_ids(subject: Subject, files: Files, what: str, *, titles: bool = False) -> None:
    with opened(subject) as place:
        place.lead(subject.samples.start)
        before, named = dict(place.ids()), _titles(place)
        report = place.lead(files)
        writes = [each for each in report.results if each.change.verb is Verb.UPDATE]
        expect(writes, f"the sample with {what} changes nothing")
        expect(before == place.ids(), f"{what} made other objects")
        expect(not titles or named == _titles(place), f"{what} exchanged titles")
        nothing_to_do(place.plan(), f"after {what}")


def _titles(place: Place) -> dict[tuple[str, str], str]:
    live = place.everything().resources
    return {(each.type, each.remote_id): each.title for each in live}


def declarations_hold(subject: Subject) -> None:
    """What is read and wanted is of declared types and fields, and costs what was said."""
    connector = subject.make()
    names = [declared.name for declared in connector.types]
    expect(len(names) == len(set(names)), f"a type is declared twice: {names}")
    types = {declared.name: declared for declared in connector.types}
    with opened(subject, on_remove="archive") as place:
        for files in (subject.samples.start, subject.samples.changed, subject.samples.removed):
            place.write(files)
            found = place.planned()
            for live in found.basis.live.resources:
                _declared(types, live.type, list(live.fields))
            for desired in found.basis.lowered.desired:
                _declared(types, desired.type, list(desired.fields))
            _costs_as_said(place, subject)
        expect(
            {str(each.type) for each in place.everything().resources} <= set(types),
            "a read shows types that are not declared",
        )


def _declared(types: dict[str, ResourceType], name: str, paths: list[str]) -> None:
    if name not in types:
        fail(f"{name} is no declared type")
    for path in paths:
        try:
            types[name].field(path)
        except KeyError:
            fail(f"{path} is no declared field of {name}")


def _costs_as_said(place: Place, subject: Subject) -> None:
    """An apply needs no more writes and reads in writing than its plan estimated."""
    plan = place.plan()
    said = plan.quota.estimated
    expect(said or not plan.writes, "writing costs no request at all")
    before = len(place.arrived)
    approvals = [f"{each.approve}@{plan.digest[:6]}" for each in plan.verdicts if each.approve]
    place.apply(plan, approvals=approvals)
    sent = [each.request for each in place.arrived[before:]]
    needed = [each for each in sent if not subject.changes_nothing(each)]
    expect(len(needed) <= said, f"{said} requests were estimated, {len(needed)} writes were sent")


__all__ = [
    "declarations_hold",
    "lost_state_is_found_again",
    "narrow_and_wide_reads_agree",
    "pulled_account_plans_to_nothing",
    "rename_keeps_the_object",
    "reorder_keeps_the_objects",
    "round_trip",
    "second_plan_empty",
    "there_and_back",
]
