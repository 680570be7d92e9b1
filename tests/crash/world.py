"""The account of the crash matrix: a process of its own, reset before each schedule."""

from __future__ import annotations

import json
import mmap
import os
import struct
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

from ixia_config.edges.serve import Drop, Fault, serve
from ixia_config.sdk import Request, Response
from ixia_config.testing.connectors.reference import Crm, Habits

BEGINNING = 1_795_338_000.0  # 2026-11-22T09:00:00Z


class SharedClock:
    """One time for all processes; it only moves when somebody waits."""

    def __init__(self) -> None:
        self._cell = mmap.mmap(-1, 8)
        self.set(BEGINNING)

    def now(self) -> float:
        return struct.unpack("d", self._cell[:8])[0]

    def set(self, moment: float) -> None:
        self._cell[:8] = struct.pack("d", moment)

    def sleep(self, seconds: float) -> None:
        self.set(self.now() + seconds)


@dataclass
class World:
    """A CRM that gives its own ids and accepts duplicates, and what goes wrong with its answers."""

    crm: Crm = field(default_factory=Crm)
    kept: Crm = field(default_factory=Crm)
    lose: int = 0  # the answer to this write is lost
    pause: int = 0  # each so many requests one is too many
    requests: int = 0
    writes: int = 0

    def respond(self, request: Request, *, token: str | None, now: float) -> Response:
        if request.path.startswith("/control/"):
            body: Any = request.json or {}
            return Response(200, self.control(request.path.rpartition("/")[2], body))
        return self.crm.respond(request, token=token, now=now)

    def intercept(self, request: Request, effect: Callable[[], Response]) -> Fault:
        if request.path.startswith("/control/"):
            return effect()
        self.requests += 1
        if self.pause and self.requests % self.pause == 0:
            return Response(429, {"message": "too many requests"}, {"retry-after": "3"})
        answer = effect()
        if request.method != "GET" and answer.status < 300:
            self.writes += 1
            if self.writes == self.lose:
                return Drop()
        return answer

    def control(self, what: str, body: Mapping[str, Any]) -> Any:
        match what:
            case "furnish":
                return furnish(self.crm)
            case "people":
                return populate(self.crm)
            case "keep":
                self.kept = self.crm.copied()
            case "reset":
                self._reset(body)
            case "dump":
                return {"objects": self.crm.dump(), "writes": self.writes}
        return {}

    def _reset(self, body: Mapping[str, Any]) -> None:
        habits = Habits(list_lag=body.get("lag", 0), batch=1)
        self.crm = replace(self.kept.copied(), habits=habits)
        self.lose, self.pause = body.get("lose", 0), body.get("pause", 0)
        self.requests = self.writes = 0


def furnish(crm: Crm) -> dict[str, str]:
    """What other people have in the account: a pipeline of their own, and one to be adopted."""
    ids = {}
    for name in ("Somebody else's", "Legacy"):
        ids[name] = crm.add("pipelines", name=name, note=f"note of {name}")
        stages = (("Step", "0.5"), ("Won", "1"), ("Lost", "0"))
        for place, (stage, chance) in enumerate(stages):
            given = {"pipeline": ids[name], "position": place, "chance": chance, "colour": "red"}
            ids[f"{name}/{stage}"] = crm.add("stages", name=stage, **given)
    return ids


def populate(crm: Crm) -> dict[str, str]:
    """Records on the stages, and colours and notes by hand."""
    for key, row in crm.rows("stages").items():
        crm.change(key, colour=f"#{key}")
        for number in range({"Talking": 3, "New": 1}.get(row["name"], 0)):
            crm.add("records", stage=key, name=f"{row['name']} {number}")
    for key in crm.rows("pipelines"):
        crm.change(key, note=f"note {key}")
    return {}


class Account:
    """The account in its own process, so that this one can fork; ended with ``close``."""

    def __init__(self, clock: SharedClock) -> None:
        reading, writing = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reading)
            _serve(clock, writing)
        os.close(writing)
        with os.fdopen(reading) as told:
            self.url = told.readline().strip()

    def ask(self, what: str, **body: Any) -> Any:
        """One of the controls."""
        connection = HTTPConnection(urlsplit(self.url).netloc, timeout=30)
        try:
            headers = {"content-type": "application/json"}
            connection.request("POST", f"/control/{what}", json.dumps(body), headers)
            return json.loads(connection.getresponse().read() or b"{}")
        finally:
            connection.close()

    def close(self) -> None:
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)


def _serve(clock: SharedClock, writing: int) -> None:
    world = World()
    try:
        with serve(world, intercept=world.intercept, clock=clock.now) as url:
            os.write(writing, f"{url}\n".encode())
            os.close(writing)
            parent = os.getppid()
            while os.getppid() == parent:
                time.sleep(0.5)
    finally:
        os._exit(0)
