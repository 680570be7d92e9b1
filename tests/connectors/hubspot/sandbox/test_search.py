"""Search: operators, pages, reach, and an index that lags."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_connectors.hubspot.sandbox import load_records
from tests.connectors.hubspot.sandbox.account import GENEROUS, RECORDS, Account

INVALID = (400, "VALIDATION_ERROR")
SEARCH = f"{RECORDS}/search"


def filtered(name: str, operator: str, **more: Any) -> dict[str, Any]:
    return {"propertyName": name, "operator": operator, **more}


def body(*groups: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {"filterGroups": [{"filters": group} for group in groups], "limit": 200, **more}


def names(account: Account, given: dict[str, Any]) -> list[str]:
    """The names of the deals that a search finds, in its order."""
    found = account.sure("POST", SEARCH, given | {"properties": ["dealname"]})["results"]
    return [deal["properties"]["dealname"] for deal in found]


@pytest.fixture
def account() -> Account:
    account = Account()
    rows = [
        {
            "dealname": "Nordwind pilot",
            "amount": "9",
            "dealstage": "closedwon",
            "dealtype": "newbusiness",
        },
        {"dealname": "Helio renewal", "amount": "10", "closedate": "2026-12-01T00:00:00.000Z"},
        {"dealname": "helio", "amount": "100.5", "dealstage": "closedlost"},
        {"dealname": "bare"},
    ]
    load_records(account.sandbox, "deals", rows)
    return account


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (filtered("amount", "EQ", value="9.0"), ["Nordwind pilot"]),
        (filtered("amount", "NEQ", value="9"), ["Helio renewal", "helio"]),
        (filtered("amount", "GT", value="9"), ["Helio renewal", "helio"]),
        (filtered("amount", "GTE", value="10"), ["Helio renewal", "helio"]),
        (filtered("amount", "LT", value="10"), ["Nordwind pilot"]),
        (filtered("amount", "LTE", value="10"), ["Nordwind pilot", "Helio renewal"]),
        (filtered("amount", "BETWEEN", value="10", highValue="101"), ["Helio renewal", "helio"]),
        (filtered("amount", "HAS_PROPERTY"), ["Nordwind pilot", "Helio renewal", "helio"]),
        (filtered("amount", "NOT_HAS_PROPERTY"), ["bare"]),
        (filtered("dealstage", "IN", values=["closedwon", "x"]), ["Nordwind pilot"]),
        (filtered("dealstage", "NOT_IN", values=["closedwon"]), ["helio"]),
        (filtered("dealname", "EQ", value="HELIO"), ["helio"]),
        (filtered("dealname", "CONTAINS_TOKEN", value="helio"), ["Helio renewal", "helio"]),
        (filtered("dealname", "CONTAINS_TOKEN", value="ren*"), ["Helio renewal"]),
        (filtered("dealname", "NOT_CONTAINS_TOKEN", value="helio"), ["Nordwind pilot", "bare"]),
        (filtered("closedate", "GTE", value="1796083200000"), ["Helio renewal"]),
        (filtered("closedate", "GT", value="2026-12-01"), []),
    ],
)
def test_each_operator(account: Account, condition: dict[str, Any], expected: list[str]):
    assert expected == names(account, body([condition]))


def test_groups_are_alternatives_and_filters_all_hold(account: Account):
    helio = filtered("dealname", "CONTAINS_TOKEN", value="helio")
    small = filtered("amount", "LT", value="50")
    won = filtered("dealstage", "EQ", value="closedwon")

    assert ["Helio renewal"] == names(account, body([helio, small]))
    assert ["Nordwind pilot", "Helio renewal"] == names(account, body([helio, small], [won]))
    assert 4 == len(names(account, body()))


def test_a_query_looks_at_the_beginnings_of_words(account: Account):
    assert ["Helio renewal"] == names(account, body(query="hel ren"))


@pytest.mark.parametrize(
    ("sorts", "expected"),
    [
        (["amount"], ["bare", "Nordwind pilot", "Helio renewal", "helio"]),
        (["-amount"], ["helio", "Helio renewal", "Nordwind pilot", "bare"]),
        (
            [{"propertyName": "amount", "direction": "DESCENDING"}],
            ["helio", "Helio renewal", "Nordwind pilot", "bare"],
        ),
    ],
)
def test_results_are_sorted_as_numbers(account: Account, sorts: list[Any], expected: list[str]):
    assert expected == names(account, body(sorts=sorts))


@pytest.mark.parametrize(
    "spoilt",
    [
        body([filtered("nope", "EQ", value="1")]),
        body([filtered("amount", "LIKE", value="1")]),
        body([filtered("amount", "EQ")]),
        body([filtered("amount", "EQ", value="much")]),
        body([filtered("amount", "IN", values="1")]),
        body(*[[filtered("amount", "HAS_PROPERTY")]] * 6),
        body([filtered("amount", "HAS_PROPERTY")] * 7),
        body(limit=201),
        body(limit=0),
        body(after="x"),
        body(sorts=["amount", "dealname"]),
        body(sorts=["nope"]),
    ],
)
def test_odd_searches_are_refused(account: Account, spoilt: dict[str, Any]):
    assert INVALID == account.refused("POST", SEARCH, spoilt)


def test_archived_records_are_not_found(account: Account):
    found = account.sure("POST", SEARCH, body(limit=1))["results"][0]["id"]
    account.sure("DELETE", f"{RECORDS}/{found}")

    assert 3 == account.sure("POST", SEARCH, body())["total"]


@given(number=st.integers(0, 30), limit=st.integers(1, 12))
def test_pages_hold_every_result_once(number: int, limit: int):
    account = Account()
    load_records(account.sandbox, "deals", [{"dealname": str(n)} for n in range(number)])
    found: list[str] = []
    after = "0"
    while True:
        page = account.sure("POST", SEARCH, body(limit=limit, after=after))
        assert number == page["total"]
        assert page["results"] or number == 0
        found += [deal["properties"]["dealname"] for deal in page["results"]]
        if "paging" not in page:
            break
        after = page["paging"]["next"]["after"]

    assert [str(n) for n in range(number)] == found


def test_search_reaches_ten_thousand_results():
    account = Account()
    load_records(account.sandbox, "deals", [{"dealname": "A"}] * 10_001)

    last = account.sure("POST", SEARCH, body(after="9800"))

    assert (10_001, 200) == (last["total"], len(last["results"]))
    assert INVALID == account.refused("POST", SEARCH, body(after="9801"))


AMOUNTS = st.one_of(st.none(), st.integers(-3, 3))
COMPARE: dict[str, Callable[[int, int], bool]] = {
    "EQ": lambda a, b: a == b,
    "NEQ": lambda a, b: a != b,
    "LT": lambda a, b: a < b,
    "LTE": lambda a, b: a <= b,
    "GT": lambda a, b: a > b,
    "GTE": lambda a, b: a >= b,
}


@given(
    amounts=st.lists(AMOUNTS, max_size=8),
    groups=st.lists(
        st.lists(
            st.tuples(st.sampled_from(sorted(COMPARE)), st.integers(-3, 3)), min_size=1, max_size=3
        ),
        min_size=1,
        max_size=3,
    ),
)
def test_search_finds_what_a_plain_filter_finds(
    amounts: list[int | None], groups: list[list[tuple[str, int]]]
):
    account = Account()
    rows = [
        {"dealname": str(n), **({} if a is None else {"amount": str(a)})}
        for n, a in enumerate(amounts)
    ]
    load_records(account.sandbox, "deals", rows)
    filters = [
        [filtered("amount", op, value=str(limit)) for op, limit in group] for group in groups
    ]

    expected = [
        str(number)
        for number, amount in enumerate(amounts)
        if amount is not None
        and any(all(COMPARE[op](amount, limit) for op, limit in group) for group in groups)
    ]
    assert expected == names(account, body(*filters))


def test_the_index_lags_and_then_agrees():
    account = Account(replace(GENEROUS, search_lag_seconds=30))
    number = account.sure("POST", RECORDS, {"properties": {"dealname": "A"}})["id"]
    assert [] == names(account, body())
    assert "A" == account.get(f"{RECORDS}/{number}")["properties"]["dealname"]

    account.now += 30
    assert ["A"] == names(account, body())
    account.sure("PATCH", f"{RECORDS}/{number}", {"properties": {"dealname": "B"}})
    account.now += 29
    assert ["A"] == names(account, body())
    account.now += 1
    assert ["B"] == names(account, body())
    account.sure("DELETE", f"{RECORDS}/{number}")
    assert ["B"] == names(account, body())
    account.now += 30
    assert [] == names(account, body())
