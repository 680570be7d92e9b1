"""Documents that several tests start from."""

PIPELINE = """
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: new-business, title: New business}
spec:
  object: deal
  stages:
    - {key: qualify, title: Qualify, probability: 10%}
    - {key: evaluate, title: Evaluate, probability: 40%}
    - {key: negotiate, title: Negotiate, probability: 70%}
    - {key: won, title: Closed won, type: won}
    - {key: lost, title: Closed lost, type: lost}
"""
STAGES = "/crm/pipelines/2026-09/deals/ixia_new_business/stages"
STAGE = STAGES + "/ixia_new_business__"
RULES = "/crm/pipelines-rules/2026-09/0-3/ixia_new_business"
REGION = """
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec:
  fields:
    region: {type: choice, title: Region, choices: [AMER, EMEA, APAC]}
"""

RICH = """
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec:
  currency: USD
  fields:
    amount: {type: money, title: Deal value, required: true, minimum: "0"}
    close_date: {type: date}
    discount: {type: percent, minimum: 0%, maximum: 60%, validate: discount < 61%}
    region:
      type: choice
      title: Region
      choices: [AMER, EMEA, {value: APAC, title: Asia, active: false}]
      retired_choices: {LATAM: AMER}
    account: {type: reference, to: company}
    salary: {type: money, sensitive: true}
    stage_entered: {type: datetime, source: system}
    created_at: {type: datetime, source: system}
    notes: {type: text, track_history: true, freshness: 30 days, retention: 2 years}
---
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: company}
spec: {fields: {name: {type: text}}}
---
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: new-business, title: New business}
spec:
  object: deal
  currency: EUR
  record_type: enterprise
  applies_when: amount > 0
  create_in: [qualify]
  moves: {skip: false, back: true, reopen_to: evaluate, lost_from: [evaluate]}
  close_date: {set_on_close: true, past_while_open: false}
  stages:
    - key: qualify
      title: Qualify
      probability: 4%
      forecast: pipeline
      definition: The first talk took place
      required: [amount, close_date]
      exit:
        - {key: value, title: Value known, when: known(amount), verified_by: rep}
        - {key: pain, title: Pain confirmed, verified_by: manager}
      age: {warn: 21 days, breach: 35 days}
      stale_after: 14 days
    - key: evaluate
      title: Evaluate
      probability: 65%
      approval: {approvers: [ana@acme.example], comment: Deal desk}
      tasks: [Book a demo]
    - key: proposal
      title: Proposal
      approval: {approvers: [lee@acme.example], when: amount > 50000}
    - {key: won, title: Closed won, type: won, handoff: {to: onboarding, within: 2 days}}
    - key: lost
      title: Closed lost
      type: lost
      reasons: [price, {key: rival, title: Competitor, parent: price, requires_comment: true}]
---
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: service, title: Service}
spec:
  object: ticket
  stages:
    - {key: open, title: Open, probability: 50%}
    - {key: done, title: Done, type: won}
    - {key: refused, title: Refused, type: lost}
---
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: projects, title: Projects}
spec:
  object: project
  stages: [{key: won, title: Won, type: won}, {key: lost, title: Lost, type: lost}]
"""
