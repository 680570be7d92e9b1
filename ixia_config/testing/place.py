"""A repository in a folder and an account served over HTTP, to walk the whole road between."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from ixia_config.app import Session, check, open_session
from ixia_config.app.applying import Order, apply
from ixia_config.app.planning import Planned, plan, planned
from ixia_config.app.pulling import Pulled, pull
from ixia_config.app.refusal import Refusal
from ixia_config.edges.clock import Clock
from ixia_config.edges.exchange import Exchange
from ixia_config.edges.serve import Fault, serve
from ixia_config.engine import state as states
from ixia_config.engine.state import State
from ixia_config.model import Plan, Report, Result
from ixia_config.sdk import Connector, Live, Rehearsal, Request, Response, Scope
from ixia_config.testing.subject import Broken, Files

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
VARIABLE = "IXIA_CONFORMANCE_TOKEN"
Intercept = Callable[[Request, Callable[[], Response]], Fault]


@dataclass(frozen=True, slots=True)
class Arrival:
    """One request as it reached the account, and when."""

    request: Request
    at: float


@dataclass
class Place:
    """The repository, the account, and the commands between them; waiting takes no time."""

    root: Path
    connector: Connector
    rehearsal: Rehearsal
    url: str = ""
    arrived: list[Arrival] = field(default_factory=list)
    told: list[Exchange] = field(default_factory=list)  # what the request log says
    fault: Intercept | None = None
    now: datetime = START
    on_remove: str = "forget"

    def write(self, files: Files) -> None:
        """Make the repository hold exactly these policies; state and journal stay."""
        for folder in self.root.iterdir():
            if folder.is_dir() and not folder.name.startswith("."):
                shutil.rmtree(folder)
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")

    def keep_unheld(self, files: Files) -> None:
        """Leave only what the connector holds nothing of, as a user keeps it elsewhere."""
        kinds = "|".join(sorted(self.connector.kinds))
        held = re.compile(rf'(?:^|[{{,])\s*"?kind"?:\s*"?({kinds})\b', re.MULTILINE)
        self.write({name: text for name, text in files.items() if not held.search(text)})

    def lose_state(self) -> None:
        """Remove state and journal."""
        shutil.rmtree(self.root / ".ixia", ignore_errors=True)

    def elapse(self, seconds: float) -> None:
        """Let time go on."""
        self.now += timedelta(seconds=seconds)

    def seconds(self) -> float:
        """The time, in seconds since the epoch."""
        return self.now.timestamp()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """The target, opened as a command opens it."""
        with open_session(
            check(self.root, environment="sandbox", today=TODAY),
            environment="sandbox",
            environ={VARIABLE: self.rehearsal.token},
            clock=Clock(now=lambda: self.now, monotonic=self.seconds),
            sleep=self.elapse,
            observe=self._observe,
            connector=self.connector,
        ) as session:
            yield session

    def _observe(self, exchange: Exchange) -> None:
        self.told.append(exchange)

    def plan(self) -> Plan:
        """What ``ixia plan`` says."""
        with self.session() as session:
            return plan(session)

    def planned(self) -> Planned:
        """The plan and what it was computed from."""
        with self.session() as session, session.driver(writes=False) as driver:
            return planned(session, driver, session.state())

    def apply(self, approved: Plan | None = None, *, approvals: Sequence[str] = ()) -> Report:
        """What ``ixia apply`` does with a saved plan, or with one made now."""
        approved = approved or self.plan()
        with self.session() as session:
            return apply(session, Order(approved, _silently, tuple(approvals)))

    def pull(self) -> Pulled:
        """What ``ixia pull`` writes."""
        with self.session() as session:
            return pull(session)

    def state(self) -> State:
        """What is bound."""
        with self.session() as session:
            return session.state()

    def state_text(self) -> str:
        """The stored state as text."""
        return states.dump(self.state())

    def lead(self, files: Files) -> Report:
        """Write these policies and apply them; Broken unless the read-back agrees."""
        self.write(files)
        try:
            made = self.plan()
            asked = [each.approve for each in made.verdicts if each.approve]
            approvals = [f"{each}@{made.digest[:6]}" for each in asked]
            report = self.apply(made, approvals=approvals)
        except Refusal as refusal:
            raise Broken(f"a sample is refused: {refusal}") from None
        problems = [f"{each.change.id}: {each.message}" for each in report.results if each.message]
        left = [each.id for each in report.remaining]
        if not report.verified:
            raise Broken(f"the apply did not end well: {problems or left or 'unverified'}")
        return report

    def ids(self) -> Mapping[str, str]:
        """The remote id of every address that is bound."""
        return {str(address): each for address, each in self.state().ids.items()}

    def everything(self) -> Live:
        """All that a read without limits sees."""
        with self.session() as session, session.driver(writes=False) as driver:
            return driver.run(self.connector.read(Scope(everything=True)))

    def writes(self, changes_nothing: Callable[[Request], bool]) -> list[Request]:
        """The requests so far that the vendor does not call a read."""
        return [each.request for each in self.arrived if not changes_nothing(each.request)]

    def converge(self, *, tries: int = 6) -> tuple[int, str]:
        """Apply until the read-back agrees, waiting a minute in between; how often, and why not."""
        why = ""
        for number in range(1, tries + 1):
            try:
                report = self.apply()
                if report.verified and not self.plan().writes:
                    return number, ""
                messages = [each.message for each in report.results if each.message]
                why = "; ".join(messages or [each.id for each in report.remaining])
            except Refusal as refusal:
                why = str(refusal)
            self.elapse(60)
        return tries, why or "something is left to do"


@contextmanager
def a_place(
    connector: Connector, rehearsal: Rehearsal, *, on_remove: str = "forget"
) -> Iterator[Place]:
    """A fresh repository that speaks to this account, until the block ends."""
    with TemporaryDirectory(prefix="ixia-conformance-") as folder:
        place = Place(Path(folder), connector, rehearsal, on_remove=on_remove)

        def intercept(request: Request, go_on: Callable[[], Response]) -> Fault:
            place.arrived.append(Arrival(request, place.seconds()))
            return go_on() if place.fault is None else place.fault(request, go_on)

        with serve(rehearsal.sandbox, intercept=intercept, clock=place.seconds) as url:
            place.url = url
            (place.root / "ixia.yaml").write_text(_project(place), "utf-8")
            yield place


def _silently(result: Result, number: int, total: int) -> None:
    """Nobody watches."""


def _project(place: Place) -> str:
    environment = {
        "account": place.rehearsal.account,
        "base_url": place.url,
        "token": {"env": VARIABLE},
    }
    target = {
        "connector": place.connector.name,
        "on_remove": place.on_remove,
        "environments": {"sandbox": environment},
    }
    spec = {"targets": {"crm": target}, "guards": {"max_deletes": "99", "max_delete_share": "100%"}}
    project = {"apiVersion": "ixia/v1", "kind": "Project", "metadata": {"name": "conformance"}}
    return json.dumps({**project, "spec": spec}, indent=1)


__all__ = ["Arrival", "Place", "a_place"]
