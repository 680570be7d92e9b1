"""The SQL of a plan, run in real databases, next to what the row-wise engine pays."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal

import duckdb

from ixia_config.kinds.comp_plan import ready
from ixia_config.kinds.comp_plan.periods import read_period
from ixia_config.kinds.comp_plan.sql import split_rows, text
from ixia_config.kinds.comp_plan.statement import payouts, records
from ixia_config.kinds.conditions import catalogue
from ixia_config.rules.dialects import DUCKDB, POSTGRES
from ixia_config.rules.sql import column_type, identifier
from tests.rules import postgres

SPLITS = (
    "record VARCHAR, person VARCHAR, place INTEGER, share DECIMAL(12,8),"
    " before DECIMAL(12,8), overlay BOOLEAN"
)
KEY = ("person", "payout", "component", "what", "record")


def expected(configuration, sales, until="2026"):
    """What statements say: amounts by person, payout, component, kind and record."""
    found = defaultdict(Decimal)
    known = records(configuration, sales)
    for person in ready.assigned(configuration):
        for payout in payouts(known, person, read_period(until)):
            for line in payout.lines:
                key = (person, payout.period, line.component, line.what.value, line.record)
                found[key] += line.amount
    return dict(found)


def fields(configuration):
    """The fields of deals that are columns."""
    return catalogue(configuration).records["deal"]


def tables(configuration, dialect):
    columns = ", ".join(
        f"{identifier(name, dialect)} {column_type(field, dialect)}"
        for name, field in fields(configuration).items()
    )
    return f"CREATE TABLE deal (id VARCHAR, {columns}); CREATE TABLE deal_splits ({SPLITS});"


def rows(configuration, sales):
    names = list(fields(configuration))
    return [[sale.id, *(sale.values.get(name) for name in names)] for sale in sales]


def shares(sales, split):
    return [list(row) for sale in sales for row in split_rows(sale, split)] if split else []


def written(configuration, dialect=DUCKDB, until="2026", form="lines", plan="plan"):
    """The SQL, which must not be refused."""
    found = text(configuration, plan, dialect, read_period(until), form)
    assert isinstance(found, str), found
    return found


def in_duckdb(configuration, sales, split=None, until="2026"):
    """What DuckDB pays, by the same keys, and the totals by person, payout and component."""
    with duckdb.connect() as database:
        database.execute(tables(configuration, DUCKDB))
        load(database, "deal", rows(configuration, sales))
        load(database, "deal_splits", shares(sales, split))
        lines = database.execute(written(configuration, until=until)).fetchall()
        totals = database.execute(written(configuration, until=until, form="totals")).fetchall()
    return by_key([(r[1], r[2], *r[5:8], r[10]) for r in lines]), {r[:3]: r[3] for r in totals}


def load(database, table, values):
    """Rows as text, which the database reads into the types of its columns."""
    if values:
        width = len(values[0])
        for start in range(0, len(values), 2_000):
            part = values[start : start + 2_000]
            listed = ", ".join(f"({', '.join(map(literal, row))})" for row in part)
            database.execute(f"INSERT INTO {table} VALUES {listed}")
        assert width


def literal(value):
    match value:
        case None:
            return "NULL"
        case bool():
            return str(value).upper()
        case datetime() | date():
            return f"'{value.isoformat()}'"
        case str():
            return "'" + value.replace("'", "''") + "'"
        case _:
            return f"{Decimal(value):f}"


def by_key(found):
    """Amounts added up by person, payout, component, kind and record."""
    sums = defaultdict(Decimal)
    for *key, amount in found:
        sums[tuple(key)] += amount
    return dict(sums)


def in_postgres(place, configuration, sales, split=None, until="2026"):
    """What PostgreSQL pays."""
    script = "DROP TABLE IF EXISTS deal; DROP TABLE IF EXISTS deal_splits;"
    script += tables(configuration, POSTGRES)
    for table, values in (
        ("deal", rows(configuration, sales)),
        ("deal_splits", shares(sales, split)),
    ):
        listed = ", ".join(f"({', '.join(map(literal, row))})" for row in values)
        script += f"INSERT INTO {table} VALUES {listed};" if listed else ""
    found = postgres.psql(place, script + written(configuration, POSTGRES, until) + ";")
    return by_key([(r[1], r[2], *r[5:8], Decimal(r[10])) for r in found])


def summed(lines):
    """The sums of lines by person, payout and component."""
    return by_key([(*key[:3], amount) for key, amount in lines.items()])


def differences(one, other):
    """The keys on which two answers differ, with both amounts."""
    return {k: (one.get(k), other.get(k)) for k in {*one, *other} if one.get(k) != other.get(k)}
