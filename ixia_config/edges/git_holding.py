"""Holding the lease of a side branch: writes gather here, and every push is a sign of life."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from ixia_config.edges import git_lease
from ixia_config.edges.clock import Clock, stamp
from ixia_config.edges.git_branch import Branch, Snapshot
from ixia_config.edges.git_lease import Lease, Term
from ixia_config.edges.lock import FileLock
from ixia_config.edges.state import lost
from ixia_config.edges.store import LeaseLost, Unreachable, Unrecorded
from ixia_config.engine.state import StateProblem

LEASE = "lease.json"
_TRIES = 5
_PAUSES = (0.5, 2.0)


@dataclass(frozen=True, slots=True)
class Claim:
    """A lease as it was won: the branch, what it held, and the lease's place and time."""

    branch: Branch
    seen: Snapshot  # before the claim
    commit: str  # the claim
    lease: Lease
    local: FileLock
    began: float  # when the claim was sent, by the holder's own clock


class Holding:
    """The files of a branch while this process has its lease.

    What is put here is read back at once, and is on the remote after ``flush``. One thread works;
    another gives the signs of life.
    """

    def __init__(
        self, claim: Claim, *, clock: Clock, sleep: Callable[[float], None], term: Term
    ) -> None:
        self._claim = claim
        self._clock = clock
        self._sleep = sleep
        self._term = term
        self._lease = claim.lease
        self._tip = claim.commit
        self._attempted = {claim.commit}
        self._renewed = claim.began
        self._lost = ""
        self._failing = ""
        self._told = False  # whoever works here knows that it cannot go on
        self._written: dict[str, bytearray | None] = {}
        self._unsent: dict[str, int] = {}  # path: number of the change that is still to be sent
        self._changes = 0
        self._pushes = 0
        self._files = threading.Lock()
        self._pushing = threading.Lock()
        self._ended = threading.Event()

    @property
    def epoch(self) -> int:
        """The number of this holder."""
        return self._lease.signature.epoch

    def paths(self) -> frozenset[str]:
        """The files that there are."""
        with self._files:
            gone = {path for path, data in self._written.items() if data is None}
            return (frozenset(self._claim.seen.files) | self._written.keys()) - gone

    def content(self, path: str) -> bytes | None:
        """The bytes of a file, None where there is none."""
        with self._files:
            if path in self._written:
                data = self._written[path]
                return None if data is None else bytes(data)
        return self._claim.branch.content(self._claim.seen, path)

    def put(self, path: str, data: bytes | None) -> None:
        """Replace a file; None takes it away."""
        with self._files:
            self._written[path] = None if data is None else bytearray(data)
            self._note(path)

    def extend(self, path: str, data: bytes) -> None:
        """Add to the end of a file that was put here."""
        with self._files:
            existing = self._written[path]
            if existing is None:
                raise StateProblem(f"{path} was taken away")
            existing += data
            self._note(path)

    def _note(self, path: str) -> None:
        self._changes += 1
        self._unsent[path] = self._changes

    def check(self) -> None:
        """LeaseLost unless the lease is ours; a late sign of life is given first."""
        with self._telling():
            self._own()
            if self._age() < self._term.beats:
                return
            try:
                self._push()
            except Unreachable:
                self._trusted()

    def flush(self) -> None:
        """Have everything on the remote; LeaseLost or Unreachable where that cannot be."""
        with self._telling():
            self._flush(free=False)

    def _flush(self, *, free: bool) -> None:
        for pause in _PAUSES:
            try:
                self._push(free=free)
            except Unreachable:
                self._trusted()
                self._sleep(pause)
            else:
                return
        self._push(free=free)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Give signs of life as long as this lasts, then push what is left and free the lease."""
        beating = threading.Thread(target=self._beat, name="ixia lease", daemon=True)
        beating.start()
        try:
            yield
        except BaseException:
            self._stop(beating)
            with suppress(StateProblem):
                self._flush(free=True)
            raise
        self._stop(beating)
        try:
            self._flush(free=True)
        except StateProblem as why:
            # Without anything unsent, all is stored and the lease is over by itself.
            if self._unsent and not self._told:
                raise Unrecorded(str(why)) from None

    def _stop(self, beating: threading.Thread) -> None:
        self._ended.set()
        beating.join()

    def _beat(self) -> None:
        pushes = self._pushes
        while not self._ended.wait(self._term.beats):
            if pushes == self._pushes:
                with suppress(Unreachable):  # the next check finds out how old the last sign is
                    try:
                        self._push()
                    except LeaseLost:
                        return
            pushes = self._pushes

    def _age(self) -> float:
        return self._clock.monotonic() - self._renewed

    def _own(self) -> None:
        if not self._lost and not self._claim.local.ours():
            self._lost = lost(self._claim.local.signature().stolen)
        if self._lost:
            raise LeaseLost(self._lost)

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except StateProblem:
            self._told = True
            raise

    def _trusted(self) -> None:
        age = self._age()
        if age >= self._term.trusted:
            told = f"the lock could not be renewed for {age:.0f} seconds"
            raise LeaseLost(f"{told}: {self._failing}")

    def _push(self, *, free: bool = False) -> None:
        """One push of what is unsent; the lease goes with it, renewed or freed."""
        with self._pushing:
            self._own()
            with self._files:
                sending = dict(self._unsent)
                files = {path: _frozen(self._written[path]) for path in sending}
            try:
                self._sent(files, free=free)
            except Unreachable as why:
                self._failing = str(why)
                raise
            with self._files:
                for path, change in sending.items():
                    if self._unsent[path] == change:
                        del self._unsent[path]

    def _sent(self, files: dict[str, bytes | None], *, free: bool) -> None:
        for _ in range(_TRIES):
            began = self._clock.monotonic()
            lease = git_lease.freed(self._lease) if free else self._renewal()
            content = {**files, LEASE: git_lease.dump(lease)}
            commit = self._claim.branch.commit(self._tip, content, self._message(files, free=free))
            self._attempted.add(commit)
            if self._landed(commit):
                self._tip, self._lease, self._renewed = commit, lease, began
                self._pushes += 1
                return
        raise Unreachable(f"{self._claim.branch.side} does not take what is pushed to it")

    def _renewal(self) -> Lease:
        return replace(self._lease, renewed=stamp(self._clock.now()), beat=self._lease.beat + 1)

    def _message(self, files: dict[str, bytes | None], *, free: bool) -> str:
        about = ", ".join(sorted(files)) or ("unlock" if free else "sign of life")
        holder = self._claim.lease.holder
        doing = holder.doing if holder else ""
        return f"{about} ({doing})\n\n[skip ci]\n"

    def _landed(self, commit: str) -> bool:
        """Push; False where an earlier push of ours turns out to have landed, to build on."""
        branch = self._claim.branch
        if branch.push(commit, expected=self._tip):
            return True
        found = branch.tip()
        if found == commit:
            return True
        if found not in self._attempted:
            self._lost = self._thief()
            raise LeaseLost(self._lost)
        self._tip = found
        return False

    def _thief(self) -> str:
        """Who has the branch now, in words."""
        branch = self._claim.branch
        try:
            lease = git_lease.load(branch.content(branch.snapshot(), LEASE), str(branch.side))
        except StateProblem:
            return lost("")
        if lease.signature.stolen:
            return lost(lease.signature.stolen)
        return f"the lock was taken over by {lease.holder or 'somebody'}"


def _frozen(data: bytearray | None) -> bytes | None:
    return None if data is None else bytes(data)


__all__ = ["LEASE", "Claim", "Holding"]
