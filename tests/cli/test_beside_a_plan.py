"""What plan and drift say beside their result: runs that are open, lines that are done."""

from __future__ import annotations

from ixia_config.app.applying import exit_of
from ixia_config.edges.serve import Drop
from ixia_config.exits import Exit
from tests.app.place import is_read


def interrupt(place) -> None:
    """An apply whose second write is never answered, and that can write nothing more."""
    seen = []

    def fault(request, go_on):
        if is_read(request.method, request.path):
            return go_on()
        seen.append(request)
        return go_on() if len(seen) == 1 else Drop()

    place.fault = fault
    place.apply()
    place.fault = None


def test_an_open_run_is_told_with_the_way_to_settle_it(place, ixia):
    interrupt(place)
    [journal] = place.root.glob(".ixia/**/*.jsonl")

    for command in ("plan", "drift"):
        ended = ixia(command)
        assert ended.code == Exit.OK
        assert f"Run {journal.stem}" in ended.err
        assert "did not end" in ended.err
        assert "ixia recover --env sandbox" in ended.err

    assert exit_of(place.apply()) is Exit.OK
    assert "did not end" not in ixia("plan").err


def rename(place) -> None:
    """The stage evaluate becomes review, and is the same stage."""
    file = "pipelines/new-business.yaml"
    place.edit(file, "key: evaluate", "key: review")
    place.edit(file, "  stages:\n", "  moved: [{from: evaluate, to: review}]\n  stages:\n")


def test_a_moved_line_is_told_to_be_done_where_it_is_done(place, ixia):
    place.apply()
    rename(place)
    before = ixia("plan")
    place.apply()

    after = ixia("plan")

    assert "may go" not in before.err
    assert (
        "Done in sandbox; these lines may go once they are done everywhere:\n"
        "  moved: {from: evaluate, to: review} of Pipeline/new-business\n"
    ) == after.err


def test_taking_a_moved_line_away_that_is_done_makes_no_plan_stale(place):
    place.apply()
    rename(place)
    place.apply()
    place.edit("pipelines/new-business.yaml", "probability: 40%", "probability: 45%")
    approved = place.plan()
    place.edit("pipelines/new-business.yaml", "  moved: [{from: evaluate, to: review}]\n", "")

    assert place.apply(approved).verified
    assert place.plan().changes == ()
