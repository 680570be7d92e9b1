"""The worked examples of metrics, read from their file and computed by real Metric documents."""

import csv
import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from ixia_config.kinds.check import check
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.metric.balance import dealt, out_of_balance
from ixia_config.kinds.metric.decide import Circumstances, measure
from ixia_config.kinds.metric.spec import Metric
from ixia_config.kinds.parse import configure
from ixia_config.language import load
from ixia_config.rules import normalise

pytestmark = pytest.mark.shared

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(scope="module")
def examples(shared):
    """The examples of the area by id."""
    text = (shared / "worked-examples" / "pipeline-metrics.yaml").read_text(encoding="utf-8")
    [document] = load("pipeline-metrics.yaml", text).documents
    return {example["id"]: example for example in document.tree["examples"]}


def configured(fields, **metrics):
    """A configuration of one record type and these metrics; none has a finding."""
    schema = {"currency": "USD", "fields": fields}
    documents = [("RecordSchema", "row", schema)]
    documents += [("Metric", name, {"of": "row", **spec}) for name, spec in metrics.items()]
    text = "---\n".join(
        json.dumps(
            {
                "apiVersion": "ixia/v1",
                "kind": kind,
                "metadata": {"name": name, "owner": "revops"},
                "spec": spec,
            }
        )
        + "\n"
        for kind, name, spec in documents
    )
    configuration, found = configure(load("metrics.yaml", text).documents)
    assert [] == [*found, *check(configuration, NOW.date())]
    return configuration


def figures(configuration, name, rows=(), *, been=None):
    """The figures of a metric over rows as they are written."""
    known = catalogue(configuration)
    records = [normalise(row, known, "row") for row in rows]
    at = Circumstances(NOW, been=been)
    return measure(configuration.get(Metric, name), configuration, records, at)


def total(configuration, name, rows=(), *, been=None):
    """The one figure over all rows."""
    return figures(configuration, name, rows, been=been).total().value


def numbers(**given):
    """Inputs that are plain figures."""
    return {name: {"number": str(value)} for name, value in given.items()}


ANY = {"id": {"type": "text"}}


def test_velocity_is_money_a_day(examples):
    given, expected = examples["pipe-01"]["given"], examples["pipe-01"]["expected"]
    formula = "opportunities * deal_size * win_rate / cycle_days"

    for case, per_day, horizon in zip(
        given["cases"], expected["per_day"], expected["horizon"], strict=True
    ):
        inputs = numbers(**case)
        ahead = inputs | numbers(horizon=given["horizon_days"])
        configuration = configured(
            ANY,
            velocity={"inputs": inputs, "value": formula, "unit": "money"},
            horizon={"inputs": ahead, "value": f"{formula} * horizon", "unit": "money"},
        )

        assert Decimal(per_day) == total(configuration, "velocity")
        assert Decimal(horizon) == total(configuration, "horizon")


def test_coverage_is_measured_against_what_is_still_missing(examples):
    given, expected = examples["pipe-03"]["given"], examples["pipe-03"]["expected"]
    configuration = configured(
        {"amount": {"type": "money"}, "stage": {"type": "text"}},
        coverage={
            "inputs": {
                "open": {"sum": "amount", "when": 'stage == "open"'},
                "closed": {"sum": "amount", "when": 'stage == "won"'},
                "target": {"number": given["target"]},
            },
            "value": "open / (target - closed)",
        },
        simple={"inputs": numbers(win_rate=given["win_rate"]), "value": "1 / win_rate"},
        adjusted={
            "inputs": numbers(rate=given["win_rate"], quick=given["create_and_close"]),
            "value": "(1 - quick) / rate",
        },
    )
    rows = [
        {"amount": given["open_in_quarter"], "stage": "open"},
        {"amount": given["closed"], "stage": "won"},
    ]

    assert Decimal(expected["coverage"]) == total(configuration, "coverage", rows)
    assert Decimal(expected["simple_target"]) == total(configuration, "simple")
    assert Decimal(expected["adjusted_target"]) == total(configuration, "adjusted")


