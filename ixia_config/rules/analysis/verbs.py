"""The five questions about conditions: equivalent, implies, disjoint, always and never matches."""

from __future__ import annotations

from datetime import datetime

from ixia_config.rules.analysis.findings import ANYTHING, ORDINARY, Answer, Domain, Limits, Verdict
from ixia_config.rules.typed import Typed


def equivalent(
    one: Typed,
    other: Typed,
    *,
    domain: Domain = ANYTHING,
    limits: Limits = ORDINARY,
    prove: bool = True,
    now: datetime | None = None,
) -> Answer:
    """Whether the same records meet both; the witness of a no meets only one."""
    del one, other, domain, limits, prove, now
    return Answer(Verdict.UNKNOWN)


def implies(
    one: Typed,
    other: Typed,
    *,
    domain: Domain = ANYTHING,
    limits: Limits = ORDINARY,
    prove: bool = True,
    now: datetime | None = None,
) -> Answer:
    """Whether every record that meets ``one`` meets ``other``; the witness of a no does not."""
    del one, other, domain, limits, prove, now
    return Answer(Verdict.UNKNOWN)


def disjoint(
    one: Typed,
    other: Typed,
    *,
    domain: Domain = ANYTHING,
    limits: Limits = ORDINARY,
    prove: bool = True,
    now: datetime | None = None,
) -> Answer:
    """Whether no record meets both; the witness of a no does."""
    del one, other, domain, limits, prove, now
    return Answer(Verdict.UNKNOWN)


def always_matches(
    condition: Typed,
    *,
    domain: Domain = ANYTHING,
    limits: Limits = ORDINARY,
    prove: bool = True,
    now: datetime | None = None,
) -> Answer:
    """Whether every record meets it; the witness of a no does not."""
    del condition, domain, limits, prove, now
    return Answer(Verdict.UNKNOWN)


def never_matches(
    condition: Typed,
    *,
    domain: Domain = ANYTHING,
    limits: Limits = ORDINARY,
    prove: bool = True,
    now: datetime | None = None,
) -> Answer:
    """Whether no record meets it; the witness of a no does."""
    del condition, domain, limits, prove, now
    return Answer(Verdict.UNKNOWN)
