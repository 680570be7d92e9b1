"""The tests of the rules and decisions about records, as they are typed."""

import json
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from ixia_config.exits import Exit
from tests.snapshots import Text

AT = "2026-11-23T09:00:00-05:00"
LEAD = {
    "name": "Nordwind AG",
    "region": "EMEA",
    "employees": 5000,
    "channel": "website",
    "score": 50,
    "assigned_at": "2026-11-20T18:30:00-05:00",
    "account": {"relationship": "prospect"},
}
DEAL = {
    "name": "Helio SA",
    "discount": "25%",
    "amount": "750000",
    "close_date": "2027-03-31",
    "pain": "slow",
    "champion": None,
    "economic_buyer": "Pat",
    "decision_process": None,
    "security_review": None,
    "account": None,
    "proposal_sent_on": None,
    "contract_sent_on": None,
}


@pytest.fixture
def acme(root, tmp_path, monkeypatch) -> Path:
    """A copy of the example, to be spoilt."""
    folder = tmp_path / "acme"
    shutil.copytree(root / "examples/acme", folder)
    monkeypatch.chdir(folder)
    return folder


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture
def raised(acme) -> Path:
    """Somebody has raised the bar of a rule, and its tests have not heard of it."""
    edit(acme / "routing/inbound-leads.yaml", "employees >= 1000", "employees >= 2000")
    return acme


def test_the_example_passes_with_everything_covered(acme, ixia):
    ended = ixia("test", "--min-coverage", "100%")

    assert ended.code == Exit.OK
    assert ended.out.endswith("passed; 100 % of rules and boundaries are covered.\n")


def test_a_failure_shows_expected_actual_and_reasons(raised, ixia, snapshot):
    ended = ixia("test")

    assert ended.code == Exit.INVALID
    assert ended.out == snapshot(extension_class=Text)


@pytest.mark.parametrize("form", ["json", "markdown", "github"])
def test_every_format_tells_the_failure(form, raised, ixia, snapshot):
    ended = ixia("test", "--format", form, "--policy", "inbound-leads")

    assert ended.code == Exit.INVALID
    assert ended.out == snapshot(extension_class=Text)


def test_a_file_or_a_policy_can_be_tested_alone(raised, ixia):
    elsewhere = ixia("test", "approvals/tests/discounts.yaml")
    other = ixia("test", "--policy", "ApprovalPolicy/discounts", "--format", "json")

    assert elsewhere.code == Exit.OK
    assert other.code == Exit.OK
    assert {"ApprovalPolicy/discounts"} == {
        each["policy"] for each in json.loads(other.out)["policies"]
    }


@pytest.mark.parametrize(
    "typed",
    [
        ["nowhere.yaml"],
        ["--policy", "inbound-laeds"],
        ["--min-coverage", "80"],
        ["--min-coverage", "180%"],
        ["--junit", "nowhere/results.xml"],
    ],
    ids=" ".join,
)
def test_what_does_not_exist_is_a_usage_error(typed, acme, ixia):
    assert ixia("test", *typed).code == Exit.USAGE


def test_too_little_coverage_fails_and_says_what_no_case_touches(acme, ixia):
    (acme / "approvals/tests/discounts.yaml").unlink()

    ended = ixia("test", "--min-coverage", "90%")

    assert ended.code == Exit.INVALID
    assert "90 % are asked for" in ended.out
    assert "discount at 10 %" in ended.out
    assert "rule executive" in ended.out


def test_a_broken_configuration_is_told_and_nothing_is_run(acme, ixia):
    edit(acme / "routing/tests/inbound-leads.yaml", "employees: 999", "employees: few")

    ended = ixia("test")

    assert ended.code == Exit.INVALID
    assert "IX338" in ended.err
    assert ended.out == ""


HOSTILE = "</testcase> & \"quotes\" 'and' <![CDATA[ \u202e ]]>"


