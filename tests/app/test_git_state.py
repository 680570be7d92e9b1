"""The whole road with state on a branch in git: several clones, one remote, one account."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ixia_config.app.refusal import Refusal
from ixia_config.exits import Exit
from tests.app.place import PROJECT
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
