"""What ``make live`` says at its end: each real system, its version, and what was tested on it."""

import os
from collections import Counter
from pathlib import Path

import pytest

VERSIONS = pytest.StashKey[dict[str, str]]()
_HERE = Path(__file__).parent
_TESTED = "tested"
_OUTCOMES = ("passed", "failed", "error", "skipped")


@pytest.fixture(scope="session")
def tested(pytestconfig: pytest.Config) -> dict[str, str]:
    """The versions of the systems that were started, by the name of their folder here."""
    return pytestconfig.stash.setdefault(VERSIONS, {})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    """Each report says which version it is about, since processes share the tests."""
    report = yield
    version = item.config.stash.get(VERSIONS, {}).get(_system(item.nodeid))
    if version:
        report.user_properties.append((_TESTED, version))
    return report


def pytest_terminal_summary(terminalreporter):
    """The table; a system that could not be installed is counted, with the reason."""
    if "IXIA_LIVE" not in os.environ:
        return
    counts, reasons, versions = _seen(terminalreporter.stats)
    terminalreporter.section("real systems")
    terminalreporter.line(_row("system", "version", *_OUTCOMES))
    for system in sorted(counts):
        figures = (str(counts[system][outcome]) for outcome in _OUTCOMES)
        terminalreporter.line(_row(system, versions.get(system, "not started"), *figures))
    missing = sorted(set(counts) - set(versions))
    terminalreporter.line(f"{len(counts) - len(missing)} of {len(counts)} systems were tested")
    for system in missing:
        terminalreporter.line(f"! {system}: {reasons.get(system, 'it did not start')}", red=True)


def _seen(stats):
    counts: dict[str, Counter[str]] = {}
    reasons: dict[str, str] = {}
    versions: dict[str, str] = {}
    for outcome in _OUTCOMES:
        for report in stats.get(outcome, ()):
            system = _system(report.nodeid)
            if system is None:
                continue
            counts.setdefault(system, Counter())[outcome] += 1
            for key, said in report.user_properties:
                if key == _TESTED:
                    versions[system] = said
            if outcome == "skipped" and isinstance(report.longrepr, tuple):
                reasons.setdefault(system, report.longrepr[2].removeprefix("Skipped: "))
    return counts, reasons, versions


def _system(node: str) -> str | None:
    parts = Path(node.partition("::")[0]).parts
    found = parts[2] if parts[:2] == ("tests", "live") and len(parts) > 3 else None
    return found if found and (_HERE / found).is_dir() else None


def _row(*cells: str) -> str:
    return "".join(
        cell.ljust(width) for cell, width in zip(cells, (12, 24, 8, 8, 8, 8), strict=True)
    )
