"""A connector of the plainest kind, a made-up clock, and a driver that waits for nothing."""

# The plainest connector looks at nothing that it is given.

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any, ClassVar

from ixia_config.edges.clock import Clock
from ixia_config.edges.exchange import Exchange
from ixia_config.edges.http import Driver
from ixia_config.edges.retry import Patience
from ixia_config.edges.secrets import Secret
from ixia_config.sdk import (
    Address,
    Change,
    Configuration,
    Connector,
    Finding,
    Flow,
    Identity,
    Kind,
    Lifted,
    LimitHeaders,
    Live,
    Lowered,
    Outcome,
    Pace,
    RemoteError,
    Request,
    Response,
    Scope,
)

TOKEN = "pat-na1-0123456789abcdef"
HEADERS = LimitHeaders(
    maximum="x-max",
    remaining="x-remaining",
    interval_ms="x-interval-ms",
    daily_remaining="x-daily-remaining",
    paces=(Pace("/search", count=5, seconds=1.0),),
)

_CODES = {401: "IX601", 404: "IX611", 423: "IX614", 429: "IX606"}
_KINDS = {401: Kind.UNAUTHORISED, 429: Kind.THROTTLED}


class Plain(Connector):
    """Speaks to no system in particular: one account, no resources, errors by status."""

    name: ClassVar[str] = "plain"
    title: ClassVar[str] = "Plain CRM"
    hosts: ClassVar[tuple[str, ...]] = ("api.plain.example",)
    base_url: ClassVar[str] = "https://api.plain.example"
    types = ()
    kinds: ClassVar[frozenset[str]] = frozenset()
    limits = HEADERS

    def identify(self) -> Flow[Identity]:
        account = yield Request("GET", "/account", reads=True)
        return Identity("plain", str(account.json["id"]))

    def read(self, scope: Scope) -> Flow[Live]:
        return Live((yield from self.identify()))

    def lower(self, configuration: Configuration, live: Live) -> Lowered:
        return Lowered()

    def lift(self, live: Live) -> Lifted:
        return Lifted()

    def inspect(self, changes: Sequence[Change], live: Live) -> Flow[Sequence[Finding]]:
        yield from ()
        return ()

    def units(self, changes: Sequence[Change]) -> Sequence[Sequence[Change]]:
        return [[change] for change in changes]

    def cost(self, unit: Sequence[Change]) -> int:
        return len(unit)

    def write(self, unit: Sequence[Change], ids: Mapping[Address, str]) -> Flow[Sequence[Outcome]]:
        yield from ()
        return ()

    def explain_error(self, response: Response, request: Request) -> RemoteError | None:
        if response.status < 400 or response.status >= 500:
            return None
        daily = isinstance(response.json, dict) and response.json.get("policyName") == "DAILY"
        code = "IX607" if daily else _CODES.get(response.status, "IX613")
        kind = _KINDS.get(response.status, Kind.REJECTED)
        message = f"Plain CRM said {response.status} {response.text}"
        return RemoteError(kind, message, code=code, status=response.status)


@dataclass
class MadeUpTime:
    """A clock that only moves when somebody sleeps."""

    seconds: float = 1_000.0
    slept: list[float] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    @property
    def clock(self) -> Clock:
        start = datetime(2026, 11, 21, 9, tzinfo=UTC) - timedelta(seconds=1_000)
        return Clock(
            now=lambda: start + timedelta(seconds=self.seconds), monotonic=lambda: self.seconds
        )

    def sleep(self, seconds: float) -> None:
        with self.lock:
            self.slept.append(seconds)
            self.seconds += seconds


def driver(
    url: str,
    time: MadeUpTime,
    *,
    writes: bool = True,
    log: list[Exchange] | None = None,
    **more: Any,
) -> Driver:
    """A driver for the plain connector, with a made-up clock and no luck in it."""
    return Driver(
        more.pop("connector", Plain()),
        base_url=url,
        token=more.pop("token", Secret(TOKEN)),
        writes=writes,
        clock=time.clock,
        sleep=time.sleep,
        chance=lambda: 0.0,
        observe=(log if log is not None else []).append,
        patience=more.pop("patience", Patience()),
        **more,
    )


def ask(request: Request) -> Flow[Response]:
    """The flow of one request."""
    return (yield request)


def outcome(request: Request) -> Generator[Request, Response, Response | RemoteError]:
    """The flow of one request that takes a failure as a result."""
    try:
        return (yield request)
    except RemoteError as error:
        return error


READ = Request("GET", "/things", reads=True)
WRITE = Request("POST", "/things", json={"title": "New business"})
REPEATABLE = Request("PUT", "/things/1", json={"title": "New business"}, repeatable=True)
