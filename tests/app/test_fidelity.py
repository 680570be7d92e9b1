"""Clients that nobody here wrote read back what an apply wrote."""

from __future__ import annotations

import gc

import hubspotctl.client
import pytest
from hubspot_sdk import HubSpot
from hubspotctl.client import HubSpotClient

from tests.app.place import TOKEN


def _titles(pipelines):
    ours = next(each for each in pipelines if each["label"] == "New business")
    ordered = sorted(ours["stages"], key=lambda stage: stage["displayOrder"])
    return [(stage["label"], stage["metadata"]["probability"]) for stage in ordered]


WRITTEN = [
    ("Qualify", "0.1"),
    ("Evaluate", "0.4"),
    ("Proposal", "0.7"),
    ("Closed won", "1.0"),
    ("Closed lost", "0.0"),
]


def test_the_vendors_own_sdk_reads_back_what_was_applied(place):
    place.apply()

    with HubSpot(
        access_token=TOKEN, base_url=place.url, max_retries=0, _strict_response_validation=True
    ) as hubspot:
        pipelines = hubspot.crm.pipelines.list(object_type="deals").results
        rows = [each.model_dump(by_alias=True, mode="json") for each in pipelines]
        found = hubspot.crm.properties.get("segment", object_type="deals")

    assert _titles(rows) == WRITTEN
    assert [option.value for option in found.options] == ["smb", "mid", "enterprise"]
    assert (found.label, found.type) == ("Segment", "enumeration")


@pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning")
def test_a_third_partys_client_reads_back_what_was_applied(place, monkeypatch):
    place.apply()
    monkeypatch.setattr(hubspotctl.client, "BASE_URL", place.url)
    client = HubSpotClient(TOKEN)

    try:
        pipelines = client.get_deal_pipelines()
    finally:
        client._client.close()
        gc.collect()

    assert _titles(pipelines) == WRITTEN
