"""DuckDB, PostgreSQL and Spark give the impact that deciding one record after the other gives."""

import dataclasses
from datetime import date, timedelta
from random import Random

import duckdb
import psycopg
import pytest

from ixia_config.app.simulating_at_scale import decided_on
from ixia_config.edges.files import Refused
from ixia_config.edges.records import Source, open_records
from ixia_config.edges.tables import open_table
from ixia_config.kinds.record_schema.incoming import Reading
from ixia_config.simulate import scale
from ixia_config.simulate.database import Unreachable, every_row
from ixia_config.simulate.replay import Setting, Sides
from ixia_config.simulate.run import Given, arrival, simulated
from ixia_config.simulate.scale import grouped
from tests.rules import postgres
from tests.simulate.world import NOW, configured

WORLD = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: lead}
spec:
  currency: EUR
  fields:
    key: {type: text}
    created_at: {type: datetime}
    day: {type: date}
    region: {type: choice, choices: [EMEA, AMER, APAC], placeholders: [Select]}
    source: {type: text, placeholders: ["?"]}
    employees: {type: integer}
    amount: {type: money}
    discount: {type: percent}
    vip: {type: boolean}
    owner: {type: person}
    account: {type: reference, to: account}
    touched_at: {type: datetime}
---
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: account}
spec: {fields: {segment: {type: text}, owner: {type: person}}}
---
apiVersion: ixia/v1
kind: Directory
metadata: {name: people}
spec:
  people:
    - {email: ana@x.example, name: Ana, role: manager}
    - {email: ben@x.example, name: Ben, role: director}
    - {email: cem@x.example, name: Cem, role: ae, manager: ana@x.example}
  pools:
    round: {members: [{email: ana@x.example, daily_cap: 2}, {email: ben@x.example}]}
    weights:
      method: weighted
      members: [{email: cem@x.example, weight: 2}, {email: ben@x.example, weight: 1}]
  queues: {one: {owner: manager}, two: {owner: manager}, rest: {owner: manager}}
---
apiVersion: ixia/v1
kind: RoutingPolicy
metadata: {name: leads}
spec:
  object: lead
  rules:
    - {key: vip, when: vip && employees >= 1500, assign: {pool: weights}}
    - {key: big, when: employees >= SIZE, assign: {pool: round}}
    - {key: owned, when: 'account.segment == "A"', assign: {owner_of: account}}
    - {key: emea, when: 'region in [REGIONS]', assign: {queue: one}}
    - {key: web, when: 'source.contains("we") || amount > 900.5', assign: {queue: two}}
  otherwise: {queue: rest}
---
apiVersion: ixia/v1
kind: RoutingPolicy
metadata: {name: queues}
spec:
  object: lead
  rules:
    - {key: early, when: 'day < date("2026-02-01")', assign: {queue: one}}
    - {key: emea, when: 'region in [REGIONS]', assign: {queue: two}}
  otherwise: {queue: rest}
---
apiVersion: ixia/v1
kind: ApprovalPolicy
metadata: {name: discounts}
spec:
  object: lead
  rules:
    - {key: auto, when: discount < 10%, approve: auto}
    - {key: manager, when: discount < BAND, steps: [{approver: {role: manager}}]}
    - {key: director, steps: [{approver: {role: director}}]}
  also:
    - {key: large, when: amount >= 900, steps: [{approver: {role: director}}]}
---
apiVersion: ixia/v1
kind: Metric
metadata: {name: vips, owner: manager}
spec:
  of: lead
  unit: share
  inputs: {vip: {count: records, when: vip}, all: {count: records}}
  value: vip / all
---
apiVersion: ixia/v1
kind: Metric
metadata: {name: worth, owner: manager}
spec:
  of: lead
  by: [region]
  date: day
  period: quarter
  when: employees < SIZE
  unit: money
  inputs:
    sum: {sum: amount}
    off: {sum: {field: amount, times: [discount]}}
    part: {metric: vips, when: known(owner)}
    middle: {median: employees}
    most: {largest: {field: employees, times: [discount]}}
    mean: {mean: employees}
  value: sum - off + part + middle + most + mean
