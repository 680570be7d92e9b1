"""What a change does to records: counts add up, no change changes nothing, sides are alike."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.simulate.world import configured, impact, table

BASE = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: lead}
spec:
  currency: USD
  fields:
    id: {type: text}
    region: {type: choice, choices: [AMER, EMEA, APAC]}
    employees: {type: integer}
    discount: {type: percent}
    amount: {type: money}
    submitter: {type: person}
    stage: {type: text}
    pain: {type: text}
    created_at: {type: datetime}
    touched_at: {type: datetime}
---
apiVersion: ixia/v1
kind: Directory
metadata: {name: people}
spec:
  people:
    - {email: ana@acme.example, name: Ana, role: ae, team: emea, manager: mia@acme.example}
    - {email: bo@acme.example, name: Bo, role: ae, team: emea, manager: mia@acme.example}
    - {email: mia@acme.example, name: Mia, role: head}
  teams: {emea: {title: EMEA}}
  pools:
    big:
      method: round_robin
      members: [{email: ana@acme.example}, {email: bo@acme.example}]
  queues: {triage: {owner: head}}
---
apiVersion: ixia/v1
kind: RoutingPolicy
metadata: {name: leads}
spec:
  object: lead
  rules:
    - {key: big, when: BIG, assign: {pool: big}}
  otherwise: {queue: triage}
  on_no_eligible: {queue: triage}
---
apiVersion: ixia/v1
kind: ApprovalPolicy
metadata: {name: discounts}
spec:
  object: lead
  rules:
    - {key: auto, when: discount < BAND, approve: auto}
    - {key: head, steps: [{approver: {role: head}}]}
---
apiVersion: ixia/v1
kind: SlaPolicy
metadata: {name: touch}
spec:
  object: lead
  metric: touch
  start: {on: created}
  stop: known(touched_at)
  targets: [{key: all, within: HOURS hours}]
---
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: sales}
spec:
  object: lead
  stages:
    - {key: new, title: New, probability: 10%, exit: [{key: pain, title: Pain, when: PAIN}]}
    - {key: demo, title: Demo, probability: CHANCE, forecast: best_case}
    - {key: won, title: Won, type: won}
    - {key: lost, title: Lost, type: lost, reasons: [price]}
---
apiVersion: ixia/v1
kind: Metric
metadata: {name: size, owner: head}
spec: {of: lead, unit: money, by: [region], inputs: {size: {MEAN: amount}}}
"""
USUAL = {
    "BIG": "employees >= 1000",
    "BAND": "10%",
    "HOURS": "4",
    "PAIN": "known(pain)",
    "CHANCE": "40%",
    "MEAN": "mean",
}


def variant(**settings):
    """The configuration with some of its rules written otherwise."""
    text = BASE
    for name, value in {**USUAL, **settings}.items():
        text = text.replace(name, value)
    return configured(text)


SAME = variant()
LEADS = st.lists(
    st.fixed_dictionaries(
        {
            "region": st.sampled_from(["AMER", "EMEA", None]),
            "employees": st.sampled_from([None, "999", "1000", "500"]),
            "discount": st.sampled_from([None, "5%", "10%", "15%"]),
            "amount": st.sampled_from([None, "100", "200.50"]),
            "submitter": st.sampled_from([None, "ana@acme.example"]),
            "stage": st.sampled_from([None, "new", "demo", "won"]),
            "pain": st.sampled_from([None, "yes"]),
            "created_at": st.sampled_from([None, "2026-11-20T10:00:00Z", "2026-11-22T11:00:00Z"]),
            "touched_at": st.sampled_from([None, "2026-11-20T13:00:00Z"]),
        }
    ),
    max_size=8,
)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "BIG": st.just("employees >= 500"),
        "BAND": st.just("15%"),
        "HOURS": st.just("2"),
        "PAIN": st.just("known(pain) && known(amount)"),
        "CHANCE": st.just("50%"),
        "MEAN": st.just("median"),
    },
)


@given(LEADS)
@settings(max_examples=20)
def test_the_same_rules_change_nothing(leads):
    _, sections = impact(SAME, SAME, "lead", leads, by=("region",))

    assert [0] * 5 == [section.changed for section in sections]
    for section in sections:
        assert all(line.before == line.after for each in section.tables for line in each.lines)


@given(LEADS, CHANGES)
@settings(max_examples=25)
def test_looking_back_turns_every_table_round(leads, change):
    other = variant(**change)
    _, there = impact(SAME, other, "lead", leads)
    _, back = impact(other, SAME, "lead", leads)

    for one, two in zip(there, back, strict=True):
        assert one.changed == two.changed
        tables = {each.title: each for each in two.tables}
        for each in one.tables:
            if each.title == "from rule to rule":
                continue
            turned = {(line.name, line.after, line.before) for line in tables[each.title].lines}
            assert {(line.name, line.before, line.after) for line in each.lines} == turned


