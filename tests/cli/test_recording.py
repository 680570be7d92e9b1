"""``--records deal=target:crm``: simulations on the open records of a target."""

import csv
import json

import pytest

from ixia_config.app.recording import recorded
from ixia_config.exits import Exit
from ixia_config.sdk import Connector
from ixia_connectors.hubspot.connector import HubSpot
from ixia_connectors.hubspot.sandbox import load_records
from tests.app.place import is_read
from tests.cli.review import git

DEALS = [
    {"dealname": f"Deal {number}", "amount": str(1000 * number), "pain": pain}
    for number, pain in enumerate(["", "churn", "churn", "", "delay", "", "cost"], 1)
]


@pytest.fixture
def selling(place):
    """The account after an apply, with open deals on the first stage and one that is won."""
    place.apply()
    found = place.ask("GET", "/crm/pipelines/2026-09/deals").json["results"]
    ours = next(each for each in found if each["label"] == "New business")
    stages = {each["label"]: each["id"] for each in ours["stages"]}
    held = [{**each, "pipeline": ours["id"], "dealstage": stages["Evaluate"]} for each in DEALS]
    held.append({"dealname": "Won", "pipeline": ours["id"], "dealstage": stages["Closed won"]})
    load_records(place.sandbox, "deals", held)
    place.ticking.pass_(seconds=20)
    place.log.clear()
    return place


def impact(ixia, *records):
    ended = ixia("simulate", "--env", "sandbox", "--format", "json", *records)
    assert Exit.OK == ended.code, ended.err
    return json.loads(ended.out)["policies"], ended.err


def test_records_of_a_target_give_what_a_file_of_them_gives(selling, ixia, tmp_path):
    file = tmp_path / "deals.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, ["amount", "pain", "stage", "pipeline"])
        writer.writeheader()
        writer.writerows(
            {"amount": each["amount"], "pain": each["pain"], "stage": "evaluate"}
            | {"pipeline": "new-business"}
            for each in DEALS
        )

    live, _ = impact(ixia, "--records", "deal=target:crm")
    written, _ = impact(ixia, "--records", f"deal={file}")

    def counts(policies):
        return [(each["policy"], each["headline"], each["tables"]) for each in policies]

    assert counts(written) == counts(live)
    assert "Evaluate" in json.dumps(live)


def test_nothing_but_reads_is_sent(selling, ixia):
    impact(ixia, "--records", "deal=target:crm")

    assert selling.log
    assert all(is_read(each.method, each.path) for each in selling.log)


def test_closed_records_are_left_out_and_the_rest_is_told(selling):
    with selling.session() as session:
        found = recorded(session, "deal", limit=5)

    assert 5 == len(found.rows)
    assert {"evaluate"} == {row["stage"] for row in found.rows}
    assert "only 5 of 7 open records of new-business were read" in found.notes


def test_a_type_must_be_named(selling, ixia):
    ended = ixia("simulate", "--env", "sandbox", "--records", "target:crm")

    assert Exit.USAGE == ended.code
    assert "--records deal=target:crm" in ended.err


def test_a_target_that_is_not_there_is_told_from_those_that_are(selling, ixia):
    ended = ixia("simulate", "--env", "sandbox", "--records", "deal=target:crn")

    assert Exit.USAGE == ended.code
    assert 'Did you mean "crm"?' in ended.err


def test_a_system_that_is_not_asked_for_records_says_so(selling, ixia, monkeypatch):
    monkeypatch.setattr(HubSpot, "records", Connector.records)

    ended = ixia("simulate", "--env", "sandbox", "--records", "deal=target:crm")

    assert Exit.USAGE == ended.code
    assert "IX547" in ended.err


def test_a_plan_shows_what_it_does_to_the_records_that_are_there(selling, ixia):
    git(selling.root, "init", "--quiet", "--initial-branch=main")
    git(selling.root, "add", "--all")
    git(selling.root, "commit", "--quiet", "--message=as it is")

    ended = ixia("plan", "--env", "sandbox", "--records", "deal=target:crm")

    assert Exit.OK == ended.code, ended.err
    assert "7 rows of deal" in ended.out
