"""Rounds of two runners that start together, and what must hold after each of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from ixia_config.edges.serve import Exchange, serve
from ixia_config.exits import Exit
from ixia_connectors.hubspot.sandbox import HubSpotSandbox
from tests.app.place import DEAL, PIPELINE, PROJECT, TOKEN, is_read
from tests.edges.clones import Remote, a_remote

MOMENTS = 20  # an apply asks about as many times; the other runner begins at each of them
BRANCH = "ixia-state/acme-revenue/crm.sandbox"


@dataclass
class Runner:
    """A process on a clone of its own, which reaches the account under an address of its own."""

    name: str
    root: Path
    url: str
    process: subprocess.Popen[str]
    pid: int = 0

    def write(self, number: int) -> None:
        """A configuration that nobody else has."""
        files = {
            "ixia.yaml": PROJECT.replace("URL", self.url) + "  state: {backend: git}\n",
            "schemas/deal.yaml": DEAL.replace("title: Pain", f"title: Pain {self.name} {number}"),
            "pipelines/new-business.yaml": PIPELINE,
        }
        for path, text in files.items():
            (self.root / path).parent.mkdir(exist_ok=True)
            (self.root / path).write_text(text)

    def begin(self) -> None:
        self.process.stdin.write("apply\n")
        self.process.stdin.flush()

    def answer(self) -> dict:
        return json.loads(self.process.stdout.readline())


@dataclass
class Table:
    """Everything of a contest: the remote, the account, the runners, and who wrote when."""

    remote: Remote
    sandbox: HubSpotSandbox
    runners: list[Runner] = field(default_factory=list)
    writes: list[str] = field(default_factory=list)
    requests: int = 0  # of the runner that begins
    second: int = 0  # the request at which the other begins, too

    def note(self, name: str, *, writes: bool) -> None:
        """A request of this runner arrived."""
        if writes:
            self.writes.append(name)
        if name == self.runners[0].name:
            self.requests += 1
            if self.requests == self.second:
                self.runners[1].begin()

    def title(self) -> str:
        """The title of the contended field in the account."""
        from ixia_config.sdk.wire import Request

        asked = Request("GET", "/crm/properties/2026-09/deals/pain", reads=True)
        return self.sandbox.respond(asked, token=TOKEN, now=0.0).json["label"]


@contextmanager
def a_table(folder: Path) -> Iterator[Table]:
    """Two runners that are ready."""
    table = Table(a_remote(folder), HubSpotSandbox())
    with ExitStack() as stack:
        for name in ("one", "two"):
            url = stack.enter_context(serve(table.sandbox, intercept=_noting(table, name)))
            root = table.remote.clone(folder / name)
            table.runners.append(stack.enter_context(_runner(name, root, url)))
        yield table


def _noting(table: Table, name: str):
    def intercept(request, go_on):
        table.note(name, writes=not is_read(request.method, request.path))
        return go_on()

    return intercept


@contextmanager
def _runner(name: str, root: Path, url: str) -> Iterator[Runner]:
    command = [sys.executable, "-m", "tests.contention.runner", str(root)]
    environ = {**os.environ, "HUBSPOT_SANDBOX_TOKEN": TOKEN}
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environ, **pipes) as process:
        try:
            runner = Runner(name, root, url, process)
            runner.pid = runner.answer()["pid"]
            yield runner
        finally:
            process.kill()


@dataclass(frozen=True)
class Round:
    """How one round ended for both, and the order of their writes."""

    exits: tuple[Exit, ...]
    told: tuple[str, ...]
    writes: tuple[str, ...]
    faults: tuple[str, ...]


def play(table: Table, number: int) -> Round:
    """Let one apply and the other begin while it does; look for everything that must not be."""
    table.writes.clear()
    table.requests, table.second = 0, number % MOMENTS
    table.runners.reverse()
    first, second = table.runners
    for runner in table.runners:
        runner.write(number)
    first.begin()
    if table.second == 0:
        second.begin()
    answer = first.answer()
    if table.requests < table.second:
        second.begin()
    answers = [answer, second.answer()]
    exits = tuple(Exit(each["exit"]) for each in answers)
    told = tuple(each["told"] for each in answers)
    writes = tuple(name for name, _ in groupby(table.writes))
    return Round(exits, told, writes, tuple(_faults(table, number, exits, told, writes)))


def _faults(table: Table, number: int, exits, told, writes) -> Iterator[str]:
    if len(set(writes)) != len(writes):
        yield f"writes interleave: {writes}"
    if not set(exits) <= {Exit.OK, Exit.LOCKED, Exit.STALE} or Exit.OK not in exits:
        yield f"ended with {exits}: {told}"
    if writes and table.title() != f"Pain {writes[-1]} {number}":
        yield f"{writes[-1]} wrote last, and the title is {table.title()}"
    for loser, winner in (table.runners, table.runners[::-1]):
        place = table.runners.index(loser)
        if exits[place] is Exit.LOCKED:
            if f"process {winner.pid} (ixia apply to sandbox), since 20" not in told[place]:
                yield f"the loser was told: {told[place]}"
            if loser.name in writes:
                yield f"{loser.name} was locked out and wrote"


def counted(rounds: list[Round]) -> str:
    """The rounds in numbers."""
    ends = Counter(" and ".join(sorted(each.name for each in one.exits)) for one in rounds)
    lines = [f"{len(rounds)} rounds, {sum(len(one.faults) for one in rounds)} faults"]
    return "\n".join([*lines, *(f"{count:5} {what}" for what, count in sorted(ends.items()))])


__all__ = ["BRANCH", "Exchange", "Round", "Table", "a_table", "counted", "play"]
