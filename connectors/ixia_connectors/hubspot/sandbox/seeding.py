"""Accounts with a history: a messy one for demos, and loading records from tables."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from ixia_config.sdk.wire import Request
from ixia_connectors.hubspot.sandbox import people, stages, usage
from ixia_connectors.hubspot.sandbox.app import HubSpotSandbox
from ixia_connectors.hubspot.sandbox.audit import record
from ixia_connectors.hubspot.sandbox.call import Body, Call
from ixia_connectors.hubspot.sandbox.clock import iso
from ixia_connectors.hubspot.sandbox.definitions import created
from ixia_connectors.hubspot.sandbox.metadata import normal_form
from ixia_connectors.hubspot.sandbox.objects import object_type
from ixia_connectors.hubspot.sandbox.profile import Person, Team
from ixia_connectors.hubspot.sandbox.store import Store, dump

TODAY = date(2026, 11, 20)
"""The last day of the messy account's history."""

EMEA, AMER = Team("9", "EMEA"), Team("10", "AMER")
PEOPLE = (
    Person(11, 77, "ana@acme.example", "Ana", "Ruiz", teams=("9",)),
    Person(12, 81, "sam@acme.example", "Sam", "Wu", teams=("9",)),
    Person(13, 79, "lee@acme.example", "Lee", "Park", teams=("10",), super_admin=True),
    Person(14, 84, "kim@acme.example", "Kim", "Osei", teams=("10", "9")),
    Person(15, 80, "jo@acme.example", "Jo", "Brandt", active=False),
)
_ACTIVE = tuple(str(person.owner_id) for person in PEOPLE if person.active)

VERBAL_DEALS = 43
VERBAL_AMOUNT = 1_204_300


@dataclass(frozen=True, slots=True)
class _Stage:
    """One stage of the messy pipeline, and how many of 100 deals stand on it."""

    id: str
    label: str
    probability: str
    share: int


_STAGES = (
    _Stage("appointmentscheduled", "Discovery call", "0.2", 9),
    _Stage("qualifiedtobuy", "Qualify", "0.1", 11),
    _Stage("1046117", "on hold ??", "0.2", 3),
    _Stage("presentationscheduled", "Evaluate", "0.3", 12),
    _Stage("decisionmakerboughtin", "Proposal", "0.8", 8),
    _Stage("contractsent", "Negotiation", "0.7", 6),
    _Stage("1046122", "Verbal", "0.9", 0),
    _Stage("1046130", "OLD - do not use", "0.4", 1),
    _Stage("closedwon", "Closed won", "1.0", 22),
    _Stage("closedlost", "Closed lost", "0.0", 28),
)
_VERBAL = "1046122"
_REGIONS = ("AMER", "EMEA", "emea ", "APAC", "Apac")
_PROPERTIES: Sequence[Body] = (
    {"name": "discount", "label": "Discount", "type": "number", "fieldType": "number"},
    {"name": "discount_pct", "label": "discount %", "type": "number", "fieldType": "number"},
    {
        "name": "disc_approved_by",
        "label": "Discount approved by??",
        "type": "string",
        "fieldType": "text",
    },
    {
        "name": "region",
        "label": "Region",
        "type": "enumeration",
        "fieldType": "select",
        "options": [
            {"label": "AMER", "value": "AMER"},
            {"label": "EMEA", "value": "EMEA"},
            {"label": "emea (import 2024)", "value": "emea "},
            {"label": "APAC", "value": "APAC"},
            {"label": "Apac", "value": "Apac"},
        ],
    },
    {"name": "economic_buyer", "label": "Economic Buyer", "type": "string", "fieldType": "text"},
    {"name": "competitor_old", "label": "Competitor (old)", "type": "string", "fieldType": "text"},
    {"name": "contract_end", "label": "Contract end", "type": "date", "fieldType": "date"},
)
_FIRST = (
    *("Nordwind", "Helio", "Brightwater", "Kestrel", "Aldgate", "Fennimore"),
    *("Tessera", "Quarry", "Lumen", "Osprey", "Halcyon", "Vireo"),
)
_SECOND = (
    *("AG", "SA", "Ltd", "Inc", "GmbH", "Group"),
    *("Labs", "Partners", "Logistics", "Foods", "Health", "Energy"),
)
_WHAT = ("new platform", "renewal", "pilot", "expansion", "migration", "seats", "support plan")


