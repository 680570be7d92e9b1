"""Approvals: who is asked, who must not be, what silence means, and the laws of a ladder."""

import csv
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.kinds.approval_policy.change import reapprove
from ixia_config.kinds.approval_policy.decide import Request, chain, chains
from ixia_config.kinds.approval_policy.decision import Outcome
from ixia_config.kinds.approval_policy.price import Schedule, Tier, by_volume
from ixia_config.kinds.approval_policy.progress import Answer, Status, next_step
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy
from ixia_config.kinds.check import check
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.parse import configure
from ixia_config.language import load
from ixia_config.rules import normalise
from tests.kinds.reasons_text import text as told

NOW = datetime(2026, 12, 21, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
HOUR = timedelta(hours=1)
PEOPLE = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec:
  currency: USD
  fields:
    discount: {type: percent}
    amount: {type: money}
    term_months: {type: integer}
    owner: {type: person}
---
apiVersion: ixia/v1
kind: Directory
metadata: {name: people}
spec:
  people:
    - {email: ana@acme.example, name: Ana Ruiz, role: ae, manager: lee@acme.example}
    - {email: lee@acme.example, name: Lee Kim, role: manager, manager: dan@acme.example}
    - {email: kim@acme.example, name: Kim Oh, role: manager, manager: dan@acme.example,
       away: [{from: 2026-12-20, to: 2027-01-04}]}
    - {email: dan@acme.example, name: Dan Ray, role: sales-director, manager: cro@acme.example}
    - {email: fay@acme.example, name: Fay Lim, role: finance, team: desk, manager: cfo@acme.example}
    - {email: leo@acme.example, name: Leo Fox, role: legal, team: desk, manager: cfo@acme.example}
    - {email: old@acme.example, name: Old Hand, role: finance, to: 2026-06-01}
    - {email: new@acme.example, name: New Hire, role: finance, from: 2027-02-01}
    - {email: cro@acme.example, name: Cro Bell, role: cro}
    - {email: cfo@acme.example, name: Cfo Webb, role: cfo}
  teams: {desk: {lead: fay@acme.example}}
  pools: {legal: {members: [{email: leo@acme.example}]}}
---
apiVersion: ixia/v1
kind: Calendar
metadata: {name: london}
spec:
  zone: Europe/London
  week: {mon-fri: ["09:00-17:00"]}
  holidays: {region: GB}
---
"""
MATRIX = """\
  rules:
    - {key: auto,     when: discount < 10%, approve: auto}
    - {key: manager,  when: discount < 20%, steps: [{approver: {manager_of: submitter}}]}
    - key: director
      when: discount < 30%
      steps:
        - {approver: {role: sales-director}}
        - {approvers: [{role: finance}, {role: legal}], mode: quorum, need: 1}
    - {key: executive, steps: [{approver: {role: cro}}, {approver: {role: cfo}}]}
  also:
    - {when: amount >= 500000, steps: [{approver: {role: cfo}}]}
"""
ONE = "  rules: [{{key: all, steps: [{}]}}]\n"
ANA, LEE, KIM, DAN = (f"{name}@acme.example" for name in ("ana", "lee", "kim", "dan"))
FAY, LEO, CRO, CFO = (f"{name}@acme.example" for name in ("fay", "leo", "cro", "cfo"))


def configured(spec):
    """The configuration with an approval policy of this spec."""
    head = "apiVersion: ixia/v1\nkind: ApprovalPolicy\nmetadata: {name: discounts}\nspec:\n"
    configuration, found = configure(
        load("a.yaml", f"{PEOPLE}{head}  object: deal\n{spec}").documents
    )
    assert [] == [str(diagnostic) for diagnostic in found]
    return configuration, configuration.of(ApprovalPolicy)[0]


def decided(spec, record=None, submitter=ANA, now=NOW):
    configuration, policy = configured(spec)
    typed = normalise(record or {}, catalogue(configuration), "deal")
    return chain(configuration, policy, typed, submitter, now)


def one(step, submitter=ANA, record=None, more=""):
    """The decision about a request that needs this one step."""
    return decided(more + ONE.format(step), record, submitter)


# Who is asked


@pytest.mark.parametrize(
    ("record", "rule", "asked"),
    [
        ({"discount": "5%"}, "auto", ()),
        ({"discount": "10%"}, "manager", (("manager",),)),
        ({"discount": "25%"}, "director", (("sales-director",), ("finance", "legal"))),
        ({"discount": "30%"}, "executive", (("cro",), ("cfo",))),
        ({"discount": "5%", "amount": "500000"}, "auto", (("cfo",),)),
        ({"discount": "30%", "amount": "900000"}, "executive", (("cro",), ("cfo",))),
        ({}, "executive", (("cro",), ("cfo",))),
    ],
)
def test_the_first_rule_that_matches_says_who_is_asked(record, rule, asked):
    decision = decided(MATRIX, record)

    assert (rule, asked) == (decision.rule, decision.chain)
    assert decision.outcome is (Outcome.NEEDED if asked else Outcome.AUTO)


@pytest.mark.parametrize(
    ("approver", "people"),
    [
        ("{manager_of: submitter}", (LEE,)),
        ("{manager_of: submitter, level: 2}", (DAN,)),
        ("{manager_of: submitter, level: 9}", ()),
        ("{manager_of: owner}", (CFO,)),
        ("{role: finance}", (FAY,)),
        ("{role: manager}", (LEE,)),
        ("{team: desk}", (FAY, LEO)),
        ("{pool: legal}", (LEO,)),
        ("{person: Fay@acme.example}", (FAY,)),
        ("{field: owner}", (FAY,)),
        ("{person: old@acme.example}", ()),
    ],
)
def test_an_approver_is_whoever_is_there_today(approver, people):
    decision = one(f"{{approver: {approver}}}", record={"owner": FAY})

    assert (people,) == decision.people
    assert ((0,) if not people else ()) == decision.stuck


@pytest.mark.parametrize(
    ("submitter", "approver", "people"),
    [
        (LEE, "{role: manager}", (KIM,)),
        (DAN, "{role: sales-director}", (CRO,)),
        (LEE, "{person: lee@acme.example}", (DAN,)),
        (CRO, "{role: cro}", ()),
    ],
)
def test_nobody_approves_what_they_asked_for(submitter, approver, people):
    assert (people,) == one(f"{{approver: {approver}}}", submitter).people


def test_duties_are_only_together_where_that_is_written():
    together = one("{approver: {role: cro}}", CRO, more="  separation: []\n")

    assert ((CRO,),) == together.people


def test_the_owner_does_not_approve_where_owner_and_approver_are_separate():
    step = "{approver: {team: desk}}"

    separate = one(step, record={"owner": FAY}, more="  separation: [owner, approver]\n")

    assert ((LEO,),) == separate.people


def test_nobody_unknown_to_the_directory_has_a_manager():
    decision = one("{approver: {manager_of: submitter}}", "stranger@acme.example")

    assert ((0,), ((),)) == (decision.stuck, decision.people)


def test_a_step_is_left_out_where_its_condition_says_so():
    step = "{approver: {role: cro}, skip_when: discount < 50%}"

    assert ((), Outcome.AUTO) == (
        one(step, record={"discount": "49%"}).steps,
        one(step, record={"discount": "49%"}).outcome,
    )
    assert (("cro",),) == one(step, record={"discount": "50%"}).chain


def test_what_no_rule_matches_is_denied():
    decision = decided("  rules: [{key: small, when: discount < 10%, approve: auto}]\n")

    assert (Outcome.DENIED, None) == (decision.outcome, decision.rule)


@pytest.mark.parametrize("rule", ["{key: empty}", "{key: empty, steps: [{title: Nobody}]}"])
def test_a_rule_that_asks_nobody_approves_nothing(rule):
    decision = decided(f"  rules: [{rule}]\n")

    assert next_step(decision, [answer(CRO, 1)], NOW + 2 * HOUR).status is not Status.APPROVED
    assert decision.outcome is Outcome.DENIED or (0,) == decision.stuck


def test_two_rules_that_match_deny_where_only_one_may():
    rules = (
        "  rules:\n    - {key: a, when: discount < 20%, approve: auto}\n"
        "    - {key: b, when: discount < 30%, approve: auto}\n"
    )

    assert decided("  hit_policy: unique\n" + rules, {"discount": "5%"}).outcome is Outcome.DENIED
    assert "b" == decided("  hit_policy: unique\n" + rules, {"discount": "25%"}).rule
    assert "a" == decided(rules, {"discount": "5%"}).rule


def test_other_records_are_not_concerned():
    decision = decided("  applies_when: amount > 0\n" + MATRIX, {"discount": "90%"})

    assert (Outcome.UNCONCERNED, ()) == (decision.outcome, decision.steps)
    assert next_step(decision, (), NOW).status is Status.APPROVED


def test_the_same_word_for_different_people_is_asked_twice():
    also = "  also: [{steps: [{approver: {manager_of: owner}}]}]\n"

    both = decided(ONE.format(MANAGER) + also, {"owner": FAY})
    once = decided(ONE.format(MANAGER) + also.replace("owner", "submitter"))

    assert (("manager",), ("manager of owner",)) == both.chain
    assert ((LEE,), (CFO,)) == both.people
    assert (("manager",),) == once.chain


# Delegation and authority

DELEGATES = """\
  delegation:
    - {from: lee@acme.example, to: fay@acme.example, limit: 15%, field: discount,
       effective: {from: 2026-12-20, to: 2027-01-05}}
    - {from: fay@acme.example, to: leo@acme.example, when: amount < 1000}
"""
MANAGER = "{approver: {manager_of: submitter}}"


@pytest.mark.parametrize(
    ("record", "person", "instead_of"),
    [
        ({"discount": "15%"}, FAY, LEE),
        ({"discount": "15.01%"}, LEE, ""),
        ({}, LEE, ""),
        ({"discount": "15%", "amount": "999"}, LEO, LEE),
    ],
)
def test_a_delegate_answers_within_the_limit(record, person, instead_of):
    [step] = one(MANAGER, record=record, more=DELEGATES).steps
    [candidate] = step.seats[0].people

    assert (person, instead_of) == (candidate.email, candidate.instead_of)


@pytest.mark.parametrize("day", ["2026-12-19", "2027-01-05"])
def test_a_delegation_ends_before_its_last_date(day):
    now = datetime.fromisoformat(f"{day}T12:00:00+00:00")

    assert ((LEE,),) == decided(DELEGATES + ONE.format(MANAGER), {"discount": "5%"}, now=now).people


def test_a_delegate_never_answers_a_request_of_their_own():
    spec = DELEGATES + ONE.format("{approver: {person: lee@acme.example}}")

    assert ((LEE,),) == decided(spec, {"discount": "5%"}, FAY).people


def test_a_circle_of_delegations_is_no_delegation():
    circle = (
        "  delegation:\n    - {from: lee@acme.example, to: fay@acme.example}\n"
        "    - {from: fay@acme.example, to: lee@acme.example}\n"
    )

    assert ((LEE,),) == one(MANAGER, more=circle).people


def test_nobody_with_enough_authority_is_a_request_that_is_stuck():
    authority = "  authority: {field: amount, limits: [{role: manager, limit: 100}]}\n"
    step = "{approver: {authority_of: submitter}}"

    assert () == one(step, record={"amount": "100"}, more=authority).stuck
    assert (0,) == one(step, record={"amount": "100.01"}, more=authority).stuck
    assert (0,) == one(step, more=authority).stuck


# Answers


def answer(person, hours, *, yes=True, comment=""):
    return Answer(person, yes, NOW + hours * HOUR, comment)


def status(decision, *answers, hours=100):
    return next_step(decision, answers, NOW + hours * HOUR).status


def test_steps_are_asked_one_after_the_other():
    decision = decided(MATRIX, {"discount": "25%"})

    waiting = next_step(decision, (), NOW)
    then = next_step(decision, [answer(DAN, 1)], NOW + 2 * HOUR)
    done = next_step(decision, [answer(LEO, 2), answer(DAN, 1)], NOW + 2 * HOUR)

    assert (Status.WAITING, 0, (DAN,)) == (waiting.status, waiting.step, waiting.waiting_for)
    assert (Status.WAITING, 1, (FAY, LEO)) == (then.status, then.step, then.waiting_for)
    assert (Status.APPROVED, 2, ()) == (done.status, done.step, done.waiting_for)


def test_an_answer_before_its_step_does_not_count():
    decision = decided(MATRIX, {"discount": "25%"})

    assert status(decision, answer(LEO, 1), answer(DAN, 2)) is Status.WAITING


@pytest.mark.parametrize(
    ("mode", "votes", "expected"),
    [
        ("mode: all", "", Status.WAITING),
        ("mode: all", "F", Status.WAITING),
        ("mode: all", "FL", Status.APPROVED),
        ("mode: all", "Fl", Status.REJECTED),
        ("mode: any", "F", Status.APPROVED),
        ("mode: any", "fL", Status.REJECTED),
        ("mode: quorum, need: 1", "fL", Status.APPROVED),
        ("mode: quorum, need: 1", "fl", Status.REJECTED),
        ("mode: quorum, need: 2", "F", Status.WAITING),
        ("mode: quorum, need: 2", "fL", Status.REJECTED),
        ("mode: quorum, need: 2", "FL", Status.APPROVED),
        ("mode: quorum, need: 2", "FF", Status.WAITING),
    ],
)
@pytest.mark.parametrize("approvers", ["[{role: finance}, {role: legal}]", None])
def test_all_any_and_quorum(mode, votes, expected, approvers):
    """A capital letter is a yes; two roles and one team of two people are alike."""
    if approvers is None and mode == "mode: all":
        return
    whom = f"approvers: {approvers}" if approvers else "approver: {team: desk}"
    decision = one(f"{{{whom}, {mode}}}")

    answers = [
        answer(FAY if vote in "fF" else LEO, hour, yes=vote.isupper())
        for hour, vote in enumerate(votes)
    ]

    assert status(decision, *answers) is expected


def test_a_quorum_of_two_needs_two_people_even_where_one_has_both_roles():
    decision = one("{approvers: [{team: desk}, {person: fay@acme.example}], mode: quorum, need: 2}")

    assert status(decision, answer(FAY, 1)) is Status.WAITING
    assert status(decision, answer(FAY, 1), answer(LEO, 2)) is Status.APPROVED


def test_whoever_is_not_asked_does_not_count():
    decision = one(MANAGER)

    assert status(decision, answer(CRO, 1), answer(ANA, 2)) is Status.WAITING
    assert status(decision, answer(LEE, 1)) is Status.APPROVED


def test_an_answer_without_its_comment_does_not_count():
    decision = one("{approver: {role: cro}, comment_required: true}")

    assert status(decision, answer(CRO, 1)) is Status.WAITING
    assert status(decision, answer(CRO, 1, comment="strategic")) is Status.APPROVED


def test_business_time_stands_still_over_the_holidays():
    due = "  due: {within: 1 business day, calendar: london, on_timeout: escalate}\n"
    friday = datetime(2026, 12, 24, 12, 0, tzinfo=UTC)
    decision = decided(due + ONE.format(MANAGER), now=friday)

    progress = next_step(decision, (), friday)
    late = next_step(decision, (), progress.due)

    assert datetime(2026, 12, 29, 12, 0, tzinfo=UTC) == progress.due
    assert (0, (LEE,)) == (progress.level, progress.waiting_for)
    assert (1, (LEE, DAN), True) == (late.level, late.waiting_for, late.overdue)


def test_whoever_was_asked_in_the_second_place_may_answer_from_then_on():
    due = "  due: {within: 24 hours, on_timeout: escalate}\n"
    decision = decided(due + ONE.format(MANAGER))

    assert status(decision, answer(DAN, 23)) is Status.WAITING
    assert status(decision, answer(DAN, 24)) is Status.APPROVED


def test_silence_rejects_where_that_is_written_and_approves_nowhere():
    reject = decided("  due: {within: 24 hours, on_timeout: reject}\n" + ONE.format(MANAGER))
    silent = decided("  due: {within: 24 hours, on_timeout: approve}\n" + ONE.format(MANAGER))

    assert status(reject, answer(LEE, 23)) is Status.APPROVED
    assert status(reject, answer(LEE, 24)) is Status.REJECTED
    assert status(reject, hours=23) is Status.WAITING
    assert status(silent, hours=10_000) is Status.WAITING


# Changes after an approval


@pytest.mark.parametrize(
    ("before", "after", "fields"),
    [
        ({"discount": "20%"}, {"discount": "21%"}, ("discount",)),
        ({"discount": "20%"}, {"discount": "19%"}, ()),
        ({"amount": "100"}, {"amount": "99"}, ("amount",)),
        ({"amount": "100"}, {"amount": "101"}, ()),
        ({"amount": "100"}, {}, ("amount",)),
        ({}, {"discount": "1%"}, ("discount",)),
        ({"term_months": "12"}, {"term_months": "6"}, ("term_months",)),
        ({}, {}, ()),
    ],
)
def test_better_or_unchanged_passes(before, after, fields):
    watched = "{raises: [discount], lowers: [amount], changes: [term_months]}"
    configuration, policy = configured(f"  reapprove_when: {watched}\n{MATRIX}")
    typed = [normalise(each, catalogue(configuration), "deal") for each in (before, after)]

    assert fields == reapprove(policy, *typed).fields


# Laws

shares = st.decimals(0, 1, places=3)


@given(st.lists(shares, min_size=1, max_size=5, unique=True), st.lists(shares, min_size=2))
def test_a_chain_never_shrinks_when_the_discount_rises(bounds, discounts):
    roles = ("manager", "sales-director", "finance", "cfo", "cro", "legal")
    rules = "  rules:\n"
    for number, bound in enumerate([*sorted(bounds), None]):
        when = f"when: discount < {bound * 100:f}%, " if bound is not None else ""
        steps = ", ".join(f"{{approver: {{role: {role}}}}}" for role in roles[: number + 1])
        rules += f"    - {{key: r{number}, {when}steps: [{steps}]}}\n"
    also = "  also: [{when: discount > 50%, steps: [{approver: {role: cfo}}]}]\n"
    configuration, policy = configured(rules + also)
    records = [
        normalise({"discount": each}, catalogue(configuration), "deal")
        for each in sorted(discounts)
    ]

    asked = [
        {label for step in chain(configuration, policy, record, ANA, NOW).chain for label in step}
        for record in records
    ]

    assert all(lower <= higher for lower, higher in pairwise(asked))
    assert not {"IX438"} & {each.code for each in check(configuration, TODAY)}


@given(st.lists(st.sampled_from([ANA, LEE, DAN, CRO, KIM, FAY]), min_size=1))
def test_no_submitter_is_ever_asked(submitters):
    configuration, policy = configured(MATRIX + DELEGATES)
    record = normalise({"discount": "25%", "amount": "9"}, catalogue(configuration), "deal")

    for submitter in submitters:
        decision = chain(configuration, policy, record, submitter, NOW)

        assert not any(submitter in people for people in decision.people)


@given(st.integers(0, 60), st.integers(1, 20), st.integers(1, 20))
def test_slabs_never_cost_less_than_the_range_that_they_end_in(quantity, first, second):
    tiers = (
        Tier(1, first, Decimal("0.1")),
        Tier(first + 1, first + second, Decimal("0.2")),
        Tier(first + second + 1, None, Decimal("0.3")),
    )
    price = Decimal("99.99")

    slab, whole = (by_volume(price, quantity, tiers, each) for each in Schedule.__reversed__())

    assert price * quantity == slab.net + slab.given_up == whole.net + whole.given_up
    assert whole.net <= slab.net


def test_merging_two_equal_neighbours_changes_nothing():
    two = (
        "  rules:\n    - {key: a, when: discount < 10%, steps: [{approver: {role: cro}}]}\n"
        "    - {key: b, when: discount < 20%, steps: [{approver: {role: cro}}]}\n"
        "    - {key: c, steps: [{approver: {role: cfo}}]}\n"
    )
    merged = two.replace(
        "    - {key: a, when: discount < 10%, steps: [{approver: {role: cro}}]}\n", ""
    )

    for share in range(31):
        record = {"discount": f"{share}%"}
        assert decided(two, record).people == decided(merged, record).people


# Many at once


@pytest.mark.shared
def test_one_by_one_and_in_bulk_are_the_same_on_real_deals(shared):
    configuration, policy = configured(MATRIX)
    folder = shared / "data/crm-sales-opportunities"
    with (folder / "products.csv").open(encoding="utf-8", newline="") as lines:
        prices = {row["product"]: Decimal(row["sales_price"]) for row in csv.DictReader(lines)}
    with (folder / "sales_pipeline.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    requests = [
        Request(normalise(deal(row, prices), catalogue(configuration), "deal"), ANA, NOW)
        for row in rows
    ]

    bulk = list(chains(configuration, policy, requests))

    assert 8800 == len(bulk)
    assert {"auto", "manager", "director", "executive"} == {each.rule for each in bulk}
    assert bulk == [
        chain(configuration, policy, each.record, each.submitter, each.now) for each in requests
    ]


def deal(row, prices):
    """A row of the export as a deal, with its discount off the list price."""
    listed, paid = prices.get(row["product"]), row["close_value"]
    if listed is None or not paid:
        return {"amount": paid}
    return {"amount": paid, "discount": round((listed - Decimal(paid)) / listed, 4)}


# In words


def test_a_sales_rep_understands_who_is_asked_and_why(snapshot):
    spec = MATRIX + DELEGATES
    small, large = {"discount": "12%", "amount": "80000"}, {"discount": "25%", "amount": "600000"}
    authority = "  authority: {field: amount, limits: [{role: manager, limit: 100}, {role: cro}]}\n"
    climbed = one("{approver: {authority_of: submitter}}", record=small, more=authority)
    silent = decided("  due: {within: 24 hours, on_timeout: reject}\n" + ONE.format(MANAGER))

    texts = [
        told(decided(spec, small).reasons),
        told(decided(spec, large, DAN).reasons),
        told(decided(spec, {"discount": "35%", "amount": "600000"}, CRO).reasons),
        told(climbed.reasons),
        told(next_step(silent, [answer(CRO, 1)], NOW + 24 * HOUR).reasons),
    ]

    assert snapshot == "\n\n".join(texts)


# What is found


@pytest.fixture(scope="module")
def val_11(shared):
    """A policy whose approvers may submit, or are nobody."""
    text = (shared / "worked-examples" / "validation.yaml").read_text(encoding="utf-8")
    [document] = load("validation.yaml", text).documents
    return next(each for each in document.tree["examples"] if each["id"] == "val-11")


FINDINGS = {"IX441": "self_approval_possible", "IX442": "no_eligible_approver"}


@pytest.mark.shared
def test_an_approver_who_may_submit_and_a_role_without_people_are_found(val_11):
    given, expected = val_11["given"], val_11["expected"]

    def role(name):
        return name.replace("_", "-")

    people = "".join(
        f"    - {{email: {who}@acme.example, name: {who}, role: {role(name)}}}\n"
        for name, members in given["roles"].items()
        for who in members
    )
    empty = ", ".join(role(name) for name, members in given["roles"].items() if not members)
    steps = "".join(
        f"        - {{key: {step['id']}, approver: {{role: {role(step['role'])}}}}}\n"
        for step in given["steps"]
    )
    text = (
        "apiVersion: ixia/v1\nkind: RecordSchema\nmetadata: {name: deal}\n"
        "spec: {fields: {name: {type: text}}}\n---\n"
        "apiVersion: ixia/v1\nkind: Directory\nmetadata: {name: people}\n"
        f"spec:\n  people:\n{people}  roles: [{empty}]\n---\n"
        "apiVersion: ixia/v1\nkind: ApprovalPolicy\nmetadata: {name: x}\nspec:\n  object: deal\n"
        f"  submitters: [{', '.join(map(role, given['submitters']))}]\n"
        f"  rules:\n    - key: all\n      steps:\n{steps}"
    )
    configuration, found = configure(load("a.yaml", text).documents)
    assert () == found
    places = {
        text[: text.index(f"key: {each['id']}")].count("\n") + 1: each["id"]
        for each in given["steps"]
    }

    findings = [
        {"step": places[each.mark.line], "finding": FINDINGS[each.code]}
        | ({"who": each.who} if each.code == "IX441" else {})
        for each in check(configuration, TODAY)
    ]

    assert expected["findings"] == findings


def test_a_policy_about_an_unknown_record_is_told_so_and_denies():
    text = PEOPLE + (
        "apiVersion: ixia/v1\nkind: ApprovalPolicy\nmetadata: {name: x}\n"
        f"spec:\n  object: dael\n{MATRIX}"
    )
    configuration, _ = configure(load("a.yaml", text).documents)
    policy = configuration.of(ApprovalPolicy)[0]

    assert ["IX201"] == [each.code for each in check(configuration, TODAY)]
    assert Outcome.DENIED is chain(configuration, policy, {}, ANA, NOW).outcome


def test_a_policy_in_order_has_nothing_wrong():
    configuration, _ = configured("  submitters: [ae, manager]\n" + MATRIX)

    assert [] == [str(each) for each in check(configuration, TODAY)]


ALL = "  rules: [{{key: all, steps: [{{approver: {}}}]}}]\n"
ASKS_CRO = ALL.format("{role: cro}")
FALLING = """\
  rules:
    - {key: high, when: discount >= 30%, steps: [{approver: {role: cro}}]}
    - {key: low, steps: [{approver: {role: cro}}, {approver: {role: cfo}}]}
"""


@pytest.mark.parametrize(
    ("spec", "codes"),
    [
        (ALL.format("{role: crow}"), ["IX206"]),
        (ALL.format("{team: dusk}"), ["IX205"]),
        (ALL.format("{pool: dusk}"), ["IX442"]),
        (ALL.format("{person: x@acme.example}"), ["IX204"]),
        (ALL.format("{field: amount}"), ["IX454"]),
        (ALL.format("{manager_of: ower}"), ["IX202"]),
        (ALL.format("{role: cro, level: 2}"), ["IX430"]),
        (ALL.format("{}"), ["IX430"]),
        (ALL.format("{authority_of: submitter}"), ["IX449"]),
        (f"  separation: []\n{ASKS_CRO}", ["IX441"]),
        (f"  due: {{within: 3 business weeks, calendar: london}}\n{ASKS_CRO}", ["IX451"]),
        (f"  due: {{within: 24 hours, calendar: paris}}\n{ASKS_CRO}", ["IX207", "IX451"]),
        (FALLING, ["IX438"]),
        (ASKS_CRO.replace("  rules", "  applies_when: nothing > 1\n  rules"), ["IX320"]),
        ("  on_no_match: deny\n  rules: [{key: a, when: discount < 1%, approve: auto}]\n", []),
    ],
)
def test_each_mistake_is_told_once(spec, codes):
    configuration, _ = configured(spec)

    assert codes == [each.code for each in check(configuration, TODAY)]
