"""Pipelines: ids, labels, order, archive and restore, and who changed them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_connectors.hubspot.sandbox import Profile, Tier
from tests.connectors.hubspot.sandbox.account import DEALS, GENEROUS, Account, stage

CONFLICT = (409, "CONFLICT")
INVALID = (400, "VALIDATION_ERROR")
ABSENT = (404, "OBJECT_NOT_FOUND")


def wanted(label: str = "New business", **more: object) -> dict[str, object]:
    return {"label": label, "displayOrder": 0, "stages": [stage("one")], **more}


def test_a_new_account_has_the_default_pipelines(account: Account):
    assert ["Sales Pipeline"] == account.labels(DEALS)
    assert 7 == len(account.get(f"{DEALS}/default")["stages"])
    assert "1970-01-01T00:00:00.000Z" == account.get(f"{DEALS}/default")["createdAt"]
    assert ["0"] == [p["id"] for p in account.get("/crm/v3/pipelines/tickets")["results"]]
    assert 1 == len(account.get("/crm/pipelines/2026-03/leads")["results"])


@pytest.mark.parametrize("name", ["deals", "deal", "0-3", "DEALS"])
def test_an_object_type_is_known_by_its_names_and_its_id(account: Account, name: str):
    assert ["Sales Pipeline"] == account.labels(f"/crm/pipelines/2026-09/{name}")


@pytest.mark.parametrize("name", ["nonsense", "contacts"])
def test_other_object_types_have_no_pipelines(account: Account, name: str):
    assert INVALID == account.refused("GET", f"/crm/pipelines/2026-09/{name}")


@pytest.mark.parametrize(
    "prefix", ["/crm/pipelines/2026-09", "/crm/pipelines/2026-03", "/crm/v3/pipelines"]
)
@pytest.mark.parametrize("slash", ["", "/"])
def test_every_version_reaches_the_same_pipelines(account: Account, prefix: str, slash: str):
    created = account.sure("POST", f"{prefix}/deals{slash}", wanted(pipelineId="new"))

    assert created == account.get(f"/crm/pipelines/2026-09/deals/new{slash}")


def test_the_caller_may_choose_ids(account: Account):
    created = account.sure("POST", DEALS, wanted(pipelineId="ixia_new"))

    assert "ixia_new" == created["id"]
    assert ["one"] == [found["id"] for found in created["stages"]]


def test_ids_that_nobody_chose_are_numbers(account: Account):
    body = wanted()
    body["stages"] = [{"label": "A", "displayOrder": 0, "metadata": {"probability": "0.5"}}]

    created = account.sure("POST", DEALS, body)

    assert created["id"].isdigit()
    assert created["stages"][0]["id"].isdigit()
    assert created["id"] != created["stages"][0]["id"]


@pytest.mark.parametrize("bad", ["Ixia", "a b", "é", ""])
def test_chosen_ids_are_lower_case(account: Account, bad: str):
    assert INVALID == account.refused("POST", DEALS, wanted(pipelineId=bad))


@pytest.mark.parametrize("missing", ["label", "displayOrder", "stages"])
def test_label_order_and_stages_are_required(account: Account, missing: str):
    body = wanted()
    del body[missing]

    assert INVALID == account.refused("POST", DEALS, body)


@pytest.mark.parametrize("spoilt", [{"stages": []}, {"displayOrder": "1"}, {"displayOrder": -2}])
def test_a_pipeline_needs_a_stage_and_an_order(account: Account, spoilt: dict[str, object]):
    assert INVALID == account.refused("POST", DEALS, wanted() | spoilt)


def test_a_label_is_taken_once_per_object_type(account: Account):
    assert CONFLICT == account.refused("POST", DEALS, wanted("Sales Pipeline"))
    ticket = {"label": "N", "displayOrder": 0, "metadata": {"ticketState": "OPEN"}}
    account.sure(
        "POST", "/crm/pipelines/2026-09/tickets", wanted("Sales Pipeline", stages=[ticket])
    )


def test_a_refused_create_leaves_nothing_behind(account: Account):
    twice = wanted(pipelineId="new", stages=[stage("one"), stage("one")])

    assert CONFLICT == account.refused("POST", DEALS, twice)
    assert ABSENT == account.refused("GET", f"{DEALS}/new")
    account.sure("POST", DEALS, wanted(pipelineId="new"))


def test_archived_twins_keep_label_and_id_taken(account: Account):
    path = account.pipeline("one")
    account.sure("DELETE", path)

    assert CONFLICT == account.refused("POST", DEALS, wanted("New business"))
    assert CONFLICT == account.refused("POST", DEALS, wanted("Other", pipelineId="new"))
    assert "archived" in account.ask("POST", DEALS, wanted("New business")).json["message"]


def test_delete_archives_and_patch_restores(account: Account):
    path = account.pipeline("one", "two:0.4")
    before = account.get(path)
    account.sure("DELETE", path)

    assert ["Sales Pipeline"] == account.labels(DEALS)
    assert ["New business"] == account.labels(DEALS, archived="true")
    assert ABSENT == account.refused("GET", path)
    assert account.get(path, archived="true")["archivedAt"]
    assert ABSENT == account.refused("PATCH", path, {"label": "X"})
    assert ABSENT == account.refused("DELETE", path)
    restored = account.sure("PATCH", path, {"archived": False})
    assert before["stages"] == restored["stages"]
    assert before == {**restored, "updatedAt": before["updatedAt"]}


@pytest.mark.parametrize("archived", [True, False, "false"])
def test_archived_is_refused_in_any_other_patch(account: Account, archived: object):
    path = account.pipeline("one")

    assert INVALID == account.refused("PATCH", path, {"archived": archived})


def test_patch_changes_what_it_names_only(account: Account):
    path = account.pipeline("one")
    before = account.get(path)
    account.now += 60

    after = account.sure("PATCH", path, {"label": "Renewals"})

    assert "Renewals" == after["label"]
    assert before["updatedAt"] < after["updatedAt"]
    rest = {"label": before["label"], "updatedAt": before["updatedAt"]}
    assert before == {**after, **rest}


def test_patch_cannot_take_another_pipelines_label(account: Account):
    path = account.pipeline("one")

    assert CONFLICT == account.refused("PATCH", path, {"label": "Sales Pipeline"})
    twin = account.pipeline("two", name="twin", label="Twin")
    account.sure("DELETE", twin)
    assert CONFLICT == account.refused("PATCH", path, {"label": "Twin"})


def test_put_drops_the_stages_that_it_does_not_name(account: Account):
    path = account.pipeline("one", "two:0.4")
    body = {"label": "New business", "displayOrder": 3, "stages": [stage("two", "0.6")]}

    replaced = account.sure("PUT", path, body)

    assert ["two"] == [found["id"] for found in replaced["stages"]]
    assert "0.6" == replaced["stages"][0]["metadata"]["probability"]
    assert ["One"] == account.labels(f"{path}/stages", archived="true")


def test_the_last_pipeline_stays(account: Account):
    assert INVALID == account.refused("DELETE", f"{DEALS}/default")


@given(orders=st.lists(st.integers(0, 3), min_size=1, max_size=6))
def test_pipelines_are_sorted_by_order_then_label(orders: list[int]):
    account = Account()
    for number, order in enumerate(orders):
        body = wanted(f"P{number}", stages=[stage(f"s{number}")])
        account.sure("POST", DEALS, body | {"displayOrder": order})

    expected = sorted([(0, "Sales Pipeline"), *((o, f"P{n}") for n, o in enumerate(orders))])
    assert [label for _, label in expected] == account.labels(DEALS)


def test_minus_one_appends(account: Account):
    account.sure("POST", DEALS, wanted("B") | {"displayOrder": 7})
    account.sure("POST", DEALS, wanted("A", stages=[stage("two")]) | {"displayOrder": -1})

    assert ["Sales Pipeline", "B", "A"] == account.labels(DEALS)


def test_the_audit_trail_is_newest_first_and_names_the_user(account: Account):
    path = account.pipeline("one")
    account.user = "admin@acme.example"
    account.sure("PATCH", path, {"label": "Renewals"})
    account.user = None
    account.sure("DELETE", path)

    trail = account.get(f"{path}/audit")["results"]

    assert ["DELETE", "UPDATE", "CREATE"] == [line["action"] for line in trail]
    assert {10} == {line["fromUserId"] for line in trail}
    assert {"new"} == {line["identifier"] for line in trail}
    assert "Renewals" == trail[1]["rawObject"]["label"]


def test_a_free_account_has_one_pipeline():
    account = Account(replace(GENEROUS, tier=Tier.FREE))

    assert (403, "FORBIDDEN") == account.refused("POST", DEALS, wanted())


def test_lead_pipelines_need_professional():
    body = {
        "label": "L",
        "displayOrder": 0,
        "stages": [{"label": "A", "displayOrder": 0, "metadata": {}}],
    }
    path = "/crm/pipelines/2026-09/leads"

    assert (403, "FORBIDDEN") == Account(Profile(tier=Tier.STARTER)).refused("POST", path, body)
    assert (
        "A"
        == Account(Profile(tier=Tier.PROFESSIONAL)).sure("POST", path, body)["stages"][0]["label"]
    )


def test_an_account_has_a_number_of_pipelines():
    account = Account(replace(GENEROUS, pipelines_per_object=2))
    account.pipeline("one")

    assert INVALID == account.refused("POST", DEALS, wanted("Third", stages=[stage("two")]))
