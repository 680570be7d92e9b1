"""What people are paid: a quarter that a rep could check by hand, and who may see it."""

import csv
import io
import json
import shutil
import stat
from collections import defaultdict
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from ixia_config.app.checking import check
from ixia_config.app.paying import Wanted, pay
from ixia_config.edges.records import Source
from ixia_config.exits import Exit
from ixia_config.render.csv_text import csv_text
from ixia_config.render.layout import width
from ixia_config.render.statement import statement_text
from tests.snapshots import Text

BOOKINGS = Path(__file__).parents[2] / "examples/acme/records/bookings.csv"
TOM = ("--person", "tom@acme.example", "--period", "2027-Q2")
CENT = Decimal("0.01")


@pytest.fixture
def acme(root, tmp_path, monkeypatch) -> Path:
    """A copy of the example with the bookings of half a year."""
    folder = tmp_path / "acme"
    shutil.copytree(root / "examples/acme", folder)
    shutil.copy(BOOKINGS, folder / "bookings.csv")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def statement(acme, ixia):
    """Ask for a statement."""

    def ask(*arguments: object, file: str = "bookings.csv"):
        return ixia("comp", "statement", *arguments, "--records", file)

    return ask


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def by_hand() -> dict[str, Decimal]:
    """Tom's second quarter by month, worked out from the rules in prose and nothing of ours.

    9 % up to the quota, 12 % up to half as much again, 15 % above; at most 60,000 a deal; back
    what is cancelled within 90 days; 2,750 for 6 new customers. He started in February, so the
    first month of the quarter has 75 % of its quota, and the draw of 4,000 ends with May.
    """
    quota = cents(Decimal(275000) * (Decimal("0.75") + 1 + 1) / 3)
    customers = Decimal(6) * (Decimal("0.75") + 1 + 1) / 3
    rates = {"EUR": Decimal("0.92"), "GBP": Decimal("0.79"), "USD": Decimal(1)}
    bands = (
        (0, quota, "0.09"),
        (quota, quota * Decimal("1.5"), "0.12"),
        (quota * Decimal("1.5"), 10**9, "0.15"),
    )
    total: dict[int, Decimal] = defaultdict(Decimal)
    sofar, new, won = Decimal(0), Decimal(0), False
    for row in csv.DictReader(BOOKINGS.read_text("utf-8").splitlines()):
        day = date.fromisoformat(row["booked_on"])
        if row["kind"] == "renewal":
            continue
        whole = cents(Decimal(row["acv"]) / rates[row["currency"]])
        shares = [part.split() for part in row["splits"].split(";") if part] or [
            [row["owner"], "100%"]
        ]
        credit = part_of("tom@acme.example", shares, whole)
        if day < date(2027, 4, 1):
            if row["cancelled_on"] and date.fromisoformat(row["cancelled_on"]) <= day + timedelta(
                90
            ):
                total[5] -= by_hand_in_march(row["customer"])
            continue
        pays = sum(
            (
                max(min(sofar + credit, Decimal(top)) - max(sofar, Decimal(low)), Decimal(0))
                * Decimal(rate)
                for low, top, rate in bands
            ),
            Decimal(0),
        )
        sofar += credit
        total[day.month] += min(cents(pays), Decimal(60000))
        new += row["kind"] == "new"
        if new >= customers and not won:
            total[day.month] += 2750
            won = True
    owed, paid = Decimal(0), {}
    for month in (4, 5, 6):
        draw = Decimal(4000) if month < 6 else Decimal(0)
        advance = max(draw - total[month], Decimal(0))
        back = min(owed, max(total[month] - draw, Decimal(0)))
        owed += advance - back
        paid[f"2027-{month:02}"] = total[month] + advance - back
    return paid


def part_of(person: str, shares: list[list[str]], whole: Decimal) -> Decimal:
    """Somebody's part: each gets what rounding leaves after those who are listed before."""
    given, reached = Decimal(0), Decimal(0)
    for who, share in shares:
        reached += Decimal(share[:-1]) / 100
        part, given = cents(whole * reached) - given, cents(whole * reached)
        if who == person:
            return part
    return Decimal(0)


def by_hand_in_march(customer: str) -> Decimal:
    """What the cancelled deal paid: the quota of the rest of February and of March is smaller."""
    days = Decimal(14) / 28
    quota = cents(Decimal(275000) / 3 * (days * Decimal("0.25") + Decimal("0.5")))
    before, credit = Decimal("24000.00"), Decimal("61500.00")
    at_nine = min(max(quota - before, Decimal(0)), credit)
    at_twelve = min(credit - at_nine, quota / 2)
    return cents(
        at_nine * Decimal("0.09")
        + at_twelve * Decimal("0.12")
        + (credit - at_nine - at_twelve) * Decimal("0.15")
    )


@pytest.mark.parametrize("form", ["text", "markdown", "csv"])
def test_a_quarter_that_a_rep_could_check_by_hand(statement, snapshot, form):
    ended = statement(*TOM, "--format", form)

    assert ended.code == Exit.OK
    assert "" == ended.err
    assert ended.out == snapshot(extension_class=Text)


def test_the_quarter_is_what_plain_arithmetic_makes_of_it(statement):
    told = json.loads(statement(*TOM, "--format", "json").out)
    [found] = told["statements"]

    assert by_hand() == {each["period"]: Decimal(each["total"]) for each in found["payouts"]}


