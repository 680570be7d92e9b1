"""Laws of tests: what is written today passes today, and coverage counts what can fail only."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.kinds.check import check
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.parse import configure
from ixia_config.kinds.policy_test.answers import Condition
from ixia_config.kinds.policy_test.boundaries import points, tried
from ixia_config.kinds.policy_test.coverage import coverage, overall
from ixia_config.kinds.policy_test.run import Outcome, run
from ixia_config.kinds.policy_test.spec import PolicyTest
from ixia_config.kinds.policy_test.update import missing
from ixia_config.language import load, load_all
from ixia_config.language.edit import set_value
from ixia_config.rules import normalise, read

NOW = datetime(2026, 11, 23, 14, tzinfo=UTC)
HEAD = """\
apiVersion: ixia/v1
kind: PolicyTest
metadata: {name: generated}
spec:
  clock: 2026-11-23T09:00:00-05:00
  cases:
    - name: a case   # with a comment
"""


@pytest.fixture(scope="module")
def acme(root):
    """The documents of the example, its own tests left out."""
    folder = root / "examples/acme"
    files = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*.yaml")
        if "tests" not in path.parts[len(folder.parts) :]
    }
    return load_all(files).documents


def configured(acme, text):
    """The example with this test, and its only test."""
    configuration, found = configure([*acme, *load("test.yaml", text).documents])
    assert [] == [str(each) for each in found]
    return configuration, configuration.of(PolicyTest)[0]


def _ago(minutes):
    return (NOW - timedelta(minutes=minutes)).isoformat()


MONEY = st.decimals(min_value=0, max_value=900000, places=2).map(str)
LEADS = st.fixed_dictionaries(
    {},
    optional={
        "region": st.sampled_from(["AMER", "EMEA", "APAC"]),
        "employees": st.integers(0, 3000).map(str),
        "score": st.integers(70, 90).map(str),
        "channel": st.sampled_from(["website", "outbound"]),
        "assigned_at": st.integers(0, 22 * 24 * 60).map(_ago),
    },
)
DEALS = st.fixed_dictionaries(
    {"discount": st.integers(0, 60).map("{}%".format)}, optional={"amount": MONEY}
)


def flow(values):
    """A record in one line of YAML."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in values.items()) + "}"


@given(lead=LEADS, deal=DEALS, who=st.sampled_from(["ana@acme.example", "tom@acme.example"]))
def test_what_update_writes_passes_and_leaves_nothing_to_write(acme, lead, deal, who):
    given_text = f"      given: {{lead: {flow(lead)}, deal: {flow(deal)}, submitter: {who}}}\n"
    text = HEAD + given_text
    configuration, test = configured(acme, text)
    for each in missing(configuration, test):
        text = set_value(text, test.document.index, each.path, each.value)

    configuration, written = configured(acme, text)

    assert text.startswith(HEAD + given_text)
    assert [] == list(missing(configuration, written))
    assert [] == [str(found) for found in check(configuration, NOW.date())]
    assert [Outcome.PASSED] == [each.outcome for each in run(configuration, [written])]


@given(st.data())
def test_a_value_tries_exactly_one_point_of_a_comparison(acme, data):
    configuration, _ = configure(acme)
    relation = data.draw(st.sampled_from(["<", "<=", ">", ">="]))
    literal = data.draw(st.integers(0, 5))
    typed, _ = read(f"employees {relation} {literal}", catalogue(configuration), "lead")
    value = data.draw(st.none() | st.integers(0, 5))
    record = normalise({"employees": value}, catalogue(configuration), "lead")
    tests = [Condition(("spec",), typed, "rule")]

    found = tried(tests, record, NOW)

    place = "below" if value is None or value < literal else "above" if value > literal else "at"
    assert found == (set() if value is None else {f"employees {place} {literal}"})
    assert found <= {part.words for part in points("a.yaml:1", tests)}
    assert len(list(points("a.yaml:1", [*tests, *tests]))) == 3


