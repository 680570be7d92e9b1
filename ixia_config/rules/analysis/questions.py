"""Every question about one set of rules: gaps, shadows, overlaps and rules that do nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from ixia_config.rules.analysis.findings import (
    ANYTHING,
    ORDINARY,
    Analysis,
    Domain,
    Finding,
    HitPolicy,
    Limits,
    Rule,
)
from ixia_config.rules.analysis.gaps import gaps
from ixia_config.rules.analysis.nulls import null_sensitive
from ixia_config.rules.analysis.pairs import counted, overlapping, overlaps, reducible
from ixia_config.rules.analysis.shadows import always, masked, repeated, shadows
from ixia_config.rules.analysis.study import Study


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
    study = Study.of(rules, domain, limits, now, prove=prove)
    common = overlaps(study)
    found = tuple(_findings(study, hit, common, complete=complete))
    return Analysis(found, counted(study, common), study.nodes)


def _findings(
    study: Study, hit: HitPolicy, common: tuple[int, ...], *, complete: bool
) -> Iterator[Finding]:
    if complete:
        yield from gaps(study)
    shadow = shadows(study, hit)
    yield from masked(study, shadow)
    yield from overlapping(study, hit, common)
    yield from repeated(study, hit, shadow)
    yield from islice(reducible(study, hit, shadow), study.limits.pairs)
    yield from always(study)
    yield from islice(null_sensitive(study, hit, shadow), study.limits.pairs)