def messy_account(sandbox: HubSpotSandbox, *, seed: int = 7, deals: int = 3000) -> None:
    """Give an empty account five people, a pipeline that grew wild, and this many deals.

    The same seed gives the same account. Whatever the seed, the stage Verbal holds exactly
    ``VERBAL_DEALS`` open deals worth ``VERBAL_AMOUNT`` together.
    """
    store = sandbox.store
    with store.transaction():
        people.add(store, PEOPLE, (EMEA, AMER))
        _reshape(store)
        _declare(store)
        _edited_by_lee(sandbox)
        load_rows(store, "deals", _deals(random.Random(seed), deals))  # noqa: S311  # not secrets


def _at(day: date, hour: int = 9, minute: int = 0) -> int:
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
    return int(moment.timestamp() * 1000)


def _reshape(store: Store) -> None:
    """Relabel the default stages, wedge in the odd ones, and add a forgotten pipeline."""
    store.run("DELETE FROM stages WHERE object = 'deals' AND pipeline = 'default'")
    written = _at(date(2024, 2, 6))
    rows = [
        ("deals", "default", stage.id, stage.label, order, _metadata(stage), written, written)
        for order, stage in enumerate(_STAGES)
    ]
    old = _Stage("1050001", "Renewal due", "0.5", 0)
    rows.append(("deals", "1050000", old.id, old.label, 0, _metadata(old), written, written))
    sql = "INSERT INTO pipelines VALUES ('deals', '1050000', 'Renewals (old)', 1, ?, ?, NULL)"
    store.run(sql, written, written)
    store.run_many(
        "INSERT INTO stages VALUES (?, ?, ?, ?, ?, ?, 'CRM_PERMISSIONS_ENFORCEMENT', ?, ?, NULL)",
        rows,
    )


def _metadata(stage: _Stage) -> str:
    return dump(normal_form("deals", {"probability": stage.probability}))


def _declare(store: Store) -> None:
    """The custom fields, two of them for the same thing."""
    group = "legacy_import"
    sql = "INSERT INTO property_groups VALUES ('deals', ?, 'Legacy import', 7)"
    store.run(sql, group)
    at, user = _at(date(2024, 2, 6)), PEOPLE[2].user_id
    rows = [
        (body["name"], dump(created({**body, "groupName": group}, at, user)))
        for body in _PROPERTIES
    ]
    sql = "INSERT INTO properties (object, name, definition) VALUES ('deals', ?, ?)"
    store.run_many(sql, rows)


def _edited_by_lee(sandbox: HubSpotSandbox) -> None:
    """The audit trail: Lee Park set Proposal to 80 % on Thursday at 16:02 in New York."""
    call = Call(
        store=sandbox.store,
        profile=sandbox.profile,
        request=Request("PATCH", "/"),
        version="",
        path={},
        now=_at(date(2026, 11, 19), 21, 2),
        actor=PEOPLE[2],
    )
    stage = "decisionmakerboughtin"
    sql = "UPDATE stages SET updated_at = ? WHERE object = 'deals' AND id = ?"
    call.store.run(sql, call.now, stage)
    row = call.store.row("SELECT * FROM stages WHERE object = 'deals' AND id = ?", stage)
    raw = {} if row is None else stages.shown(row)
    record(call, object_name="deals", pipeline="default", stage=stage, action="UPDATE", raw=raw)


def _deals(dice: random.Random, number: int) -> Iterator[Mapping[str, str]]:
    """``number`` deals, the ones on Verbal first."""
    for amount in _verbal_amounts(dice):
        yield _deal(dice, _VERBAL, str(amount))
    names = [stage.id for stage in _STAGES]
    shares = [stage.share for stage in _STAGES]
    for stage in dice.choices(names, shares, k=max(0, number - VERBAL_DEALS)):
        yield _deal(dice, stage, _amount(dice))


