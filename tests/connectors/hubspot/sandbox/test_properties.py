"""Properties and groups: what may be declared, what is immutable, archived twins."""

from typing import Any

import pytest

from ixia_connectors.hubspot.sandbox.definitions import FIELD_TYPES
from tests.connectors.hubspot.sandbox.account import PROPERTIES, RECORDS, Account

CONFLICT = (409, "CONFLICT")
INVALID = (400, "VALIDATION_ERROR")
ABSENT = (404, "OBJECT_NOT_FOUND")


def wanted(name: str = "ixia_discount", **more: object) -> dict[str, Any]:
    body = {
        "name": name,
        "label": "Discount %",
        "groupName": "dealinformation",
        "type": "number",
        "fieldType": "number",
    }
    return body | more


def choice(*values: str) -> dict[str, Any]:
    options = [{"label": value.upper(), "value": value} for value in values]
    return wanted("ixia_choice", type="enumeration", fieldType="select", options=options)


def values(account: Account, name: str = "ixia_choice") -> list[str]:
    return [option["value"] for option in account.get(f"{PROPERTIES}/{name}")["options"]]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("deals", {"dealname", "amount", "closedate", "dealstage", "pipeline", "hubspot_owner_id"}),
        ("tickets", {"subject", "hs_pipeline", "hs_pipeline_stage"}),
        ("leads", {"hs_lead_name", "hs_pipeline", "hs_pipeline_stage"}),
        ("contacts", {"email", "firstname", "lifecyclestage"}),
        ("companies", {"name", "domain"}),
    ],
)
def test_standard_properties_are_there(account: Account, kind: str, names: set[str]):
    found = {p["name"]: p for p in account.get(f"/crm/properties/2026-09/{kind}")["results"]}

    assert names <= set(found)
    assert all(found[name]["hubspotDefined"] for name in names)


def test_a_property_reads_back(account: Account):
    created = account.sure("POST", PROPERTIES, wanted())

    assert created == account.get(f"{PROPERTIES}/ixia_discount")
    assert created in account.get(PROPERTIES)["results"]
    assert wanted() == {key: created[key] for key in wanted()}
    assert created["modificationMetadata"]["archivable"]
    assert not created["hubspotDefined"]


@pytest.mark.parametrize("missing", ["name", "label", "groupName", "type", "fieldType"])
def test_five_fields_are_required(account: Account, missing: str):
    body = wanted()
    del body[missing]

    assert INVALID == account.refused("POST", PROPERTIES, body)


@pytest.mark.parametrize("name", ["Upper", "1st", "a-b", "hs_own", "a b", "x" * 101])
def test_names_are_lower_case_words(account: Account, name: str):
    assert INVALID == account.refused("POST", PROPERTIES, wanted(name))


def test_type_and_field_type_must_go_together(account: Account):
    fields = set().union(*FIELD_TYPES.values()) - {"calculation_equation"}
    options = {"enumeration": [{"label": "A", "value": "a"}]}
    allowed = {
        (kind, field)
        for kind in FIELD_TYPES
        for field in fields
        if account.ask(
            "POST",
            PROPERTIES,
            wanted(f"p_{kind}_{field}", type=kind, fieldType=field, options=options.get(kind, [])),
        ).status
        == 201
    }

    assert {(k, f) for k, fs in FIELD_TYPES.items() for f in fs & fields} == allowed
    assert INVALID == account.refused("POST", PROPERTIES, wanted(type="money"))


def test_an_enumeration_needs_options_unless_they_are_elsewhere(account: Account):
    owner = {"externalOptions": True, "referencedObjectType": "OWNER"}
    body = choice("a") | {"options": []}

    assert INVALID == account.refused("POST", PROPERTIES, body)
    assert "OWNER" == account.sure("POST", PROPERTIES, body | owner)["referencedObjectType"]


def test_options_are_unique(account: Account):
    twins = [{"label": "A", "value": "a"}, {"label": "B", "value": "a"}]

    assert INVALID == account.refused("POST", PROPERTIES, choice("a", "a"))
    assert INVALID == account.refused("POST", PROPERTIES, choice() | {"options": twins})


def test_a_number_has_no_options_and_a_date_is_not_unique(account: Account):
    assert INVALID == account.refused(
        "POST", PROPERTIES, wanted(options=[{"label": "A", "value": "a"}])
    )
    date = wanted(type="date", fieldType="date", hasUniqueValue=True)
    assert INVALID == account.refused("POST", PROPERTIES, date)


def test_a_yes_no_has_its_options_by_itself(account: Account):
    account.sure("POST", PROPERTIES, wanted("ixia_flag", type="bool", fieldType="booleancheckbox"))

    assert ["true", "false"] == values(account, "ixia_flag")


def test_patched_options_replace_all_of_them(account: Account):
    account.sure("POST", PROPERTIES, choice("a", "b"))
    path = f"{PROPERTIES}/ixia_choice"

    account.sure("PATCH", path, {"options": [{"label": "C", "value": "c"}]})

    assert ["c"] == values(account)


def test_a_record_keeps_an_orphan_value(account: Account):
    account.sure("POST", PROPERTIES, choice("a", "b"))
    number = account.sure("POST", RECORDS, {"properties": {"dealname": "A", "ixia_choice": "a"}})[
        "id"
    ]
    account.sure("PATCH", f"{PROPERTIES}/ixia_choice", {"options": [{"label": "B", "value": "b"}]})

    found = account.get(f"{RECORDS}/{number}", properties="ixia_choice")

    assert "a" == found["properties"]["ixia_choice"]


