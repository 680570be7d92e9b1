"""Codes IX422 to IX426: matches and scores that cannot work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class PersonalDomainsMatch(Diagnostic):
    """A match by domain that knows no personal domains.

    Everybody at gmail.com would belong to the first account with a gmail.com address.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            region: {type: text}
            email: {type: text}
            account: {type: reference, to: company}
        ---
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: company}
        spec: {fields: {domain: {type: text}}}
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
          match: {fill: account, by: email, to: domain}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            region: {type: text}
            email: {type: text}
            account: {type: reference, to: company}
        ---
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: company}
        spec: {fields: {domain: {type: text}}}
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
          match: {fill: account, by: email, to: domain, personal_domains: [gmail.com]}
    """

    code: ClassVar[str] = "IX422"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return "personal domains such as gmail.com would match accounts"

    def hint(self) -> str:
        return "add personal_domains: [gmail.com, outlook.com, yahoo.com]"


@dataclass(frozen=True, kw_only=True)
class NoMatchField(Diagnostic):
    """A field that a match cannot use.

    A match fills a reference with a record found by a text field.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            region: {type: text}
            email: {type: text}
            account: {type: reference, to: company}
        ---
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: company}
        spec: {fields: {domain: {type: text}}}
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
          match: {fill: email, by: email, to: domain, personal_domains: [gmail.com]}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec:
          fields:
            region: {type: text}
            email: {type: text}
            account: {type: reference, to: company}
        ---
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: company}
        spec: {fields: {domain: {type: text}}}
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
          match: {fill: account, by: email, to: domain, personal_domains: [gmail.com]}
    """

    field: str
    wanted: str

    code: ClassVar[str] = "IX423"

    def message(self) -> str:
        return f"{quoted(self.field)} is not {self.wanted}"

    def hint(self) -> str:
        return "name another field"


@dataclass(frozen=True, kw_only=True)
class ThresholdOutOfReach(Diagnostic):
    """A threshold that no record can reach.

    The points on this axis do not add up to it, so no record ever qualifies.

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
          otherwise: {queue: triage}
          score:
            axes: {fit: [{key: emea, when: region == "EMEA", points: 15}]}
            qualified: {fit: 30}

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
          score:
            axes: {fit: [{key: emea, when: region == "EMEA", points: 15}]}
            qualified: {fit: 10}
    """

    axis: str
    least: int
    most: int

    code: ClassVar[str] = "IX424"

    def message(self) -> str:
        return f"no record reaches {self.least:,} on {self.axis}: all its points are {self.most:,}"

    def hint(self) -> str:
        return "lower the threshold, or give more points"


@dataclass(frozen=True, kw_only=True)
class UnknownAxis(Diagnostic):
    """A threshold on an axis that does not exist.

    Nothing gives points there.

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
          otherwise: {queue: triage}
          score:
            axes: {fit: [{key: emea, when: region == "EMEA", points: 15}]}
            qualified: {fitt: 10}

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
          score:
            axes: {fit: [{key: emea, when: region == "EMEA", points: 15}]}
            qualified: {fit: 10}
    """

    axis: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX425"

    def message(self) -> str:
        return f"there is no axis {quoted(self.axis)}"

    def hint(self) -> str:
        return suggestion(self.axis, self.known)


@dataclass(frozen=True, kw_only=True)
class NotACount(Diagnostic):
    """Points for each of something that is not counted.

    `each` names a field with a whole number, such as the number of clicks.

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
          otherwise: {queue: triage}
          score: {axes: {fit: [{key: emea, each: region, points: 15}]}}

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
          score: {axes: {fit: [{key: size, each: employees, points: 15}]}}
    """

    field: str

    code: ClassVar[str] = "IX426"

    def message(self) -> str:
        return f"{quoted(self.field)} is not a field with a whole number"

    def hint(self) -> str:
        return "name a field of type integer, or use when"