@given(LEADS, CHANGES)
@settings(max_examples=20)
def test_every_record_is_counted_once_by_rule_and_by_destination(leads, change):
    _, sections = impact(SAME, variant(**change), "lead", leads, by=("region",))

    routing = sections[0]
    for title in ("by rule", "by destination", "by region and place"):
        lines = [line for each in routing.tables if each.title == title for line in each.lines]
        assert len(leads) == sum(line.before for line in lines)
        assert len(leads) == sum(line.after for line in lines)


def test_a_moved_lead_is_named_with_the_reason():
    leads = [{"id": "L1", "employees": "700"}, {"id": "L2", "employees": "2000"}]

    _, sections = impact(SAME, variant(BIG="employees >= 500"), "lead", leads)

    routing = sections[0]
    assert "1 of 2 (50.0 %) leads go elsewhere" == routing.headline
    [moved] = routing.examples
    assert ("L1", "(no rule): queue triage", "big: pool big (Ana)") == (
        moved.record,
        moved.before,
        moved.after,
    )
    assert "big: employees 700 >= 500" == moved.why
    assert {"big": (1, 2), "(no rule)": (1, 0)} == table(routing, "by rule")


def test_people_who_only_change_places_in_a_pool_are_counted_apart():
    leads = [{"id": "L1", "employees": "700"}, {"id": "L2", "employees": "2000"}]

    _, sections = impact(SAME, variant(BIG="employees >= 500"), "lead", leads)

    [note] = sections[0].notes
    assert note.startswith("1 more lead of the same pool")


def test_rotations_follow_the_order_in_which_records_came():
    leads = [
        {"id": "late", "employees": "2000", "created_at": "2026-11-20T11:00:00Z"},
        {"id": "early", "employees": "2000", "created_at": "2026-11-20T10:00:00Z"},
        {"id": "unknown", "employees": "2000"},
    ]
    _, sections = impact(None, SAME, "lead", leads)

    assert {"Ana": (None, 2), "Bo": (None, 1)} == table(sections[0], "by person")


def test_a_stricter_gate_names_what_holds_deals_up():
    leads = [{"id": "D1", "stage": "new", "pain": "yes"}, {"id": "D2", "stage": "new"}]

    _, sections = impact(SAME, variant(PAIN="known(pain) && known(amount)"), "lead", leads)

    pipeline = next(each for each in sections if each.policy == "Pipeline/sales")
    assert "1 more open lead is held up, 0 fewer" == pipeline.headline
    assert {"New": (1, 2)} == table(pipeline, "held up at the next gate, by stage")
    assert "D1" == pipeline.examples[0].record


def test_another_probability_moves_the_forecast():
    leads = [{"stage": "demo", "amount": "1000"}, {"stage": "won", "amount": "500"}]

    _, sections = impact(SAME, variant(CHANCE="50%"), "lead", leads)

    pipeline = next(each for each in sections if each.policy == "Pipeline/sales")
    assert (400, 500) == table(pipeline, "forecast, weighted")["weighted pipeline"]


def test_a_shorter_target_breaches_more_by_weekday():
    leads = [{"created_at": "2026-11-20T10:00:00Z", "touched_at": "2026-11-20T13:00:00Z"}]

    _, sections = impact(SAME, variant(HOURS="2"), "lead", leads)

    sla = next(each for each in sections if each.policy == "SlaPolicy/touch")
    assert "1 more breach, 0 fewer, of 1 clocks" == sla.headline
    assert {"Friday": (0, 1)} == table(sla, "breaches by weekday")


def test_requests_just_below_a_bound_are_counted():
    leads = [{"discount": "9.5%"}, {"discount": "9.9%"}, {"discount": "10%"}, {"discount": "20%"}]

    _, sections = impact(SAME, SAME, "lead", leads)

    approvals = next(each for each in sections if each.policy == "ApprovalPolicy/discounts")
    assert approvals.notes == (
        "within one point of discount 10 %: 2 stay below, 1 are at it or above",
    )


def test_a_policy_that_is_new_or_gone_has_one_side():
    gone = configured(BASE.split("---\napiVersion: ixia/v1\nkind: RoutingPolicy", maxsplit=1)[0])

    _, sections = impact(gone, SAME, "lead", [{"employees": "1000"}])

    routing = next(each for each in sections if each.policy == "RoutingPolicy/leads")
    assert {"big": (None, 1)} == table(routing, "by rule")
