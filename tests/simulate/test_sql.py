"""Policies as SQL decide what the ordinary index decides, and a difference misses no row."""

from random import Random

import duckdb
import pytest

from ixia_config.rules import read
from ixia_config.rules.dialects import DUCKDB, POSTGRES, SPARK
from ixia_config.rules.index import index
from ixia_config.rules.sql import NotPortable, emit
from ixia_config.simulate.sql import NOTHING, Branch, Emitter, Refused, changed
from tests.rules.generated import CATALOGUE, NOW, Maker
from tests.rules.test_sql import columns, rows, table
from tests.snapshots import Text


def portable(maker, count):
    """Conditions that DuckDB can hold."""
    found = []
    while len(found) < count:
        typed, _ = read(maker.condition(), CATALOGUE, "deal")
        if not isinstance(emit(typed, DUCKDB, NOW), NotPortable):
            found.append(typed)
    return found


@pytest.fixture(scope="module")
def deals():
    """Records, and a database that has them."""
    maker = Maker(Random(11))
    records = [maker.record() for _ in range(400)]
    with duckdb.connect() as database:
        database.execute(table(DUCKDB))
        marks = ", ".join("?" * (1 + sum(1 for _ in columns())))
        database.executemany(f"INSERT INTO deals VALUES ({marks})", rows(records))
        yield records, database


def answers(branches, records):
    """What the index says of each record."""
    ordinary = index([branch.when for branch in branches])
    found = (ordinary.first(record, NOW) for record in records)
    return [NOTHING if place is None else branches[place].answer for place in found]


def tally(pairs):
    counts = {}
    for pair in pairs:
        counts[pair] = counts.get(pair, 0) + 1
    return counts


EACH_WAY = pytest.mark.parametrize("most", [0, 10**30], ids=["rows", "combinations"])


@EACH_WAY
@pytest.mark.parametrize("seed", range(6))
def test_counts_are_those_of_the_index(deals, seed, most):
    records, database = deals
    branches = [Branch(each, n % 7) for n, each in enumerate(portable(Maker(Random(seed)), 12))]

    found = dict(database.execute(Emitter(DUCKDB, NOW, most).counts(branches, "deals")).fetchall())

    assert tally(answers(branches, records)) == found


@EACH_WAY
@pytest.mark.parametrize("seed", range(12))
def test_a_difference_of_edited_rules_misses_no_row(deals, seed, most):
    records, database = deals
    random = Random(seed)
    before = [Branch(each, n) for n, each in enumerate(portable(Maker(random), 8))]
    fresh = [Branch(each, 100 + n) for n, each in enumerate(portable(Maker(random), 2))]
    after = list(before)
    del after[random.randrange(8)]
    after.insert(random.randrange(7), fresh[0])
    after[random.randrange(7)] = fresh[1]
    if seed % 3 == 0:
        random.shuffle(after)

    sql = Emitter(DUCKDB, NOW, most).difference(before, after, "deals")

    pairs = zip(answers(before, records), answers(after, records), strict=True)
    expected = {pair: count for pair, count in tally(pairs).items() if pair[0] != pair[1]}
    assert expected == {(was, now): n for was, now, n in database.execute(sql).fetchall()}


def test_rules_that_stay_in_their_order_are_not_looked_at():
    typed = [read(f"seats >= {n}", CATALOGUE, "deal")[0] for n in range(4)]
    before = [Branch(each, n) for n, each in enumerate(typed)]

    assert () == changed(before, before)
    assert (before[1],) == changed(before, [before[0], *before[2:]])
    other = Branch(typed[1], 9)
    assert (before[1], other) == changed(before, [before[0], other, *before[2:]])


def test_no_change_asks_for_nothing(deals):
    _, database = deals
    branches = [Branch(each, n) for n, each in enumerate(portable(Maker(Random(5)), 3))]
    emitter = Emitter(DUCKDB, NOW)

    assert [] == database.execute(emitter.difference(branches, branches, "deals")).fetchall()
    assert [(NOTHING, 400)] == database.execute(emitter.counts([], "deals")).fetchall()


def test_what_a_database_cannot_hold_is_refused_by_name():
    typed, _ = read('div(amount, cost, 2, "half_up") > 1', CATALOGUE, "deal")

    with pytest.raises(Refused, match="duckdb cannot answer"):
        Emitter(DUCKDB).counts([Branch(typed, 0)], "deals")


@pytest.mark.parametrize("dialect", [DUCKDB, POSTGRES, SPARK], ids=lambda each: each.name)
def test_a_policy_as_sql_can_be_read_by_a_person(dialect, snapshot):
    texts = ('region == "EMEA" && seats >= 1000', "vip", '!(region == "AMER")')
    branches = [Branch(read(t, CATALOGUE, "deal")[0], n) for n, t in enumerate(texts)]
    after = [branches[0], branches[2]]

    emitter = Emitter(dialect)

    told = (
        f"{emitter.counts(branches, 'deals')};\n\n{emitter.difference(branches, after, 'deals')};\n"
    )
    assert snapshot(extension_class=Text) == told
