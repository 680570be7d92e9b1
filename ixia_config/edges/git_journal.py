"""The journal on the side branch of the state: many intents in one push, before their calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Self

from ixia_config.edges.git_branch import Snapshot
from ixia_config.edges.git_holding import Holding
from ixia_config.edges.git_state import GitState
from ixia_config.edges.journal import START, Scan, file_name, line_of, names, scan
from ixia_config.edges.store import History, Record, Unrecorded
from ixia_config.engine.state import StateProblem

BATCH = 250  # changes whose intents go ahead in one push
_OPEN, _DONE = "runs/open/", "runs/done/"


class BranchRun:
    """The journal of one run: intents reach the remote before their calls, the rest soon after."""

    def __init__(self, holding: Holding, run: str, *, sequence: int, checksum: str) -> None:
        self._holding = holding
        self._run = run
        self._sequence = sequence
        self._checksum = checksum
        self._announced: list[Record] = []
        self._ahead: list[Record] = []  # written in advance, and not called yet
        self._usable = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()

    def ahead(self, intents: Sequence[Record]) -> None:
        """Announce the intents to come, in order."""
        self._announced = list(intents)

    def append(self, record: Record) -> None:
        """Write one record; an intent is on the remote when this returns."""
        if record in self._ahead:
            self._ahead.remove(record)
        elif record.get("event") == "intent":
            self._write_ahead(record)
        else:
            self._write(record, end=False)

    def finish(self, record: Record) -> None:
        """Write the last record, and have all of them on the remote."""
        self._give_up()
        self._write(record, end=True)
        data = self._holding.content(_OPEN + file_name(self._run))
        self._holding.put(_DONE + file_name(self._run), data)
        self._holding.put(_OPEN + file_name(self._run), None)
        try:
            self._holding.flush()
        except StateProblem as why:
            raise Unrecorded(str(why)) from None

    def close(self) -> None:
        """The run stays open for recovery unless it was finished."""
        if self._usable:
            self._give_up()
        self._usable = False

    def _write_ahead(self, record: Record) -> None:
        """Write the intent, and those that were announced to come after it, in one push."""
        batch = [record]
        if record in self._announced:
            batch = _batch(self._announced[self._announced.index(record) :])
        for each in batch:
            self._write(each, end=False)
        self._usable = False  # what was not pushed must never be followed by a call
        self._holding.flush()
        self._usable = True
        self._ahead = batch[1:]

    def _give_up(self) -> None:
        """Say of what was written in advance that it was not attempted."""
        skipped = [_skipped(change["id"]) for each in self._ahead for change in each["changes"]]
        if skipped:
            self._ahead = []
            self._write({"event": "outcome", "results": skipped}, end=False)

    def _write(self, record: Record, *, end: bool) -> None:
        if not self._usable:
            raise StateProblem(f"the journal of {self._run} is closed")
        text, checksum = line_of(self._sequence, record, previous=self._checksum, end=end)
        self._holding.extend(_OPEN + file_name(self._run), text)
        self._sequence, self._checksum, self._usable = self._sequence + 1, checksum, not end


class BranchJournal:
    """The runs on the branch of a state: ``runs/open`` and ``runs/done``.

    Without the lock, what is read after a list of the runs is as it was when they were listed.
    """

    def __init__(self, state: GitState) -> None:
        self.state = state
        self._listed = Snapshot()

    def start(self, run: str) -> BranchRun:
        """The journal of a new run; StateProblem when it exists or the lock is not ours."""
        name = file_name(run)
        holding = self._holding()
        if {_OPEN + name, _DONE + name} & holding.paths():
            raise StateProblem(f"the run {run} exists already in {self.state.place}")
        holding.put(_OPEN + name, b"")
        return BranchRun(holding, run, sequence=1, checksum=START)

    def resume(self, run: str) -> BranchRun:
        """The journal of an open run, to go on with."""
        holding = self._holding()
        found = self._scan(run, holding)
        if found.history.damage or found.history.finished:
            raise StateProblem(found.history.damage or f"the run {run} is over")
        data = holding.content(_OPEN + file_name(run)) or b""
        holding.put(_OPEN + file_name(run), data[: found.size])
        sequence = len(found.history.records) + 1
        return BranchRun(holding, run, sequence=sequence, checksum=found.checksum)

    def read(self, run: str) -> History:
        """What a run wrote down."""
        return self._scan(run, self.state.holding).history

    def runs(self) -> tuple[str, ...]:
        """Every run, by name."""
        return names(path.removeprefix(_OPEN).removeprefix(_DONE) for path in self._paths())

    def open_runs(self) -> tuple[str, ...]:
        """The runs that did not finish."""
        opened = (path for path in self._paths() if path.startswith(_OPEN))
        return names(path.removeprefix(_OPEN) for path in opened)

    def _holding(self) -> Holding:
        if self.state.holding is None:
            raise StateProblem("a journal is written only under the lock of its state")
        return self.state.holding

    def _paths(self) -> frozenset[str]:
        if self.state.holding is not None:
            return self.state.holding.paths()
        self._listed = self.state.branch().snapshot()
        return frozenset(self._listed.files)

    def _scan(self, run: str, holding: Holding | None) -> Scan:
        paths = [folder + file_name(run) for folder in (_OPEN, _DONE)]
        found = map(holding.content, paths) if holding is not None else self._fetched(paths)
        data = next((data for data in found if data is not None), None)
        if data is None:
            raise StateProblem(f"there is no run {run} in {self.state.place}")
        return scan(run, data, place=f"the journal of {run} in {self.state.place}")

    def _fetched(self, paths: Sequence[str]) -> Iterator[bytes | None]:
        branch = self.state.branch()
        known = any(path in self._listed.files for path in paths)
        seen = self._listed if known else branch.snapshot()
        return (branch.content(seen, path) for path in paths)


def _batch(intents: Sequence[Record]) -> list[Record]:
    """The first intents, up to a number of changes; always one."""
    count, size = 0, 0
    for intent in intents:
        size += len(intent["changes"])
        if count and size > BATCH:
            break
        count += 1
    return list(intents[:count])


def _skipped(change: str) -> dict[str, Any]:
    return {"id": change, "status": "skipped", "remote_id": None, "message": ""}


__all__ = ["BATCH", "BranchJournal", "BranchRun"]
