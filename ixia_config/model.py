"""The frozen nouns that every other module speaks of: addresses, places, changes, plans."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

# A value of one owned field. Decimals travel as canonical text ("0.4"), never as floats.
Value = None | bool | int | str | tuple[str, ...]

Path = tuple[str | int, ...]
"""Where a value stands inside one YAML document, e.g. ``("spec", "stages", 2, "title")``."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file; line and column count from 1, ``width`` is in characters on that line."""

    file: str
    line: int
    column: int
    width: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


_ADDRESS = re.compile(r"([A-Z][A-Za-z]*)/([a-z0-9][a-z0-9-]*)(?:#(\S+))?")


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """The identity of a policy (``Pipeline/new-business``) or of a part of it (``…#evaluate``).

    ``part`` of a thing that has no key of its own in the YAML starts with a dot (``#.rules``), so
    that it cannot collide with a user's key.
    """

    kind: str
    name: str
    part: str = ""

    def __str__(self) -> str:
        return f"{self.kind}/{self.name}#{self.part}" if self.part else f"{self.kind}/{self.name}"

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read what ``str`` wrote; ValueError for anything else."""
        match = _ADDRESS.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not an address like Pipeline/new-business#evaluate")
        return cls(match[1], match[2], match[3] or "")

    @property
    def policy(self) -> Address:
        """The policy that this is part of."""
        return Address(self.kind, self.name)

    def at(self, part: str) -> Address:
        """The same policy's part with this key."""
        return Address(self.kind, self.name, part)


class Level(StrEnum):
    """How well a target holds one clause of a policy; from strongest to weakest."""

    NATIVE = "native"
    AUTOMATION = "automation"
    DETECT = "detect"
    MANUAL = "manual"
    UNSUPPORTED = "unsupported"


class Verb(StrEnum):
    """What one change does."""

    CREATE = "create"
    UPDATE = "update"
    ADOPT = "adopt"  # state only: bind to what exists
    MOVE = "move"  # state only: the address changed, the remote object did not
    RELEASE = "release"  # state only: stop owning a field, leave its value
    FORGET = "forget"  # state only: stop owning an object, leave it
    PROTECT = "protect"  # state only: from now on nothing of this policy may be removed
    UNPROTECT = "unprotect"  # state only: later plans may remove it
    MIGRATE = "migrate"  # move records from one place to another
    ARCHIVE = "archive"
    DELETE = "delete"

    @property
    def writes(self) -> bool:
        """Whether the target is written to, rather than only our state."""
        return self in _WRITING

    @property
    def removes(self) -> bool:
        """Whether something in the target goes away."""
        return self in (Verb.ARCHIVE, Verb.DELETE)


_WRITING = frozenset({Verb.CREATE, Verb.UPDATE, Verb.MIGRATE, Verb.ARCHIVE, Verb.DELETE})


class Cause(StrEnum):
    """Why a field differs, told by the three-way comparison of last applied, live and desired."""

    CONFIG = "config"  # the YAML changed
    DRIFT = "drift"  # the target was edited, the YAML was not
    CONFLICT = "conflict"  # both were
    ADOPTION = "adoption"  # first time that this field is owned


@dataclass(frozen=True, slots=True)
class Actor:
    """Who changed something in the target, and when (ISO 8601 with zone), from its audit trail."""

    name: str
    at: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One owned field of one object, before and after; ``last`` is what we applied before."""

    path: str
    before: Value
    after: Value
    cause: Cause = Cause.CONFIG
    last: Value = None
    title: str = ""
    format: str = "text"
    sensitive: bool = False
    by: Actor | None = None


@dataclass(frozen=True, slots=True)
class Dependents:
    """Records that a change concerns: how many, worth how much, and a few of their names.

    ``amount`` is decimal text in ``currency``; None where the target could not tell.
    """

    count: int
    noun: str = "records"
    amount: str | None = None
    currency: str | None = None
    sample: tuple[str, ...] = ()
    at_least: bool = False  # the target stopped counting


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to do to one object: data, never code.

    ``remote_id`` is None for what does not exist yet. ``precondition`` is the fingerprint of the
    owned fields as the plan saw them. ``needs`` names changes that must be done before this one;
    changes that share a ``group`` apply whole or not at all.
    """

    id: str
    verb: Verb
    type: str
    address: Address
    title: str
    remote_id: str | None = None
    parent: Address | None = None
    natural_key: str = ""
    fields: tuple[FieldChange, ...] = ()
    released: tuple[str, ...] = ()
    previous_address: Address | None = None
    migrate_to: Address | None = None
    reason: str = ""
    precondition: str | None = None
    needs: tuple[str, ...] = ()
    group: str | None = None
    dependents: Dependents | None = None
    calls: int = 0
    reversible: bool = True
    lossy: bool = False
    source: str = ""

    @property
    def after(self) -> Mapping[str, Value]:
        """The desired value of each field that this change writes."""
        return {change.path: change.after for change in self.fields}


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of one policy and how well a target holds it.

    ``subject`` is what the clause is in the user's words ("required fields of Qualify"), ``note``
    why the level is what it is, ``steps`` what a person does by hand.
    """

    address: Address
    subject: str
    level: Level
    note: str = ""
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """Which account of which system a target is; compared before anything else."""

    connector: str
    account: str
    title: str = ""  # e.g. "HubSpot sandbox 4242"
    currency: str | None = None
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Unmanaged:
    """An object in the target that no policy declares."""

    type: str
    title: str
    remote_id: str
    parent: Address | None = None
    dependents: Dependents | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one guard said of a plan: ``refused`` stops an apply until ``approve`` is given."""

    code: str
    message: str
    refused: bool
    change: str | None = None  # the id of the change it speaks of
    approve: str | None = None  # what --approve must name to let it pass
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """Something that an apply leaves as it is until a day, on the word of its owner.

    ``field`` is empty where all of the address is meant; ``until`` is the first day (ISO 8601) on
    which differences count again.
    """

    address: Address
    field: str
    owner: str
    reason: str
    until: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """An exception to a rule for changes: whose it is, why, and the first day without it."""

    owner: str
    reason: str
    until: str


