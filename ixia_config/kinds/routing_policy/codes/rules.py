"""Codes IX411 to IX417: rules that never count, overlap or leave records out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class ShadowedRule(Diagnostic):
    """A rule whose records an earlier rule takes, all of them.

    The first rule that holds counts, so this one never does. The more specific rule comes
    first.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {region: {type: text}, employees: {type: integer}}}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}, {email: sam@acme.example}]
          pools: {emea: {members: [{email: ana@acme.example}, {email: sam@acme.example}]}}
          queues: {triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          on_no_eligible: {queue: triage}
          rules:
            - {key: emea, when: region == "EMEA", assign: {pool: emea}}
            - {key: big, when: region == "EMEA" && employees >= 1000, assign: {queue: triage}}
          otherwise: {queue: triage}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {region: {type: text}, employees: {type: integer}}}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}, {email: sam@acme.example}]
          pools: {emea: {members: [{email: ana@acme.example}, {email: sam@acme.example}]}}
          queues: {triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          on_no_eligible: {queue: triage}
          rules:
            - {key: big, when: region == "EMEA" && employees >= 1000, assign: {queue: triage}}
            - {key: emea, when: region == "EMEA", assign: {pool: emea}}
          otherwise: {queue: triage}
    """

    rule: str
    earlier: str
    others: tuple[str, ...] = ()
    """Rules that only together with the earlier one take them all"""

    code: ClassVar[str] = "IX411"

    def message(self) -> str:
        if not self.others:
            return f"rule {self.rule} never counts: rule {self.earlier} above takes all its records"
        above = f"{', '.join((self.earlier, *self.others[:-1]))} and {self.others[-1]}"
        return f"rule {self.rule} never counts: {above} above take all its records together"

    def hint(self) -> str:
        return f"put {self.rule} above {self.earlier}, or remove it"


@dataclass(frozen=True, kw_only=True)
class RuleNeverHolds(Diagnostic):
    """A rule that holds for no record.

    Its tests contradict each other, so it never routes anything.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {region: {type: text}, employees: {type: integer}}}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}, {email: sam@acme.example}]
          pools: {emea: {members: [{email: ana@acme.example}, {email: sam@acme.example}]}}
          queues: {triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          on_no_eligible: {queue: triage}
          rules: [{key: mid, when: employees < 50 && employees > 100, assign: {pool: emea}}]
          otherwise: {queue: triage}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {region: {type: text}, employees: {type: integer}}}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}, {email: sam@acme.example}]
          pools: {emea: {members: [{email: ana@acme.example}, {email: sam@acme.example}]}}
          queues: {triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          on_no_eligible: {queue: triage}
          rules: [{key: mid, when: employees >= 50 && employees < 100, assign: {pool: emea}}]
          otherwise: {queue: triage}
    """

    rule: str

    code: ClassVar[str] = "IX412"

    def message(self) -> str:
        return f"rule {self.rule} holds for no record: its tests contradict each other"

    def hint(self) -> str:
        return "use || where one of several is enough, or mend the bounds"


@dataclass(frozen=True, kw_only=True)
class NoCatchAll(Diagnostic):
    """Rules without an end: some records go nowhere.

    A record that no rule takes is seen by nobody until somebody looks for it.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {region: {type: text}, employees: {type: integer}}}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}, {email: sam@acme.example}]
          pools: {emea: {members: [{email: ana@acme.example}, {email: sam@acme.example}]}}
          queues: {triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          on_no_eligible: {queue: triage}
          rules: [{key: emea, when: region == "EMEA", assign: {pool: emea}}]

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {region: {type: text}, employees: {type: integer}}}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}, {email: sam@acme.example}]
          pools: {emea: {members: [{email: ana@acme.example}, {email: sam@acme.example}]}}
          queues: {triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          on_no_eligible: {queue: triage}
          rules: [{key: emea, when: region == "EMEA", assign: {pool: emea}}]
          otherwise: {queue: triage}
    """

    example: str = ""

    code: ClassVar[str] = "IX413"

    def message(self) -> str:
        example = f", such as one with {self.example}," if self.example else ""
        return f"records that no rule takes{example} go nowhere"

    def hint(self) -> str:
        return "add otherwise: {queue: ...}"


@dataclass(frozen=True, kw_only=True)
class RuleAfterAll(Diagnostic):
    """A rule below one that takes every record.

    The rule without a condition belongs at the end, best as `otherwise`.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {region: {type: text}, employees: {type: integer}}}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}, {email: sam@acme.example}]
          pools: {emea: {members: [{email: ana@acme.example}, {email: sam@acme.example}]}}
          queues: {triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          on_no_eligible: {queue: triage}
          rules:
            - {key: all, assign: {pool: emea}}
            - {key: emea, when: region == "EMEA", assign: {queue: triage}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {region: {type: text}, employees: {type: integer}}}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}, {email: sam@acme.example}]
          pools: {emea: {members: [{email: ana@acme.example}, {email: sam@acme.example}]}}
          queues: {triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          on_no_eligible: {queue: triage}
          rules:
            - {key: emea, when: region == "EMEA", assign: {queue: triage}}
            - {key: all, assign: {pool: emea}}
    """

    rule: str
    earlier: str

    code: ClassVar[str] = "IX414"

    def message(self) -> str:
        return f"rule {self.rule} never counts: rule {self.earlier} above takes every record"

    def hint(self) -> str:
        return f"move {self.earlier} to the end, or give it a condition"


@dataclass(frozen=True, kw_only=True)
class DuplicateRule(Diagnostic):
    """Two rules with one key.

    The key is how decisions, tests and reports name a rule.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {region: {type: text}, employees: {type: integer}}}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}, {email: sam@acme.example}]
          pools: {emea: {members: [{email: ana@acme.example}, {email: sam@acme.example}]}}
          queues: {triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          on_no_eligible: {queue: triage}
          rules:
            - {key: emea, when: region == "EMEA", assign: {pool: emea}}
            - {key: emea, when: region == "APAC", assign: {queue: triage}}
          otherwise: {queue: triage}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {region: {type: text}, employees: {type: integer}}}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}, {email: sam@acme.example}]
          pools: {emea: {members: [{email: ana@acme.example}, {email: sam@acme.example}]}}
          queues: {triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          on_no_eligible: {queue: triage}
          rules:
            - {key: emea, when: region == "EMEA", assign: {pool: emea}}
            - {key: apac, when: region == "APAC", assign: {queue: triage}}
          otherwise: {queue: triage}
    """

    rule: str

    code: ClassVar[str] = "IX415"

    def message(self) -> str:
        return f"two rules have the key {quoted(self.rule)}"

    def hint(self) -> str:
        return "give one of them another key"


@dataclass(frozen=True, kw_only=True)
class OverlappingRules(Diagnostic):
    """Two rules that hold for one record, where only one may.

    With `hit_policy: unique` the order of rules means nothing, so nobody can say which one
    counts.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {region: {type: text}, employees: {type: integer}}}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}, {email: sam@acme.example}]
          pools: {emea: {members: [{email: ana@acme.example}, {email: sam@acme.example}]}}
          queues: {triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          on_no_eligible: {queue: triage}
          hit_policy: unique
          rules:
            - {key: small, when: employees <= 100, assign: {pool: emea}}
            - {key: big, when: employees >= 100, assign: {queue: triage}}
          otherwise: {queue: triage}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {region: {type: text}, employees: {type: integer}}}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}, {email: sam@acme.example}]
          pools: {emea: {members: [{email: ana@acme.example}, {email: sam@acme.example}]}}
          queues: {triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          on_no_eligible: {queue: triage}
          hit_policy: unique
          rules:
            - {key: small, when: employees < 100, assign: {pool: emea}}
            - {key: big, when: employees >= 100, assign: {queue: triage}}
          otherwise: {queue: triage}
    """

    rule: str
    earlier: str
    example: str = ""

    code: ClassVar[str] = "IX416"

    def message(self) -> str:
        example = f", such as one with {self.example}" if self.example else ""
        return f"rules {self.earlier} and {self.rule} can both hold for one record{example}"

    def hint(self) -> str:
        return "make their conditions exclude each other, or write hit_policy: first"


@dataclass(frozen=True, kw_only=True)
class TwoConditions(Diagnostic):
    """A rule with a condition and a row of cells.

    Either says when the rule holds; of both, nobody can tell which one is meant.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {region: {type: text}, employees: {type: integer}}}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}, {email: sam@acme.example}]
          pools: {emea: {members: [{email: ana@acme.example}, {email: sam@acme.example}]}}
          queues: {triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          on_no_eligible: {queue: triage}
          rules:
            - {key: emea, when: region == "EMEA", cells: {employees: ">= 50"}, assign: {pool: emea}}
          otherwise: {queue: triage}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {region: {type: text}, employees: {type: integer}}}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people: [{email: ana@acme.example}, {email: sam@acme.example}]
          pools: {emea: {members: [{email: ana@acme.example}, {email: sam@acme.example}]}}
          queues: {triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          on_no_eligible: {queue: triage}
          rules: [{key: emea, cells: {region: EMEA, employees: ">= 50"}, assign: {pool: emea}}]
          otherwise: {queue: triage}
    """

    rule: str

    code: ClassVar[str] = "IX417"

    def message(self) -> str:
        return f"rule {self.rule} has both when and cells"

    def hint(self) -> str:
        return "keep one of them"
