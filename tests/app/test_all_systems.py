"""One set of policies, the acme example, goes to every system that it names."""

import shutil
from contextlib import contextmanager
from dataclasses import replace

import pytest

from ixia_config.app.planning import plan
from ixia_config.app.sandboxing import sandbox
from ixia_config.model import Level, Status
from tests.app.example import SYSTEMS, applied, declared, opened


@pytest.fixture
def acme(root, tmp_path):
    return shutil.copytree(root / "examples" / "acme", tmp_path / "acme")


@contextmanager
def rehearsed(folder, target):
    """The target of the example at a sandbox of its own."""
    with (
        sandbox(declared(folder)[target].connector) as served,
        opened(folder, target, served.url, served.rehearsal) as session,
    ):
        yield session


def test_the_example_names_every_system(acme):
    assert set(SYSTEMS) == set(declared(acme))


@pytest.mark.parametrize("target", SYSTEMS)
def test_the_example_is_applied_to_each_and_then_plans_to_nothing(acme, target):
    with rehearsed(acme, target) as session:
        approved, report, left = applied(session)

    assert approved.writes
    assert report.verified
    assert {result.status for result in report.results} == {Status.APPLIED}
    assert () == left


@pytest.mark.parametrize("target", SYSTEMS)
def test_each_system_says_of_every_policy_how_well_it_is_held(acme, target):
    with rehearsed(acme, target) as session:
        made = plan(session)
        policies = tuple(session.configuration)

    due = {policy.address for policy in policies if not policy.body.supporting}
    told = {replace(clause.address, part="") for clause in made.clauses}
    assert due <= told
    assert all(clause.note for clause in made.clauses if clause.level is not Level.NATIVE)
