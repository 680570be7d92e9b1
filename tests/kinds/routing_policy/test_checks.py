"""What is found in routing policies beyond the one example that each code documents."""

from datetime import date

import pytest

from ixia_config.kinds.check import check
from tests.kinds.routing_policy.place import Office, directory, document

ANA, SAM = "ana@acme.example", "sam@acme.example"
PEOPLE = directory(
    [f"{{email: {ANA}}}", f"{{email: {SAM}}}"],
    people=[
        f"{{email: {ANA}, role: ops}}",
        f"{{email: {SAM}, team: emea}}",
        "{email: gone@acme.example, to: 2026-01-01}",
    ],
    queues=f"queues: {{triage: {{owner: ops}}}}\nteams: {{emea: {{lead: {SAM}}}}}",
)
GOOD = "on_no_eligible: {queue: triage}\notherwise: {queue: triage}\n"


def found(rules, extra=GOOD):
    spec = f"object: lead\n{extra}rules:\n{rules}"
    office = Office(PEOPLE, document("RoutingPolicy", "leads", spec))
    return check(office.configuration, date(2026, 11, 22))


def codes(rules, extra=GOOD):
    return [diagnostic.code for diagnostic in found(rules, extra)]


RULE = "  - {key: emea, when: region == 'EMEA', assign: {pool: team}}".replace("'", '"')


def test_a_complete_policy_has_nothing_wrong():
    assert [] == codes(RULE)


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ('  - {key: x, when: regoin == "EMEA", assign: {pool: team}}', "IX320"),
        ("  - {key: x, cells: {regoin: EMEA}, assign: {pool: team}}", "IX320"),
        ("  - {key: x, cells: {region: EMAE}, assign: {pool: team}}", "IX321"),
        ("  - {key: x, when: score > 1, assign: {person: gone@acme.example}}", "IX220"),
        ("  - {key: x, when: score > 1, assign: {person: nobody@acme.example}}", "IX204"),
        ("  - {key: x, when: score > 1, assign: {}}", "IX405"),
        ("  - {key: x, when: score > 1, assign: {owner_of: account.lifecycle}}", "IX408"),
        ("  - {key: x, when: score > 1, assign: {queue: no}, on_no_eligible: {pool: no}}", "IX407"),
        (f"{RULE}\n  - {{key: y, cells: {{region: EMEA}}, assign: {{queue: triage}}}}", "IX411"),
        ("  - {key: x, when: score > 9 && score < 3, assign: {pool: team}}", "IX412"),
    ],
)
def test_a_wrong_rule_is_told_of(rules, code):
    assert code in codes(rules)


def test_the_owner_of_a_related_record_may_be_named_by_its_path():
    rule = "  - {{key: x, when: score > 1, assign: {{owner_of: {}}}}}"

    assert [] == codes(rule.format("account"))
    assert [] == codes(rule.format("account.owner"))


@pytest.mark.parametrize(
    ("acceptance", "expected"),
    [
        ("{within: 15 minutes, max_reroutes: 3}", []),
        ("{within: 15 business minutes, calendar: nowhere, max_reroutes: 3}", ["IX207"]),
        ("{within: 15 minutes, on_timeout: escalate, escalate_to: nobody}", ["IX206"]),
        ("{within: 15 minutes, on_timeout: escalate, escalate_to: ops}", []),
        ("{within: 15 minutes, max_reroutes: 3, escalate_to: ops}", ["IX421"]),
        ("{within: 15 minutes, on_timeout: escalate, cooldown: 1 day}", ["IX421"]),
    ],
)
def test_acceptance_is_checked(acceptance, expected):
    assert expected == codes(RULE, f"{GOOD}acceptance: {acceptance}\n")


def test_a_rule_that_takes_all_is_a_catch_all():
    whole = "  - {key: rest, cells: {region: -}, assign: {pool: team}}"

    assert [] == codes(f"{RULE}\n{whole}", "on_no_eligible: {queue: triage}\n")
    assert ["IX414"] == codes(f"{whole}\n{RULE}", "on_no_eligible: {queue: triage}\n")


def test_a_catch_all_overlaps_where_only_one_rule_may_hold():
    whole = "  - {key: rest, assign: {pool: team}}"

    assert ["IX416"] == codes(f"{RULE}\n{whole}", f"{GOOD}hit_policy: unique\n")


def test_five_hundred_rules_are_checked_for_shadows():
    rules = [
        f'  - {{key: r{n}, when: country == "C{n}" && score >= {n}, assign: {{pool: team}}}}'
        for n in range(500)
    ]
    late = '  - {key: late, when: country == "C7" && score >= 8, assign: {queue: triage}}'

    told = found("\n".join([*rules, late]))

    assert [("IX411", "late", "r7")] == [(d.code, d.rule, d.earlier) for d in told]


def test_an_unknown_column_is_shown_at_its_name():
    [diagnostic] = found("  - {key: x, cells: {regoin: EMEA}, assign: {pool: team}}")

    assert "regoin" in diagnostic.message()
    assert 6 == diagnostic.mark.width
