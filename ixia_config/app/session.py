"""One target of one environment, opened: its connector, its account, its state and the clock."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol, TypeVar

from ixia_config.app.checking import Checked
from ixia_config.app.codes import NoEnvironment, NoTarget, UnknownConnector
from ixia_config.app.refusal import Refusal, refusing
from ixia_config.codes import Diagnostic
from ixia_config.edges.clock import Clock, system_clock
from ixia_config.edges.connectors import installed
from ixia_config.edges.exchange import Exchange, Usage
from ixia_config.edges.git_branch import Side
from ixia_config.edges.git_journal import BranchJournal
from ixia_config.edges.git_state import GitState
from ixia_config.edges.http import Driver, permitted, unobserved
from ixia_config.edges.journal import Journal
from ixia_config.edges.limits import Limiter, Limiters
from ixia_config.edges.origin import own_hosts
from ixia_config.edges.secrets import Secret, resolve
from ixia_config.edges.state import FileState
from ixia_config.edges.store import Journals, Store
from ixia_config.engine import state as states
from ixia_config.engine.codes import OtherAccountState
from ixia_config.engine.draft import Settings
from ixia_config.engine.guard import Limits
from ixia_config.engine.state import State
from ixia_config.exits import Exit
from ixia_config.kinds import Configuration
from ixia_config.kinds.project.spec import Environment, ProjectSpec, Target
from ixia_config.model import Address, Identity
from ixia_config.sdk.codes import WrongAccount
from ixia_config.sdk.connector import Connector
from ixia_config.sdk.wire import Flow

T = TypeVar("T")


class Answering(Protocol):
    """What answers a flow: the driver of an account, or a snapshot of one."""

    def run(self, flow: Flow[T]) -> T:
        """What the flow returns, once all its requests are answered."""


class Reader(Answering, Protocol):
    """What answers the reads of a plan, and knows what they cost."""

    @property
    def usage(self) -> Usage:
        """What reading has cost so far."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the bindings and runs of one target and environment are kept."""

    target: str
    environment: str
    account: str
    store: Store
    journal: Journals
    clock: Clock


@dataclass(frozen=True, slots=True)
class Judging:
    """By whose change policies a pull request is judged, and the policies whose text it changes.

    ``base`` is the configuration that it is merged into; its rules go before those of the change.
    """

    base: Configuration | None = None
    touched: frozenset[Address] = frozenset()


@dataclass(frozen=True)
class Session:
    """What a use case needs of one target; ``reading`` cannot write, ``writing`` can."""

    checked: Checked
    target: str
    environment: str
    connector: Connector
    declared: Environment
    settings: Settings
    limits: Limits
    store: Store
    journal: Journals
    clock: Clock
    token: Secret = field(repr=False)
    limiter: Limiter = field(repr=False)
    sleep: Callable[[float], None] = time.sleep
    observe: Callable[[Exchange], None] = unobserved
    judging: Judging | None = None
    own: tuple[str, ...] = ()

    @property
    def configuration(self) -> Configuration:
        """The policies that go to this target."""
        return self.checked.for_target(self.target)

    @property
    def kept(self) -> Kept:
        """Where its state is."""
        return Kept(
            self.target,
            self.environment,
            self.declared.account,
            self.store,
            self.journal,
            self.clock,
        )

    @property
    def today(self) -> date:
        """The day of the run."""
        return self.clock.now().date()

    @property
    def project(self) -> str:
        """The name of the project."""
        project = self.checked.project
        return project.name if project else ""

    @contextmanager
    def driver(self, *, writes: bool, permit: Callable[[], None] = permitted) -> Iterator[Driver]:
        """A driver for this account; without ``writes`` it sends declared reads only.

        ``permit`` is asked before every write, and stops it by raising a StateProblem.
        """
        with Driver(
            self.connector,
            base_url=self.declared.base_url or self.connector.base_url,
            token=self.token,
            writes=writes,
            clock=self.clock,
            sleep=self.sleep,
            chance=random.random,
            limiter=self.limiter,
            observe=self.observe,
            permit=permit,
            own=self.own,
        ) as driver:
            yield driver

    def identify(self, driver: Answering) -> Identity:
        """The account that answers; Refusal when it is not the declared one."""
        identity = driver.run(self.connector.identify())
        if identity.account != self.declared.account:
            raise Refusal(Exit.STALE, self._wrong_account(identity))
        return identity

    def _wrong_account(self, identity: Identity) -> Diagnostic:
        return WrongAccount(
            text=f"the token is for {self.connector.title} account {identity.account}, and"
            f" {self.environment} is account {self.declared.account}",
            advice=f"set a token of account {self.declared.account}, or choose another environment",
        )

    def state(self) -> State:
        """The stored state, or a fresh one; Refusal when it is of another account."""
        stored = self.store.read()
        account = self.declared.account
        if stored is None:
            return State(self.connector.name, account, uuid.uuid4().hex)
        state = states.load(stored.text)
        if (state.connector, state.account) != (self.connector.name, account):
            raise Refusal(Exit.STALE, OtherAccountState(bound=state.account, actual=account))
        return state


