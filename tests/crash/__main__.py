"""Runs the crash matrix and writes ``docs/reliability.md`` (`make crash-matrix`)."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from queue import Queue
from typing import Any

from tests.crash.matrix import Ending, Schedule, Workshop, schedules
from tests.crash.page import PAGE, page

MEMORY = Path("/dev/shm")


def ending(row: dict[str, Any]) -> Ending:
    """An ending as a worker told it."""
    return Ending(
        **{**row, "schedule": Schedule(**row["schedule"]), "faults": tuple(row["faults"])}
    )


def played(backend: str, share: int, shares: int, every: int, done: set[str]) -> Iterator[Ending]:
    """This share of the schedules, one after another, on an account of its own."""
    place = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="ixia-crash-", dir=place) as folder:
        workshop = Workshop(Path(folder), backend)
        try:
            chosen = tuple(schedules(backend, workshop.boundaries()))[::every]
            ours = (each for each in chosen if each.number % shares == share)
            endings = map(workshop.play, (each for each in ours if str(each) not in done))
            yield from (each for each in endings if each is not None)
        finally:
            workshop.close()


def recorded(record: Path | None) -> list[Ending]:
    """What an earlier run found, which was stopped."""
    if record is None or not record.exists():
        return []
    return [ending(json.loads(line)) for line in record.read_text("utf-8").splitlines()]


def matrix(
    backends: Sequence[str], *, jobs: int, every: int, record: Path | None
) -> Iterator[Ending]:
    """All schedules, in so many processes; whoever answers first is told first."""
    told: Queue[Ending | int] = Queue()
    for backend in backends:
        for share in range(jobs):
            work = (_command(backend, share, jobs, every, record), told)
            threading.Thread(target=_listen, args=work, daemon=True).start()
    running = jobs * len(backends)
    while running:
        each = told.get()
        if isinstance(each, Ending):
            yield each
            continue
        running -= 1
        if each:
            raise SystemExit(f"a worker of the matrix ended with {each}")


def _command(backend: str, share: int, jobs: int, every: int, record: Path | None) -> list[str]:
    command = [sys.executable, "-m", "tests.crash", "--worker", backend, "--every", str(every)]
    command += ["--share", str(share), "--jobs", str(jobs)]
    return command if record is None else [*command, "--record", str(record)]


def _listen(command: Sequence[str], told: Queue[Ending | int]) -> None:
    """Start a worker and pass on what it says; its exit code comes last."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        for line in worker.stdout or ():
            told.put(ending(json.loads(line)))
    told.put(worker.returncode)


def main() -> int:
    """Run it, and write the page unless only a sample was asked for."""
    arguments = _arguments()
    if arguments.worker:
        done = {str(each.schedule) for each in recorded(arguments.record)}
        share = (arguments.share, arguments.jobs, arguments.every)
        for each in played(arguments.worker, *share, done):
            print(json.dumps(asdict(each)), flush=True)
        return 0
    endings = recorded(arguments.record)
    run = {"jobs": arguments.jobs, "every": arguments.every, "record": arguments.record}
    for each in matrix(arguments.backends, **run):
        endings.append(each)
        _keep(arguments.record, each)
        if each.faults:
            print(each.schedule, *each.faults, sep="\n  ", flush=True)
        elif len(endings) % 100 == 0:
            print(f"{len(endings)} schedules", flush=True)
    failed = sum(bool(each.faults) for each in endings)
    print(f"{len(endings)} schedules, {failed} with a fault")
    if not arguments.sample:
        PAGE.write_text(page(endings), "utf-8")
    return 1 if failed else 0


def _keep(record: Path | None, each: Ending) -> None:
    if record is not None:
        with record.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(each)) + "\n")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.crash")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--every", type=int, default=1, help="only each so many schedules")
    parser.add_argument("--backends", nargs="+", default=["file", "git"])
    parser.add_argument("--sample", action="store_true", help="write no page")
    parser.add_argument("--record", type=Path, help="add each ending here, and go on from it")
    parser.add_argument("--worker", default="", help=argparse.SUPPRESS)
    parser.add_argument("--share", type=int, default=0, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
