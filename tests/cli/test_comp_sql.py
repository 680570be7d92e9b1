"""A plan as SQL from the command line: refused with reasons, and never shown unasked."""

import shutil
import stat

import pytest

from ixia_config.exits import Exit

PLAN = """\
apiVersion: ixia/v1
kind: CompPlan
metadata: {name: plain}
spec:
  currency: EUR
  governed_by: booked_on
  fx:
    quote: per_foreign_unit
    rates:
      - {currency: USD, from: 2026-01-01, rate: 0.92}
      - {currency: GBP, from: 2026-01-01, rate: 1.17}
  components:
    - key: bookings
      credit: {object: booking, amount: acv, date: booked_on}
      rates: {accumulate: quarter, tiers: [{from: 0, rate: 5%}, {from: 50000, rate: 8%}]}
---
apiVersion: ixia/v1
kind: CompAssignments
metadata: {name: plain}
spec: {assignments: [{person: noor@acme.example, plan: plain, from: 2027-01-01}]}
"""
ASKED = ("comp", "sql", "--plan", "plain", "--period", "2027")


@pytest.fixture
def acme(root, tmp_path, monkeypatch):
    """A copy of the example with a plan that SQL can pay."""
    folder = tmp_path / "acme"
    shutil.copytree(root / "examples/acme", folder)
    (folder / "comp/plain.yaml").write_text(PLAN)
    monkeypatch.chdir(folder)
    return folder


def test_a_plan_is_written_for_its_owner_only(acme, ixia):
    done = ixia(*ASKED, "--output", "plain.sql")

    assert done.code == Exit.OK, done.err
    assert (acme / "plain.sql").read_text().startswith("WITH\n")
    assert stat.S_IMODE((acme / "plain.sql").stat().st_mode) == 0o600


def test_what_people_are_to_reach_is_shown_only_when_asked(acme, ixia):
    assert ixia(*ASKED).code == Exit.USAGE
    assert "noor@acme.example" in ixia(*ASKED, "--show-pay", "--dialect", "spark").out


def test_a_plan_that_sql_does_not_pay_is_refused_with_every_reason(acme, ixia):
    done = ixia("comp", "sql", "--plan", "ae-2027", "--period", "2027", "--show-pay")

    assert done.code == Exit.USAGE
    assert done.err.count("error IX760") == 3


def test_an_unknown_plan_is_named(acme, ixia):
    done = ixia("comp", "sql", "--plan", "plainn", "--period", "2027", "--show-pay")

    assert done.code == Exit.USAGE
    assert "plain" in done.err
