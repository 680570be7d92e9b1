"""Two more clients that nobody here wrote: hubspotctl (2026-09) and hubspot-api-client (v3)."""

import gc
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import hubspotctl.client
import pytest
from click.testing import CliRunner
from hubspot import HubSpot
from hubspot.crm.deals import (
    BatchInputSimplePublicObjectId,
    PublicObjectSearchRequest,
    SimplePublicObjectInput,
    SimplePublicObjectInputForCreate,
)
from hubspot.crm.pipelines import (
    ApiException,
    PipelineInput,
    PipelinePatchInput,
    PipelineStageInput,
    PipelineStagePatchInput,
)
from hubspot.crm.properties import PropertyCreate, PropertyUpdate
from hubspotctl.cli import main
from hubspotctl.client import HubSpotClient

from ixia_config.edges.serve import serve
from ixia_connectors.hubspot.sandbox import HubSpotSandbox, messy_account, require
from tests.connectors.hubspot.sandbox.account import GENEROUS

# Neither client closes its sockets: they are collected when the test that opens them ends.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")


@pytest.fixture
def sandbox() -> HubSpotSandbox:
    sandbox = HubSpotSandbox(profile=GENEROUS)
    messy_account(sandbox, deals=120)
    return sandbox


@pytest.fixture
def url(sandbox: HubSpotSandbox) -> Iterator[str]:
    with serve(sandbox) as url:
        yield url
    gc.collect()


