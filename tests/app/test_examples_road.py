"""The demo's road on the examples: an account with a past, and 8,800 published opportunities."""

import csv
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from ixia_config.app.pulling import pull
from ixia_config.model import Cause, Status, Verb
from ixia_connectors.hubspot.sandbox import HubSpotSandbox, load_records, messy_account
from tests.app.place import Place, a_place

STAGES = {
    "Prospecting": "appointmentscheduled",
    "Engaging": "qualifiedtobuy",
    "Won": "closedwon",
    "Lost": "closedlost",
}


@contextmanager
def example(root: Path, name: str, folder: Path, sandbox: HubSpotSandbox) -> Iterator[Place]:
    """A copy of an example, pointed at a sandbox."""
    with a_place(folder / name, sandbox) as place:
        shutil.rmtree(place.root)
        shutil.copytree(root / "examples" / name, place.root)
        place.edit("ixia.yaml", "http://127.0.0.1:8700", place.url)
        yield place


@pytest.fixture
def acme(root: Path, tmp_path: Path) -> Iterator[Place]:
    sandbox = HubSpotSandbox()
    messy_account(sandbox)
    with example(root, "acme", tmp_path, sandbox) as place:
        yield place


@pytest.fixture
def maventech(root: Path, shared: Path, tmp_path: Path) -> Iterator[Place]:
    sandbox = HubSpotSandbox()
    load_records(sandbox, "deals", opportunities(shared))
    with example(root, "maventech", tmp_path, sandbox) as place:
        yield place


def opportunities(shared: Path) -> Iterator[Mapping[str, str]]:
    """The published opportunities as deals of the account's default pipeline."""
    path = shared / "data" / "crm-sales-opportunities" / "sales_pipeline.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {
                "dealname": f"{row['account'] or 'unknown'} {row['opportunity_id']}",
                "pipeline": "default",
                "dealstage": STAGES[row["deal_stage"]],
                "amount": row["close_value"],
                "closedate": f"{row['close_date']}T00:00:00Z" if row["close_date"] else "",
            }


def deals_by_stage(place: Place) -> Counter[str]:
    """How many deals stand on each stage, counted as the account's own search counts."""
    pipeline = place.ask("GET", "/crm/pipelines/2026-09/deals/default").json
    stages = {stage["id"]: stage["label"] for stage in pipeline["stages"]}
    counts: Counter[str] = Counter()
    for stage, label in stages.items():
        place.ticking.pass_(seconds=2)
        query = {"propertyName": "dealstage", "operator": "EQ", "value": stage}
        body = {"filterGroups": [{"filters": [query]}], "limit": 1}
        counts[label] = place.ask("POST", "/crm/objects/2026-09/deals/search", body).json["total"]
    return counts


def drifted(place: Place) -> list[tuple[str, str, object, object]]:
    """What someone changed in the account, and what the files say."""
    return [
        (change.title, field.path, field.before, field.after)
        for change in place.plan().changes
        for field in change.fields
        if field.cause is Cause.DRIFT
    ]


def test_acme_is_applied_as_the_demo_shows_it(acme: Place):
    plan = acme.plan()
    moving = next(change for change in plan.changes if change.verb is Verb.MIGRATE)

    report = acme.apply(plan)

    assert () == plan.refused
    assert (43, "1204300") == (moving.dependents.count, moving.dependents.amount)
    assert {Status.APPLIED} == {result.status for result in report.results}
    assert report.verified
    assert () == acme.plan().changes
    assert "Verbal" not in deals_by_stage(acme)


def test_what_lee_does_behind_the_tools_back_is_seen_and_undone(acme: Place):
    acme.apply()
    body = {"metadata": {"probability": "0.8"}}
    acme.ask("PATCH", "/crm/pipelines/2026-09/deals/default/stages/decisionmakerboughtin", body)

    seen = drifted(acme)
    acme.apply()

    assert [("Proposal", "probability", "0.8", "0.7")] == seen
    assert () == acme.plan().changes


def test_nothing_that_acme_does_not_declare_is_touched(acme: Place):
    before = deals_by_stage(acme)

    acme.apply()
    after = deals_by_stage(acme)

    assert before["Negotiation"] + before["Verbal"] == after["Negotiation"]
    for stage in ("Discovery call", "on hold ??", "OLD - do not use", "Closed won", "Closed lost"):
        assert before[stage] == after[stage]


@pytest.mark.shared
def test_published_opportunities_move_with_their_stage(maventech: Place):
    plan = maventech.plan()
    moving = next(change for change in plan.changes if change.verb is Verb.MIGRATE)

    report = maventech.apply(plan)

    assert () == plan.refused
    assert 500 == moving.dependents.count
    assert report.verified, report
    assert () == maventech.plan().changes
    counts = deals_by_stage(maventech)
    assert {"Engaging": 1589 + 500, "Won": 4238, "Lost": 2473} == {
        stage: count for stage, count in counts.items() if count
    }


@pytest.mark.shared
def test_the_account_of_published_opportunities_drifts_and_comes_back(maventech: Place):
    maventech.apply()
    body = {"metadata": {"probability": "0.9"}}
    maventech.ask("PATCH", "/crm/pipelines/2026-09/deals/default/stages/qualifiedtobuy", body)

    seen = drifted(maventech)
    maventech.apply()

    assert [("Engaging", "probability", "0.9", "0.6")] == seen
    assert () == maventech.plan().changes


@pytest.mark.shared
def test_the_account_of_published_opportunities_becomes_yaml_that_plans_to_nothing(
    maventech: Place,
):
    with maventech.session() as session:
        pulled = pull(session)

    assert pulled.files
