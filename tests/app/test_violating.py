"""Records that break a rule are found over real HTTP, by reads alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from ixia_config import render
from ixia_config.app import Refusal
from ixia_config.app.violating import watch
from ixia_config.kinds.pipeline.violations import Breach
from ixia_config.sdk import Connector
from ixia_connectors.hubspot.connector import HubSpot
from tests.app.place import is_read
from tests.snapshots import Json, Markdown, Text

TAKEN_OVER = """\
apiVersion: ixia/v1
kind: Pipeline
metadata: {name: new-business, title: New business}
spec:
  object: deal
  close_date: {past_while_open: false}
  stages:
    - key: qualify
      title: Qualify
      probability: 10%
      required: [amount]
      exit: [{key: region, title: A region that we sell to, when: 'region in ["AMER", "EMEA"]'}]
      age: {warn: 3 months, breach: 6 months}
    - key: evaluate
      title: Evaluate
      probability: 40%
      entry: [{key: size, title: Worth the work, when: amount >= 10000}]
      exit: [{key: fit, title: Right company, when: account.segment == "mid"}]
      stale_after: 30 days
    - {key: proposal, title: Proposal, probability: 80%}
    - {key: won, title: Closed won, type: won}
    - {key: lost, title: Closed lost, type: lost, reasons: [price, timing]}
  external:
    crm:
      id: default
      stages:
        qualify: qualifiedtobuy
        evaluate: presentationscheduled
        proposal: decisionmakerboughtin
        won: closedwon
        lost: closedlost
"""
DEAL = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: deal}
spec:
  currency: USD
  fields:
    amount: {type: money, title: Amount}
    region:
      type: choice
      choices: [AMER, EMEA, APAC]
      retired_choices: {"emea ": EMEA, Apac: APAC}
    account: {type: reference, to: company}
  external: {crm: {fields: {region: region}}}
---
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: company}
spec: {fields: {segment: {type: choice, title: Segment, choices: [smb, mid]}}}
"""


@pytest.fixture
def taken(messy):
    """The account with a past, with its pipeline taken over."""
    messy.write("schemas/deal.yaml", DEAL)
    messy.write("pipelines/new-business.yaml", TAKEN_OVER)
    messy.apply()
    messy.log.clear()
    return messy


def watched(place, limit=10_000):
    with place.session() as session:
        return watch(session, limit=limit)


def of(found):
    [judgement] = found.judgements
    return judgement


def count(judgement, breach):
    return sum(each.rule.breach is breach for each in judgement.violations)


def open_deals(place, **properties):
    filters = [{"propertyName": "pipeline", "operator": "EQ", "value": "default"}]
    filters += [{"propertyName": "hs_is_closed", "operator": "EQ", "value": "false"}]
    filters += [
        {"propertyName": name, "operator": operator, **value}
        for name, (operator, value) in properties.items()
    ]
    place.ticking.pass_(seconds=1)  # so that no limit is met
    body = {"filterGroups": [{"filters": filters}], "limit": 1}
    return place.ask("POST", "/crm/objects/2026-09/deals/search", body).json["total"]


def test_looking_at_records_sends_nothing_but_reads(taken):
    watched(taken)

    assert taken.log
    assert [] == [each for each in taken.log if not is_read(each.method, each.path)]


def test_every_open_deal_is_looked_at_once(taken):
    judgement = of(watched(taken))

    assert open_deals(taken) == judgement.looked_at == judgement.total
    assert len({each.id for each in judgement.rows}) == len(judgement.rows) > 100


def test_the_count_of_a_rule_is_what_the_account_itself_counts(taken):
    judgement = of(watched(taken))
    empty = {"dealstage": ("EQ", {"value": "qualifiedtobuy"}), "amount": ("NOT_HAS_PROPERTY", {})}
    small = {
        "dealstage": ("EQ", {"value": "presentationscheduled"}),
        "amount": ("LT", {"value": "10000"}),
    }
    none = {**small, "amount": ("NOT_HAS_PROPERTY", {})}

    assert open_deals(taken, **empty) == count(judgement, Breach.REQUIRED)
    assert open_deals(taken, **small) + open_deals(taken, **none) == count(judgement, Breach.ENTRY)
    assert count(judgement, Breach.ENTRY) > 0


def test_a_limit_is_kept_and_told(taken):
    judgement = of(watched(taken, limit=7))
    [told] = (
        render.drift_json(watched(taken).plan, [judgement])
        and json.loads(render.drift_json(watched(taken).plan, [judgement]))["records"]
    )

    assert (7, open_deals(taken)) == (judgement.looked_at, judgement.total)
    assert "only the 7 oldest deals were looked at" in told["headline"]
    assert all(rule["at_least"] for rule in told["rules"])


