"""The five questions about conditions: equivalent, implies, disjoint, always and never matches."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from ixia_config.rules.analysis.cover import Cover
from ixia_config.rules.analysis.findings import (
    ANYTHING,
    ORDINARY,
    Answer,
    Domain,
    Limits,
    Reason,
    Rule,
    Verdict,
)
from ixia_config.rules.analysis.study import Study
from ixia_config.rules.typed import Typed

_RETRIES = 25


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
    study = _study((one, other), domain, limits, now, prove=prove)
    there, back = _implied(study, 0, 1), _implied(study, 1, 0)
    for answer in (there, back):
        if answer.verdict is Verdict.NO:
            return answer
    return back if there.verdict is Verdict.YES else there


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
    return _implied(_study((one, other), domain, limits, now, prove=prove), 0, 1)


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
    study = _study((one, other), domain, limits, now, prove=prove)
    common = [a & b for a in study.boxes[0] for b in study.boxes[1] if study.space.real(a & b)]
    return _nothing(study, common, 0, lambda record: _met(study, record) == (True, True))


def always_matches(
    condition: Typed,
    *,
    domain: Domain = ANYTHING,
    limits: Limits = ORDINARY,
    prove: bool = True,
    now: datetime | None = None,
) -> Answer:
    """Whether every record meets it; the witness of a no does not."""
    study = _study((condition,), domain, limits, now, prove=prove)
    whole = [study.space.whole]
    return _nothing(study, whole, study.bits(0), lambda record: _met(study, record) == (False,))


def never_matches(
    condition: Typed,
    *,
    domain: Domain = ANYTHING,
    limits: Limits = ORDINARY,
    prove: bool = True,
    now: datetime | None = None,
) -> Answer:
    """Whether no record meets it; the witness of a no does."""
    study = _study((condition,), domain, limits, now, prove=prove)
    return _nothing(study, study.boxes[0], 0, lambda record: _met(study, record) == (True,))


def _study(
    conditions: Sequence[Typed],
    domain: Domain,
    limits: Limits,
    now: datetime | None,
    *,
    prove: bool,
) -> Study:
    rules = [Rule(str(number), each) for number, each in enumerate(conditions)]
    return Study.of(rules, domain, limits, now, prove=prove)


def _met(study: Study, record: Mapping[str, Any]) -> tuple[bool, ...]:
    return tuple(study.meets(number, record) for number in range(len(study.rules)))


def _implied(study: Study, one: int, other: int) -> Answer:
    def only_one(record: Mapping[str, Any]) -> bool:
        return study.meets(one, record) and not study.meets(other, record)

    return _nothing(study, study.boxes[one], study.bits(other), only_one)


def _nothing(
    study: Study, starts: Sequence[int], among: int, ask: Callable[[Mapping[str, Any]], bool]
) -> Answer:
    """Yes where these boxes leave no record of the starts; a no is shown by a record."""
    cover = Cover(study.space, study.cover.boxes)
    reason, budget, extra = None, study.budget(), 0
    for start in starts:
        for _ in range(_RETRIES):
            hole = study.hole(start, among | study.forbidden | extra, budget, cover)
            if hole.box is None:
                reason = reason or hole.reason
                break
            witness = study.witness(hole.box, ask)
            if witness is not None:
                return Answer(Verdict.NO, witness)
            reason = reason or Reason.UNCONFIRMED
            extra |= 1 << len(cover.boxes)
            cover.add(hole.box)
    return Answer(Verdict.YES) if reason is None else Answer(Verdict.UNKNOWN, reason=reason)
