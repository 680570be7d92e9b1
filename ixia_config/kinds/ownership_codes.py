"""Codes IX870 and IX871: holds and ownership that mean nothing, or nothing any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class HoldEnded(Diagnostic):
    """A hold whose day has come.

    What it left alone counts again as drift. Take the line away, or give it another day.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata:
          name: deal
          hold: [{part: amount, owner: sales-ops, reason: they test names, until: 2020-01-01}]
        spec:
          fields:
            amount: {type: money, currency: USD}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            amount: {type: money, currency: USD}
    """

    until: date
    owner: str

    code: ClassVar[str] = "IX870"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"this hold of {quoted(self.owner)} ended on {self.until}"

    def hint(self) -> str:
        return "take the line away, or give it another day"


@dataclass(frozen=True, kw_only=True)
class UnknownPart(Diagnostic):
    """A part that the policy does not have.

    A hold and an ownership name a part by its key, such as that of a stage or a field.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata:
          name: deal
          ownership: [{part: amuont, field: description, mode: ignore}]
        spec:
          fields:
            amount: {type: money, currency: USD}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata:
          name: deal
          ownership: [{part: amount, field: description, mode: ignore}]
        spec:
          fields:
            amount: {type: money, currency: USD}
    """

    part: str
    policy: str

    code: ClassVar[str] = "IX871"

    def message(self) -> str:
        return f"{quoted(self.policy)} has no part {quoted(self.part)}"

    def hint(self) -> str:
        return "write the key of a stage, a field or another part of this policy"
