"""The state file: read whole, replaced whole, one writer, and every damage noticed."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ixia_config.edges.lock import Holder, LockHeld
from ixia_config.edges.state import FileState, Stored
from ixia_config.engine.state import State, StateProblem, dump, load
from tests.edges.damage import cuts, flips, overwrite
from tests.edges.processes import python, running

ANA = Holder("ana", 4711, "laptop", "2026-11-21T09:00:00Z", "apply to production")

HOLD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from ixia_config.edges.lock import this_process
from ixia_config.edges.state import FileState
with FileState(Path(sys.argv[1])).lock(this_process(now=datetime.now(UTC), doing="apply")):
    print("ready", flush=True)
    sys.stdin.read()
"""

CROWDED = """
import resource, signal, sys
from pathlib import Path
from ixia_config.edges.journal import Journal
from ixia_config.edges.lock import Holder
from ixia_config.edges.state import FileState
from ixia_config.engine.state import StateProblem
folder = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
journal = Journal(folder).start("run")
journal.append({"n": 1})
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
for attempt in (
    lambda: FileState(folder).lock(Holder("ana", 1, "laptop", "now")).__enter__(),
    lambda: journal.append({"n": "x" * 200}),
    lambda: journal.append({"n": 2}),
):
    try:
        attempt()
    except StateProblem as problem:
        print(str(problem).replace(str(folder), "FOLDER"))
"""


def written(folder: Path, *texts: str) -> FileState:
    """A state file after these texts were saved in it one after another."""
    state = FileState(folder)
    with state.lock(ANA) as held:
        for serial, text in enumerate(texts, start=1):
            held.write(text, serial=serial, expected=serial - 1)
    return state


def test_there_is_no_state_before_the_first_write(tmp_path: Path):
    assert FileState(tmp_path / "missing").read() is None


@settings(max_examples=25)  # each waits for the disk several times
@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_what_is_saved_is_read_back(tmp_path_factory, text):
    state = written(tmp_path_factory.mktemp("state"), text)

    assert Stored(1, text) == state.read()


def test_a_state_of_the_engine_comes_back(tmp_path: Path):
    saved = State(connector="hubspot", account="4242", lineage="x", serial=1)

    state = written(tmp_path, dump(saved))

    assert saved == load(state.read().text)
    assert dump(saved) == dump(load(json.dumps(json.loads(state.path.read_text())["state"])))


def test_the_version_before_is_kept(tmp_path: Path):
    state = written(tmp_path, '{"n": 1}', '{"n": 2}', '{"n": 3}')

    state.backup.replace(state.path)

    assert Stored(2, '{"n": 2}') == state.read()


def test_nobody_else_may_read_the_state(tmp_path: Path):
    state = written(tmp_path / "new" / ".ixia", "{}", "{}")

    modes = {path.name: path.stat().st_mode & 0o777 for path in state.folder.iterdir()}
    assert {0o600} == set(modes.values())
    assert 0o700 == state.folder.stat().st_mode & 0o777


@pytest.mark.parametrize(("serial", "expected"), [(1, 0), (3, 1), (4, 3), (2, 2), (1, 2)])
def test_a_state_that_moved_on_is_not_overwritten(tmp_path: Path, serial, expected):
    state = written(tmp_path, '{"n": 1}', '{"n": 2}')

    with state.lock(ANA) as held, pytest.raises(StateProblem, match="has serial 2"):
        held.write("{}", serial=serial, expected=expected)

    assert Stored(2, '{"n": 2}') == state.read()


def test_any_cut_and_any_flipped_bit_is_noticed(tmp_path: Path):
    state = written(tmp_path, dump(State(connector="hubspot", account="4242", serial=1)))
    whole = state.path.read_bytes()

    believed = []
    for damaged in (*cuts(whole), *flips(whole)):
        overwrite(state.path, damaged)
        with suppress(StateProblem):
            believed.append(state.read())

    assert [] == believed


@given(st.binary())
def test_any_bytes_are_refused_without_a_crash(tmp_path_factory, junk):
    state = FileState(tmp_path_factory.mktemp("state"))
    state.path.write_bytes(junk)

    with pytest.raises(StateProblem):
        state.read()


def test_a_damaged_state_stops_a_run_before_it_begins(tmp_path: Path):
    state = written(tmp_path, '{"n": 1}', '{"n": 2}')
    state.path.write_text("{")

    with pytest.raises(StateProblem) as caught, state.lock(ANA):
        pass

    assert f"put {state.backup} in its place" in str(caught.value)


def test_a_folder_that_cannot_be_written_stops_a_run_before_it_begins(tmp_path: Path):
    (tmp_path / "file").write_text("")

    with pytest.raises(StateProblem, match="Not a directory"):
        FileState(tmp_path / "file" / ".ixia").lock(ANA).__enter__()


def test_a_full_disk_stops_a_run_before_it_begins_and_a_journal_for_good(tmp_path: Path):
    said = python(str(tmp_path), code=CROWDED).splitlines()

    assert [
        "cannot write FOLDER: File too large",
        "cannot write FOLDER/runs/run.jsonl: File too large",
        "the journal FOLDER/runs/run.jsonl is closed",
    ] == said


def test_two_processes_do_not_write_at_once(tmp_path: Path):
    state = FileState(tmp_path)

    with running(HOLD, str(tmp_path)) as other:
        with pytest.raises(LockHeld) as caught, state.lock(ANA):
            pass
        pid = other.pid

    assert f"process {pid} (apply), since 20" in str(caught.value)


def test_a_lock_dies_with_its_process(tmp_path: Path):
    with running(HOLD, str(tmp_path)) as other:
        other.kill()
        other.wait()

        with FileState(tmp_path).lock(ANA) as held:
            assert held.read() is None


def test_one_process_cannot_lock_twice(tmp_path: Path):
    state = FileState(tmp_path)

    with state.lock(ANA), pytest.raises(LockHeld) as caught, state.lock(ANA):
        pass

    assert ANA == caught.value.holder
    assert "ana on laptop, process 4711 (apply to production), since 2026-11-21T09:00:00Z" == str(
        caught.value
    )


def test_a_lock_that_does_not_say_whose_it_is_still_holds(tmp_path: Path):
    state = FileState(tmp_path)

    with state.lock(ANA):
        (tmp_path / "state.lock").write_text("[]")
        with pytest.raises(LockHeld, match="another process"), state.lock(ANA):
            pass


def test_two_targets_have_states_of_their_own(tmp_path: Path):
    with FileState(tmp_path, "crm-sandbox").lock(ANA) as one:
        one.write("{}", serial=1, expected=0)
        with FileState(tmp_path, "crm-production").lock(ANA) as other:
            assert other.read() is None


@pytest.mark.parametrize("name", ["../x", "", ".x", "a/b", "A"])
def test_a_name_cannot_lead_out_of_the_folder(tmp_path: Path, name):
    with pytest.raises(ValueError, match="cannot be the name"):
        FileState(tmp_path, name)