def test_junit_is_valid_xml_whatever_a_case_is_called(raised, ixia):
    file = raised / "routing/tests/inbound-leads.yaml"
    name = "name: 1,000 employees are enough"
    edit(file, name, "name: " + json.dumps(HOSTILE, ensure_ascii=True))

    ixia("test", "--junit", "results.xml")

    suites = ET.parse(raised / "results.xml").getroot()
    cases = [case for case in suites.iter("testcase") if case.find("failure") is not None]
    assert suites.get("tests") == str(len(list(suites.iter("testcase"))))
    assert suites.get("failures") == "1"
    assert [HOSTILE.replace("\u202e", "\\u202e")] == [case.get("name") for case in cases]
    assert "rule: expected emea-enterprise, got otherwise" in cases[0].find("failure").text


NEW = """
    # What nobody has thought about yet
    - name: a lead from nowhere   # to be filled
      given: {lead: {channel: event, score: 90, assigned_at: 2026-11-23T08:00:00-05:00}}
    - name: a lead from APAC
      given: {lead: {region: APAC}}
      expect: {routing: {policy: inbound-leads}}
"""


def test_update_writes_what_is_missing_and_keeps_the_rest(acme, ixia, snapshot):
    file = acme / "routing/tests/inbound-leads.yaml"
    before = file.read_text("utf-8")
    file.write_text(before.rstrip("\n") + NEW, "utf-8")

    thin = ixia("test")
    updated = ixia("test", "--update")

    assert (thin.code, "2 skipped" in thin.out) == (Exit.OK, True)
    assert "2 expectations written" in updated.err
    after = file.read_text("utf-8")
    assert after.startswith(before.rstrip("\n"))
    assert after.removeprefix(before) == snapshot(extension_class=Text)
    assert (updated.code, "skipped" in updated.out) == (Exit.OK, False)
    assert ixia("validate", "--strict").code == Exit.OK


def test_update_changes_no_expectation(raised, ixia):
    file = raised / "routing/tests/inbound-leads.yaml"
    before = file.read_text("utf-8")

    ended = ixia("test", "--update")

    assert ended.code == Exit.INVALID
    assert before == file.read_text("utf-8")


def test_a_wrong_commission_shows_each_tier_part(acme, ixia):
    edit(acme / "comp/tests/ae-2027.yaml", "total: 25950.00", "total: 25951.00")

    ended = ixia("test")

    assert ended.code == Exit.INVALID
    assert "expected total 25,951.00, but got 25,950.00" in ended.out
    assert "5,000 x 0.09 + 10,000 x 0.12 = 1,650.00" in ended.out


def test_a_tier_that_no_case_reaches_is_named(acme, ixia):
    (acme / "comp/tests/lead-2027.yaml").unlink()

    ended = ixia("test", "--policy", "CompPlan/lead-2027")

    assert "tier 2 of team" in ended.out
    assert "exactly 100% of team" in ended.out


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("plan: ae-2027, total: 24750.00", "plan: ae-2072, total: 24750.00", "IX460"),
        ("pro-launch: 250.00", "pro-lunch: 250.00", "IX463"),
        ("person: ana@acme.example", "person: anna@acme.example", "IX2"),
        ("total: 24750.00, attainment: 100%", "period: 2027-Q5, total: 0", "IX467"),
        ("acv: 412500", "acw: 412500", "IX3"),
    ],
)
def test_a_commission_that_cannot_be_asked_is_an_error(acme, ixia, old, new, code):
    edit(acme / "comp/tests/ae-2027.yaml", old, new)

    ended = ixia("test")

    assert ended.code == Exit.INVALID
    assert f"error {code}" in ended.err


def test_update_writes_what_a_case_pays(acme, ixia):
    file = acme / "comp/tests/ae-2027.yaml"
    edit(file, "plan: ae-2027, total: 41250.00", "plan: ae-2027")

    ended = ixia("test", "--update")

    assert ended.code == Exit.OK
    assert "41250.00" in file.read_text("utf-8")


@pytest.fixture
def lead(acme) -> Path:
    file = acme.parent / "lead.json"
    file.write_text(json.dumps(LEAD), "utf-8")
    return file


@pytest.fixture
def deal(acme) -> Path:
    file = acme.parent / "deal.json"
    file.write_text(json.dumps(DEAL), "utf-8")
    return file


