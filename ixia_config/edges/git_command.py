"""Runs git so that it asks nothing, runs no hook, waits for nobody and touches no working tree."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ixia_config.edges.store import Unreachable

_QUICK = 20.0  # seconds for what stays on this machine
NETWORK = 20.0  # seconds for one question to the remote, or one push

# What a hook or an alias that runs us has set would lead us to its repository, not to ours.
_REPOSITORY = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_QUARANTINE_PATH",
    "GIT_SHALLOW_FILE",
)
_SETTINGS = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "transfer.fsckObjects=true",
    "push.gpgSign=false",
    "push.followTags=false",
    "push.recurseSubmodules=no",
    "fetch.recurseSubmodules=no",
    "fetch.prune=false",
)
_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+@")


@dataclass(frozen=True, slots=True)
class Ran:
    """How a git command ended: its exit code, what it printed, and what it complained of."""

    code: int
    out: bytes
    complaint: str

    @property
    def text(self) -> str:
        """What it printed, without the spaces around."""
        return self.out.decode("utf-8", "replace").strip()


@dataclass(frozen=True, slots=True)
class Git:
    """Git in one folder; with ``repository`` it works on that bare repository."""

    folder: Path
    repository: Path | None = None

    def try_(
        self,
        *arguments: str,
        stdin: bytes = b"",
        seconds: float = _QUICK,
        more: Mapping[str, str] | None = None,
    ) -> Ran:
        """Run a command to its end; Unreachable where git is missing or takes too long."""
        command = ["git"]
        command += [f"--git-dir={self.repository}"] if self.repository else []
        command += [part for setting in _SETTINGS for part in ("-c", setting)]
        return _ran([*command, *arguments], self.folder, _environment(more or {}), stdin, seconds)

    def run(self, *arguments: str, stdin: bytes = b"", seconds: float = _QUICK) -> Ran:
        """Run a command that should succeed; Unreachable with git's own words where it fails."""
        ran = self.try_(*arguments, stdin=stdin, seconds=seconds)
        if ran.code != 0:
            raise Unreachable(failure(ran, arguments[0]))
        return ran


def failure(ran: Ran, verb: str) -> str:
    """Why a command failed, in git's words, on one line."""
    refused = [line for line in ran.text.splitlines() if line.startswith("!")]
    lines = [" ".join(line.split()) for line in (*refused, *ran.complaint.splitlines()) if line]
    told = [line.removeprefix("fatal: ").removeprefix("error: ") for line in lines]
    return f"git {verb}: {'; '.join(told[:3]) or f'ended with {ran.code}'}"


def _ran(
    command: list[str], folder: Path, environ: Mapping[str, str], stdin: bytes, seconds: float
) -> Ran:
    """Run it in a session of its own: nothing can ask at the terminal, and Ctrl-C is ours."""
    try:
        process = subprocess.Popen(  # noqa: S603  # fixed arguments, no shell
            command,
            cwd=folder,
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except FileNotFoundError:
        raise Unreachable("git is not installed, or the folder is gone") from None
    except OSError as error:
        raise Unreachable(f"git cannot be run: {error.strerror}") from None
    with process:
        try:
            out, complaint = process.communicate(stdin, timeout=seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            raise Unreachable(f"git did not end within {seconds:g} seconds") from None
        except BaseException:
            _end(process)
            raise
    told = _CREDENTIALS.sub("", complaint.decode("utf-8", "replace"))
    return Ran(process.returncode, out, told)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git and the programs that it started, which hold its pipes open."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    """The user's own, which has their credentials, without prompts and doubtful transports."""
    kept = {name: value for name, value in os.environ.items() if name not in _REPOSITORY}
    ours = {
        "GIT_TERMINAL_PROMPT": "0",
        "GCM_INTERACTIVE": "never",
        "GIT_ALLOW_PROTOCOL": "file:https:ssh",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "LC_ALL": "C",
    }
    return {**kept, **ours, **more}


__all__ = ["NETWORK", "Git", "Ran", "failure"]
