"""Records: values in their normal form, stages, unique values, required properties, pages."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_connectors.hubspot.sandbox import Profile, Tier, deactivate, load_records, require
from tests.connectors.hubspot.sandbox.account import (
    DEALS,
    PROPERTIES,
    RECORDS,
    Account,
    stage,
)

INVALID = (400, "VALIDATION_ERROR")
ABSENT = (404, "OBJECT_NOT_FOUND")
CONTACTS = "/crm/objects/2026-09/contacts"


def problems(
    account: Account, properties: dict[str, Any], path: str = RECORDS
) -> set[tuple[str, str]]:
    """The name and error of each value that a create refuses."""
    response = account.ask("POST", path, {"properties": properties})
    assert 400 == response.status, response.json
    text = response.json["message"].partition("not valid: ")[2]
    return {(problem["name"], problem["error"]) for problem in json.loads(text)}


def test_a_deal_reads_back(account: Account):
    account.pipeline("one:0.3")
    number = account.deal("one", amount="1200.50", closedate="2026-12-01")

    found = account.get(f"{RECORDS}/{number}", properties="amount,closedate,hs_is_closed,dealname")

    expected = {
        "amount": "1200.50",
        "closedate": "2026-12-01T00:00:00.000Z",
        "hs_is_closed": "false",
        "dealname": "A",
        "hs_object_id": number,
    }
    assert expected == {key: found["properties"][key] for key in expected}
    assert not found["archived"]


def test_a_property_without_a_value_is_null_as_in_real_answers(account: Account):
    number = account.sure("POST", RECORDS, {"properties": {"dealname": "A"}})["id"]

    found = account.get(f"{RECORDS}/{number}", properties="amount,dealname,no_such")

    assert {"amount": None, "dealname": "A"}.items() <= found["properties"].items()
    assert "no_such" not in found["properties"]


def test_every_bad_value_is_named_at_once(account: Account):
    bad = {
        "nope": "1",
        "amount": "much",
        "closedate": "soon",
        "dealtype": "gift",
        "hubspot_owner_id": "10",  # a user id
        "hs_is_closed": "true",
    }

    assert {
        ("nope", "PROPERTY_DOESNT_EXIST"),
        ("amount", "INVALID_DOUBLE"),
        ("closedate", "INVALID_DATE"),
        ("dealtype", "INVALID_OPTION"),
        ("hubspot_owner_id", "INVALID_OWNER_ID"),
        ("hs_is_closed", "READ_ONLY_VALUE"),
    } == problems(account, bad)


def test_an_owner_who_left_cannot_be_given_work(account: Account):
    account.sure("POST", RECORDS, {"properties": {"hubspot_owner_id": "70"}})
    deactivate(account.sandbox, "admin@acme.example")

    expected = {("hubspot_owner_id", "INVALID_OWNER_ID")}
    assert expected == problems(account, {"hubspot_owner_id": "70"})


@pytest.mark.parametrize(
    ("kind", "field", "given_", "kept"),
    [
        ("number", "number", " 1.10 ", "1.10"),
        ("date", "date", "1795996800000", "2026-11-30"),
        ("datetime", "date", "2026-11-30", "2026-11-30T00:00:00.000Z"),
        ("datetime", "date", "2026-11-30T10:00:00+02:00", "2026-11-30T08:00:00.000Z"),
        ("bool", "booleancheckbox", "TRUE", "true"),
        ("string", "text", " spaced ", " spaced "),
        ("number", "number", 7, "7"),
        ("bool", "booleancheckbox", True, "true"),
    ],
)
def test_values_have_a_normal_form(account: Account, kind: str, field: str, given_: Any, kept: str):
    body = {"name": "x", "label": "X", "groupName": "dealinformation"}
    account.sure("POST", PROPERTIES, body | {"type": kind, "fieldType": field})

    created = account.sure("POST", RECORDS, {"properties": {"x": given_}})

    assert kept == created["properties"]["x"]


def test_check_boxes_hold_several_values(account: Account):
    options = [{"label": value, "value": value} for value in "abc"]
    body = {"name": "x", "label": "X", "groupName": "dealinformation", "type": "enumeration"}
    account.sure("POST", PROPERTIES, body | {"fieldType": "checkbox", "options": options})

    account.sure("POST", RECORDS, {"properties": {"x": "a;c"}})
    assert {("x", "INVALID_OPTION")} == problems(account, {"x": "a;d"})


def test_an_empty_value_clears(account: Account):
    number = account.sure("POST", RECORDS, {"properties": {"amount": "1"}})["id"]

    account.sure("PATCH", f"{RECORDS}/{number}", {"properties": {"amount": ""}})

    assert account.get(f"{RECORDS}/{number}")["properties"]["amount"] is None


def test_a_stage_must_be_one_of_the_pipeline(account: Account):
    account.pipeline("one")
    deal = {"pipeline": "new", "dealstage": "closedwon"}

    assert {("dealstage", "INVALID_OPTION")} == problems(account, deal)
    assert {("dealstage", "INVALID_OPTION")} == problems(account, {"dealstage": "one"})
    created = account.sure("POST", RECORDS, {"properties": {"dealstage": "closedwon"}})
    assert "default" == created["properties"]["pipeline"]


def test_a_deal_knows_whether_its_stage_is_closed(account: Account):
    path = account.pipeline("one:0.3", "won:1.0")
    number = account.deal("won")
    names = "hs_is_closed,hs_is_closed_won,hs_deal_stage_probability"

    def derived() -> list[str]:
        found = account.get(f"{RECORDS}/{number}", properties=names)["properties"]
        return [found[name] for name in names.split(",")]

    assert ["true", "true", "1.0"] == derived()
    account.sure("PATCH", f"{path}/stages/won", {"metadata": {"probability": "0.9"}})
    assert ["false", "false", "0.9"] == derived()
    account.sure("PATCH", f"{RECORDS}/{number}", {"properties": {"dealstage": "one"}})
    assert ["false", "false", "0.3"] == derived()


def test_delete_archives_and_is_repeatable(account: Account):
    number = account.sure("POST", RECORDS, {"properties": {"dealname": "A"}})["id"]

    for _ in range(2):
        assert 204 == account.ask("DELETE", f"{RECORDS}/{number}").status
    assert ABSENT == account.refused("GET", f"{RECORDS}/{number}")
    assert ABSENT == account.refused("PATCH", f"{RECORDS}/{number}", {"properties": {}})
    assert account.get(f"{RECORDS}/{number}", archived="true")["archived"]
    assert [] == account.get(RECORDS)["results"]
    assert 1 == len(account.get(RECORDS, archived="true")["results"])


@given(number=st.integers(0, 25), limit=st.integers(1, 12))
def test_pages_hold_every_record_once(number: int, limit: int):
    account = Account()
    load_records(account.sandbox, "deals", [{"dealname": str(n)} for n in range(number)])
    names: list[str] = []
    query = {"limit": str(limit)}
    while True:
        page = account.get(RECORDS, **query)
        assert len(page["results"]) <= limit
        assert page["results"] or number == 0
        names += [deal["properties"]["dealname"] for deal in page["results"]]
        if "paging" not in page:
            break
        query["after"] = page["paging"]["next"]["after"]

    assert [str(n) for n in range(number)] == names


@pytest.mark.parametrize(
    "query", [{"limit": "101"}, {"limit": "0"}, {"limit": "x"}, {"after": "x"}]
)
def test_odd_pages_are_refused(account: Account, query: dict[str, str]):
    assert INVALID == account.refused("GET", RECORDS, **query)


def test_a_unique_value_is_found_and_taken(account: Account):
    number = account.sure("POST", CONTACTS, {"properties": {"email": "A@b.example"}})["id"]

    found = account.get(f"{CONTACTS}/a@b.example", idProperty="email")

    assert number == found["id"]
    twin = account.ask("POST", CONTACTS, {"properties": {"email": "a@B.example"}})
    assert (409, "CONFLICT") == (twin.status, twin.json["category"])
    assert f"Contact already exists. Existing ID: {number}" == twin.json["message"]
    other = account.sure("POST", CONTACTS, {"properties": {"email": "c@b.example"}})["id"]
    patch = {"properties": {"email": "a@b.example"}}
    assert (409, "CONFLICT") == account.refused("PATCH", f"{CONTACTS}/{other}", patch)
    account.sure("PATCH", f"{CONTACTS}/{number}", patch)


def test_only_a_unique_property_can_name_a_record(account: Account):
    assert INVALID == account.refused("GET", f"{CONTACTS}/x", idProperty="firstname")


@pytest.mark.parametrize(("version", "status"), [("2026-09", 400), ("2026-03", 201), ("v3", 201)])
def test_required_properties_bind_in_the_current_version(
    account: Account, version: str, status: int
):
    require(account.sandbox, "deals", "default", "closedwon", "closedate", "amount")
    path = "/crm/v3/objects/deals" if version == "v3" else f"/crm/objects/{version}/deals"
    deal = {"properties": {"dealname": "A", "dealstage": "closedwon", "amount": "1"}}

    response = account.ask("POST", path, deal)

    assert status == response.status
    if status == 400:
        assert "required properties were missing: [closedate]" in response.json["message"]
    deal["properties"]["closedate"] = "2026-12-01"
    assert 201 == account.ask("POST", path, deal).status


def test_a_put_of_the_pipeline_loses_required_properties(account: Account):
    require(account.sandbox, "deals", "default", "closedwon", "closedate")
    body = {"label": "Sales Pipeline", "displayOrder": 0, "stages": [stage("closedwon", "1.0")]}
    deal = {"properties": {"dealname": "A", "dealstage": "closedwon"}}
    assert INVALID == account.refused("POST", RECORDS, deal)

    account.sure("PUT", f"{DEALS}/default", body)

    account.sure("POST", RECORDS, deal)


def test_a_lead_needs_a_name_and_a_contact(account: Account):
    path = "/crm/objects/2026-09/leads"
    contact = account.sure("POST", CONTACTS, {"properties": {"email": "a@b.example"}})["id"]
    types = [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 578}]
    links = [{"to": {"id": contact}, "types": types}]
    name = {"hs_lead_name": "L"}

    assert INVALID == account.refused("POST", path, {"properties": name})
    assert INVALID == account.refused("POST", path, {"properties": {}, "associations": links})
    number = account.sure("POST", path, {"properties": name, "associations": links})["id"]
    linked = account.get(f"{path}/{number}", associations="contacts")["associations"]
    assert [contact] == [found["id"] for found in linked["contacts"]["results"]]
    poor = Account(replace(Profile(), tier=Tier.STARTER))
    assert (403, "FORBIDDEN") == poor.refused("POST", path, {"properties": name})


def test_records_are_associated_and_parted(account: Account):
    deal = account.sure("POST", RECORDS, {"properties": {"dealname": "A"}})["id"]
    contact = account.sure("POST", CONTACTS, {"properties": {"email": "a@b.example"}})["id"]
    path = f"{RECORDS}/{deal}/associations"

    account.sure("PUT", f"{path}/default/contacts/{contact}")

    assert [int(contact)] == [a["toObjectId"] for a in account.get(f"{path}/contacts")["results"]]
    back = account.get(f"{CONTACTS}/{contact}/associations/deals")["results"]
    assert [int(deal)] == [a["toObjectId"] for a in back]
    account.sure("DELETE", f"{path}/contacts/{contact}")
    assert [] == account.get(f"{path}/contacts")["results"]
    assert ABSENT == account.refused("PUT", f"{path}/default/contacts/1")
    types = account.get("/crm/associations/2026-09/deals/contacts/labels")["results"]
    assert [3] == [found["typeId"] for found in types]
