"""Codes IX460 to IX468: cases that ask nothing, ask in vain, or give too little."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, Severity, suggestion
from ixia_config.language.codes import quoted


@dataclass(frozen=True, kw_only=True)
class UnknownTestedPolicy(Diagnostic):
    """A case expects something of a policy that does not exist.

    Routing is expected of a RoutingPolicy, sla of an SlaPolicy, approval of an ApprovalPolicy and
    stage of a Pipeline; each is named as in its metadata.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {first_touch_at: {type: datetime}, created_at: {type: datetime}}}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]
        ---
        apiVersion: ixia/v1
        kind: PolicyTest
        metadata: {name: speed-to-lead}
        spec:
          clock: 2026-11-23T09:00:00-05:00
          cases:
            - name: a new lead is due in four hours
              given: {lead: {created_at: 2026-11-23T09:00:00-05:00}}
              expect: {sla: {policy: speed-to-laed, due: 2026-11-23T13:00:00-05:00}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {first_touch_at: {type: datetime}, created_at: {type: datetime}}}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]
        ---
        apiVersion: ixia/v1
        kind: PolicyTest
        metadata: {name: speed-to-lead}
        spec:
          clock: 2026-11-23T09:00:00-05:00
          cases:
            - name: a new lead is due in four hours
              given: {lead: {created_at: 2026-11-23T09:00:00-05:00}}
              expect: {sla: {policy: speed-to-lead, due: 2026-11-23T13:00:00-05:00}}
    """

    kind: str
    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX460"

    def message(self) -> str:
        return f"there is no {self.kind} {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known)


@dataclass(frozen=True, kw_only=True)
class NothingExpected(Diagnostic):
    """A case expects nothing, so it cannot fail.

    Write what the policy must decide. ixia test --update writes what it decides today, for you to
    read and keep.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {first_touch_at: {type: datetime}, created_at: {type: datetime}}}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]
        ---
        apiVersion: ixia/v1
        kind: PolicyTest
        metadata: {name: speed-to-lead}
        spec:
          clock: 2026-11-23T09:00:00-05:00
          cases:
            - name: a new lead is due in four hours
              given: {lead: {created_at: 2026-11-23T09:00:00-05:00}}
              expect: {sla: {policy: speed-to-lead}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {first_touch_at: {type: datetime}, created_at: {type: datetime}}}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]
        ---
        apiVersion: ixia/v1
        kind: PolicyTest
        metadata: {name: speed-to-lead}
        spec:
          clock: 2026-11-23T09:00:00-05:00
          cases:
            - name: a new lead is due in four hours
              given: {lead: {created_at: 2026-11-23T09:00:00-05:00}}
              expect: {sla: {policy: speed-to-lead, state: running}}
    """

    case: str
    of: str

    code: ClassVar[str] = "IX461"
    severity: ClassVar[Severity] = Severity.WARNING

    def message(self) -> str:
        of = f" of {self.of}" if self.of else ""
        return f"the case {quoted(self.case)} expects nothing{of}, so it cannot fail"

    def hint(self) -> str:
        return "write what is expected, or let ixia test --update write it"


@dataclass(frozen=True, kw_only=True)
class RecordNotGiven(Diagnostic):
    """A case expects something of a policy for one record type, and gives a record of another.

    Each policy says in object which records it is for. The case gives the record under that name.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {first_touch_at: {type: datetime}, created_at: {type: datetime}}}
        ---
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: ticket}
        spec: {fields: {created_at: {type: datetime}}}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]
        ---
        apiVersion: ixia/v1
        kind: PolicyTest
        metadata: {name: speed-to-lead}
        spec:
          clock: 2026-11-23T09:00:00-05:00
          cases:
            - name: a new lead is due in four hours
              given: {ticket: {created_at: 2026-11-23T09:00:00-05:00}}
              expect: {sla: {policy: speed-to-lead, due: 2026-11-23T13:00:00-05:00}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {first_touch_at: {type: datetime}, created_at: {type: datetime}}}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]
        ---
        apiVersion: ixia/v1
        kind: PolicyTest
        metadata: {name: speed-to-lead}
        spec:
          clock: 2026-11-23T09:00:00-05:00
          cases:
            - name: a new lead is due in four hours
              given: {lead: {created_at: 2026-11-23T09:00:00-05:00}}
              expect: {sla: {policy: speed-to-lead, due: 2026-11-23T13:00:00-05:00}}
    """

    policy: str
    record: str

    code: ClassVar[str] = "IX462"

    def message(self) -> str:
        return f"{self.policy} decides about a {self.record}, and the case gives none"

    def hint(self) -> str:
        return f"write the record under given: {{{self.record}: {{...}}}}"


@dataclass(frozen=True, kw_only=True)
class UnknownPart(Diagnostic):
    """A case expects a rule, target, pool, queue or criterion that its policy does not have.

    Such a case always fails. The name is written as in the policy, or in the Directory.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {first_touch_at: {type: datetime}, created_at: {type: datetime}}}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          stop: known(first_touch_at)
          targets: [{key: every, within: 4 hours}]
        ---
        apiVersion: ixia/v1
        kind: PolicyTest
        metadata: {name: speed-to-lead}
        spec:
          clock: 2026-11-23T09:00:00-05:00
          cases:
            - name: a new lead is due in four hours
              given: {lead: {created_at: 2026-11-23T09:00:00-05:00}}
              expect: {sla: {policy: speed-to-lead, target: evry}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {first_touch_at: {type: datetime}, created_at: {type: datetime}}}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          stop: known(first_touch_at)
          targets: [{key: every, within: 4 hours}]
        ---
        apiVersion: ixia/v1
        kind: PolicyTest
        metadata: {name: speed-to-lead}
        spec:
          clock: 2026-11-23T09:00:00-05:00
          cases:
            - name: a new lead is due in four hours
              given: {lead: {created_at: 2026-11-23T09:00:00-05:00}}
              expect: {sla: {policy: speed-to-lead, target: every}}
    """

    home: str
    what: str
    name: str
    known: tuple[str, ...]

    code: ClassVar[str] = "IX463"

    def message(self) -> str:
        return f"{self.home} has no {self.what} {quoted(self.name)}"

    def hint(self) -> str:
        return suggestion(self.name, self.known)


@dataclass(frozen=True, kw_only=True)
class CaseTwice(Diagnostic):
    """Two cases of a test have one name.

    A report names a case by its name, so nobody could tell which of the two failed.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {first_touch_at: {type: datetime}, created_at: {type: datetime}}}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]
        ---
        apiVersion: ixia/v1
        kind: PolicyTest
        metadata: {name: speed-to-lead}
        spec:
          clock: 2026-11-23T09:00:00-05:00
          cases:
            - name: a new lead
              given: {lead: {created_at: 2026-11-23T09:00:00-05:00}}
              expect: {sla: {policy: speed-to-lead, state: running}}
            - name: a new lead
              given: {lead: {created_at: 2026-11-22T09:00:00-05:00}}
              expect: {sla: {policy: speed-to-lead, state: breached}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: lead}
        spec: {fields: {first_touch_at: {type: datetime}, created_at: {type: datetime}}}
        ---
        apiVersion: ixia/v1
        kind: SlaPolicy
        metadata: {name: speed-to-lead}
        spec:
          object: lead
          metric: first_touch
          stop: known(first_touch_at)
          targets: [{within: 4 hours}]
        ---
        apiVersion: ixia/v1
        kind: PolicyTest
        metadata: {name: speed-to-lead}
        spec:
          clock: 2026-11-23T09:00:00-05:00
          cases:
            - name: a new lead
              given: {lead: {created_at: 2026-11-23T09:00:00-05:00}}
              expect: {sla: {policy: speed-to-lead, state: running}}
            - name: a lead of yesterday
              given: {lead: {created_at: 2026-11-22T09:00:00-05:00}}
              expect: {sla: {policy: speed-to-lead, state: breached}}
    """

    case: str

    code: ClassVar[str] = "IX464"

    def message(self) -> str:
        return f"two cases are called {quoted(self.case)}"

    def hint(self) -> str:
        return "say in the name what the second one shows"


@dataclass(frozen=True, kw_only=True)
class NoSubmitter(Diagnostic):
    """A case asks for an approval, and nobody asks for it.

    The manager of the submitter cannot be found where the case names no submitter, so the chain
    of the case would say nothing about real requests.

    Bad:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {discount: {type: percent}}}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, role: ae, manager: lee@acme.example}
            - {email: lee@acme.example, role: sales-lead}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          rules:
            - {key: auto, when: discount < 10%, approve: auto}
            - {key: manager, steps: [{approver: {manager_of: submitter}}]}
        ---
        apiVersion: ixia/v1
        kind: PolicyTest
        metadata: {name: discounts}
        spec:
          clock: 2026-11-23T09:00:00-05:00
          cases:
            - name: 15 % needs the manager
              given: {deal: {discount: 15%}}
              expect: {approval: {policy: discounts, chain: [[manager]]}}

    Good:
        apiVersion: ixia/v1
        kind: RecordSchema
        metadata: {name: deal}
        spec: {fields: {discount: {type: percent}}}
        ---
        apiVersion: ixia/v1
        kind: Directory
        metadata: {name: people}
        spec:
          people:
            - {email: ana@acme.example, role: ae, manager: lee@acme.example}
            - {email: lee@acme.example, role: sales-lead}
        ---
        apiVersion: ixia/v1
        kind: ApprovalPolicy
        metadata: {name: discounts}
        spec:
          object: deal
          rules:
            - {key: auto, when: discount < 10%, approve: auto}
            - {key: manager, steps: [{approver: {manager_of: submitter}}]}
        ---
        apiVersion: ixia/v1
        kind: PolicyTest
        metadata: {name: discounts}
        spec:
          clock: 2026-11-23T09:00:00-05:00
          cases:
            - name: 15 % needs the manager
              given: {deal: {discount: 15%}, submitter: ana@acme.example}
              expect: {approval: {policy: discounts, chain: [[manager]]}}
    """

    policy: str

    code: ClassVar[str] = "IX465"

    def message(self) -> str:
        return f"{self.policy} asks the submitter's managers, and nobody submits"

    def hint(self) -> str:
        return "add submitter: with an address beside the record"
