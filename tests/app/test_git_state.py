"""The whole road with state on a branch in git: several clones, one remote, one account."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from os import environ

import pytest

from ixia_config.app.applying import exit_of
from ixia_config.app.doctor import examine
from ixia_config.app.locking import steal
from ixia_config.app.refusal import Refusal
from ixia_config.engine import codec
from ixia_config.exits import Exit
from ixia_config.sdk.wire import Response
from tests.app.place import PROJECT, TODAY, is_read
from tests.edges.clones import a_remote, git

IN_GIT = PROJECT + "  state: {backend: git}\n"
BRANCH = "ixia-state/acme-revenue/crm.sandbox"


@pytest.fixture
def remote(place, tmp_path):
    """The place's repository, pushed to a remote, with its state in git."""
    place.write("ixia.yaml", IN_GIT)
    made = a_remote(tmp_path)
    git(place.root, "init", "--quiet", "--initial-branch=main")
    git(place.root, "remote", "add", "origin", str(made.path))
    git(place.root, "add", ".")
    git(place.root, "commit", "--quiet", "-m", "Configuration")
    git(place.root, "push", "--quiet", "--force", "origin", "main")
    return made


def elsewhere(place, remote, folder):
    """The same configuration and account, on another machine."""
    return replace(place, root=remote.clone(folder))


def start(place, *arguments):
    """``ixia`` in a process of its own."""
    command = [sys.executable, "-m", "ixia_config.cli", *map(str, arguments)]
    return subprocess.Popen(
        [*command, "--dir", str(place.root)],
        env={**environ, **place.environ},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_an_apply_on_one_clone_leaves_nothing_to_do_on_another(place, remote, tmp_path):
    assert place.apply().verified

    other = elsewhere(place, remote, tmp_path / "other")
    assert other.plan().changes == ()


def test_the_users_repository_is_left_alone(place, remote):
    before = git(place.root, "for-each-ref"), git(place.root, "count-objects", "-v")

    place.apply()

    after = git(place.root, "for-each-ref"), git(place.root, "count-objects", "-v")
    assert before == after
    assert git(place.root, "status", "--porcelain") == ""
    assert {"main", BRANCH} == set(remote.tips())
    assert {"lease.json", "state.json"} < set(remote.files(BRANCH))
    assert not (place.root / ".ixia").exists()


def test_a_remote_that_is_gone_stops_a_run_before_it_begins(place, remote):
    remote.path.rename(remote.path.with_suffix(".away"))

    with pytest.raises(Refusal) as caught:
        place.apply()

    assert caught.value.exit is Exit.REMOTE
    assert "IX595" in str(caught.value)
    assert place.writes() == []


def test_no_secret_is_in_the_branch(place, remote):
    place.apply()

    assert "sandbox-token" not in "".join(remote.files(BRANCH).values())


def test_doctor_looks_at_the_branch_and_pushes_nothing(place, remote):
    def state():
        found = examine(place.root, environ=place.environ, today=TODAY)
        return next(each for each in found if each.what == "crm, sandbox, state")

    assert state().well
    assert {"main"} == set(remote.tips())
    remote.path.rename(remote.path.with_suffix(".away"))
    assert not state().well
    assert "does not appear to be a git repository" in state().detail


def converges(place):
    assert place.apply().verified
    assert place.plan().changes == ()
    pipelines = place.ask("GET", "/crm/pipelines/2026-09/deals").json["results"]
    assert [each["label"] for each in pipelines].count("New business") == 1


def at_write(place, number, act):
    """Do something when this write arrives, before it takes effect."""
    seen = []

    def fault(request, go_on):
        if not is_read(request.method, request.path):
            seen.append(request)
            if len(seen) == number:
                act()
        return go_on()

    place.fault = fault
    return seen


def test_a_run_that_cannot_renew_its_lock_stops_before_its_next_write(place, remote):
    undisturbed = len(place.plan().writes)
    away = remote.path.with_suffix(".away")

    def cut_off():
        remote.path.rename(away)
        place.ticking.pass_(seconds=41)

    seen = at_write(place, 1, cut_off)
    report = place.apply()

    assert 1 == len(seen) < undisturbed
    assert report.lost_lock
    assert "could not be renewed for 41 seconds" in report.problem
    assert exit_of(report) is Exit.PARTIAL
    place.fault = None
    away.rename(remote.path)
    converges(place)


def test_a_lock_that_is_lost_while_a_write_waits_for_the_limit_stops_it(place, remote, tmp_path):
    """The first try was throttled; by the time of the second, somebody else has the lock."""
    other = elsewhere(place, remote, tmp_path / "other")
    seen = []

    def throttle(request, go_on):
        if is_read(request.method, request.path):
            return go_on()
        seen.append(request)
        if len(seen) == 1:
            with other.session() as session:
                steal(session.kept, reason="it waits")
            return Response(429, headers={"retry-after": "20"}, json={"message": "wait"})
        return go_on()

    place.fault = throttle
    report = place.apply()

    assert 1 == len(seen)
    assert exit_of(report) is Exit.PARTIAL
    place.fault = None
    converges(other)


def test_a_short_break_of_the_network_is_bridged(place, remote):
    away = remote.path.with_suffix(".away")

    def cut_off():
        remote.path.rename(away)
        place.ticking.pass_(seconds=20)

    def come_back():
        away.rename(remote.path)

    seen = at_write(place, 1, cut_off)
    first = place.fault
    place.fault = lambda request, go_on: (
        come_back() if len(seen) == 2 and away.exists() else None,
        first(request, go_on),
    )[1]

    assert place.apply().verified


def test_a_run_whose_lock_was_stolen_stops_before_its_next_write(place, remote, tmp_path):
    other = elsewhere(place, remote, tmp_path / "other")

    def taken():
        with other.session() as session:
            assert steal(session.kept, reason="it hangs").victim
        place.ticking.pass_(seconds=15)

    seen = at_write(place, 2, taken)
    report = place.apply()

    assert 2 == len(seen)
    assert report.lost_lock
    assert "it hangs" in report.problem
    place.fault = None
    converges(other)


@pytest.mark.parametrize("number", [1, 3])
def test_a_runner_whose_disk_vanishes_is_survived_by_another(place, remote, tmp_path, number):
    """The killed one wrote to the account; all that is known of it is on the branch."""
    place.ticking.now = datetime.now(UTC)
    gone = elsewhere(place, remote, tmp_path / "gone")
    plan = gone.root / "plan.json"
    plan.write_text(codec.dump(gone.plan()))
    running = []
    at_write(place, number, lambda: (running[0].kill(), running[0].wait()))
    running.append(start(gone, "apply", plan, "--env", "sandbox"))
    running[0].communicate(timeout=60)
    place.fault = None
    shutil.rmtree(gone.root)
    place.ticking.now = datetime.now(UTC)

    with pytest.raises(Refusal) as caught:
        place.apply()
    assert caught.value.exit is Exit.LOCKED
    place.ticking.pass_(seconds=61)
    converges(place)
