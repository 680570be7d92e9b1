"""Workflows on the whole road, over real HTTP: plan, apply, drift, undo, and a plan gone stale."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ixia_config.app import Refusal
from ixia_config.app.undoing import undo_plan
from ixia_config.model import Cause, Status
from ixia_connectors.hubspot.sandbox import ADMIN, HubSpotSandbox, Profile
from tests.app.place import Place, a_place
from tests.connectors.hubspot.flow_examples import BEN, FLOWS
from tests.testing.hubspot_flows import AMER, EMEA, NOT_ROUTED, OTHER, PEOPLE, routing


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with a_place(tmp_path, HubSpotSandbox(profile=Profile(people=(ADMIN, *PEOPLE)))) as found:
        written(found, routing(EMEA, AMER))
        report = found.apply()
        assert report.verified, report
        yield found


def written(place: Place, files: Any) -> None:
    for name, text in files.items():
        place.write(name, text)


def flow(place: Place) -> Any:
    (row,) = place.ask("GET", FLOWS).json["results"]
    return place.ask("GET", f"{FLOWS}/{row['id']}").json


def acts(row: Any) -> Any:
    return row["name"], row["isEnabled"], row["actions"], row["customProperties"]


def saved(place: Place, **more: Any) -> None:
    """Somebody saves the workflow in the editor."""
    row = flow(place)
    ours = ("id", "createdAt", "updatedAt", "flowType", "objectTypeId", "dataSources")
    ours += ("nextAvailableActionId", "crmObjectCreationStatus")
    kept = {key: each for key, each in row.items() if key not in ours}
    assert 200 == place.ask("PUT", f"{FLOWS}/{row['id']}", {**kept, **more}).status


def test_a_second_plan_is_empty(place):
    assert () == place.plan().writes


def test_an_undo_makes_the_workflow_what_it_was(place):
    before = flow(place)
    written(place, routing(OTHER, queue="later"))
    run = place.apply().run
    assert acts(flow(place)) != acts(before)

    with place.session() as session:
        plan = undo_plan(session, run)
    assert () == plan.refused
    place.apply(plan)

    assert acts(before) == acts(flow(place))
    written(place, routing(EMEA, AMER))
    assert () == place.plan().writes


def test_a_plan_from_before_somebody_saved_a_step_is_refused(place):
    written(place, routing(OTHER, queue="later"))
    plan = place.plan()
    changed = json.loads(json.dumps(flow(place)["actions"]))
    for each in changed:
        if each.get("actionTypeId") == "0-11":
            each["fields"]["user_ids"] = [str(BEN.user_id)]
    saved(place, actions=changed)
    theirs = flow(place)

    with pytest.raises(Refusal, match="IX520") as raised:
        place.apply(plan)

    assert '"among": ["ben@acme.example"]' in str(raised.value)
    assert theirs == flow(place)


def test_drift_is_named_by_its_step(place):
    changed = [each for each in flow(place)["actions"] if each.get("actionTypeId") != "0-5"]
    edges = [{**each, "listBranches": []} if "listBranches" in each else each for each in changed]
    kept = [each for each in edges if "listBranches" not in each]
    saved(place, actions=kept, startActionId=kept[0]["actionId"])

    found = {
        field.path: field.cause
        for change in place.plan().changes
        for field in change.fields
        if change.type == "flow"
    }

    assert {Cause.DRIFT} == set(found.values())
    assert {"first", "steps.1"} <= set(found)
    assert place.apply().verified
    assert () == place.plan().writes


def test_a_policy_that_goes_is_switched_off_only_where_the_project_says_so(place):
    (place.root / "routing/leads.yaml").unlink()
    written(place, NOT_ROUTED)

    report = place.apply()

    assert {Status.APPLIED} >= {each.status for each in report.results}
    assert flow(place)["isEnabled"]
    place.edit("ixia.yaml", "connector: hubspot", "connector: hubspot\n      on_remove: archive")
    assert () == place.plan().writes
