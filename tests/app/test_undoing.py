"""Undo after apply is as before, where that is possible; what is not possible is said."""

from __future__ import annotations

import pytest

from ixia_config.app import Refusal
from ixia_config.app.applying import Order, apply
from ixia_config.app.undoing import undo_plan
from ixia_config.exits import Exit
from ixia_config.model import Address, Status, Verb
from ixia_config.testing import PIPELINES
from tests.app.place import PIPELINE, is_read
from tests.app.test_recovering import at
from tests.app.test_road import stage_path


def undo(place, run):
    with place.session() as session:
        return undo_plan(session, run)


def approvals(plan):
    return [f"{each.approve}@{plan.digest[:6]}" for each in plan.verdicts if each.approve]


def undone(place, run):
    plan = undo(place, run)
    assert not plan.refused, plan.refused
    return place.apply(plan, approvals=approvals(plan))


@pytest.fixture
def crm():
    with at() as place:
        place.write(PIPELINES.start)
        place.apply()
        yield place


def content(place):
    """What the account holds, without ids of its own choice."""
    crm = place.rehearsal.sandbox
    pipelines = {key: row["name"] for key, row in crm.rows("pipelines").items()}
    rows = sorted(
        (pipelines.get(row["pipeline"]), row["position"], row["name"], row["chance"])
        for row in crm.rows("stages").values()
    )
    return sorted(pipelines.values()), rows


@pytest.mark.parametrize("name", ["changed", "renamed", "reordered", "rival"])
def test_undo_after_apply_is_as_before(crm, name):
    before = content(crm)
    crm.write(getattr(PIPELINES, name))
    report = crm.apply()
    assert report.verified
    assert content(crm) != before

    taken_back = undone(crm, report.run)

    assert taken_back.verified
    assert content(crm) == before
    crm.write(PIPELINES.start)
    assert crm.plan().writes == ()


def test_an_undo_of_an_undo_is_the_change_again(crm):
    crm.write(PIPELINES.rival)
    run = crm.apply().run
    after = content(crm)

    back = undone(crm, run)
    undone(crm, back.run)

    assert content(crm) == after


def test_an_undo_is_planned_and_never_executed(crm):
    crm.write(PIPELINES.changed)
    run = crm.apply().run
    before = crm.rehearsal.sandbox.dump()

    plan = undo(crm, run)

    assert plan.writes
    assert plan.undoes == run
    assert crm.rehearsal.sandbox.dump() == before


def test_what_a_run_made_is_removed_with_an_approval_of_its_own_only(crm):
    crm.write(PIPELINES.changed)
    run = crm.apply().run
    plan = undo(crm, run)
    removed = [change.title for change in plan.changes if change.verb is Verb.DELETE]

    with pytest.raises(Refusal) as caught:
        crm.apply(plan)

    assert removed == ["Proof"]
    assert caught.value.exit is Exit.DENIED


def test_records_on_what_would_be_removed_stop_an_undo(crm):
    crm.write(PIPELINES.changed)
    run = crm.apply().run
    stage = crm.ids()["Pipeline/sales#proof"]
    crm.rehearsal.sandbox.add("records", crm.seconds(), stage=stage, name="A deal")

    plan = undo(crm, run)

    assert [each.code for each in plan.refused] == ["IX507"]


def test_records_that_were_moved_stay_and_the_plan_says_so(crm):
    stage = crm.ids()["Pipeline/sales#talk"]
    crm.rehearsal.sandbox.add("records", crm.seconds(), stage=stage, name="A deal")
    crm.write(PIPELINES.removed)
    made = crm.plan()
    run = crm.apply(made, approvals=approvals(made)).run

    plan = undo(crm, run)

    notes = {(clause.subject, clause.note) for clause in plan.clauses}
    assert (
        "records of Talking",
        "not undone: the records that were moved stay where they are",
    ) in (notes)
    assert any("made again" in note for _, note in notes)
    assert [change.title for change in plan.changes if change.verb is Verb.CREATE] == ["Talking"]
    assert undone(crm, run).verified


