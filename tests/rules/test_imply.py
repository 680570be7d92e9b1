"""What is said of two conditions is certain: no record contradicts it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.rules import read
from ixia_config.rules.imply import relations
from tests.rules.generated import CATALOGUE, NOW, Maker

MAKERS = st.randoms(use_true_random=False).map(Maker)


def typed(text):
    found, problems = read(text, CATALOGUE, "deal")
    assert found, [str(problem.diagnostic) for problem in problems]
    return found


@given(MAKERS)
def test_no_record_contradicts_what_is_found(maker):
    conditions = [typed(maker.condition(2)) for _ in range(4)]
    found = relations(conditions)

    for record in (maker.record() for _ in range(20)):
        answers = [condition.evaluate(record, NOW) for condition in conditions]
        assert not any(answers[number] for number in found.never)
        assert all(answers[earlier] for later, earlier in found.implied if answers[later])


@given(MAKERS)
def test_a_condition_and_more_implies_the_condition(maker):
    text = maker.condition(1)

    found = relations([typed(text), typed(f"({text}) && ({maker.condition(1)})")])

    assert 1 in found.never or (1, 0) in found.implied or 0 in found.never


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("employees >= 500", "employees >= 1000"),
        ("employees > 10", 'employees >= 11 && region == "EMEA"'),
        ('region in ["EMEA", "APAC"]', 'region == "APAC"'),
        ('region != "AMER"', "!known(region)"),
        ('domain != "a"', 'domain == "b"'),
        ("vip || won", "won"),
        ("amount > cost", 'amount > cost && region == "EMEA"'),
        ('domain.contains("acme")', 'domain.contains("acme") && discount > 10%'),
        ("discount >= 10%", "discount > 9.99% && discount == 20%"),
        ("true", "vip"),
        ("vip || !(1 > 2)", "won"),
    ],
)
def test_a_rule_that_an_earlier_one_takes_whole_is_found(earlier, later):
    assert ((1, 0),) == relations([typed(earlier), typed(later)]).implied


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("employees >= 1000", "employees >= 500"),
        ("employees < 1000", "!(employees >= 1000)"),
        ('region in ["EMEA", "APAC"]', 'region != "AMER"'),
        ("account.revenue > 1", "known(account)"),
    ],
)
def test_what_does_not_follow_is_not_claimed(earlier, later):
    assert () == relations([typed(earlier), typed(later)]).implied


@pytest.mark.parametrize(
    "text",
    [
        "employees < 50 && employees > 100",
        "employees > 1 && employees < 2",
        'region == "EMEA" && region == "APAC"',
        "discount < 10% && !known(discount)",
        'domain.contains("a") && !domain.contains("a")',
        "vip && 1 > 2",
    ],
)
def test_a_condition_that_never_holds_is_found(text):
    assert (0,) == relations([typed(text)]).never


@pytest.mark.parametrize(
    ("earlier", "later", "overlap"),
    [
        ("discount < 10%", "discount >= 10%", False),
        ("discount <= 10%", "discount >= 10%", True),
        ("employees > 1", "employees < 2", False),
        ("employees > 1", "employees < 3", True),
        ('region == "EMEA"', "amount > 5", True),
        ('region == "EMEA"', 'region == "APAC"', False),
    ],
)
def test_bands_overlap_where_a_value_lies_in_both(earlier, later, overlap):
    assert bool(relations([typed(earlier), typed(later)]).overlapping) is overlap
