"""Codes IX405 to IX410: assignments that lead nowhere or are not clear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class UnclearAssignment(Diagnostic):
    """An assignment that names no place, or more than one.

    A record goes to one place: the owner of a related record, a person, a pool or a queue.

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
          rules: [{key: emea, when: region == "EMEA", assign: {pool: emea, queue: triage}}]
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
          rules: [{key: emea, when: region == "EMEA", assign: {pool: emea}}]
          otherwise: {queue: triage}
    """

    named: tuple[str, ...]

    code: ClassVar[str] = "IX405"

    def message(self) -> str:
        return (
            f"this assigns to {' and '.join(self.named)}"
            if self.named
            else "this assigns to nobody"
        )

    def hint(self) -> str:
        return "name exactly one of owner_of, person, pool and queue"


@dataclass(frozen=True, kw_only=True)
class UnknownPool(Diagnostic):
    """A pool that no Directory declares.

    Records of this rule would go to nobody.

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
          rules: [{key: emea, when: region == "EMEA", assign: {pool: emae}}]
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
          rules: [{key: emea, when: region == "EMEA", assign: {pool: emea}}]
          otherwise: {queue: triage}
    """

    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX406"

    def message(self) -> str:
        return f"there is no pool {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known)


@dataclass(frozen=True, kw_only=True)
class UnknownQueue(Diagnostic):
    """A queue that no Directory declares.

    Records that go there would be seen by nobody.

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
          otherwise: {queue: triaeg}

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

    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX407"

    def message(self) -> str:
        return f"there is no queue {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known)


@dataclass(frozen=True, kw_only=True)
class NoOwner(Diagnostic):
    """The owner of something that has no owner.

    `owner_of` names a reference to a record type that has a field `owner` of type person, or a
    field of type person itself.

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
          rules: [{key: known, when: region == "EMEA", assign: {owner_of: region}}]
          otherwise: {queue: triage}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {region: {type: text}, partner: {type: person}}}
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
          rules: [{key: known, when: region == "EMEA", assign: {owner_of: partner}}]
          otherwise: {queue: triage}
    """

    path: str

    code: ClassVar[str] = "IX408"

    def message(self) -> str:
        return f"{quoted(self.path)} leads to no owner"

    def hint(self) -> str:
        return "name a reference to a record with a person field called owner, or a person field"


@dataclass(frozen=True, kw_only=True)
class NobodyHasSkill(Diagnostic):
    """A skill that no member of the pool has.

    Every member would be passed over, for every record of the rule.

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
          rules: [{key: dach, when: region == "DACH", assign: {pool: emea, skills: [german]}}]
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
          pools: {emea: {members: [{email: ana@acme.example, skills: [german]}]}}
          queues: {triage: {owner: ana@acme.example}}
        ---
        apiVersion: ixia/v1
        kind: RoutingPolicy
        metadata: {name: inbound}
        spec:
          object: lead
          on_no_eligible: {queue: triage}
          rules: [{key: dach, when: region == "DACH", assign: {pool: emea, skills: [german]}}]
          otherwise: {queue: triage}
    """

    skill: str
    pool: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX409"

    def message(self) -> str:
        return f"nobody in the pool {self.pool} has the skill {quoted(self.skill)}"

    def hint(self) -> str:
        return suggestion(self.skill, self.known) or "add the skill to a member"


@dataclass(frozen=True, kw_only=True)
class NoFallback(Diagnostic):
    """A pool without a place for records that nobody can take.

    When everybody is away, full or asleep, the record takes the way of records without a rule.
    Say where it should wait.

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
          rules: [{key: emea, when: region == "EMEA", assign: {pool: emea}}]
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
          rules: [{key: emea, when: region == "EMEA", assign: {pool: emea}}]
          otherwise: {queue: triage}
    """

    pool: str

    code: ClassVar[str] = "IX410"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"nothing says where records go when nobody in the pool {self.pool} can take them"

    def hint(self) -> str:
        return "add on_no_eligible: {queue: ...}"
