"""One set of policies, the acme example, goes to every system that it names."""

import re
import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest

from ixia_config.app import check, open_session
from ixia_config.app.applying import Order, apply
from ixia_config.app.planning import plan
from ixia_config.app.sandboxing import sandbox
from ixia_config.model import Level, Status
from tests.app.place import Ticking

TODAY = date(2026, 11, 22)
SYSTEMS = {"automation": "rehearsal", "crm": "sandbox", "erp": "rehearsal"}


@pytest.fixture
def acme(root, tmp_path):
    return shutil.copytree(root / "examples" / "acme", tmp_path / "acme")


def pointed(folder, target, url):
    """The project with the environment of this target at another address."""
    file = folder / "ixia.yaml"
    head, name, rest = file.read_text("utf-8").partition(f"    {target}:\n")
    file.write_text(head + name + re.sub(r"http://127\.0\.0\.1:\d+", url, rest, count=1), "utf-8")


@contextmanager
def opened(folder, target):
    """The target of the example at a sandbox of its own."""
    declared = check(folder, today=TODAY).project.body.spec.targets[target]
    ticking = Ticking()
    with sandbox(declared.connector) as served:
        pointed(folder, target, served.url)
        environment = declared.environments[SYSTEMS[target]]
        with open_session(
            check(folder, environment=SYSTEMS[target], today=TODAY),
            target=target,
            environment=SYSTEMS[target],
            environ={environment.token.env: served.rehearsal.token},
            clock=ticking.clock,
            sleep=ticking.sleep,
        ) as session:
            yield session


def test_the_example_names_every_system(acme):
    assert set(check(acme, today=TODAY).project.body.spec.targets) == set(SYSTEMS)


@pytest.mark.parametrize("target", SYSTEMS)
def test_the_example_is_applied_to_each_and_then_plans_to_nothing(acme, target):
    with opened(acme, target) as session:
        approved = plan(session)
        report = apply(session, Order(approved, lambda *told: None))
        again = plan(session)

    assert approved.writes
    assert report.verified
    assert {result.status for result in report.results} == {Status.APPLIED}
    assert again.changes == ()


@pytest.mark.parametrize("target", SYSTEMS)
def test_each_system_says_of_every_policy_how_well_it_is_held(acme, target):
    with opened(acme, target) as session:
        made = plan(session)
        policies = tuple(session.configuration)

    declared = {policy.address for policy in policies if not policy.body.supporting}
    told = {replace(clause.address, part="") for clause in made.clauses}
    assert declared <= told
    assert all(clause.note for clause in made.clauses if clause.level is not Level.NATIVE)