def test_every_form_has_the_same_total(statement):
    rows = list(csv.DictReader(io.StringIO(statement(*TOM, "--format", "csv").out, newline="")))
    told = json.loads(statement(*TOM, "--format", "json").out)
    total = sum(by_hand().values())

    assert total == sum(Decimal(row["amount"]) for row in rows)
    assert {"USD": str(total)} == told["statements"][0]["totals"]
    assert f"{total:,} USD" in statement(*TOM).out
    assert f"{total:,} USD" in statement(*TOM, "--format", "markdown").out


@pytest.mark.parametrize("columns", [80, 100, 120])
def test_no_line_is_longer_than_the_screen(acme, columns):
    checked = check(acme, today=date(2027, 7, 1)).sound()
    wanted = Wanted("2027-Q2", {"": Source("bookings.csv")}, "tom@acme.example")
    paid = pay(checked, wanted)

    lines = statement_text(paid.statements[0], paid.names, columns=columns).splitlines()

    assert max(map(width, lines)) <= columns


def test_nobody_sees_what_everybody_is_paid_unless_they_ask(statement):
    amount = f"{by_hand()['2027-06']:,}"
    for form in ("text", "markdown", "json", "csv"):
        quiet = statement("--period", "2027-Q2", "--format", form)
        loud = statement("--period", "2027-Q2", "--format", form, "--show-pay")
        assert (Exit.OK, Exit.OK) == (quiet.code, loud.code)
        assert amount not in quiet.out
        assert "***" in quiet.out.replace("\\", "")
        assert "2186.29" in loud.out.replace(",", "")
        assert "2186.29" not in quiet.out.replace(",", "")


def test_everybody_gets_a_file_that_only_its_owner_reads(statement, acme):
    ended = statement("--period", "2027-Q2", "--output", "pay")
    files = sorted((acme / "pay").iterdir())

    assert ended.code == Exit.OK
    assert f"{sum(by_hand().values()):,}" in (acme / "pay/tom@acme.example.txt").read_text("utf-8")
    assert "tom" not in (acme / "pay/ana@acme.example.txt").read_text("utf-8").lower()
    assert {0o600} == {stat.S_IMODE(file.stat().st_mode) for file in files}
    assert f"{sum(by_hand().values()):,}" not in ended.out


def test_a_deal_says_why_it_pays_this_and_not_that(acme, ixia, snapshot):
    asked = ("comp", "explain", *TOM, "--records", "bookings.csv", "--deal", "northgate rail")
    ended = ixia(*asked, "--expected", "69,621.01")

    assert ended.code == Exit.OK
    assert ended.out == snapshot(extension_class=Text)


@pytest.mark.parametrize(
    ("deal", "expected", "switch"),
    [
        ("Lumen Optik", "2812.50", "rates.accumulate"),
        ("Elm & Sons", "1620.00", "credit.split"),
        ("Harrow & Hill", "1493.10", "fx.quote"),
    ],
)
def test_the_switch_that_makes_the_difference_is_named(acme, ixia, deal, expected, switch):
    ended = ixia(
        *("comp", "explain", *TOM, "--records", "bookings.csv", "--format", "json"),
        *("--deal", deal, "--expected", expected),
    )
    found = json.loads(ended.out)["what_if"]

    assert switch in {each["switch"].partition(" ")[0] for each in found}
    assert {Decimal(expected)} == {Decimal(each["amount"]) for each in found}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("--person", "tim@acme.example", "--period", "2027-Q2"), "IX920"),
        (("--period", "1999"), "IX920"),
        (("--period", "2027-Q5"), "IX921"),
        ((*TOM, "--plan", "ae-2072"), "IX923"),
        ((*TOM, "--output", "bookings.csv/pay"), "IX924"),
        ((*TOM, "--column", "customer"), "HEADING=FIELD"),
        ((*TOM, "--zone", "Nowhere"), "--zone"),
    ],
    ids=str,
)
def test_a_question_that_leads_nowhere_is_a_usage_error(statement, typed, told):
    ended = statement(*typed)

    assert ended.code == Exit.USAGE
    assert told in ended.err


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("booked_on", "signed", "IX905"),
        ("2027-04-06", "06/04/2027", "IX904"),
        ("B-102", "B-101", "IX908"),
        ("70%; sam@acme.example 30%", "70% sam@acme.example 30%", "cannot be read"),
        ("70%; sam@acme.example 30%", "70%; sam@acme.example 20%", "adds up to 90 %"),
        (",32000.00,", ",32 000,", "IX903"),
    ],
)
def test_records_that_are_not_clear_pay_nobody(statement, acme, old, new, told):
    file = acme / "bookings.csv"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")

    ended = statement(*TOM)

    assert ended.code == Exit.INVALID
    assert "" == ended.out
    assert told in ended.err


def test_a_column_that_may_be_empty_is_missed_aloud(statement, acme):
    file = acme / "bookings.csv"
    file.write_text(file.read_text("utf-8").replace("cancelled_on", "note"), "utf-8")

    ended = statement(*TOM)

    assert ended.code == Exit.OK
    assert "IX909" in ended.err
    assert "cancelled_on" in ended.err


def test_a_spreadsheet_calculates_nothing_of_a_name():
    rows = [("=1+1", "-5.00", "+x", "@SUM(A1)", "plain", "\t=2", "-5 =x")]

    assert "a\n'=1+1,-5.00,'+x,'@SUM(A1),plain,' =2,'-5 =x\n" == csv_text(("a",), rows)
