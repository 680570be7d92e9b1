"""The worked examples of approvals, read from their file and decided by real policies."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from ixia_config.kinds.approval_policy.change import reapprove
from ixia_config.kinds.approval_policy.decide import chain
from ixia_config.kinds.approval_policy.decision import Outcome
from ixia_config.kinds.approval_policy.price import Schedule, Tier, by_volume, discounted
from ixia_config.kinds.approval_policy.progress import Status, next_step
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.parse import configure
from ixia_config.language import load
from ixia_config.rules import normalise

pytestmark = pytest.mark.shared

NOW = datetime(2026, 6, 8, 10, 0, tzinfo=UTC)
SUBMITTER = "asker@acme.example"


@pytest.fixture(scope="module")
def examples(shared):
    """The examples of the area by id."""
    text = (shared / "worked-examples" / "approvals.yaml").read_text(encoding="utf-8")
    [document] = load("approvals.yaml", text).documents
    return {example["id"]: example for example in document.tree["examples"]}


def document(kind, name, spec):
    """One document of the configuration as YAML."""
    return f"apiVersion: ixia/v1\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {spec}\n---\n"


def schema(fields):
    """A record type of this object with fields of these types."""
    written = ", ".join(f"{name}: {{type: {kind}}}" for name, kind in fields.items())
    return document("RecordSchema", "deal", f"{{currency: USD, fields: {{{written}}}}}")


def directory(roles, managers=()):
    """One person for each role, named after it, besides the submitter."""
    above = dict(managers)
    people = "".join(
        f"    - {{email: {email(role)}, role: {role}{manager(above, role)}}}\n" for role in roles
    )
    asker = f"    - {{email: {SUBMITTER}, role: asker{manager(above, 'asker')}}}\n"
    return document("Directory", "people", f"\n  people:\n{asker}{people}")


def manager(above, role):
    return f", manager: {email(above[role])}" if role in above else ""


def email(role):
    return f"{role.replace('_', '-')}@acme.example"


def configured(*texts):
    """The configuration of these documents and its approval policy."""
    documents = [d for text in texts for d in load("a.yaml", text).documents]
    configuration, found = configure(documents)
    assert [] == [str(diagnostic) for diagnostic in found]
    return configuration, configuration.of(ApprovalPolicy)[0]


def decided(configured, record, now=NOW):
    configuration, policy = configured
    typed = normalise(record, catalogue(configuration), "deal")
    return chain(configuration, policy, typed, SUBMITTER, now)


def percent(share):
    """A share of the file as the language writes it."""
    return f"{Decimal(share) * 100:f}%"


def steps(roles):
    """Steps that ask one role after the other."""
    return "[" + ", ".join(f"{{approver: {{role: {role}}}}}" for role in roles) + "]"


def ladder_rule(number, band):
    """A band of the ladder as a rule; bands are in order, so only their upper ends are written."""
    parts = [f"key: band-{number}"]
    if band["to"] is not None:
        parts.append(f"when: discount < {percent(band['to'])}")
    approvers = band["approvers"]
    parts.append(f"steps: {steps(approvers)}" if approvers else "approve: auto")
    if over := band.get("escalate_one_tier_over"):
        parts.append(f"escalate_when: arr > {over}")
    return f"    - {{{', '.join(parts)}}}\n"


def extra(band):
    """The approvers who are added over an amount, in this band only."""
    over = band["also_over"]
    when = (
        f"arr > {over['amount']} && discount >= {percent(band['from'])}"
        f" && discount < {percent(band['to'])}"
    )
    return f"    - {{when: {when}, steps: {steps(over['approvers'])}}}\n"


def test_a_discount_ladder_escalates_by_the_size_of_the_deal(examples):
    given, expected = examples["appr-01"]["given"], examples["appr-01"]["expected"]
    ladder = given["ladder"]
    rules = "".join(ladder_rule(number, band) for number, band in enumerate(ladder))
    also = "".join(extra(band) for band in ladder if "also_over" in band)
    roles = dict.fromkeys(role for band in ladder for role in band["approvers"])
    policy = configured(
        schema({"discount": "percent", "arr": "money"}),
        directory(roles),
        document("ApprovalPolicy", "x", f"\n  object: deal\n  rules:\n{rules}  also:\n{also}"),
    )

    decisions = [decided(policy, request) for request in given["requests"]]

    assert expected["approvers"] == [
        [label for labels in decision.chain for label in labels] for decision in decisions
    ]
    assert [[email(role) for role in approvers] for approvers in expected["approvers"]] == [
        [person for people in decision.people for person in people] for decision in decisions
    ]


def test_a_discount_goes_to_the_first_band_that_it_fits(examples):
    given, expected = examples["appr-03"]["given"], examples["appr-03"]["expected"]
    rules = ""
    for band in given["bands"]:
        when = f"when: discount <= {percent(band['up_to'])}, " if band["up_to"] else ""
        approver = band["approver"]
        rules += f"    - {{key: {approver}, {when}steps: {steps([approver])}}}\n"
    policy = configured(
        schema({"discount": "percent"}),
        directory(band["approver"] for band in given["bands"]),
        document("ApprovalPolicy", "x", f"\n  object: deal\n  rules:\n{rules}"),
    )

    decision = decided(policy, {"discount": given["discount"]})
    price = discounted(Decimal(given["list_price"]), Decimal(given["discount"]))

    assert ((expected["approver"],),) == decision.chain
    assert Decimal(expected["final_price"]) == price.net
    assert Decimal(expected["given_up"]) == price.given_up


@pytest.mark.parametrize(
    ("ask", "outcome"), [("whole_chain", "all_between"), ("last_only", "final_only")]
)
def test_authority_limits_ask_the_whole_chain_or_the_last_only(examples, ask, outcome):
    given, expected = examples["appr-05"]["given"], examples["appr-05"]["expected"]
    ids = [each["id"] for each in given["chain"]]
    limits = ", ".join(
        f"{{person: {email(each['id'])}" + (f", limit: {each['limit']}}}" if each["limit"] else "}")
        for each in given["chain"]
    )
    policy = configured(
        schema({"amount": "money"}),
        directory(ids, zip(["asker", *ids], ids, strict=False)),
        document(
            "ApprovalPolicy",
            "x",
            f"\n  object: deal\n  authority: {{field: amount, ask: {ask}, limits: [{limits}]}}\n"
            "  rules: [{key: any, steps: [{approver: {authority_of: submitter}}]}]",
        ),
    )

    people = [decided(policy, {"amount": amount}).people for amount in given["amounts"]]

    assert [tuple((email(each),) for each in line) for line in expected[outcome]] == people


def test_an_unanswered_request_is_escalated_again_and_again(examples):
    given, expected = examples["appr-07"]["given"], examples["appr-07"]["expected"]
    hours = given["after_hours"]
    levels = ", ".join(f"{{after: {each} hours}}" for each in hours)
    due = f"{{within: {hours[0]} hours, on_timeout: escalate, escalate: [{levels}]}}"
    ups = ["first", "second", "third", "fourth"]
    policy = configured(
        schema({"amount": "money"}),
        directory(ups, pairwise(ups)),
        document(
            "ApprovalPolicy",
            "x",
            f"\n  object: deal\n  due: {due}\n"
            "  rules: [{key: any, steps: [{approver: {role: first}}]}]",
        ),
    )
    decision = decided(policy, {}, datetime.fromisoformat(given["submitted"]).replace(tzinfo=UTC))

    found = [
        next_step(decision, (), datetime.fromisoformat(at).replace(tzinfo=UTC))
        for at in given["at"]
    ]

    assert [int(level) for level in expected["level"]] == [each.level for each in found]
    assert [tuple(map(email, ups[: each.level + 1])) for each in found] == [
        each.waiting_for for each in found
    ]


def test_only_a_change_for_the_worse_needs_a_new_approval(examples):
    given, expected = examples["appr-09"]["given"], examples["appr-09"]["expected"]
    named = {"discount_increases": "raises: [discount]", "term_changes": "changes: [term_months]"}
    rerun = ", ".join(named[each] for each in given["policy"]["rerun_when"])
    configuration, policy = configured(
        schema({"discount": "percent", "term_months": "integer"}),
        document(
            "ApprovalPolicy",
            "x",
            f"\n  object: deal\n  reapprove_when: {{{rerun}}}\n"
            "  rules: [{key: any, approve: auto}]",
        ),
    )

    def typed(record):
        return normalise(record, catalogue(configuration), "deal")

    found = [
        reapprove(policy, typed(given["approved"]), typed(each)).needed
        for each in given["resubmissions"]
    ]

    assert expected["needs_approval"] == found


def test_volume_prices_by_range_and_by_slab(examples):
    given, expected = examples["appr-11"]["given"], examples["appr-11"]["expected"]
    tiers = [
        Tier(
            first=int(each["first"]),
            last=None if each["last"] is None else int(each["last"]),
            discount=Decimal(each["discount"]),
        )
        for each in given["tiers"]
    ]
    price, quantity = Decimal(given["list_price"]), int(given["quantity"])

    for schedule in Schedule:
        total = by_volume(price, quantity, tiers, schedule)

        assert Decimal(expected[f"{schedule}_total"]) == total.net
        assert price * quantity == total.net + total.given_up


DECISIONS = {
    Outcome.AUTO: "allow",
    Outcome.DRAFT: "draft",
    Outcome.NEEDED: "require_approval",
    Outcome.DENIED: "deny",
}
APPROVES = {"allow": "auto", "draft": "draft", "deny": "deny"}


def agent_rule(rule):
    """A rule about actions of agents as a rule of an approval policy."""
    tests = {
        "effect": 'effect == "{}"',
        "records_over": "records > {}",
        "reversible": "reversible == {}",
    }
    parts = []
    for key, value in rule["when"].items():
        if key == "field_in":
            parts.append("field in [" + ", ".join(f'"{each}"' for each in value) + "]")
        else:
            parts.append(tests[key].format(str(value).lower() if value is True else value))
    decision = rule["decision"]
    outcome = (
        f"approve: {APPROVES[decision]}"
        if decision in APPROVES
        else "steps: [{approver: {role: person}}]"
    )
    return f"    - key: {rule['id']}\n      when: {' && '.join(parts)}\n      {outcome}\n"


def test_actions_of_agents_are_allowed_drafted_asked_about_or_denied(examples):
    given, expected = examples["appr-13"]["given"], examples["appr-13"]["expected"]
    minutes = int(given["approval_timeout_minutes"])
    timeout = expected["on_timeout"]
    policy = configured(
        schema({"effect": "text", "records": "integer", "field": "text", "reversible": "boolean"}),
        directory(["person"]),
        document(
            "ApprovalPolicy",
            "x",
            f"\n  object: deal\n  on_no_match: {given['default']}\n"
            f"  due: {{within: {minutes} minutes, on_timeout: {timeout}}}\n  rules:\n"
            + "".join(map(agent_rule, given["rules"])),
        ),
    )

    decisions = [decided(policy, action) for action in given["actions"]]

    assert expected["decisions"] == [DECISIONS[each.outcome] for each in decisions]
    assert expected["rules"] == [each.rule or "default" for each in decisions]
    for decision in decisions:
        if decision.outcome is Outcome.NEEDED:
            before, then = (NOW + timedelta(minutes=minutes, seconds=each) for each in (-1, 0))
            assert Status.WAITING is next_step(decision, (), before).status
            assert Status.REJECTED is next_step(decision, (), then).status
