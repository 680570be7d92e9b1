"""Whatever a condition may say: no record contradicts what is proved, and witnesses hold."""

import os
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ixia_config.rules import Catalogue, Field, FieldType, read
from ixia_config.rules.analysis import (
    HitPolicy,
    Kind,
    Limits,
    Rule,
    Verdict,
    analyse,
    compare,
    disjoint,
    equivalent,
    implies,
    never_matches,
)
from tests.rules.generated import CATALOGUE, DEAL, NOW, Maker

EXAMPLES = 1_500 if "IXIA_FUZZ" in os.environ else 25
LIMITS = Limits(nodes=3_000, effort=300_000, pairs=20)
WORDS = Catalogue({"lead": {"name": Field(FieldType.TEXT)}})
PARTS = ("a", "b", "ab", "ba", "A")
TEXTS = (None, *("".join(each) for n in range(1, 6) for each in product("abA", repeat=n)))


def typed(text, catalogue=CATALOGUE, record="deal"):
    found, problems = read(text, catalogue, record)
    assert found, [str(problem.diagnostic) for problem in problems]
    return found


def full(record):
    return {**dict.fromkeys(DEAL), **record}


@pytest.mark.parametrize("seed", range(EXAMPLES))
def test_no_record_contradicts_a_proof(seed):
    maker, count = Maker(Random(seed)), 1 + seed % 5
    rules = [Rule(f"r{n}", typed(maker.condition(2)), n % 2) for n in range(count)]
    after = rules[1:]
    records = [maker.record() for _ in range(60)]
    met = [[n for n, rule in enumerate(rules) if rule.when.evaluate(e, NOW)] for e in records]

    found = analyse(rules, HitPolicy.FIRST, complete=True, limits=LIMITS, now=NOW)
    same = compare(rules, after, HitPolicy.FIRST, limits=LIMITS, now=NOW)

    unsettled = [each for each in found.of(Kind.UNKNOWN) if each.about is Kind.MISSING_RULE]
    if not found.of(Kind.MISSING_RULE) and not unsettled:
        assert all(met)
    hidden = {each.rules[0] for each in found.of(Kind.MASKED)}
    never = {each.rules[0] for each in found.of(Kind.NEVER_MATCHES)}
    always = {each.rules[0] for each in found.of(Kind.ALWAYS_MATCHES)}
    for each in met:
        assert not each or f"r{each[0]}" not in hidden
        assert never.isdisjoint(f"r{n}" for n in each)
        assert always <= {f"r{n}" for n in each}
    if same.equivalent is Verdict.YES:
        assert all(not each or (each[0] != 0 or len(each) > 1) for each in met)
    for each in found.of(Kind.MISSING_RULE):
        assert not any(rule.when.evaluate(full(each.witness.record), NOW) for rule in rules)


def text_test(r):
    part = r.choice(PARTS)
    subject = r.choice(("name", "name", "lower(name)"))
    return r.choice(
        (
            f'{subject}.startsWith("{part}")',
            f'{subject}.endsWith("{part}")',
            f'{subject}.contains("{part}")',
            f'{subject} == "{part}"',
            f'name in ["{part}", "bb"]',
            "known(name)",
            f"size(name) {r.choice(('<', '>='))} {r.randrange(1, 4)}",
        )
    )


def text_condition(r):
    parts = [r.choice(("", "!")) + f"({text_test(r)})" for _ in range(r.randint(1, 3))]
    return r.choice((" && ", " || ")).join(parts)


@settings(max_examples=EXAMPLES * 4)
@given(st.randoms(use_true_random=False))
def test_texts_are_told_apart_as_all_short_texts_are(r):
    one, other = (typed(text_condition(r), WORDS, "lead") for _ in range(2))
    answers = [(one.evaluate({"name": text}), other.evaluate({"name": text})) for text in TEXTS]

    expected = (
        all(a == b for a, b in answers),
        all(b for a, b in answers if a),
        not any(a and b for a, b in answers),
    )
    given = tuple(verb(one, other) for verb in (equivalent, implies, disjoint))

    shows = (lambda a, b: a != b, lambda a, b: a and not b, lambda a, b: a and b)
    for whole, answer, shown in zip(expected, given, shows, strict=True):
        assert whole or answer.verdict is not Verdict.YES
        if answer.verdict is Verdict.NO:
            assert shown(*(each.evaluate(answer.witness.record) for each in (one, other)))


def deal(*texts):
    return [Rule(text, typed(text), number) for number, text in enumerate(texts)]


def words(findings):
    return [(each.region.words, each.witness.words) for each in findings]


