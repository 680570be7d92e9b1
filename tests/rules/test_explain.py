"""Facts say in words why a condition holds or fails, for every condition and record."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.rules import Catalogue, Field, FieldType, normalise, read
from ixia_config.rules.explain import facts
from tests.rules.generated import CATALOGUE, NOW, Maker

MAKERS = st.randoms(use_true_random=False).map(Maker)


def told(text, **record):
    typed, problems = read(text, CATALOGUE, "deal")
    assert typed, [str(problem.diagnostic) for problem in problems]
    return facts(typed, normalise(record, CATALOGUE, "deal"), NOW)


@given(MAKERS)
def test_a_field_that_no_fact_names_does_not_matter(maker):
    typed, _ = read(maker.condition(), CATALOGUE, "deal")

    for record, other in ((maker.record(), maker.record()) for _ in range(5)):
        text = facts(typed, record, NOW)
        silent = {name.split(".")[0] for name in typed.reads}
        silent -= {name.split(".")[0] for name in typed.reads if name in text}
        changed = record | {name: other[name] for name in silent}
        assert text
        assert "\n" not in text
        shortened = "..." in text or " more" in text
        assert shortened or typed.evaluate(record, NOW) is typed.evaluate(changed, NOW)


@given(MAKERS)
def test_a_fact_that_is_told_does_not_depend_on_how_the_question_is_put(maker):
    text, record = maker.condition(), maker.record()
    plain, negated = (read(each, CATALOGUE, "deal")[0] for each in (text, f"!({text})"))

    assert facts(plain, record, NOW) == facts(negated, record, NOW)


@pytest.mark.parametrize(
    ("text", "record", "expected"),
    [
        (
            'region == "EMEA" && employees >= 1000',
            {"region": "EMEA", "employees": 5000},
            "region EMEA; employees 5,000 >= 1,000",
        ),
        (
            'region == "EMEA" && employees >= 1000',
            {"region": "AMER", "employees": 10},
            "region AMER, not EMEA; employees 10, not >= 1,000",
        ),
        ('account.segment == "smb"', {}, "account.segment is empty"),
        ('vip || region == "EMEA"', {"vip": "true", "region": "EMEA"}, "vip yes"),
        ("discount < 20%", {"discount": "12.5%"}, "discount 12.5 % < 20 %"),
        ("discount < 20%", {"discount": "20%"}, "discount 20 %, not < 20 %"),
        ("!(amount > cost)", {"amount": "5", "cost": "7"}, "amount 5, not > cost 7"),
        ("known(pain)", {"pain": "slow  \n quotes"}, "pain slow quotes"),
        ('region in ["EMEA", "APAC"]', {"region": "AMER"}, "region AMER, not one of EMEA, APAC"),
        (
            'domain in list("lists/names.csv", "domain")',
            {"domain": "x.com"},
            "domain x.com, not in the list lists/names.csv",
        ),
        ('domain.endsWith(".com")', {"domain": "a.de"}, "domain a.de does not end with .com"),
        (
            'close_date < date("2026-11-23")',
            {"close_date": "2026-11-30"},
            "close_date Mon 30 Nov 2026, not < Mon 23 Nov 2026",
        ),
        (
            'now - entered <= duration("10 minutes")',
            {"entered": "2026-11-23T08:49:59Z"},
            "now - entered 10 minutes 1 second, not <= 10 minutes",
        ),
    ],
)
def test_facts_read_as_people_say_them(text, record, expected):
    assert expected == told(text, **record)


def test_a_long_condition_is_cut_short_and_counted():
    text = " && ".join(f"employees >= {number}" for number in range(1, 251))

    assert told(text, employees="0").endswith("; and 246 more")


def test_the_value_of_a_sensitive_field_is_not_told():
    fields = {"salary": Field(FieldType.MONEY, sensitive=True), "bonus": Field(FieldType.MONEY)}
    typed, _ = read("salary + bonus > 9 && salary > 7", Catalogue({"person": fields}), "person")

    for salary in (1, 987654):
        told = facts(typed, {"salary": Decimal(salary), "bonus": Decimal(3)}, NOW)
        assert "***" in told
        assert str(salary + 3) not in told.replace("987,657", "987657")
        assert f"salary {salary:,}" not in told
