"""CSV files in DuckDB: the same cells, values and answers as reading them in Python."""

import csv
import os

import pytest
from hypothesis import given as generated
from hypothesis import settings
from hypothesis import strategies as st

from ixia_config.app.simulating_at_scale import decided_on
from ixia_config.edges.files import Refused
from ixia_config.edges.records import Source, open_records, reading_table
from ixia_config.kinds.record_schema.incoming import Raw, Reading
from ixia_config.kinds.record_schema.notation import Notation
from ixia_config.simulate.columns import Fields
from ixia_config.simulate.database import Cells, OtherReading, every_row
from ixia_config.simulate.replay import Setting
from ixia_config.simulate.run import Given, arrival, simulated
from tests.simulate.test_scale import NAMES, leads, same, told, undecided, versions
from tests.simulate.world import NOW, configured

SCHEMA = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec:
  currency: EUR
  fields:
    a: {type: text, placeholders: [n/a]}
    b: {type: text}
    number: {type: integer, placeholders: ["0"]}
    ratio: {type: decimal}
    amount: {type: money}
    share: {type: percent}
    flag: {type: boolean}
    day: {type: date}
    at: {type: datetime}
    kind: {type: choice, choices: [one, two]}
"""
DEAL = configured(SCHEMA)


def by_python(file):
    try:
        return [
            (row.number, row.values, len(row.problems)) for row in open_records(file, DEAL, "deal")
        ]
    except Refused:
        return "refused"


def by_duckdb(file):
    """What DuckDB hands over, each row read as ever; None where it leaves the file to Python."""
    reading = Reading(DEAL, "deal", file=file.file, notation=file.notation)
    try:
        with reading_table(file, reading, "duckdb") as table:
            cells = Cells(table.columns)
            rows = [reading.row(Raw(n, cells.of(v))) for n, *v in table.rows(every_row(table))]
            return [(row.number, row.values, len(row.problems)) for row in rows]
    except Refused:
        return "refused"
    except OtherReading:
        return None


PIECES = [
    "a",
    "x y",
    '"',
    '""',
    ",",
    ",",
    "\n",
    "\n",
    "\r\n",
    "\r",
    " ",
    "é",
    "\0",
    "\ufeff",
    ";",
    "'",
]


@settings(max_examples=600 if os.environ.get("IXIA_FUZZ") else 40, deadline=None)
@generated(
    st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from(["a,b", '"a","b"', "a;b"])
)
def test_a_file_that_duckdb_takes_has_the_rows_that_python_reads(tmp_path_factory, pieces, first):
    file = tmp_path_factory.mktemp("csv") / "deals.csv"
    file.write_text(f"{first}\n{''.join(pieces)}", encoding="utf-8", newline="")

    found = by_duckdb(Source(str(file)))

    assert found is None or by_python(Source(str(file))) == found


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ('a,b\n"x, y","say ""hi""\nand go"\n,z', True),
        ("a,b\r\n1,2\r\n", True),
        ("a,b\n1,2,3\n", False),
        ("a,b\n1\n", False),
        ("a,b\n1,2\n\n3,4\n", False),
        ('a,b\nx"y,2\n', False),
        ('a,b\n"x"y,2\n', False),
        ("a,A\n1,2\n", False),
    ],
)
def test_only_plain_csv_is_taken(tmp_path, text, taken):
    file = tmp_path / "deals.csv"
    file.write_text(text, newline="")

    found = by_duckdb(Source(str(file)))

    assert taken == isinstance(found, list)
    if taken:
        assert by_python(Source(str(file))) == found


VALUES = {
    "number": ("12", "-7", "007", " 5 ", "0", "1.0", "1,000", "12a", "9" * 18, "9" * 19, "", "-0"),
    "ratio": ("0.5", "1.1234567", ".5", "1.", "1e3", "-3.250000", "123456789012.5"),
    "amount": ("900.50", "1234.56789", "99999999999999.9999", "1,5", "$5", "+5"),
    "share": ("20%", "20 %", "12.345%", "0.15", "15", "-5%", "999%", "1.23456%"),
    "flag": ("true", "TRUE", "Yes", "no", "0", "1", "ja", "t"),
    "day": ("2026-01-31", "2026-02-30", "0000-01-01", "0001-01-01", "9999-12-31", "03/04/2026"),
    "at": (
        *("2026-01-31T10:30:00Z", "2026-01-31 10:30+02:00", "2026-01-31T10:30:00.123456-05:30"),
        *(
            "2026-01-31T24:00:00Z",
            "2026-01-31 10:30",
            "2026-02-30T10:30Z",
            "0001-01-01T00:00+02:00",
        ),
        *("2026-06-30T23:59:60Z", "2026-01-31T10:30:00+0200", "2026-01-31t10:30:00Z"),
        *("9999-12-31T23:59:59-05:00",),
    ),
    "kind": ("one", " two", "three", "ONE"),
    "a": ("n/a", " n/a ", "\u2003x\u2003", "ﬁ", "0"),
}


@pytest.mark.parametrize("numbers", ["1234.5", "1,234.5", "1.234,5"])
@pytest.mark.parametrize("name", sorted(VALUES))
def test_a_cell_that_fits_has_the_value_that_python_reads(tmp_path, name, numbers):
    file = tmp_path / "deals.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([(name, "b"), *((value, "x") for value in VALUES[name])])
    source = Source(str(file), notation=Notation(numbers=numbers))
    reading = Reading(DEAL, "deal", file=source.file, notation=source.notation)
    expected = [row.values.get(name) for row in open_records(source, DEAL, "deal")]
    bad = [bool(row.problems) for row in open_records(source, DEAL, "deal")]

    with reading_table(source, reading, "duckdb") as table:
        if numbers == "1.234,5" and name in ("number", "ratio", "amount", "share"):
            with pytest.raises(Exception, match="and its field is"):
                Fields.of(table, reading)
            return
        cell = Fields.of(table, reading).cells[name]
        sql = f"SELECT {cell.fits}, {cell.value} FROM {table.relation} AS base ORDER BY ixia_row"
        found = list(table.rows(sql))

    for place, (fits, value) in enumerate(found):
        instant = expected[place].replace(tzinfo=None) if name == "at" and expected[place] else None
        assert not fits or (not bad[place] and (instant or expected[place]) == value)
    assert sum(fits for fits, _ in found) >= min(2, len(found))


def written(cell):
    """A cell as exports have it."""
    text = "" if cell is None else str(cell)
    return f"{text}:00" if text.endswith("+02") else text


def test_a_csv_file_gives_the_impact_of_the_row_engine(tmp_path):
    file = tmp_path / "leads.csv"
    texts = ([written(cell) for cell in row] for row in leads(600))
    with file.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows([NAMES, *texts])
    sides, source, setting = versions(), Source(str(file)), Setting(NOW, ("region",))

    def given():
        rows = open_records(source, sides.after, "lead")
        return Given("leads.csv", "lead", rows, arrival(sides.after, "lead"))

    ordinary = simulated(given(), sides, setting)
    other = decided_on("duckdb", source, given(), sides, setting)

    same(ordinary, other)
    assert {"SlaPolicy/touch"} == {name for name, notes in undecided(other).items() if notes}


def test_a_file_that_python_must_read_says_so(tmp_path):
    file = tmp_path / "leads.csv"
    file.write_text('Key,region\nx"y,EMEA\n')
    sides, source, setting = versions(), Source(str(file)), Setting(NOW)

    def given():
        return Given("leads.csv", "lead", open_records(source, sides.after, "lead"), "")

    ordinary = simulated(given(), sides, setting)
    other = decided_on("duckdb", source, given(), sides, setting)

    assert told(ordinary) == told(other)
    assert all("not those of plain CSV" in notes[0] for notes in undecided(other).values())
