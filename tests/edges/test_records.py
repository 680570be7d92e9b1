"""Files of records: what a cell means is declared or refused, never guessed."""

import csv
import io
import json
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.edges.files import Refused
from ixia_config.edges.records import Source, open_records
from ixia_config.kinds.parse import configure
from ixia_config.kinds.policy import Configuration
from ixia_config.kinds.record_schema.notation import Notation
from ixia_config.language import load

SCHEMA = """
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec:
  currency: USD
  fields:
    name: {type: text, title: Deal name}
    amount: {type: money, title: Amount}
    acv: {type: money}
    discount: {type: percent}
    close_date: {type: date, title: Close Date}
    entered: {type: datetime}
    won: {type: boolean}
    stage: {type: choice, choices: [open, won], placeholders: [Select, "?"]}
    owner: {type: person}
    pay: {type: money, sensitive: true}
    account: {type: reference, to: company}
  external:
    crm: {object: deals, fields: {owner: hubspot_owner_id}}
---
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: company}
spec: {fields: {name: {type: text}, segment: {type: choice, choices: [smb, mid]}}}
"""


def configured(text: str = SCHEMA) -> Configuration:
    configuration, found = configure(load("schemas.yaml", text).documents)
    assert not found
    return configuration


CONFIGURATION = configured()


@pytest.fixture
def rows(tmp_path):
    """Read a file of this name with this content."""

    def read(name: str, data: str | bytes, encoding: str = "", form: str = "", **notation):
        file = tmp_path / name
        file.write_bytes(data.encode() if isinstance(data, str) else data)
        source = Source(str(file), form, encoding, Notation(**notation))
        return list(open_records(source, CONFIGURATION, "deal"))

    return read


def told(row) -> dict[str, object]:
    return {key: value for key, value in row.values.items() if value is not None}


def codes(row) -> list[str]:
    return [each.code for each in row.problems]


def test_columns_are_known_by_name_title_and_the_name_of_a_target(rows):
    [row] = rows(
        "deals.csv",
        "Record ID,Deal name,AMOUNT,close date,HubSpot Owner ID,account.segment,Team\n"
        "D-7,Nordwind,290000.00,2027-02-09,ana@acme.example,smb,EMEA\n",
    )

    assert (2, "D-7", ()) == (row.number, row.id, row.problems)
    assert {"Team": "EMEA"} == row.raw
    assert {
        "name": "Nordwind",
        "amount": Decimal("290000.00"),
        "close_date": date(2027, 2, 9),
        "owner": "ana@acme.example",
        "account": {"name": None, "segment": "smb"},
    } == told(row)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", ""), ("utf-8-sig", ""), ("utf-16", ""), ("cp1252", "windows-1252")],
)
def test_any_usual_separator_and_encoding_reads_alike(rows, separator, encoding, named):
    text = f"name{separator}amount\r\nMüller{separator}10.50\r\n"

    [row] = rows("deals.csv", text.encode(encoding), named)

    assert {"name": "Müller", "amount": Decimal("10.50")} == told(row)


@pytest.mark.parametrize(
    ("order", "text", "expected"),
    [
        ("day/month/year", "03/04/2027", date(2027, 4, 3)),
        ("month/day/year", "03/04/2027", date(2027, 3, 4)),
        ("day/month/year", "31.12.2027", date(2027, 12, 31)),
        ("day/month/year", "2027-04-03", date(2027, 4, 3)),
    ],
)
def test_a_date_is_read_as_the_file_is_said_to_write_it(rows, order, text, expected):
    [row] = rows("deals.csv", f"close_date\n{text}\n", dates=order)

    assert {"close_date": expected} == told(row)


@pytest.mark.parametrize("text", ["03/04/2027", "24/03/2022", "1.2.2027"])
def test_day_and_month_are_never_guessed(rows, text):
    [row] = rows("deals.csv", f"name,close_date\nA,{text}\n")

    assert ["IX904"] == codes(row)
    assert "--dates day/month/year" in str(row.problems[0])
    assert 'deals.csv:2:2: error IX904: row 2, column "close_date"' in str(row.problems[0])


def test_a_day_that_does_not_exist_is_no_date(rows):
    [row] = rows("deals.csv", "close_date\n03/31/2027\n", dates="day/month/year")

    assert ["IX903"] == codes(row)


def test_a_local_time_needs_its_zone(rows):
    text = "entered\n2027-03-02 16:11\n"

    assert ["IX903"] == codes(rows("deals.csv", text)[0])
    assert "--zone" in rows("deals.csv", text)[0].problems[0].hint()
    [row] = rows("deals.csv", text, zone="Europe/Madrid")
    assert {"entered": datetime(2027, 3, 2, 15, 11, tzinfo=UTC)} == told(row)


