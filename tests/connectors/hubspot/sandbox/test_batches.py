"""Batches: all or nothing without trace ids, in part with them."""

from typing import Any

import pytest

from tests.connectors.hubspot.sandbox.account import PROPERTIES, RECORDS, Account

INVALID = (400, "VALIDATION_ERROR")


def inputs(*given: dict[str, Any]) -> dict[str, Any]:
    return {"inputs": list(given)}


def deal(trace: str | None = None, **properties: str) -> dict[str, Any]:
    body: dict[str, Any] = {"properties": properties}
    return body if trace is None else body | {"objectWriteTraceId": trace}


def test_a_batch_creates_reads_updates_and_archives(account: Account):
    two = inputs(deal(dealname="A"), deal(dealname="B"))
    created = account.ask("POST", f"{RECORDS}/batch/create", two)
    assert (201, "COMPLETE") == (created.status, created.json["status"])
    ids = [found["id"] for found in created.json["results"]]

    update = inputs(*({"id": number, "properties": {"amount": "5"}} for number in ids))
    assert 200 == account.ask("POST", f"{RECORDS}/batch/update", update).status
    read = inputs(*({"id": number} for number in ids)) | {"properties": ["amount"]}
    found = account.sure("POST", f"{RECORDS}/batch/read", read)["results"]

    assert ["5", "5"] == [record["properties"]["amount"] for record in found]
    assert 204 == account.ask("POST", f"{RECORDS}/batch/archive", read).status
    assert [] == account.get(RECORDS)["results"]


def test_without_trace_ids_one_failure_fails_all(account: Account):
    response = account.ask(
        "POST", f"{RECORDS}/batch/create", inputs(deal(dealname="A"), deal(nope="1"))
    )

    assert 400 == response.status
    assert [] == account.get(RECORDS)["results"]


def test_with_trace_ids_the_rest_is_done(account: Account):
    response = account.ask(
        "POST",
        f"{RECORDS}/batch/create",
        inputs(deal("t1", dealname="A"), deal("t2", nope="1"), deal("t3", dealname="C")),
    )

    assert (207, 1) == (response.status, response.json["numErrors"])
    (error,) = response.json["errors"]
    assert (["t2"], "VALIDATION_ERROR") == (
        error["context"]["objectWriteTraceId"],
        error["category"],
    )
    assert ["t1", "t3"] == [found["objectWriteTraceId"] for found in response.json["results"]]
    assert 2 == len(account.get(RECORDS)["results"])


def test_a_partial_update_keeps_what_was_refused(account: Account):
    number = account.sure("POST", RECORDS, deal(amount="1"))["id"]

    response = account.ask(
        "POST",
        f"{RECORDS}/batch/update",
        inputs(deal("t1", amount="much") | {"id": number}, deal("t2", amount="2") | {"id": "1"}),
    )

    assert (207, 2) == (response.status, response.json["numErrors"])
    assert ["VALIDATION_ERROR", "OBJECT_NOT_FOUND"] == [
        error["category"] for error in response.json["errors"]
    ]
    assert "1" == account.get(f"{RECORDS}/{number}")["properties"]["amount"]


def test_what_is_not_there_is_an_error_of_the_read(account: Account):
    number = account.sure("POST", RECORDS, deal(dealname="A"))["id"]

    response = account.ask("POST", f"{RECORDS}/batch/read", inputs({"id": number}, {"id": "1"}))

    assert (207, [number]) == (response.status, [r["id"] for r in response.json["results"]])
    assert ["1"] == response.json["errors"][0]["context"]["ids"]


def test_upsert_makes_a_record_once(account: Account):
    body = {"name": "ixia_key", "label": "Key", "groupName": "dealinformation"}
    unique = {"type": "string", "fieldType": "text", "hasUniqueValue": True}
    account.sure("POST", PROPERTIES, body | unique)
    given = {"idProperty": "ixia_key", "id": "k1", "properties": {"dealname": "A"}}

    first = account.sure("POST", f"{RECORDS}/batch/upsert", inputs(given))["results"]
    again = account.sure("POST", f"{RECORDS}/batch/upsert", inputs(given))["results"]

    assert [True, False] == [first[0]["new"], again[0]["new"]]
    assert first[0]["id"] == again[0]["id"]
    assert "k1" == first[0]["properties"]["ixia_key"]


@pytest.mark.parametrize("verb", ["create", "update", "upsert", "read", "archive"])
@pytest.mark.parametrize("number", [0, 101])
def test_a_batch_has_one_to_a_hundred_inputs(account: Account, verb: str, number: int):
    body = inputs(*({"id": str(n), "properties": {}} for n in range(number)))

    assert INVALID == account.refused("POST", f"{RECORDS}/batch/{verb}", body)


def test_a_batch_names_a_record_once(account: Account):
    twice = inputs({"id": "1", "properties": {}}, {"id": "1", "properties": {}})

    assert INVALID == account.refused("POST", f"{RECORDS}/batch/update", twice)
