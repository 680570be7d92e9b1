"""The declaration of a Pipeline: stages, exit criteria, moves, ages and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StrictBool

from ixia_config.kinds.envelope import Envelope, Frozen
from ixia_config.kinds.scalars import (
    Condition,
    Currency,
    DurationText,
    Email,
    FieldPath,
    Key,
    Name,
    Percent,
    Text,
)

StageType = Literal["open", "won", "lost"]
Forecast = Literal["pipeline", "best_case", "commit", "closed", "omitted"]


class Criterion(Frozen):
    """One thing that must be true before a record leaves (or enters) a stage."""

    key: Key
    title: Text
    when: Condition | None = None
    """The condition that shows it; left out where only a person can tell"""
    verified_by: Literal["rep", "manager", "system"] = "system"
    evidence: Literal["buyer", "seller", "document"] | None = None
    """Whose action shows it; what the buyer did predicts best"""


class Age(Frozen):
    """How long a record may stay."""

    warn: DurationText | None = None
    breach: DurationText | None = None


class Approval(Frozen):
    """A release by a person before a record enters the stage."""

    approvers: tuple[Email, ...] = Field(min_length=1)
    mode: Literal["any", "all"] = "any"
    when: Condition | None = None
    comment: Text | None = None


class Handoff(Frozen):
    """Who takes over when a record enters the stage."""

    to: Text
    artefacts: tuple[Text, ...] = ()
    within: DurationText | None = None


class Reason(Frozen):
    """Why a record was closed, written out."""

    key: Key
    title: Text | None = None
    parent: Key | None = None
    requires_comment: StrictBool = False


def _written_out(value: object) -> object:
    return {"key": value} if isinstance(value, str) else value


ReasonOrKey = Annotated[Reason, BeforeValidator(_written_out, json_schema_input_type=Key | Reason)]


class Stage(Frozen):
    """One step of the process."""

    key: Key
    """Identity; the title may change"""
    title: Text
    type: StageType = "open"
    probability: Percent | None = None
    """Chance to win; 100% when won and 0% when lost"""
    forecast: Forecast | None = None
    definition: Text | None = None
    entry: tuple[Criterion, ...] = ()
    exit: tuple[Criterion, ...] = ()
    required: tuple[FieldPath, ...] = ()
    """Fields that must be filled to be here"""
    age: Age | None = None
    stale_after: DurationText | None = None
    """Time without activity after which a record is stale"""
    reasons: tuple[ReasonOrKey, ...] = ()
    approval: Approval | None = None
    handoff: Handoff | None = None
    tasks: tuple[Text, ...] = ()

    @property
    def chance(self) -> Decimal | None:
        """The probability, with the obvious one for closed stages."""
        if self.probability is not None or self.type == "open":
            return self.probability
        return Decimal(1) if self.type == "won" else Decimal(0)

    @property
    def category(self) -> Forecast | None:
        """The forecast category, with the obvious one for closed stages."""
        if self.forecast is not None or self.type == "open":
            return self.forecast
        return "closed" if self.type == "won" else "omitted"


class Moves(Frozen):
    """Which moves between stages are allowed."""

    skip: StrictBool | None = None
    """May a record jump over stages? true when left out"""
    back: StrictBool | None = None
    """May a record move back? true when left out"""
    reopen_to: Key | None = None
    """Stage to which a closed record returns"""
    allowed: Mapping[Key, tuple[Key, ...]] | None = None
    """The moves from each stage, where the order of stages is not enough"""
    lost_from: Literal["any"] | tuple[Key, ...] = "any"


class CloseDate(Frozen):
    """What happens to the close date."""

    set_on_close: StrictBool | None = None
    past_while_open: StrictBool | None = None


class Moved(Frozen):
    """A stage that has a new key; the remote object stays."""

    from_: Key = Field(alias="from")
    to: Key


class Retired(Frozen):
    """A stage that goes away; its open records go to another first."""

    key: Key
    title: Text | None = None
    migrate_to: Key


class External(Frozen):
    """The ids of this pipeline and its stages in one target, to adopt what is there."""

    id: Text
    stages: Mapping[Key, Text] = {}


class PipelineSpec(Frozen):
    """The process that a record goes through."""

    object: Name
    """Record type: deal, lead, ticket"""
    currency: Currency | None = None
    record_type: Text | None = None
    applies_when: Condition | None = None
    create_in: tuple[Key, ...] = ()
    """Stages in which records may start; all when left out"""
    moves: Moves = Moves()
    close_date: CloseDate | None = None
    stages: tuple[Stage, ...] = Field(min_length=1)
    moved: tuple[Moved, ...] = ()
    retired: tuple[Retired, ...] = ()
    external: Mapping[Name, External] = {}


class Pipeline(Envelope):
    """Stages, exit criteria and moves of one process."""

    kind: Literal["Pipeline"]
    spec: PipelineSpec
