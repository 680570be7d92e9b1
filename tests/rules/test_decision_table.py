"""Rows of decision tables mean what their cells say, column by column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.rules.decision_table import condition, row
from tests.rules.generated import CATALOGUE, DEAL, NOW, Maker

CELLS = {
    "region": ["-", "EMEA", "!= EMEA", ["EMEA", "APAC"], "known", "missing", None],
    "regions": ["-", "EMEA", ["EMEA", "APAC"], "known"],
    "amount": ["-", ">= 20", "< 50000", "0.5", "0..50000", ["20", "0.5"], "missing"],
    "discount": ["-", "< 10%", "10%..20%", "50%"],
    "vip": ["-", True, False, "missing"],
    "pain": ["-", "acme", "it's", 'quote"', ["acme", "Acme"]],
    "close_date": ["-", ">= 2026-11-23", "2024-02-29", "2024-02-29..2026-12-23"],
    "age": ["-", "> 90 minutes", "21 days"],
    "account.segment": ["-", "smb", ["smb", "enterprise"]],
}
NAMES = st.sampled_from(sorted(DEAL))
ROWS = st.fixed_dictionaries({}, optional={n: st.sampled_from(c) for n, c in CELLS.items()})


@given(ROWS, st.randoms(use_true_random=False).map(Maker))
def test_a_row_is_true_exactly_where_every_cell_is(cells, maker):
    whole, found = row(cells, CATALOGUE, "deal")
    parts = [row({name: value}, CATALOGUE, "deal")[0] for name, value in cells.items()]

    assert not found
    for record in (maker.record() for _ in range(5)):
        expected = all(part.evaluate(record, NOW) for part in parts)
        assert expected is whole.evaluate(record, NOW)


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("region", "-", ""),
        ("region", "EMEA", 'region == "EMEA"'),
        ("region", ["EMEA", "APAC"], 'region in ["EMEA", "APAC"]'),
        ("regions", ["EMEA", "APAC"], '"EMEA" in regions || "APAC" in regions'),
        ("amount", ">= 50000", "amount >= 50000"),
        ("discount", "10%..20%", "discount >= 10% && discount < 20%"),
        ("vip", True, "vip == true"),
        ("close_date", "< 2026-01-31", 'close_date < date("2026-01-31")'),
        ("age", "21 days", 'age == duration("21 days")'),
        ("pain", 'say "no"', r'pain == "say \"no\""'),
        ("pain", '"-"', 'pain == "-"'),
        ("pain", "missing", "!known(pain)"),
    ],
)
def test_a_cell_is_the_condition_that_one_would_write(name, value, text):
    assert text == condition(name, DEAL[name], value)


def test_every_problem_names_its_column():
    cells = {"region": "APC", "discount": "< 10", "amuont": "5", "amount": ">= 50k"}

    typed, found = row(cells, CATALOGUE, "deal")

    assert typed is None
    codes = {column: problem.code for column, problem in found}
    assert {"region": "IX321", "discount": "IX332", "amuont": "IX320", "amount": "IX303"} == codes


def test_a_row_without_questions_is_true():
    typed, found = row({"region": "-"}, CATALOGUE, "deal")

    assert not found
    assert typed.evaluate({})


@given(st.text(), NAMES)
def test_any_cell_is_a_test_or_has_a_problem(value, name):
    typed, found = row({name: value}, CATALOGUE, "deal")

    assert (typed is None) is bool(found)


@given(st.text() | st.sampled_from(["5 || vip", "vip", 'x" || vip || "y', "> cost"]), NAMES)
def test_a_cell_asks_about_its_own_field_and_no_other(value, name):
    typed, _ = row({name: value}, CATALOGUE, "deal")

    assert typed is None or typed.reads <= {name}
