"""Codes IX801 to IX806: rules that are proved to leave records out, overlap, or never count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity


@dataclass(frozen=True, kw_only=True)
class BandGap(Diagnostic):
    """Values between two bands that neither takes.

    One band ends below the point where the next begins, so a value between them matches no rule and
    is denied. Bands that are printed as 0 to 10 and 11 to 20 leave out 10.5.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent, minimum: 0%, required: true}
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA, APAC], required: true}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: mia@acme.example, role: vp}
            - {email: lee@acme.example, role: cfo}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          on_no_match: deny
          rules:
            - {key: auto, when: discount < 10%, approve: auto}
            - {key: vp, when: discount > 10%, steps: [{approver: {role: vp}}]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent, minimum: 0%, required: true}
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA, APAC], required: true}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: mia@acme.example, role: vp}
            - {email: lee@acme.example, role: cfo}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          on_no_match: deny
          rules:
            - {key: auto, when: discount < 10%, approve: auto}
            - {key: vp, when: discount >= 10%, steps: [{approver: {role: vp}}]}
    """

    record: str
    example: str
    lower: str
    higher: str

    code: ClassVar[str] = "IX801"

    def message(self) -> str:
        bands = f"it lies between {self.lower} and {self.higher}"
        return f"a {self.record} with {self.example} matches no rule: {bands}"

    def hint(self) -> str:
        return f"let {self.higher} begin where {self.lower} ends"


@dataclass(frozen=True, kw_only=True)
class MaskedRule(Diagnostic):
    """A rule that never decides.

    The first rule that matches counts, and the rules above take all the records of this one, one of
    them or several together.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent, minimum: 0%, required: true}
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA, APAC], required: true}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: mia@acme.example, role: vp}
            - {email: lee@acme.example, role: cfo}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          rules:
            - {key: auto, when: discount < 10%, approve: auto}
            - {key: vp, when: discount < 5%, steps: [{approver: {role: vp}}]}
            - {key: rest, approve: deny}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent, minimum: 0%, required: true}
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA, APAC], required: true}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: mia@acme.example, role: vp}
            - {email: lee@acme.example, role: cfo}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          rules:
            - {key: auto, when: discount < 5%, approve: auto}
            - {key: vp, when: discount < 10%, steps: [{approver: {role: vp}}]}
            - {key: rest, approve: deny}
    """

    rule: str
    earlier: tuple[str, ...]

    code: ClassVar[str] = "IX802"

    def message(self) -> str:
        return _taken(self.rule, self.earlier)

    def hint(self) -> str:
        return f"put {self.rule} above {self.earlier[0]}, narrow what stands above, or remove it"


@dataclass(frozen=True, kw_only=True)
class OverlappingBands(Diagnostic):
    """Two rules that match one request, where only one may.

    Under `hit_policy: unique` a request that matches two rules is denied. At a shared end, such as
    up to 30% and from 30%, the band that begins there should have it.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent, minimum: 0%, required: true}
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA, APAC], required: true}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: mia@acme.example, role: vp}
            - {email: lee@acme.example, role: cfo}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          hit_policy: unique
          on_no_match: deny
          rules:
            - {key: vp, when: discount <= 30%, steps: [{approver: {role: vp}}]}
            - {key: cfo, when: discount >= 30%, steps: [{approver: {role: cfo}}]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent, minimum: 0%, required: true}
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA, APAC], required: true}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: mia@acme.example, role: vp}
            - {email: lee@acme.example, role: cfo}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          hit_policy: unique
          on_no_match: deny
          rules:
            - {key: vp, when: discount < 30%, steps: [{approver: {role: vp}}]}
            - {key: cfo, when: discount >= 30%, steps: [{approver: {role: cfo}}]}
    """

    rule: str
    earlier: str
    example: str

    code: ClassVar[str] = "IX803"

    def message(self) -> str:
        return f"a request with {self.example} matches both {self.earlier} and {self.rule}"

    def hint(self) -> str:
        return f"make {self.earlier} and {self.rule} exclude each other, or write hit_policy: first"


@dataclass(frozen=True, kw_only=True)
class NeverHolds(Diagnostic):
    """A condition that no record can meet.

    Its tests contradict each other, or what the fields allow, so whatever depends on it never
    happens.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent, minimum: 0%, required: true}
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA, APAC], required: true}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: mia@acme.example, role: vp}
            - {email: lee@acme.example, role: cfo}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          rules:
            - {key: vp, when: discount > 10% && discount < 5%, steps: [{approver: {role: vp}}]}
            - {key: rest, approve: deny}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent, minimum: 0%, required: true}
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA, APAC], required: true}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: mia@acme.example, role: vp}
            - {email: lee@acme.example, role: cfo}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          rules:
            - {key: vp, when: discount > 5% && discount < 10%, steps: [{approver: {role: vp}}]}
            - {key: rest, approve: deny}
    """

    what: str

    code: ClassVar[str] = "IX804"

    def message(self) -> str:
        return f"{self.what} holds for no record: its tests contradict each other"

    def hint(self) -> str:
        return "use || where one of several is enough, or mend the bounds"


@dataclass(frozen=True, kw_only=True)
class AlwaysHolds(Diagnostic):
    """A condition that every record meets.

    It looks like a choice and is none. Leave it out, or write what was meant.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent, minimum: 0%, required: true}
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA, APAC], required: true}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: mia@acme.example, role: vp}
            - {email: lee@acme.example, role: cfo}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          rules:
            - {key: auto, when: discount < 10%, approve: auto}
            - {key: vp, when: discount >= 10% || discount < 20%, steps: [{approver: {role: vp}}]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent, minimum: 0%, required: true}
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA, APAC], required: true}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: mia@acme.example, role: vp}
            - {email: lee@acme.example, role: cfo}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          rules:
            - {key: auto, when: discount < 10%, approve: auto}
            - {key: vp, steps: [{approver: {role: vp}}]}
    """

    what: str

    code: ClassVar[str] = "IX805"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"{self.what} holds for every record"

    def hint(self) -> str:
        return "leave the condition out, or mend its bounds; && where both must hold"


@dataclass(frozen=True, kw_only=True)
class NobodyLeaves(Diagnostic):
    """Criteria of a stage that cannot all be met.

    Each can be met alone, and no record meets all of them together, so no record ever moves on.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent, minimum: 0%, required: true}
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA, APAC], required: true}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          stages:
            - key: open
              title: Open
              exit:
                - {key: big, title: Big enough, when: amount >= 1000}
                - {key: small, title: Small enough, when: amount < 500}
            - {key: won, title: Won, type: won}
            - {key: lost, title: Lost, type: lost, reasons: [price]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec:
          currency: USD
          fields:
            discount: {type: percent, minimum: 0%, required: true}
            amount: {type: money}
            region: {type: choice, choices: [AMER, EMEA, APAC], required: true}
        ---
        apiVersion: ixia/v1
        kind: Pipeline
        metadata: {name: new-business}
        spec:
          object: deal
          stages:
            - key: open
              title: Open
              exit:
                - {key: big, title: Big enough, when: amount >= 1000}
                - {key: small, title: Not too big, when: amount < 50000}
            - {key: won, title: Won, type: won}
            - {key: lost, title: Lost, type: lost, reasons: [price]}
    """

    part: str
    criteria: tuple[str, ...]

    code: ClassVar[str] = "IX806"

    def message(self) -> str:
        return (
            f"no record can meet the {self.part}: {', '.join(self.criteria)} contradict each other"
        )

    def hint(self) -> str:
        return "mend one of them, or make one criterion with ||"


def _taken(rule: str, earlier: tuple[str, ...]) -> str:
    if len(earlier) == 1:
        return f"{rule} never decides: {earlier[0]} above takes all its records"
    above = f"{', '.join(earlier[:-1])} and {earlier[-1]}"
    return f"{rule} never decides: {above} above take all its records together"
