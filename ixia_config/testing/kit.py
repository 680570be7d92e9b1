"""The conformance kit: twenty checks and every knob, run on one connector, told as a matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from ixia_config.testing import care, road, wire
from ixia_config.testing.habits import endures
from ixia_config.testing.subject import Knob, NotApplicable, Subject


class Verdict(StrEnum):
    """How one check ended."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Check:
    """One promise: its number in the design, or the knob that it turns; what it claims, and how."""

    name: str
    claim: str
    run: Callable[[Subject], object]


@dataclass(frozen=True, slots=True)
class Row:
    """What one check said of one connector, and why where it did not pass."""

    check: Check
    verdict: Verdict
    why: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """What the kit said of one connector."""

    connector: str
    rows: tuple[Row, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing failed."""
        return not self.having(Verdict.FAILED)

    def having(self, verdict: Verdict) -> tuple[Row, ...]:
        """The rows with this verdict."""
        return tuple(row for row in self.rows if row.verdict is verdict)

    def text(self) -> str:
        """One line a check, for a terminal."""
        wide = max(len(row.check.claim) for row in self.rows)
        lines = [f"{row.check.claim:<{wide}}  {_said(row)}" for row in self.rows]
        return "\n".join((self.connector, *lines)) + "\n"


def _said(row: Row) -> str:
    return f"{row.verdict}: {row.why}" if row.why else row.verdict.value


def _numbered(*checks: tuple[str, Callable[[Subject], object]]) -> Iterator[Check]:
    for number, (claim, run) in enumerate(checks, 1):
        yield Check(f"{number:02d}_{run.__name__}", claim, run)


def _knob(knob: Knob) -> Check:
    name = "".join(each if each.isalnum() else "_" for each in knob.name.lower())
    return Check(f"knob_{name}", knob.value, lambda subject: endures(subject, knob))


CHECKS = tuple(
    _numbered(
        ("objects of every type are made, changed and removed", road.round_trip),
        ("a plan right after an apply is empty", road.second_plan_empty),
        ("a narrow and a wide read agree", road.narrow_and_wide_reads_agree),
        ("there and back makes nothing anew", road.there_and_back),
        ("what no policy names stays as it is", care.unowned_values_stay),
        ("a lost state is found again without a write", road.lost_state_is_found_again),
        ("a pulled account plans to nothing", road.pulled_account_plans_to_nothing),
        ("names are found exactly", wire.names_are_found_exactly),
        ("pages are followed and short reads noticed", wire.short_reads_are_noticed),
        ("every error is classified", wire.errors_are_classified),
        ("planning writes nothing", care.planning_writes_nothing),
        ("what is declared holds", road.declarations_hold),
        ("a rename keeps the object", road.rename_keeps_the_object),
        ("another order keeps the objects", road.reorder_keeps_the_objects),
        ("records are counted and moved", care.dependents_are_counted),
        ("a lost answer makes no twin", wire.lost_answers_make_no_twin),
        ("announced limits are kept", wire.limits_are_kept),
        ("secrets stay secret", wire.secrets_stay_secret),
        ("removing twice is once", care.removing_twice_is_once),
        ("a stale plan is refused", care.stale_plans_are_refused),
    )
)
KNOBS = tuple(_knob(knob) for knob in Knob)


def conform(subject: Subject, checks: Sequence[Check] = (*CHECKS, *KNOBS)) -> Matrix:
    """Run the checks on a connector; whatever its code raises is a failed check."""
    return Matrix(subject.connector.title, tuple(_row(check, subject) for check in checks))


def _row(check: Check, subject: Subject) -> Row:
    try:
        told = check.run(subject)
    except NotApplicable as why:
        return Row(check, Verdict.NOT_APPLICABLE, str(why))
    except Exception as broken:  # whatever a stranger's code raises
        return Row(check, Verdict.FAILED, _first_line(broken))
    return Row(check, Verdict.PASSED, f"told: {told}" if told else "")


def _first_line(error: Exception) -> str:
    text = str(error).split("\n", 1)[0]
    return text if isinstance(error, AssertionError) else f"{type(error).__name__}: {text}"


def markdown(matrices: Sequence[Matrix]) -> str:
    """The checks as rows and the connectors as columns; what does not apply is explained below."""
    heads = [each.connector for each in matrices]
    lines = [f"| check | {' | '.join(heads)} |", f"|---|{'---|' * len(heads)}"]
    notes: list[str] = []
    for rows in zip(*(each.rows for each in matrices), strict=True):
        cells = [_cell(row, notes) for row in rows]
        lines.append(f"| {rows[0].check.claim} | {' | '.join(cells)} |")
    numbered = [f"{number}. {note}" for number, note in enumerate(notes, 1)]
    return "\n".join((*lines, "", *numbered)) + "\n"


def _cell(row: Row, notes: list[str]) -> str:
    if not row.why:
        return row.verdict.value
    if row.why not in notes:
        notes.append(row.why)
    return f"{row.verdict} ({notes.index(row.why) + 1})"


class Conformance:
    """The kit for pytest: derive a class ``TestMine`` and give it a ``subject``.

    Each check is a test of its own; what does not apply is skipped and says why. ``checks`` may be
    fewer where a suite has to be quick.
    """

    subject: ClassVar[Subject]
    checks: ClassVar[Sequence[Check]] = (*CHECKS, *KNOBS)

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        for check in cls.checks:
            setattr(cls, f"test_{check.name}", _test(check))


def _test(check: Check) -> Callable[[Conformance], None]:
    def test(self: Conformance) -> None:
        try:
            check.run(self.subject)
        except NotApplicable as why:
            _skip(str(why))

    test.__doc__ = check.claim
    return test


def _skip(why: str) -> None:
    """Only pytest can skip, and it is asked for only here."""
    import pytest

    pytest.skip(f"not applicable: {why}")


__all__ = [
    "CHECKS",
    "KNOBS",
    "Check",
    "Conformance",
    "Matrix",
    "Row",
    "Verdict",
    "conform",
    "markdown",
]
