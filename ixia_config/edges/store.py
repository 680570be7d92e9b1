"""What a use case may ask of a state backend: the same of a folder and of a branch in git.

State and journal live in one place. Reading needs no lock. Writing needs the lock of the target
and environment, which one process has at a time; whoever lost it learns so before its next write.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, Self

from ixia_config.edges.lock import Holder
from ixia_config.engine.state import StateProblem

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """What a backend holds: the state's own text, and the serial that it was saved under."""

    serial: int
    text: str


@dataclass(frozen=True, slots=True)
class History:
    """What a run wrote down.

    ``torn`` says that the last line broke off, which a crash does and which is harmless.
    ``damage`` names a line that was changed afterwards; the records end before it.
    """

    run: str
    records: tuple[Record, ...] = ()
    finished: bool = False
    torn: bool = False
    damage: str = ""


class LeaseLost(StateProblem):
    """The lock is not ours any more, or cannot be proved to be: nothing more may be sent."""


class Unreachable(StateProblem):
    """The place where state lives does not answer; nothing was changed."""


class Unrecorded(StateProblem):
    """The last words of a run, or of a lock, did not arrive: what was done has to be looked up."""


class Run(Protocol):
    """The journal of one run, being written; a failed append is the last one."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *details: object) -> None: ...

    def ahead(self, intents: Sequence[Record]) -> None:
        """Announce the intents to come, in order, so that they can be made durable together.

        A backend over the network writes many of them before the first call. So a history may hold
        many intents before the first outcome: they are matched by the id of the change, and what
        has no outcome may have been called, or not.
        """

    def append(self, record: Record) -> None:
        """Write one record, an announced intent only once; an intent is durable on return."""

    def finish(self, record: Record) -> None:
        """Write the last record, durably with all before it: the run needs no recovery."""

    def close(self) -> None:
        """The run stays open for recovery unless it was finished."""


class Journals(Protocol):
    """The runs of one target and environment; writing them needs its lock."""

    def start(self, run: str) -> Run:
        """The journal of a new run; StateProblem when it cannot be written or exists."""

    def resume(self, run: str) -> Run:
        """The journal of an open run, to go on with: a torn end is cut off first."""

    def read(self, run: str) -> History:
        """What a run wrote down; StateProblem only when it cannot be read at all."""

    def runs(self) -> tuple[str, ...]:
        """Every run, by name; names that begin with the time are in order of time."""

    def open_runs(self) -> tuple[str, ...]:
        """The runs that did not finish: a crash, a kill, or one that is under way."""


class Locked(Protocol):
    """A state while this process holds its lock: the only thing that writes."""

    @property
    def epoch(self) -> int:
        """Counts the holders, so that a write of an earlier one is known and refused."""

    def check(self) -> None:
        """LeaseLost unless the lock is still ours; asked before every call to the target."""

    def read(self) -> Stored | None:
        """What is stored, with what was written under this lock."""

    def write(self, text: str, *, serial: int, expected: int) -> None:
        """Replace the state of serial ``expected`` (0: there is none yet).

        StateProblem when something else is stored, LeaseLost when somebody took the lock. It is
        durable no later than the next intent, the end of the run, or the end of the lock.
        """


class Store(Protocol):
    """The state of one target and environment."""

    @property
    def place(self) -> str:
        """Where it is, in words for people."""

    def read(self) -> Stored | None:
        """What is stored, None before the first write; StateProblem when it cannot be trusted."""

    def prove(self) -> None:
        """StateProblem unless it can be read, and written by this user; writes nothing."""

    def lock(self, holder: Holder) -> AbstractContextManager[Locked]:
        """The right to write; LockHeld says who has it.

        Before it is given, the place has proved that it can be written and the stored state that
        it can be read, so that no remote write happens that could not be recorded.
        """

    def held(self) -> Holder | None:
        """Who has the lock, as far as can be known without asking for it."""

    def steal(self, thief: Holder, *, reason: str) -> Holder | None:
        """Take the lock away from whoever has it, and leave it free; returns who had it.

        Their next write is refused. None where nobody had it.
        """


__all__ = [
    "History",
    "Journals",
    "LeaseLost",
    "Locked",
    "Record",
    "Run",
    "Store",
    "Stored",
    "Unreachable",
    "Unrecorded",
]