@dataclass(frozen=True, slots=True)
class Denial:
    """A rule under which these changes may not be applied now; ``until`` is empty for always.

    One with a ``waiver`` stops nothing, and stays visible.
    """

    rule: str  # ChangePolicy/production#quarter-end
    why: str
    until: str = ""
    changes: tuple[str, ...] = ()
    waiver: Waiver | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """An approval by people that a rule asks for before these changes are applied.

    ``need`` of the ``people`` (e-mail addresses of whoever holds one of the ``roles``) must say
    yes, the author not counted where ``no_author``.
    """

    rule: str
    roles: tuple[str, ...]
    people: tuple[str, ...]
    need: int = 1
    no_author: bool = False
    changes: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    waiver: Waiver | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """Requests that an apply needs, and what the account has left today (None: it does not say).

    ``allowed`` requests in ``interval`` seconds is its pace (0: unknown), and ``seconds`` what the
    estimated ones take at it.
    """

    estimated: int
    remaining: int | None = None
    seconds: int = 0
    allowed: int = 0
    interval: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that an apply would do to one target, as a value; rendering and applying read it.

    ``digest`` is the SHA-256 of the canonical body and covers the target and every address.
    """

    target: str
    environment: str
    project: str
    identity: Identity
    created_at: str
    expires_at: str
    changes: tuple[Change, ...] = ()
    clauses: tuple[Clause, ...] = ()
    observed: tuple[Change, ...] = ()  # differences of what is only watched
    held: tuple[Change, ...] = ()  # differences that are left as they are for now
    holds: tuple[Hold, ...] = ()  # on whose word; each is here until its day
    denials: tuple[Denial, ...] = ()
    reviews: tuple[Review, ...] = ()
    unmanaged: tuple[Unmanaged, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    names: tuple[
        tuple[str, str], ...
    ] = ()  # titles of references: ("Pipeline/x#won", "Closed won")
    quota: Quota = field(default_factory=lambda: Quota(0))
    counts: tuple[tuple[str, int], ...] = ()  # what agrees or is looked at: ("stages", 48)
    nouns: tuple[tuple[str, str, str], ...] = ()  # of types: ("property", "field", "fields")
    lineage: str = ""
    serial: int = 0
    config_digest: str = ""
    commit: str = ""
    undoes: str = ""  # the run that this plan takes back; the YAML has no part in it
    tool_version: str = ""
    format_version: int = 1
    digest: str = ""

    @property
    def writes(self) -> tuple[Change, ...]:
        """The changes that touch the target."""
        return tuple(change for change in self.changes if change.verb.writes)

    @property
    def refused(self) -> tuple[Verdict, ...]:
        """The guards that said no."""
        return tuple(verdict for verdict in self.verdicts if verdict.refused)


class Status(StrEnum):
    """What became of one change of an apply."""

    APPLIED = "applied"
    ALREADY = "already"  # the target had it; nothing was sent
    FAILED = "failed"  # the target said no; nothing changed
    UNKNOWN = "unknown"  # sent, and no answer tells whether it was done
    SKIPPED = "skipped"  # not attempted


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one change, and why when it was not applied."""

    change: Change
    status: Status
    remote_id: str | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What an apply did: a result per change, in order, and what the read-back found."""

    run: str
    plan: Plan
    results: tuple[Result, ...]
    verified: bool | None = None  # None: not read back
    remaining: tuple[Change, ...] = ()  # what a plan right after the apply still wants to do
    disturbed: tuple[Change, ...] = ()  # fields of updated objects that changed, unwritten by us
    interrupted: bool = False
    problem: str = ""  # why state and journal could not be written any more
    lost_lock: bool = False  # the problem is that the lock is not ours any more

    def having(self, *statuses: Status) -> tuple[Result, ...]:
        """The results with one of these statuses."""
        return tuple(result for result in self.results if result.status in statuses)
