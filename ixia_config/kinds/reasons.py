"""Why a decision came out as it did: one line per thing that was looked at, for people."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What became of one thing that a decision looked at."""

    YES = "yes"
    NO = "no"
    SKIPPED = "skipped"
    CHOSEN = "chosen"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of an explanation: ``enterprise  yes  region EMEA; employees 5,000 >= 1,000``.

    ``below`` are the lines that belong under it, such as the members of the pool that a rule names.
    """

    subject: str
    verdict: Verdict
    why: str = ""
    below: tuple[Reason, ...] = ()
