"""Findings that a policy accepts for a time: they become information, until their day comes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity
from ixia_config.kinds.envelope import Acceptance, Envelope
from ixia_config.kinds.policy import Policy


@dataclass(frozen=True, kw_only=True)
class Accepted(Diagnostic):
    """A finding that was accepted for a time.

    Somebody wrote it under ``metadata.accept`` with a reason and a day. It does not stop a run, and
    it stays in every report; from that day it counts again.

    Bad:
        apiVersion: ixia/v1
        kind: Pipeline
        metadata:
          name: old-business
          accept: [{code: IX347, reason: as pulled from HubSpot, until: 2027-02-20}]
        spec:
          object: deal
          stages:
            - {key: open, title: Open, probability: 20%}
            - {key: won, title: Won, type: won}
            - {key: lost, title: Lost, type: lost}
        ---
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            amount: {type: money, currency: USD}
    Good:
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: old-business}
        spec:
          object: deal
          stages:
            - {key: open, title: Open, probability: 20%}
            - {key: won, title: Won, type: won}
            - {key: lost, title: Lost, type: lost, reasons: [price]}
        ---
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            amount: {type: money, currency: USD}
    """

    code: ClassVar[str] = "IX190"
    severity: ClassVar[Severity] = Severity.INFO
    finding: str
    words: str
    reason: str
    until: date
    owner: str = ""

    def message(self) -> str:
        why = f"{self.owner}: {self.reason}" if self.owner else self.reason
        return f"{self.finding} is accepted until {self.until} ({why}): {self.words}"


@dataclass(frozen=True, kw_only=True)
class AcceptsNothing(Diagnostic):
    """An acceptance without a finding.

    The policy accepts a finding that is not there, or its day has come. Take the line away, so that
    nobody relies on it.

    Bad:
        apiVersion: ixia/v1
        kind: Pipeline
        metadata:
          name: new-business
          accept: [{code: IX347, reason: as pulled from HubSpot, until: 2027-02-20}]
        spec:
          object: deal
          stages:
            - {key: open, title: Open, probability: 20%}
            - {key: won, title: Won, type: won}
            - {key: lost, title: Lost, type: lost, reasons: [price]}
        ---
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            amount: {type: money, currency: USD}
    Good:
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          stages:
            - {key: open, title: Open, probability: 20%}
            - {key: won, title: Won, type: won}
            - {key: lost, title: Lost, type: lost, reasons: [price]}
        ---
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            amount: {type: money, currency: USD}
    """

    code: ClassVar[str] = "IX191"
    severity: ClassVar[Severity] = Severity.WARNING
    finding: str
    until: date
    ended: bool

    def message(self) -> str:
        if self.ended:
            return f"the acceptance of {self.finding} ended on {self.until}"
        return f"{self.finding} is accepted here and is not found"

    def hint(self) -> str:
        return "mend the finding" if self.ended else "take the line away"


def weighed(
    policy: Policy[Envelope],
    found: Iterable[Diagnostic],
    today: date,
    unasked: frozenset[str] = frozenset(),
) -> Iterator[Diagnostic]:
    """What counts of these findings, and what became of the policy's acceptances.

    Codes in ``unasked`` were not looked for, so nothing is said of accepting them.
    """
    accepted = {each.code: each for each in policy.body.metadata.accept if today < each.until}
    seen: set[str] = set()
    for diagnostic in found:
        acceptance = accepted.get(diagnostic.code)
        if acceptance is None:
            yield diagnostic
        else:
            seen.add(diagnostic.code)
            yield _accepted(policy, diagnostic, acceptance)
    for index, acceptance in enumerate(policy.body.metadata.accept):
        ended = today >= acceptance.until
        if acceptance.code not in seen and (ended or acceptance.code not in unasked):
            yield AcceptsNothing(
                mark=policy.mark("metadata", "accept", index),
                finding=acceptance.code,
                until=acceptance.until,
                ended=ended,
            )


def _accepted(
    policy: Policy[Envelope], diagnostic: Diagnostic, acceptance: Acceptance
) -> Diagnostic:
    return Accepted(
        mark=diagnostic.mark,
        finding=diagnostic.code,
        words=diagnostic.message(),
        reason=acceptance.reason,
        owner=acceptance.owner or policy.body.metadata.owner or "",
        until=acceptance.until,
    )
