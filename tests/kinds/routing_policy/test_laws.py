"""Laws of routing: fair turns, no lost turn, and the same answers alone and in bulk."""

from collections import Counter
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from ixia_config.kinds.routing_policy.rotation import NOBODY_YET, read_rotation, written
from tests.kinds.routing_policy.place import MONDAY, POOL_ONLY, Office, directory, document

SIZES = st.integers(min_value=1, max_value=7)


def emails(size):
    return [f"m{number}@acme.example" for number in range(size)]


def members(size):
    return [f"{{email: {email}}}" for email in emails(size)]


@given(size=SIZES, records=st.integers(min_value=0, max_value=30))
def test_round_robin_is_fair_within_one_over_any_prefix(size, records):
    office = Office(directory(members(size)), POOL_ONLY)
    given_to = Counter(dict.fromkeys(emails(size), 0))

    for _ in range(records):
        given_to[office.route().person] += 1
        assert max(given_to.values()) - min(given_to.values()) <= 1


@given(
    method=st.sampled_from(["weighted", "least_loaded"]),
    size=SIZES,
    records=st.integers(min_value=0, max_value=30),
)
def test_equals_share_fairly_under_the_other_methods_too(method, size, records):
    office = Office(directory(members(size), method), POOL_ONLY)
    given_to = Counter(dict.fromkeys(emails(size), 0))

    for _ in range(records):
        given_to[office.route().person] += 1
        assert max(given_to.values()) - min(given_to.values()) <= 1


@given(st.data())
def test_a_member_who_is_there_waits_for_each_other_member_once_at_most(data):
    """Whoever else is away, and whoever was skipped before: no later turn is lost."""
    size = data.draw(SIZES)
    office = Office(directory(members(size)), POOL_ONLY)
    waited = Counter()

    for _ in range(20):
        absent = data.draw(st.sets(st.sampled_from(emails(size))))
        taker = office.route(absent=absent).person
        waited = Counter({email: waited[email] + 1 for email in emails(size)})
        for email in {taker, *absent}:
            waited[email] = 0
        assert all(count < size for count in waited.values())


@given(st.data())
def test_who_is_skipped_changes_nothing_for_the_turns_of_the_others(data):
    size = data.draw(st.integers(min_value=2, max_value=6))
    gone = data.draw(st.sampled_from(emails(size)))
    office = Office(directory(members(size)), POOL_ONLY)
    others = Office(directory([each for each in members(size) if gone not in each]), POOL_ONLY)

    with_gap = [office.route(absent=[gone]).person for _ in range(12)]

    assert [others.route().person for _ in range(12)] == with_gap


@given(weights=st.lists(st.integers(min_value=1, max_value=9), min_size=1, max_size=5))
def test_a_round_of_weights_gives_exactly_the_weights(weights):
    pool = [
        f"{{email: {email}, weight: {weight}}}"
        for email, weight in zip(emails(len(weights)), weights, strict=True)
    ]
    office = Office(directory(pool, "weighted"), POOL_ONLY)

    taken = Counter(office.route().person for _ in range(2 * sum(weights)))

    assert dict(zip(emails(len(weights)), (2 * weight for weight in weights), strict=True)) == taken


RULES = """
  - {key: enterprise, when: 'region == "EMEA" && employees >= 1000', assign: {pool: team}}
  - {key: customers, when: account.lifecycle == "customer", assign: {owner_of: account}}
  - {key: small, cells: {region: "[AMER, APAC]", employees: "< 50"}, assign: {queue: triage}}
""".replace('"[AMER, APAC]"', "[AMER, APAC]")


def with_rules(rules):
    spec = f"object: lead\notherwise: {{queue: triage}}\nrules:{rules.rstrip()}\n"
    return Office(directory(members(3)), document("RoutingPolicy", "leads", spec))


RECORDS = st.fixed_dictionaries(
    {
        "region": st.sampled_from(["AMER", "EMEA", "APAC", None]),
        "employees": st.sampled_from([None, 10, 49, 50, 999, 1000, 5000]),
        "account": st.sampled_from(
            [
                None,
                {"lifecycle": "customer", "owner": "m1@acme.example"},
                {"lifecycle": "customer", "owner": "gone@acme.example"},
                {"lifecycle": "lead"},
            ]
        ),
    }
)


@given(st.lists(RECORDS, max_size=12))
def test_in_bulk_every_record_goes_where_it_goes_alone(records):
    office = with_rules(RULES)

    together, rotation = office.route_all(records, explained=True)

    assert tuple(office.route(record) for record in records) == together
    assert office.rotation == rotation


@given(st.lists(RECORDS, max_size=12))
def test_decisions_do_not_depend_on_whether_they_are_explained(records):
    office = with_rules(RULES)

    explained, _ = office.route_all(records, explained=True)
    silent, _ = office.route_all(records)

    assert [(d.rule, d.person, d.queue) for d in explained] == [
        (d.rule, d.person, d.queue) for d in silent
    ]


@given(st.lists(RECORDS, max_size=12), st.integers(min_value=0, max_value=2))
def test_merging_two_adjacent_identical_rules_changes_nothing(records, at):
    lines = RULES.strip("\n").splitlines()
    twin = lines[at].replace("{key: ", "{key: twin-", 1)
    doubled = with_rules("\n" + "\n".join([*lines[: at + 1], twin, *lines[at + 1 :]]))

    assert with_rules(RULES).route_all(records) == doubled.route_all(records)


@given(st.lists(RECORDS, max_size=8))
def test_the_rotation_survives_being_written_and_read(records):
    office = with_rules(RULES)
    office.route_all(records)
    for record in records:
        office.route(record)
        office.rotation = office.rotation.rested("m0@acme.example", MONDAY + timedelta(hours=1))

    assert office.rotation == read_rotation(written(office.rotation))
    assert NOBODY_YET == read_rotation(written(NOBODY_YET))
