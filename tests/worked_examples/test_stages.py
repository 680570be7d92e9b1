"""The worked examples of stages: moves, time in stages, win rates and weighted values."""

import csv
from decimal import Decimal
from itertools import islice

import pytest

from ixia_config.kinds.parse import configure
from ixia_config.kinds.pipeline.history import Visit
from ixia_config.kinds.pipeline.manner import Manner
from ixia_config.kinds.pipeline.replay import (
    days_in_stage,
    expected_revenue,
    replay,
    stage_win_rate,
)
from ixia_config.kinds.pipeline.spec import Pipeline
from ixia_config.language import load

pytestmark = pytest.mark.shared

VIOLATION = {Manner.BACKWARD: "backward", Manner.SKIP: "skip"}


@pytest.fixture(scope="module")
def examples(shared):
    """The examples of the area by id."""
    text = (shared / "worked-examples" / "pipeline-metrics.yaml").read_text(encoding="utf-8")
    [document] = load("pipeline-metrics.yaml", text).documents
    return {example["id"]: example for example in document.tree["examples"]}


def pipeline(stages, rules="{}"):
    """The spec of a pipeline with these stages: title, and further settings as YAML."""
    lines = "".join(
        f"    - {{key: s{number}, title: {title}{more}}}\n"
        for number, (title, more) in enumerate(stages)
    )
    text = (
        "apiVersion: ixia/v1\nkind: Pipeline\nmetadata: {name: x}\n"
        f"spec:\n  object: deal\n  moves: {rules}\n  stages:\n{lines}"
    )
    configuration, found = configure(load("a.yaml", text).documents)
    assert [] == [str(diagnostic) for diagnostic in found]
    return configuration.of(Pipeline)[0].body.spec


def closed(won="Won", lost="Lost"):
    return [(won, ", type: won"), (lost, ", type: lost, reasons: [price]")]


def test_going_back_and_leaving_out_stages_break_the_rules(examples):
    given, expected = examples["pipe-15"]["given"], examples["pipe-15"]["expected"]
    lost_from = "any" if given["lost_from_any_stage"] else "[]"
    spec = pipeline(
        [*((title, "") for title in given["order"]), *closed(given["won"], given["lost"])],
        f"{{skip: false, back: false, lost_from: {lost_from}}}",
    )
    titles = {stage.key: stage.title for stage in spec.stages}

    steps = list(replay(spec, [Visit("deal", v["date"], v["stage"]) for v in given["history"]]))

    assert expected["violations"] == [
        {"from": titles[s.before], "to": titles[s.after], "kind": VIOLATION[s.manner]}
        for s in steps
        if not s.allowed
    ]
    assert {title: int(days) for title, days in expected["days_in_stage"].items()} == {
        titles[key]: days for key, days in days_in_stage(steps).items()
    }


def test_the_win_rate_of_a_stage_counts_all_that_were_ever_there(examples):
    given, expected = examples["pipe-07"]["given"], examples["pipe-07"]["expected"]
    won, there = int(given["numerator"]), int(given["denominator"])
    spec = pipeline([("Open", ""), ("Demo", ""), *closed()])
    last = ["Won"] * won + ["Lost", "Demo"] * (there - won)
    visits = [
        Visit(f"deal-{number}", f"2026-01-0{day}", stage)
        for number, end in enumerate(last[:there])
        for day, stage in enumerate(["Open", "Demo", end], start=1)
    ]
    skipped = [Visit("skipped", "2026-01-01", "Open"), Visit("skipped", "2026-01-02", "Won")]

    rate = stage_win_rate(spec, [*visits, *skipped], "s1")

    assert (won, there, Decimal(expected["value"])) == (rate.won, rate.records, rate.share)


def test_a_value_is_weighed_by_its_stage_and_by_confidence(examples):
    given, expected = examples["pipe-09"]["given"], examples["pipe-09"]["expected"]
    amount, chance, confidence = map(Decimal, given["factors"])
    [stage, *_] = pipeline([("Open", f", probability: {chance * 100}%"), *closed()]).stages

    assert Decimal(expected["value"]) == expected_revenue(stage, amount, confidence)


def test_the_expected_revenue_of_real_rows_is_amount_times_probability(examples, shared):
    given, expected = examples["pipe-11"]["given"], examples["pipe-11"]["expected"]
    file = shared / "data/salesforce-opportunity-history/Opportunity.csv"
    with file.open(encoding="utf-8-sig", newline="") as lines:
        exported = [row["ExpectedRevenue"] for row in islice(csv.DictReader(lines), 3)]

    three = zip(given["rows"], expected["expected_revenue"], exported, strict=True)
    for row, revenue, real in three:
        [stage, *_] = pipeline(
            [("Open", f", probability: {row['probability']}%"), *closed()]
        ).stages

        assert Decimal(revenue) == expected_revenue(stage, Decimal(row["amount"])) == Decimal(real)


ORDER = ["Prospecting", "Qualification", "Value Proposition", "Negotiation/Review"]


def test_the_moves_of_real_history_are_found_again(shared):
    file = shared / "data/salesforce-opportunity-history/Opportunity History.csv"
    with file.open(encoding="utf-8-sig", newline="") as lines:
        visits = [
            Visit(row["OppID"], "-".join(reversed(row["CreatedDate"].split("/"))), row["StageName"])
            for row in csv.DictReader(lines)
        ]
    spec = pipeline(
        [*((title, "") for title in ORDER), *closed("Closed Won", "Closed Lost")], "{back: false}"
    )

    steps = list(replay(spec, visits))

    assert (365, 72) == (len(steps), sum(step.backward for step in steps))
    assert 107 == sum(step.manner is Manner.STAY for step in steps)
    assert not any(step.allowed for step in steps if step.backward)