@given(st.lists(DEALS, min_size=1, max_size=4))
def test_one_more_case_never_covers_less(acme, deals):
    def covered(some):
        cases = "".join(
            f"    - name: case {number}\n"
            f"      given: {{deal: {flow(deal)}, submitter: ana@acme.example}}\n"
            "      expect: {approval: {policy: discounts, outcome: denied}}\n"
            for number, deal in enumerate(some)
        )
        configuration, test = configured(acme, HEAD.partition("    - name")[0] + cases)
        return overall(coverage(configuration, run(configuration, [test])))

    assert covered(deals[:1]) <= covered(deals)


def test_a_case_that_expects_nothing_covers_nothing(acme):
    line = "      given: {deal: {discount: 15%}, submitter: ana@acme.example}\n"
    configuration, test = configured(
        acme, HEAD + line + "      expect: {approval: {policy: discounts}}\n"
    )

    results = run(configuration, [test])

    assert [Outcome.SKIPPED] == [each.outcome for each in results]
    assert Decimal(0) == overall(coverage(configuration, results))


WRONG = [
    ("expect: {routing: {policy: inbound-laeds, rule: amer}}", "IX460"),
    ("expect: {routing: {policy: inbound-leads}}", "IX461"),
    ("expect: {}", "IX461"),
    ("expect: {approval: {policy: discounts, rule: auto}}", "IX462"),
    ("expect: {routing: {policy: inbound-leads, rule: amerr}}", "IX463"),
    ("expect: {routing: {policy: inbound-leads, pool: amerr}}", "IX463"),
    ("expect: {routing: {policy: inbound-leads, queue: triag}}", "IX463"),
    ("expect: {sla: {policy: speed-to-lead, target: warm}}", "IX463"),
    ("expect: {routing: {policy: inbound-leads, person: zoe@acme.example}}", "IX204"),
    ("expect: {stage: {policy: lead-qualification, to: connected, allowed: true}}", "IX466"),
    ("expect: {stage: {policy: lead-qualification, to: conected, allowed: true}}", "IX203"),
    ("expect: {sla: {policy: speed-to-lead, due: tomorrow}}", "IX103"),
    ("expect: {sla: {policy: speed-to-lead, state: late}}", "IX105"),
]


@pytest.mark.parametrize(("line", "code"), WRONG, ids=[code + line for line, code in WRONG])
def test_a_case_that_cannot_mean_what_it_says_is_told_at_its_place(line, code, acme):
    text = f"{HEAD}      given: {{lead: {{region: AMER}}}}\n      {line}\n"
    configuration, shape = configure([*acme, *load("test.yaml", text).documents])

    found = [*shape, *check(configuration, NOW.date())]

    assert code in {each.code for each in found}
    assert {"test.yaml"} == {each.mark.file for each in found}


GIVEN = [
    ("lead: {region: EMEAA}", "IX321"),
    ("lead: {employees: many}", "IX338"),
    ("lead: {regoin: EMEA}", "IX320"),
    ("lead: {owner: zoe@acme.example}", "IX204"),
    ("laed: {region: EMEA}", "IX201"),
    ("lead: {}, submitter: zoe@acme.example", "IX204"),
    ("lead: {submitter: nobody}", "IX467"),
    ("lead: {}, rotation: {amerr: sam@acme.example}", "IX463"),
    ("lead: {}, load: {zoe@acme.example: 3}", "IX204"),
    ("lead: {}, absent: [zoe@acme.example]", "IX204"),
]


@pytest.mark.parametrize(("given_text", "code"), GIVEN, ids=[code + text for text, code in GIVEN])
def test_a_wrong_record_is_told_at_its_place(given_text, code, acme):
    expect = "expect: {routing: {policy: inbound-leads, queue: triage}}"
    text = f"{HEAD}      given: {{{given_text}}}\n      {expect}\n"
    configuration, shape = configure([*acme, *load("test.yaml", text).documents])

    found = [*shape, *check(configuration, NOW.date())]

    assert code in {each.code for each in found}
    assert all(re.match(r"test\.yaml:[89]:", str(each)) for each in found)
