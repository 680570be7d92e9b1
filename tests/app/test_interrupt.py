"""Ctrl-C, Ctrl-C twice and a kill, at any request of a real process: the next apply finishes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from ixia_config.engine import codec
from ixia_config.exits import Exit
from tests.app.place import is_read


def apply_in_a_process(place, act):
    """Run ``ixia apply`` on a saved plan; ``act(process, number)`` sees every request arrive."""
    plan = place.root / "plan.json"
    plan.write_text(codec.dump(place.plan()))
    started = []
    seen = []

    def watch(request, go_on):
        seen.append(request)
        act(started[0], len(seen))
        return go_on()

    command = [sys.executable, "-m", "ixia_config.cli", "apply", str(plan)]
    command += ["--dir", str(place.root), "--env", "sandbox"]
    process = subprocess.Popen(
        command,
        env={**os.environ, **place.environ},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    started.append(process)
    place.fault = watch
    out, err = process.communicate(timeout=60)
    place.fault = None
    return process.returncode, out, err, seen


@pytest.fixture
def today(place):
    """The process looks at the real clock, so the plan must be of today."""
    from datetime import UTC, datetime

    place.ticking.now = datetime.now(UTC)
    return place


def converges(place):
    assert place.apply().verified
    assert place.plan().changes == ()
    pipelines = place.ask("GET", "/crm/pipelines/2026-09/deals").json["results"]
    assert [each["label"] for each in pipelines].count("New business") == 1


@pytest.mark.parametrize("number", [1, 4, 6, 8, 9, 10, 11, 12])
def test_ctrl_c_ends_what_is_on_its_way_and_starts_nothing_new(today, number):
    def act(process, seen):
        if seen == number:
            process.send_signal(signal.SIGINT)

    code, out, err, _ = apply_in_a_process(today, act)

    assert code in (Exit.OK, Exit.INTERRUPTED), err
    assert "Traceback" not in out + err
    assert "sandbox-token" not in out + err
    converges(today)


@pytest.mark.parametrize("number", [2, 8, 10])
def test_ctrl_c_twice_ends_at_once(today, number):
    def act(process, seen):
        if seen == number:
            process.send_signal(signal.SIGINT)
            process.send_signal(signal.SIGINT)

    code, out, err, _ = apply_in_a_process(today, act)

    assert code in (Exit.OK, Exit.INTERRUPTED), err
    assert "Traceback" not in out + err
    converges(today)


@pytest.mark.parametrize("number", [1, 5, 8, 9, 10, 11])
def test_a_kill_at_any_request_leaves_no_duplicate(today, number):
    def act(process, seen):
        if seen == number:
            process.kill()
            process.wait()

    code, _, _, seen = apply_in_a_process(today, act)

    assert code == -signal.SIGKILL
    assert len(seen) >= number
    assert all(is_read(each.method, each.path) for each in seen[:5])
    converges(today)


def test_an_undisturbed_process_ends_well(today):
    code, out, err, _ = apply_in_a_process(today, lambda process, seen: None)

    assert code == Exit.OK, err
    assert "Read back" in out
    assert today.plan().changes == ()
