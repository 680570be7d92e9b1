"""What both state backends promise: the same tests run on a folder and on a branch in git."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ixia_config.edges.git_branch import Side
from ixia_config.edges.git_journal import BranchJournal
from ixia_config.edges.git_state import GitState
from ixia_config.edges.journal import Journal
from ixia_config.edges.lock import Holder, LockHeld
from ixia_config.edges.state import FileState
from ixia_config.edges.store import Journals, LeaseLost, Store, Stored, Unrecorded
from ixia_config.engine.state import StateProblem
from tests.app.place import Ticking
from tests.edges.clones import a_remote
from tests.edges.processes import running

ANA = Holder("ana", 4711, "laptop", "2026-11-22T09:00:00Z", "apply to production")
BEN = Holder("ben", 1200, "runner-7", "2026-11-22T09:00:10Z", "apply to production")

MAKE = {
    "file": "FileState(Path(sys.argv[1]), 'crm.sandbox')",
    "git": "GitState(Side(Path(sys.argv[1]), 'origin', 'state/crm.sandbox'))",
}
HOLD = """
import sys
from pathlib import Path
from ixia_config.edges.git_branch import Side
from ixia_config.edges.git_state import GitState
from ixia_config.edges.lock import Holder
from ixia_config.edges.state import FileState
holder = Holder("ana", 4711, "laptop", "2026-11-22T09:00:00Z", "apply to production")
with STORE.lock(holder):
    print("ready", flush=True)
    sys.stdin.read()
"""


@dataclass
class Backend:
    """One kind of backend, seen from several places."""

    kind: str
    folder: Path
    roots: Mapping[str, Path]
    ticking: Ticking = field(default_factory=Ticking)

    def connect(self, runner: str) -> tuple[Store, Journals]:
        root = self.roots[runner]
        if self.kind == "file":
            return FileState(root, "crm.sandbox"), Journal(root, "crm.sandbox")
        side = Side(root, "origin", "state/crm.sandbox")
        state = GitState(side, clock=self.ticking.clock, sleep=self.ticking.sleep)
        return state, BranchJournal(state)

    def store(self, runner: str = "one") -> Store:
        return self.connect(runner)[0]

    def hold(self, runner: str = "one"):
        """A process on this runner's machine that has the lock."""
        return running(HOLD.replace("STORE", MAKE[self.kind]), str(self.roots[runner]))


@pytest.fixture(params=["file", "git"])
def backend(request, tmp_path: Path) -> Backend:
    if request.param == "file":
        return Backend("file", tmp_path, dict.fromkeys(("one", "two"), tmp_path / ".ixia"))
    remote = a_remote(tmp_path)
    return Backend(
        "git", tmp_path, {name: remote.clone(tmp_path / name) for name in ("one", "two")}
    )


def saved(store: Store, *texts: str) -> None:
    """These texts, saved one after another."""
    with store.lock(ANA) as held:
        start = stored.serial if (stored := held.read()) else 0
        for serial, text in enumerate(texts, start=start + 1):
            held.write(text, serial=serial, expected=serial - 1)


def test_there_is_no_state_before_the_first_write(backend):
    assert backend.store().read() is None


def test_what_one_runner_saves_another_reads(backend):
    saved(backend.store("one"), "{}", '{"title": "Größe"}')

    assert Stored(2, '{"title": "Größe"}') == backend.store("two").read()


def test_what_is_written_under_a_lock_is_read_under_it(backend):
    store = backend.store()

    with store.lock(ANA) as held:
        held.write("{}", serial=1, expected=0)

        assert Stored(1, "{}") == held.read() == store.read()


@pytest.mark.parametrize(("serial", "expected"), [(1, 0), (3, 1), (4, 3), (2, 2)])
def test_a_state_that_moved_on_is_not_overwritten(backend, serial, expected):
    store = backend.store()
    saved(store, '{"n": 1}', '{"n": 2}')

    with store.lock(ANA) as held, pytest.raises(StateProblem, match="has serial 2"):
        held.write("{}", serial=serial, expected=expected)

    assert Stored(2, '{"n": 2}') == store.read()