def test_capacity_counts_reps_by_what_they_can_produce(examples):
    given, expected = examples["pipe-05"]["given"], examples["pipe-05"]["expected"]
    configuration = configured(
        {
            "team": {"type": "text"},
            "reps": {"type": "integer"},
            "quota": {"type": "money"},
            "productivity": {"type": "decimal"},
        },
        capacity={
            "by": ["team"],
            "inputs": {"all": {"sum": {"field": "quota", "times": ["reps", "productivity"]}}},
            "unit": "money",
        },
    )
    rows = [{"team": str(number), **group} for number, group in enumerate(given["groups"])]

    found = figures(configuration, "capacity", rows)

    groups = [figure.value for figure in found.figures if figure.group]
    assert [Decimal(each) for each in expected["groups"]] == groups
    assert Decimal(expected["total"]) == found.total().value


def test_the_win_rate_of_a_stage_counts_every_deal_that_was_ever_in_it(examples):
    given, expected = examples["pipe-07"]["given"], examples["pipe-07"]["expected"]
    won, seen = int(given["numerator"]), int(given["denominator"])
    stages = [
        {"key": "pilot", "title": "Pilot", "probability": "50%"},
        {"key": "won", "title": "Won", "type": "won"},
        {"key": "lost", "title": "Lost", "type": "lost", "reasons": ["price"]},
    ]
    metric = {
        "inputs": {
            "won": {"count": "records", "when": 'stage == "won"', "ever_in": "pilot"},
            "all": {"count": "records", "ever_in": "pilot"},
        },
        "value": "won / all",
        "unit": "share",
        "scale": "2",
    }
    documents = [
        ("RecordSchema", "row", {"fields": {"id": {"type": "text"}, "stage": {"type": "text"}}}),
        ("Pipeline", "sales", {"object": "row", "stages": stages}),
        ("Metric", "stage-win-rate", {"of": "row", **metric}),
    ]
    text = "---\n".join(
        json.dumps(
            {"apiVersion": "ixia/v1", "kind": k, "metadata": {"name": n, "owner": "o"}, "spec": s}
        )
        + "\n"
        for k, n, s in documents
    )
    configuration, found = configure(load("a.yaml", text).documents)
    assert () == found
    through = [{"id": f"p{n}", "stage": "won" if n < won else "lost"} for n in range(seen)]
    skipped = [{"id": f"s{n}", "stage": "won"} for n in range(7)]

    value = total(
        configuration,
        "stage-win-rate",
        through + skipped,
        been=lambda record, stage: stage == "pilot" and record["id"].startswith("p"),
    )

    assert Decimal(expected["value"]) == value


def test_weighted_value_is_a_product(examples):
    given, expected = examples["pipe-09"]["given"], examples["pipe-09"]["expected"]
    amount, probability, confidence = given["factors"]
    configuration = configured(
        {
            "amount": {"type": "money"},
            "probability": {"type": "percent"},
            "confidence": {"type": "decimal"},
        },
        weighted={
            "inputs": {"all": {"sum": {"field": "amount", "times": ["probability", "confidence"]}}},
            "unit": "money",
        },
    )
    row = {"amount": amount, "probability": probability, "confidence": confidence}

    assert Decimal(expected["value"]) == total(configuration, "weighted", [row])


def test_expected_revenue_of_each_row_of_an_export(examples):
    given, expected = examples["pipe-11"]["given"], examples["pipe-11"]["expected"]
    configuration = configured(
        {"n": {"type": "text"}, "amount": {"type": "money"}, "probability": {"type": "percent"}},
        expected={
            "by": ["n"],
            "inputs": {"all": {"sum": {"field": "amount", "times": ["probability"]}}},
            "unit": "money",
        },
    )
    rows = [
        {"n": str(n), "amount": row["amount"], "probability": f"{row['probability']}%"}
        for n, row in enumerate(given["rows"])
    ]

    found = figures(configuration, "expected", rows)

    by_row = [figure.value for figure in found.figures if figure.group]
    assert [Decimal(each) for each in expected["expected_revenue"]] == by_row


