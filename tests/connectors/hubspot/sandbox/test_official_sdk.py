"""The vendor's own SDK, with strict validation, reads and writes the sandbox over real HTTP.

It calls the 2026-03 paths. Every answer that it accepts has the shape that the vendor publishes.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hubspot_sdk import (
    APIResponseValidationError,
    AuthenticationError,
    BadRequestError,
    ConflictError,
    HubSpot,
    NotFoundError,
    PermissionDeniedError,
    RateLimitError,
)

from ixia_config.edges.serve import serve
from ixia_config.sdk.wire import Request, Response
from ixia_connectors.hubspot.sandbox import (
    HubSpotSandbox,
    Profile,
    Token,
    load_records,
    messy_account,
)
from tests.connectors.hubspot.sandbox.account import GENEROUS

ROW = {
    "dealname": "A",
    "amount": "10",
    "closedate": "2026-12-01T00:00:00.000Z",
    "pipeline": "default",
    "dealstage": "contractsent",
}


def client(url: str, token: str = "sandbox-token") -> HubSpot:
    return HubSpot(
        access_token=token, base_url=url, max_retries=0, _strict_response_validation=True
    )


@pytest.fixture
def sandbox() -> HubSpotSandbox:
    return HubSpotSandbox(profile=GENEROUS)


@pytest.fixture
def hubspot(sandbox: HubSpotSandbox) -> Iterator[HubSpot]:
    with serve(sandbox) as url, client(url) as hubspot:
        yield hubspot


def test_pipelines_live_a_whole_life(hubspot: HubSpot):
    pipelines = hubspot.crm.pipelines
    stages: Any = [
        {
            "label": "Qualified",
            "display_order": 0,
            "stage_id": "q",
            "metadata": {"probability": "0.20"},
        },
        {"label": "Won", "display_order": 1, "metadata": {"probability": "1.0"}},
    ]
    made = pipelines.create(
        object_type="deals", label="New", display_order=-1, pipeline_id="ixia_new", stages=stages
    )
    assert {"isClosed": "false", "probability": "0.2"} == made.stages[0].metadata

    pipelines.update("ixia_new", object_type="deals", label="Newer")
    assert ["Sales Pipeline", "Newer"] == [
        found.label for found in pipelines.list(object_type="deals").results
    ]
    pipelines.update_all_properties(
        "ixia_new", object_type="deals", label="Put", display_order=1, stages=stages[:1]
    )
    assert ["Qualified"] == [s.label for s in pipelines.get("ixia_new", object_type="deals").stages]
    pipelines.delete("ixia_new", object_type="deals", validate_references_before_delete=True)
    assert pipelines.update("ixia_new", object_type="deals", archived=False).archived is False
    trail = pipelines.list_audit("ixia_new", object_type="deals").results
    assert ["RESTORE", "DELETE", "UPDATE", "UPDATE", "CREATE"] == [line.action for line in trail]


def test_stages_live_a_whole_life(hubspot: HubSpot):
    pipelines = hubspot.crm.pipelines
    place: Any = {"object_type": "deals", "pipeline_id": "default"}
    made = pipelines.create_stage(
        "default",
        object_type="deals",
        stage_id="ixia_review",
        label="Review",
        display_order=-1,
        metadata={"probability": "0.6"},
    )
    assert made == pipelines.get_stage("ixia_review", **place)

    pipelines.update_stage("ixia_review", **place, label="X", metadata={"probability": "0.7"})
    put: Any = {"label": "Y", "display_order": 3, "metadata": {"probability": "0.5"}}
    pipelines.update_stage_all_properties("ixia_review", **place, **put)
    assert 8 == len(pipelines.list_stages("default", object_type="deals").results)
    pipelines.delete_stage("ixia_review", **place)
    with pytest.raises(NotFoundError):
        pipelines.get_stage("ixia_review", **place)
    trail = pipelines.list_stage_audit("ixia_review", **place).results
    assert ["DELETE", "UPDATE", "UPDATE", "CREATE"] == [line.action for line in trail]


@pytest.mark.parametrize("kind", ["tickets", "leads"])
def test_other_objects_have_pipelines_too(hubspot: HubSpot, kind: str):
    assert 1 == len(hubspot.crm.pipelines.list(object_type=kind).results)


@pytest.mark.parametrize("kind", ["deals", "leads", "tickets", "contacts", "companies"])
def test_every_standard_property_has_the_published_shape(hubspot: HubSpot, kind: str):
    assert 5 < len(hubspot.crm.properties.list(object_type=kind).results)


def test_properties_live_a_whole_life(hubspot: HubSpot):
    properties = hubspot.crm.properties
    properties.groups.create(object_type="deals", name="ixia", label="Ixia")
    made = properties.create(
        object_type="deals",
        name="ixia_sla",
        label="SLA",
        group_name="ixia",
        type="enumeration",
        field_type="select",
        options=[{"label": "Breached", "value": "breached", "hidden": False}],
    )
    assert made == properties.get("ixia_sla", object_type="deals")

    options: Any = [{"label": "Kept", "value": "kept", "hidden": False, "display_order": 0}]
    changed = properties.update("ixia_sla", object_type="deals", label="S", options=options)
    assert ["kept"] == [option.value for option in changed.options]
    properties.delete("ixia_sla", object_type="deals")
    archived = properties.list(object_type="deals", archived=True).results
    assert ["ixia_sla"] == [found.name for found in archived]


def test_property_batches_have_the_published_shape(hubspot: HubSpot):
    batch = hubspot.crm.properties.batch
    inputs: Any = [
        {
            "name": f"ixia_{letter}",
            "label": letter,
            "group_name": "dealinformation",
            "type": "number",
            "field_type": "number",
        }
        for letter in "ab"
    ]
    made = batch.create(object_type="deals", inputs=inputs)
    names: Any = [{"name": found.name} for found in made.results]
    read = batch.get(
        object_type="deals", archived=False, data_sensitivity="non_sensitive", inputs=names
    )
    assert made.results == read.results
    batch.delete(object_type="deals", inputs=names)


def test_groups_live_a_whole_life(hubspot: HubSpot):
    groups = hubspot.crm.properties.groups
    groups.create(object_type="deals", name="ixia", label="Ixia", display_order=-1)
    groups.update("ixia", object_type="deals", label="X")

    assert "X" == groups.get("ixia", object_type="deals").label
    groups.delete("ixia", object_type="deals")
    listed = [group.name for group in groups.list(object_type="deals").results]
    assert ["dealinformation", "deal_activity"] == listed


def test_validation_rules_read_back(hubspot: HubSpot):
    validations = hubspot.crm.properties_validations
    place: Any = {"object_type_id": "0-3", "property_name": "amount"}
    validations.update_by_object_type_id_property_name_and_rule_type(
        "MAX_NUMBER", **place, rule_arguments=["100"], should_apply_normalization=False
    )

    (listed,) = validations.get_by_object_type_id("0-3").results
    (one,) = validations.get_by_object_type_id_and_property_name(
        "amount", object_type_id="0-3"
    ).results
    same = validations.get_by_object_type_id_property_name_and_rule_type("MAX_NUMBER", **place)

    assert ("amount", [same]) == (listed.property_name, listed.property_validation_rules)
    assert same == one


def test_owners_users_and_teams_have_the_published_shape(sandbox: HubSpotSandbox, hubspot: HubSpot):
    messy_account(sandbox, deals=50)

    owners = list(hubspot.crm.owners.list(limit=2))
    users = {user.email: user for user in hubspot.settings.users.list(limit=2)}
    teams = hubspot.settings.users.list_teams().results

    assert 5 == len(owners) == len(users)
    ana = next(owner for owner in owners if owner.email == "ana@acme.example")
    assert str(ana.user_id) == users["ana@acme.example"].id != ana.id
    assert ana == hubspot.crm.owners.get(int(ana.id))
    assert ana == hubspot.crm.owners.get(ana.user_id or 0, id_property="userId")
    assert {"EMEA", "AMER"} == {team.name for team in teams}
    assert [] == hubspot.settings.users.list_roles().results
    assert users["sam@acme.example"] == hubspot.settings.users.get(
        "sam@acme.example", id_property="EMAIL"
    )


def test_deals_live_a_whole_life(hubspot: HubSpot):
    deals = hubspot.crm.objects.deals
    made = deals.create(properties=ROW, associations=[])
    deals.update(made.id, properties={"amount": "20"})

    assert "20" == deals.get(made.id, properties=["amount"]).properties["amount"]
    deals.delete(made.id)
    with pytest.raises(NotFoundError):
        deals.get(made.id)
    assert deals.get(made.id, archived=True).archived


def test_deals_are_listed_to_the_last_page(sandbox: HubSpotSandbox, hubspot: HubSpot):
    load_records(sandbox, "deals", [ROW | {"dealname": str(n)} for n in range(250)])

    names = [deal.properties["dealname"] for deal in hubspot.crm.objects.deals.list(limit=100)]

    assert [str(n) for n in range(250)] == names


def test_a_real_null_is_more_than_the_published_shape_allows(
    sandbox: HubSpotSandbox, hubspot: HubSpot
):
    """The vendor answers null for a property without a value; its own model forbids that."""
    load_records(sandbox, "deals", [{"dealname": "A"}])
    (number,) = [deal.id for deal in hubspot.crm.objects.deals.list(properties=["dealname"])]

    with pytest.raises(APIResponseValidationError):
        hubspot.crm.objects.deals.get(number, properties=["amount"])


def test_deals_are_searched(sandbox: HubSpotSandbox, hubspot: HubSpot):
    load_records(sandbox, "deals", [ROW | {"amount": str(n)} for n in range(30)])
    condition: Any = {"property_name": "amount", "operator": "GTE", "value": "10"}

    found = hubspot.crm.objects.deals.search(
        after="5",
        limit=10,
        properties=["amount"],
        sorts=["-amount"],
        filter_groups=[{"filters": [condition]}],
    )

    assert 20 == found.total
    assert [str(n) for n in range(24, 14, -1)] == [r.properties["amount"] for r in found.results]
    assert found.paging
    assert found.paging.next
    assert "15" == found.paging.next.after


def test_deals_in_batches(hubspot: HubSpot):
    batch = hubspot.crm.objects.deals.batch
    inputs: Any = [{"properties": ROW, "associations": []} for _ in range(3)]
    made = batch.create(inputs=inputs)
    ids: Any = [{"id": deal.id} for deal in made.results]

    batch.update(inputs=[{**each, "properties": {"amount": "1"}} for each in ids])
    read = batch.get(inputs=ids, properties=["amount"], properties_with_history=[])
    assert ["1"] * 3 == [deal.properties["amount"] for deal in read.results]
    batch.delete(inputs=ids)
    assert [] == list(hubspot.crm.objects.deals.list())


def test_deals_are_upserted(hubspot: HubSpot):
    hubspot.crm.properties.create(
        object_type="deals",
        name="ixia_key",
        label="Key",
        group_name="dealinformation",
        type="string",
        field_type="text",
        has_unique_value=True,
    )
    inputs: Any = [{"id": "k1", "id_property": "ixia_key", "properties": ROW}]

    rows = [hubspot.crm.objects.deals.batch.upsert(inputs=inputs).results[0] for _ in range(2)]

    assert [True, False] == [row.new for row in rows]
    assert rows[0].id == rows[1].id


def test_limits_have_the_published_shape(hubspot: HubSpot):
    limits = hubspot.crm.limits

    assert 3 == len(limits.get_pipeline_limits().hubspot_defined_object_types)
    assert 0 == limits.get_custom_property_limits().overall_usage
    assert 200 == limits.get_calculated_property_limits().overall_limit
    assert 10 == limits.get_custom_object_type_limits().limit
    assert 8 == len(limits.get_record_limits().hubspot_defined_object_types)
    assert [] == limits.get_association_label_limits().results


def test_the_account_has_the_published_shape(hubspot: HubSpot):
    hubspot.crm.pipelines.update("default", object_type="deals", label="X")
    account = hubspot.account

    assert (4242, "USD") == (account.get().portal_id, account.get().company_currency)
    (usage,) = account.get_daily_private_apps_usage().results
    assert 4 == usage.current_usage
    (event,) = list(account.activity.list_audit_logs())
    assert ("UPDATE", 10) == (event.action, event.acting_user.user_id)
    assert [] == list(account.activity.list_login_activities())
    assert [] == list(account.activity.list_security_activities())


def test_errors_arrive_as_the_sdk_classifies_them(hubspot: HubSpot):
    pipelines = hubspot.crm.pipelines
    with pytest.raises(NotFoundError):
        pipelines.get("nope", object_type="deals")
    with pytest.raises(BadRequestError):
        pipelines.update("default", object_type="deals", archived=True)
    with pytest.raises(ConflictError):
        pipelines.create(
            object_type="deals",
            label="Sales Pipeline",
            display_order=0,
            stages=[{"label": "A", "display_order": 0, "metadata": {"probability": "0.1"}}],
        )


def test_tokens_scopes_and_limits_arrive_as_the_sdk_classifies_them():
    tokens = {
        "none": Token(scopes=frozenset(), app="other"),
        "old": Token(expired=True),
        "sandbox-token": Token(),
    }
    sandbox = HubSpotSandbox(profile=replace(Profile(), tokens=tokens, ten_secondly=1))
    with serve(sandbox) as url:
        with client(url, "old") as hubspot, pytest.raises(AuthenticationError):
            hubspot.account.get()
        with client(url, "none") as hubspot, pytest.raises(PermissionDeniedError) as refused:
            hubspot.crm.owners.list()
        with client(url) as hubspot:
            hubspot.account.get()
            with pytest.raises(RateLimitError):
                hubspot.account.get()

    scopes = refused.value.body["errors"][0]["context"]["requiredGranularScopes"]  # type: ignore[index]  # the SDK types it as object
    assert ["crm.objects.owners.read"] == scopes


def without(name: str) -> Callable[[Any], None]:
    return lambda body: body["results"][0].pop(name)


def instead(name: str, value: Any) -> Callable[[Any], None]:
    return lambda body: body["results"][0].update({name: value})


@pytest.mark.parametrize(
    "spoil",
    [
        without("id"),
        without("stages"),
        without("updatedAt"),
        instead("archived", "perhaps"),
        instead("displayOrder", "first"),
        instead("createdAt", "yesterday"),
        lambda body: body["results"][0]["stages"][0].pop("writePermissions"),
        lambda body: body["results"][0]["stages"][0]["metadata"].update(probability=None),
        lambda body: body.pop("results"),
    ],
)
def test_a_wrong_shape_would_be_noticed(sandbox: HubSpotSandbox, spoil: Callable[[Any], None]):
    def intercept(request: Request, answer: Callable[[], Response]) -> Response:
        response = answer()
        spoil(response.json)
        return Response(response.status, response.json, {"content-type": "application/json"})

    with (
        serve(sandbox, intercept=intercept) as url,
        client(url) as hubspot,
        pytest.raises(APIResponseValidationError),
    ):
        hubspot.crm.pipelines.list(object_type="deals")
