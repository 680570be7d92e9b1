"""What a connector is: declarations as data, two pure functions and a few flows."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from ixia_config.kinds import Configuration
from ixia_config.kinds.records import Record, Records
from ixia_config.model import (
    Actor,
    Address,
    Change,
    Clause,
    Dependents,
    Identity,
    Mark,
    Quota,
    Status,
    Value,
)
from ixia_config.sdk.limits import LimitHeaders
from ixia_config.sdk.wire import Flow, RemoteError, Request, Response


@dataclass(frozen=True, slots=True)
class FieldType:
    """How one field of a resource type is compared, owned and shown.

    ``semantics`` of a tuple value: ``atomic`` (order counts), ``set`` (order does not), ``order``
    (the relative order of our members; members that we do not manage may stand between them).
    A path that ends in ``.*`` declares every path below it (``choices.EMEA``): a map by key.
    A ``program`` is text of ours for the target alone: people are told that it changes, not how.
    """

    title: str
    format: str = "text"  # text | percent | count | boolean | list | money | program
    semantics: str = "atomic"
    immutable: bool = False


@dataclass(frozen=True, slots=True)
class ResourceType:
    """One type of native object: its name, its rank in the order of writing and its fields."""

    name: str
    title: str  # "stage", in the user's words
    rank: int  # created in this order, removed in the reverse
    fields: Mapping[str, FieldType]
    plural: str = ""
    removal: str = "archive"  # archive | delete | none: what removing it does in the target
    container: bool = False  # its members can be dependents-counted records
    lossy_update: bool = False  # an update replaces what the target cannot return

    def field(self, path: str) -> FieldType:
        """The declaration of a path; KeyError where the type has no such field."""
        if path in self.fields:
            return self.fields[path]
        return self.fields[path.split(".", 1)[0] + ".*"]


@dataclass(frozen=True, slots=True)
class LiveResource:
    """One object as the target has it, in the connector's neutral field paths.

    ``parent`` is the remote id of the object that it belongs to; ``reserved`` marks what the
    system owns and nobody may change; ``raw`` is what ``lift`` and ``write`` need besides.
    """

    type: str
    remote_id: str
    natural_key: str
    title: str
    fields: Mapping[str, Value]
    parent: str | None = None
    reserved: bool = False
    raw: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemotePerson:
    """A person as the target knows them, by e-mail (lower case)."""

    email: str
    name: str
    ids: Mapping[str, str]
    active: bool = True


@dataclass(frozen=True, slots=True)
class Scope:
    """What a read has to cover: the policies' addresses that are desired or bound, or everything.

    A connector lists what lists cheaply in any case, and reads object by object only what is named
    here.
    """

    everything: bool = False
    configuration: Configuration | None = None
    bound: Mapping[Address, str] = field(default_factory=dict)  # address -> remote id
    identity: Identity | None = None  # where it was asked already


@dataclass(frozen=True, slots=True)
class Live:
    """A target as one read saw it.

    ``incomplete`` names what could not be read and why (a missing scope, a tier): nothing is
    deleted on the word of an incomplete read.
    """

    identity: Identity
    resources: tuple[LiveResource, ...] = ()
    people: tuple[RemotePerson, ...] = ()
    incomplete: tuple[str, ...] = ()
    quota: Quota = field(default_factory=lambda: Quota(0))
    asked: bool = True  # False where no system was asked and nothing is known of the account
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Desired:
    """One object as the policies want it: only the fields that the user wrote.

    ``remote_id`` is set where the YAML names the object to adopt; ``choose_id`` where we choose
    the id of what we create. ``parent`` is the address of the containing object. The engine sets
    ``initial``, ``watched`` and ``additive`` as the policy's ``ownership`` says.
    """

    type: str
    address: Address
    title: str
    natural_key: str
    fields: Mapping[str, Value]
    parent: Address | None = None
    remote_id: str | None = None
    choose_id: str | None = None
    previous: tuple[Address, ...] = ()
    source: str = ""  # file:line
    sensitive: frozenset[str] = frozenset()
    initial: Mapping[str, Value] = field(default_factory=dict)  # written at creation only
    watched: Mapping[str, Value] = field(default_factory=dict)  # compared, never written
    additive: frozenset[str] = frozenset()  # sets of which only our members are kept


@dataclass(frozen=True, slots=True)
class Retired:
    """An object that the policies retire; its records go to ``migrate_to`` first."""

    type: str
    address: Address
    title: str
    parent: Address | None = None
    remote_id: str | None = None
    natural_key: str = ""
    migrate_to: Address | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Lowered:
    """Policies compiled for one target: what it shall hold, and how well each clause is held."""

    desired: tuple[Desired, ...] = ()
    retired: tuple[Retired, ...] = ()
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Lifted:
    """Live resources as policy documents (envelopes of plain values, ready to be written as YAML).

    ``bindings`` says which remote object each address of them is; ``lost`` what YAML cannot say.
    """

    documents: tuple[Mapping[str, Any], ...] = ()
    bindings: Mapping[Address, str] = field(default_factory=dict)
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What an inspection learned about one change: dependents, authors, what stands in the way.

    ``blocker`` is a sentence that refuses the change (e.g. a label taken by an archived twin).
    """

    change: str
    dependents: Dependents | None = None
    actors: Mapping[str, Actor] = field(default_factory=dict)  # field path -> who
    blocker: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one change of a unit; ``remote_id`` of what was created."""

    change: str
    status: Status
    remote_id: str | None = None
    message: str = ""


class Sandbox(Protocol):
    """A vendor-compatible server in memory: stateful, deterministic, no sockets."""

    def respond(self, request: Request, *, token: str | None, now: float) -> Response:
        """Answer as the vendor's API does; ``now`` is seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A sandbox ready to be served: which account it plays and the token that opens it.

    ``meddle`` edits something behind the tool's back at a time (seconds since the epoch) and says
    in a sentence what it did; only an account with a past can.
    """

    sandbox: Sandbox
    account: str
    token: str
    meddle: Callable[[float], str] | None = None


class Connector(ABC):
    """Speaks to one kind of system. Holds no state between calls and does no I/O."""

    name: ClassVar[str]
    title: ClassVar[str]
    hosts: ClassVar[tuple[str, ...]]
    """The only hosts that a token may go to, besides loopback; none of a system that people run
    themselves, whose hosts they name in the environment (``IXIA_HOSTS``)."""
    base_url: ClassVar[str]
    types: ClassVar[tuple[ResourceType, ...]]
    kinds: ClassVar[frozenset[str]]  # policy kinds that it can hold something of
    settle_seconds: ClassVar[float] = 0.0  # how long a list may lag behind a write
    limits: ClassVar[LimitHeaders | None] = None  # how the system announces its request limits

    @abstractmethod
    def identify(self) -> Flow[Identity]:
        """Ask the system which account this is; reads only."""

    @abstractmethod
    def read(self, scope: Scope) -> Flow[Live]:
        """Read what the scope covers; reads only."""

    @abstractmethod
    def lower(self, configuration: Configuration, live: Live) -> Lowered:
        """Compile policies to what this target shall hold; pure."""

    @abstractmethod
    def lift(self, live: Live) -> Lifted:
        """Describe live resources as policies; pure."""

    @abstractmethod
    def inspect(self, changes: Sequence[Change], live: Live) -> Flow[Sequence[Finding]]:
        """Learn what a plan should say of these changes: dependents, twins, authors; reads only."""

    @abstractmethod
    def units(self, changes: Sequence[Change]) -> Sequence[Sequence[Change]]:
        """Group changes, in order, into what is written by one call of ``write``; pure."""

    @abstractmethod
    def cost(self, unit: Sequence[Change]) -> int:
        """How many requests ``write`` needs for this unit; pure."""

    @abstractmethod
    def write(self, unit: Sequence[Change], ids: Mapping[Address, str]) -> Flow[Sequence[Outcome]]:
        """Do one unit; ``ids`` are the remote ids of every bound address, created ones included."""

    def find(self, scope: Scope) -> Flow[Live]:
        """What a recovery searches for an object whose creation was never answered; reads only.

        A read of everything, unless the system has a search that lags less than its lists. It is
        asked ``settle_seconds`` after the start of the recovery.
        """
        return self.read(scope)

    def look(self, unit: Sequence[Change]) -> Flow[Sequence[LiveResource] | None]:
        """The objects of a unit as they are right before it is written; reads only.

        None where the system cannot be asked for single objects at a fair price: between the read
        that begins an apply and a write there is a window then.
        """
        del unit
        yield from ()
        return None

    def validate(
        self, changes: Sequence[Change], ids: Mapping[Address, str]
    ) -> Flow[Sequence[Finding]]:
        """Let the system check all changes of an apply without making them; reads only.

        A finding with a ``blocker`` stops the apply before its first write. Nothing by default:
        few systems offer it.
        """
        del changes, ids
        yield from ()
        return ()

    @abstractmethod
    def explain_error(self, response: Response, request: Request) -> RemoteError | None:
        """Classify an answer; None where it is a success."""

    def records(
        self,
        configuration: Configuration,
        live: Live,
        record: str,
        *,
        limit: int,
        fields: frozenset[str] = frozenset(),
    ) -> Flow[Records]:
        """The open records of one type in our pipelines, as they stand; reads only.

        With what the rules of the pipelines look at, and with these declared ``fields`` besides.
        No more than ``limit`` of each pipeline, and of each closed stage those without a reason.
        NotImplementedError where the connector cannot tell.
        """
        raise NotImplementedError(f"{self.title} is not asked for its records")

    def rehearsal(self, *, path: str = ":memory:", demo: bool = False) -> Rehearsal:
        """A sandbox of this system, kept in ``path``; with ``demo`` an account with a past.

        NotImplementedError, with a sentence for people, where there is none, or none of this kind.
        """
        raise NotImplementedError(f"there is no sandbox of {self.title}")

    def resource_type(self, name: str) -> ResourceType:
        """The declared type of this name; KeyError for an unknown one."""
        return next(declared for declared in self.types if declared.name == name)


__all__ = [
    "Actor",
    "Connector",
    "Desired",
    "FieldType",
    "Finding",
    "Lifted",
    "LimitHeaders",
    "Live",
    "LiveResource",
    "Lowered",
    "Mark",
    "Outcome",
    "Record",
    "Records",
    "Rehearsal",
    "RemotePerson",
    "ResourceType",
    "Retired",
    "Sandbox",
    "Scope",
]
