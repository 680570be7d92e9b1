"""Closed periods from the command line: kept as they were paid, corrected in the open one."""

import json
import shutil
import stat
from decimal import Decimal
from pathlib import Path

import pytest

from ixia_config.exits import Exit
from tests.snapshots import Text

TOM = ("--person", "tom@acme.example")
MONTHS = ("2027-01", "2027-02", "2027-03", "2027-04")
LATE = (",32000.00,", ",22000.00,")  # Dunmore Foods of 6 April is 10,000 less
EARNED = Decimal(10000) * Decimal("0.09")


@pytest.fixture
def acme(root, tmp_path, monkeypatch) -> Path:
    """A copy of the example, whose records are a file that may be changed."""
    folder = tmp_path / "acme"
    shutil.copytree(root / "examples/acme", folder)
    shutil.copy(root / "examples/acme/records/bookings.csv", folder / "bookings.csv")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def comp(acme, ixia):
    """``ixia comp`` over the bookings and the months that are closed."""

    def ask(command: str, period: str, *more: str, closed: tuple[str, ...] = ()):
        history = [word for each in closed for word in ("--history", f"closed/{each}.json")]
        records = ("--records", "bookings.csv")
        return ixia("comp", command, "--period", period, *records, *history, *more)

    return ask


@pytest.fixture
def closed(comp):
    """The months from the first on, closed one after the other; each command ended well."""

    def close(*months: str) -> None:
        for number, month in enumerate(months):
            file = f"closed/{month}.json"
            ended = comp("close", month, "--output", file, closed=months[:number])
            assert (Exit.OK, "") == (ended.code, ended.err)

    return close


def edit(file: Path, old: str, new: str) -> None:
    """Change a text that is there."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_a_period_is_closed_in_a_file_that_only_its_owner_reads(comp, acme, snapshot):
    ended = comp("close", "2027-01", "--output", "closed/2027-01.json")

    assert ended.code == Exit.OK
    assert 0o600 == stat.S_IMODE((acme / "closed/2027-01.json").stat().st_mode)
    assert ended.out == snapshot(extension_class=Text)


def told(ended):
    """The payouts of the one statement, by period."""
    assert ended.code == Exit.OK, ended.err
    [statement] = json.loads(ended.out)["statements"]
    return {each["period"]: each for each in statement["payouts"]}


def test_what_records_say_late_of_a_closed_month_is_a_correction_in_the_open_one(
    comp, closed, acme, snapshot
):
    before = told(comp("statement", "2027-H1", *TOM, "--format", "json"))
    closed(*MONTHS)
    edit(acme / "bookings.csv", *LATE)

    after = told(comp("statement", "2027-H1", *TOM, "--format", "json", closed=MONTHS))
    shown = comp("statement", "2027-05", *TOM, closed=MONTHS)

    paid = MONTHS[1:]  # Tom came in February
    assert [before[each]["lines"] for each in paid] == [after[each]["lines"] for each in paid]
    [line] = [each for each in after["2027-05"]["lines"] if each["kind"] == "correction"]
    assert (-EARNED, "2027-04") == (Decimal(line["amount"]), line["about"])
    assert shown.out == snapshot(extension_class=Text)


def test_closed_pay_is_shown_as_it_was_paid(comp, closed, acme):
    closed(*MONTHS)
    as_paid = comp("statement", "2027-04", *TOM, closed=MONTHS)
    edit(acme / "bookings.csv", *LATE)
    edit(acme / "comp/ae-2027.yaml", "from: 2027-01-01, rate: 0.92", "from: 2027-01-01, rate: 0.90")

    assert as_paid == comp("statement", "2027-04", *TOM, closed=MONTHS)
    assert as_paid.out != comp("statement", "2027-04", *TOM).out


def test_a_question_about_closed_pay_starts_from_what_was_paid(comp, closed, acme):
    closed(*MONTHS)
    edit(acme / "bookings.csv", *LATE)

    ended = comp("explain", "2027-04", *TOM, "--deal", "Dunmore Foods", closed=MONTHS)

    assert ended.code == Exit.OK
    assert "32,000.00" in ended.out
    assert "2,880.00" in ended.out


def refused(ended, code: str) -> None:
    """Nothing was shown, and one error says why."""
    assert (Exit.INVALID, "") == (ended.code, ended.out)
    assert 1 == ended.err.count("error IX9")
    assert code in ended.err


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"2880.00"', '"2980.00"'),
        ("tom@acme.example", "sam@acme.example"),
        (
            "{",
            "",
        ),
    ],
)
def test_a_file_that_somebody_edited_is_refused(comp, closed, acme, old, new):
    closed(*MONTHS)
    edit(acme / "closed/2027-04.json", old, new)

    refused(comp("statement", "2027-05", *TOM, closed=MONTHS), "IX927")


def test_a_file_that_is_not_there_is_refused(comp):
    refused(comp("statement", "2027-05", *TOM, closed=("2027-01",)), "IX927")


def test_records_are_no_history(comp):
    ended = comp("statement", "2027-05", *TOM, "--history", "bookings.csv")

    refused(ended, "IX927")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("ae-2027", "ae-2028", "no CompPlan ae-2027"),
        ("from: 2027-02-15", "from: 2027-02-16", "starts on 2027-02-15"),
        ("payout: {period: month", "payout: {period: quarter", "no such payout any more"),
    ],
)
def test_pay_that_the_configuration_cannot_have_paid_is_refused(comp, closed, acme, old, new, told):
    closed(*MONTHS[:2])
    for each in (acme / "comp").rglob("*.yaml"):
        text = each.read_text("utf-8")
        each.write_text(text.replace(old, new), "utf-8")

    ended = comp("statement", "2027-Q1", *TOM, closed=MONTHS[:2])

    assert (Exit.INVALID, "") == (ended.code, ended.out)
    assert "IX928" in ended.err
    assert told in ended.err


def test_a_month_is_closed_once(comp, closed):
    closed(*MONTHS[:2])

    again = comp("close", "2027-02", "--output", "closed/again.json", closed=MONTHS[:2])
    over = comp("close", "2027-02", "--output", "closed/2027-02.json", closed=MONTHS[:1])
    twice = comp("statement", "2027-02", *TOM, closed=("2027-01", "2027-02", "2027-02"))

    assert (Exit.INVALID, Exit.USAGE, Exit.INVALID) == (again.code, over.code, twice.code)
    assert "is closed already, in closed/2027-02.json" in again.err
    assert "never written over" in over.err
    assert "is closed twice" in twice.err


def test_no_month_is_left_open_before_a_closed_one(comp, closed, acme):
    closed(*MONTHS[:3])

    gap = comp("statement", "2027-04", *TOM, closed=("2027-01", "2027-03"))
    early = comp("close", "2027-05", "--output", "closed/2027-05.json", closed=MONTHS[:3])

    refused(gap, "IX929")
    assert "2027-03 of tom@acme.example on ae-2027 is closed, and 2027-02 before it is open" in (
        " ".join(gap.err.split())
    )
    assert early.code == Exit.INVALID
    assert "2027-04 before it is open" in " ".join(early.err.split())
    assert not (acme / "closed/2027-05.json").exists()


def test_what_is_closed_is_said_without_an_amount(comp, closed, acme):
    closed("2027-01")
    ended = comp("close", "2027-02", "--output", "closed/2027-02.json", closed=("2027-01",))

    assert "tom" not in ended.out
    assert "," not in ended.out.replace("CompPlan/ae-2027, CompPlan", "")