---
apiVersion: ixia/v1
kind: Metric
metadata: {name: known, owner: manager}
spec:
  of: lead
  date: created_at
  period: month
  unit: ratio
  inputs:
    full: {filled: source}
    owners: {distinct: owner}
    days: {mean: {between: {from: day, to: now}}}
    all: {count: records}
  value: (full + owners) / all + days
---
apiVersion: ixia/v1
kind: SlaPolicy
metadata: {name: touch}
spec:
  object: lead
  metric: first_touch
  targets: [{within: SIZE minutes}]
  start: {on: created}
  stop: {on: touched}
---
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: sales, title: Sales}
spec:
  object: lead
  applies_when: 'source != "?" || vip'
  stages:
    - key: new
      title: New
      type: open
      probability: 10%
      required: [region, source]
      exit:
        - {key: size, title: Size is told, when: employees >= 10, verified_by: system}
        - {key: cheap, title: Cheap, when: discount < BAND, verified_by: system}
    - key: talk
      title: In talks
      type: open
      probability: 40%
      required: [employees]
      entry: [{key: big, title: Worth it, when: amount > SIZE, verified_by: system}]
    - {key: won, title: Won, type: won, probability: 100%}
    - {key: lost, title: Lost, type: lost, probability: 0%, reasons: [price]}
