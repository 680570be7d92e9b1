"""Plan and apply over a ToyServer, driven by hand: what the app does, without files."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ixia_config.engine.draft import Settings
from ixia_config.engine.execute import Done, Note, Save, Tell, Work, Write, execute
from ixia_config.engine.guard import Limits
from ixia_config.engine.plan import Basis, Frame, make
from ixia_config.engine.state import State
from ixia_config.model import Plan
from ixia_config.sdk.connector import Live, Lowered, Scope
from ixia_config.sdk.wire import RemoteError, Request, Response
from tests.engine.toy import Toy, ToyServer

T = TypeVar("T")

FRAME = Frame("crm", "sandbox", "acme", "2026-11-22T09:00:00+00:00", "2026-11-25T09:00:00+00:00")


class WroteInPlan(AssertionError):  # noqa: N818  # says what happened
    """A plan tried to write."""


def drive(flow: Generator[Request, Response, T], server: ToyServer, *, writes: bool = False) -> T:
    """Answer a flow from the server; reads only unless told otherwise."""
    try:
        request = next(flow)
        while True:
            if not writes and not request.reads:
                raise WroteInPlan(request)
            try:
                response = server.answer(request)
            except RemoteError as error:
                request = flow.throw(error)
            else:
                request = flow.send(response)
    except StopIteration as stop:
        return stop.value


@dataclass
class Road:
    """One repository and one server."""

    server: ToyServer = field(default_factory=ToyServer)
    state: State = field(default_factory=lambda: State("toy", "1", "lineage"))
    settings: Settings = field(default_factory=lambda: Settings({}))
    limits: Limits = field(default_factory=Limits)
    journal: list[Any] = field(default_factory=list)

    def basis(self, lowered: Lowered) -> Basis:
        toy = Toy(lowered)
        live = drive(toy.read(Scope()), self.server)
        return Basis(toy, lowered, live, self.state, self.settings, self.limits)

    def plan(self, *desired: Any, **more: Any) -> Plan:
        return self.plan_of(Lowered(desired=desired, **more))

    def plan_of(self, lowered: Lowered) -> Plan:
        basis = self.basis(lowered)
        return self._made(basis)

    def _made(self, basis: Basis) -> Plan:
        making = make(basis, FRAME)
        try:
            wanted = next(making)
            findings = drive(basis.connector.inspect(wanted, basis.live), self.server)
            making.send(findings)
        except StopIteration as stop:
            return stop.value
        raise AssertionError("a plan asks once")

    def apply(
        self, *desired: Any, stop: Callable[[int], bool] = lambda number: False, **more: Any
    ) -> Done:
        lowered = Lowered(desired=desired, **more)
        basis = self.basis(lowered)
        plan = self._made(basis)
        assert not plan.refused, plan.refused
        return self.do(basis, plan, stop=stop)

    def do(
        self, basis: Basis, plan: Plan, *, stop: Callable[[int], bool] = lambda number: False
    ) -> Done:
        wanted = {each.address: each.fields for each in basis.lowered.desired}
        live = {(each.type, each.remote_id): each for each in basis.live.resources}
        doing = execute(Work(basis.connector, plan, live, wanted), self.state)
        reply: Any = None
        while True:
            try:
                effect = doing.send(reply)
            except StopIteration as ended:
                done: Done = ended.value
                self.state = done.state
                return done
            reply = self._answer(basis, effect, stop)

    def _answer(self, basis: Basis, effect: Any, stop: Callable[[int], bool]) -> Any:
        match effect:
            case Note(record):
                self.journal.append(record)
            case Save(state):
                self.state = state
                self.journal.append(state)
            case Tell(_, number, _):
                return stop(number)
            case Write(unit, ids):
                try:
                    flow = basis.connector.write(unit, ids)
                    return drive(flow, self.server, writes=True)
                except RemoteError as error:
                    return error
        return None


__all__ = ["FRAME", "Live", "Road", "WroteInPlan", "drive"]
