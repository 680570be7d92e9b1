"""Real leads of a marketing funnel are routed alike one by one and in bulk."""

import csv
from collections import Counter
from datetime import UTC, datetime

import pytest

from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.parse import configure
from ixia_config.kinds.routing_policy.decide import route, route_all
from ixia_config.kinds.routing_policy.rotation import NOBODY_YET
from ixia_config.kinds.routing_policy.spec import RoutingPolicy
from ixia_config.language import load
from ixia_config.rules import normalise
from tests.kinds.routing_policy.place import directory, document

pytestmark = pytest.mark.shared

SCHEMA = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: lead}
spec:
  fields:
    mql_id: {type: text}
    first_contact_date: {type: date}
    landing_page_id: {type: text}
    origin: {type: text}
"""
CALENDAR = document(
    "Calendar", "office", 'zone: America/Sao_Paulo\nweek: {mon-fri: ["09:00-18:00"]}'
)
POLICY = document(
    "RoutingPolicy",
    "leads",
    """
object: lead
rules:
  - {key: search, when: 'origin in ["organic_search", "paid_search"]', assign: {pool: team}}
  - key: spring
    when: first_contact_date >= date("2018-03-01") && known(origin)
    assign: {pool: team}
  - {key: pages, when: landing_page_id.startsWith("b"), assign: {person: m0@acme.example}}
on_no_eligible: next_rule
otherwise: {queue: triage}
""",
)


@pytest.fixture(scope="module")
def leads(shared):
    name = "olist_marketing_qualified_leads_dataset.csv"
    path = shared / "data" / "olist-marketing-funnel" / name
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module", params=["round_robin", "weighted", "least_loaded"])
def office(request):
    members = [
        f"{{email: m{n}@acme.example, weight: {n + 1}, daily_cap: {n + 1}}}" for n in range(5)
    ]
    if request.param != "weighted":
        members = [each.replace("weight: ", "open_cap: 90") for each in members]
    people = [
        f"{{email: m{n}@acme.example, zone: America/Sao_Paulo, calendar: office}}" for n in range(5)
    ]
    texts = (SCHEMA, CALENDAR, directory(members, request.param, people), POLICY)
    configuration, found = configure([d for text in texts for d in load("a.yaml", text).documents])
    assert () == found
    return configuration


def test_real_leads_go_alike_one_by_one_and_in_bulk(office, leads):
    known, policy = catalogue(office), office.get(RoutingPolicy, "leads")
    records = [
        (normalise(lead, known, "lead"), at_noon(lead)) for lead in sorted(leads, key=at_noon)
    ]

    together, rotation = route_all(office, policy, records, explained=True)

    alone, one = [], NOBODY_YET
    for record, now in records:
        decision, one = route(office, policy, record, now=now, rotation=one)
        alone.append(decision)
    assert len(leads) == len(together)
    assert tuple(alone) == together
    assert one == rotation
    assert {"search", "spring", "pages", ""} == set(Counter(each.rule for each in together))


def at_noon(lead):
    """The file knows dates only."""
    return datetime.fromisoformat(f"{lead['first_contact_date']}T15:00:00").replace(tzinfo=UTC)
