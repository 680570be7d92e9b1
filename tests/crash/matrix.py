"""The schedules of the crash matrix: which boundary, which disturbance, what must hold after."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ixia_config.exits import Exit
from tests.crash.configuration import STANDING, START, edited, project
from tests.crash.process import Child, Runner, Stop, forked
from tests.crash.world import Account, SharedClock

DISTURBANCES = (
    "none",
    "lost answer",
    "list lag",
    "429",
    "second runner",
    "lock stolen",
    "disk full",
    "torn journal",
    "machine gone",
)
_TRIES = 6
_PATIENCE = 0.5


@dataclass(frozen=True)
class Schedule:
    """A death, or what else happens, at the n-th boundary of one apply."""

    backend: str
    number: int
    boundary: str
    disturbance: str

    def __str__(self) -> str:
        return f"{self.backend} {self.number} ({self.boundary}) {self.disturbance}"


@dataclass(frozen=True)
class Ending:
    """How a schedule ended; ``faults`` is empty where everything holds."""

    schedule: Schedule
    runs: int
    halted: bool
    faults: tuple[str, ...]


class _NotMet(Exception):  # noqa: N818  # says what happened
    """The apply ended before it came to the boundary."""


@dataclass
class Workshop:
    """One account, one repository and its copies, in one folder; for one process."""

    folder: Path
    backend: str
    clock: SharedClock = field(default_factory=SharedClock)

    def __post_init__(self) -> None:
        self.account = Account(self.clock)
        self.root = self.folder / "live" / "repo"
        self.other = self.folder / "live" / "other"
        self.ids = self.account.ask("furnish")
        self._build()

    def close(self) -> None:
        self.account.close()

    def _build(self) -> None:
        """The repository as it stands before the apply that is disturbed."""
        self.root.mkdir(parents=True)
        self._write(START)
        if self.backend == "git":
            _publish(self.folder / "live", self.root)
        # In this process, so that its children find everything loaded.
        before = self.runner().apply(Stop())
        assert before["verified"], before
        assert not self.runner().left()["changes"]
        self.account.ask("people")
        self.account.ask("keep")
        self._write(edited(self.ids))
        self.approved = self.runner().plan()
        self.clock.sleep(60)
        self.begun = self.clock.now()
        if self.backend == "git":
            shutil.copytree(self.root, self.other)
        shutil.copytree(self.folder / "live", self.folder / "base", symlinks=True)

    def _write(self, files: Mapping[str, str]) -> None:
        whole = {**files, "ixia.yaml": project(self.account.url, backend=self.backend)}
        for name, text in whole.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")

    def reset(self, disturbance: str, number: int) -> None:
        """Everything as it was before the apply, the time too."""
        shutil.rmtree(self.folder / "live")
        shutil.copytree(self.folder / "base", self.folder / "live", symlinks=True)
        self.clock.set(self.begun)
        lose = number % 11 + 1 if disturbance == "lost answer" else 0
        pause = 5 if disturbance == "429" else 0
        lag = 25 if disturbance == "list lag" else 0
        self.account.ask("reset", lose=lose, pause=pause, lag=lag)

    def runner(self, root: Path | None = None) -> Runner:
        return Runner(root or self.root, self.clock)

    def boundaries(self) -> tuple[str, ...]:
        """The name of each boundary of an undisturbed apply."""
        self.reset("none", 0)

        def work() -> Mapping[str, Any]:
            stop = Stop(act="count")
            told = self.runner().apply(stop, self.approved)
            return {**told, "seen": stop.seen}

        told = forked(work).answer()
        assert told["verified"], told
        return tuple(told["seen"])

    def play(self, schedule: Schedule) -> Ending | None:
        """Disturb one apply, then run it again until it ends; what holds then.

        None where it ended before that boundary: git is not called equally often each time.
        """
        self.reset(schedule.disturbance, schedule.number)
        before = self.account.ask("dump")["objects"]
        try:
            faults = list(self._disturbed(schedule))
        except _NotMet:
            return None
        runs, halted, left, why = self._again(self.other if _elsewhere(schedule) else self.root)
        after = self.account.ask("dump")["objects"]
        found = (*faults, *why, *judged(before, after, left))
        return Ending(schedule, runs, halted, found)

    def _disturbed(self, schedule: Schedule) -> Iterator[str]:
        act = {"disk full": "full", "second runner": "stop", "lock stolen": "stop"}
        stop = Stop(schedule.number, act.get(schedule.disturbance, "kill"))
        child = forked(lambda: self.runner().apply(stop, self.approved))
        if stop.act == "stop" and child.stopped():
            yield from self._meanwhile(schedule, child)
        told = child.answer()
        if schedule.disturbance == "none" and "died" not in told:
            raise _NotMet
        if told["exit"] == int(Exit.INTERNAL):
            yield f"it crashed: {told.get('why')}"
        if schedule.disturbance == "torn journal":
            _tear(self.root)

    def _meanwhile(self, schedule: Schedule, child: Child) -> Iterator[str]:
        """What another runner does while this one stands still."""
        if schedule.disturbance == "second runner":
            other = self.other if self.backend == "git" else self.root
            told = forked(lambda: self.runner(other).apply(Stop())).answer()
            nameless = schedule.boundary in _BEFORE_THE_NAME
            said = nameless or "since" in str(told.get("why"))
            if told["exit"] == int(Exit.LOCKED) and not said:
                yield f"the loser does not say since when: {told.get('why')}"
            if schedule.number % 2:
                child.kill()
            else:
                child.go_on()
            return
        thief = forked(self.runner().steal)
        thief.ready(_PATIENCE)  # it waits where the victim stands in the middle of its own note
        child.go_on()
        told = thief.answer()
        if told.get("exit") == int(Exit.INTERNAL):
            yield f"the theft failed: {told.get('why')}"

    def _again(self, root: Path) -> tuple[int, bool, Mapping[str, Any], list[str]]:
        """Run until it ends well, deciding as a person where it halts with the choices."""
        halted, why = False, ""
        for number in range(1, _TRIES + 1):
            told = forked(self.runner(root).finish).answer()
            if told["verified"]:
                return number, halted, told["left"], []
            why = str(told.get("why") or told)
            if told["exit"] == int(Exit.RECOVERY):
                halted = True
                if "ixia recover" not in why:
                    return number, halted, {}, [f"it halts without naming choices: {why}"]
                forked(self.runner(root).decide).answer()
            self.clock.sleep(60)
        return _TRIES, halted, {}, [f"after {_TRIES} runs: {why}"]


_BEFORE_THE_NAME = ("disk pwrite", "disk ftruncate")
"""The instant in which a lock is held and its holder has not yet said who that is."""


def _elsewhere(schedule: Schedule) -> bool:
    return schedule.disturbance == "machine gone"


def judged(
    before: Mapping[str, Any], after: Mapping[str, Any], left: Mapping[str, Any]
) -> Iterator[str]:
    """What is wrong with the account and the state in the end."""
    yield from _standing(after)
    yield from _untouched(before, after)
    if left.get("changes"):
        yield f"a plan still wants {left['changes']}"
    if left.get("open"):
        yield f"runs are open: {left['open']}"
    yield from _bound(after, left.get("bound", {}))


def _rows(objects: Mapping[str, Any], table: str) -> dict[str, Any]:
    return {key.partition("/")[2]: row for key, row in objects.items() if key.startswith(table)}


def _standing(after: Mapping[str, Any]) -> Iterator[str]:
    """No duplicate, nothing missing, nothing too much."""
    pipelines, stages = _rows(after, "pipelines"), _rows(after, "stages")
    found = Counter()
    for key, row in pipelines.items():
        own = [each for each in stages.values() if each["pipeline"] == key]
        own.sort(key=lambda each: each["position"])
        found[row["name"], tuple(each["name"] for each in own)] += 1
    if found != Counter(STANDING):
        yield f"the account holds {sorted(found)}"
    records = Counter(stages[row["stage"]]["name"] for row in _rows(after, "records").values())
    if records != {"New": 4}:
        yield f"records stand on {dict(records)}"


def _untouched(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """Colours, notes and names of records, and everything of somebody else, are as before."""
    foreign = {key for key, row in before.items() if row["name"] == "Somebody else's"}
    ids = {key.partition("/")[2] for key in foreign}
    foreign |= {key for key, row in before.items() if row.get("pipeline") in ids}
    for key, row in before.items():
        if key not in after:
            if row["name"] != "Talking":
                yield f"{key} ({row['name']}) is gone"
        elif key in foreign and after[key] != row:
            yield f"{key} of somebody else is {after[key]}"
        else:
            held = {name: row[name] for name in ("colour", "note") if name in row}
            now = {name: after[key].get(name) for name in held}
            if held != now:
                yield f"{key} had {held} and has {now}"


def _bound(after: Mapping[str, Any], bound: Mapping[str, str]) -> Iterator[str]:
    """Every policy and every stage is bound to an object that is there, one each."""
    ids = {key.partition("/")[2] for key in after}
    lost = {address for address, remote_id in bound.items() if remote_id not in ids}
    if lost:
        yield f"bound to nothing: {sorted(lost)}"
    wanted = sum(1 + len(stages) for name, stages in STANDING if name != "Somebody else's")
    if len(set(bound.values())) != wanted or len(bound) != wanted:
        yield f"{len(bound)} addresses are bound to {len(set(bound.values()))} of {wanted} objects"


def _tear(root: Path) -> None:
    """Cut the last line of the newest journal, as a power cut before its fsync does."""
    runs = sorted((root / ".ixia").rglob("*.jsonl"))
    if not runs:
        return
    data = runs[-1].read_bytes()
    start = data.rstrip(b"\n").rfind(b"\n") + 1
    os.truncate(runs[-1], start + (len(data) - start) // 2)


def _publish(folder: Path, root: Path) -> None:
    """Make the repository a clone of a bare one beside it."""
    remote = folder / "remote.git"
    _git(folder, "init", "--quiet", "--bare", "--template=", "--initial-branch=main", str(remote))
    _git(root, "init", "--quiet", "--template=", "--initial-branch=main")
    _git(root, "remote", "add", "origin", "../remote.git")
    _git(root, "commit", "--quiet", "--allow-empty", "-m", "Start")
    _git(root, "push", "--quiet", "origin", "main")


def _git(folder: Path, *arguments: str) -> None:
    settings = ("-c", "user.name=Ana", "-c", "user.email=ana@acme.example")
    subprocess.run(["git", *settings, *arguments], cwd=folder, check=True, capture_output=True)


def schedules(backend: str, boundaries: Sequence[str]) -> Iterator[Schedule]:
    """A kill at every boundary, and the other disturbances at every boundary or each so many."""
    for number, boundary in enumerate(boundaries, 1):
        for place, disturbance in enumerate(DISTURBANCES):
            here = (number + place) % _EACH[backend].get(disturbance, 1) == 0
            if here and _sensible(backend, boundary, disturbance):
                yield Schedule(backend, number, boundary, disturbance)


_EACH: Mapping[str, Mapping[str, int]] = {
    "file": {"429": 2, "second runner": 2, "lock stolen": 2},
    "git": {each: 5 for each in DISTURBANCES if each != "none"},
}
"""A run on git takes three times as long, so other things than kills happen at each fifth place."""


def _sensible(backend: str, boundary: str, disturbance: str) -> bool:
    match disturbance:
        case "disk full":
            return boundary.startswith(("disk", "file", "git fork"))
        case "torn journal":
            return backend == "file" and boundary == "disk fsync"
        case "machine gone":
            return backend == "git"
        case _:
            return True
