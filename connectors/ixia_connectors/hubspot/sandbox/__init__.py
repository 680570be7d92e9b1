"""A HubSpot-compatible account for rehearsals, demos and tests: stateful and deterministic."""

from ixia_connectors.hubspot.sandbox.app import ACTS_AS, HubSpotSandbox
from ixia_connectors.hubspot.sandbox.profile import (
    ADMIN,
    ALL_SCOPES,
    Person,
    Profile,
    Team,
    Tier,
    Token,
)
from ixia_connectors.hubspot.sandbox.seeding import (
    deactivate,
    load_records,
    messy_account,
    require,
)

__all__ = [
    "ACTS_AS",
    "ADMIN",
    "ALL_SCOPES",
    "HubSpotSandbox",
    "Person",
    "Profile",
    "Team",
    "Tier",
    "Token",
    "deactivate",
    "load_records",
    "messy_account",
    "require",
]
