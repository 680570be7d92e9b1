"""``ixia lock``: who holds it, and taking it away from a process that hangs."""

from __future__ import annotations

import json

import pytest

from ixia_config.app.executing import written
from ixia_config.cli import run
from ixia_config.edges.journal import Journal
from ixia_config.edges.lock import Holder
from ixia_config.edges.state import FileState
from ixia_config.edges.store import LeaseLost
from ixia_config.engine.trail import faults
from ixia_config.exits import Exit

ANA = Holder("ana", 4711, "laptop", "2026-11-22T09:00:00Z", "ixia apply to sandbox")


def test_a_free_lock_is_nobodys(place, ixia):
    assert ixia("lock", "status").out == "Nobody holds the lock of crm, sandbox.\n"
    assert ixia("lock", "steal", "--reason", "to see").code == Exit.OK
    assert json.loads(ixia("lock", "status", "--format", "json").out) == {"holder": None}


def test_whoever_finds_a_lock_held_learns_who_holds_it_and_since_when(place, ixia):
    with FileState(place.root / ".ixia", "crm.sandbox").lock(ANA):
        told = "ana on laptop, process 4711 (ixia apply to sandbox), since 2026-11-22T09:00:00Z"

        assert told in ixia("lock", "status").out
        ended = ixia("apply", "--yes")

    assert ended.code == Exit.LOCKED
    assert told in " ".join(ended.err.split())


def test_a_theft_stands_in_the_audit_trail_and_its_victim_stops(place, ixia):
    with FileState(place.root / ".ixia", "crm.sandbox").lock(ANA) as victim:
        ended = ixia("lock", "steal", "--reason", "the laptop sleeps")
        with pytest.raises(LeaseLost, match="the laptop sleeps"):
            victim.check()

    assert "taken from ana on laptop, process 4711" in ended.out
    journal = Journal(place.root / ".ixia", "crm.sandbox")
    [run_name] = journal.runs()
    start = journal.read(run_name).records[0]
    assert ("lock steal", "the laptop sleeps", str(ANA)) == (
        start["doing"],
        start["reason"],
        start["from"],
    )
    assert ixia("apply", "--yes").code == Exit.OK
    trail = [written(journal.read(each)) for each in journal.runs()]
    serial = FileState(place.root / ".ixia", "crm.sandbox").read().serial
    assert [] == list(faults(trail, serial=serial))


@pytest.mark.parametrize(
    "arguments",
    [
        ("steal",),
        ("steal", "--reason", "  "),
        ("steal", "--reason", "\x1b[2J"),
        ("steal", "--reason", "x" * 201),
        ("status", "--reason", "why"),
        (),
    ],
)
def test_a_theft_has_a_reason_of_one_line(place, arguments):
    assert run(["lock", *arguments]) == Exit.USAGE
