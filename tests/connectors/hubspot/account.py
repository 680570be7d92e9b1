"""A HubSpot account in memory, and the road from YAML to an applied plan over it."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ixia_config.engine.draft import Settings
from ixia_config.engine.execute import Done, Note, Save, Tell, Work, Write, execute
from ixia_config.engine.guard import Limits
from ixia_config.engine.plan import Basis, Frame, make
from ixia_config.engine.state import State
from ixia_config.kinds.parse import configure
from ixia_config.language import load
from ixia_config.model import Change, Plan
from ixia_config.sdk import Configuration, Kind, Live, RemoteError, Request, Response, Scope
from ixia_connectors.hubspot import HubSpot
from ixia_connectors.hubspot.sandbox import HubSpotSandbox, Person, Profile

T = TypeVar("T")

FRAME = Frame("crm", "sandbox", "acme", "2026-11-22T09:00:00+00:00", "2026-11-25T09:00:00+00:00")
CONNECTOR = HubSpot()
TOKEN = "sandbox-token"
ANA = Person(21, 121, "ana@acme.example", "Ana", "Ruiz")
LEE = Person(22, 122, "lee@acme.example", "Lee", "Park")
GONE = Person(23, 123, "gone@acme.example", "Gone", "Away", active=False)
PROJECT = """
apiVersion: ixia/v1
kind: Project
metadata: {name: acme}
spec:
  targets:
    crm:
      connector: hubspot
      environments: {sandbox: {account: "4242", token: {env: TOKEN}}}
---
"""


class WriteInPlanError(AssertionError):
    """A plan tried to write."""


def configured(text: str) -> Configuration:
    """The configuration that these documents make; they must be without error."""
    loaded = load("acme.yaml", PROJECT + text)
    assert not loaded.diagnostics, [str(each) for each in loaded.diagnostics]
    configuration, diagnostics = configure(loaded.documents)
    assert not diagnostics, [str(each) for each in diagnostics]
    return configuration


def never_replaces_a_pipeline(request: Request) -> None:
    """A PUT would drop stages, and what only people can set on them."""
    assert not (request.method == "PUT" and request.path.startswith("/crm/pipelines/")), request


def never_deletes_what_is_in_use(request: Request) -> None:
    """Every delete of a pipeline or stage asks HubSpot to refuse it while records stand there."""
    if request.method == "DELETE" and request.path.startswith("/crm/pipelines/"):
        guards = {value for name, value in request.params if name.startswith("validate")}
        assert guards == {"true"}, request


@dataclass
class Account:
    """One sandbox account, what we know of it, and every request that it was sent."""

    profile: Profile = field(default_factory=lambda: Profile(people=(ANA, LEE, GONE)))
    settings: Settings = field(default_factory=lambda: Settings({}))
    state: State = field(default_factory=lambda: State("hubspot", "4242", "lineage"))
    sent: list[Request] = field(default_factory=list)
    now: float = 1_795_000_000.0

    sandbox: HubSpotSandbox | None = None

    def __post_init__(self) -> None:
        self.sandbox: HubSpotSandbox = self.sandbox or HubSpotSandbox(profile=self.profile)

    def respond(self, request: Request, *, token: str = TOKEN) -> Response:
        """Answer as the account does; time goes on, so that no limit is met."""
        self.now += 1.0
        self.sent.append(request)
        never_replaces_a_pipeline(request)
        never_deletes_what_is_in_use(request)
        return self.sandbox.respond(request, token=token, now=self.now)

    def ask(self, request: Request) -> Any:
        """The body of an answer that must be a success."""
        response = self.respond(request)
        assert response.status < 300, response
        return response.json

    def drive(
        self, flow: Generator[Request, Response, T], *, writes: bool = False, token: str = TOKEN
    ) -> T:
        """Answer a connector's flow as the driver does."""
        try:
            request = next(flow)
            while True:
                if not writes and not request.reads:
                    raise WriteInPlanError(request)
                answer = self._answered(request, token)
                lost = isinstance(answer, RemoteError)
                request = flow.throw(answer) if lost else flow.send(answer)
        except StopIteration as stop:
            return stop.value

    def _answered(self, request: Request, token: str) -> Response | RemoteError:
        """The answer, unless this is the write whose answer shall be lost."""
        lost = None if request.reads else next(self.faults, None)
        if lost == "before":
            return RemoteError(Kind.UNKNOWN, "the connection broke", request=request)
        response = self.respond(request, token=token)
        if lost == "after":
            return RemoteError(Kind.UNKNOWN, "the answer was lost", request=request)
        return CONNECTOR.explain_error(response, request) or response

    def live(self, configuration: Configuration | None = None, *, everything: bool = False) -> Live:
        """What a read sees."""
        scope = Scope(everything, configuration, self.state.ids)
        return self.drive(CONNECTOR.read(scope))

    def basis(self, text: str) -> Basis:
        """What a plan for these documents is made from."""
        configuration = configured(text)
        live = self.live(configuration)
        lowered = CONNECTOR.lower(configuration, live)
        return Basis(CONNECTOR, lowered, live, self.state, self.settings, Limits())

    def plan(self, text: str) -> Plan:
        """What would be done."""
        return self._made(self.basis(text))

    def _made(self, basis: Basis) -> Plan:
        making = make(basis, FRAME)
        try:
            wanted = next(making)
            making.send(self.drive(CONNECTOR.inspect(wanted, basis.live)))
        except StopIteration as stop:
            return stop.value
        raise AssertionError("a plan asks once")

    def apply(self, text: str) -> Done:
        """Do it; it must not be refused."""
        basis = self.basis(text)
        plan = self._made(basis)
        assert not plan.refused, plan.refused
        return self.execute(basis, plan)

    def execute(self, basis: Basis, plan: Plan) -> Done:
        """Do exactly this plan."""
        wanted = {each.address: each.fields for each in basis.lowered.desired}
        live = {(each.type, each.remote_id): each for each in basis.live.resources}
        doing = execute(Work(CONNECTOR, plan, live, wanted), self.state)
        reply: Any = None
        while True:
            try:
                effect = doing.send(reply)
            except StopIteration as ended:
                self.state = ended.value.state
                return ended.value
            reply = self._answer(effect)

    def _answer(self, effect: Any) -> Any:
        match effect:
            case Save(state):
                self.state = state
            case Tell():
                return False
            case Write(unit, ids):
                return self.write(unit, ids)
            case Note():
                return None
        return None

    def write(self, unit: Sequence[Change], ids: Mapping[Any, str]) -> Any:
        """Do one unit, and hold the connector to the number of requests that it promised."""
        before = len(self.sent)
        try:
            return self.drive(CONNECTOR.write(unit, ids), writes=True)
        except RemoteError as error:
            return error
        finally:
            self.spent.append((CONNECTOR.cost(unit), len(self.sent) - before))

    spent: list[tuple[int, int]] = field(default_factory=list)
    faults: Iterator[str | None] = field(default_factory=lambda: iter(()))

    def get(self, path: str, **params: str) -> Any:
        """What a person would see at this path."""
        return self.ask(Request("GET", path, tuple(params.items()), reads=True))

    def edit(self, method: str, path: str, json: Any = None, *, user: Person = LEE) -> Any:
        """Somebody changes something behind our back."""
        headers = (("x-sandbox-user", str(user.user_id)),)
        return self.ask(Request(method, path, json=json, headers=headers))
