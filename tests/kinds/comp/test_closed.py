"""A closed period never changes; what lies after it may."""

import pytest

from ixia_config.kinds.comp_plan.checks_closed import closed_changes
from ixia_config.kinds.parse import configure
from ixia_config.language import load

BEFORE = """\
apiVersion: ixia/v1
kind: CompPlan
metadata: {name: ae}
spec:
  currency: USD
  effective: {from: 2026-01-01, to: 2028-01-01}
  closed_until: 2026-06-30
  components:
    - {key: new, credit: {amount: amount}, rates: {tiers: [{from: 0, rate: 10%}]}}
  fx:
    rates: [{currency: EUR, from: 2026-01-01, rate: 0.92}]
  spiffs: [{key: q1, pay: 5, budget: 9, effective: {from: 2026-01-01, to: 2026-04-01}}]
---
apiVersion: ixia/v1
kind: CompAssignments
metadata: {name: people}
spec:
  assignments:
    - {person: ana@acme.example, plan: ae, from: 2026-01-01, quota: 5000}
    - {person: bo@acme.example, plan: ae, from: 2026-09-01, quota: 5000}
"""


def read(text):
    configuration, found = configure(load("a.yaml", text).documents)
    assert [] == [str(each) for each in found]
    return configuration


def changes(*edits, before=BEFORE):
    text = before
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return closed_changes(read(before), read(text))


SECOND = BEFORE.partition("---\n")[0].replace("from: 2026-01-01, to: 2028", "from: START, to: 2028")
LATER = {
    "a comment": ("  currency: USD", "  currency: USD  # of all"),
    "the day until which it is closed": ("2026-06-30", "2026-09-30"),
    "an earlier end that is still open": ("to: 2028-01-01", "to: 2026-07-01"),
    "a rate of exchange from later on": (
        "rate: 0.92}",
        "rate: 0.92}, {currency: EUR, from: 2026-07-01, rate: 0.9}",
    ),
    "a contest from later on": (
        "spiffs: [",
        "spiffs: [{key: q4, pay: 5, budget: 9, effective: {from: 2026-10-01, to: 2027-01-01}}, ",
    ),
    "the quota of somebody who came later": (
        "from: 2026-09-01, quota: 5000",
        "from: 2026-10-01, quota: 7000",
    ),
    "the end of an assignment later on": (
        "from: 2026-01-01, quota",
        "from: 2026-01-01, to: 2026-10-01, quota",
    ),
}
CLOSED = {
    "a rate": (("10%", "11%"), "components"),
    "an end within": (("to: 2028-01-01", "to: 2026-06-01"), "effective"),
    "a rate of exchange": (("rate: 0.92", "rate: 0.93"), "fx"),
    "a contest": (("pay: 5", "pay: 6"), "spiffs"),
    "a quota of somebody": (("2026-01-01, quota: 5000", "2026-01-01, quota: 6000"), "ana@acme"),
    "an assignment that ends within": (
        ("from: 2026-01-01, quota", "from: 2026-01-01, to: 2026-06-01, quota"),
        "ana@acme",
    ),
    "an assignment that now starts within": (("from: 2026-09-01", "from: 2026-06-01"), "bo@acme"),
    "a version that starts on the last closed day": (
        ("from: 2026-01-01, to: 2028", "from: 2026-06-30, to: 2028"),
        "the version from 2026-01-01",
    ),
    "the plan as a whole": (("{name: ae}", "{name: ae-new}"), "the version from 2026-01-01"),
}


@pytest.mark.parametrize("edit", LATER.values(), ids=LATER.keys())
def test_no_closed_period_changes_by(edit):
    assert () == changes(edit)


@pytest.mark.parametrize(("edit", "what"), CLOSED.values(), ids=CLOSED.keys())
def test_a_closed_period_is_changed_by(edit, what):
    found = changes(edit)

    assert {"IX726"} == {each.code for each in found}
    assert what in found[0].message()


def test_a_new_version_after_the_closed_day_changes_nothing_before():
    first = ("to: 2028-01-01}\n  closed", "to: 2026-07-01}\n  closed")
    second = SECOND.replace("START", "2026-07-01").replace("10%", "12%") + "---\n"

    assert () == changes(
        first, ("apiVersion: ixia/v1\nkind: CompAss", second + "apiVersion: ixia/v1\nkind: CompAss")
    )


def test_opening_a_closed_period_again_does_not_let_it_change():
    assert ("IX726",) == tuple(
        each.code for each in changes(("  closed_until: 2026-06-30\n", ""), ("10%", "11%"))
    )


def test_nothing_is_closed_without_a_day():
    before = BEFORE.replace("  closed_until: 2026-06-30\n", "")

    assert () == changes(("10%", "11%"), before=before)


def test_a_change_of_somebodys_closed_pay_says_no_amount():
    [found] = changes(("2026-01-01, quota: 5000", "2026-01-01, quota: 6000"))

    assert found.personal
