"""Results about the pay of somebody real, without the amounts that the case does not name.

A case that names a person who is on a plan uses that person's own quota, ramp and rates: what comes
out of it tells them. One that names nobody tells the plan alone, which all who are on it know.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ixia_config.codes import without_amounts
from ixia_config.kinds.policy_test.answers import Answer
from ixia_config.kinds.policy_test.run import Answered, Result
from ixia_config.kinds.reasons import Reason

HIDDEN = "***"


def without_pay(results: Iterable[Result]) -> tuple[Result, ...]:
    """The same results; of personal ones only what was expected, and whether it came."""
    return tuple(_hidden(each) if each.personal else each for each in results)


def _hidden(result: Result) -> Result:
    return replace(result, answered=tuple(map(_answered, result.answered)))


def _answered(each: Answered) -> Answered:
    differences = tuple(replace(one, actual=HIDDEN) for one in each.differences)
    return replace(each, answer=_answer(each.answer), differences=differences)


def _answer(answer: Answer) -> Answer:
    headline = replace(
        answer.headline,
        before=without_amounts(answer.headline.before),
        after=without_amounts(answer.headline.after),
    )
    facts = dict.fromkeys(answer.facts, HIDDEN)
    return replace(
        answer, headline=headline, facts=facts, reasons=tuple(map(_reason, answer.reasons))
    )


def _reason(reason: Reason) -> Reason:
    below = tuple(map(_reason, reason.below))
    return replace(reason, why=without_amounts(reason.why), below=below)
