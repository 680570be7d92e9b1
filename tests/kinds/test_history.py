"""Records and their history are held against a pipeline before it is applied to them."""

import csv

import pytest

from ixia_config.kinds.parse import configure
from ixia_config.kinds.pipeline.history import Stages, Visit, review, transitions
from ixia_config.kinds.pipeline.spec import Pipeline
from ixia_config.language import load

MAVEN = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec:
  currency: USD
  fields:
    account: {type: text}
    engage_date: {type: date}
    close_value: {type: money}
    product:
      type: choice
      choices: [GTX Basic, GTX Pro, MG Special, MG Advanced, GTX Plus Pro, GTX Plus Basic, GTK 500]
---
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: hardware}
spec:
  object: deal
  stages:
    - {key: prospecting, title: Prospecting, required: [account, engage_date]}
    - {key: engaging, title: Engaging, required: [account, engage_date]}
    - {key: won, title: Won, type: won, required: [close_value]}
    - {key: lost, title: Lost, type: lost, reasons: [price]}
"""
SALESFORCE = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec: {fields: {name: {type: text}}}
---
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: opportunities}
spec:
  object: deal
  moves: {back: false}
  stages:
    - {key: prospecting, title: Prospecting}
    - {key: qualification, title: Qualification}
    - {key: value, title: Value Proposition}
    - {key: negotiation, title: Negotiation/Review}
    - {key: won, title: Closed Won, type: won}
    - {key: lost, title: Closed Lost, type: lost, reasons: [price]}
"""


def pipeline(text):
    configuration, found = configure(load("a.yaml", text).documents)
    assert () == found
    return configuration.of(Pipeline)[0], configuration


@pytest.fixture(scope="module")
def deals(shared):
    file = shared / "data/crm-sales-opportunities/sales_pipeline.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def visits(shared):
    file = shared / "data/salesforce-opportunity-history/Opportunity History.csv"
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [
            Visit(
                record=row["OppID"],
                at="-".join(reversed(row["CreatedDate"].split("/"))),
                stage=row["StageName"],
            )
            for row in csv.DictReader(lines)
        ]


@pytest.mark.shared
def test_real_deals_that_lack_what_a_stage_requires_are_counted(deals):
    found = review(*pipeline(MAVEN), deals, stage="deal_stage")

    assert [
        ("account", "prospecting", 337, 500),
        ("engage_date", "prospecting", 500, 500),
        ("account", "engaging", 1088, 1589),
    ] == [(d.field, d.stage, d.missing, d.records) for d in found if d.code == "IX380"]


@pytest.mark.shared
def test_the_misspelt_product_of_the_real_deals_is_found(deals):
    [odd] = [d for d in review(*pipeline(MAVEN), deals, stage="deal_stage") if d.code == "IX382"]

    assert ("product", "GTXPro", 1480) == (odd.field, odd.choice, odd.records)
    assert 'did you mean "GTX Pro"?' in odd.hint()


@pytest.mark.shared
def test_a_rule_against_going_back_that_real_history_breaks_is_doubted(visits):
    [doubt] = review(*pipeline(SALESFORCE), [], visits)

    assert ("IX381", "went back", 72, 365 - 107) == (
        doubt.code,
        *(doubt.manner, doubt.count, doubt.moves),
    )


@pytest.mark.shared
def test_the_replay_figures_of_the_real_history_are_met(visits):
    policy, _ = pipeline(SALESFORCE)

    steps = list(transitions(Stages.of(policy.body.spec), visits))

    assert (365, 107) == (len(steps), sum(before == after for before, after in steps))


@pytest.mark.shared
def test_a_pipeline_that_allows_what_happened_is_not_doubted(visits):
    assert () == review(*pipeline(SALESFORCE.replace("{back: false}", "{}")), [], visits)


def test_records_in_a_stage_that_was_left_out_are_an_error():
    [lost] = review(
        *pipeline(MAVEN), [{"stage": "Verbal"}, {"stage": "verbal "}, {"stage": "Won"}]
    )[:1]

    assert ("IX383", "Verbal", 1) == (lost.code, lost.stage, lost.records)


def test_a_placeholder_is_as_good_as_nothing():
    text = MAVEN.replace("account: {type: text}", 'account: {type: text, placeholders: ["?"]}')
    rows = [{"stage": "engaging", "account": "?", "engage_date": "2026-01-01"}]

    assert ["account"] == [d.field for d in review(*pipeline(text), rows)]


def test_half_of_the_records_is_not_most_of_them():
    full = {"stage": "engaging", "account": "Acme", "engage_date": "2026-01-01"}

    assert () == review(*pipeline(MAVEN), [full, full | {"account": None}])


def test_closed_records_need_nothing_any_more():
    assert () == review(*pipeline(MAVEN), [{"stage": "Won", "close_value": None}] * 9)


def test_nothing_is_doubtful_without_records():
    assert () == review(*pipeline(MAVEN), [])
