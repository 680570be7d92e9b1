"""What a branch is compared with where nobody says it: the point where it left its main branch."""

import subprocess

import pytest

from ixia_config.edges.branching import BranchPoint, branch_point
from tests.cli.review import git


def commit(root, name):
    """One more commit; its name."""
    (root / name).write_text(name, "utf-8")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", f"--message={name}")
    return head(root)


def head(root):
    """The commit that is checked out."""
    command = ["git", "rev-parse", "HEAD"]
    return subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout[:-1]


@pytest.fixture
def repo(tmp_path):
    """A repository with one commit on main."""
    root = tmp_path / "repo"
    root.mkdir()
    git(root, "init", "--quiet", "--initial-branch=main")
    commit(root, "one")
    return root


def test_a_branch_is_compared_with_where_it_left_main_however_far_main_went(repo):
    left = head(repo)
    git(repo, "checkout", "--quiet", "-b", "topic")
    commit(repo, "mine")
    git(repo, "checkout", "--quiet", "main")
    commit(repo, "theirs")
    git(repo, "checkout", "--quiet", "topic")

    assert BranchPoint(left, "main") == branch_point(repo)


def test_the_main_branch_of_the_origin_goes_before_our_own(repo, tmp_path):
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", str(repo), str(clone))
    left = head(clone)
    commit(clone, "not pushed")

    assert BranchPoint(left, "origin/main") == branch_point(clone)


def test_the_branch_that_a_runner_names_goes_before_all(repo):
    git(repo, "checkout", "--quiet", "-b", "release")
    left = commit(repo, "released")
    git(repo, "checkout", "--quiet", "-b", "topic")
    commit(repo, "mine")

    assert BranchPoint(left, "release") == branch_point(repo, "release")
    assert "main" == branch_point(repo, "no-such-branch").branch


@pytest.mark.parametrize("target", ["--all", "../../x", "main..topic", "\n", "@{-1}"])
def test_a_name_is_never_more_than_a_branch(repo, target):
    assert BranchPoint(head(repo), "main") == branch_point(repo, target)


def test_without_a_main_branch_it_is_the_last_commit(repo):
    git(repo, "branch", "--move", "trunk")

    assert BranchPoint("HEAD") == branch_point(repo)


def test_a_shallow_clone_without_the_point_is_said_to_have_none(repo, tmp_path):
    git(repo, "checkout", "--quiet", "-b", "topic")
    commit(repo, "mine")
    git(repo, "checkout", "--quiet", "main")
    commit(repo, "theirs")
    clone = tmp_path / "shallow"
    source = f"file://{repo}"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=topic", source, str(clone))
    git(clone, "fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main")

    assert BranchPoint("HEAD") == branch_point(clone)


def test_a_folder_without_git_has_none(tmp_path):
    assert BranchPoint("HEAD") == branch_point(tmp_path)
