"""The SQL for warehouses that no test can run: texts that people look at and a parser takes."""

from random import Random

import pytest
import sqlglot

from ixia_config.rules import read
from ixia_config.rules.dialects import BIGQUERY, SNOWFLAKE, TRINO
from ixia_config.rules.sql import NotPortable, emit
from ixia_config.simulate.sql import Branch, Emitter
from tests.rules.generated import CATALOGUE, NOW, Maker
from tests.snapshots import Text

WAREHOUSES = pytest.mark.parametrize(
    "dialect", [SNOWFLAKE, BIGQUERY, TRINO], ids=lambda each: each.name
)
CONDITIONS = (
    'region == "EMEA" && seats >= 1000',
    'region in ["EMEA", "APAC"] || region != territory',
    '!(discount < 20.5%) && pain.contains("it\'s \\\\ slow")',
    'amount * (100% - discount) > 50000 && "EMEA" in regions',
    'lower(domain).endsWith(".com") && pain.startsWith("a")',
    'close_date <= today + duration("30 days")',
    'now - entered > duration("21 days")',
    "known(account.parent.name) && vip && size(pain) > 20 && size(regions) == 2",
    "days_between(entered, now) >= 7",
    "amount * discount * ratio > 0.1",
    "discount * discount > 10%",
)


@WAREHOUSES
def test_the_sql_of_a_warehouse_can_be_read_by_a_person(dialect, snapshot):
    told = []
    for text in CONDITIONS:
        sql = emit(read(text, CATALOGUE, "deal")[0], dialect, NOW, where=True)
        told.append(
            f"{text}\n    {f'refused: {sql.reason}' if isinstance(sql, NotPortable) else sql}"
        )
    texts = ('region == "EMEA" && seats >= 1000', "vip", '!(region == "AMER")')
    branches = [Branch(read(t, CATALOGUE, "deal")[0], n) for n, t in enumerate(texts)]
    told.append(Emitter(dialect, NOW).counts(branches, "deals"))
    told.append(Emitter(dialect, NOW).difference(branches, branches[::2], "deals"))

    assert snapshot(extension_class=Text) == "\n".join(told) + "\n"


@WAREHOUSES
def test_every_generated_policy_parses_in_its_own_dialect(dialect):
    maker, parsed = Maker(Random(5)), 0
    for _ in range(150):
        typed, _ = read(maker.condition(), CATALOGUE, "deal")
        if isinstance(emit(typed, dialect, NOW, where=True), NotPortable):
            continue
        sql = Emitter(dialect, NOW).counts([Branch(typed, 0)], "deals")
        [found] = sqlglot.parse(sql, read=dialect.name)
        cases = list(found.find_all(sqlglot.exp.Case))
        assert cases, sql
        parsed += 1

    assert parsed > 75
