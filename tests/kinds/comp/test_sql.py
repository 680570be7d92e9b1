"""A plan as SQL pays what its statements pay, to the cent and line by line."""

import csv
import os
from random import Random

import pytest

from tests.kinds.comp.plans import configuration, sale
from tests.kinds.comp.warehouse import differences, expected, in_duckdb, summed

PLANS = 24
PART = 1 if os.environ.get("IXIA_FUZZ") else 12  # of the deals, another one for each plan


def address(name):
    return f"{name.lower().replace(' ', '.')}@acme.example"


@pytest.fixture(scope="module")
def won(shared):
    """The won deals of the CRM, with a manager, a sales engineer and now and then a split."""
    folder, r = shared / "data/crm-sales-opportunities", Random(5)
    with (folder / "sales_teams.csv").open() as file:
        managers = {row["sales_agent"]: row["manager"] for row in csv.DictReader(file)}
    agents = sorted(managers)
    with (folder / "sales_pipeline.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["deal_stage"] == "Won"]
    return [_deal(row, managers, r.choice(agents), r) for row in rows]


def _deal(row, managers, other, r):
    owner, manager = address(row["sales_agent"]), address(managers[row["sales_agent"]])
    splits = f"{owner} 66.67%; {address(other)} 33.33%" if r.random() < 0.3 else None
    return row["opportunity_id"], {
        "amount": f"{row['close_value']}.{r.randrange(100):02}",
        "close_date": row["close_date"],
        "owner": owner,
        "manager": None if r.random() < 0.05 else manager,
        "se": address(other) if r.random() < 0.5 else None,
        "splits": splits,
        "product": row["product"],
    }


def split_of(found):
    from ixia_config.kinds.comp_plan.ready import versions

    [version] = versions(found)["plan"]
    return version.spec.components[0].credit.split


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(PLANS))
def test_duckdb_pays_real_deals_to_the_cent(won, seed):
    people = {values["owner"] for _, values in won} | {v["manager"] for _, v in won if v["manager"]}
    found = configuration(seed, people)
    sales = [sale(found, number, values) for number, values in won[seed % PART :: PART]]

    lines, totals = in_duckdb(found, sales, split_of(found), until="2017")

    theirs = expected(found, sales, until="2017")
    assert {} == differences(theirs, lines)
    assert {} == differences(summed(theirs), totals)
    assert len(lines) > 200
