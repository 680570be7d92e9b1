"""What only a branch has: a lease with a time, hostile content, a clone that stays as it is."""

from __future__ import annotations

import stat
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ixia_config.edges import git_lease
from ixia_config.edges.git_branch import Side
from ixia_config.edges.git_journal import BATCH, BranchJournal
from ixia_config.edges.git_lease import Lease, Term, claimed
from ixia_config.edges.git_state import GitState
from ixia_config.edges.lock import Holder, LockHeld
from ixia_config.edges.store import LeaseLost, Stored, Unreachable, Unrecorded
from ixia_config.engine.state import StateProblem
from tests.app.place import Ticking
from tests.edges.clones import Remote, a_remote, git
from tests.edges.damage import cuts, flips
from tests.edges.processes import running
from tests.edges.test_store_contract import HOLD, MAKE

BRANCH = "state/crm.sandbox"
ANA = Holder("ana", 4711, "laptop", "2026-11-22T09:00:00Z", "apply to production")
BEN = Holder("ben", 1200, "runner-7", "2026-11-22T09:00:10Z", "apply to production")
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@dataclass
class Clones:
    """A remote and two clones of it, whose clocks may differ."""

    remote: Remote
    roots: dict[str, Path]
    ticking: Ticking = field(default_factory=Ticking)

    def state(self, name: str, *, ahead: float = 0) -> GitState:
        """The state as this clone sees it, whose wall clock is ahead by some seconds."""
        clock = self.ticking.clock
        skewed = type(clock)(lambda: clock.now() + timedelta(seconds=ahead), clock.monotonic)
        side = Side(self.roots[name], "origin", BRANCH)
        return GitState(side, clock=skewed, sleep=self.ticking.sleep)

    def kill_a_holder(self) -> None:
        """A process on clone one dies while it holds the lease, right now by the wall clock."""
        with running(HOLD.replace("STORE", MAKE["git"]), str(self.roots["one"])) as other:
            other.kill()
            other.wait()
        self.ticking.now = datetime.now(UTC)


@pytest.fixture
def clones(tmp_path: Path) -> Clones:
    remote = a_remote(tmp_path)
    return Clones(remote, {name: remote.clone(tmp_path / name) for name in ("one", "two")})


@pytest.mark.parametrize("ahead", [-600, 5])
def test_a_living_lease_is_never_taken_whatever_the_clocks_say(clones, ahead):
    held = clones.state("one")
    with held.lock(ANA):
        sleeping = clones.ticking.sleep

        def beating(seconds):
            sleeping(seconds)
            held.holding.flush()

        other = clones.state("two", ahead=ahead)
        other._sleep = beating
        with pytest.raises(LockHeld, match="ana on laptop"), other.lock(BEN):
            pass
        held.holding.check()


@pytest.mark.parametrize("ahead", [-600, 61])
def test_an_abandoned_lease_is_taken_after_its_whole_time_and_no_earlier(clones, ahead):
    clones.kill_a_holder()
    began = clones.ticking.now

    with clones.state("two", ahead=ahead).lock(BEN) as held:
        assert 2 == held.epoch

    assert clones.ticking.now - began >= timedelta(seconds=60)


def test_a_lease_that_is_fresh_by_this_clock_is_not_even_watched(clones):
    clones.kill_a_holder()
    before = clones.ticking.now

    with pytest.raises(LockHeld, match="ana on laptop"), clones.state("two").lock(BEN):
        pass

    assert before == clones.ticking.now


def test_a_lease_of_a_dead_process_of_this_clone_is_taken_at_once(clones):
    clones.kill_a_holder()
    before = clones.ticking.now

    with clones.state("one").lock(BEN):
        assert before == clones.ticking.now


def test_a_copied_clone_does_not_take_its_originals_lease(clones, tmp_path):
    """A cache or an image brings the files of a clone to another machine."""
    clones.kill_a_holder()
    copy = tmp_path / "copy"
    git(tmp_path, "clone", "--quiet", str(clones.remote.path), str(copy))
    there, here = clones.roots["one"] / ".git" / "ixia", copy / ".git" / "ixia"
    here.mkdir()
    for path in there.iterdir():
        if path.is_file():
            (here / path.name).write_bytes(path.read_bytes())
    clones.roots["one"] = copy

    with pytest.raises(LockHeld, match="ana on laptop"), clones.state("one").lock(BEN):
        pass


