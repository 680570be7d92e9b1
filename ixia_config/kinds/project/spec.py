"""The declaration of a Project: targets, environments, state and guards."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field, StrictBool

from ixia_config.kinds.envelope import Envelope, Frozen
from ixia_config.kinds.scalars import Count, Month, Name, Percent, Text, Variable

Ownership = Literal["additive", "exclusive", "observe"]
OnRemove = Literal["forget", "archive", "delete"]


class Secret(Frozen):
    """Where a secret is found; never the secret itself."""

    env: Variable | None = None
    """Name of the environment variable that holds it"""
    file: Text | None = None
    """Path of the file that holds it"""


class Environment(Frozen):
    """One account of a target's system."""

    account: Text
    """The account's own id; another account is refused"""
    token: Secret
    base_url: Text | None = None
    """Only for a sandbox on this machine, e.g. http://127.0.0.1:8700"""
    protected: StrictBool = False
    """Ask for the environment's name before an apply"""
    reserve: Percent | None = None
    """Share of the account's requests that stays for its other programs; 10% when left out"""


class Target(Frozen):
    """A system that policies are applied to."""

    connector: Name
    """The kind of system, e.g. hubspot"""
    environments: Mapping[Name, Environment] = Field(min_length=1)
    ownership: Mapping[Text, Ownership] = {}
    """Per policy kind, or default: what to do about members that YAML does not name"""
    on_remove: OnRemove = "forget"
    """What happens to an object whose policy is gone"""
    if_exists: Literal["refuse", "adopt"] = "refuse"
    """What happens when an object of the same title is already there"""


class State(Frozen):
    """Where bindings and the journal live."""

    backend: Literal["file", "git"] = "file"
    branch: Text | None = None
    """Branches of the git backend begin with it; ixia-state/<project> when left out"""
    remote: Text | None = None
    """Remote of the git backend, by its name in this clone; origin when left out"""
    path: Text | None = None
    """Folder of the file backend; .ixia when left out"""


class Guards(Frozen):
    """Limits beyond which a plan is refused."""

    max_deletes: Count = 2
    """Removals in one plan"""
    max_delete_share: Percent = Decimal("0.25")
    """Removals as a share of what is managed"""


class ProjectSpec(Frozen):
    """Where a configuration goes."""

    targets: Mapping[Name, Target] = {}
    state: State = State()
    guards: Guards = Guards()
    overlays: Text | None = None
    """Folder of per-environment patches, e.g. environments/production.yaml"""
    fiscal_year_start: Month = 1
    """Month in which the fiscal year begins"""


class Project(Envelope):
    """Targets, environments, state and guards of one repository."""

    supporting: ClassVar[bool] = True

    kind: Literal["Project"]
    spec: ProjectSpec
