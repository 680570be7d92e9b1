"""A run that stopped half-way is resumed with its own plan and approvals, and nothing more."""

from __future__ import annotations

import pytest

from ixia_config.app import Refusal
from ixia_config.app.applying import Order, apply
from ixia_config.app.recovering import recover
from ixia_config.app.resuming import approved_for
from ixia_config.engine.execute import OnError
from ixia_config.engine.recover import Choices
from ixia_config.exits import Exit
from ixia_config.model import Status
from ixia_config.sdk.wire import Response
from ixia_config.testing import PIPELINES
from tests.app.test_recovering import TALK, at, in_doubt, lose, no_duplicate, reads
from tests.app.test_undoing import approvals


@pytest.fixture
def place():
    with at(list_lag=25) as place:
        place.write(PIPELINES.start)
        yield place


def resume(place, run, on_error=OnError.STOP):
    with place.session() as session:
        approved, given = approved_for(session, run)
        order = Order(approved, lambda *told: None, given, on_error=on_error, resumes=run)
        return apply(session, order)


def refuse(place, number):
    """The account refuses the write of this number."""
    seen = []

    def fault(request, go_on):
        if reads(request):
            return go_on()
        seen.append(request)
        return Response(400, {"message": "no"}) if len(seen) == number else go_on()

    place.fault = fault


@pytest.mark.parametrize("number", [1, 4, 8])
def test_a_partial_failure_is_resumed_without_a_new_approval(place, number):
    refuse(place, number)
    first = place.apply()
    place.fault = None

    report = resume(place, first.run)

    assert len(first.having(Status.FAILED)) == 1
    assert first.having(Status.SKIPPED)
    assert report.verified
    assert no_duplicate(place)
    assert len(report.having(Status.ALREADY)) == len(first.having(Status.APPLIED))


@pytest.mark.parametrize("number", [1, 3, 6])
def test_a_lost_answer_is_resumed(place, number):
    lose(place, number)
    first = place.apply()
    place.fault = None

    assert resume(place, first.run).verified
    assert no_duplicate(place)


def test_approvals_are_kept_with_the_run():
    with at() as place:
        place.write(PIPELINES.start)
        place.apply()
        place.write(PIPELINES.removed)
        made = place.plan()
        refuse(place, 1)
        first = place.apply(made, approvals=approvals(made))
        place.fault = None

        report = resume(place, first.run)

        assert first.having(Status.FAILED)
        assert report.verified


def test_a_resumed_run_can_be_resumed(place):
    refuse(place, 2)
    first = place.apply()
    refuse(place, 2)
    second = resume(place, first.run)
    place.fault = None

    assert second.having(Status.FAILED)
    assert resume(place, second.run).verified


def test_a_run_that_is_done_is_resumed_with_nothing_to_do(place):
    first = place.apply()
    place.elapse(60)
    before = place.rehearsal.sandbox.dump()

    report = resume(place, first.run)

    assert {each.status for each in report.results} == {Status.ALREADY}
    assert place.rehearsal.sandbox.dump() == before


def test_what_changed_since_is_refused(place):
    place.apply()
    place.elapse(60)
    place.write(PIPELINES.changed)
    refuse(place, 1)
    first = place.apply()
    place.fault = None
    stage = place.ids()["Pipeline/sales#offer"]
    place.rehearsal.sandbox.change(stage, place.seconds(), chance="0.9")
    place.elapse(60)
    before = place.rehearsal.sandbox.dump()

    with pytest.raises(Refusal) as caught:
        resume(place, first.run)

    assert caught.value.exit is Exit.STALE
    assert "0.4 when the plan was made" in str(caught.value)
    assert place.rehearsal.sandbox.dump() == before


def test_more_than_was_approved_is_refused(place):
    refuse(place, 2)
    first = place.apply()
    place.fault = None
    place.write(PIPELINES.changed)

    with pytest.raises(Refusal) as caught:
        resume(place, first.run)

    assert caught.value.exit is Exit.STALE


def test_a_run_of_which_a_change_was_given_up_is_not_resumed(place):
    _, first = in_doubt(place)
    with place.session() as session:
        recover(session, Choices(abandon=frozenset({TALK})))

    with pytest.raises(Refusal) as caught:
        resume(place, first.run)

    assert caught.value.exit is Exit.STALE
    assert "given up" in str(caught.value)


def test_a_run_whose_journal_was_altered_is_not_resumed(place):
    place.apply()
    with place.session() as session:
        run = session.journal.runs()[-1]
        [path] = place.root.glob(f".ixia/**/{run}.jsonl")
    text = path.read_text()
    path.write_text(text.replace("create", "update", 1))

    with pytest.raises(Refusal) as caught:
        resume(place, run)

    assert caught.value.exit is Exit.STALE


def test_independent_changes_go_on_when_asked_to(place):
    approved = place.plan()
    refuse(place, 1)
    with place.session() as session:
        order = Order(approved, lambda *told: None, on_error=OnError.CONTINUE_INDEPENDENT)
        report = apply(session, order)
    place.fault = None

    [failed] = report.having(Status.FAILED)
    skipped = {each.change.address.policy for each in report.having(Status.SKIPPED)}
    applied = {each.change.address.policy for each in report.having(Status.APPLIED)}
    assert skipped == {failed.change.address.policy}
    assert applied
    assert skipped.isdisjoint(applied)
    assert resume(place, report.run).verified
