"""Every verdict is the one that listing all records of a small domain gives."""

import os
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from ixia_config.rules.analysis import (
    HitPolicy,
    Kind,
    Verdict,
    always_matches,
    analyse,
    compare,
    disjoint,
    equivalent,
    implies,
    never_matches,
)
from tests.rules.analysis.small import SmallMaker, records

EXAMPLES = 3_000 if "IXIA_FUZZ" in os.environ else 60
RANDOM = st.randoms(use_true_random=False)
some = settings(max_examples=EXAMPLES)


def met(rules, record):
    return [number for number, rule in enumerate(rules) if rule.when.evaluate(record)]


def rules_of(findings):
    return {int(finding.rules[0][1:]) for finding in findings}


def full(record):
    """A witness leaves out what is missing."""
    return (
        dict.fromkeys(("region", "vip", "seats", "cost", "rate", "closes", "tags"))
        | {"account": None}
        | record
    )


@some
@given(RANDOM, st.integers(1, 6))
def test_gaps_and_shadows_are_those_of_all_records(r, count):
    maker = SmallMaker(r)
    rules, domain = maker.rules(count), maker.domain()
    every = [met(rules, record) for record in records(maker.fields, domain)]

    found = analyse(rules, HitPolicy.FIRST, complete=True, domain=domain)

    reached = {each[0] for each in every if each}
    matched = {number for each in every for number in each}
    conditional = {n for n, rule in enumerate(rules) if rule.when.reads}
    assert not found.of(Kind.UNKNOWN)
    assert any(not each for each in every) == bool(found.of(Kind.MISSING_RULE))
    assert set(range(count)) - matched == rules_of(found.of(Kind.NEVER_MATCHES))
    hidden = found.of(Kind.MASKED) + tuple(
        each for each in found.of(Kind.IDENTICAL) if each.rules[0] > each.rules[1]
    )
    assert matched - reached == rules_of(hidden)
    always = {n for n in conditional if all(n in each for each in every)}
    assert always == rules_of(found.of(Kind.ALWAYS_MATCHES))


@some
@given(RANDOM, st.integers(2, 6))
def test_every_witness_shows_what_is_said_of_it(r, count):
    maker = SmallMaker(r, mixed=r.random() < 0.5)
    rules, domain = maker.rules(count), maker.domain()

    found = analyse(rules, HitPolicy.FIRST, complete=True, domain=domain)

    for finding in found.findings:
        if finding.witness is None:
            continue
        record = full(finding.witness.record)
        numbers = {int(key[1:]) for key in finding.rules}
        assert all(each.evaluate(record) for each in domain.given)
        match finding.kind:
            case Kind.MISSING_RULE:
                assert [] == met(rules, record)
            case Kind.OVERLAPPING | Kind.CONFLICT:
                assert numbers <= set(met(rules, record))
            case _:
                assert Kind.NULL_SENSITIVE is finding.kind
                assert numbers == {met(rules, record)[0]}
                assert finding.field not in finding.witness.record


@some
@given(RANDOM, st.integers(2, 5))
def test_pairs_overlap_where_a_record_meets_both(r, count):
    maker = SmallMaker(r)
    rules, domain = maker.rules(count), maker.domain()
    every = [met(rules, record) for record in records(maker.fields, domain)]

    found = analyse(rules, HitPolicy.UNIQUE, domain=domain)

    pairs = {pair for each in every for pair in combinations(each, 2)}
    told = found.of(Kind.OVERLAPPING, Kind.CONFLICT)
    assert pairs == {tuple(sorted(int(key[1:]) for key in each.rules)) for each in told}


@some
@given(RANDOM, st.integers(2, 5))
def test_a_mask_that_is_named_is_enough(r, count):
    maker = SmallMaker(r)
    rules = maker.rules(count)
    every = [met(rules, record) for record in records(maker.fields)]

    found = analyse(rules, HitPolicy.FIRST)

    for finding in found.of(Kind.MASKED):
        rule, *by = (int(key[1:]) for key in finding.rules)
        assert all(number < rule for number in by)
        assert all(set(by) & set(each) for each in every if rule in each)


