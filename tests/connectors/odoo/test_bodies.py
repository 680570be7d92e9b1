"""Gates are written in one form, and read back as they were written."""

import ast

from hypothesis import given
from hypothesis import strategies as st

from ixia_connectors.odoo.bodies import (
    after,
    apart,
    before,
    code,
    described,
    message_in,
    source_in,
)

IDS = st.lists(st.integers(1, 10**9), min_size=1, max_size=4, unique=True)


@given(st.text())
def test_whatever_a_message_says_the_code_only_raises_it(message):
    (statement,) = ast.parse(code(message)).body

    assert isinstance(statement, ast.Raise)
    assert isinstance(statement.exc, ast.Call)
    assert "UserError" == ast.unparse(statement.exc.func)
    assert [message] == [ast.literal_eval(each) for each in statement.exc.args]


@given(st.text())
def test_a_message_is_read_back_as_it_was_written(message):
    assert message == message_in(code(message))


def test_other_code_is_shown_as_it_stands():
    for text in (
        "record.unlink()",
        "raise UserError('a' + str(record))",
        "raise UserError('a')\nrecord.unlink()",
        "raise UserError('a'); record.unlink() or ('')",
        "if record:\n raise UserError('a')",
    ):
        assert text == message_in(text)


@given(IDS | st.just([]), IDS, st.sampled_from(["", "[('x', '=', 1)]", "['|', ('a', '=', 1)]"]))
def test_stages_and_conditions_are_told_apart_again(leaving, entering, unmet):
    found = apart(before(leaving), after(entering, unmet))

    assert (sorted(leaving), sorted(entering), unmet) == (
        list(found.leaving),
        list(found.entering),
        found.unmet,
    )


def test_a_domain_that_somebody_rewrote_is_shown_whole():
    found = apart("[('stage_id', '!=', 3)]", "[('stage_id', '=', 4)]")

    assert ((), ()) == (found.leaving, found.entering)
    assert "[('stage_id', '!=', 3)] [('stage_id', '=', 4)]" == found.unmet


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40))
def test_a_condition_is_read_back_from_a_description(text):
    source = " ".join(text.split())

    assert source == source_in(described(source))
