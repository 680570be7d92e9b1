"""The worked examples about conditions, read from their file: nothing is copied by hand."""

import pytest

from ixia_config.language import load
from ixia_config.rules import Catalogue, Field, FieldType, normalise, read
from ixia_config.rules.index import index
from ixia_config.rules.write import quoted

LEAD = {
    "country": Field(FieldType.TEXT),
    "score": Field(FieldType.INTEGER),
    "employees": Field(FieldType.INTEGER),
    "deal_amount": Field(FieldType.MONEY),
}
CATALOGUE = Catalogue({"lead": LEAD})
OPERATORS = {"eq": "==", "gt": ">", "gte": ">="}

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def examples(shared):
    path = shared / "worked-examples" / "leads.yaml"
    (document,) = load(path.name, path.read_text("utf-8")).documents
    return {example["computation"]: example for example in document.tree["examples"]}


def condition(group):
    """An AND of the example's tests, as a user would write it."""
    text = " && ".join(
        f"{test['field']} {OPERATORS[test['op']]} {constant(test)}" for test in group
    )
    return text or "true"


def constant(test):
    numeric = LEAD[test["field"]].type is not FieldType.TEXT
    return test["value"] if numeric else quoted(test["value"])


def typed(text):
    found, problems = read(text, CATALOGUE, "lead")
    assert not any(problem.fatal for problem in problems)
    return found


def records(example):
    return [normalise(record, CATALOGUE, "lead") for record in example["given"]["records"]]


def test_groups_of_conditions_fire_as_published(examples):
    example = examples["condition_groups"]
    either = typed(" || ".join(f"({condition(group)})" for group in example["given"]["any_of"]))

    fired = [either.evaluate(record) for record in records(example)]

    assert example["expected"]["fires"] == fired


def test_the_first_matching_rule_wins(examples):
    example = examples["first_match"]
    rules = example["given"]["rules"]
    ready = index([typed(condition(rule["when"])) for rule in rules])

    routes = [rules[ready.first(record)]["route"] for record in records(example)]

    assert example["expected"]["routes"] == routes