def test_a_holder_that_slept_goes_on_if_nobody_took_its_lease(clones):
    with clones.state("one").lock(ANA) as held:
        clones.ticking.pass_(seconds=3600)

        held.check()


def test_a_holder_that_slept_stops_if_somebody_took_its_lease(clones):
    with pytest.raises(LeaseLost, match="taken over by ben"), clones.state("one").lock(ANA) as held:  # noqa: PT012  # its road
        clones.ticking.pass_(seconds=61)
        with clones.state("two").lock(BEN) as other:
            other.write("{}", serial=1, expected=0)
            held.check()


def test_after_a_theft_the_next_holder_waits_once_until_the_victim_has_noticed(clones):
    with clones.state("one").lock(ANA):
        assert clones.state("two").steal(BEN, reason="it hangs") == ANA

    waits = []
    for _ in range(2):
        before = clones.ticking.now
        with clones.state("two").lock(BEN):
            waits.append((clones.ticking.now - before).total_seconds())

    assert [35, 0] == waits


def test_a_push_that_landed_without_an_answer_is_built_upon(clones):
    """The remote took the commit, and the connection broke before git heard of it."""
    state = clones.state("one")
    with state.lock(ANA) as held:
        branch = state.holding._claim.branch
        push = type(branch).push
        broken = []

        def breaks(self, commit, *, expected):
            taken = push(self, commit, expected=expected)
            if not broken:
                broken.append(commit)
                clones.ticking.pass_(seconds=1)  # else the next try makes the very same commit
                raise Unreachable("the connection broke")
            return taken

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(type(branch), "push", breaks)
            held.write("{}", serial=1, expected=0)
            state.holding.flush()

    assert broken
    assert Stored(1, "{}") == clones.state("two").read()


def test_what_could_not_be_pushed_at_the_end_is_told(clones):
    with pytest.raises(Unrecorded), clones.state("one").lock(ANA) as held:  # noqa: PT012  # its road
        held.write("{}", serial=1, expected=0)
        clones.remote.path.rename(clones.remote.path.with_suffix(".away"))


def test_a_thousand_changes_cost_a_few_pushes_and_every_intent_is_ahead_of_its_call(clones):
    intents = [{"event": "intent", "changes": [{"id": f"c{n}"}]} for n in range(1000)]
    state = clones.state("one")
    journal = BranchJournal(state)
    there = BranchJournal(clones.state("two"))

    with state.lock(ANA), journal.start("run") as run:
        run.ahead(intents)
        for number, intent in enumerate(intents):
            run.append(intent)
            if number in (0, 700):
                there.runs()
                assert intent in there.read("run").records
            run.append({"event": "outcome", "results": [{"id": intent["changes"][0]["id"]}]})
        run.finish({"event": "end"})

    history = BranchJournal(clones.state("two")).read("run")
    assert 2001 == len(history.records)
    assert history.finished
    pushes = int(git(clones.remote.path, "rev-list", "--count", BRANCH))
    assert pushes == 1000 / BATCH + 3  # and one each to lock, to finish and to unlock


def test_what_was_announced_and_not_called_is_written_down_as_skipped(clones):
    intents = [{"event": "intent", "changes": [{"id": f"c{n}"}]} for n in range(3)]
    state = clones.state("one")

    with state.lock(ANA), BranchJournal(state).start("run") as run:
        run.ahead(intents)
        run.append(intents[0])

    history = BranchJournal(clones.state("two")).read("run")
    assert ["c1", "c2"] == [each["id"] for each in history.records[-1]["results"]]


def test_a_lease_is_read_back_and_any_damage_is_noticed():
    lease = claimed(Lease(), ANA, token="a-1-2", now=NOW, term=Term())
    whole = git_lease.dump(lease)

    assert lease == git_lease.load(whole, "here")
    for damaged in (*cuts(whole), *flips(whole)):
        with pytest.raises(StateProblem):
            git_lease.load(damaged, "here")


