"""The kit itself: each check can fail, and what does not apply is said."""

from __future__ import annotations

from typing import Any

import pytest

from ixia_config.testing import (
    CHECKS,
    KNOBS,
    PIPELINES,
    Broken,
    Conformance,
    Knob,
    Subject,
    Verdict,
    conform,
    markdown,
)
from ixia_config.testing.connectors.reference import Reference
from ixia_config.testing.connectors.reference.subject import ReferenceSubject
from tests.testing.broken import BREAKS, BreakingSubject, RepeatsCreates


def test_there_are_twenty_checks_and_a_broken_connector_for_each():
    assert 20 == len(CHECKS)
    assert [each.name for each in CHECKS] == list(BREAKS)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_each_check_fails_on_a_connector_that_breaks_its_promise(check):
    subject = BreakingSubject(BREAKS[check.name])

    with pytest.raises(Broken):
        check.run(subject)


def test_a_knob_finds_a_connector_that_makes_twins():
    knob = next(each for each in KNOBS if each.claim == Knob.TIMEOUT_AFTER_COMMIT)

    row = conform(BreakingSubject(RepeatsCreates), [knob]).rows[0]

    assert row.verdict is Verdict.FAILED


class Little(Subject):
    """All that a third party has to write."""

    connector = Reference
    samples = PIPELINES


def test_what_a_sandbox_cannot_do_does_not_apply_and_says_why():
    checks = [
        each for each in (*CHECKS, *KNOBS) if each.name in ("05_unowned_values_stay", "knob_paging")
    ]

    matrix = conform(Little(), checks)

    assert [Verdict.NOT_APPLICABLE] * 2 == [row.verdict for row in matrix.rows]
    assert all(row.why for row in matrix.rows)


def test_a_crash_of_a_strangers_connector_is_a_failed_check():
    class Crashing(Reference):
        def lower(self, configuration, live):
            raise KeyError("stage")

    row = conform(BreakingSubject(Crashing), [CHECKS[1]]).rows[0]

    assert row.verdict is Verdict.FAILED
    assert "KeyError" in row.why


def test_the_matrix_reads_as_text_and_as_markdown():
    matrix = conform(ReferenceSubject(), [CHECKS[9]])

    assert "Reference CRM\nevery error is classified  passed\n" == matrix.text()
    assert "| every error is classified | passed |" in markdown([matrix])


def test_a_test_class_has_one_test_a_check():
    class Mine(Conformance):
        subject = Little()

    tests = [name for name in dir(Mine) if name.startswith("test_")]

    assert len(CHECKS) + len(KNOBS) == len(tests)


def test_the_how_to_page_holds_a_connector_to_the_kit(root):
    page = (root / "docs" / "how-to" / "test-a-connector.md").read_text("utf-8")
    code = page.partition("```python\n")[2].partition("```")[0]
    names: dict[str, Any] = {"__name__": "page"}

    exec(code, names)

    assert Verdict.PASSED is conform(names["Mine"](), [CHECKS[1]]).rows[0].verdict
    assert hasattr(names["TestMine"], f"test_{CHECKS[1].name}")
