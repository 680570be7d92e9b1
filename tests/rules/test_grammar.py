"""The grammar: what is read is what was written, every span is true, and no text is too much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.rules import Problem, fields_of, parse, read
from ixia_config.rules.tokens import MAX_TERMS
from ixia_config.rules.tree import (
    Binary,
    Boolean,
    Call,
    ListOf,
    Logical,
    Name,
    Number,
    Span,
    Text,
    Unary,
    walk,
)
from ixia_config.rules.write import written
from tests.rules.generated import CATALOGUE, Maker

HERE = Span(0, 0)
NAMES = st.sampled_from(["amount", "region", "account", "or", "x1", "_y", "now"])
MAKERS = st.randoms(use_true_random=False).map(Maker)
WORDS = (
    *("amount", "region", "known", "(", ")", "[", "]", ",", ".", "&&", "||", "!", "==", "!=", "<"),
    *("<=", ">", "in", "+", "-", "*", "20%", "5", "1.5", '"EMEA"', "'x'", "true", "size", "list"),
    *("and", "not", "=", "&", "null", "now", "today", "date", "lower", "contains", "account"),
)


def _names(parts):
    return Name(HERE, tuple(parts), tuple(HERE for _ in parts))


LEAVES = st.one_of(
    st.from_regex(r"\A(0|[1-9][0-9]{0,8})(\.[0-9]{1,4})?%?\Z").map(lambda t: Number(HERE, t)),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    .filter(lambda t: "\0" not in t)
    .map(lambda t: Text(HERE, t)),
    st.booleans().map(lambda value: Boolean(HERE, value)),
    st.lists(NAMES, min_size=1, max_size=3).map(_names),
)


def _inside(inner):
    calls = st.builds(
        lambda name, arguments, receiver: Call(HERE, name, tuple(arguments), receiver, HERE),
        st.sampled_from(["size", "f", "contains"]),
        st.lists(inner, max_size=3),
        st.none() | inner,
    )
    operators = st.sampled_from(["==", "!=", "<", "<=", ">", ">=", "in", "+", "-", "*"])
    return st.one_of(
        calls,
        st.builds(lambda o, node: Unary(HERE, o, node), st.sampled_from("!-"), inner),
        st.builds(lambda o, a, b: Binary(HERE, o, a, b, HERE), operators, inner, inner),
        st.lists(inner, max_size=4).map(lambda each: ListOf(HERE, tuple(each))),
        st.builds(
            lambda o, each: Logical(HERE, o, tuple(each)),
            st.sampled_from(["&&", "||"]),
            st.lists(inner, min_size=2, max_size=4),
        ),
    )


TREES = st.recursive(LEAVES, _inside, max_leaves=20)


@given(TREES)
def test_a_tree_written_and_read_again_is_the_same_tree(tree):
    assert tree == parse(written(tree))


@given(MAKERS)
def test_every_span_points_at_its_own_text(maker):
    text = maker.condition()

    for node, _ in walk(parse(text)):
        alone = parse(text[node.span.start : node.span.end])
        assert node == alone


@given(st.text() | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_any_text_is_a_condition_or_has_a_problem_inside_it(text):
    typed, problems = read(text, CATALOGUE, "deal")

    assert typed is not None or any(problem.fatal for problem in problems)
    for problem in problems:
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert problem.diagnostic.message()


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a || b && c", "a || (b && c)"),
        ("!a && b", "(!a) && b"),
        ("a + b * c == d", "(a + (b * c)) == d"),
        ("a - b - c", "(a - b) - c"),
        ("-a * b", "(-a) * b"),
        ("a == b && c in d", "(a == b) && (c in d)"),
        ("!a.b(c)", "!(a.b(c))"),
        ("!x == y", "(!x) == y"),
    ],
)
def test_operators_bind_as_in_cel(text, same):
    assert parse(same) == parse(text)


def test_a_chain_is_one_node_however_long():
    text = " && ".join(["vip"] * MAX_TERMS)

    assert MAX_TERMS == len(parse(text).operands)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" && ".join(["vip"] * 10_000), "IX308"),
        ("x" * 70_000, "IX308"),
        ("(" * 1_000 + "vip" + ")" * 1_000, "IX314"),
        ("(" * 60_000, "IX314"),
        ("[" * 1_000, "IX314"),
        ("!" * 1_000 + "vip", "IX314"),
        ("-" * 60_000 + "1", "IX314"),
        ("size(" * 400, "IX314"),
        (" + ".join(["1"] * 400), "IX314"),
        (" == ".join(["1"] * 400), "IX314"),
        ("a" + ".b()" * 400, "IX314"),
        ("a" + ".b" * 10_000, "IX308"),
    ],
)
def test_too_much_is_one_clear_error(text, code):
    problem = parse(text)

    assert isinstance(problem, Problem)
    assert code == problem.diagnostic.code


def test_a_missing_bracket_points_at_the_one_that_was_opened():
    problem = parse('vip && (region == "EMEA" || won')

    assert (7, 8) == problem.span


def test_the_fields_that_a_condition_reads_are_known_without_types():
    tree = parse('account.segment == "smb" && amount > 5 && entered < now')

    assert {"account.segment", "amount", "entered"} == fields_of(tree)