def test_the_gap_and_the_overlap_of_discount_bands_are_shown_with_round_values():
    rules = deal(
        "discount < 10%",
        "discount > 10.5% && discount <= 20%",
        "discount >= 20%",
        "!known(discount)",
    )

    found = analyse(rules, HitPolicy.UNIQUE, complete=True)

    gap, conflict = found.of(Kind.MISSING_RULE), found.of(Kind.CONFLICT)
    assert [("discount from 10 % to 10.5 %", "discount 10 %")] == words(gap)
    assert [("discount 20 %", "discount 20 %")] == words(conflict)
    assert ("discount >= 20%", "discount > 10.5% && discount <= 20%") == conflict[0].rules


def test_a_rule_hidden_by_several_names_those_that_are_needed():
    found = analyse(
        deal("vip", "employees >= 500", "employees < 500", 'region == "EMEA" && known(employees)'),
        HitPolicy.FIRST,
    )

    hidden = ('region == "EMEA" && known(employees)', "employees >= 500", "employees < 500")
    assert [hidden] == [each.rules for each in found.of(Kind.MASKED)]


def test_arithmetic_is_shown_by_a_record_or_not_answered():
    found = analyse(deal("amount * discount > 5000", "amount > cost"), HitPolicy.UNIQUE)

    (conflict,) = found.of(Kind.CONFLICT)
    record = full(conflict.witness.record)
    assert record["amount"] * record["discount"] > 5000
    assert record["amount"] > record["cost"]


def test_the_clock_is_an_argument():
    hidden = deal("close_date < today", "close_date >= today && close_date < today")

    late = never_matches(hidden[1].when, now=NOW)
    without = never_matches(typed("close_date < today"))
    shown = never_matches(typed("close_date < today"), now=NOW)

    assert Verdict.YES is late.verdict
    assert Verdict.UNKNOWN is without.verdict
    assert (Verdict.NO, NOW) == (shown.verdict, shown.witness.now)


def test_what_changed_is_said_in_words():
    before = deal('region == "EMEA" && employees >= 1000', "true")
    after = deal('region == "EMEA" && employees >= 500', "true")

    found = compare(before, after, HitPolicy.FIRST)

    (change,) = found.changes
    assert "region EMEA and employees 500 to 999" == change.region.words
    assert "region EMEA and employees 500" == found.witness.words
    assert ((1,), (0,)) == (change.before.outputs, change.after.outputs)


def test_rules_that_exclude_each_other_may_change_places():
    before = deal("employees < 500", "employees >= 500", "true")
    after = [before[1], before[0], before[2]]

    found = compare(before, after, HitPolicy.FIRST)

    assert found.reordered_without_effect
    assert 1 == len(found.moved)


def test_two_bands_that_adjoin_could_be_one_and_all_values_need_no_test():
    rules = [
        Rule("low", typed('region == "EMEA" && employees < 500'), "a"),
        Rule("middle", typed('region == "EMEA" && employees >= 500 && employees < 900'), "a"),
        Rule("vip", typed('region == "APAC" && vip'), "b"),
        Rule("rest", typed('region == "APAC" && !vip'), "b"),
    ]

    found = analyse(rules, HitPolicy.UNIQUE)

    (merge,), (reduce,) = found.of(Kind.MERGEABLE), found.of(Kind.PARTIAL_REDUCTION)
    assert (("low", "middle"), "employees") == (merge.rules, merge.field)
    assert (("vip", "rest"), "vip") == (reduce.rules, reduce.field)
    assert "region EMEA and employees up to 899" == merge.region.words


def test_a_record_with_an_empty_field_is_named_where_a_rule_takes_it_unasked():
    found = analyse(deal('region != "EMEA"', 'known(region) && region != "APAC"'), HitPolicy.FIRST)

    (only,) = found.of(Kind.NULL_SENSITIVE)
    assert (('region != "EMEA"',), "region") == (only.rules, only.field)
    assert "region missing" == only.witness.words


@pytest.mark.parametrize("count", [5, 40])
def test_a_condition_of_very_many_cases_is_answered_or_unknown(count):
    sides = " && ".join(f"(employees == {n} || seats == {n} || vip)" for n in range(count))

    answer = implies(typed(f"vip && ({sides})"), typed(sides))

    assert answer.verdict in (Verdict.YES, Verdict.UNKNOWN)


def test_many_random_rules_end_within_the_budget():
    maker = Maker(Random(4))
    rules = [Rule(f"r{n}", typed(maker.condition(3)), n % 3) for n in range(30)]

    found = analyse(rules, HitPolicy.FIRST, complete=True, limits=LIMITS, now=NOW)

    assert found.findings
