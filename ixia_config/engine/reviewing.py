"""Whether an apply may go on by the change policies: nothing is frozen, everybody has agreed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ixia_config.codes import Diagnostic
from ixia_config.engine.reviewing_codes import AuthorUnknown, ChangeDenied, ReviewMissing
from ixia_config.model import Plan, Review

SHORTEST = 6
"""An approval names the plan's digest by at least so many characters."""


def denied(now: Plan) -> tuple[Diagnostic, ...]:
    """Every rule and freeze that forbids what the plan of this moment would do."""
    return tuple(
        ChangeDenied(rule=each.rule, why=each.why, until=each.until)
        for each in now.denials
        if each.waiver is None
    )


def unreviewed(
    approved: Plan, now: Plan, approvals: Sequence[str], authors: Collection[str]
) -> tuple[Diagnostic, ...]:
    """Every approval by people that is missing, of those that the plan of this moment needs.

    An approval is ``RULE:EMAIL@DIGEST``, of the approved plan's digest. Who says that it is really
    theirs is the caller's to know: a pull request's review, a signed message.
    """
    given = set(_given(approved.digest, approvals))
    wrote = {each.lower() for each in authors}
    return tuple(
        each
        for review in now.reviews
        if review.waiver is None and review.need
        for each in _missing(review, given, wrote, approved.digest)
    )


def _given(digest: str, approvals: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The rule and the address of each approval of this plan."""
    for approval in approvals:
        name, _, named = approval.rpartition("@")
        rule, _, email = name.rpartition(":")
        if len(named) >= SHORTEST and digest.startswith(named) and rule:
            yield rule, email.lower()


def _missing(
    review: Review, given: Collection[tuple[str, str]], authors: Collection[str], digest: str
) -> Iterator[Diagnostic]:
    if review.no_author and not authors:
        yield AuthorUnknown(rule=review.rule)
        return
    able = [each for each in review.people if not (review.no_author and each in authors)]
    agreed = [each for each in able if (review.rule, each) in given]
    if len(agreed) < review.need:
        yield ReviewMissing(
            rule=review.rule,
            roles=review.roles,
            need=review.need,
            agreed=tuple(agreed),
            able=tuple(each for each in able if each not in agreed),
            digest=digest[:SHORTEST],
        )
