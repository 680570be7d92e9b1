"""Codes IX810 to IX813: what `ixia analyse` adds, for those who tidy up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity


@dataclass(frozen=True, kw_only=True)
class RuleCouldGo(Diagnostic):
    """A rule that another says again.

    Another rule takes all its records and says the same of them. Only `ixia analyse` tells this.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            region: {type: choice, choices: [AMER, EMEA, APAC]}
            employees: {type: integer}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}]
          queues: {big: {owner: ana@acme.example}, triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          rules:
            - {key: huge, when: employees >= 5000, assign: {queue: big}}
            - {key: large, when: employees >= 1000, assign: {queue: big}}
          otherwise: {queue: triage}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            region: {type: choice, choices: [AMER, EMEA, APAC]}
            employees: {type: integer}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}]
          queues: {big: {owner: ana@acme.example}, triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          rules:
            - {key: large, when: employees >= 1000, assign: {queue: big}}
          otherwise: {queue: triage}
    """

    rule: str
    other: str

    code: ClassVar[str] = "IX810"
    severity: ClassVar[Severity] = Severity.INFO

    def message(self) -> str:
        return f"rule {self.rule} could go: {self.other} takes all its records and says the same"

    def hint(self) -> str:
        return "remove it, where it says nothing that people need to read"


@dataclass(frozen=True, kw_only=True)
class CouldBeOne(Diagnostic):
    """Rules that could be written as one.

    They say the same and differ in one field only. Only `ixia analyse` tells this.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            region: {type: choice, choices: [AMER, EMEA, APAC]}
            employees: {type: integer}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}]
          queues: {big: {owner: ana@acme.example}, triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          rules:
            - {key: emea, when: region == "EMEA" && employees >= 1000, assign: {queue: big}}
            - {key: apac, when: region == "APAC" && employees >= 1000, assign: {queue: big}}
          otherwise: {queue: triage}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            region: {type: choice, choices: [AMER, EMEA, APAC]}
            employees: {type: integer}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}]
          queues: {big: {owner: ana@acme.example}, triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          rules:
            - key: east
              when: region in ["EMEA", "APAC"] && employees >= 1000
              assign: {queue: big}
          otherwise: {queue: triage}
    """

    rules: tuple[str, ...]
    field: str
    region: str

    code: ClassVar[str] = "IX811"
    severity: ClassVar[Severity] = Severity.INFO

    def message(self) -> str:
        return f"rules {', '.join(self.rules)} say the same and could be one: {self.region}"

    def hint(self) -> str:
        return f"write one rule; they differ in {self.field} only"


@dataclass(frozen=True, kw_only=True)
class EmptyReaches(Diagnostic):
    """A rule that takes records with an empty field.

    The rule asks something of the field and takes records that have no value there, without saying
    so. Only `ixia analyse` tells this.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            region: {type: choice, choices: [AMER, EMEA, APAC]}
            employees: {type: integer}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}]
          queues: {big: {owner: ana@acme.example}, triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          rules:
            - {key: rest, when: region != "EMEA", assign: {queue: big}}
          otherwise: {queue: triage}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            region: {type: choice, choices: [AMER, EMEA, APAC]}
            employees: {type: integer}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}]
          queues: {big: {owner: ana@acme.example}, triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          rules:
            - {key: rest, when: known(region) && region != "EMEA", assign: {queue: big}}
          otherwise: {queue: triage}
    """

    rule: str
    field: str
    example: str

    code: ClassVar[str] = "IX812"
    severity: ClassVar[Severity] = Severity.INFO

    def message(self) -> str:
        return f"rule {self.rule} takes records without {self.field}, such as {self.example}"

    def hint(self) -> str:
        return f"write known({self.field}) && ... where they are not meant"


@dataclass(frozen=True, kw_only=True)
class NotSettled(Diagnostic):
    """A question without an answer.

    The rules overlap too much to settle it within the work that is allowed, or arithmetic and the
    clock are in the way. Nothing is claimed then. The extra `ixia-config[prove]` settles more.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            region: {type: choice, choices: [AMER, EMEA, APAC]}
            employees: {type: integer}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}]
          queues: {big: {owner: ana@acme.example}, triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          rules:
            - {key: odd, when: employees * employees == 3, assign: {queue: big}}
          otherwise: {queue: triage}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            region: {type: choice, choices: [AMER, EMEA, APAC]}
            employees: {type: integer}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}]
          queues: {big: {owner: ana@acme.example}, triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          rules:
            - {key: few, when: employees == 3, assign: {queue: big}}
          otherwise: {queue: triage}
    """

    question: str
    why: str

    code: ClassVar[str] = "IX813"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"it is not known {self.question}: {self.why}"

    def hint(self) -> str:
        return "install ixia-config[prove], or write the rules more simply"
