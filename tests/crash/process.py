"""One run of a command in a process of its own, which can be stopped at any boundary."""

from __future__ import annotations

import io
import json
import os
import resource
import select
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ixia_config.app import check, open_session
from ixia_config.app.applying import Order, apply, exit_of
from ixia_config.app.planning import plan
from ixia_config.app.recovering import look, recover
from ixia_config.app.refusal import Refusal
from ixia_config.edges.clock import Clock
from ixia_config.edges.lock import this_process
from ixia_config.engine.recover import Choices
from ixia_config.exits import Exit
from ixia_config.model import Plan, Report
from ixia_config.testing.connectors.reference import TOKEN, Reference
from tests.crash.world import SharedClock

DISK = frozenset({"fsync", "ftruncate", "mkdir", "open", "pwrite", "rename", "replace", "write"})
_WIRE = frozenset({"connect", "recv", "recv_into", "send", "sendall"})
_FILE = frozenset({"flush", "write"})
_GIT = frozenset({"fork_exec", "waitpid"})


def boundary(function: object) -> str:
    """The name of a call that leaves the process, empty for every other one."""
    owner, name = getattr(function, "__self__", None), getattr(function, "__name__", "")
    if isinstance(owner, socket.SocketType) or type(owner).__name__ == "socket":
        return f"http {name}" if name in _WIRE else ""
    if isinstance(owner, io.IOBase):
        return f"file {name}" if name in _FILE else ""
    module = getattr(owner, "__name__", "")
    if name in _GIT:
        return f"git {name}"
    if module == "fcntl" or (module == "posix" and (name in DISK or name == "unlink")):
        return f"disk {name}"
    return ""


@dataclass
class Stop:
    """What to do at the n-th boundary of an apply."""

    number: int = 0
    act: str = "kill"  # kill | stop | full | count
    seen: list[str] = field(default_factory=list)

    def profile(self, frame: object, event: str, function: object) -> None:
        if event != "c_call" or not (name := boundary(function)):
            return
        self.seen.append(name)
        if len(self.seen) != self.number:
            return
        if self.act == "full":
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        else:
            sending = signal.SIGKILL if self.act == "kill" else signal.SIGSTOP
            os.kill(os.getpid(), sending)


@dataclass(frozen=True)
class Runner:
    """Runs commands on one clone."""

    root: Path
    clock: SharedClock

    def session(self) -> Any:
        now = Clock(
            now=lambda: datetime.fromtimestamp(self.clock.now(), UTC), monotonic=self.clock.now
        )
        return open_session(
            check(self.root, environment="sandbox", today=date(2026, 11, 22)),
            environment="sandbox",
            environ={"CRASH_TOKEN": TOKEN},
            clock=now,
            sleep=self.clock.sleep,
            connector=Reference(),
        )

    def plan(self) -> Plan:
        """A plan to be approved."""
        with self.session() as session:
            return plan(session)

    def apply(self, stop: Stop, approved: Plan | None = None) -> Mapping[str, Any]:
        """Apply a plan, or one made now; the boundaries are those of the apply."""
        try:
            with self.session() as session:
                made = approved or plan(session)
                asked = [each.approve for each in made.verdicts if each.approve]
                approvals = tuple(f"{each}@{made.digest[:6]}" for each in asked)
                order = Order(made, lambda result, number, total: None, approvals)
                sys.setprofile(stop.profile if stop.number or stop.act == "count" else None)
                try:
                    report = apply(session, order)
                finally:
                    sys.setprofile(None)
                return {
                    "exit": int(exit_of(report)),
                    "verified": bool(report.verified),
                    "why": report.problem or _said(report),
                }
        except Refusal as refusal:
            return {"exit": int(refusal.exit), "verified": False, "why": str(refusal)}

    def finish(self) -> Mapping[str, Any]:
        """Apply, and where that ended well say what is left."""
        told = self.apply(Stop())
        return {**told, "left": self.left()} if told["verified"] else told

    def left(self) -> Mapping[str, Any]:
        """What a plan still wants, what is bound, and which runs are open."""
        with self.session() as session:
            made = plan(session)
            bound = {str(each): to.remote_id for each, to in session.state().bindings.items()}
            return {
                "changes": [each.id for each in made.changes],
                "bound": bound,
                "open": list(session.journal.open_runs()),
            }

    def decide(self) -> Mapping[str, Any]:
        """Take the choices that a recovery names: bind the only candidate, else not made."""
        with self.session() as session:
            doubts = look(session).doubts
            bind = {each.intent.address: each.candidates[0].remote_id for each in doubts}
            recover(session, Choices(bind=bind))
            return {"decided": len(bind)}

    def steal(self) -> Mapping[str, Any]:
        """Take the lock away."""
        with self.session() as session:
            thief = this_process(now=session.clock.now(), doing="ixia lock steal")
            victim = session.store.steal(thief, reason="the matrix")
            return {"victim": victim is not None}


def _said(report: Report) -> str:
    """What the changes say that did not end well, and what the read-back found."""
    messages = [f"{each.change.id}: {each.message}" for each in report.results if each.message]
    return "; ".join([*messages, *(f"left: {each.id}" for each in report.remaining)])


@dataclass
class Child:
    """A forked process and the pipe that it answers on."""

    pid: int
    reading: int
    ended: bool = False

    def answer(self) -> Mapping[str, Any]:
        """What it said before it ended; ``died`` where it said nothing."""
        with os.fdopen(self.reading) as told:
            text = told.read()
        if not self.ended:
            os.waitpid(self.pid, 0)
        return json.loads(text) if text else {"died": True, "exit": -9, "verified": False}

    def stopped(self) -> bool:
        """Wait until it stops itself (True) or ends."""
        _, status = os.waitpid(self.pid, os.WUNTRACED)
        self.ended = not os.WIFSTOPPED(status)
        return not self.ended

    def ready(self, seconds: float) -> bool:
        """Whether it has answered within so many seconds."""
        return bool(select.select([self.reading], [], [], seconds)[0])

    def go_on(self) -> None:
        """Let it run again."""
        os.kill(self.pid, signal.SIGCONT)

    def kill(self) -> None:
        """End it at once."""
        os.kill(self.pid, signal.SIGKILL)


def forked(work: Callable[[], Mapping[str, Any]]) -> Child:
    """Do the work in a child of this process."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Child(pid, reading)
    os.close(reading)
    try:
        told = json.dumps(work())
    except BaseException as error:
        told = json.dumps(_crash(error))
    with suppress(BaseException):
        os.write(writing, told.encode())
    os._exit(0)


def _crash(error: BaseException) -> Mapping[str, Any]:
    """An error that nobody caught, and where it was raised."""
    last = traceback.extract_tb(error.__traceback__)[-4:]
    place = " < ".join(f"{Path(each.filename).name}:{each.lineno}" for each in reversed(last))
    why = f"{type(error).__name__}: {error} ({place})"
    return {"exit": int(Exit.INTERNAL), "verified": False, "why": why}
