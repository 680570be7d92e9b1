"""The audit trail: who applied what, and that nothing of it was altered, removed or moved."""

from __future__ import annotations

import json
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ixia_config.app import Refusal
from ixia_config.app.auditing import trail, verify
from ixia_config.exits import Exit
from ixia_config.render.trail import trail_csv, trail_json, trail_text
from ixia_config.testing import PIPELINES
from tests.app.test_recovering import at, lose
from tests.app.test_undoing import approvals, undo


@pytest.fixture(scope="module")
def place():
    """Five runs: a first apply, a change, a lost answer, the rest of it, and an undo."""
    with at() as place:
        place.write(PIPELINES.start)
        place.apply()
        place.write(PIPELINES.rival)
        run = place.apply().run
        place.write(PIPELINES.changed)
        lose(place, 1)
        place.apply()
        place.fault = None
        place.apply()
        made = undo(place, run)
        place.apply(made, approvals=approvals(made))
        yield place


def runs(place):
    return sorted(place.root.glob(".ixia/**/*.jsonl"))


def verified(place, known=""):
    with place.session() as session:
        return verify(session.kept, known=known)


@pytest.fixture
def copy(place, tmp_path):
    """The same trail, to be spoilt; what was spoilt is put right again."""
    shutil.copytree(place.root / ".ixia", tmp_path / "kept")
    yield place
    shutil.rmtree(place.root / ".ixia", ignore_errors=True)
    shutil.copytree(tmp_path / "kept", place.root / ".ixia")


def test_a_trail_is_as_it_was_written(place):
    found = verified(place)

    assert found.runs == len(runs(place)) == 5
    assert found.unfinished == ()
    assert verified(place, found.head).head == found.head


def test_every_run_says_who_did_what_and_how_it_ended(place):
    with place.session() as session:
        rows = trail(session.kept)

    assert [each.ended for each in rows] == [
        "verified",
        "verified",
        "recovered",
        "verified",
        "verified",
    ]
    assert [each.unknown for each in rows] == [0, 0, 1, 0, 0]
    assert all(each.who and each.host and each.at and each.plan for each in rows)
    assert rows[-1].undoes == rows[1].run
    assert rows[-1].approvals == ()
    assert {each.account for each in rows} == {"77"}


def test_the_export_is_one_row_a_run(place):
    with place.session() as session:
        rows = trail(session.kept)

    assert len(trail_text(rows).splitlines()) == 5
    assert [each["run"] for each in json.loads(trail_json(rows))["runs"]] == [
        each.run for each in rows
    ]
    lines = trail_csv(rows).splitlines()
    assert lines[0].startswith("run,at,who,host,doing,")
    assert len(lines) == 6


@pytest.mark.parametrize("number", range(4))
def test_a_run_that_was_removed_is_noticed(copy, number):
    runs(copy)[number].unlink()

    with pytest.raises(Refusal) as caught:
        verified(copy)

    assert caught.value.exit is Exit.RECOVERY
    assert "IX568" in str(caught.value)


def test_the_last_run_that_was_removed_is_noticed_by_the_state(copy):
    runs(copy)[-1].unlink()

    with pytest.raises(Refusal, match="a run is missing at the end"):
        verified(copy)


def test_a_trail_without_its_end_does_not_contain_its_head(copy):
    head = verified(copy).head
    shutil.rmtree(copy.root / ".ixia")

    with pytest.raises(Refusal, match="does not contain"):
        verified(copy, head)


def test_two_runs_that_changed_places_are_noticed(copy):
    first, second, *_ = runs(copy)
    one, other = first.read_bytes(), second.read_bytes()
    first.write_bytes(other)
    second.write_bytes(one)

    with pytest.raises(Refusal):
        verified(copy)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_any_altered_removed_or_moved_line_is_noticed(place, data):
    path = data.draw(st.sampled_from(runs(place)), "run")
    before = path.read_bytes()
    lines = before.splitlines(keepends=True)
    number = data.draw(st.integers(0, len(lines) - 1), "line")
    how = data.draw(st.sampled_from(["alter", "remove", "swap"]), "how")
    if how == "alter":
        at_ = data.draw(st.integers(0, len(lines[number]) - 1), "byte")
        changed = bytearray(lines[number])
        changed[at_] ^= 1
        lines[number] = bytes(changed)
    elif how == "remove":
        del lines[number]
    else:
        other = data.draw(st.integers(0, len(lines) - 1).filter(lambda each: each != number))
        lines[number], lines[other] = lines[other], lines[number]
    path.write_bytes(b"".join(lines))
    try:
        if path == runs(place)[-1] and how == "remove" and number == len(lines):
            assert verified(place).unfinished  # a run without its end is one that did not end
        else:
            with pytest.raises(Refusal):
                verified(place)
    finally:
        path.write_bytes(before)
