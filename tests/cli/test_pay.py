"""What a person is paid is in no output of any command, unless somebody asks for it."""

import re
import shutil
from pathlib import Path

import pytest

from ixia_config.codes import registry, without_amounts
from ixia_config.exits import Exit

PLAN = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: booking, targets: []}
spec:
  fields:
    owner: {type: person}
    amount: {type: money, currency: USD}
    close_date: {type: date}
---
apiVersion: ixia/v1
kind: CompPlan
metadata: {name: ae-2027}
spec:
  currency: USD
  effective: {from: 2027-01-01, to: 2028-01-01}
  ote: {base: 120000, variable: 120000}
  quota: {measure: acv, amount: 300000}
  components:
    - key: new
      credit: {object: booking, amount: amount}
      rates: {basis: attainment, tiers: [{from: 0%, rate: 10%}]}
"""
PEOPLE = """\
apiVersion: ixia/v1
kind: CompAssignments
metadata: {name: people}
spec:
  assignments:
    - person: ana@acme.example
      plan: ae-2027
      from: 2027-01-01
      quota: 987654
"""
ACCEPTING = "{name: people, accept: [{code: IX755, reason: as agreed, until: 2029-01-01}]}"
FORMATS = ("text", "json", "markdown", "github", "sarif")
# Whatever can be wrong with the file; the amount stands in the line, in the message, or in both.
BROKEN = {
    "a finding about the amount": PEOPLE,
    "a letter in the amount": PEOPLE.replace("987654", "9876S4"),
    "a comma in the amount": PEOPLE.replace("987654", "987,654.00"),
    "a negative amount": PEOPLE.replace("987654", "-987654"),
    "an amount in words of YAML": PEOPLE.replace("987654", "[987654]"),
    "an amount as a key": PEOPLE.replace("quota: 987654", "987654: quota"),
    "an unknown key beside it": PEOPLE.replace("quota: 987654", "qouta: 987654"),
    "an indent that is wrong": PEOPLE.replace("      quota", "   quota"),
    "a quote that never ends": PEOPLE.replace("987654", '"987654'),
    "one line": PEOPLE.partition("spec:")[0] + "spec: {assignments: [{quota: 987654}]}\n",
    "a key that stands twice": PEOPLE + "      quota: 987654\n",
    "a kind that is misspelt": PEOPLE.replace("CompAssignments", "CompAssigments")
    .replace("metadata: {name", "metadata: {note: 987654, name"),
    "a kind on the line of the amount": PEOPLE.replace(
        "kind: CompAssignments\nmetadata: {name: people}",
        "metadata: {name: people, description: 987654}\n\"kind\": 'CompAssignments'",
    ).replace("spec:", "spek:"),
    "a tab": PEOPLE.replace("      quota:", "\tquota:"),
    "an amount as a person": PEOPLE.replace("ana@acme.example", "987654"),
    "a finding that is accepted": PEOPLE.replace("{name: people}", ACCEPTING),
    "an amount as a plan": PEOPLE.replace("ae-2027", "ae-987654"),
}  # fmt: skip


def shows(ended):
    """The pieces of the amount that a command printed, in any notation, or of what follows."""
    return re.findall(r"98[ ,.]76|9876|3950|3[ ,.]950", ended.out + ended.err)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN.keys())
def test_validate_tells_no_amount(ixia, place, form, text):
    place.write("comp/plan.yaml", PLAN)
    place.write("comp/people.yaml", text)

    ended = ixia("validate", "--format", form)

    assert "people.yaml" in ended.out
    assert [] == shows(ended)


def test_validate_tells_amounts_to_who_asks(ixia, place):
    place.write("comp/plan.yaml", PLAN)
    place.write("comp/people.yaml", PEOPLE)

    told = " ".join(ixia("validate", "--show-pay").out.split())

    assert "quota: 987654" in told
    assert "pays 395,061.60 USD in a year, not 120,000 USD" in told


@pytest.mark.parametrize("name", ["a finding about the amount", "a quote that never ends"])
@pytest.mark.parametrize(
    "command",
    [
        ("plan", "--env", "sandbox"),
        ("plan", "--env", "sandbox", "--format", "json"),
        ("plan", "--env", "sandbox", "--format", "markdown"),
        ("drift", "--env", "sandbox"),
        ("coverage", "--env", "sandbox"),
        ("pull", "--env", "sandbox"),
        ("apply", "--env", "sandbox", "--yes"),
        ("test",),
        ("fmt", "--check"),
        ("doctor",),
        ("validate", "--debug"),
        ("explain", "CompAssignments/people", "--record", "comp/people.yaml"),
    ],
    ids=" ".join,
)
def test_no_command_tells_an_amount(ixia, place, command, name):
    place.write("comp/plan.yaml", PLAN)
    place.write("comp/people.yaml", BROKEN[name])

    ended = ixia(*command)

    assert ended.out + ended.err
    assert [] == shows(ended)


def test_no_code_says_in_its_own_way_what_anybody_may_read():
    own = {"said", "advised", "personal"}

    assert [] == [each.__name__ for each in registry().values() if own & vars(each).keys()]


def test_findings_in_other_files_are_told_in_full(ixia, place):
    place.write("comp/plan.yaml", PLAN.replace("variable: 120000", "variable: 130000"))
    place.write("comp/people.yaml", PEOPLE)

    told = " ".join(ixia("validate").out.split())

    assert "pays 120,000 USD in a year, not its target of 130,000 USD" in told
    assert "pays *** USD in a year, not *** USD" in told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("quota 75,000.00 USD of ana@acme.example", "quota *** USD of ana@acme.example"),
        ("in 2027-Q1 from 2027-01-01, by IX755", "in 2027-Q1 from 2027-01-01, by IX755"),
        ("12 % or 12.5% of ae-2027", "*** % or *** of ae-2027"),
        ('"95o000" and -5 and $4,000', '"***" and *** and ***'),
        ("at comp/ae-2027.yaml:14:3.", "at comp/ae-2027.yaml:14:3."),
        ("usd987654, q987654 and ae-987654", "usd***, q*** and ae***"),
        ("75 000 or 75000,50", "*** *** or ***"),
    ],
)
def test_numbers_go_and_dates_names_and_places_stay(text, expected):
    assert expected == without_amounts(text)


FORMS = ("text", "json", "markdown", "github")


@pytest.fixture
def failing(root, tmp_path, monkeypatch) -> Path:
    """The example, whose case of Ana and whose case of nobody in particular expect too much."""
    folder = tmp_path / "acme"
    shutil.copytree(root / "examples/acme", folder)
    file = folder / "comp/tests/ae-2027.yaml"
    text = file.read_text("utf-8")
    assert "total: 2700.00" in text
    assert "total: 60000.00" in text
    text = text.replace("total: 2700.00", "total: 2718.00").replace("60000.00", "61000.00")
    file.write_text(text, "utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("form", FORMS)
def test_a_failing_case_tells_nobodys_pay_unless_asked(failing, ixia, form):
    quiet = ixia("test", "--format", form, "--junit", "quiet.xml")
    loud = ixia("test", "--format", form, "--junit", "loud.xml", "--show-pay")
    told, shown = (each.out.replace(",", "") for each in (quiet, loud))

    assert (Exit.INVALID, Exit.INVALID) == (quiet.code, loud.code)
    assert "2718.00" in told
    assert "2700.00" not in told + (failing / "quiet.xml").read_text("utf-8").replace(",", "")
    assert "2700.00" in shown
    assert "2700.00" in (failing / "loud.xml").read_text("utf-8").replace(",", "")


def test_a_case_that_names_nobody_tells_what_the_plan_pays(failing, ixia):
    assert "60,000.00" in ixia("test").out
