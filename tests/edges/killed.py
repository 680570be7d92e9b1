"""Kills a process at every system call that it makes while it writes, and prints what is left.

Run as ``python killed.py file|state|journal FOLDER``. It forks a child per call of the operation;
the child kills itself before that call, with SIGKILL, until one child gets through.
"""

import io
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from ixia_config.edges.disk import atomic_write
from ixia_config.edges.journal import Journal
from ixia_config.edges.lock import Holder, locked
from ixia_config.edges.state import FileState

HOLDER = Holder("ana", 1, "laptop", "2026-11-21T09:00:00Z")


def touches_the_disk(function: object) -> bool:
    """Whether a C function belongs to the operating system or to an open file."""
    owner = getattr(function, "__self__", None)
    return isinstance(owner, io.IOBase) or getattr(owner, "__name__", "") in ("posix", "fcntl")


def deadly(operation: Callable[[], None], fatal_call: int) -> bool:
    """Whether a child that dies at this call died; False when it got through before it."""
    child = os.fork()
    if child == 0:
        calls = 0

        def count(frame, event, argument):
            nonlocal calls
            if event == "c_call" and touches_the_disk(argument):
                calls += 1
                if calls == fatal_call:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.setprofile(count)
        operation()
        sys.setprofile(None)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def at_every_call(prepare: Callable[[], Callable[[], None]], look: Callable[[], str]) -> None:
    """Print what is left after a death at the first call, the second, and so on."""
    fatal_call = 0
    died = True
    while died:
        fatal_call += 1
        died = deadly(prepare(), fatal_call)
        print(look())


def kill_file(folder: Path) -> None:
    path = folder / "file.txt"

    def prepare():
        path.write_text("old" * 1000)
        return lambda: atomic_write(path, "new" * 2000)

    def look() -> str:
        text = path.read_text()
        return {"old" * 1000: "old", "new" * 2000: "new"}.get(text, "torn")

    at_every_call(prepare, look)


def kill_state(folder: Path) -> None:
    state = FileState(folder)

    def write(serial: int) -> None:
        with state.lock(HOLDER) as held:
            held.write(f'{{"n": {serial}}}', serial=serial, expected=serial - 1)

    write(1)
    first = state.path.read_bytes()

    def prepare():
        state.path.write_bytes(first)
        return lambda: write(2)

    def look() -> str:
        with locked(folder / "state.lock", HOLDER):
            stored = state.read()
        return f"{stored.serial} {stored.text}" if stored else "lost"

    at_every_call(prepare, look)
    with state.lock(HOLDER):
        print(sorted(path.name for path in folder.iterdir()))


def kill_journal(folder: Path) -> None:
    journal = Journal(folder)
    path = folder / "runs" / "run.jsonl"

    def prepare():
        path.unlink(missing_ok=True)
        with journal.start("run") as writer:
            writer.append({"n": 1})

        def go_on() -> None:
            with journal.resume("run") as writer:
                writer.append({"n": 2})
                writer.finish({"n": 3})

        return go_on

    def look() -> str:
        history = journal.read("run")
        if not history.finished:
            with journal.resume("run") as writer:
                writer.finish({"n": 0})
        after = journal.read("run")
        return f"{len(history.records)} {history.damage} {after.finished and not after.damage}"

    at_every_call(prepare, look)


if __name__ == "__main__":
    {"file": kill_file, "state": kill_state, "journal": kill_journal}[sys.argv[1]](
        Path(sys.argv[2])
    )