def test_why_a_lead_goes_where_it_goes(lead, ixia, snapshot):
    ended = ixia("explain", "RoutingPolicy/inbound-leads", "--record", lead, "--at", AT)

    assert (ended.code, ended.err) == (Exit.OK, "")
    assert ended.out == snapshot(extension_class=Text)


def test_when_a_lead_is_due(lead, ixia, snapshot):
    ended = ixia("explain", "SlaPolicy/speed-to-lead", "--record", lead, "--at", AT)

    assert ended.out == snapshot(extension_class=Text)


def test_who_approves_a_discount(deal, ixia, snapshot):
    who = ["--submitter", "tom@acme.example"]
    ended = ixia("explain", "ApprovalPolicy/discounts", "--record", deal, "--at", AT, *who)

    assert ended.out == snapshot(extension_class=Text)


def test_what_holds_a_deal_in_its_stage(deal, ixia, snapshot):
    way = ["--from", "qualify", "--to", "evaluate"]
    ended = ixia("explain", "Pipeline/new-business", "--record", deal, "--at", AT, *way)

    assert ended.out == snapshot(extension_class=Text)


def test_one_record_is_explained_by_all_policies_for_it(lead, ixia):
    ended = ixia("explain", "lead", "--record", lead, "--at", AT)

    assert 'Lead "Nordwind AG" goes to Ana Ruiz' in ended.out
    assert 'First touch of lead "Nordwind AG" is due Mon 23 Nov 14:00' in ended.out


@pytest.mark.parametrize("form", ["json", "markdown"])
def test_an_explanation_in_every_format(form, lead, ixia, snapshot):
    ended = ixia("explain", "lead", "--record", lead, "--at", AT, "--format", form)

    assert ended.out == snapshot(extension_class=Text)


def test_a_wrong_record_is_told_with_places(acme, ixia, snapshot):
    record = "region: EMEAA\nemployees: many\nownr: x\nowner: zoe@acme.example\n"
    (acme / "record.txt").write_text(record, "utf-8")

    ended = ixia("explain", "lead", "--record", "record.txt")

    assert ended.code == Exit.INVALID
    assert ended.err == snapshot(extension_class=Text)


def test_fields_that_a_record_lacks_are_named(acme, ixia):
    (acme / "record.txt").write_text("region: EMEA\n", "utf-8")

    ended = ixia("explain", "RoutingPolicy/inbound-leads", "--record", "record.txt")

    assert ended.code == Exit.OK
    assert "IX471" in ended.err
    assert "does not have account, employees" in ended.err


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"- a\n- b\n", b"\xff\xfe", b"{", b"a: b\n---\nc: d\n"]
)
def test_what_is_no_record_is_refused(content, acme, ixia):
    (acme / "record.txt").write_bytes(content)

    ended = ixia("explain", "lead", "--record", "record.txt")

    assert ended.code == Exit.INVALID
    assert "IX" in ended.err


@pytest.mark.parametrize(
    "typed",
    [
        ["RoutingPolicy/inbound-laeds"],
        ["nothing"],
        ["lead", "--at", "yesterday"],
        ["Pipeline/lead-qualification"],
        ["Pipeline/lead-qualification", "--from", "new", "--to", "nowhere"],
        ["lead", "ApprovalPolicy/discounts"],
    ],
    ids=" ".join,
)
def test_a_question_that_leads_nowhere_is_a_usage_error(typed, lead, ixia):
    assert ixia("explain", *typed, "--record", lead).code == Exit.USAGE


def test_a_policy_without_a_record_says_what_is_missing(acme, ixia):
    ended = ixia("explain", "RoutingPolicy/inbound-leads")

    assert ended.code == Exit.USAGE
    assert "--record" in ended.err


def test_json_from_any_program_is_read(acme, ixia):
    record = {**LEAD, "name": "Nordwind \U0001f600 \u00e9 / \t tab"}
    for indent in (None, 2, "\t"):
        (acme / "record.txt").write_text(json.dumps(record, indent=indent), "utf-8")

        ended = ixia("explain", "RoutingPolicy/inbound-leads", "--record", "record.txt", "--at", AT)

        assert (ended.code, ended.err) == (Exit.OK, "")
        assert "Nordwind \U0001f600 \u00e9 / " in ended.out
