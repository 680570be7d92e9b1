"""Codes IX418 to IX421: what follows when nobody accepts a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity


@dataclass(frozen=True, kw_only=True)
class EndlessReroute(Diagnostic):
    """Re-routing without a limit.

    A record that nobody accepts would go from desk to desk until everybody has had it.

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
          acceptance: {within: 15 minutes}

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
          acceptance: {within: 15 minutes, max_reroutes: 3}
    """

    code: ClassVar[str] = "IX418"

    def message(self) -> str:
        return "a record that nobody accepts is re-routed without a limit"

    def hint(self) -> str:
        return "add max_reroutes: 3"


@dataclass(frozen=True, kw_only=True)
class NobodyElse(Diagnostic):
    """Re-routing to nobody but the same person.

    When the record times out, its rule knows only the person who let it time out.

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
          rules: [{key: emea, when: region == "EMEA", assign: {person: ana@acme.example}}]
          otherwise: {queue: triage}
          acceptance: {within: 15 minutes, max_reroutes: 3}

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
          acceptance: {within: 15 minutes, max_reroutes: 3}
    """

    rule: str
    person: str

    code: ClassVar[str] = "IX419"

    def message(self) -> str:
        return f"rule {self.rule} can only re-route to {self.person} again"

    def hint(self) -> str:
        return "assign a pool, or write on_timeout: escalate"


@dataclass(frozen=True, kw_only=True)
class BusinessTimeWithoutCalendar(Diagnostic):
    """Business time that no calendar measures.

    Business minutes need the hours of somebody.

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
          acceptance: {within: 15 business minutes, max_reroutes: 3}

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
          acceptance: {within: 15 business minutes, calendar: owner, max_reroutes: 3}
    """

    length: str

    code: ClassVar[str] = "IX420"

    def message(self) -> str:
        return f"{self.length} need a calendar"

    def hint(self) -> str:
        return "add calendar: owner, or the name of a Calendar"


@dataclass(frozen=True, kw_only=True)
class SettingWithoutEffect(Diagnostic):
    """A setting of acceptance that does nothing here.

    It belongs to the other way of handling a timeout.

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
          acceptance: {within: 15 minutes, on_timeout: escalate, max_reroutes: 3}

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
          acceptance: {within: 15 minutes, on_timeout: escalate}
    """

    setting: str
    on_timeout: str

    code: ClassVar[str] = "IX421"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        return f"{self.setting} has no effect with on_timeout: {self.on_timeout}"

    def hint(self) -> str:
        return "remove it, or change on_timeout"