def test_a_deal_lost_without_a_reason_is_found_since_there_are_reasons(taken):
    before = of(watched(taken))
    taken.ticking.pass_(hours=1)
    deal = before.rows[0]
    path = f"/crm/objects/2026-09/deals/{deal.id}"
    assert taken.ask("PATCH", path, {"properties": {"dealstage": "closedlost"}}).status == 200

    after = of(watched(taken))

    assert 0 == count(before, Breach.REASON)
    found = [each.record.id for each in after.violations if each.rule.breach is Breach.REASON]
    assert [deal.id] == found
    assert before.looked_at - 1 == after.looked_at


def test_the_reason_given_is_seen(taken):
    deal = of(watched(taken)).rows[0]
    taken.ticking.pass_(hours=1)
    reason = "ixia_new_business__lost_reason"
    values = {"dealstage": "closedlost", reason: "price"}
    path = f"/crm/objects/2026-09/deals/{deal.id}"
    assert taken.ask("PATCH", path, {"properties": values}).status == 200

    assert 0 == count(of(watched(taken)), Breach.REASON)


def test_a_new_deal_is_as_old_as_its_stage(taken):
    values = {
        "dealname": "New",
        "pipeline": "default",
        "dealstage": "qualifiedtobuy",
        "amount": "1",
    }
    made = taken.ask("POST", "/crm/objects/2026-09/deals", {"properties": values})
    number = made.json["id"]

    def breaches():
        found = of(watched(taken)).violations
        return {each.rule.breach for each in found if each.record.id == number}

    assert not breaches()
    taken.ticking.pass_(days=100)
    assert {Breach.AGEING} == breaches()
    taken.ticking.pass_(days=100)
    assert {Breach.AGE} == breaches()


def test_a_note_is_an_activity(taken):
    taken.ticking.pass_(days=400)
    deal = next(each for each in of(watched(taken)).rows if each.stage == "evaluate")
    stale = [v.record.id for v in of(watched(taken)).violations if v.rule.breach is Breach.STALE]
    note = {
        "properties": {"hs_note_body": "Called", "hs_timestamp": taken.ticking.now.isoformat()},
        "associations": [
            {
                "to": {"id": deal.id},
                "types": [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 214}],
            }
        ],
    }
    assert taken.ask("POST", "/crm/objects/2026-09/notes", note).status == 201

    left = [v.record.id for v in of(watched(taken)).violations if v.rule.breach is Breach.STALE]

    assert [each for each in stale if each != deal.id] == left
    assert deal.id in stale


def test_fields_that_the_account_lacks_are_not_called_empty(messy):
    area = "    area: {type: choice, choices: [AMER, EMEA]}\n"
    messy.write("schemas/deal.yaml", DEAL.replace("  fields:\n", "  fields:\n" + area, 1))
    messy.write("pipelines/new-business.yaml", TAKEN_OVER.replace("region in", "area in"))

    judgement = of(watched(messy))

    assert 0 == count(judgement, Breach.EXIT)
    assert ("area",) in [each.fields for each in judgement.unjudged]
    assert "HubSpot has no such field" == judgement.records.untold["area"]


def test_a_pipeline_that_is_not_there_yet_has_no_records(place):
    judgement = of(watched(place))

    assert (0, 0, ()) == (judgement.looked_at, judgement.total, judgement.violations)


class Silent(HubSpot):
    """A connector that does not list records."""

    records = Connector.records


def test_a_connector_that_cannot_list_records_says_so(place):
    with place.session() as session, pytest.raises(Refusal, match="IX547"):
        watch(replace(session, connector=Silent()), limit=1)


def test_what_people_see(taken, snapshot):
    taken.ticking.pass_(hours=1)
    deal = of(watched(taken)).rows[3]
    path = f"/crm/objects/2026-09/deals/{deal.id}"
    taken.ask("PATCH", path, {"properties": {"dealstage": "closedlost"}})
    found = watched(taken)

    text = render.drift_text(found.plan, render.PLAIN, found.judgements)

    assert text == snapshot(extension_class=Text)
    assert max(map(len, text.splitlines())) <= 100
    assert text.isascii()
    assert render.drift_markdown(found.plan, found.judgements) == snapshot(extension_class=Markdown)
    assert render.drift_json(found.plan, found.judgements) == snapshot(extension_class=Json)
    assert render.drift_github(found.plan, found.judgements) == snapshot(
        extension_class=Text, name="github"
    )


def test_the_days_of_the_account_decide_what_is_past(taken):
    judgement = of(watched(taken))
    yesterday = (taken.ticking.now - timedelta(days=1)).date()

    late = [each.record.closes_on for each in judgement.violations if each.rule.key == ""]

    assert max(day for day in late if day and day <= yesterday) <= yesterday
    assert count(judgement, Breach.CLOSE_DATE) == sum(
        each.closes_on is not None and each.closes_on <= yesterday for each in judgement.rows
    )
