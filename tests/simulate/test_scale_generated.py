"""Generated policies over generated records: databases give the impact of the row engine."""

import os
from copy import deepcopy
from random import Random

import duckdb
import psycopg
import pytest

from ixia_config.app.simulating_at_scale import decided_on
from ixia_config.edges.records import Source, open_records
from ixia_config.kinds.parse import configure
from ixia_config.language import load
from ixia_config.simulate.replay import Setting, Sides
from ixia_config.simulate.run import Given, arrival, simulated
from tests.rules import postgres
from tests.simulate.test_scale import COLUMNS, NAMES, WORLD, leads, told, undecided
from tests.simulate.world import NOW

SEEDS = range(200 if os.environ.get("IXIA_FUZZ") else 5)
GROUND = WORLD[: WORLD.index("---\napiVersion: ixia/v1\nkind: RoutingPolicy")]
TESTS = (
    *("employees >= 1000", "employees < 50 || employees > 1900", "employees > 10"),
    *("amount > 900.5", "amount * discount > 100", "discount <= 14.5%", "!known(amount)"),
    *('region == "EMEA"', '!(region in ["AMER", "APAC"])', "vip", "!vip"),
    *('source.contains("w")', 'source != "web"', "known(source)", 'lower(source) == "web"'),
    *('day < date("2026-02-01")', 'day == date("2026-01-05")', "size(source) > 3"),
    *('owner == "ana@x.example"', 'account.segment == "A"', "touched_at > created_at"),
)
PLACES = ("queue: one", "queue: two", "pool: round", "pool: weights", "owner_of: account")
WAYS = (
    *("count: records", "sum: amount", "mean: discount", "filled: source", "distinct: owner"),
    *("sum: {field: amount, times: [discount]}", "median: employees", "largest: amount"),
)
POLICIES = """\
---
apiVersion: ixia/v1
kind: RoutingPolicy
metadata: {{name: leads}}
spec:
  object: lead
  rules: [{rules}]
  otherwise: {{queue: rest}}
---
apiVersion: ixia/v1
kind: ApprovalPolicy
metadata: {{name: discounts}}
spec:
  object: lead
  rules: [{bands}, {{key: rest, approve: auto}}]
---
apiVersion: ixia/v1
kind: Metric
metadata: {{name: figure, owner: manager}}
spec:
  of: lead
  by: [{by}]
  date: {date}
  period: quarter
  unit: ratio
  inputs: {{{inputs}}}
  value: {value}
---
apiVersion: ixia/v1
kind: Pipeline
metadata: {{name: sales, title: Sales}}
spec:
  object: lead
  applies_when: '{applies}'
  stages:
    - {{key: new, title: New, type: open, probability: 10%, required: [region], exit: [{exits}]}}
    - {{key: talk, title: In talks, type: open, probability: 40%, required: [employees]}}
    - {{key: won, title: Won, type: won}}
    - {{key: lost, title: Lost, type: lost, reasons: [price]}}
"""


def condition(random):
    one, two = random.choice(TESTS), random.choice(TESTS)
    return random.choice((one, one, f"({one}) && ({two})", f"({one}) || ({two})", f"!({one})"))


def drawn(random):
    """The conditions of every part, and what follows from them."""

    def some(most, *more):
        count = random.randint(1, most)
        return [(condition(random), *map(random.choice, more)) for _ in range(count)]

    return {
        "rules": some(6, PLACES),
        "bands": some(3, ("manager", "director")),
        "inputs": some(3, WAYS),
        "exits": some(3),
        "applies": condition(random),
        "by": random.choice(("region", "source", "vip, region")),
        "date": random.choice(("day", "created_at")),
    }


def edited(parts, random):
    """The same with another condition in one place of each part."""
    found, other = deepcopy(parts), drawn(random)
    for name in ("rules", "bands", "inputs", "exits"):
        found[name][random.randrange(len(found[name]))] = other[name][0]
    return found


def world(parts):
    lines = {
        "rules": "{{key: r{n}, when: '{0}', assign: {{{1}}}}}",
        "bands": "{{key: b{n}, when: '{0}', steps: [{{approver: {{role: {1}}}}}]}}",
        "inputs": "i{n}: {{{1}, when: '{0}'}}",
        "exits": "{{key: c{n}, title: C, when: '{0}', verified_by: system}}",
    }
    told = {
        name: ", ".join(line.format(*each, n=n) for n, each in enumerate(parts[name]))
        for name, line in lines.items()
    }
    value = " + ".join(f"i{n}" for n in range(len(parts["inputs"])))
    text = GROUND + POLICIES.format(**{**parts, **told, "value": value})
    configuration, problems = configure(load("a.yaml", text).documents)
    assert not problems
    return configuration


@pytest.fixture(scope="module")
def server():
    if postgres.binaries() is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres.server() as place:
        yield f"{place}"


def stored(database, rows, mark):
    database.execute("DROP TABLE IF EXISTS leads")
    database.execute(f"CREATE TABLE leads ({COLUMNS})")
    marks = ", ".join([f"({', '.join([mark] * len(NAMES))})"] * len(rows))
    database.execute(f"INSERT INTO leads VALUES {marks}", [cell for row in rows for cell in row])


def agree(engine, file, random):
    parts = drawn(random)
    sides = Sides(world(parts), world(edited(parts, random)))
    source, setting = Source(file), Setting(NOW, random.choice(((), ("region",), ("source",))))
    came = random.choice((arrival(sides.after, "lead"), "", "day"))

    def given():
        return Given("leads", "lead", open_records(source, sides.after, "lead"), came)

    ordinary = simulated(given(), sides, setting)
    other = decided_on(engine, source, given(), sides, setting)

    assert told(ordinary) == told(other)
    assert not any(undecided(other).values())


@pytest.mark.parametrize("seed", SEEDS)
def test_duckdb_agrees_with_the_row_engine(tmp_path, seed):
    random = Random(seed)
    with duckdb.connect(tmp_path / "sales.duckdb") as database:
        stored(database, list(leads(150, seed)), "?")

    agree("duckdb", f"duckdb:{tmp_path}/sales.duckdb#leads", random)


@pytest.mark.parametrize("seed", [1000 + seed for seed in SEEDS])
def test_postgres_agrees_with_the_row_engine(server, seed):
    random, user = Random(seed), postgres._user()
    with psycopg.connect(host=server, user=user, dbname="postgres") as connection:
        stored(connection, list(leads(150, seed)), "%s")

    agree("postgres", f"postgres://{user}@/postgres?host={server}#leads", random)
