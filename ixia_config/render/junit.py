"""Results of tests as JUnit XML, which CI systems read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from ixia_config.kinds.policy_test.run import Outcome, Result
from ixia_config.kinds.reasons import Reason
from ixia_config.render.explanation import fact_words, reason_lines
from ixia_config.render.wording import clean

_NO_XML = re.compile("[\ufffe\uffff]")  # the other characters that XML has not, ``clean`` shows


def junit(results: Sequence[Result]) -> str:
    """One suite for each test, one case for each case."""
    tests = dict.fromkeys(each.test for each in results)
    suites = [_suite(name, [each for each in results if each.test == name]) for name in tests]
    body = "".join(suites)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return f"{head}<testsuites{_counts(results)}>\n{body}</testsuites>\n"


def _suite(name: str, results: Sequence[Result]) -> str:
    cases = "".join(map(_case, results))
    return f"<testsuite name={_quoted(name)}{_counts(results)}>\n{cases}</testsuite>\n"


def _counts(results: Sequence[Result]) -> str:
    failed = sum(each.outcome is Outcome.FAILED for each in results)
    skipped = sum(each.outcome is Outcome.SKIPPED for each in results)
    return f' tests="{len(results)}" failures="{failed}" errors="0" skipped="{skipped}"'


def _case(result: Result) -> str:
    start = (
        f"  <testcase classname={_quoted(result.test)} name={_quoted(result.case)}"
        f' file={_quoted(result.mark.file)} line="{result.mark.line}"'
    )
    match result.outcome:
        case Outcome.PASSED:
            return f"{start}/>\n"
        case Outcome.SKIPPED:
            return f"{start}><skipped message={_quoted(result.why)}/></testcase>\n"
        case Outcome.FAILED:
            return f"{start}>\n{_failure(result)}  </testcase>\n"


def _failure(result: Result) -> str:
    told = [
        f"{each.name}: expected {fact_words(each.expected, zone)}, got"
        f" {fact_words(each.actual, zone)}"
        for answered in result.answered
        for zone in [answered.answer.zone]
        for each in answered.differences
    ]
    reasons = [
        line
        for answered in result.answered
        if answered.differences
        for line in (answered.answer.headline.of(result.record), *_lines(answered.answer.reasons))
    ]
    body = "\n".join(escape(_xml(line)) for line in (*told, *reasons))
    return f"    <failure message={_quoted('; '.join(told))}>{body}</failure>\n"


def _lines(reasons: Sequence[Reason]) -> Sequence[str]:
    return list(reason_lines(reasons))


def _quoted(text: str) -> str:
    return quoteattr(_xml(text))


def _xml(text: str) -> str:
    return _NO_XML.sub("?", clean(text))
