"""State on a side branch of a git remote: read at one commit, written by push under a lease."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from ixia_config.edges import git_lease
from ixia_config.edges.clock import Clock, system_clock
from ixia_config.edges.disk import PRIVATE, atomic_write, private_folder
from ixia_config.edges.git_branch import Branch, Side, Snapshot, folder_of, open_branch
from ixia_config.edges.git_holding import LEASE, Claim, Holding
from ixia_config.edges.git_lease import Lease, Term
from ixia_config.edges.lock import FileLock, Holder, LockHeld, holder_of, locked
from ixia_config.edges.lock import steal as steal_file
from ixia_config.edges.state import follows, framed, verified
from ixia_config.edges.store import Stored
from ixia_config.engine.state import StateProblem

STATE = "state.json"
_TRIES = 5


class GitState:
    """The state of one target and environment, on a branch of its own."""

    def __init__(
        self,
        side: Side,
        *,
        clock: Clock | None = None,
        sleep: Callable[[float], None] = time.sleep,
        term: Term | None = None,
    ) -> None:
        self.side = side
        self._clock = clock or system_clock()
        self._sleep = sleep
        self._term = term or Term()
        self.holding: Holding | None = None  # while this process has the lock
        self._branch: Branch | None = None

    @property
    def place(self) -> str:
        """Where it is, in words for people."""
        return str(self.side)

    def read(self) -> Stored | None:
        """What is stored, with what was written under the lock of this process."""
        if self.holding is not None:
            return _stored(self.holding.content(STATE), self.place)
        branch = self.branch()
        return _stored(branch.content(branch.snapshot(), STATE), self.place)

    def branch(self) -> Branch:
        """The branch, ready to be asked."""
        if self._branch is None:
            self._branch = open_branch(self.side)
        return self._branch

    def prove(self) -> None:
        """StateProblem unless the branch can be read and this user may push to it."""
        branch = self.branch()
        seen = branch.snapshot()
        _stored(branch.content(seen, STATE), self.place)
        branch.rehearse(seen.commit)

    @contextmanager
    def lock(self, holder: Holder) -> Iterator[LockedBranch]:
        """The right to write; LockHeld names another holder, on this machine or any other."""
        with ExitStack() as stack:
            branch = self.branch()
            try:
                private_folder(self._local.parent)
                local = stack.enter_context(locked(self._local, holder))
            except OSError as error:
                raise StateProblem(f"cannot write {self._local}: {error.strerror}") from None
            claim = self._claimed(branch, holder, local)
            holding = Holding(claim, clock=self._clock, sleep=self._sleep, term=self._term)
            stack.enter_context(self._holding(holding))
            yield LockedBranch(self.place, holding)

    @contextmanager
    def _holding(self, holding: Holding) -> Iterator[None]:
        self.holding = holding
        try:
            with holding.kept():
                yield
        finally:
            self.holding = None

    def held(self) -> Holder | None:
        """Who has the lock, by the branch's own word; they may have died since."""
        branch = self.branch()
        return self._lease(branch, branch.snapshot()).holder

    def steal(self, thief: Holder, *, reason: str) -> Holder | None:
        """Free the lock on the branch and on this machine; the victim's next push is refused."""
        victim = self._steal_there(f"{thief.who} on {thief.host} at {thief.since}: {reason}")
        if holder_of(self._local) is None:
            return victim
        return steal_file(self._local, thief, reason=reason) or victim

    def _steal_there(self, told: str) -> Holder | None:
        branch = self.branch()
        for _ in range(_TRIES):
            seen = branch.snapshot()
            lease = self._lease_or_wreck(branch, seen)
            if lease is not None and lease.holder is None:
                return None
            files = {LEASE: git_lease.dump(git_lease.freed(lease or Lease(), stolen=told))}
            commit = branch.commit(seen.commit, files, f"Take the lock away\n\n{told}\n[skip ci]\n")
            if branch.push(commit, expected=seen.commit):
                return lease.holder if lease else None
        raise StateProblem(f"{self.place} changes faster than it can be written")

    def _lease_or_wreck(self, branch: Branch, seen: Snapshot) -> Lease | None:
        try:
            return self._lease(branch, seen)
        except StateProblem:
            return None

    def _lease(self, branch: Branch, seen: Snapshot) -> Lease:
        data = branch.content(seen, LEASE, largest=git_lease.LARGEST)
        return git_lease.load(data, self.place)

    def _claimed(self, branch: Branch, holder: Holder, local: FileLock) -> Claim:
        """Win the lease, or LockHeld; what is stored has been read by then."""
        token = git_lease.token_of(local.path, secrets.token_hex(8))
        dead, living = self._tokens(token), ""
        for _ in range(_TRIES):
            seen = branch.snapshot()
            _stored(branch.content(seen, STATE), self.place)
            lease = self._lease(branch, seen)
            began = self._clock.monotonic()
            if lease.token == token:  # an earlier try landed, whatever git said of it
                return Claim(branch, seen, seen.commit, lease, local, began)
            if lease.holder is not None and lease.token not in dead:
                if lease.token == living:
                    raise LockHeld(lease.holder)
                if self._moved(branch, seen, lease):
                    living = lease.token
                    continue
                began = self._clock.monotonic()
            if lease.unnoticed:
                # The victim learns of it with its next sign of life; a call may be on its way.
                self._sleep(self._term.notices)
                began = self._clock.monotonic()
            won = self._lease_of(lease, holder, token)
            files = {LEASE: git_lease.dump(won)}
            commit = branch.commit(seen.commit, files, f"Lock for {holder}\n\n[skip ci]\n")
            if branch.push(commit, expected=seen.commit):
                return Claim(branch, seen, commit, won, local, began)
        raise LockHeld(self._lease(branch, branch.snapshot()).holder)

    def _lease_of(self, before: Lease, holder: Holder, token: str) -> Lease:
        now = self._clock.now()
        return git_lease.claimed(before, holder, token=token, now=now, term=self._term)

    def _moved(self, branch: Branch, seen: Snapshot, lease: Lease) -> bool:
        """Watch a lease that looks abandoned for as long as it lasts: whether it still lives."""
        if not lease.over(self._clock.now()):
            raise LockHeld(lease.holder)
        began = self._clock.monotonic()
        while self._clock.monotonic() - began < max(self._term.lasts, lease.lasts):
            self._sleep(self._term.beats)
            if branch.tip() != seen.commit:
                return True
        return False

    def _tokens(self, token: str) -> frozenset[str]:
        """The tokens of earlier holders on this machine, whose processes are dead.

        They are dead since this one has their lock file; a copy of it has other tokens.
        """
        path = self._local.with_suffix(".tokens")
        try:
            known = path.read_text("utf-8").split()[-2:]
        except (OSError, UnicodeDecodeError):
            known = []
        try:
            atomic_write(path, "\n".join([*known, token]), mode=PRIVATE)
        except OSError as error:
            raise StateProblem(f"cannot write {path}: {error.strerror}") from None
        here = token.partition("-")[2]
        return frozenset(each for each in known if each.partition("-")[2] == here)

    @property
    def _local(self) -> Path:
        return folder_of(self.side.root) / "ixia" / f"{self.side.name}.lock"


@dataclass(frozen=True, slots=True)
class LockedBranch:
    """The state on a branch while this process has its lease."""

    place: str
    holding: Holding

    @property
    def epoch(self) -> int:
        """The number of this holder."""
        return self.holding.epoch

    def check(self) -> None:
        """LeaseLost unless the lease is ours and fresh enough for one more call."""
        self.holding.check()

    def read(self) -> Stored | None:
        """What is stored, with what was written under this lock."""
        return _stored(self.holding.content(STATE), self.place)

    def write(self, text: str, *, serial: int, expected: int) -> None:
        """Replace the state; it is on the remote with the next push."""
        self.holding.check()
        new = Stored(serial, text)
        follows(self.read(), new, expected=expected, place=f"the state in {self.place}")
        self.holding.put(STATE, framed(new).encode())


def _stored(data: bytes | None, place: str) -> Stored | None:
    if data is None:
        return None
    stored = verified(data)
    if stored is None:
        raise StateProblem(
            f"the state in {place} is damaged or was edited by hand; put an earlier version back"
            " from the branch's history, then plan: what exists is found again by id and title"
        )
    return stored


__all__ = ["GitState", "LockedBranch"]
