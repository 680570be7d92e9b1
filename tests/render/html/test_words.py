"""Conditions in plain English, curves that are exact, and differences that miss nothing."""

from decimal import Decimal
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ixia_config.kinds.comp_plan.spec import CompPlan
from ixia_config.render.html.differences import between
from ixia_config.render.html.page import facts, listing
from ixia_config.render.html.payline import payline, quota_of, reach
from ixia_config.render.html.view import View, spaced
from ixia_config.render.spoken import cells_spoken, sentence, vocabulary
from tests.render.html.samples import acme, rich

SPOKEN = (
    ("deal", "discount < 20%", "Discount is below 20 %"),
    ("deal", "amount >= 500000", "Amount is at least 500,000"),
    ("deal", "!known(pain)", "Pain is empty"),
    ("deal", "known(pain) && size(pain) > 20",
     "Pain is filled in and the length of pain is above 20"),
    ("deal", 'region in ["EMEA", "APAC"]', "Region is EMEA or APAC"),
    ("deal", "verbal_agreement", "Verbal agreement is yes"),
    ("deal", "!verbal_agreement", "Verbal agreement is no"),
    ("deal", 'account.segment == "smb"', "Account: segment is Small business"),
    ("deal", '(region == "EMEA" || discount > 5%) && known(champion)',
     "(region is EMEA or discount is above 5 %) and champion is filled in"),
    ("deal", "close_date < today", "Close date is below today"),
    ("deal", 'name.startsWith("Acme")', 'Deal name starts with "Acme"'),
    ("deal", "amount * 2 > 10", "Amount * 2 is above 10"),
    ("deal", "this is no condition", "This is no condition"),
    ("nothing", "some_field == 1", "Some field is 1"),
)  # fmt: skip


@pytest.mark.parametrize(("record", "condition", "said"), SPOKEN, ids=[each[1] for each in SPOKEN])
def test_a_condition_is_said_in_plain_english(record, condition, said):
    assert said == sentence(condition, vocabulary(acme(), record))


def test_a_row_of_a_table_is_said_in_plain_english():
    cells = {"region": ("EMEA", "APAC"), "amount": ">= 50000", "discount": "-", "champion": "known"}

    told = cells_spoken(cells, vocabulary(acme(), "deal"))

    assert "region is EMEA or APAC and amount is at least 50000 and champion is filled in" == told


def test_a_very_long_condition_is_shown_as_it_was_written():
    text = " && ".join(["known(pain)"] * 500)

    assert text == sentence(text, vocabulary(acme(), "deal"))


def test_keys_become_words():
    assert "EMEA AE" == spaced("emea-ae")
    assert "sales director" == spaced("sales_director")


@cache
def curves():
    """Every component of every plan that has a curve."""
    return list(drawn_components())


def drawn_components():
    """One after the other."""
    for configuration in (acme(), rich()):
        for policy in configuration.of(CompPlan):
            for component in policy.body.spec.components:
                if payline(policy.body.spec, component, Fraction(2)) is not None:
                    yield policy.body.spec, component


def test_a_simple_curve_pays_what_the_tiers_say():
    [spec] = [each.body.spec for each in acme().of(CompPlan) if each.name == "ae-2027"]
    line = payline(spec, spec.components[0], Fraction(2))

    quota = 275000
    known = {
        Fraction(0): 0,
        Fraction(1): quota * Decimal("0.09"),
        Fraction(3, 2): quota * (Decimal("0.09") + Decimal("0.06")),
        Fraction(2): quota * (Decimal("0.09") + Decimal("0.06") + Decimal("0.075")),
    }
    points = dict(line.points)
    assert {x: Fraction(y) for x, y in known.items()} == {x: points[x] for x in known}
    assert Fraction(24750) == line.at_quota


@settings(max_examples=30)
@given(st.fractions(0, 2), st.integers(0, 100))
def test_the_drawn_line_says_what_the_rate_table_pays(attained, number):
    found = curves()
    spec, component = found[number % len(found)]
    drawn = payline(spec, component, Fraction(2))
    exact = payline(spec, component, attained) if attained else None
    pairs = list(zip(drawn.points, drawn.points[1:], strict=False))
    around = [(a, b) for a, b in pairs if a[0] < attained <= b[0]]
    if exact is None or any(b[0] - a[0] < Fraction(1, 10**6) for a, b in around):
        return

    [((x0, y0), (x1, y1))] = around

    expected = exact.points[-1][1]
    straight = y0 + (y1 - y0) * (attained - x0) / (x1 - x0)
    leap = abs(y1 - y0) if component.cap or component.floor else 0  # a bend between grid points
    assert abs(expected - straight) <= leap


def test_a_curve_without_a_quota_is_not_guessed():
    [spec] = [each.body.spec for each in rich().of(CompPlan) if each.name == "sprint-2027"]

    assert quota_of(spec, spec.components[0]) is None
    assert payline(spec, spec.components[0], Fraction(2)) is None


def test_a_chart_reaches_past_the_last_bound():
    assert Fraction(2) == reach([[Fraction(0), Fraction(1), Fraction(3, 2)]])
    assert Fraction(3, 2) == reach([[], [Fraction(1)]])
    assert Fraction(20) == reach([[Fraction(1000)]])


TREES = st.recursive(
    st.none() | st.booleans() | st.text(max_size=3),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.sampled_from(["key", "a", "b"]), inside, max_size=3)
    ),
    max_leaves=8,
)


@given(TREES, TREES)
def test_there_is_a_difference_exactly_where_two_trees_differ(one, other):
    found = list(between(one, other))

    assert bool(found) == (one != other)
    assert [] == list(between(one, one))


def test_members_of_lists_are_known_by_their_key():
    before = {"rules": [{"key": "a", "when": "x < 1"}, {"key": "b", "when": "x < 2"}]}
    after = {"rules": [{"key": "b", "when": "x < 3"}, {"key": "a", "when": "x < 1"}]}

    [found] = between(before, after)

    assert (("rules", "b", "when"), "x < 2", "x < 3") == (found.path, found.before, found.after)


def test_empty_facts_are_left_out():
    assert "<dl><dt>a</dt><dd>b</dd></dl>" == facts([("a", "b"), ("c", ""), ("d", None)])
    assert "<ul" in listing(["x"])


def test_a_name_that_nobody_declared_is_shown_as_written():
    assert "zoe@acme.example" == View(acme()).person("zoe@acme.example")
    assert "Ana Ruiz" == View(acme()).person("ana@acme.example")
