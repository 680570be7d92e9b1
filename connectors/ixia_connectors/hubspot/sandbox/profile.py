"""Which account a sandbox plays: its identity, tier, people, tokens and limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum


class Tier(IntEnum):
    """What the account pays for; a higher tier has everything that a lower one has."""

    FREE = 0
    STARTER = 1
    PROFESSIONAL = 2
    ENTERPRISE = 3

    @property
    def title(self) -> str:
        """As the vendor writes it: ``Professional``."""
        return self.name.capitalize()


ALL_SCOPES = frozenset(
    {
        "account-info.security.read",
        "automation",
        "crm-access",
        "crm-pipelines-governance-read",
        "crm-pipelines-governance-write",
        "crm-pipelines-locked-stages-access",
        "crm-pipelines-locked-stages-write",
        "pipeline-level-permissions-access",
        "pipeline-level-permissions-write",
        "crm.objects.companies.read",
        "crm.objects.companies.write",
        "crm.objects.contacts.read",
        "crm.objects.contacts.write",
        "crm.objects.deals.read",
        "crm.objects.deals.write",
        "crm.objects.leads.read",
        "crm.objects.leads.write",
        "crm.objects.owners.read",
        "crm.schemas.companies.read",
        "crm.schemas.companies.write",
        "crm.schemas.contacts.read",
        "crm.schemas.contacts.write",
        "crm.schemas.deals.read",
        "crm.schemas.deals.write",
        "crm.schemas.leads.read",
        "settings.users.read",
        "settings.users.teams.read",
        "tickets",
    }
)


@dataclass(frozen=True, slots=True)
class Token:
    """A service key: what it may do. Each token is one app for the 10-second limit."""

    scopes: frozenset[str] = ALL_SCOPES
    app: str = "ixia"
    expired: bool = False


@dataclass(frozen=True, slots=True)
class Team:
    """A team of people; ``id`` is what pipelines and owners refer to."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Person:
    """A user and the owner that belongs to it: two different ids, as in a real account."""

    user_id: int
    owner_id: int
    email: str
    first_name: str
    last_name: str
    teams: tuple[str, ...] = ()  # ids; the first one is the primary team
    active: bool = True
    super_admin: bool = False


ADMIN = Person(10, 70, "admin@acme.example", "Ada", "Admin", super_admin=True)

_TEN_SECONDS = {Tier.FREE: 100, Tier.STARTER: 100, Tier.PROFESSIONAL: 190, Tier.ENTERPRISE: 190}
_DAILY = {
    Tier.FREE: 250_000,
    Tier.STARTER: 250_000,
    Tier.PROFESSIONAL: 625_000,
    Tier.ENTERPRISE: 1_000_000,
}
_FLOWS = {Tier.FREE: 0, Tier.STARTER: 0, Tier.PROFESSIONAL: 300, Tier.ENTERPRISE: 1_000}
_PIPELINES = {Tier.FREE: 1, Tier.STARTER: 2, Tier.PROFESSIONAL: 15, Tier.ENTERPRISE: 100}


def _default_tokens() -> Mapping[str, Token]:
    return {"sandbox-token": Token()}


@dataclass(frozen=True, slots=True)
class Profile:
    """One account. Limits left at None are those of the tier.

    ``service_user`` is who a request acts as in the audit trail when it names no user itself.
    ``search_lag_seconds`` is how long a write stays invisible to search. ``flow_creation_seconds``
    is how long a new workflow is still being made, and ``without_actions`` are the action types
    that workflows of this account may not have.
    """

    account: int = 4242
    account_type: str = "SANDBOX"  # STANDARD | SANDBOX | DEVELOPER_TEST | APP_DEVELOPER
    currency: str = "USD"
    zone: str = "America/New_York"
    tier: Tier = Tier.ENTERPRISE
    tokens: Mapping[str, Token] = field(default_factory=_default_tokens)
    people: tuple[Person, ...] = (ADMIN,)
    teams: tuple[Team, ...] = ()
    service_user: int = 10
    ten_secondly: int | None = None
    daily: int | None = None
    search_per_second: int = 5
    search_lag_seconds: float = 0.0
    pipelines_per_object: int | None = None
    first_id: int = 9_000_001
    flows: int | None = None
    flow_creation_seconds: float = 0.0
    without_actions: frozenset[str] = frozenset()

    @property
    def ten_secondly_max(self) -> int:
        """Requests that one app may send in any ten seconds."""
        return _TEN_SECONDS[self.tier] if self.ten_secondly is None else self.ten_secondly

    @property
    def daily_max(self) -> int:
        """Requests that all apps together may send in a day of the account's zone."""
        return _DAILY[self.tier] if self.daily is None else self.daily

    @property
    def flows_max(self) -> int:
        """Workflows that the account may have."""
        return _FLOWS[self.tier] if self.flows is None else self.flows

    @property
    def pipelines_max(self) -> int:
        """Pipelines that one object type may have."""
        limit = self.pipelines_per_object
        return _PIPELINES[self.tier] if limit is None else limit
