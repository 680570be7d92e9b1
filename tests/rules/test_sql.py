"""The SQL of a condition gives, in a real database, the answers that Python gives."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

import duckdb
import pytest

from ixia_config.rules import FieldType, read
from ixia_config.rules.dialects import DUCKDB, POSTGRES, SPARK
from ixia_config.rules.sql import NotPortable, column_type, emit, holds, identifier
from tests.rules import postgres
from tests.rules.generated import CATALOGUE, DEAL, NOW, Maker

CONDITIONS, RECORDS, AT_ONCE = 1_200, 120, 40


def columns(fields=DEAL, before="", deep=3):
    """Every field of the record and of its related records, under its dotted name."""
    for name, field in fields.items():
        yield before + name, field
        if field.type is FieldType.REFERENCE and deep > 1:
            yield from columns(CATALOGUE.records[field.to], f"{before}{name}.", deep - 1)


def cell(record, path, field):
    for step in path.split("."):
        record = None if record is None else record.get(step)
    match record:
        case dict():
            return "a record"
        case timedelta():
            return record // timedelta(microseconds=1)
        case datetime():
            return record.astimezone(UTC).replace(tzinfo=None)
        case tuple():
            return list(record)
        case _:
            return record


def rows(records):
    return [
        [number, *(cell(record, name, field) for name, field in columns())]
        for number, record in enumerate(records)
    ]


def table(dialect):
    declared = ", ".join(
        f"{identifier(name, dialect)} {column_type(field, dialect)}" for name, field in columns()
    )
    return f"CREATE TEMPORARY TABLE deals (number INTEGER, {declared})"


def emitted(maker, dialect, *, where=False):
    """Conditions with their SQL; those that the database cannot hold exactly are left out."""
    found = []
    for text in (maker.condition() for _ in range(CONDITIONS)):
        typed, _ = read(text, CATALOGUE, "deal")
        sql = emit(typed, dialect, NOW, where=where)
        if not isinstance(sql, NotPortable):
            found.append((typed, f"CASE WHEN {sql} THEN TRUE ELSE FALSE END" if where else sql))
    return found


def disagreements(run, conditions, records):
    """Each text and record on which the database and Python differ, and how many were compared."""
    found, compared = [], 0
    for start in range(0, len(conditions), AT_ONCE):
        batch = conditions[start : start + AT_ONCE]
        selected = ", ".join(sql for _, sql in batch)
        for number, *answers in run(f"SELECT number, {selected} FROM deals ORDER BY number"):
            for (typed, sql), answer in zip(batch, answers, strict=True):
                compared += 1
                if answer is not typed.evaluate(records[number], NOW):
                    found.append((typed.text, sql, records[number], answer))
    return found, compared


@pytest.fixture
def maker():
    return Maker(Random(7))


@pytest.mark.parametrize("where", [False, True], ids=["as a value", "in CASE WHEN"])
def test_duckdb_gives_the_answers_of_python(maker, where):
    conditions = emitted(maker, DUCKDB, where=where)
    records = [maker.record() for _ in range(RECORDS)]
    with duckdb.connect() as database:
        database.execute(table(DUCKDB))
        marks = ", ".join("?" * (1 + sum(1 for _ in columns())))
        database.executemany(f"INSERT INTO deals VALUES ({marks})", rows(records))
        found, compared = disagreements(
            lambda sql: database.execute(sql).fetchall(), conditions, records
        )

    assert [] == found[:1]
    assert compared > 100_000


@pytest.mark.parametrize("dialect", [DUCKDB, POSTGRES, SPARK], ids=lambda d: d.name)
def test_the_sql_of_each_dialect_can_be_read_by_a_person(dialect, snapshot):
    texts = (
        'region == "EMEA" && seats >= 1000',
        'region in ["EMEA", "APAC"] || region != territory',
        '!(discount < 20%) && pain.contains("it\'s \\\\ slow")',
        'amount * (100% - discount) > 50000 && "EMEA" in regions',
        'domain in list("lists/names.csv", "domain") && lower(domain).endsWith(".com")',
        'close_date <= today + duration("30 days") && now - entered > duration("21 days")',
        "known(account.parent.name) && vip && size(pain) > 20 && size(regions) == 2",
        "days_between(entered, now) >= 7 && entered + age > now",
    )
    shown = [
        f"{text}\n    {emit(read(text, CATALOGUE, 'deal')[0], dialect, NOW)}" for text in texts
    ]

    assert "\n".join(shown) == snapshot


@pytest.mark.parametrize(
    "text",
    [
        'div(amount, seats, 2, "half_up") > 1',
        "amount * ratio * ratio > 1",
        "amount > 0.00000000000000000000000000000000001",
        "entered - (now - created) > created",
    ],
)
def test_what_a_database_cannot_hold_exactly_is_refused(text):
    typed, _ = read(text, CATALOGUE, "deal")

    refusal = emit(typed, DUCKDB, NOW)

    assert isinstance(refusal, NotPortable)
    assert refusal.reason


def test_a_condition_that_reads_the_clock_is_not_emitted_without_one():
    typed, _ = read("entered < now", CATALOGUE, "deal")

    with pytest.raises(ValueError, match="pass now"):
        emit(typed, DUCKDB)


def in_postgres(value):
    match value:
        case None:
            return "NULL"
        case bool():
            return str(value).upper()
        case str():
            return "'" + value.replace("'", "''") + "'"
        case list():
            return f"ARRAY[{', '.join(map(in_postgres, value))}]::TEXT[]"
        case date():
            return f"'{value.isoformat()}'"
        case _:
            return str(value)


@pytest.mark.skipif(postgres.binaries() is None, reason="PostgreSQL is not installed here")
def test_postgres_gives_the_answers_of_python(maker):
    conditions = [*emitted(maker, POSTGRES), *emitted(maker, POSTGRES, where=True)[::4]]
    records = [maker.record() for _ in range(RECORDS)]
    values = (f"({', '.join(map(in_postgres, row))})" for row in rows(records))
    create = table(POSTGRES).replace("TEMPORARY ", "")
    with postgres.server() as place:
        postgres.psql(place, f"{create}; INSERT INTO deals VALUES {', '.join(values)};")

        def run(sql):
            for number, *answers in postgres.psql(place, f"{sql};"):
                yield int(number), *({"t": True, "f": False}.get(each) for each in answers)

        found, compared = disagreements(run, conditions, records)

    assert [] == found[:1]
    assert compared > 100_000


@pytest.mark.parametrize(
    ("name", "value", "held"),
    [
        ("amount", Decimal("99999999999999.9999"), True),
        ("amount", Decimal("0.00001"), False),
        ("amount", Decimal("100000000000000"), False),
        ("discount", Decimal("0.125"), True),
        ("discount", Decimal("0.0000001"), False),
        ("employees", 2**63 - 1, True),
        ("employees", 2**63, False),
        ("pain", "anything", True),
        ("amount", None, True),
    ],
)
def test_a_value_that_a_column_would_round_is_known_before_it_is_loaded(name, value, held):
    assert held is holds(DEAL[name], value)
