"""A repository in a folder and a HubSpot sandbox over real HTTP, to walk the whole road on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from ixia_config.app import Checked, Session, check, open_session
from ixia_config.app.applying import Order, apply
from ixia_config.app.planning import plan
from ixia_config.edges.clock import Clock
from ixia_config.edges.serve import Exchange, Fault, serve
from ixia_config.model import Plan, Report
from ixia_config.sdk.wire import Request, Response
from ixia_connectors.hubspot.sandbox import ADMIN, HubSpotSandbox

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TOKEN = "sandbox-token"

PROJECT = """\
apiVersion: ixia/v1
kind: Project
metadata: {name: acme-revenue}
spec:
  targets:
    crm:
      connector: hubspot
      environments:
        sandbox: {account: "4242", base_url: URL, token: {env: HUBSPOT_SANDBOX_TOKEN}}
"""

DEAL = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec:
  currency: USD
  fields:
    amount: {type: money}
    close_date: {type: date}
    pain: {type: text, title: Pain, source: user}
    segment: {type: choice, title: Segment, choices: [smb, mid, enterprise]}
"""

PIPELINE = """\
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: new-business, title: New business}
spec:
  object: deal
  create_in: [qualify]
  moves: {skip: false}
  stages:
    - {key: qualify, title: Qualify, probability: 10%, required: [amount]}
    - key: evaluate
      title: Evaluate
      probability: 40%
      exit: [{key: pain, title: Pain confirmed, when: known(pain)}]
    - {key: proposal, title: Proposal, probability: 70%}
    - {key: won, title: Closed won, type: won}
    - {key: lost, title: Closed lost, type: lost, reasons: [price, timing]}
"""


@dataclass
class Ticking:
    """A clock that only moves when it is told to."""

    now: datetime = NOW

    @property
    def clock(self) -> Clock:
        return Clock(now=lambda: self.now, monotonic=self.seconds)

    def seconds(self) -> float:
        return self.now.timestamp()

    def pass_(self, **more: float) -> None:
        self.now += timedelta(**more)

    def sleep(self, seconds: float) -> None:
        """Waiting moves this clock, and takes no time."""
        self.pass_(seconds=seconds)


@dataclass
class Place:
    """The repository, the sandbox, and how to plan and apply between them."""

    root: Path
    sandbox: HubSpotSandbox
    url: str = ""
    log: list[Exchange] = field(default_factory=list)
    fault: Callable[[Request, Callable[[], Response]], Fault] | None = None
    environ: dict[str, str] = field(default_factory=lambda: {"HUBSPOT_SANDBOX_TOKEN": TOKEN})
    ticking: Ticking = field(default_factory=Ticking)

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("URL", self.url))

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.root / name
        before = path.read_text()
        assert old in before
        path.write_text(before.replace(old, new))

    def check(self) -> Checked:
        return check(self.root, environment="sandbox", today=TODAY)

    @contextmanager
    def session(self) -> Iterator[Session]:
        with open_session(
            self.check(),
            environment="sandbox",
            environ=self.environ,
            clock=self.ticking.clock,
            sleep=self.ticking.sleep,
        ) as session:
            yield session

    def plan(self) -> Plan:
        with self.session() as session:
            return plan(session)

    def apply(
        self,
        approved: Plan | None = None,
        *,
        approvals: Sequence[str] = (),
        stopping: Callable[[], bool] = lambda: False,
    ) -> Report:
        approved = approved or self.plan()
        with self.session() as session:
            order = Order(approved, lambda *told: None, tuple(approvals), stopping)
            return apply(session, order)

    def ask(self, method: str, path: str, json: object = None) -> Response:
        """Speak to the sandbox behind the tool's back, as the account's admin."""
        request = Request(
            method,
            path,
            json=json,  # type: ignore[arg-type]  # plain JSON
            headers=(("x-sandbox-user", ADMIN.email),),
        )
        return self.sandbox.respond(request, token=TOKEN, now=self.ticking.now.timestamp())

    def writes(self) -> list[Exchange]:
        return [each for each in self.log if not is_read(each.method, each.path)]


def is_read(method: str, path: str) -> bool:
    """Whether the vendor's API changes nothing on this request."""
    bare = path.partition("?")[0]
    return method == "GET" or (method == "POST" and bare.endswith(("/search", "/batch/read")))


@contextmanager
def a_place(root: Path, sandbox: HubSpotSandbox) -> Iterator[Place]:
    place = Place(root, sandbox)

    def intercept(request: Request, go_on: Callable[[], Response]) -> Fault:
        return go_on() if place.fault is None else place.fault(request, go_on)

    with serve(sandbox, log=place.log, intercept=intercept, clock=place.ticking.seconds) as url:
        place.url = url
        place.write("ixia.yaml", PROJECT)
        place.write("schemas/deal.yaml", DEAL)
        place.write("pipelines/new-business.yaml", PIPELINE)
        yield place


__all__ = ["TODAY", "TOKEN", "Place", "a_place", "is_read", "replace"]
