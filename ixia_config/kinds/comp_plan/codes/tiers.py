"""Codes IX700 to IX704: tiers of a table, and how they follow each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic


@dataclass(frozen=True, kw_only=True)
class TiersOverlap(Diagnostic):
    """Two tiers cover one range.

    The same credit would be paid by both, and two people who read the plan would compute two
    amounts. Each tier ends where the next one starts.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers:
                  - {from: 0%, to: 60%, rate: 8%}
                  - {from: 50%, to: 100%, rate: 12%}
                  - {from: 100%, rate: 15%}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers:
                  - {from: 0%, to: 50%, rate: 8%}
                  - {from: 50%, to: 100%, rate: 12%}
                  - {from: 100%, rate: 15%}
    """

    code: ClassVar[str] = "IX700"
    start: str
    end: str

    def message(self) -> str:
        return f"two tiers cover {self.start} to {self.end}"

    def hint(self) -> str:
        return f"end the first at {self.start}, or start the second at {self.end}"


@dataclass(frozen=True, kw_only=True)
class TierGap(Diagnostic):
    """A range that no tier covers.

    Credit in the gap earns nothing, which nobody expects of a table that goes on above it. What
    shall pay nothing is a tier with rate 0%.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers:
                  - {from: 0%, to: 50%, rate: 8%}
                  - {from: 60%, to: 100%, rate: 12%}
                  - {from: 100%, rate: 15%}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers:
                  - {from: 0%, to: 50%, rate: 8%}
                  - {from: 50%, to: 100%, rate: 12%}
                  - {from: 100%, rate: 15%}
    """

    code: ClassVar[str] = "IX701"
    start: str
    end: str

    def message(self) -> str:
        return f"no tier covers {self.start} to {self.end}, so credit there earns nothing"

    def hint(self) -> str:
        line = f"{{from: {self.start}, to: {self.end}, rate: 0%}}"
        return f"let the earlier tier end at {self.end}, or write {line}"


@dataclass(frozen=True, kw_only=True)
class TiersOutOfOrder(Diagnostic):
    """A tier that starts below or with the one before it.

    Tiers are listed from the lowest to the highest, so that anybody can read the table from top
    to bottom.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers:
                  [{from: 0%, rate: 8%}, {from: 150%, rate: 15%}, {from: 100%, rate: 12%}]

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers:
                  [{from: 0%, rate: 8%}, {from: 100%, rate: 12%}, {from: 150%, rate: 15%}]
    """

    code: ClassVar[str] = "IX702"
    start: str
    before: str

    def message(self) -> str:
        return f"this tier starts at {self.start}, not above the one before it at {self.before}"

    def hint(self) -> str:
        return "list the tiers from the lowest to the highest"


@dataclass(frozen=True, kw_only=True)
class NoOpenEnd(Diagnostic):
    """A table that ends.

    Whoever gets above the last tier earns nothing for it. The last tier has no end; what a payout
    may be at most is a cap.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, to: 150%, rate: 12%}]

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 100%, rate: 12%}]
    """

    code: ClassVar[str] = "IX703"
    end: str

    def message(self) -> str:
        return f"the last tier ends at {self.end}, so whatever lies above earns nothing"

    def hint(self) -> str:
        return "take `to` away; the most that is paid is a cap"


@dataclass(frozen=True, kw_only=True)
class RateFalls(Diagnostic):
    """A rate above quota that is lower than the one before.

    Somebody who has reached the quota earns less for each further deal, and keeps deals for the
    next period. Where that is meant, the tier says so.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 150%, rate: 6%}]

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          fields:
            owner: {type: person}
            amount: {type: money, currency: USD}
            close_date: {type: date}
        ---
        apiVersion: ixia/v1
        kind: CompPlan
        metadata: {name: ae-2027}
        spec:
          currency: USD
          effective: {from: 2027-01-01, to: 2028-01-01}
          quota: {measure: acv, amount: 300000}
          components:
            - key: new
              credit: {amount: amount}
              rates:
                basis: attainment
                tiers: [{from: 0%, rate: 10%}, {from: 150%, rate: 6%, decelerator: true}]
    """

    code: ClassVar[str] = "IX704"
    rate: str
    before: str
    start: str

    def message(self) -> str:
        return f"the rate falls from {self.before} to {self.rate} at {self.start}"

    def hint(self) -> str:
        return "write `decelerator: true` in this tier where that is meant"
