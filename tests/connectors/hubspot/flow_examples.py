"""Routing policies that several tests start from, and an account whose two ids never agree."""

from ixia_connectors.hubspot.sandbox import Person, Profile
from tests.connectors.hubspot.account import ANA, GONE, LEE, Account

BEN = Person(121, 21, "ben@acme.example", "Ben", "Okri")  # his ids are Ana's, the other way round
FLOWS = "/automation/v4/flows"

LEADS = """
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: company}
spec: {fields: {relationship: {type: choice, choices: [customer, prospect]}, tier: {type: text}}}
---
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: lead}
spec:
  currency: USD
  fields:
    region: {type: choice, title: Region, choices: [AMER, EMEA, APAC]}
    employees: {type: integer, title: Employees}
    budget: {type: money, title: Budget}
    share: {type: percent, title: Share}
    city: {type: text, title: City}
    hot: {type: boolean, title: Hot}
    products: {type: choices, title: Products, choices: [crm, cpq]}
    due: {type: date, title: Due}
    sdr: {type: person, title: SDR}
    account: {type: reference, to: company}
---
apiVersion: ixia/v1
kind: Directory
metadata: {name: people}
spec:
  roles: [ops]
  people:
    - {email: ana@acme.example}
    - {email: lee@acme.example}
    - {email: ben@acme.example}
    - {email: mia@acme.example}
  pools:
    team: {members: [{email: ana@acme.example}, {email: ben@acme.example}]}
    both: {members: [{email: ana@acme.example}, {email: mia@acme.example}]}
  queues: {triage: {owner: ops}}
---
"""
ROUTING = """
apiVersion: ixia/v1
kind: RoutingPolicy
metadata: {name: inbound, title: Inbound leads}
spec:
  object: lead
  rules:
    - {key: customers, when: account.relationship == "customer", assign: {owner_of: account}}
    - {key: emea, when: region == "EMEA" && employees >= 1000, assign: {pool: team}}
    - {key: hot, when: hot || budget > 2500.50, assign: {person: lee@acme.example}}
    - {key: amer, when: 'region == "AMER"', assign: {pool: team}}
  otherwise: {queue: triage}
  on_no_eligible: {queue: triage}
"""


def account() -> Account:
    """An account with Ana, Lee and Ben; nobody called Mia."""
    return Account(profile=Profile(people=(ANA, LEE, GONE, BEN)))


SLA = """
apiVersion: ixia/v1
kind: SlaPolicy
metadata: {name: first-touch, title: First touch}
spec:
  object: lead
  metric: first_touch
  when: region != "APAC"
  start: {on: assigned}
  stop: known(touched)
  targets:
    - {key: hot, when: hot, within: 60 minutes}
    - {key: every, within: 4 hours}
  warn_at: [50%]
  escalate:
    - {at: 100%, to: lee@acme.example, action: reroute}
    - {after: 30 minutes, to: manager}
"""
TOUCHED = LEADS.replace("    hot:", "    touched: {type: datetime, title: Touched}\n    hot:")
