"""The worked examples of pipelines, read from their file and checked as real documents."""

from datetime import date

import pytest

from ixia_config.kinds.check import check
from ixia_config.kinds.parse import configure
from ixia_config.language import load

pytestmark = pytest.mark.shared

SCHEMA = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec: {currency: USD, fields: {amount: {type: money}}}
"""
PIPELINE = """\
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: example}
spec:
  object: deal
"""
FALLS, DEAD_END, UNREACHABLE = "IX343", "IX352", "IX353"


@pytest.fixture(scope="module")
def examples(shared):
    """The examples of the area by id."""
    text = (shared / "worked-examples" / "validation.yaml").read_text(encoding="utf-8")
    [document] = load("validation.yaml", text).documents
    return {example["id"]: example for example in document.tree["examples"]}


def judged(spec):
    """What is found in a pipeline with this spec."""
    documents = [d for text in (SCHEMA, PIPELINE + spec) for d in load("a.yaml", text).documents]
    configuration, found = configure(documents)
    assert () == found
    return check(configuration, date(2026, 11, 22))


def stage(key, **settings):
    """One stage as a line of YAML."""
    if key == "lost":
        settings["reasons"] = "[price]"
    if key in ("won", "lost"):
        settings["type"] = key
    rest = "".join(f", {name}: {value}" for name, value in settings.items())
    return f"    - {{key: {key}, title: {key}{rest}}}\n"


def test_equal_neighbours_are_fine_and_a_fall_is_not(examples):
    example = examples["val-05"]
    expected = example["expected"]

    for number, probabilities in enumerate(example["given"]["pipelines"]):
        stages = "".join(
            stage(f"s{index}", probability=f"{each}%") for index, each in enumerate(probabilities)
        )
        found = [
            diagnostic.stage
            for diagnostic in judged(f"  stages:\n{stages}{stage('won')}{stage('lost')}")
            if diagnostic.code == FALLS
        ]

        falls_at = expected["falls_at"][number]
        assert expected["ok"][number] == (not found)
        assert found == ([] if falls_at is None else [f"s{falls_at}"])


def test_a_dead_end_and_unreachable_stages_are_named(examples):
    given, expected = examples["val-07"]["given"], examples["val-07"]["expected"]
    stages = "".join(stage(key) for key in (*given["transitions"], *given["closed"]))
    allowed = ", ".join(
        f"{key}: [{', '.join(targets)}]" for key, targets in given["transitions"].items()
    )

    found = judged(
        f"  create_in: [{', '.join(given['create_in'])}]\n"
        f"  moves: {{allowed: {{{allowed}}}}}\n  stages:\n{stages}"
    )

    assert set(expected["dead_ends"]) == {d.stage for d in found if d.code == DEAD_END}
    assert set(expected["unreachable"]) == {d.stage for d in found if d.code == UNREACHABLE}