@pytest.mark.parametrize(
    "change",
    [
        {"name": "other"},
        {"hasUniqueValue": True},
        {"dataSensitivity": "sensitive"},
        {"externalOptions": True},
        {"referencedObjectType": "OWNER"},
    ],
)
def test_some_fields_are_immutable(account: Account, change: dict[str, Any]):
    account.sure("POST", PROPERTIES, wanted())

    assert INVALID == account.refused("PATCH", f"{PROPERTIES}/ixia_discount", change)


def test_other_fields_change(account: Account):
    account.sure("POST", PROPERTIES, wanted())
    change = {"label": "Discount", "description": "In percent", "hidden": True, "displayOrder": 3}

    changed = account.sure("PATCH", f"{PROPERTIES}/ixia_discount", change)

    assert change == {key: changed[key] for key in change}
    text = {"type": "string", "fieldType": "text"}
    assert "text" == account.sure("PATCH", f"{PROPERTIES}/ixia_discount", text)["fieldType"]


def test_what_the_vendor_defined_keeps_its_definition(account: Account):
    assert INVALID == account.refused("PATCH", f"{PROPERTIES}/amount", {"label": "Worth"})
    assert INVALID == account.refused("DELETE", f"{PROPERTIES}/amount")
    options = {"options": [{"label": "Renewal", "value": "renewal"}]}
    account.sure("PATCH", f"{PROPERTIES}/dealtype", options)
    assert ["renewal"] == values(account, "dealtype")
    assert INVALID == account.refused("PATCH", f"{PROPERTIES}/dealstage", options)


def test_a_name_is_taken_once(account: Account):
    account.sure("POST", PROPERTIES, wanted())

    assert CONFLICT == account.refused("POST", PROPERTIES, wanted())


def test_an_archived_name_may_be_used_again_and_leaves_a_twin(account: Account):
    account.sure("POST", PROPERTIES, wanted(label="Old"))
    account.sure("DELETE", f"{PROPERTIES}/ixia_discount")

    assert ABSENT == account.refused("GET", f"{PROPERTIES}/ixia_discount")
    account.sure("POST", PROPERTIES, wanted(label="New"))
    assert "New" == account.get(f"{PROPERTIES}/ixia_discount")["label"]
    assert "Old" == account.get(f"{PROPERTIES}/ixia_discount", archived="true")["label"]
    assert ["Old"] == account.labels(PROPERTIES, archived="true")


def test_of_several_archived_twins_the_last_one_is_read(account: Account):
    for label in ("First", "Second"):
        account.sure("POST", PROPERTIES, wanted(label=label))
        account.sure("DELETE", f"{PROPERTIES}/ixia_discount")

    assert "Second" == account.get(f"{PROPERTIES}/ixia_discount", archived="true")["label"]


def test_values_of_an_archived_property_are_refused(account: Account):
    account.sure("POST", PROPERTIES, wanted())
    account.sure("DELETE", f"{PROPERTIES}/ixia_discount")

    assert INVALID == account.refused("POST", RECORDS, {"properties": {"ixia_discount": "1"}})


def test_lists_show_what_is_not_sensitive(account: Account):
    account.sure("POST", PROPERTIES, wanted(dataSensitivity="sensitive"))

    assert "Discount %" not in account.labels(PROPERTIES)
    assert ["Discount %"] == account.labels(PROPERTIES, dataSensitivity="sensitive")


def test_batches_create_read_and_archive(account: Account):
    inputs = {"inputs": [wanted("ixia_a"), wanted("ixia_b")]}
    created = account.ask("POST", f"{PROPERTIES}/batch/create", inputs)
    assert 201 == created.status

    names = {"inputs": [{"name": "ixia_a"}, {"name": "ixia_c"}]}
    read = account.ask("POST", f"{PROPERTIES}/batch/read", names | {"archived": False})

    assert 207 == read.status
    assert ["ixia_a"] == [found["name"] for found in read.json["results"]]
    assert 1 == read.json["numErrors"]
    for _ in range(2):
        assert 204 == account.ask("POST", f"{PROPERTIES}/batch/archive", names).status
    again = account.ask("POST", f"{PROPERTIES}/batch/create", inputs)
    assert (207, ["ixia_a"]) == (again.status, [p["name"] for p in again.json["results"]])


def test_groups_are_created_changed_and_deleted(account: Account):
    path = f"{PROPERTIES}/groups"
    account.sure("POST", path, {"name": "ixia", "label": "Ixia", "displayOrder": -1})

    assert CONFLICT == account.refused("POST", path, {"name": "ixia", "label": "Other"})
    assert "New" == account.sure("PATCH", f"{path}/ixia", {"label": "New"})["label"]
    assert "ixia" in [group["name"] for group in account.get(path)["results"]]
    assert 204 == account.ask("DELETE", f"{path}/ixia").status
    assert ABSENT == account.refused("GET", f"{path}/ixia")


def test_a_group_in_use_is_not_deleted(account: Account):
    account.sure("POST", f"{PROPERTIES}/groups", {"name": "ixia", "label": "Ixia"})
    account.sure("POST", PROPERTIES, wanted(groupName="ixia"))

    assert INVALID == account.refused("DELETE", f"{PROPERTIES}/groups/ixia")


def test_a_property_needs_a_group_that_exists(account: Account):
    assert INVALID == account.refused("POST", PROPERTIES, wanted(groupName="nope"))
    account.sure("POST", PROPERTIES, wanted())
    change = {"groupName": "nope"}
    assert INVALID == account.refused("PATCH", f"{PROPERTIES}/ixia_discount", change)
