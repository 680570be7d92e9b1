"""Closed pay as text: read back to the last digit, and refused where a character changed."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ixia_config.kinds.comp_plan.result import Attained, Balance, Credit, Line, Part, Payout
from ixia_config.kinds.comp_plan.stored import ClosedPay, Unsealed, _digest, dump, load
from ixia_config.kinds.reasons import Reason, Verdict
from tests.kinds.comp.desk import (
    ANA,
    assigned,
    component,
    configured,
    deal,
    paid,
    plan,
    statement,
)
from tests.kinds.comp.test_laws import DAYS, EXAMPLES, MONEY, desks, few, sums

AMOUNTS = st.decimals(-(10**9), 10**9, places=12) | st.decimals(0, 10**9, places=2)
VERDICTS = st.sampled_from(Verdict)
BELOW = st.lists(st.builds(Reason, st.text(), VERDICTS), max_size=2).map(tuple)
REASONS = st.lists(st.builds(Reason, st.text(), VERDICTS, below=BELOW), max_size=2).map(tuple)
MAYBE = st.none() | AMOUNTS
PARTS = st.builds(Part, from_=MAYBE, to=MAYBE, credit=MAYBE, rate=MAYBE, amount=AMOUNTS)
CREDITS = st.builds(Credit, amount=AMOUNTS, whole=AMOUNTS, share=AMOUNTS, steps=REASONS)
LINES = st.builds(
    Line,
    amount=AMOUNTS,
    credit=st.none() | CREDITS,
    parts=st.lists(PARTS, max_size=2).map(tuple),
    exact=AMOUNTS,
    earned=AMOUNTS,
    before=AMOUNTS,
    title=st.text(),
    reasons=REASONS,
)
PAYOUTS = st.builds(
    Payout,
    lines=st.lists(LINES, max_size=3).map(tuple),
    credits=st.lists(CREDITS, max_size=2).map(tuple),
    attained=st.lists(
        st.builds(Attained, quota=AMOUNTS, credited=AMOUNTS, share=MAYBE, reasons=REASONS),
        max_size=1,
    ).map(tuple),
    balance=st.builds(Balance, AMOUNTS, AMOUNTS, AMOUNTS),
    closed=st.booleans(),
    reasons=REASONS,
    since=st.none() | st.dates(),
)
JANUARY = Payout(ANA, "ae", "2027-01", date(2027, 1, 1), date(2027, 2, 1), "USD")
A_FILE = dump(ClosedPay("2027-01", (JANUARY,)))


@given(st.lists(PAYOUTS, max_size=2).map(tuple))
@settings(few, max_examples=20)
def test_closed_pay_is_read_back_to_the_last_digit(payouts):
    closed = ClosedPay("2027-01", payouts)
    text = dump(closed)

    assert repr(closed) == repr(load(text))
    assert text == dump(load(text))


@given(st.sampled_from([n for n, each in enumerate(A_FILE) if not each.isspace()]), st.data())
@few
def test_a_file_with_another_character_is_refused(place, data):
    alphabet = st.characters(codec="ascii", exclude_characters=A_FILE[place] + " \t\r\n")
    changed = A_FILE[:place] + data.draw(alphabet) + A_FILE[place + 1 :]

    with pytest.raises(Unsealed):
        load(changed)


@pytest.mark.parametrize(
    "text", ["", "[]", "null", "{}", '{"format": "ixia/closed-pay/v1"}', "[" * 100_000, "1e999999"]
)
def test_what_was_not_closed_is_refused(text):
    with pytest.raises(Unsealed):
        load(text)


def resealed(**changes):
    """A file with other values that somebody sealed again."""
    values = {**json.loads(A_FILE), **changes}
    del values["digest"]
    return json.dumps({**values, "digest": _digest(values)})


@pytest.mark.parametrize("amount", ["1E+999999999", "1E-999999999", "NaN", "Infinity", "9" * 99])
def test_an_amount_that_would_fill_the_memory_is_refused_though_it_is_sealed(amount):
    [payout] = json.loads(A_FILE)["payouts"]
    payout["balance"] = {"draw": amount, "carried": "0", "held": "0"}

    with pytest.raises(Unsealed):
        load(resealed(payouts=[payout]))


@pytest.mark.parametrize("payouts", [None, "x", [{}], [{"person": 5}], {"a": 1}])
def test_payouts_of_another_shape_are_refused_though_they_are_sealed(payouts):
    with pytest.raises(Unsealed):
        load(resealed(payouts=payouts))


@given(desks(), st.data())
@settings(few, max_examples=8 * EXAMPLES // 25)
def test_what_is_closed_never_changes_whatever_records_say_and_all_time_is_what_they_say_now(
    desk, data
):
    configuration, sales = desk
    history = ()
    for month in ("2026-01", "2026-02", "2026-03"):
        sales = changed(configuration, sales, data)
        found = statement(configuration, month, sales, history=history).payouts
        history += load(dump(ClosedPay(month, tuple(map(closed, found))))).payouts
    last = changed(configuration, sales, data)

    after = paid(configuration, last, until="2026-H1", history=history)

    assert history == after[:3]
    assert sums(paid(configuration, last, until="2026-H1")) == sums(after)


def changed(configuration, sales, data):
    """The same records with other amounts and days; some are gone."""
    return [
        deal(configuration, sale.id, data.draw(MONEY), data.draw(DAYS))
        for sale in sales
        if data.draw(st.integers(0, 4))
    ]


def closed(payout):
    """The payout as it is once it was paid."""
    return replace(payout, closed=True)


def test_a_closed_payout_of_somebody_who_came_back_is_paid_once():
    """Two assignments to one plan: both run on for what comes back late."""
    first = {"person": ANA, "to": "2026-03-01"}
    second = {"person": ANA, "from": "2026-05-01"}
    configuration = configured(plan(component(("0", None, "10%"))), assigned(first, second))
    sales = [deal(configuration, 1, 1000, "2026-02-10"), deal(configuration, 2, 500, "2026-05-10")]
    history = tuple(map(closed, paid(configuration, sales, until="2026-05")))

    after = paid(configuration, sales, until="2026-06", history=history)

    assert [0, 100, 50, 0] == [int(each.total) for each in after]
    assert history == after[:3]


def test_a_closed_month_stays_closed_without_a_day_in_the_plan():
    configuration = configured(plan(component(("0", None, "10%"))))
    january = paid(configuration, [deal(configuration, 1, 1000)], until="2026-01")
    late = [deal(configuration, 1, 700)]

    kept, february = paid(configuration, late, until="2026-02", history=tuple(map(closed, january)))

    assert [100, -30] == [int(kept.total), int(february.earned)]
