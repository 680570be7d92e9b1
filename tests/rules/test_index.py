"""The rule index gives the answers of asking one rule after another."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.rules import read
from ixia_config.rules.classes import MAX_BOXES, boxes
from ixia_config.rules.index import index
from tests.rules.generated import CATALOGUE, NOW, Maker

PAIRS = 100_000


def typed(text):
    found, problems = read(text, CATALOGUE, "deal")
    assert found, [str(problem.diagnostic) for problem in problems]
    return found


def one_by_one(rules, record):
    return tuple(number for number, rule in enumerate(rules) if rule.evaluate(record, NOW))


@given(st.randoms(use_true_random=False).map(Maker), st.integers(0, 12))
def test_an_index_matches_what_the_rules_match(maker, count):
    rules = [typed(maker.condition()) for _ in range(count)]
    ready = index(rules)

    for record in (maker.record() for _ in range(5)):
        expected = one_by_one(rules, record)
        assert expected == ready.all(record, NOW)
        assert next(iter(expected), None) == ready.first(record, NOW)


def test_a_hundred_thousand_pairs_agree():
    maker, compared, matched = Maker(Random(11)), 0, 0
    while compared < PAIRS:
        rules = [typed(maker.condition()) for _ in range(50)]
        ready = index(rules)
        for record in (maker.record() for _ in range(100)):
            expected = one_by_one(rules, record)
            assert expected == ready.all(record, NOW)
            compared, matched = compared + len(rules), matched + len(expected)

    assert 0.2 < matched / compared < 0.8


@given(st.randoms(use_true_random=False).map(Maker))
def test_the_boxes_of_a_condition_cover_exactly_what_it_covers(maker):
    rule = typed(maker.condition())
    ready = index([rule])
    opposite = index([typed(f"!({rule.text})")])

    for record in (maker.record() for _ in range(5)):
        assert bool(ready.all(record, NOW)) is not bool(opposite.all(record, NOW))


def test_a_condition_that_would_be_too_many_boxes_stays_whole():
    pairs = " && ".join(f"(employees == {n} || seats == {n})" for n in range(10))

    (only,) = boxes(typed(pairs))

    assert len(only.opaque) == 1
    assert MAX_BOXES < 2**10


@pytest.mark.parametrize(
    ("text", "fields", "opaque"),
    [
        ('region == "EMEA" && employees >= 1000', {("region",), ("employees",)}, 0),
        ("amount > cost", set(), 1),
        ("amount * 2 > 5 && vip", {("vip",)}, 1),
        ("close_date < today", set(), 1),
        ('account.segment == "smb" && size(pain) > 20', {("account", "segment"), ("pain",)}, 0),
        ("5 < amount && known(account)", {("amount",), ("account",)}, 0),
    ],
)
def test_what_one_field_decides_is_told_from_what_it_does_not(text, fields, opaque):
    (box,) = boxes(typed(text))

    assert fields == {path for path, _ in box.fields}
    assert opaque == len(box.opaque)


def test_rules_that_read_the_clock_must_be_given_one():
    ready = index([typed("entered < now"), typed("vip")])

    with pytest.raises(ValueError, match="pass now"):
        ready.first({"vip": True})


def test_without_rules_nothing_matches():
    assert index([]).first({}) is None