@pytest.fixture
def ctl(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[HubSpotClient]:
    monkeypatch.setattr(hubspotctl.client, "BASE_URL", url)
    client = HubSpotClient("sandbox-token")
    yield client
    client._client.close()


Run = Callable[..., Any]


@pytest.fixture
def run(url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs the hubspotctl command line; its JSON, or its text."""
    monkeypatch.setattr(hubspotctl.client, "BASE_URL", url)
    monkeypatch.setenv("HUBSPOT_ACCESS_TOKEN", "sandbox-token")
    monkeypatch.setenv("HOME", str(tmp_path))

    def run(*words: str) -> Any:
        result = CliRunner().invoke(main, ["--format", "json", *words])
        assert 0 == result.exit_code, result.output
        return json.loads(result.stdout) if result.stdout.startswith(("[", "{")) else result.output

    return run


def test_hubspotctl_reads_the_account_and_its_people(ctl: HubSpotClient):
    assert 4242 == ctl.get_me()["portalId"]
    emails = {owner["email"] for owner in ctl.list_owners()}
    assert {"ana@acme.example", "sam@acme.example", "lee@acme.example"} <= emails


def test_hubspotctl_lists_stages(run: Run):
    stages = run("deal", "stages", "--pipeline", "default")

    assert ("Discovery call", "Verbal") == (stages[0]["stage"], stages[6]["stage"])
    assert 10 == len(stages)


def test_hubspotctl_filters_deals(run: Run):
    found = run("deal", "list", "--limit", "100", "-F", "dealstage=1046122")

    assert 43 == len(found)
    assert {"1046122"} == {deal["dealstage"] for deal in found}


def test_hubspotctl_writes_and_reads_deals(ctl: HubSpotClient):
    made = ctl.create_deal({"dealname": "Zephyr", "dealstage": "qualifiedtobuy", "amount": "7"})
    ctl.update_deal(made["id"], {"amount": "8"})

    assert "8" == ctl.get_deal(made["id"])["properties"]["amount"]
    assert [made["id"]] == [deal["id"] for deal in ctl.search_deals(query="zeph")["results"]]
    assert [made["id"]] == [deal["id"] for deal in ctl.batch_read("deals", [made["id"]])]
    ctl.delete_deal(made["id"])
    assert [] == ctl.search_deals(query="zeph")["results"]


def test_hubspotctl_pages_through_deals(ctl: HubSpotClient):
    first = ctl.list_deals(limit=100)
    rest = ctl.list_deals(limit=100, after=first["paging"]["next"]["after"])

    assert (100, 20) == (len(first["results"]), len(rest["results"]))


def test_hubspotctl_explains_missing_required_properties(sandbox: HubSpotSandbox, run: Run):
    require(sandbox, "deals", "default", "closedwon", "closedate", "amount")

    output = run("deal", "create", "--name", "A", "--stage", "closedwon")

    assert "'amount' is required" in output
    assert "'closedate' is required" in output


def test_hubspotctl_writes_contacts_companies_and_links(ctl: HubSpotClient):
    contact = ctl.create_contact({"email": "a@b.example"})
    company = ctl.create_company({"name": "B", "domain": "b.example"})
    deal = ctl.list_deals(limit=1)["results"][0]

    assert contact["id"] == ctl.get_contact_by_email("a@b.example")["id"]
    assert [company["id"]] == [found["id"] for found in ctl.search_companies("b")["results"]]
    ctl.associate("deals", deal["id"], "contacts", contact["id"])
    linked = ctl.list_associations("deals", deal["id"], "contacts")
    assert [int(contact["id"])] == [each["toObjectId"] for each in linked]
    note = ctl.add_note("deals", deal["id"], "called")
    assert [note["id"]] == [each["id"] for each in ctl.list_notes("deals", deal["id"])]
    assert 1 == len(ctl.get_association_labels("deals", "contacts"))


def test_hubspotctl_reads_properties(ctl: HubSpotClient):
    names = {found["name"] for found in ctl.list_properties("deals")}

    assert {"amount", "discount", "discount_pct", "region"} <= names
    assert "emea " in [option["value"] for option in ctl.get_property("deals", "region")["options"]]


@pytest.fixture
def old(url: str) -> HubSpot:
    return HubSpot(access_token="sandbox-token", host=url)


def test_the_v3_client_writes_pipelines_and_stages(old: HubSpot):
    pipelines, stages = old.crm.pipelines.pipelines_api, old.crm.pipelines.pipeline_stages_api
    first = PipelineStageInput(label="Q", display_order=0, metadata={"probability": "0.2"})
    made = pipelines.create("deals", PipelineInput(label="New", display_order=-1, stages=[first]))
    pipelines.update("deals", made.id, PipelinePatchInput(label="Newer"))
    second = PipelineStageInput(label="R", display_order=1, metadata={"probability": "0.4"})
    stage = stages.create("deals", made.id, second)
    stages.update(
        "deals", made.id, stage.id, PipelineStagePatchInput(metadata={"probability": "0.5"})
    )

    read = pipelines.get_by_id("deals", made.id)
    assert ("Newer", ["Q", "R"]) == (read.label, [found.label for found in read.stages])
    assert "0.5" == stages.get_by_id("deals", made.id, stage.id).metadata["probability"]
    stages.archive("deals", made.id, stage.id)
    pipelines.archive("deals", made.id)
    with pytest.raises(ApiException) as refused:
        pipelines.get_by_id("deals", made.id)
    assert 404 == refused.value.status


def test_the_v3_client_writes_properties(old: HubSpot):
    properties = old.crm.properties.core_api
    number = {"group_name": "dealinformation", "type": "number", "field_type": "number"}
    properties.create("deals", PropertyCreate(name="ixia_x", label="X", **number))
    properties.update("deals", "ixia_x", PropertyUpdate(label="Y"))

    assert "Y" == properties.get_by_name("deals", "ixia_x").label
    properties.archive("deals", "ixia_x")
    names = [found.name for found in properties.get_all("deals").results]
    assert "ixia_x" not in names
    assert "amount" in names


def test_the_v3_client_reads_owners_with_its_trailing_slash(old: HubSpot):
    owners = old.crm.owners.owners_api.get_page(email="lee@acme.example").results

    assert [("Lee", "Park")] == [(owner.first_name, owner.last_name) for owner in owners]


def test_the_v3_client_writes_and_finds_deals(old: HubSpot):
    deals = old.crm.deals
    given = {"dealname": "Zephyr", "dealstage": "qualifiedtobuy"}
    made = deals.basic_api.create(SimplePublicObjectInputForCreate(properties=given))
    deals.basic_api.update(made.id, SimplePublicObjectInput(properties={"amount": "9"}))
    read = deals.basic_api.get_by_id(made.id, properties=["amount", "dealname"])

    assert ("Zephyr", "9") == (read.properties["dealname"], read.properties["amount"])
    condition = {"propertyName": "dealstage", "operator": "EQ", "value": "1046122"}
    request = PublicObjectSearchRequest(filter_groups=[{"filters": [condition]}], limit=200)
    assert 43 == deals.search_api.do_search(request).total
    assert 121 == len(deals.get_all())
    deals.batch_api.archive(BatchInputSimplePublicObjectId(inputs=[{"id": made.id}]))
    assert 120 == len(deals.get_all())
