"""What an Odoo does once a configuration is applied; run at the sandbox and at a real one."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.parse import configure
from ixia_config.kinds.routing_policy.decide import route
from ixia_config.kinds.routing_policy.rotation import NOBODY_YET
from ixia_config.kinds.routing_policy.spec import RoutingPolicy
from ixia_config.language import load
from ixia_config.model import Address, Change, Status, Verb
from ixia_config.rules import normalise
from ixia_config.sdk import Scope
from ixia_config.testing.place import a_place
from ixia_connectors.odoo import Odoo
from tests.connectors.odoo.subject import HOURS, SAMPLES, SERVICE, Account, sales

TIMED = """\
apiVersion: ixia/v1
kind: SlaPolicy
metadata: {name: answer, title: Answer}
spec:
  object: lead
  metric: answer
  start: {on: asked}
  stop: {on: first_touch}
  targets: [{key: all, within: 2 hours}]
  escalate: [{at: 100%, to: ben@acme.example, action: task}]
"""
SALES, LESS = sales(SAMPLES.start), sales(SAMPLES.removed)
ASKED = SERVICE["schemas/lead.yaml"] + "    asked_at: {type: datetime}\n"


class Behaviour:
    """Each claim, on a fresh account."""

    @contextmanager
    def account(self):
        """A rehearsal with the people of the samples."""
        raise NotImplementedError
        yield

    def now(self, place):
        """The time at the system."""
        raise NotImplementedError

    @pytest.fixture
    def place(self):
        with (
            self.account() as rehearsal,
            a_place(Odoo(), rehearsal, on_remove="archive") as place,
        ):
            yield place

    @pytest.fixture
    def odoo(self, place):
        return Account(place.rehearsal, lambda: self.now(place))

    def test_a_deal_that_fails_an_exit_criterion_is_refused_and_one_that_meets_it_moves(
        self, place, odoo
    ):
        place.lead(SALES)
        ids = place.ids()
        offer, won = (
            odoo.number("crm.stage", ids[f"Pipeline/sales#{key}"]) for key in ("offer", "won")
        )
        team = odoo.number("crm.team", ids["Pipeline/sales"])
        values = {"stage_id": offer, "team_id": team, "type": "opportunity"}
        poor, rich = odoo.call(
            "crm.lead",
            "create",
            vals_list=[
                {"name": "Poor", "expected_revenue": 100, **values},
                {"name": "Rich", "expected_revenue": 101, **values},
            ],
        )

        refused = odoo.ask("crm.lead", "write", ids=[poor], vals={"stage_id": won})
        odoo.call("crm.lead", "write", ids=[rich], vals={"stage_id": won})

        said = "Sales: It is worth something is needed to leave Offer made."
        assert (422, said) == (refused.status, refused.json["message"])
        assert [offer, won] == odoo.stages(poor, rich)
        more = {"stage_id": won, "expected_revenue": 500}
        odoo.call("crm.lead", "write", ids=[poor], vals=more)
        assert [won, won] == odoo.stages(poor, rich)

    def test_open_records_are_told_as_the_policies_write_them(self, place, odoo):
        place.lead(SALES)
        stage = odoo.number("crm.stage", place.ids()["Pipeline/sales#offer"])
        deal = {"name": "Deal", "stage_id": stage, "type": "opportunity", "expected_revenue": 99.5}
        odoo.call("crm.lead", "create", vals_list=[deal, {**deal, "expected_revenue": 0}])

        with place.session() as session, session.driver(writes=False) as driver:
            scope = Scope(configuration=session.configuration, bound=session.state().ids)
            live = driver.run(place.connector.read(scope))
            asked = place.connector.records(session.configuration, live, "deal", limit=10)
            found = driver.run(asked)

        told = [(each.pipeline, each.stage, each.values["amount"]) for each in found.rows]
        assert [("sales", "offer", "99.5"), ("sales", "offer", None)] == told
        assert {"sales": 2, "renewals": 0} == found.totals

    def test_a_lost_deal_says_why(self, place, odoo):
        place.lead(SALES)
        ids = place.ids()
        stage = odoo.number("crm.stage", ids["Pipeline/sales#new"])
        reason = odoo.number("crm.lost.reason", ids["Pipeline/renewals#.reason.price"])
        made = {"name": "Deal", "stage_id": stage, "type": "opportunity"}
        (deal,) = odoo.call("crm.lead", "create", vals_list=[made])

        refused = odoo.ask("crm.lead", "write", ids=[deal], vals={"active": False})

        assert (422, "Sales: say why it was lost.") == (refused.status, refused.json["message"])
        lost = {"active": False, "lost_reason_id": reason}
        odoo.call("crm.lead", "write", ids=[deal], vals=lost)

    def test_drift_made_through_its_own_api_is_named_by_field_and_mended(self, place, odoo):
        place.lead(SAMPLES.start)
        for address, model, values, _ in DRIFT:
            number = odoo.number(model, place.ids()[address])
            odoo.call(model, "write", ids=[number], vals=values)

        drifted = {
            (str(change.address), field.path)
            for change in place.plan().changes
            for field in change.fields
        }

        assert {(address, path) for address, _, _, path in DRIFT} <= drifted
        assert {address for address, *_ in DRIFT} == {address for address, _ in drifted}
        place.lead(SAMPLES.start)
        assert () == place.plan().changes

    def test_an_action_that_somebody_added_to_a_gate_or_changed_is_drift(self, place, odoo):
        place.lead(SALES)
        gate = place.ids()["Pipeline/sales#.gate.exit.offer.worth"]
        action = odoo.number("ir.actions.server", f"{gate}__action")
        odoo.call("ir.actions.server", "unlink", ids=[action])

        (change,) = place.plan().changes

        assert (Verb.UPDATE, ["message"]) == (change.verb, [each.path for each in change.fields])
        place.lead(SALES)
        assert () == place.plan().changes

    def test_an_archived_team_is_gone_and_comes_back_as_the_same(self, place, odoo):
        place.lead(SALES)
        team = odoo.number("crm.team", place.ids()["Pipeline/sales"])
        odoo.call("crm.team", "write", ids=[team], vals={"active": False})

        assert {"create:Pipeline/sales"} <= {each.id for each in place.plan().changes}
        place.lead(SALES)
        assert team == odoo.number("crm.team", place.ids()["Pipeline/sales"])

    def test_a_team_and_its_stages_are_taken_over_by_their_numbers(self, place, odoo):
        (team, *_), stages = odoo.rows("crm.team"), odoo.rows("crm.stage", (), ("is_won",))
        won = next(row["id"] for row in stages if row["is_won"])
        first = next(row["id"] for row in stages if not row["is_won"])
        numbers = {"id": str(team["id"]), "stages": {"new": str(first), "won": str(won)}}
        sales = json.loads(SALES["pipelines/sales.yaml"])
        sales["spec"]["external"] = {"crm": numbers}
        place.lead({**SALES, "pipelines/sales.yaml": json.dumps(sales)})

        names = {row["id"]: row["name"] for row in odoo.named("crm.stage")}
        assert ("New", "Won") == (names[first], names[won])
        assert str(team["id"]) == place.ids()["Pipeline/sales"]
        assert str(first) == place.ids()["Pipeline/sales#new"]
        sales["spec"]["stages"][0]["title"] = "Brand new"
        place.lead({**SALES, "pipelines/sales.yaml": json.dumps(sales)})
        assert "Brand new" in {row["name"] for row in odoo.named("crm.stage") if row["id"] == first}
        assert () == place.plan().changes

    def test_writes_that_change_nothing_are_no_drift(self, place, odoo):
        place.lead(SALES)
        for address, remote_id in place.ids().items():
            if address.startswith("Pipeline/sales#") and "." not in address:
                number = odoo.number("crm.stage", remote_id)
                odoo.call("crm.stage", "write", ids=[number], vals={"fold": False})

        assert () == place.plan().changes

    def test_every_write_sent_twice_makes_no_twin(self, place, odoo):
        def twice(request, effect):
            answer = effect()
            return effect() if request.path.endswith(("/load", "/write", "set_param")) else answer

        place.fault = twice
        place.lead(SAMPLES.start)
        place.lead(SAMPLES.changed)
        place.fault = None

        for model in ("crm.team", "crm.stage", "base.automation", "resource.calendar"):
            names = [(row["name"], str(row.get("team_ids"))) for row in odoo.named(model)]
            assert sorted(set(names)) == sorted(names), model
        assert () == place.plan().changes

    def test_hours_are_replaced_and_never_added_to(self, place, odoo):
        for written in (HOURS, HOURS.replace("17:20", "16:00"), HOURS):
            place.lead({"service/hours.yaml": written})

        number = odoo.number("resource.calendar", place.ids()["Calendar/office"])
        domain = [["calendar_id", "=", number]]
        assert 12 == len(odoo.rows("resource.calendar.attendance", domain))
        assert 2 == len(odoo.rows("resource.calendar.leaves", domain))

    def test_a_write_to_what_is_gone_is_not_called_done(self, place, odoo):
        place.lead(SALES)
        number = odoo.number("crm.stage", place.ids()["Pipeline/sales#new"])
        odoo.call("crm.stage", "unlink", ids=[number])
        at = Address.parse("Pipeline/sales#new")
        ghost = Change("update:x", Verb.UPDATE, "stage", at, "New", remote_id=str(number))

        with place.session() as session, session.driver(writes=True) as driver:
            (outcome,) = driver.run(place.connector.write([ghost], session.state().ids))

        assert Status.FAILED is outcome.status

    def test_a_team_that_owns_records_stays_and_an_empty_one_is_archived_never_deleted(
        self, place, odoo
    ):
        place.lead(SALES)
        team = odoo.number("crm.team", place.ids()["Pipeline/renewals"])
        deal = {"name": "Deal", "team_id": team, "type": "opportunity"}
        (made,) = odoo.call("crm.lead", "create", vals_list=[deal])
        place.write(LESS)

        refused = [each for each in place.plan().verdicts if each.refused]
        assert ["IX507"] == [each.code for each in refused]
        odoo.call("crm.lead", "unlink", ids=[made])
        place.lead(LESS)

        found = odoo.rows("crm.team", [["id", "=", team]], ("active",))
        assert [{"id": team, "active": False}] == found
        assert not [each for each in place.arrived if each.request.path.endswith("team/unlink")]

    def test_a_stage_that_an_automation_of_others_names_is_not_deleted(self, place, odoo):
        place.lead(SALES)
        talk = odoo.number("crm.stage", place.ids()["Pipeline/sales#talk"])
        model = odoo.rows("ir.model", [["model", "=", "crm.lead"]])[0]["id"]
        theirs = {
            "name": "Theirs",
            "model_id": model,
            "trigger": "on_create_or_write",
            "filter_domain": f"[('stage_id', '=', {talk})]",
        }
        odoo.call("base.automation", "create", vals_list=[theirs])
        place.write(LESS)

        refused = [each for each in place.plan().verdicts if each.refused]

        assert any("Theirs" in each.message for each in refused)

    def test_no_write_touches_access_rights(self, place):
        place.lead(SAMPLES.start)
        place.lead(SAMPLES.removed)

        asked = {each.request.path.split("/")[3] for each in place.arrived}

        assert not asked & {"ir.rule", "ir.model.access", "res.groups"}

    def test_a_timer_goes_off_when_it_is_due_and_not_before(self, place, odoo):
        place.lead({**SERVICE, "schemas/lead.yaml": ASKED, "service/timed.yaml": TIMED})
        now = self.now(place)
        ages = {"Late": 150, "Early": 90, "Answered": 200}
        made = [
            {
                "name": name,
                "type": "lead",
                "x_asked_at": _told(now - timedelta(minutes=minutes)),
                "x_first_touch_at": _told(now) if name == "Answered" else False,
            }
            for name, minutes in ages.items()
        ]
        numbers = odoo.call("crm.lead", "create", vals_list=made)

        odoo.run_timers()

        domain = [["res_model", "=", "crm.lead"], ["res_id", "in", numbers]]
        found = odoo.rows("mail.activity", domain, ("res_id", "summary", "user_id"))
        late = [row for row in found if row["summary"] == "Answer: all 100%-ben@acme.example"]
        assert [numbers[0]] == [row["res_id"] for row in late]
        assert odoo.user("ben@acme.example") == late[0]["user_id"][0]
        assert {numbers[0]} == {row["res_id"] for row in found}

    def test_records_are_given_to_those_whom_the_policy_allows(self, place, odoo):
        place.lead(SAMPLES.start)
        records = [
            {"region": region, "employees": size}
            for region in ("EMEA", "AMER", None)
            for size in (None, 5, 10, 999, 1000, 5000)
        ]
        made = [
            {
                "name": f"Lead {number}",
                "type": "lead",
                "team_id": False,
                "user_id": False,
                "x_region": record["region"] or False,
                "x_employees": record["employees"] or 0,
            }
            for number, record in enumerate(records)
        ]
        numbers = odoo.call("crm.lead", "create", vals_list=made)
        odoo.call("crm.lead", "write", ids=numbers, vals={"team_id": False, "user_id": False})
        team = odoo.number("crm.team", place.ids()["RoutingPolicy/inbound"])
        members = odoo.rows("crm.team.member", [["crm_team_id", "=", team]])
        busy = {"assignment_max": 900}
        odoo.call("crm.team.member", "write", ids=[row["id"] for row in members], vals=busy)

        odoo.call("crm.team", "action_assign_leads", ids=[team])

        given = odoo.rows("crm.lead", [["id", "in", numbers]], ("user_id", "team_id"))
        allowed = [set(_allowed(SAMPLES.start, record)) for record in records]
        logins = odoo.logins()
        taken = 0
        for row, people in zip(given, allowed, strict=True):
            if row["team_id"] and row["team_id"][0] == team:
                assert people, row
            if row["user_id"] and row["user_id"][0] != 2:
                taken += 1
                assert logins[row["user_id"][0]] in people, row
        assert taken >= 5


def _told(instant):
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")


def _allowed(files, record):
    """Whom the policy allows to get a record: everybody in the pool of the rule that holds."""
    texts = [text for name, text in files.items() if not name.startswith("pipelines/")]
    configuration, found = configure(
        [each for text in texts for each in load("a.yaml", text).documents]
    )
    assert not [each for each in found if each.severity == "error"]
    policy = configuration.get(RoutingPolicy, "inbound")
    known = normalise(record, catalogue(configuration), "lead")
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    decision, _ = route(configuration, policy, known, now=now, rotation=NOBODY_YET)
    if decision.pool:
        return ("ana@acme.example", "ben@acme.example")
    return (decision.person,) if decision.person else ()


DRIFT = (
    ("Pipeline/sales#talk", "crm.stage", {"name": "Chatting"}, "title"),
    ("Pipeline/sales#talk", "crm.stage", {"is_won": True}, "won"),
    ("Pipeline/sales", "crm.team", {"name": "Vertrieb"}, "title"),
    (
        "Pipeline/sales#.gate.exit.offer.worth",
        "base.automation",
        {"active": False},
        "active",
    ),
    (
        "Pipeline/sales#.gate.exit.offer.worth",
        "base.automation",
        {"filter_domain": "[('expected_revenue', '<', 5)]"},
        "unmet",
    ),
    ("RoutingPolicy/inbound", "crm.team", {"assignment_domain": "[]"}, "accepts"),
    (
        "SlaPolicy/speed#.timer.rest.due",
        "base.automation",
        {"trg_date_range": 9},
        "after",
    ),
    ("Calendar/office", "resource.calendar", {"tz": "Europe/Paris"}, "zone"),
    ("RecordSchema/lead#region", "ir.model.fields", {"field_description": "Area"}, "title"),
    ("Pipeline/renewals#.reason.price", "crm.lost.reason", {"name": "Cheap"}, "title"),
)
