"""Installed connectors are found, ours and those of strangers, and a broken one harms no other."""

import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from ixia_config.edges.connectors import GROUP, discover, installed

GOOD = """
from tests.edges.plain import Plain
class CONNECTOR(Plain):
    name = "{name}"
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch) -> Path:
    """A folder that modules can be imported from, forgotten afterwards."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]


def package(site: Path, name: str, **systems: str) -> EntryPoint:
    """A distribution's module with a package for each of these systems."""
    (site / name).mkdir()
    (site / name / "__init__.py").write_text("")
    (site / name / "notes.py").write_text("raise RuntimeError('not a connector')\n")
    for system, code in systems.items():
        (site / name / system).mkdir()
        (site / name / system / "__init__.py").write_text(code)
    return EntryPoint(name, name, GROUP)


def test_a_stranger_joins_by_an_entry_point(site: Path):
    point = package(site, "their_crm", erp=GOOD.format(name="erp"), crm=GOOD.format(name="crm"))

    catalogue = discover([point])

    assert (["crm", "erp"], ()) == (list(catalogue.connectors), catalogue.diagnostics)


def test_broken_connectors_are_told_one_by_one_and_harm_no_other(site: Path):
    point = package(
        site,
        "their_broken",
        fine=GOOD.format(name="fine"),
        empty="",
        failing="import not_installed_here",
        odd="CONNECTOR = 'a text'",
        leaving="raise ValueError('two\\nlines')",
        quitting="raise SystemExit(3)",
    )
    missing = EntryPoint("missing", "not_installed_here", GROUP)

    catalogue = discover([missing, point])

    assert ["fine"] == list(catalogue.connectors)
    assert [
        (
            "the connector not_installed_here cannot be used:"
            " ModuleNotFoundError: No module named 'not_installed_here'"
        ),
        (
            "the connector their_broken.empty cannot be used: AttributeError: module"
            " 'their_broken.empty' has no attribute 'CONNECTOR'"
        ),
        (
            "the connector their_broken.failing cannot be used:"
            " ModuleNotFoundError: No module named 'not_installed_here'"
        ),
        "the connector their_broken.leaving cannot be used: ValueError: two lines",
        (
            "the connector their_broken.odd cannot be used:"
            " TypeError: CONNECTOR is not a Connector class"
        ),
        "the connector their_broken.quitting cannot be used: SystemExit: 3",
    ] == [each.message() for each in catalogue.diagnostics]


def test_nobody_takes_the_name_of_ours(site: Path):
    ours = package(site, "zz_ours", crm=GOOD.format(name="crm"))
    theirs = package(site, "aa_theirs", crm=GOOD.format(name="crm"))

    catalogue = discover([theirs, EntryPoint("builtin", ours.value, GROUP)])

    assert "zz_ours.crm" == catalogue.connectors["crm"].__module__
    assert ['the connector aa_theirs.crm cannot be used: the name "crm" is taken'] == [
        each.message().removesuffix(" by another connector") for each in catalogue.diagnostics
    ]


def test_our_own_connectors_are_installed_and_whole():
    catalogue = installed()

    assert "hubspot" in catalogue.connectors
    assert () == catalogue.diagnostics