@some
@given(RANDOM, st.integers(2, 5), st.sampled_from(HitPolicy))
def test_a_rule_that_could_go_changes_nothing_when_it_goes(r, count, hit):
    maker = SmallMaker(r)
    rules = maker.rules(count)

    found = analyse(rules, hit)

    for finding in found.of(Kind.SUBSUMED, Kind.IDENTICAL):
        less = [rule for rule in rules if rule.key != finding.rules[0]]
        assert Verdict.YES is compare(rules, less, hit).equivalent


def outcome(rules, record, hit):
    numbers = met(rules, record)
    if hit in (HitPolicy.FIRST, HitPolicy.PRIORITY):
        numbers = numbers[:1]
    return frozenset(rules[number].output for number in numbers)


def edited(maker, rules):
    """Other rules, as people change them: one edited, moved, added or gone."""
    after, place = list(rules), maker.r.randrange(len(rules))
    kind = maker.r.randrange(4)
    if kind == 0:
        after[place] = maker.rules(place + 1)[place]
    elif kind == 1:
        after.insert(maker.r.randrange(len(rules)), after.pop(place))
    elif kind == 2:
        after.insert(place, maker.rules(1)[0])
    else:
        after.pop(place)
    return after


@some
@given(RANDOM, st.integers(1, 6), st.sampled_from(HitPolicy))
def test_a_comparison_names_every_change_of_all_records(r, count, hit):
    maker = SmallMaker(r)
    before, domain = maker.rules(count), maker.domain()
    after = edited(maker, before)
    every = list(records(maker.fields, domain))
    pairs = {(outcome(before, each, hit), outcome(after, each, hit)) for each in every}
    changed = {pair for pair in pairs if pair[0] != pair[1]}

    found = compare(before, after, hit, domain=domain)

    told = {(frozenset(c.before.outputs), frozenset(c.after.outputs)) for c in found.changes}
    assert (Verdict.NO if changed else Verdict.YES) is found.equivalent
    ordered = hit in (HitPolicy.FIRST, HitPolicy.PRIORITY)
    assert told == changed if ordered else told <= changed
    assert (found.witness is None) == (not changed)


@some
@given(RANDOM)
def test_the_verbs_say_what_all_records_say(r):
    maker = SmallMaker(r)
    one, other = (rule.when for rule in maker.rules(2))
    domain = maker.domain()
    every = [(one.evaluate(e), other.evaluate(e)) for e in records(maker.fields, domain)]

    expected = (
        all(a == b for a, b in every),
        all(b for a, b in every if a),
        not any(a and b for a, b in every),
        all(a for a, _ in every),
        not any(a for a, _ in every),
    )

    answers = (
        *(verb(one, other, domain=domain) for verb in (equivalent, implies, disjoint)),
        *(verb(one, domain=domain) for verb in (always_matches, never_matches)),
    )
    assert expected == tuple(answer.verdict is Verdict.YES for answer in answers)
    assert not any(answer.verdict is Verdict.UNKNOWN for answer in answers)


@some
@given(RANDOM, st.integers(2, 5))
def test_two_fields_at_once_are_never_answered_wrongly(r, count):
    maker = SmallMaker(r, mixed=True)
    before = maker.rules(count)
    after = edited(maker, before)
    every = list(records({*maker.fields, "seats", "cost"}))
    differ = any(
        outcome(before, each, HitPolicy.FIRST) != outcome(after, each, HitPolicy.FIRST)
        for each in every
    )
    hit = [met(before, each) for each in every]

    found = analyse(before, HitPolicy.FIRST, complete=True)
    verdict = compare(before, after, HitPolicy.FIRST).equivalent

    gap = found.of(Kind.MISSING_RULE)
    unsure = [each for each in found.of(Kind.UNKNOWN) if each.about is Kind.MISSING_RULE]
    if verdict is Verdict.YES:
        assert not differ
    if not gap and not unsure:
        assert all(hit)
    for number in rules_of(found.of(Kind.MASKED, Kind.NEVER_MATCHES)):
        assert all(each[0] != number for each in hit if each)


def test_the_small_domain_is_not_trivial():
    assert 3 * 5 * 10 == len(list(records(("region", "seats", "account"))))