@pytest.mark.parametrize(
    ("numbers", "text", "expected"),
    [
        ("1234.5", "1234.50", Decimal("1234.50")),
        ("1,234.5", '"1,234.50"', Decimal("1234.50")),
        ("1.234,5", '"1.234,50"', Decimal("1234.50")),
    ],
)
def test_a_number_is_read_as_the_file_is_said_to_write_it(rows, numbers, text, expected):
    [row] = rows("deals.csv", f"amount\n{text}\n", numbers=numbers)

    assert {"amount": expected} == told(row)


@pytest.mark.parametrize(
    ("numbers", "text"),
    [("1234.5", '"1,234"'), ("1,234.5", '"1,23"'), ("1.234,5", "1234.5"), ("1.234,5", "1.2")],
)
def test_a_number_in_another_form_is_refused(rows, numbers, text):
    [row] = rows("deals.csv", f"amount\n{text}\n", numbers=numbers)

    assert ["IX903"] == codes(row)


@pytest.mark.parametrize("text", ["TRUE", "true", "Yes", "1"])
def test_the_usual_words_for_yes_are_read(rows, text):
    assert {"won": True} == told(rows("deals.csv", f"won\n{text}\n")[0])


@pytest.mark.parametrize("text", ["", " ", "Select", "?"])
def test_empty_cells_and_placeholders_are_missing(rows, text):
    assert {"name": "A"} == told(rows("deals.csv", f"name,stage\nA,{text}\n")[0])


def test_all_that_is_wrong_with_a_row_is_said_at_once(rows):
    row = rows("deals.csv", "amount,stage,discount\nx,lost,25\n")[0]

    assert ["IX903"] * 3 == codes(row)
    assert [(2, 1), (2, 2), (2, 3)] == [(each.mark.line, each.mark.column) for each in row.problems]


def test_a_sensitive_value_is_not_repeated(rows):
    [row] = rows("deals.csv", "pay\nabout 93211\n")

    assert ["IX903"] == codes(row)
    assert "93211" not in str(row.problems[0])


@pytest.mark.parametrize("row", ["A", "A,1,2", 'A,"1\n2",3'])
def test_a_row_of_another_length_is_not_read(rows, row):
    found = rows("deals.csv", f"name,amount\n{row}\nB,2\n")

    assert ["IX902"] == codes(found[0])
    assert {"name": "B", "amount": Decimal(2)} == told(found[1])


def test_two_columns_for_one_field_are_refused_until_one_is_chosen(rows):
    text = "Amount,Amount,name\n1,2,A\n"

    with pytest.raises(Refused, match=r"IX901.*Amount#2"):
        rows("deals.csv", text)
    [row] = rows("deals.csv", text, columns={"Amount#2": "amount"})
    assert {"name": "A", "amount": Decimal(2)} == told(row)


def test_a_split_reads_alike_from_json_and_from_csv(rows):
    [row] = rows(
        "a.jsonl", '{"name": [{"person": "a@x.example", "share": 0.70}, "b@x.example 30%"]}'
    )

    assert {"name": "a@x.example 70.00%; b@x.example 30%"} == told(row)


def test_two_columns_for_no_field_trouble_nobody(rows):
    [row] = rows("deals.csv", "name,Note,Note\nA,x,y\n")

    assert {"Note": "x", "Note#2": "y"} == row.raw


@pytest.mark.parametrize("columns", [{"Amont": "amount"}, {"Amount": "amont"}])
def test_an_option_must_name_a_column_and_a_field_that_are_there(rows, columns):
    with pytest.raises(Refused, match=r"IX906.*did you mean"):
        rows("deals.csv", "Amount\n1\n", columns=columns)


