"""What a RoutingPolicy decides, case by case, and the words that it gives for it."""

from datetime import UTC, datetime, timedelta

import pytest

from ixia_config.kinds.reasons import Verdict
from ixia_config.kinds.routing_policy.acceptance import Offer, deadline, reroute
from tests.kinds.routing_policy.place import MONDAY, POOL_ONLY, Office, directory, document

ANA, SAM, KIM = (f"{name}@acme.example" for name in ("ana", "sam", "kim"))
CALENDAR = document(
    "Calendar", "madrid", 'zone: Europe/Madrid\nweek: {mon-fri: ["09:00-14:00", "15:00-18:00"]}'
)


def policy(rules, extra=""):
    return document(
        "RoutingPolicy",
        "leads",
        f"object: lead\notherwise: {{queue: triage}}\n{extra}\nrules:\n{rules}",
    )


def people(*lines):
    return [f"{{email: {line}}}" for line in lines]


def members(*lines):
    return [f"{{email: {line}}}" for line in lines]


def lines(reasons, depth=0):
    """Reasons as text, one a line."""
    for reason in reasons:
        yield f"{'    ' * depth}{reason.subject:<12} {reason.verdict:<8} {reason.why}".rstrip()
        yield from lines(reason.below, depth + 1)


EMEA = directory(
    members(f"{SAM}", f"{ANA}, daily_cap: 8"),
    people=[
        f"{{email: {ANA}, name: Ana Ruiz, zone: Europe/Madrid, calendar: madrid}}",
        f"{{email: {SAM}, name: Sam Wu, away: [{{from: 2026-11-20, to: 2027-01-04}}]}}",
    ],
)
RULES = """
  - {key: customers, when: account.lifecycle == "customer", assign: {owner_of: account}}
  - {key: enterprise, when: region == "EMEA" && employees >= 1000, assign: {pool: team}}
"""


def test_an_explanation_reads_as_a_rep_would_say_it(snapshot):
    office = Office(EMEA, CALENDAR, policy(RULES))
    for _ in range(3):
        office.route({"region": "EMEA", "employees": "5000"})

    decision = office.route({"region": "EMEA", "employees": "5000"})

    told = [f'Lead "Nordwind AG" {decision.headline}', "", *lines(decision.reasons)]
    assert snapshot == "\n".join(told)


def test_an_explanation_of_a_record_that_nobody_can_take(snapshot):
    extra = "on_no_eligible: {queue: triage}"
    office = Office(EMEA, CALENDAR, policy(RULES, extra))

    decision = office.route(
        {"region": "EMEA", "employees": "5000"}, now=datetime(2026, 11, 22, 20, tzinfo=UTC)
    )

    told = [f'Lead "Nordwind AG" {decision.headline}', "", *lines(decision.reasons)]
    assert snapshot == "\n".join(told)


@pytest.mark.parametrize(
    ("person", "member", "why"),
    [
        ("to: 2026-11-23", "", "left on Mon 23 Nov"),
        ("from: 2027-03-01", "", "starts on Mon 1 Mar"),
        ("away: [{from: 2026-11-23, to: 2026-11-24}]", "", "away until Tue 24 Nov"),
        ("", "from: 2026-11-24", "in the pool from Tue 24 Nov"),
        ("", "to: 2026-11-23", "in the pool until Mon 23 Nov"),
        ("", "daily_cap: 0", "0 of 0 today"),
        ("", "open_cap: 0", "0 of 0 open"),
        ("", "weekly_cap: 0", "0 of 0 this week"),
        (
            "calendar: madrid, zone: Europe/Madrid",
            "",
            "outside working hours until Mon 23 Nov 15:00 Madrid",
        ),
    ],
)
def test_who_cannot_take_a_record_is_skipped_with_the_reason(person, member, why):
    office = Office(
        directory(
            members(f"{ANA}, {member}".rstrip(", "), SAM),
            people=people(f"{ANA}, {person}".rstrip(", "), SAM),
        ),
        CALENDAR,
        POOL_ONLY,
    )
    lunch = MONDAY.replace(hour=13, minute=30)

    decision = office.route(now=lunch)

    assert SAM == decision.person
    assert (ANA, Verdict.SKIPPED, why) == _first_line(decision)


