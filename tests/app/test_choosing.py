"""Which target and environment of a project is meant."""

from datetime import date

import pytest

from ixia_config.app import check
from ixia_config.app.refusal import Refusal
from ixia_config.app.session import kept

PROJECT = """\
apiVersion: ixia/v1
kind: Project
metadata: {name: acme}
spec:
  targets:
    crm:
      connector: hubspot
      environments:
        sandbox: {account: "1", token: {env: TOKEN}}
        production: {account: "2", token: {env: TOKEN}}
    desk:
      connector: nodered
      environments:
        production: {account: Desk, token: {env: TOKEN}, base_url: "http://127.0.0.1:1880"}
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "ixia.yaml").write_text(PROJECT, "utf-8")
    return check(tmp_path, today=date(2026, 11, 22))


def chosen(project, **wanted):
    found = kept(project, **wanted)
    return found.target, found.environment


def refused(project, **wanted):
    with pytest.raises(Refusal) as caught:
        kept(project, **wanted)
    (told,) = caught.value.diagnostics
    return f"{told.message()}; {told.hint()}"


def test_an_environment_that_one_target_has_is_enough(project):
    assert chosen(project, environment="sandbox") == ("crm", "sandbox")


def test_a_target_with_one_environment_is_enough(project):
    assert chosen(project, target="desk") == ("desk", "production")


def test_an_environment_of_several_targets_asks_which(project):
    assert refused(project, environment="production") == (
        "several targets are declared; choose with --target crm or --target desk"
    )


def test_a_misspelt_environment_does_not_choose_a_target(project):
    assert refused(project, environment="sandbx").startswith("several targets are declared")


def test_a_misspelt_target_is_told_what_was_meant(project):
    assert "desk" in refused(project, target="dsk")