def test_json_lines_and_lists_say_the_same_as_csv(rows):
    record = {"id": "7", "amount": Decimal("10.10"), "account": {"segment": "smb", "more": 1}}
    text = '{"id": "7", "amount": 10.10, "account": {"segment": "smb", "more": 1}}'
    expected = {"amount": record["amount"], "account": {"name": None, "segment": "smb"}}

    for name, data in (("a.jsonl", text + "\n\n"), ("a.json", f"[{text}]"), ("a.json", text)):
        [row] = rows(name, data)
        assert ("7", (), expected) == (row.id, row.problems, told(row))


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.csv", b"", "it is empty"),
        ("a.csv", b"\n\n", "it is empty"),
        ("a.csv", b"name\nM\xfcller\n", "its text is not UTF-8"),
        ("a.csv", b'name\n"A\n', "it is not CSV"),
        ("a.csv", b"name\n" + b"x" * 1_100_000, "a line is longer than 1 MiB"),
        ("a.csv", b'name\n"' + b"x\n" * 100_000 + b'"\n', "it is not CSV"),
        ("a.jsonl", b'{"amount": NaN}\n', "NaN is no JSON number"),
        ("a.jsonl", b'{"amount": 1, "amount": 2}\n', "twice"),
        ("a.jsonl", b"[1]\n", "no record with fields"),
        ("a.jsonl", b"{" * 100 + b"\n", "it is not JSON"),
        ("a.json", b"[" * 100_000, "it is not JSON"),
        ("a.jsonl", b'{"a": ' * 100_000, "it is not JSON"),
        ("a.jsonl", b'{"amount": ' + b"9" * 5000 + b"}", "it is not JSON"),
    ],
)
def test_what_is_no_table_is_refused_with_its_cause(rows, name, data, why):
    with pytest.raises(Refused, match="IX900") as error:
        rows(name, data)
    assert why in str(error.value)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(Refused, match=r"IX900.*no such file"):
        list(open_records(Source(str(tmp_path / "none.csv")), CONFIGURATION, "deal"))


@given(st.binary(max_size=200), st.sampled_from(["a.csv", "a.jsonl", "a.json"]))
def test_no_file_breaks_the_reading(tmp_path_factory, data, name):
    file = tmp_path_factory.getbasetemp() / name
    file.write_bytes(data)

    refused = ""
    try:
        list(open_records(Source(str(file)), CONFIGURATION, "deal"))
    except Refused as error:
        refused = error.diagnostic.code
    assert refused in ("", "IX900", "IX901")


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "name": st.text(st.characters(codec="utf-8", exclude_characters="\0")),
                "amount": st.decimals(-(10**9), 10**9, places=2),
                "close_date": st.dates(date(1990, 1, 1), date(2100, 1, 1)),
            }
        ),
        min_size=1,
    )
)
def test_what_is_written_as_csv_or_json_is_read_back(tmp_path_factory, records):
    folder = tmp_path_factory.getbasetemp()
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, ["name", "amount", "close_date"], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(records)
    (folder / "b.csv").write_bytes(table.getvalue().encode())
    lines = [json.dumps({key: str(value) for key, value in each.items()}) for each in records]
    (folder / "b.jsonl").write_text("\n".join(lines), "utf-8")
    expected = [{**each, "name": each["name"].strip() or None} for each in records]

    for name in ("b.csv", "b.jsonl"):
        found = list(open_records(Source(str(folder / name)), CONFIGURATION, "deal"))
        got = [
            {key: row.values[key] for key in each}
            for row, each in zip(found, expected, strict=True)
        ]
        assert expected == got


def test_memory_does_not_grow_with_the_file(tmp_path):
    def peak(count: int) -> int:
        file = tmp_path / "many.csv"
        file.write_text("name,amount\n" + "Nordwind AG,1200.50\n" * count, "utf-8")
        tracemalloc.start()
        for _ in open_records(Source(str(file)), CONFIGURATION, "deal"):
            pass
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    peak(10)

    assert peak(4000) < peak(400) * 1.5 + 100_000


@pytest.mark.shared
def test_real_exports_are_read_whole(shared):
    """A Salesforce export with a mark at its start and British dates, and a log with semicolons."""
    text = """
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: opportunity}
spec:
  fields:
    created: {type: date, title: CreatedDate}
    amount: {type: money}
    close_date: {type: date, title: CloseDate}
    modified: {type: datetime, title: LastModifiedDate}
    is_won: {type: boolean}
---
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: case}
spec: {fields: {activity: {type: text}, at: {type: datetime, title: timestamp}}}
"""
    notation = Notation(dates="day/month/year", zone="Europe/London")
    folder: Path = shared / "data"
    deals = folder / "salesforce-opportunity-history/Opportunity.csv"
    found = list(
        open_records(Source(str(deals), notation=notation), configured(text), "opportunity")
    )
    log = folder / "helpdesk-event-log/helpdesk.csv"
    events = list(open_records(Source(str(log), notation=notation), configured(text), "case"))

    assert [] == [str(each) for row in found for each in row.problems][:3]
    with deals.open(encoding="utf-8-sig", newline="") as text:
        assert sum(1 for _ in csv.reader(text)) - 1 == len(found)
    assert {True, False} == {row.values["is_won"] for row in found}
    assert [] == [str(each) for row in events for each in row.problems][:3]
    assert events[0].values["at"] == datetime(2010, 1, 4, 8, 57, 16, tzinfo=UTC)