RATES = {
    "win-rate": {
        "inputs": {
            "won": {"count": "records", "when": 'stage == "Won"'},
            "lost": {"count": "records", "when": 'stage == "Lost"'},
        },
        "value": "won / (won + lost)",
        "unit": "share",
    },
    "conversion-rate": {
        "inputs": {
            "won": {"count": "records", "when": 'stage == "Won"'},
            "all": {"count": "records"},
        },
        "value": "won / all",
        "unit": "share",
    },
}


def test_win_rate_and_conversion_rate_have_different_denominators(examples, shared):
    given, expected = examples["pipe-13"]["given"], examples["pipe-13"]["expected"]
    configuration = configured({"stage": {"type": "text"}}, **RATES)
    with (shared / "data/crm-sales-opportunities/sales_pipeline.csv").open(
        encoding="utf-8"
    ) as file:
        rows = [{"stage": row["deal_stage"]} for row in csv.DictReader(file)]

    rate = figures(configuration, "win-rate", rows).total()

    assert Decimal(expected["win_rate"]) == rate.value
    assert (int(given["won"]), int(given["lost"])) == (rate.inputs["won"], rate.inputs["lost"])
    assert Decimal(expected["conversion_rate"]) == total(configuration, "conversion-rate", rows)


def test_accounts_dealt_in_snake_order_are_balanced(examples):
    given, expected = examples["pipe-17"]["given"], examples["pipe-17"]["expected"]
    weights = [Decimal(each) for each in given["accounts"]]

    for order in ("straight", "snake"):
        hands = dealt(weights, int(given["territories"]), order)
        totals = [sum(weights[place] for place in hand) for hand in hands]

        assert [Decimal(each) for each in expected[order]["totals"]] == totals
        out = out_of_balance(totals, Decimal(given["tolerance"]))
        assert tuple(expected[order]["out_of_tolerance"]) == out


def test_completeness_of_a_real_file(examples, shared):
    given, expected = examples["pipe-19"]["given"], examples["pipe-19"]["expected"]
    with (shared / "data" / given["products_file"]).open(encoding="utf-8") as file:
        products = [row["product"] for row in csv.DictReader(file)]
    known = ", ".join(f'"{product}"' for product in products)
    unknown = {"when": f"!(product in [{known}])"}
    configuration = configured(
        {"account": {"type": "text"}, "product": {"type": "text"}, "stage": {"type": "text"}},
        completeness={
            "inputs": {"filled": {"filled": "account"}, "all": {"count": "records"}},
            "value": "filled / all",
            "unit": "share",
        },
        unknown={"inputs": {"n": {"count": "records", **unknown}}, "unit": "count"},
        names={"inputs": {"n": {"distinct": "product", **unknown}}, "unit": "count"},
        homeless={
            "inputs": {"n": {"count": "records", "when": 'stage == "Won" && !known(account)'}},
            "unit": "count",
        },
    )
    with (shared / "data" / given["file"]).open(encoding="utf-8") as file:
        rows = [
            {"account": row["account"], "product": row["product"], "stage": row["deal_stage"]}
            for row in csv.DictReader(file)
        ]

    found = figures(configuration, "completeness", rows)

    assert int(expected["rows"]) == found.counted
    assert int(expected["account_present"]) == found.total().inputs["filled"]
    assert Decimal(expected["account_completeness"]) == found.total().value
    assert int(expected["product_not_in_picklist"]) == total(configuration, "unknown", rows)
    assert len(expected["unknown_values"]) == total(configuration, "names", rows)
    assert int(expected["won_without_account"]) == total(configuration, "homeless", rows)


def test_three_accuracies_name_their_denominators(examples):
    given, expected = examples["pipe-21"]["given"], examples["pipe-21"]["expected"]
    inputs = numbers(**given)
    formulas = {
        "actual_over_forecast": "actual / forecast",
        "one_minus_error_over_actual": "1 - abs(actual - forecast) / actual",
        "one_minus_error_over_forecast": "1 - abs(actual - forecast) / forecast",
    }
    configuration = configured(
        ANY,
        **{
            name.replace("_", "-"): {"inputs": inputs, "value": formula, "unit": "share"}
            for name, formula in formulas.items()
        },
    )

    for name in formulas:
        assert Decimal(expected[name]) == total(configuration, name.replace("_", "-"))