def test_a_later_edit_is_shown_before_an_undo_overwrites_it(crm):
    crm.write(PIPELINES.rival)
    run = crm.apply().run
    stage = crm.ids()["Pipeline/sales#offer"]
    crm.rehearsal.sandbox.change(stage, crm.seconds(), chance="0.9")

    [change] = undo(crm, run).writes

    [field] = change.fields
    assert (field.before, field.after, field.cause.value) == ("0.9", "0.4", "conflict")


def test_an_edit_after_the_undo_was_approved_stops_it(crm):
    crm.write(PIPELINES.rival)
    run = crm.apply().run
    plan = undo(crm, run)
    stage = crm.ids()["Pipeline/sales#offer"]
    crm.rehearsal.sandbox.change(stage, crm.seconds(), chance="0.9")
    before = crm.rehearsal.sandbox.dump()

    with pytest.raises(Refusal) as caught:
        crm.apply(plan)

    assert caught.value.exit is Exit.STALE
    assert crm.rehearsal.sandbox.dump() == before


def test_an_undo_leaves_alone_what_the_run_did_not_touch(crm):
    crm.write(PIPELINES.rival)
    run = crm.apply().run
    other = crm.ids()["Pipeline/sales#new"]
    crm.rehearsal.sandbox.change(other, crm.seconds(), chance="0.7", colour="blue")

    undone(crm, run)

    row = crm.rehearsal.sandbox.rows("stages")[other]
    assert (row["chance"], row["colour"]) == ("0.7", "blue")
    crm.write(PIPELINES.start)
    [change] = crm.plan().writes
    assert [field.cause.value for field in change.fields] == ["drift"]


def test_an_unknown_run_is_named_with_the_latest(crm):
    with pytest.raises(Refusal) as caught:
        undo(crm, "20200101-000000-000000")

    assert caught.value.exit is Exit.USAGE
    assert "the latest are" in str(caught.value)


def test_a_run_that_did_not_end_is_looked_at_first(crm):
    class Died(BaseException):
        pass

    def die(*told):
        raise Died

    crm.write(PIPELINES.changed)
    approved = crm.plan()
    with pytest.raises(Died), crm.session() as session:
        apply(session, Order(approved, die))
    with crm.session() as session:
        run = session.journal.runs()[-1]

    with pytest.raises(Refusal) as caught:
        undo(crm, run)

    assert caught.value.exit is Exit.RECOVERY


def test_the_first_apply_can_be_taken_back(place):
    run = place.apply().run

    plan = undo(place, run)

    assert plan.refused == ()
    report = place.apply(plan, approvals=approvals(plan))
    assert report.verified
    labels = [
        each["label"] for each in place.ask("GET", "/crm/pipelines/2026-09/deals").json["results"]
    ]
    assert "New business" not in labels


def test_on_hubspot_undo_after_apply_is_as_before(place):
    place.apply()
    _, before = stage_path(place)
    place.edit("pipelines/new-business.yaml", "probability: 40%", "probability: 50%")
    place.edit("pipelines/new-business.yaml", "title: Evaluate", "title: Evaluation")
    place.edit("schemas/deal.yaml", "title: Pain,", "title: Pains,")
    run = place.apply().run
    place.log.clear()

    plan = undo(place, run)
    assert place.writes() == []
    report = place.apply(plan)

    assert report.verified
    assert {each.status for each in report.results} == {Status.APPLIED}
    _, after = stage_path(place)
    assert (after["label"], after["metadata"]) == (before["label"], before["metadata"])
    place.write("pipelines/new-business.yaml", PIPELINE)
    place.edit("schemas/deal.yaml", "title: Pains,", "title: Pain,")
    assert place.plan().changes == ()
    assert Address("Pipeline", "new-business") in place_state(place).bindings
    assert all(is_read(each.method, each.path) or "segment" not in each.path for each in place.log)


def place_state(place):
    with place.session() as session:
        return session.state()
