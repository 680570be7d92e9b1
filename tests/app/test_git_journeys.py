"""Resume, recover, undo, adopt and audit with state in git: each from a clone that is new."""

from __future__ import annotations

import pytest

from ixia_config.app.adopting import adopt_all
from ixia_config.app.applying import Order, apply
from ixia_config.app.auditing import trail, verify
from ixia_config.app.recovering import look
from ixia_config.app.resuming import approved_for
from ixia_config.app.undoing import undo_plan
from ixia_config.edges.serve import Drop
from ixia_config.model import Status
from ixia_config.sdk.wire import Response
from tests.app.place import is_read
from tests.app.test_git_state import BRANCH, elsewhere, remote
from tests.app.test_undoing import approvals
from tests.edges.clones import git

__all__ = ["remote"]  # a fixture that pytest finds by its name here


@pytest.fixture
def other(place, remote, tmp_path):
    """Another machine, which has nothing of the first one but what is in git."""
    return elsewhere(place, remote, tmp_path / "other")


def fail(place, number, answer):
    """The write of this number ends so; the others go through."""
    seen = []

    def fault(request, go_on):
        if is_read(request.method, request.path):
            return go_on()
        seen.append(request)
        return answer(go_on) if len(seen) == number else go_on()

    place.fault = fault


def refused(go_on):
    return Response(400, {"message": "no"})


def unheard(go_on):
    go_on()
    return Drop()


def names(place):
    """The stages of every pipeline that the account holds."""
    found = place.ask("GET", "/crm/pipelines/2026-09/deals").json["results"]
    return sorted((each["label"], stage["label"]) for each in found for stage in each["stages"])


def test_a_partial_failure_is_resumed_elsewhere_without_a_new_approval(place, other):
    fail(place, 3, refused)
    first = place.apply()
    place.fault = None

    with other.session() as session:
        approved, given = approved_for(session, first.run)
        order = Order(approved, lambda *told: None, given, resumes=first.run)
        report = apply(session, order)

    assert first.having(Status.FAILED)
    assert report.verified
    assert other.plan().changes == ()


def test_a_lost_answer_is_settled_elsewhere(place, other):
    fail(place, 3, unheard)
    place.apply()
    place.fault = None

    with other.session() as session:
        found = look(session)
    assert found.left.recovery.settled
    assert found.doubts == ()
    assert other.apply().verified
    assert len(names(other)) == len(set(names(other)))


def test_a_run_is_undone_elsewhere(place, other):
    place.apply()
    before = names(place)
    place.edit("pipelines/new-business.yaml", "title: Evaluate", "title: Judge")
    run = place.apply().run
    assert names(place) != before

    with other.session() as session:
        plan = undo_plan(session, run)
    assert other.apply(plan, approvals=approvals(plan)).verified

    assert names(place) == before


def test_a_lost_state_is_rebuilt_to_an_empty_plan(place, other, remote):
    place.apply()
    with place.session() as session:
        bound = session.state().ids
    git(remote.path, "branch", "--quiet", "-D", BRANCH)

    with other.session() as session:
        found = adopt_all(session)

    assert found.plan.changes == ()
    with other.session() as session:
        assert session.state().ids == bound


def test_the_trail_is_whole_wherever_the_runs_were_made(place, other):
    first = place.apply().run
    other.edit("pipelines/new-business.yaml", "title: Evaluate", "title: Judge")
    second = other.apply().run

    for each in (place, other):
        with each.session() as session:
            assert verify(session.kept).runs == 2
            assert [run.run for run in trail(session.kept)] == [first, second]
