"""The page on reliability says what was counted, and the model is as it is today."""

from __future__ import annotations

import re

from tests.crash import orders
from tests.crash.page import PAGE


def test_the_page_shows_the_model_as_it_is():
    assert orders.table() in PAGE.read_text("utf-8")


def test_the_page_speaks_of_at_least_two_thousand_schedules_without_a_fault():
    found = re.search(r"\*\*([\d,]+) schedules: (\d+) left", PAGE.read_text("utf-8"))

    assert found is not None
    assert 2000 <= int(found[1].replace(",", ""))
    assert "0" == found[2]