@contextmanager
def open_session(
    checked: Checked,
    *,
    environment: str | None = None,
    target: str | None = None,
    environ: Mapping[str, str],
    clock: Clock | None = None,
    sleep: Callable[[float], None] = time.sleep,
    observe: Callable[[Exchange], None] = unobserved,
    limiters: Limiters | None = None,  # those with the same share the rate limit of a token
    connector: Connector | None = None,
    token: Secret | None = None,  # in place of the declared one
) -> Iterator[Session]:
    """Open one target; Refusal when it, its environment, its connector or its token is missing."""
    clock = clock or system_clock()
    with refusing():
        name, declared = _target(_spec(checked), target, environment)
        place, account = _environment(name, declared, environment)
        connector = connector or connector_of(declared.connector)
        token = token or resolve(account.token, environ=environ, root=checked.root)
        shared = limiters or Limiters(clock=clock, sleep=sleep)
        store, journal = _backend(checked, f"{name}.{place}", clock, sleep)
        yield Session(
            checked=checked,
            target=name,
            environment=place,
            connector=connector,
            declared=account,
            settings=Settings(declared.ownership, declared.on_remove, declared.if_exists),
            limits=_limits(_spec(checked)),
            store=store,
            journal=journal,
            clock=clock,
            token=token,
            limiter=_limiter(shared, connector, account, token),
            sleep=sleep,
            observe=observe,
            own=own_hosts(environ),
        )


def _limits(spec: ProjectSpec) -> Limits:
    return Limits(spec.guards.max_deletes, spec.guards.max_delete_share)


def kept(
    checked: Checked,
    *,
    environment: str | None = None,
    target: str | None = None,
    clock: Clock | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> Kept:
    """Where the state of a target is; neither its connector nor its token is needed."""
    clock = clock or system_clock()
    spec = _spec(checked)
    name, declared = _target(spec, target, environment)
    place, account = _environment(name, declared, environment)
    store, journal = _backend(checked, f"{name}.{place}", clock, sleep)
    return Kept(name, place, account.account, store, journal, clock)


def _backend(
    checked: Checked, name: str, clock: Clock, sleep: Callable[[float], None]
) -> tuple[Store, Journals]:
    """State and journal of a target and environment, where the project keeps them."""
    declared = _spec(checked).state
    match declared.backend:
        case "file":
            folder = checked.root / (declared.path or ".ixia")
            return FileState(folder, name), Journal(folder, name)
        case "git":
            project = checked.project.name if checked.project else ""
            start = declared.branch or f"ixia-state/{project}"
            side = Side(checked.root, declared.remote or "origin", f"{start}/{name}")
            state = GitState(side, clock=clock, sleep=sleep)
            return state, BranchJournal(state)


def _limiter(
    limiters: Limiters, connector: Connector, account: Environment, token: Secret
) -> Limiter:
    """The rate limit of a token, with what the project leaves to others."""
    limits = connector.limits
    if limits is not None and account.reserve is not None:
        limits = replace(limits, reserve=float(account.reserve))
    return limiters.of(account.base_url or connector.base_url, token, limits)


def connector_of(name: str) -> Connector:
    """The installed connector of this name; Refusal that names the known ones."""
    catalogue = installed()
    found = catalogue.connectors.get(name)
    if found is None:
        unknown = UnknownConnector(name=name, known=tuple(catalogue.connectors))
        raise Refusal(Exit.INVALID, unknown, *catalogue.diagnostics)
    return found()


def _spec(checked: Checked) -> ProjectSpec:
    if checked.project is None:
        checked.sound()  # a project that cannot be read is told with its own errors
        return ProjectSpec()
    return checked.project.body.spec


def _target(spec: ProjectSpec, wanted: str | None, environment: str | None) -> tuple[str, Target]:
    """The wanted target; without a wish the only one, or the only one with this environment."""
    known = tuple(sorted(spec.targets))
    if wanted is None:
        known = _having(spec, environment) or known
    chosen = known[0] if wanted is None and len(known) == 1 else wanted
    if chosen is None or chosen not in spec.targets:
        raise Refusal(Exit.USAGE, NoTarget(wanted=wanted, known=known))
    return chosen, spec.targets[chosen]


def _environment(target: str, declared: Target, wanted: str | None) -> tuple[str, Environment]:
    """The wanted environment, or the only one; a choice between several is the user's."""
    known = declared.environments
    if wanted is None and len(known) == 1:
        return next(iter(known.items()))
    if wanted is None or wanted not in known:
        problem: Diagnostic = NoEnvironment(
            target=target, wanted=wanted, known=tuple(sorted(known))
        )
        raise Refusal(Exit.USAGE, problem)
    return wanted, known[wanted]


def targets_of(checked: Checked, environment: str | None) -> tuple[str, ...]:
    """The targets that have this environment, by name."""
    return _having(_spec(checked), environment)


def _having(spec: ProjectSpec, environment: str | None) -> tuple[str, ...]:
    return tuple(
        name
        for name, target in sorted(spec.targets.items())
        if environment is None or environment in target.environments
    )