"""
STAGES = ("new", " New", "talk", "In Talks", "won", "lost", "elsewhere", None)
PEOPLE = ("ana@x.example", "cem@x.example", "gone@x.example", None)


def versions():
    """Before and after a change of three policies."""

    def one(size, regions, band):
        text = WORLD.replace("SIZE", size).replace("REGIONS", regions).replace("BAND", band)
        return configured(text)

    return Sides(one("1000", '"EMEA"', "20%"), one("800", '"EMEA", "APAC"', "15%"))


def leads(count, seed=3):
    """Rows with blanks around words, placeholders, empty cells, and values that fit no field."""
    random = Random(seed)
    for number in range(count):
        day = date(2026, 1, 1) + timedelta(days=random.randrange(60))
        odd = random.random() < 0.04
        yield (
            f"L{number}",
            random.choice((None, f"{day} {random.randrange(24):02}:00:00+02")),
            random.choice((None, day)),
            "Mars"
            if odd and random.random() < 0.5
            else random.choice((" EMEA", "AMER", "Select", "APAC", None)),
            random.choice(("web", "  web\u2003", "?", "", "Süd", "it's", None)),
            random.choice((None, random.randrange(2000))),
            0.1234567
            if odd
            else random.choice((None, 900.0, 900.5, 1e3, round(random.random() * 2000, 2))),
            random.choice((None, "0.05", "0.1", "0.145", "0.15", "0.2", "0.205")),
            random.choice((None, True, False)),
            random.choice(PEOPLE),
            random.choice(("A", "B", *[None] * 8)),
            random.choice((*PEOPLE, *[None] * 20)),
            random.choice((None, f"{day} {random.randrange(24):02}:30:00+02")),
            random.choice(STAGES),
            random.choice(("sales", "Sales", "other", None)),
        )


HEADINGS = (
    "Key",
    "created_at",
    "Day",
    "region",
    "source",
    "employees",
    "amount",
    "discount",
    "vip",
)
NAMES = (
    *(*HEADINGS, "owner", "account.segment", "account.owner", "touched_at", "Stage", "pipeline"),
)
TYPES = (
    *("VARCHAR", "TIMESTAMPTZ", "DATE", "VARCHAR", "VARCHAR", "INTEGER", "DOUBLE PRECISION"),
    *("NUMERIC(9,6)", "BOOLEAN", "VARCHAR", "VARCHAR", "VARCHAR", "TIMESTAMPTZ"),
    *("VARCHAR", "VARCHAR"),
)
COLUMNS = ", ".join(f'"{name}" {kind}' for name, kind in zip(NAMES, TYPES, strict=True))


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """The same leads as a table in DuckDB and as a Parquet file."""
    place = tmp_path_factory.mktemp("leads")
    with duckdb.connect(place / "sales.duckdb") as database:
        database.execute(f"CREATE TABLE leads ({COLUMNS})")
        found = list(leads(600))
        marks = ", ".join([f"({', '.join('?' * len(NAMES))})"] * len(found))
        database.execute(
            f"INSERT INTO leads VALUES {marks}", [cell for row in found for cell in row]
        )
        database.execute(f"COPY leads TO '{place / 'leads.parquet'}'")
    return place


def both(file, engine, *, by=(), came=None):
    """What the row engine says, and what another engine says."""
    sides = versions()
    source = Source(file)
    setting = Setting(NOW, by)

    def given():
        found = arrival(sides.after, "lead") if came is None else came
        return Given("leads", "lead", open_records(source, sides.after, "lead"), found)

    return simulated(given(), sides, setting), decided_on(engine, source, given(), sides, setting)


def told(found):
    """Profile and sections without the notes that only say which engine decided."""
    profile, sections = found
    plain = [
        dataclasses.replace(s, notes=tuple(n for n in s.notes if not n.startswith("not decided")))
        for s in sections
    ]
    return profile, plain


def undecided(found):
    return {s.policy: [n for n in s.notes if n.startswith("not decided")] for s in found[1]}


def same(ordinary, other):
    (profile, sections), (profile_2, sections_2) = told(ordinary), told(other)
    assert profile == profile_2
    for one, two in zip(sections, sections_2, strict=True):
        assert one == two
    same_before = ("Metric/vips", "Metric/known")
    assert all(each.changed for each in sections if each.policy not in same_before)
    assert all(each.tables for each in sections)


@pytest.mark.parametrize(("kind", "came"), [("table", None), ("table", ""), ("parquet", "day")])
def test_duckdb_gives_the_impact_of_the_row_engine(stored, kind, came):
    file = {"table": f"duckdb:{stored}/sales.duckdb#leads", "parquet": f"{stored}/leads.parquet"}

    ordinary, other = both(file[kind], "duckdb", came=came, by=("region",) if came else ())

    same(ordinary, other)
    assert {"SlaPolicy/touch"} == {name for name, notes in undecided(other).items() if notes}


def test_more_groups_than_fit_are_decided_record_by_record(stored, monkeypatch):
    monkeypatch.setattr(scale, "MOST_GROUPS", 50)

    ordinary, other = both(f"{stored}/leads.parquet", "duckdb")

    assert told(ordinary) == told(other)
    assert "more than 50 of the records" in undecided(other)["Metric/worth"][0]
    assert [] == undecided(other)["RoutingPolicy/queues"]


def test_amounts_of_shown_records_are_added_up_once(tmp_path):
    with duckdb.connect() as database:
        file = tmp_path / "leads.parquet"
        query = (
            "SELECT 'new' AS stage, 'EMEA' AS region, 'web' AS source, 20 AS employees,"
            " CAST(0.16 AS DECIMAL(9,6)) AS discount,"
            " CAST(range + 1100.25 AS DECIMAL(18,4)) AS amount FROM range(40)"
        )
        database.execute(f"COPY ({query}) TO '{file}'")

    ordinary, other = both(str(file), "duckdb", came="")

    assert told(ordinary) == told(other)
    [pipeline] = [each for each in other[1] if each.policy == "Pipeline/sales"]
    assert (40, 10) == (pipeline.changed, len(pipeline.examples))


@pytest.fixture(scope="module")
def sales():
    """The same leads in PostgreSQL."""
    if postgres.binaries() is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres.server() as place:
        user = postgres._user()
        with psycopg.connect(host=str(place), user=user, dbname="postgres") as connection:
            connection.execute(f"CREATE TABLE leads ({COLUMNS})")
            marks = ", ".join(["%s"] * len(NAMES))
            with connection.cursor() as cursor:
                cursor.executemany(f"INSERT INTO leads VALUES ({marks})", list(leads(600)))
        yield f"postgres://{user}@/postgres?host={place}#leads"


def test_postgres_gives_the_impact_of_the_row_engine(sales):
    ordinary, other = both(sales, "postgres")

    same(ordinary, other)
    assert {"SlaPolicy/touch"} == {name for name, notes in undecided(other).items() if notes}


@pytest.fixture
def spark(stored):
    """Spark in local mode, where it is installed: a CI job does."""
    pytest.importorskip("pyspark", reason="Spark is not installed")
    return f"{stored}/leads.parquet"


@pytest.mark.filterwarnings("ignore")  # those of Spark are not ours
def test_spark_gives_the_impact_of_the_row_engine(spark):
    ordinary, other = both(spark, "spark")

    same(ordinary, other)
    assert {"SlaPolicy/touch"} == {name for name, notes in undecided(other).items() if notes}


@dataclasses.dataclass
class Counting:
    """A table that counts the rows that leave the database."""

    table: object
    seen: int = 0

    def __getattr__(self, name):
        return getattr(self.table, name)

    def rows(self, sql):
        for row in self.table.rows(sql):
            self.seen += 1
            yield row


def test_only_a_few_of_each_group_leave_the_database(stored):
    sides, source = versions(), Source(f"{stored}/leads.parquet")
    reading = Reading(sides.after, "lead", file=source.file)
    given = Given("leads", "lead", (), "created_at")
    with open_table(source.file) as table:
        counting = Counting(table)
        found = grouped(counting, reading, given, sides, Setting(NOW), ["RoutingPolicy/queues"])

    [(_, section)] = found.sections
    odd = found.profile.rows - found.profile.usable
    groups = 9  # three rules before by three after, at most
    assert 0 < counting.seen - odd <= groups * 10 + 30  # and the odd rows that Python reads
    assert section.seen == found.profile.usable > 500


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (("employees >= SIZE", "created_at < now - duration('1 days')"), "reads the clock"),
        (("amount > 900.5", 'div(amount, 3, 2, "half_up") > 300'), "cannot answer"),
    ],
)
def test_what_a_database_cannot_decide_is_decided_record_by_record_and_said(stored, edit, why):
    text = WORLD.replace(*edit).replace("REGIONS", '"EMEA"').replace("BAND", "20%")
    sides = Sides(None, configured(text.replace("SIZE", "900")))
    source, setting = Source(f"{stored}/leads.parquet"), Setting(NOW)

    def given():
        return Given("leads", "lead", open_records(source, sides.after, "lead"), "created_at")

    ordinary, other = (
        simulated(given(), sides, setting),
        decided_on("duckdb", source, given(), sides, setting),
    )

    assert told(ordinary) == told(other)
    assert why in undecided(other)["RoutingPolicy/leads"][0]


def test_a_column_of_another_type_is_decided_record_by_record(tmp_path):
    with duckdb.connect() as database:
        file = tmp_path / "leads.parquet"
        database.execute(f"COPY (SELECT DATE '2026-01-02' AS employees) TO '{file}'")

    ordinary, other = both(str(file), "duckdb", came="")

    assert told(ordinary) == told(other)
    assert all("whole numbers" in n or "integer" in n for [n] in undecided(other).values())


@pytest.mark.parametrize(
    ("file", "engine", "why"),
    [
        ("leads.csv", "duckdb", "reads Parquet"),
        ("none.parquet", "duckdb", "there is no file"),
        ("none.parquet", "postgres", "its own tables"),
        ("duckdb:none.duckdb#leads", "", "there is no file"),
        ("duckdb:none.duckdb#leads", "spark", "reads Parquet"),
        ("postgres://ana:secret@localhost/sales#leads", "", "PGPASSWORD"),
        ("postgres://localhost/sales?password=secret#leads", "", "PGPASSWORD"),
        ("postgres://127.0.0.1:1/sales#leads", "", "failed"),
    ],
)
def test_a_table_that_cannot_be_opened_says_why(file, engine, why):
    with pytest.raises(Unreachable, match=why) as told, open_table(file, engine):
        pass

    assert "secret" not in str(told.value)
    if not file.endswith("leads.csv"):
        with pytest.raises(Refused) as refused:
            list(open_records(Source(file), versions().after, "lead"))
        assert "secret" not in str(refused.value)


def test_a_database_file_reaches_no_other_file(tmp_path):
    (tmp_path / "secret.csv").write_text("token\n123\n")
    with duckdb.connect(tmp_path / "bad.duckdb") as database:
        database.execute(f"CREATE VIEW leads AS SELECT * FROM read_csv('{tmp_path}/secret.csv')")

    with (
        pytest.raises(Unreachable, match="disabled"),
        open_table(f"duckdb:{tmp_path}/bad.duckdb#leads") as table,
    ):
        list(table.rows(every_row(table)))


def test_a_table_name_is_a_name_and_no_sql(stored):
    name = 'leads" WHERE 1 = 1; DROP TABLE "leads'

    with pytest.raises(Unreachable), open_table(f"duckdb:{stored}/sales.duckdb#{name}"):
        pass