def test_the_loser_learns_who_holds_the_lock_and_since_when(backend):
    with backend.store("one").lock(ANA):
        with pytest.raises(LockHeld) as caught, backend.store("two").lock(BEN):
            pass

        assert ANA == backend.store("two").held() == caught.value.holder
    assert backend.store("two").held() is None


def test_every_holder_has_a_higher_epoch(backend):
    epochs = []
    for runner in ("one", "two", "one"):
        with backend.store(runner).lock(ANA) as held:
            epochs.append(held.epoch)

    assert sorted(set(epochs)) == epochs


def test_a_lock_dies_with_its_process_on_the_same_machine(backend):
    with backend.hold() as other:
        with pytest.raises(LockHeld), backend.store().lock(BEN):
            pass
        other.kill()
        other.wait()

        with backend.store().lock(BEN) as held:
            assert held.read() is None


def test_a_stolen_lock_is_free_and_its_victim_writes_nothing_more(backend):
    saved(backend.store(), '{"n": 1}')

    with pytest.raises((LeaseLost, Unrecorded)), backend.store("one").lock(ANA) as victim:  # noqa: PT012  # the victim's road
        assert backend.store("two").steal(BEN, reason="the laptop sleeps") == ANA
        saved(backend.store("two"), '{"n": 2}')
        victim.write("{}", serial=2, expected=1)

    assert Stored(2, '{"n": 2}') == backend.store().read()


def test_a_victim_learns_in_time_who_took_its_lock_and_why(backend):
    with pytest.raises(LeaseLost) as caught, backend.store("one").lock(ANA) as victim:  # noqa: PT012  # the victim's road
        backend.store("two").steal(BEN, reason="the laptop sleeps")
        backend.ticking.pass_(seconds=15)
        victim.check()

    assert "taken away by ben on runner-7 at 2026-11-22T09:00:10Z: the laptop sleeps" in str(
        caught.value
    )


def test_there_is_nothing_to_steal_from_nobody(backend):
    saved(backend.store(), "{}")

    assert backend.store("two").steal(BEN, reason="to see") is None
    saved(backend.store(), "{}")


def test_a_hanging_process_loses_its_lock_and_another_takes_it(backend):
    with backend.hold("one"):
        assert backend.store("one").steal(BEN, reason="it hangs") == ANA

        saved(backend.store("one"), "{}")


INTENT = {"event": "intent", "changes": [{"id": "a"}]}


def test_a_journal_is_read_on_every_machine(backend):
    store, journal = backend.connect("one")

    with store.lock(ANA), journal.start("run") as run:
        run.append({"event": "start"})
        run.append(INTENT)

        there = backend.connect("two")[1]
        assert ("run",) == there.open_runs() == there.runs()
        assert INTENT == there.read("run").records[-1]


def test_a_finished_run_is_not_open(backend):
    store, journal = backend.connect("one")

    with store.lock(ANA), journal.start("run") as run:
        run.append(INTENT)
        run.finish({"event": "end"})

    there = backend.connect("two")[1]
    assert (("run",), ()) == (there.runs(), there.open_runs())
    assert there.read("run").finished
    with store.lock(ANA):
        for again in (journal.start, journal.resume):
            with pytest.raises(StateProblem):
                again("run")


def test_an_open_run_is_gone_on_with_elsewhere(backend):
    store, journal = backend.connect("one")
    with store.lock(ANA), journal.start("run") as run:
        run.append(INTENT)

    store, journal = backend.connect("two")
    with store.lock(BEN), journal.resume("run") as run:
        run.finish({"event": "settled"})

    history = backend.connect("one")[1].read("run")
    assert (INTENT, {"event": "settled"}) == history.records
    assert history.finished


def test_state_and_backend_can_be_proved(backend):
    store = backend.store()
    store.prove()
    saved(store, "{}")
    store.prove()
    assert store.place
