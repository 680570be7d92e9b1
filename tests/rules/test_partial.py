"""An answer that is given although fields are unknown is the answer, whatever they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.rules import read
from ixia_config.rules.partial import can_fail, outcome
from tests.rules.generated import CATALOGUE, DEAL, NOW, Maker

MAKERS = st.randoms(use_true_random=False).map(Maker)
TOLD = st.frozensets(st.sampled_from(sorted(DEAL)))


def typed(text):
    found, problems = read(text, CATALOGUE, "deal")
    assert found, [str(problem.diagnostic) for problem in problems]
    return found


@given(MAKERS, TOLD)
def test_no_unknown_field_can_change_an_answer(maker, told):
    condition = typed(maker.condition())
    record = maker.record()

    answer = outcome(condition, record, told, NOW)

    if answer is not None:
        for other in (maker.record() for _ in range(5)):
            mixed = {**other, **{name: record[name] for name in told}}
            assert condition.evaluate(mixed, NOW) is answer


@given(MAKERS)
def test_with_every_field_known_there_is_always_an_answer(maker):
    condition = typed(maker.condition())
    record = maker.record()

    assert outcome(condition, record, condition.reads, NOW) is condition.evaluate(record, NOW)


@given(MAKERS, TOLD)
def test_a_condition_that_cannot_fail_is_never_said_to(maker, told):
    condition = typed(maker.condition())

    if not can_fail(condition, told):
        assert outcome(condition, maker.record(), told, NOW) is not False


@pytest.mark.parametrize(
    ("text", "pain", "answer"),
    [
        ('known(pain) && account.segment == "smb"', None, False),
        ('known(pain) && account.segment == "smb"', "much", None),
        ('known(pain) || account.segment == "smb"', None, None),
        ('known(pain) || account.segment == "smb"', "much", True),
        ('!(known(pain) || account.segment == "smb")', "much", False),
    ],
)
def test_the_known_part_settles_what_it_can(text, pain, answer):
    assert outcome(typed(text), {"pain": pain}, frozenset({"pain"})) is answer