def _first_line(decision):
    line = decision.reasons[0].below[0]
    return line.subject, line.verdict, line.why


def test_a_day_ends_where_the_person_works():
    office = Office(
        directory(members(f"{ANA}, daily_cap: 1"), people=people(f"{ANA}, zone: Pacific/Auckland")),
        POOL_ONLY,
    )

    taken = [office.route(now=MONDAY.replace(hour=hour)).person for hour in (9, 10, 11, 12)]

    assert [ANA, "", ANA, ""] == taken  # 11:00 UTC is midnight in Auckland


def test_a_weekly_cap_starts_anew_on_monday():
    office = Office(directory(members(f"{ANA}, weekly_cap: 1")), POOL_ONLY)

    taken = [office.route(now=MONDAY + timedelta(days=day)).person for day in (0, 6, 7)]

    assert [ANA, "", ANA] == taken


def test_a_needed_skill_passes_over_those_without_it():
    office = Office(
        directory(members(ANA, f"{SAM}, skills: [german]")),
        policy("  - {key: dach, assign: {pool: team, skills: [german]}}"),
    )

    assert [SAM, SAM] == [office.route().person for _ in range(2)]


def test_the_least_loaded_counts_open_records_however_they_came():
    rules = f"""
  - {{key: named, when: region == "EMEA", assign: {{person: {ANA}}}}}
  - {{key: rest, assign: {{pool: team}}}}
"""
    office = Office(directory(members(ANA, SAM), "least_loaded"), policy(rules))
    office.route({"region": "EMEA"})
    office.route({"region": "EMEA"})

    assert [SAM, SAM, ANA] == [office.route().person for _ in range(3)]


def test_first_available_fills_the_list_from_the_top():
    office = Office(directory(members(f"{ANA}, daily_cap: 2", SAM), "first_available"), POOL_ONLY)

    assert [ANA, ANA, SAM] == [office.route().person for _ in range(3)]


def test_an_owner_who_left_does_not_get_the_record():
    office = Office(
        directory(members(SAM), people=people(f"{ANA}, to: 2026-01-01", SAM)), policy(RULES)
    )
    record = {"account": {"lifecycle": "customer", "owner": ANA.upper()}}

    decision = office.route(record)

    assert "triage" == decision.queue
    assert (ANA, Verdict.SKIPPED, "left on Thu 1 Jan") == _first_line(decision)


def test_the_next_rule_takes_what_nobody_of_the_first_can():
    rules = """
  - {key: first, assign: {pool: team}, on_no_eligible: next_rule}
  - {key: second, when: region == "EMEA", assign: {queue: triage}}
"""
    office = Office(directory(members(f"{ANA}, daily_cap: 1")), policy(rules))

    assert ["first", "second"] == [office.route({"region": "EMEA"}).rule for _ in range(2)]
    assert "" == office.route({"region": "APAC"}).rule


def test_rules_that_overlap_where_none_may_are_named():
    rules = """
  - {key: small, when: employees <= 100, assign: {queue: triage}}
  - {key: big, when: employees >= 100, assign: {pool: team}}
"""
    office = Office(directory(members(ANA)), policy(rules, "hit_policy: unique"))

    assert ("big",) == office.route({"employees": "100"}).overlaps
    assert () == office.route({"employees": "101"}).overlaps


def test_a_rule_may_be_a_row_of_a_table():
    rules = """
  - {key: big, cells: {region: [EMEA, APAC], employees: ">= 1000"}, assign: {pool: team}}
"""
    office = Office(directory(members(ANA)), policy(rules))

    assert "big" == office.route({"region": "APAC", "employees": "1000"}).rule
    assert "" == office.route({"region": "AMER", "employees": "1000"}).rule


ACCEPTANCE = """\
on_no_eligible: {queue: triage}
acceptance: {within: 15 business minutes, calendar: owner, max_reroutes: 2, cooldown: 1 hour}\
"""
POOL = "  - {key: all, assign: {pool: team}}"


def again(office, offers, now, **options):
    return reroute(
        office.configuration,
        office.policy,
        office.record(),
        offers,
        now=now,
        rotation=office.rotation,
        **options,
    )


