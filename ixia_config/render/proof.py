"""What came of the tests of the rules, and which parts of the policies no case touches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ixia_config.kinds.policy_test.coverage import Covered, overall
from ixia_config.kinds.policy_test.run import Answered, Difference, Outcome, Result
from ixia_config.render.diagnostics import annotation
from ixia_config.render.explanation import answer_values, fact_value, fact_words, reason_lines
from ixia_config.render.layout import WIDTH, apart, hanging, wrap
from ixia_config.render.markup import block, code, plain
from ixia_config.render.plan_json import written
from ixia_config.render.style import PLAIN, Role, Style
from ixia_config.render.wording import clean, counted, listed

_SHOWN = 12  # untouched parts of one policy


@dataclass(frozen=True, slots=True)
class Proof:
    """All results, what they cover, and how much must be covered at least."""

    results: Sequence[Result]
    covered: Sequence[Covered]
    minimum: Decimal | None = None

    @property
    def failed(self) -> Sequence[Result]:
        """The cases that failed."""
        return [each for each in self.results if each.outcome is Outcome.FAILED]

    @property
    def thin(self) -> bool:
        """Whether less is covered than must be."""
        return self.minimum is not None and overall(self.covered) < self.minimum

    @property
    def sound(self) -> bool:
        """Whether no case failed and enough is covered."""
        return not self.failed and not self.thin


def percent(share: Decimal) -> str:
    """``93 %``."""
    text = f"{share * 100:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} %"


def headline(proof: Proof) -> str:
    """``12 of 13 cases passed, 1 failed; 93 % of rules and boundaries are covered``."""
    seen = Counter(each.outcome for each in proof.results)
    if not proof.results:
        return "There is no case to run"
    told = [f"{seen[Outcome.PASSED]:,} of {counted(len(proof.results), 'cases')} passed"]
    rest = (Outcome.FAILED, Outcome.SKIPPED)
    told += [f"{seen[outcome]:,} {outcome.value}" for outcome in rest if seen[outcome]]
    if not proof.covered:
        return listed(told)
    least = f", {percent(proof.minimum)} are asked for" if proof.minimum and proof.thin else ""
    share = percent(overall(proof.covered))
    return f"{', '.join(told)}; {share} of rules and boundaries are covered{least}"


def proof_text(proof: Proof, style: Style = PLAIN) -> str:
    """The answer, then what failed with its reasons, then what no case touches."""
    role = Role.STRONG if proof.sound else Role.RISK
    lines = [style.paint(role, line) for line in wrap(headline(proof) + ".", WIDTH)]
    for result in proof.results:
        if result.outcome is not Outcome.PASSED:
            lines += ["", *_case(result, style)]
    lines += _untouched(proof)
    return "\n".join(lines) + "\n"


def _case(result: Result, style: Style) -> Iterator[str]:
    word = f"{result.outcome.value} {clean(result.test)}: {clean(result.case)}"
    place = f"{clean(result.mark.file)}:{result.mark.line}"
    role = Role.RISK if result.outcome is Outcome.FAILED else Role.FAINT
    yield from (style.paint(role, line) for line in apart(word, place))
    if result.why:
        yield f"  {result.why}"
    for each in result.answered:
        if each.differences:
            yield from _answered(result, each)


def _answered(result: Result, each: Answered) -> Iterator[str]:
    for difference in each.differences:
        yield from hanging("  ", _difference(difference, each.answer.zone))
    yield from hanging("  ", clean(each.answer.headline.of(result.record)), rest="    ")
    yield from reason_lines(each.answer.reasons, 4)


def _difference(difference: Difference, zone: str) -> str:
    wanted, got = (fact_words(each, zone) for each in (difference.expected, difference.actual))
    return f"expected {difference.name} {wanted}, but got {got}"


def _untouched(proof: Proof) -> Iterator[str]:
    open_ones = [each for each in proof.covered if each.untouched]
    if open_ones:
        yield ""
        yield "No case touches"
    for each in open_ones:
        yield ""
        done = f"{each.touched:,} of {each.total:,} covered"
        yield from apart(f"  {each.policy.kind} {clean(each.policy.name)}", done)
        for part in each.untouched[:_SHOWN]:
            yield from apart(
                f"    {clean(part.words)}", f"{clean(part.mark.file)}:{part.mark.line}"
            )
        left = len(each.untouched) - _SHOWN
        if left > 0:
            yield f"    and {left:,} more"


def proof_markdown(proof: Proof) -> str:
    """For a pull request: what failed, and a table of what is covered."""
    lines = [f"### Ixia: {plain(headline(proof))}", ""]
    for result in proof.failed:
        place = code(f"{result.mark.file}:{result.mark.line}")
        lines += [f"- failed **{plain(result.test)}: {plain(result.case)}** {place}", ""]
        shown = [line for each in result.answered for line in _told(result, each)]
        lines += ["  " + line for line in block(shown, "text")] + [""]
    if proof.covered:
        lines += ["| policy | covered | no case touches |", "|---|--:|---|"]
        lines += [_row(each) for each in proof.covered]
    return "\n".join(lines).rstrip() + "\n"


def _told(result: Result, each: Answered) -> Iterator[str]:
    if each.differences:
        yield from _answered(result, each)


def _row(each: Covered) -> str:
    words = listed([part.words for part in each.untouched], _SHOWN)
    return f"| {plain(str(each.policy))} | {percent(each.share)} | {plain(words)} |"


def proof_github(proof: Proof) -> str:
    """Workflow commands that put each failure beside its case; what is thin is one more error."""
    lines = [
        annotation("error", f"{result.test}: {result.case}", "\n".join(_body(result)), result.mark)
        for result in proof.failed
    ]
    if proof.thin:
        lines.append(annotation("error", "coverage", headline(proof)))
    lines.append(headline(proof))
    return "\n".join(lines) + "\n"


def _body(result: Result) -> Iterator[str]:
    for each in result.answered:
        yield from _told(result, each)


def proof_json(proof: Proof) -> str:
    """The same as data."""
    seen = Counter(each.outcome for each in proof.results)
    return written(
        {
            "headline": headline(proof),
            "counts": {outcome.value: seen[outcome] for outcome in Outcome},
            "covered": str(overall(proof.covered)),
            "minimum": None if proof.minimum is None else str(proof.minimum),
            "cases": [_result(each) for each in proof.results],
            "policies": [_covered(each) for each in proof.covered],
        }
    )


def _result(result: Result) -> dict[str, Any]:
    return {
        "test": result.test,
        "case": result.case,
        "file": result.mark.file,
        "line": result.mark.line,
        "outcome": result.outcome.value,
        "why": result.why,
        "answers": [_answer(result, each) for each in result.answered],
    }


def _answer(result: Result, each: Answered) -> dict[str, Any]:
    differences = [
        {
            "name": difference.name,
            "expected": fact_value(difference.expected),
            "actual": fact_value(difference.actual),
        }
        for difference in each.differences
    ]
    headline_of = each.answer.headline.of(result.record)
    return {"headline": headline_of, "differences": differences, **answer_values(each.answer)}


def _covered(each: Covered) -> dict[str, Any]:
    return {
        "policy": str(each.policy),
        "touched": each.touched,
        "total": each.total,
        "untouched": [
            {"what": part.words, "file": part.mark.file, "line": part.mark.line}
            for part in each.untouched
        ],
    }
