"""A disk of this machine that takes no more stops a run on git before it holds the lease."""

from __future__ import annotations

import pytest

from ixia_config.edges.git_branch import Side
from ixia_config.edges.git_state import GitState
from ixia_config.edges.lock import Holder
from ixia_config.engine.state import StateProblem
from tests.edges.clones import a_remote

ANA = Holder("ana", 4711, "laptop", "2026-11-22T09:00:00Z", "apply to production")
BRANCH = "state/crm.sandbox"


def test_a_note_that_cannot_be_written_on_this_machine_is_told(tmp_path):
    root = a_remote(tmp_path).clone(tmp_path / "one")
    state = GitState(Side(root, "origin", BRANCH))
    with state.lock(ANA):
        pass
    (note,) = (root / ".git" / "ixia").rglob("*.tokens")
    note.unlink()
    note.mkdir()
    (note / "in-the-way").touch()

    with pytest.raises(StateProblem, match="cannot write"), state.lock(ANA):
        pass
