"""What git says, where there is git."""

import shutil
import subprocess
from pathlib import Path

import pytest

from ixia_config.edges.git import commit_of

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed here")


def git(root: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Ana", "-c", "user.email=ana@acme.example")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=root, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    (tmp_path / "ixia.yaml").write_text("x: 1\n")
    git(tmp_path, "add", "ixia.yaml")
    git(tmp_path, "commit", "--quiet", "--message=first")
    return tmp_path


@needs_git
def test_a_clean_tree_has_a_commit_and_a_branch(repo: Path):
    commit = commit_of(repo)

    assert (git(repo, "rev-parse", "HEAD"), "main", False) == (
        commit.commit,
        commit.branch,
        commit.dirty,
    )


@needs_git
@pytest.mark.parametrize("name", ["ixia.yaml", "new.yaml"])
def test_a_changed_or_new_file_makes_it_dirty(repo: Path, name):
    (repo / name).write_text("x: 2\n")

    assert commit_of(repo).dirty


@needs_git
def test_a_commit_without_a_branch_has_none(repo: Path):
    git(repo, "checkout", "--quiet", "--detach")

    assert "" == commit_of(repo).branch


@needs_git
def test_a_repository_cannot_make_us_run_its_programs(repo: Path):
    trap = repo / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {repo}/sprung\n")
    trap.chmod(0o755)
    git(repo, "config", "core.fsmonitor", str(trap))

    commit_of(repo)

    assert not (repo / "sprung").exists()


def test_no_repository_is_no_commit(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))

    assert commit_of(tmp_path) is None


@needs_git
def test_a_repository_without_a_commit_has_none(tmp_path: Path):
    git(tmp_path, "init", "--quiet")

    assert commit_of(tmp_path) is None


def test_no_git_is_no_commit(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert commit_of(tmp_path) is None
