"""What people see, as files to look at."""

import pytest

from ixia_config.codes import documentation
from ixia_config.render import (
    code_markdown,
    code_text,
    coverage_json,
    coverage_markdown,
    coverage_text,
    diagnostics_github,
    diagnostics_json,
    diagnostics_markdown,
    diagnostics_sarif,
    diagnostics_text,
    drift_json,
    drift_markdown,
    drift_text,
    glossary,
    plan_json,
    plan_markdown,
    plan_text,
    progress_line,
    report_json,
    report_markdown,
    report_text,
)
from ixia_config.render.style import Style
from tests.render import rich, wrong
from tests.snapshots import Json, Markdown, Text

PLANS = {
    "rich": rich.RICH,
    "empty": rich.EMPTY,
    "refused": rich.REFUSED,
    "approval": rich.NEEDS_APPROVAL,
}
DRIFT = {"edits": rich.EDITS, "none": rich.EMPTY}
REPORTS = {
    "done": rich.DONE,
    "stopped": rich.STOPPED,
    "uncertain": rich.UNCERTAIN,
    "different": rich.DIFFERENT,
}
COVERAGE = {"HubSpot sandbox 4242 (crm)": rich.CLAUSES, "Salesforce (sales)": ()}


@pytest.mark.parametrize("name", PLANS)
def test_plan_text(name, snapshot):
    assert plan_text(PLANS[name], file="plan-7f3a9c.json") == snapshot(extension_class=Text)


@pytest.mark.parametrize("name", PLANS)
def test_plan_markdown(name, snapshot):
    shown = plan_markdown(PLANS[name], file="plan-7f3a9c.json")

    assert shown == snapshot(extension_class=Markdown)


@pytest.mark.parametrize("name", PLANS)
def test_plan_json(name, snapshot):
    assert plan_json(PLANS[name]) == snapshot(extension_class=Json)


def test_plan_text_that_was_not_saved(snapshot):
    shown = plan_text(rich.RICH) + "\n" + plan_text(rich.NEEDS_APPROVAL)

    assert shown == snapshot(extension_class=Text)


def test_plan_text_in_colour(snapshot):
    shown = plan_text(rich.REFUSED, Style(colour=True)).replace("\x1b", "ESC")

    assert shown == snapshot(extension_class=Text)


@pytest.mark.parametrize("name", DRIFT)
def test_drift_text(name, snapshot):
    assert drift_text(DRIFT[name]) == snapshot(extension_class=Text)


def test_drift_markdown(snapshot):
    assert drift_markdown(rich.EDITS) == snapshot(extension_class=Markdown)


def test_drift_json(snapshot):
    assert drift_json(rich.EDITS) == snapshot(extension_class=Json)


@pytest.mark.parametrize("name", REPORTS)
def test_report_text(name, snapshot):
    assert report_text(REPORTS[name]) == snapshot(extension_class=Text)


def test_report_markdown(snapshot):
    assert report_markdown(rich.STOPPED) == snapshot(extension_class=Markdown)


def test_report_json(snapshot):
    assert report_json(rich.STOPPED) == snapshot(extension_class=Json)


def test_progress(snapshot):
    words, total = glossary(rich.RICH), len(rich.STOPPED.results)
    lines = [
        progress_line(result, number, total, words)
        for number, result in enumerate(rich.STOPPED.results, 1)
    ]

    assert "\n".join(lines) + "\n" == snapshot(extension_class=Text)


def test_diagnostics_text(snapshot):
    assert diagnostics_text(wrong.FOUND, wrong.SOURCES) == snapshot(extension_class=Text)


def test_diagnostics_markdown(snapshot):
    shown = diagnostics_markdown(wrong.FOUND, wrong.SOURCES)

    assert shown == snapshot(extension_class=Markdown)


def test_diagnostics_github(snapshot):
    assert diagnostics_github(wrong.FOUND) == snapshot(extension_class=Text)


def test_diagnostics_json(snapshot):
    assert diagnostics_json(wrong.FOUND) == snapshot(extension_class=Json)


def test_diagnostics_sarif(snapshot):
    assert diagnostics_sarif(wrong.FOUND) == snapshot(extension_class=Json)


def test_coverage_text(snapshot):
    assert coverage_text(COVERAGE) == snapshot(extension_class=Text)


def test_coverage_markdown(snapshot):
    assert coverage_markdown(COVERAGE) == snapshot(extension_class=Markdown)


def test_coverage_json(snapshot):
    assert coverage_json(COVERAGE) == snapshot(extension_class=Json)


def test_code_text(snapshot):
    assert code_text(documentation(wrong.WrongChoice)) == snapshot(extension_class=Text)


def test_code_markdown(snapshot):
    assert code_markdown(documentation(wrong.WrongChoice)) == snapshot(extension_class=Markdown)
