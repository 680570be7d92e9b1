"""Records of a target in the words of the policies: what each holds, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from ixia_config.model import Address


@dataclass(frozen=True, slots=True)
class Record:
    """One record: ``pipeline`` is the policy's name, ``stage`` a key of it.

    A stage that the policy does not declare is None. ``values`` has neutral field names, with
    values as ``ixia_config.rules.normalise`` reads them. A date or owner that the target does not
    tell is None or empty, which says nothing; a missing field is None in ``values``. ``amount`` is
    decimal text.
    """

    id: str
    title: str
    pipeline: str
    stage: str | None
    values: Mapping[str, object] = field(default_factory=dict)
    owner: str = ""
    owner_email: str = ""
    amount: str | None = None
    entered_at: datetime | None = None  # when it came into its stage
    active_at: datetime | None = None  # when somebody last did something about it
    closes_on: date | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """The open records of one type, and the closed ones that lack the reason for it.

    ``told`` names the fields that the target really told; ``untold`` says of other fields why
    not. ``totals`` counts the open records of each pipeline, also those beyond the limit.
    ``reasons`` are the stages whose records without a reason were looked for; ``more`` those for
    which the limit was reached.
    """

    record: str
    noun: str = "records"  # the plural, in the words of the target
    rows: tuple[Record, ...] = ()
    told: frozenset[str] = frozenset()
    untold: Mapping[str, str] = field(default_factory=dict)
    totals: Mapping[str, int] = field(default_factory=dict)
    reasons: frozenset[Address] = frozenset()
    more: frozenset[Address] = frozenset()
