"""The model gives the numbers that the design argues from."""

from __future__ import annotations

import pytest

from tests.crash.orders import ORDERS, Counts, counts

EXPECTED = (
    Counts(deaths=7, duplicated=6, human=0, lost=3, lost_duplicated=3),
    Counts(deaths=9, duplicated=6, human=0, lost=3, lost_duplicated=3),
    Counts(deaths=12, duplicated=6, human=3, lost=3, lost_duplicated=3),
    Counts(deaths=7, duplicated=0, human=0, lost=3, lost_duplicated=0),
    Counts(deaths=7, duplicated=5, human=0, lost=3, lost_duplicated=3),
    Counts(deaths=12, duplicated=0, human=9, lost=3, lost_duplicated=3),
    Counts(deaths=12, duplicated=6, human=0, lost=3, lost_duplicated=3),
    Counts(deaths=12, duplicated=0, human=0, lost=3, lost_duplicated=0),
)


@pytest.mark.parametrize(("order", "expected"), tuple(zip(ORDERS, EXPECTED, strict=True)))
def test_each_write_order_leaves_what_the_design_says(order, expected):
    assert expected == counts(order)


def test_only_the_last_order_leaves_nothing_to_a_person_and_nothing_twice():
    safe = [
        order.title
        for order in ORDERS
        if order.lagging and not any((counts(order).duplicated, counts(order).human))
    ]

    assert [ORDERS[-1].title] == safe