def office_of_three(acceptance=ACCEPTANCE):
    return Office(directory(members(ANA, SAM, KIM)), CALENDAR, policy(POOL, acceptance))


def test_a_record_stays_until_its_deadline():
    office = office_of_three()
    offer = Offer(office.route().person, MONDAY)
    due = deadline(office.configuration, office.policy, offer)

    early, rotation = again(office, [offer], due - timedelta(seconds=1))

    assert MONDAY + timedelta(minutes=15) == due
    assert ANA == early.person
    assert office.rotation == rotation


def test_nobody_is_offered_a_record_twice_and_the_limit_ends_it():
    office = office_of_three(ACCEPTANCE.replace("max_reroutes: 2", "max_reroutes: 9"))
    offers = [Offer(office.route().person, MONDAY)]
    for _ in range(3):
        now = offers[-1].at + timedelta(minutes=15)
        decision, office.rotation = again(office, offers, now)
        offers.append(Offer(decision.person, now))

    assert [ANA, SAM, KIM, ""] == [offer.person for offer in offers]
    assert "triage" == decision.queue


def test_a_limit_of_reroutes_sends_the_record_to_the_queue():
    office = office_of_three(ACCEPTANCE.replace("max_reroutes: 2", "max_reroutes: 1"))
    first = Offer(office.route().person, MONDAY)
    second = Offer(SAM, MONDAY + timedelta(minutes=15))

    decision, _ = again(office, [first, second], MONDAY + timedelta(minutes=30))

    assert ("", "triage") == (decision.person, decision.queue)
    assert "offered 2 times; the limit is 1 re-route" in [r.why for r in decision.reasons]


def test_who_let_a_record_time_out_rests_for_the_cooldown():
    office = office_of_three()
    office.route()
    late = MONDAY + timedelta(minutes=15)
    _, office.rotation = again(office, [Offer(ANA, MONDAY)], late)

    turns = [office.route(now=late).person for _ in range(3)]
    later = [office.route(now=late + timedelta(hours=1)).person for _ in range(3)]

    assert ANA not in turns
    assert ANA in later


def test_an_escalation_tells_the_manager_and_leaves_the_record():
    escalate = "acceptance: {within: 15 minutes, on_timeout: escalate}"
    office = Office(
        directory(members(ANA), people=people(f"{ANA}, manager: {KIM}", KIM)),
        policy(POOL, escalate),
    )
    office.route()

    decision, _ = again(office, [Offer(ANA, MONDAY)], MONDAY + timedelta(minutes=15))

    assert (ANA, KIM) == (decision.person, decision.told)


def test_the_deadline_runs_in_the_hours_of_the_one_who_was_offered_the_record():
    office = Office(
        directory(members(ANA), people=people(f"{ANA}, zone: Europe/Madrid, calendar: madrid")),
        CALENDAR,
        policy(POOL, ACCEPTANCE),
    )
    friday_evening = datetime(2026, 11, 20, 16, 50, tzinfo=UTC)

    due = deadline(office.configuration, office.policy, Offer(ANA, friday_evening))

    assert datetime(2026, 11, 23, 8, 5, tzinfo=UTC) == due


def test_editing_a_pool_does_not_deal_everything_anew():
    before = Office(directory(members(ANA, SAM, KIM)), POOL_ONLY)
    before.route()
    after = Office(directory(members("new@acme.example", ANA, SAM, KIM)), POOL_ONLY)
    without = Office(directory(members(SAM, KIM)), POOL_ONLY)
    after.rotation = without.rotation = before.rotation

    assert SAM == before.route().person == after.route().person == without.route().person


def test_a_time_without_zone_is_refused():
    office = Office(directory(members(ANA)), POOL_ONLY)

    with pytest.raises(ValueError, match="zone"):
        office.route(now=datetime(2026, 11, 23, 9))  # noqa: DTZ001  # the mistake


def test_a_policy_with_errors_decides_nothing():
    rules = '  - {key: odd, when: regoin == "EMEA", assign: {pool: team}}'
    office = Office(directory(members(ANA)), policy(rules))

    with pytest.raises(ValueError, match="ixia validate"):
        office.route()
