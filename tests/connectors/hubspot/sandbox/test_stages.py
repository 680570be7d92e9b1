"""Stages: metadata in its normal form, labels, ids, archive and restore."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.connectors.hubspot.sandbox.account import DEALS, Account, stage

CONFLICT = (409, "CONFLICT")
INVALID = (400, "VALIDATION_ERROR")
ABSENT = (404, "OBJECT_NOT_FOUND")


@given(tenths=st.integers(0, 10), zeros=st.integers(0, 3))
def test_a_probability_reads_back_in_its_normal_form(tenths: int, zeros: int):
    account = Account()
    path = account.pipeline("one")
    text = str(Decimal(tenths) / 10) + ("." if tenths in (0, 10) else "") + "0" * zeros

    made = account.sure("POST", f"{path}/stages", stage("two", text))

    assert f"{Decimal(tenths) / 10:.1f}" == made["metadata"]["probability"]
    assert str(tenths in (0, 10)).lower() == made["metadata"]["isClosed"]


@pytest.mark.parametrize("bad", ["0.25", "1.1", "-0.1", "twenty", "NaN", "Infinity", "20%", ""])
def test_other_probabilities_are_refused(account: Account, bad: str):
    path = account.pipeline("one")

    assert INVALID == account.refused("POST", f"{path}/stages", stage("two", bad))


def test_a_deal_stage_needs_a_probability(account: Account):
    path = account.pipeline("one")

    assert INVALID == account.refused("POST", f"{path}/stages", stage("two") | {"metadata": {}})


def test_a_probability_may_be_sent_as_a_number(account: Account):
    path = account.pipeline("one")
    made = account.sure("POST", f"{path}/stages", stage("two") | {"metadata": {"probability": 0.3}})

    assert "0.3" == made["metadata"]["probability"]


def test_is_closed_cannot_be_written(account: Account):
    path = account.pipeline("one")
    metadata = {"probability": "0.3", "isClosed": "true"}

    made = account.sure("PATCH", f"{path}/stages/one", {"metadata": metadata})

    assert "false" == made["metadata"]["isClosed"]


def test_unknown_metadata_comes_back(account: Account):
    path = account.pipeline("one")
    metadata = {"probability": "0.3", "colour": "red"}

    made = account.sure("PATCH", f"{path}/stages/one", {"metadata": metadata})

    assert metadata == {key: made["metadata"][key] for key in metadata}


def test_metadata_is_replaced_as_a_whole(account: Account):
    path = account.pipeline("one")
    account.sure("PATCH", f"{path}/stages/one", {"metadata": {"probability": "0.3", "a": "1"}})

    made = account.sure("PATCH", f"{path}/stages/one", {"metadata": {"probability": "0.3"}})

    assert "a" not in made["metadata"]


@pytest.mark.parametrize(("state", "closed"), [("OPEN", "false"), ("CLOSED", "true")])
def test_a_ticket_stage_is_open_or_closed(account: Account, state: str, closed: str):
    path = "/crm/pipelines/2026-09/tickets/0/stages"
    body = {"label": "X", "displayOrder": 9, "metadata": {"ticketState": state}}

    assert closed == account.sure("POST", path, body)["metadata"]["isClosed"]
    assert INVALID == account.refused("POST", path, body | {"metadata": {"ticketState": "HALF"}})


def test_patch_needs_metadata(account: Account):
    path = account.pipeline("one")

    assert INVALID == account.refused("PATCH", f"{path}/stages/one", {"label": "X"})


def test_patch_changes_what_it_names_only(account: Account):
    path = account.pipeline("one")
    before = account.get(f"{path}/stages/one")

    after = account.sure(
        "PATCH", f"{path}/stages/one", {"label": "X", "metadata": before["metadata"]}
    )

    assert before | {"label": "X"} == after
    assert "CRM_PERMISSIONS_ENFORCEMENT" == after["writePermissions"]


def test_a_label_is_taken_once_per_pipeline(account: Account):
    path = account.pipeline("one", "two")
    account.pipeline("three", name="other", label="Other")

    assert CONFLICT == account.refused("POST", f"{path}/stages", stage("four") | {"label": "One"})
    rename = {"label": "Two", "metadata": {"probability": "0.2"}}
    assert CONFLICT == account.refused("PATCH", f"{path}/stages/one", rename)
    account.sure("POST", f"{DEALS}/other/stages", stage("four") | {"label": "One"})


def test_an_id_is_taken_once_per_object_type(account: Account):
    account.pipeline("one")
    other = account.pipeline("two", name="other", label="Other")

    assert CONFLICT == account.refused("POST", f"{other}/stages", stage("one"))
    assert INVALID == account.refused("POST", f"{other}/stages", stage("Upper"))


def test_delete_archives_and_patch_restores(account: Account):
    path = account.pipeline("one", "two")
    account.sure("DELETE", f"{path}/stages/one")

    assert ["Two"] == account.labels(f"{path}/stages")
    assert ["One"] == account.labels(f"{path}/stages", archived="true")
    assert ABSENT == account.refused("GET", f"{path}/stages/one")
    assert ABSENT == account.refused("DELETE", f"{path}/stages/one")
    assert account.get(f"{path}/stages/one", archived="true")["archived"]
    assert CONFLICT == account.refused("POST", f"{path}/stages", stage("one"))
    assert CONFLICT == account.refused("POST", f"{path}/stages", stage("x") | {"label": "One"})
    patch = {"metadata": {"probability": "0.2"}}
    assert ABSENT == account.refused("PATCH", f"{path}/stages/one", patch)
    assert not account.sure("PATCH", f"{path}/stages/one", patch | {"archived": False})["archived"]
    assert INVALID == account.refused("PATCH", f"{path}/stages/one", patch | {"archived": True})
    assert INVALID == account.refused("PATCH", f"{path}/stages/one", patch | {"archived": False})


def test_put_needs_everything(account: Account):
    path = account.pipeline("one")
    body = {"label": "X", "displayOrder": 4, "metadata": {"probability": "0.9"}}

    assert "0.9" == account.sure("PUT", f"{path}/stages/one", body)["metadata"]["probability"]
    for missing in body:
        rest = {key: value for key, value in body.items() if key != missing}
        assert INVALID == account.refused("PUT", f"{path}/stages/one", rest)


@given(orders=st.lists(st.integers(-1, 3), min_size=1, max_size=6))
def test_stages_are_sorted_by_order_then_label(orders: list[int]):
    account = Account()
    path = account.pipeline("first")
    expected = [(0, "First")]
    for number, order in enumerate(orders):
        account.sure("POST", f"{path}/stages", stage(f"s{number}", order=order))
        last = max(place for place, _ in expected)
        expected.append((last + 1 if order == -1 else order, f"S{number}"))

    assert [label for _, label in sorted(expected)] == account.labels(f"{path}/stages")


def test_a_stage_has_an_audit_trail_of_its_own(account: Account):
    path = account.pipeline("one", "two")
    account.sure("PATCH", f"{path}/stages/one", {"label": "X", "metadata": {"probability": "0.4"}})

    trail = account.get(f"{path}/stages/one/audit")["results"]

    assert ["UPDATE", "CREATE"] == [line["action"] for line in trail]
    assert {"one"} == {line["identifier"] for line in trail}
    assert "X" == trail[0]["rawObject"]["label"]


def test_a_stage_of_another_pipeline_is_absent(account: Account):
    path = account.pipeline("one")

    assert ABSENT == account.refused("GET", f"{DEALS}/default/stages/one")
    assert ABSENT == account.refused("GET", f"{path}/stages/nope")