def _verbal_amounts(dice: random.Random) -> list[int]:
    """Amounts in hundreds that sum to ``VERBAL_AMOUNT``: the last ones take up the difference."""
    mean = VERBAL_AMOUNT // VERBAL_DEALS
    amounts = [dice.randrange(mean // 2, mean * 3 // 2) // 100 * 100 for _ in range(VERBAL_DEALS)]
    difference = VERBAL_AMOUNT - sum(amounts)
    each = difference // VERBAL_DEALS // 100 * 100
    amounts = [amount + each for amount in amounts]
    amounts[-1] += difference - each * VERBAL_DEALS
    return amounts


def _amount(dice: random.Random) -> str:
    """Most deals have an amount; one in twenty-five has none."""
    if dice.random() < 0.04:
        return ""
    return str(int(dice.lognormvariate(10.1, 0.8)) // 100 * 100 + 500)


def _deal(dice: random.Random, stage: str, amount: str) -> Mapping[str, str]:
    closed = stage in ("closedwon", "closedlost")
    opened = TODAY - timedelta(days=dice.randrange(380, 1100) if closed else dice.randrange(5, 300))
    lasts = timedelta(days=dice.randrange(10, 200))
    closes = opened + lasts if closed else TODAY + timedelta(days=dice.randrange(-30, 150))
    name = f"{dice.choice(_FIRST)} {dice.choice(_SECOND)} - {dice.choice(_WHAT)}"
    deal = {
        "dealname": name,
        "amount": amount,
        "pipeline": "default",
        "dealstage": stage,
        "closedate": iso(_at(closes, 17)),
        "createdate": iso(_at(opened)),
        "hubspot_owner_id": dice.choice(_ACTIVE) if dice.random() > 0.03 else "80",
        **_history(opened, closes if closed else TODAY),
        "region": dice.choices(_REGIONS, (40, 33, 4, 20, 3))[0],
        "discount" if dice.random() < 0.5 else "discount_pct": str(dice.randrange(0, 35)),
        "closed_lost_reason": dice.choice(("price", "Price", "no decision", "competitor"))
        if stage == "closedlost"
        else "",
    }
    return {key: value for key, value in deal.items() if value}


def _history(opened: date, until: date) -> Mapping[str, str]:
    """When a deal came into its stage, and when somebody last did something about it.

    Both follow from the days, so that they take nothing from the dice; some deals had no activity.
    """
    life, share = (until - opened).days, opened.toordinal() * 7 % 10
    entered = opened + timedelta(days=life * share // 10)
    active = entered + timedelta(days=(until - entered).days * (share + 3) // 12)
    return {
        "hs_v2_date_entered_current_stage": iso(_at(entered, 10)),
        "notes_last_updated": iso(_at(active, 11)) if share else "",
    }


def load_records(
    sandbox: HubSpotSandbox, object_type_name: str, rows: Iterable[Mapping[str, str]]
) -> int:
    """Write rows of a table as records, straight into the account; how many there were.

    Keys are property names. Values are taken as they are, unchecked, in the form that the API
    reads back; empty ones are left out. Search finds the records at once.
    """
    with sandbox.store.transaction():
        return load_rows(sandbox.store, object_type(object_type_name).name, rows)


def load_rows(store: Store, object_name: str, rows: Iterable[Mapping[str, str]]) -> int:
    """The same, inside the caller's transaction."""
    found = object_type(object_name)
    derived = _closed_by_stage(store) if object_name == "deals" else {}
    at = _at(TODAY)
    first = int(store.value("SELECT coalesce(max(id), 100000) + 1 FROM records"))
    loaded = [
        (found.name, first + position, dump(_complete(row, derived)), at, at)
        for position, row in enumerate(rows)
    ]
    sql = "INSERT INTO records VALUES (?, ?, ?, ?, ?, NULL)"
    store.run_many(sql, loaded)
    store.run(
        "INSERT OR IGNORE INTO record_versions (object, id, at, properties, created_at, "
        "updated_at, archived_at) SELECT object, id, 0, properties, created_at, updated_at, "
        "archived_at FROM records WHERE object = ? AND id >= ?",
        found.name,
        first,
    )
    return len(loaded)


def _closed_by_stage(store: Store) -> Mapping[str, Mapping[str, str]]:
    rows = store.rows("SELECT id, metadata FROM stages WHERE object = 'deals'")
    return {row["id"]: usage.closed_properties(stages.metadata_of(row)) for row in rows}


def _complete(
    row: Mapping[str, str], derived: Mapping[str, Mapping[str, str]]
) -> Mapping[str, str]:
    """A row without its empty values and with what the vendor computes."""
    kept = {key: value for key, value in row.items() if value != ""}
    kept |= derived.get(kept.get("dealstage", ""), {})
    return {**kept, "amount_in_home_currency": kept["amount"]} if "amount" in kept else kept


def require(
    sandbox: HubSpotSandbox, object_type_name: str, pipeline: str, stage: str, *properties: str
) -> None:
    """Require properties on a stage, as a person does in the vendor's settings pages."""
    name = object_type(object_type_name).name
    rows = [(name, pipeline, stage, each) for each in properties]
    with sandbox.store.transaction():
        sandbox.store.run_many("INSERT OR IGNORE INTO required VALUES (?, ?, ?, ?)", rows)


def deactivate(sandbox: HubSpotSandbox, email: str) -> None:
    """Let a person leave: the user and the owner become inactive."""
    person = people.find(sandbox.store, email)
    if person is None:
        raise ValueError(f"{email} is not in the account")
    with sandbox.store.transaction():
        people.add(sandbox.store, [replace(person, active=False)], ())
