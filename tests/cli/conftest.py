"""A repository, a rehearsal account over HTTP, and the command line between them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from ixia_config.cli import run
from ixia_connectors.hubspot.sandbox import HubSpotSandbox
from tests.app.place import TOKEN, a_place


@dataclass(frozen=True)
class Ended:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch):
    """No colour, width or token of the machine that runs the tests."""
    for name in ("NO_COLOR", "FORCE_COLOR", "HUBSPOT_SANDBOX_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm")


@pytest.fixture
def ixia(capsys) -> Callable[..., Ended]:
    """Run the command in this process."""

    def call(*arguments: object) -> Ended:
        code = run([str(each) for each in arguments])
        told = capsys.readouterr()
        return Ended(int(code), told.out, told.err)

    return call


@pytest.fixture
def shell() -> Callable[..., subprocess.Popen[bytes]]:
    """Start the command in a process of its own; it is killed at the end."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: object, **more: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "ixia_config.cli", *map(str, arguments)]
        given = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        process = subprocess.Popen(command, **{**given, **more})
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A small configuration, an empty account, and the token in the environment."""
    monkeypatch.setenv("HUBSPOT_SANDBOX_TOKEN", TOKEN)
    with a_place(tmp_path / "repo", HubSpotSandbox()) as place:
        monkeypatch.chdir(place.root)
        yield place


@pytest.fixture
def environ() -> dict[str, str]:
    """The environment for a process."""
    return dict(os.environ)
