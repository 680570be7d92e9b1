"""Seeded policies: the search and the solver agree, and random records contradict neither."""

import os
from random import Random

import pytest

from benchmarks.bench_analysis import (
    _CATALOGUE,
    _LISTED,
    _NUMBERS,
    _case,
    _dense,
    _rules,
)
from ixia_config.rules.analysis import HitPolicy, Kind, Limits, Reason, Verdict, analyse, compare
from ixia_config.rules.index import index

FUZZ = "IXIA_FUZZ" in os.environ
SEEDS = range(20) if FUZZ else range(2)
SIZES = (50, 200, 500) if FUZZ else (50,)
RECORDS = 10_000
BY_SOLVER = Limits(nodes=0, pairs=0)
BY_SEARCH = Limits(pairs=0)


def told(analysis):
    """What is found, without the witness: search and solver may show different records."""
    return {(each.kind, each.rules[:1], each.about) for each in analysis.findings}


def random_record(r):
    """A record whose numbers lie on and beside the bounds that rules use."""
    record = {
        **{n: r.choice((None, "other", *values)) for n, values in _LISTED.items()},
        **{n: r.choice((None, r.choice(v) + r.randint(-1, 1))) for n, v in _NUMBERS.items()},
        "vip": r.choice((None, True, False)),
    }
    return {name: record[name] for name in _CATALOGUE.records["lead"]}


def decided(rules, records):
    """What the first rule says of each record."""
    ready = index([rule.when for rule in rules])
    found = (ready.first(record) for record in records)
    return [None if number is None else rules[number].output for number in found]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", SEEDS)
def test_search_and_solver_agree_on_a_tree_with_exceptions(seed, size):
    before, after = (_rules(each) for each in _case(size, seed))
    holed = [rule for number, rule in enumerate(before) if number != size - 1]

    for rules in (before, holed):
        searched = analyse(rules, HitPolicy.FIRST, complete=True, limits=BY_SEARCH)
        proved = analyse(rules, HitPolicy.FIRST, complete=True, limits=BY_SOLVER)
        assert told(searched) == told(proved)
    by_search = compare(before, after, HitPolicy.FIRST).equivalent
    assert by_search is compare(before, after, HitPolicy.FIRST, limits=BY_SOLVER).equivalent


@pytest.mark.parametrize("seed", SEEDS)
def test_equivalence_holds_for_ten_thousand_random_records(seed):
    r = Random(seed)
    before = _rules(_case(50, seed)[0])
    records = [random_record(r) for _ in range(RECORDS)]
    expected = decided(before, records)

    for _ in range(6):
        place = r.randrange(len(before) - 1)
        after = [*before]
        after[place : place + 2] = reversed(before[place : place + 2])
        verdict = compare(before, after, HitPolicy.FIRST)
        if verdict.equivalent is Verdict.YES:
            assert expected == decided(after, records)
            assert verdict.reordered_without_effect
        else:
            assert Verdict.NO is verdict.equivalent
            one = [{**dict.fromkeys(_CATALOGUE.records["lead"]), **verdict.witness.record}]
            assert decided(before, one) != decided(after, one)


def test_an_unchanged_copy_is_equivalent_and_a_new_leaf_is_not():
    before, after = (_rules(each) for each in _case(50, 3))

    assert Verdict.YES is compare(before, before, HitPolicy.FIRST).equivalent
    found = compare(before, after, HitPolicy.FIRST)
    assert Verdict.NO is found.equivalent
    assert 1 == len(found.edited)


def test_a_thousand_dense_rules_are_unknown_without_the_solver_and_answered_with_it():
    size = 1_000 if FUZZ else 150
    rules = _dense(size)
    tight = Limits(nodes=size // 2, pairs=0)

    without = analyse(rules, HitPolicy.FIRST, complete=True, limits=tight, prove=False)
    proved = analyse(rules, HitPolicy.FIRST, complete=True, limits=tight)

    unknown = without.of(Kind.UNKNOWN)
    assert unknown
    assert {Reason.BUDGET} == {each.reason for each in unknown}
    assert () == proved.of(Kind.UNKNOWN)
    masked = {each.rules[0] for each in proved.of(Kind.MASKED)}
    assert {each.rules[0] for each in without.of(Kind.MASKED)} <= masked


def test_the_work_is_counted_and_the_same_every_time():
    rules = _dense(100)
    limits = Limits(nodes=300, pairs=5)

    first, second = (
        analyse(rules, HitPolicy.FIRST, complete=True, limits=limits, prove=False) for _ in range(2)
    )

    assert first == second
    # Each kind of question has its own budget, and a step is counted before it is taken.
    assert first.nodes <= 10 * limits.nodes
