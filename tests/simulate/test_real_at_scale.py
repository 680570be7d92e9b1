"""The real leads and deals through the example company: DuckDB gives what the row engine gives."""

import os
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest

from ixia_config.app.checking import check
from ixia_config.app.simulating_at_scale import decided_on
from ixia_config.edges.records import Source, open_records
from ixia_config.simulate.replay import Setting, Sides
from ixia_config.simulate.run import Given, arrival, simulated
from tests.simulate.test_scale import told, undecided
from tests.simulate.world import NOW

pytestmark = pytest.mark.shared
ROWS = 100_000 if os.environ.get("IXIA_FUZZ") else 800
ACME = Path(__file__).parents[2] / "examples" / "acme"
METRICS = """\
apiVersion: ixia/v1
kind: Metric
metadata: {name: value-by-quarter, owner: sales-ops}
spec:
  of: deal
  by: [region]
  date: close_date
  period: quarter
  unit: money
  inputs: {value: {sum: {field: amount, times: [discount]}}, middle: {median: amount}}
  value: value + middle
---
apiVersion: ixia/v1
kind: Metric
metadata: {name: channels, owner: sales-ops}
spec:
  of: lead
  by: [channel]
  unit: share
  inputs: {told: {filled: region}, all: {count: records, when: employees >= LARGE}}
  value: told / all
"""
LEADS = """
with told as (
  select *, cast('0x' || left(mql_id, 6) as bigint) as own,
    cast('0x' || left(landing_page_id, 6) as bigint) as page
  from read_csv('FOLDER/olist-marketing-funnel/olist_marketing_qualified_leads_dataset.csv')
)
select mql_id as id, mql_id as name,
  case when origin like '%search' then 'website' when origin = 'referral' then 'partner'
       when origin = 'email' then 'outbound' when origin = 'social' then 'event' end as channel,
  ['AMER', 'EMEA', 'APAC', null][1 + page % 4] as region,
  own % 2000 as employees,
  case when page % 5 = 0 then 'customer' end as "account.relationship",
  strftime(first_contact_date, '%Y-%m-%dT%H:%M:%SZ') as assigned_at,
  case when own % 3 > 0 then 'new' else 'Attempting' end as stage
from told order by mql_id
"""
DEALS = """
select opportunity_id as id, opportunity_id as name, sales_agent as "Sales agent",
  coalesce(close_value, sales_price) as amount, close_date,
  map {'Central': 'AMER', 'East': 'EMEA', 'West': 'APAC'}[regional_office] as region,
  case when deal_stage = 'Won' then printf('%.4f%%', greatest(100 - close_value * 100.0
       / sales_price, 0)) end as discount,
  o.account as champion, o.account as economic_buyer,
  'They lose ' || cast(sales_price as varchar) || ' each month' as pain,
  case when length(o.account) % 2 = 0 then 'passed' end as security_review,
  map {'Prospecting': 'qualify', 'Engaging': 'evaluate', 'Won': 'won', 'Lost': 'lost'}[deal_stage]
    as stage
from read_csv('FOLDER/crm-sales-opportunities/sales_pipeline.csv') o
left join read_csv('FOLDER/crm-sales-opportunities/products.csv') p
  on p.product = replace(o.product, 'GTXPro', 'GTX Pro')
left join read_csv('FOLDER/crm-sales-opportunities/sales_teams.csv') t using (sales_agent)
order by opportunity_id
"""
EDITS = {
    "approvals/discounts.yaml": ("discount < 20%", "discount < 18%"),
    "routing/inbound-leads.yaml": ("employees >= 1000", "employees >= 600"),
    "pipelines/new-business.yaml": ("required: [amount, close_date]", "required: [amount]"),
    "pipelines/lead-qualification.yaml": ("required: [channel]", "required: [channel, region]"),
    "metrics/figures.yaml": ("LARGE", "500"),
}


@pytest.fixture(scope="module")
def versions(tmp_path_factory):
    """The example before and after a change of each policy about leads and deals."""

    def one(*, edited):
        root = tmp_path_factory.mktemp("acme")
        shutil.copytree(ACME, root, dirs_exist_ok=True)
        (root / "metrics").mkdir()
        (root / "metrics/figures.yaml").write_text(METRICS)
        if not edited:
            (root / "metrics/figures.yaml").write_text(METRICS.replace("LARGE", "100"))
        for name, (old, new) in EDITS.items() if edited else ():
            text = (root / name).read_text()
            assert old in text
            (root / name).write_text(text.replace(old, new))
        return check(root, today=date(2026, 11, 22)).sound().configuration

    return Sides(one(edited=False), one(edited=True))


@pytest.mark.parametrize(
    ("record", "query", "alone", "changed"),
    [
        ("lead", LEADS, {"SlaPolicy/speed-to-lead"}, 3),
        ("deal", DEALS, set(), 2),
    ],
)
def test_real_records_get_the_same_answers(
    shared, tmp_path, versions, record, query, alone, changed
):
    file = tmp_path / f"{record}s.csv"
    folder = str(shared / "data")
    some = f"{query.replace('FOLDER', folder)} limit {ROWS}"
    duckdb.execute(f"copy ({some}) to '{file}' (header)")
    source, setting = Source(str(file)), Setting(NOW, ("region",))

    def given():
        rows = open_records(source, versions.after, record)
        return Given(file.name, record, rows, arrival(versions.after, record))

    ordinary = simulated(given(), versions, setting)
    other = decided_on("duckdb", source, given(), versions, setting)

    assert ordinary[0].rows == ordinary[0].usable >= min(ROWS, 8_000)
    assert told(ordinary) == told(other)
    assert alone == {name for name, notes in undecided(other).items() if notes}
    assert sum(bool(each.changed) for each in other[1]) >= changed
