"""Validation rules of properties: written, read, enforced, never deleted."""

import json

import pytest

from tests.connectors.hubspot.sandbox.account import PROPERTIES, RECORDS, Account

PATH = "/crm/property-validations/2026-09/0-3"
INVALID = (400, "VALIDATION_ERROR")


@pytest.fixture
def account() -> Account:
    account = Account()
    for name, kind, field in (
        ("x_number", "number", "number"),
        ("x_text", "string", "text"),
        ("x_day", "date", "date"),
    ):
        body = {"name": name, "label": name, "groupName": "dealinformation"}
        account.sure("POST", PROPERTIES, body | {"type": kind, "fieldType": field})
    return account


def put(account: Account, name: str, rule: str, *arguments: str) -> int:
    path = f"{PATH}/{name}/rule-type/{rule}"
    return account.ask("PUT", path, {"ruleArguments": list(arguments)}).status


def test_a_rule_reads_back_in_three_ways(account: Account):
    assert 204 == put(account, "x_number", "MAX_NUMBER", "100")
    assert 204 == put(account, "x_number", "MIN_NUMBER", "0")

    rule = {"ruleType": "MAX_NUMBER", "ruleArguments": ["100"], "shouldApplyNormalization": False}
    assert rule == account.get(f"{PATH}/x_number/rule-type/MAX_NUMBER")
    assert rule == account.get(f"{PATH}/x_number")["results"][0]
    listed = account.get(PATH)["results"]
    assert ["x_number"] == [found["propertyName"] for found in listed]
    assert 2 == len(listed[0]["propertyValidationRules"])


def test_putting_again_replaces(account: Account):
    put(account, "x_number", "MAX_NUMBER", "100")
    put(account, "x_number", "MAX_NUMBER", "50")

    assert ["50"] == account.get(f"{PATH}/x_number/rule-type/MAX_NUMBER")["ruleArguments"]


def test_a_rule_cannot_be_deleted(account: Account):
    put(account, "x_number", "MAX_NUMBER", "100")

    assert 405 == account.ask("DELETE", f"{PATH}/x_number/rule-type/MAX_NUMBER").status
    assert 1 == len(account.get(PATH)["results"])


@pytest.mark.parametrize(
    ("name", "rule", "arguments"),
    [
        ("x_text", "MAX_NUMBER", ["1"]),
        ("x_number", "MAX_LENGTH", ["1"]),
        ("x_number", "MAX_NUMBER", []),
        ("x_number", "MAX_NUMBER", ["ten"]),
        ("x_number", "NO_RULE", ["1"]),
        ("x_text", "REGEX", ["("]),
        ("x_day", "START_DATE", ["soon"]),
    ],
)
def test_a_rule_must_fit_the_property_and_its_arguments(
    account: Account, name: str, rule: str, arguments: list[str]
):
    assert 400 == put(account, name, rule, *arguments)


def test_a_rule_needs_a_property(account: Account):
    assert 404 == put(account, "nope", "MAX_NUMBER", "1")
    assert 404 == account.ask("GET", f"{PATH}/x_number/rule-type/MAX_NUMBER").status


@pytest.mark.parametrize(
    ("name", "rule", "arguments", "good", "bad"),
    [
        ("x_number", "MAX_NUMBER", ["100"], "100", "100.01"),
        ("x_number", "MIN_NUMBER", ["-1"], "-1", "-1.5"),
        ("x_number", "DECIMAL", ["2"], "1.25", "1.255"),
        ("x_text", "MIN_LENGTH", ["3"], "abc", "ab"),
        ("x_text", "MAX_LENGTH", ["3"], "abc", "abcd"),
        ("x_text", "ALPHANUMERIC", [], "a 1", "a-1"),
        ("x_text", "REGEX", ["[A-Z]{2}"], "AB", "ABC"),
        ("x_text", "EMAIL", [], "a@b.example", "a@b"),
        ("x_text", "EMAIL_ALLOWED_DOMAINS", ["b.example"], "a@b.example", "a@c.example"),
        ("x_text", "EMAIL_BLOCKED_DOMAINS", ["b.example"], "a@c.example", "a@b.example"),
        ("x_text", "DOMAIN", [], "b.example", "b"),
        ("x_text", "URL", [], "https://b.example/x", "b.example"),
        (
            "x_text",
            "URL_ALLOWED_DOMAINS",
            ["b.example"],
            "https://b.example/x",
            "https://c.example",
        ),
        (
            "x_text",
            "URL_BLOCKED_DOMAINS",
            ["b.example"],
            "https://c.example",
            "https://b.example/x",
        ),
        ("x_text", "PHONE_NUMBER_WITH_EXPLICIT_COUNTRY_CODE", [], "+34 1", "34 1"),
        ("x_day", "START_DATE", ["2026-01-01"], "2026-01-01", "2025-12-31"),
        ("x_day", "END_DATE", ["2026-01-01"], "2026-01-01", "2026-01-02"),
        ("x_day", "DAYS_OF_WEEK", ["MONDAY"], "2026-11-23", "2026-11-22"),
    ],
)
def test_rules_are_enforced_on_writes(
    account: Account, name: str, rule: str, arguments: list[str], good: str, bad: str
):
    assert 204 == put(account, name, rule, *arguments)

    number = account.sure("POST", RECORDS, {"properties": {name: good}})["id"]
    refused = account.ask("PATCH", f"{RECORDS}/{number}", {"properties": {name: bad}})

    assert 400 == refused.status
    prefix = "Property values were not valid: "
    assert refused.json["message"].startswith(prefix)
    (problem,) = json.loads(refused.json["message"].removeprefix(prefix))
    assert (False, rule, name) == (problem["isValid"], problem["error"], problem["name"])
    account.sure("PATCH", f"{RECORDS}/{number}", {"properties": {name: ""}})