@settings(max_examples=40)
@given(st.binary() | st.recursive(st.none() | st.text(), st.lists).map(repr).map(str.encode))
def test_any_bytes_are_refused_as_a_lease_without_a_crash(junk):
    with pytest.raises(StateProblem):
        git_lease.load(junk, "here")


def test_a_lease_of_another_version_is_named():
    newer = git_lease.dump(Lease()).replace(b'"format_version": 1', b'"format_version": 2')

    with pytest.raises(StateProblem, match="format 2; this version reads 1"):
        git_lease.load(newer, "here")


def put(clones: Clones, path: str, text: str) -> None:
    """Edit the branch by hand, as somebody with a clone could."""
    work = clones.remote.path.parent / "byhand"
    git(work.parent, "clone", "--quiet", "--branch", BRANCH, str(clones.remote.path), str(work))
    (work / path).write_text(text)
    git(work, "add", ".")
    git(work, "commit", "--quiet", "-m", "By hand")
    git(work, "push", "--quiet")


def saved(clones: Clones) -> None:
    with clones.state("one").lock(ANA) as held:
        held.write("{}", serial=1, expected=0)


@pytest.mark.parametrize("path", ["state.json", "lease.json"])
def test_a_branch_that_was_edited_by_hand_stops_a_run_before_it_begins(clones, path):
    saved(clones)
    put(clones, path, "{}")

    with pytest.raises(StateProblem, match=BRANCH), clones.state("two").lock(BEN):
        pass


def test_a_damaged_lock_is_mended_by_stealing_it(clones):
    saved(clones)
    put(clones, "lease.json", "{}")

    clones.state("two").steal(BEN, reason="it was edited")

    with clones.state("two").lock(BEN) as held:
        assert Stored(1, "{}") == held.read()


def test_a_link_in_the_branch_is_not_followed_and_not_overlooked(clones):
    saved(clones)
    work = clones.remote.path.parent / "byhand"
    git(work.parent, "clone", "--quiet", "--branch", BRANCH, str(clones.remote.path), str(work))
    (work / "state.json").unlink()
    (work / "state.json").symlink_to("/etc/passwd")
    git(work, "commit", "--quiet", "-a", "-m", "A link")
    git(work, "push", "--quiet")

    with pytest.raises(StateProblem, match="no plain file"):
        clones.state("two").read()


def test_other_files_of_the_branch_are_kept(clones):
    saved(clones)
    put(clones, "README.md", "What this branch is\n")

    with clones.state("two").lock(BEN) as held:
        held.write("{}", serial=2, expected=1)

    assert "README.md" in clones.remote.files(BRANCH)


@pytest.mark.parametrize(
    ("remote", "branch"),
    [("-x", "state"), ("origin", "-x"), ("origin", "a..b"), ("origin", "a b"), ("none", "state")],
)
def test_a_name_that_git_could_misread_is_refused(clones, remote, branch):
    with pytest.raises(StateProblem):
        GitState(Side(clones.roots["one"], remote, branch)).read()


def test_a_folder_without_git_is_told(tmp_path):
    with pytest.raises(StateProblem, match="not in a git repository"):
        GitState(Side(tmp_path, "origin", BRANCH)).read()


@pytest.mark.parametrize("url", ["ext::sh -c touch% HERE/ran", "git://127.0.0.1/x", "http://x/y"])
def test_doubtful_transports_are_refused(clones, tmp_path, url):
    git(clones.roots["one"], "remote", "set-url", "origin", url.replace("HERE", str(tmp_path)))

    with pytest.raises(Unreachable, match="not allowed"):
        clones.state("one").read()

    assert not (tmp_path / "ran").exists()


def test_no_hook_of_the_clone_runs_and_nobody_is_asked(clones, tmp_path):
    for hook in ("pre-push", "reference-transaction", "post-checkout"):
        path = clones.roots["one"] / ".git" / "hooks" / hook
        path.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    saved(clones)

    assert not (tmp_path / "ran").exists()


def test_credentials_in_an_address_are_not_shown(clones):
    url = "https://ana:hunter2@127.0.0.1:1/x.git"
    git(clones.roots["one"], "remote", "set-url", "origin", url)

    with pytest.raises(Unreachable) as caught:
        clones.state("one").read()

    assert "hunter2" not in str(caught.value)
