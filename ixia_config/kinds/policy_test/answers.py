"""A question to a policy about one record, and its answer: facts, reasons, and what was tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from ixia_config.kinds.pipeline.gate import Move, Standing
from ixia_config.kinds.reasons import Reason
from ixia_config.kinds.routing_policy.rotation import NOBODY_YET, Rotation
from ixia_config.model import Address, Path
from ixia_config.rules import Typed

Record = Mapping[str, Any]
_NOWHERE, _STAYS = Standing(""), Move("")

Fact = (
    str
    | bool
    | datetime
    | Decimal
    | Mapping[str, Decimal]
    | tuple[str, ...]
    | tuple[tuple[str, ...], ...]
    | None
)


@dataclass(frozen=True, slots=True)
class Question:
    """One normalised record at one time, with what surrounds it."""

    object: str
    record: Record
    now: datetime
    submitter: str = ""
    rotation: Rotation = NOBODY_YET
    absent: tuple[str, ...] = ()
    standing: Standing = _NOWHERE
    move: Move = _STAYS


@dataclass(frozen=True, slots=True)
class Headline:
    """The answer in a sentence about the record: what comes before its name, and after."""

    before: str
    after: str

    def of(self, record: str) -> str:
        """The sentence with what the record is called."""
        whole = f"{self.before}{record}{self.after}"
        return whole[:1].upper() + whole[1:]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a policy that a case can touch: a rule, a branch, or a point of a comparison."""

    policy: str
    """Where its document stands, so that versions are told apart"""
    path: Path
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What one policy decides: ``facts`` can be expected, ``touched`` counts for coverage."""

    subject: str
    policy: Address
    headline: Headline
    facts: Mapping[str, Fact]
    reasons: tuple[Reason, ...]
    touched: frozenset[Part]
    zone: str = ""
    """In which zone its times are told"""


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of a policy with its place, and what it belongs to in words."""

    path: Path
    typed: Typed
    owner: str
