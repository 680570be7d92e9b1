"""Workflows in an account: made once, never over somebody's work, and named by whom they name."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from ixia_config.engine.draft import Settings
from ixia_config.model import Address, Cause, Level, Status, Verb
from ixia_config.sdk import Request, Response
from ixia_connectors.hubspot.sandbox import ALL_SCOPES, Person, Profile, Tier, Token
from tests.connectors.hubspot.account import ANA, CONNECTOR, GONE, LEE, Account, configured
from tests.connectors.hubspot.flow_examples import BEN, FLOWS, LEADS, ROUTING, SLA, TOUCHED, account
from tests.connectors.hubspot.flow_office import EVERYBODY, OWNERS, USERS, texts
from tests.kinds.routing_policy.place import SCHEMA

OFFICE_PEOPLE = [Person(int(USERS[each]), int(OWNERS[each]), each, "A", "B") for each in EVERYBODY]
FLOW = Address("RoutingPolicy", "inbound")
PEOPLE = (ANA, LEE, GONE, BEN)
ALL = LEADS + ROUTING


def flows(there: Account) -> list[Any]:
    """Every workflow with its steps."""
    rows = there.get(FLOWS)["results"]
    return [there.get(f"{FLOWS}/{row['id']}") for row in rows]


def writes(there: Account, text: str) -> list[Any]:
    """What a plan would write."""
    return [each for each in there.plan(text).changes if each.verb.writes]


def only(there: Account) -> Any:
    (found,) = flows(there)
    return found


def replaced(there: Account, row: Any, **more: Any) -> Any:
    """Somebody saves a workflow in the editor."""
    ours = ("id", "createdAt", "updatedAt", "flowType", "objectTypeId", "dataSources")
    ours += ("nextAvailableActionId", "crmObjectCreationStatus")
    kept = {key: each for key, each in row.items() if key not in ours}
    return there.edit("PUT", f"{FLOWS}/{row['id']}", {**kept, **more})


def failures(done: Any) -> list[str]:
    return [each.message for each in done.results if each.status is not Status.APPLIED]


def clauses(there: Account, text: str) -> dict[str, tuple[Level, str]]:
    found = there.basis(text).lowered.clauses
    return {each.subject: (each.level, each.note) for each in found if each.address == FLOW}


def step(row: Any, number: str) -> Any:
    return next(each for each in row["actions"] if each["actionId"] == number)


def test_a_workflow_is_made_switched_off_looked_at_and_then_turned_on():
    there = account()
    there.apply(ALL)

    sent = [(each.method, each.json) for each in there.sent if each.path.startswith(FLOWS)]
    told = [(method, json["isEnabled"]) for method, json in sent if json and "actions" in json]
    assert [("POST", False), ("PUT", True)] == told
    post = next(place for place, (method, _) in enumerate(sent) if method == "POST" and place)
    assert ("GET", None) == sent[sent.index(("POST", sent[post][1])) + 1]
    assert only(there)["isEnabled"]


def test_rotations_name_users_and_assignments_name_owners():
    there = account()
    there.apply(ALL)
    row = only(there)

    rotated = next(each for each in row["actions"] if each.get("actionTypeId") == "0-11")
    given = [
        each["fields"]["value"]["staticValue"]
        for each in row["actions"]
        if each.get("fields", {}).get("property_name") == "hubspot_owner_id"
    ]
    assert [str(ANA.user_id), str(BEN.user_id)] == rotated["fields"]["user_ids"]
    assert [str(LEE.owner_id)] == given


def test_a_workflow_of_the_same_name_that_somebody_drew_is_left_alone():
    there = account()
    body = {
        "name": "Inbound leads",
        "type": "PLATFORM_FLOW",
        "flowType": "WORKFLOW",
        "objectTypeId": "0-136",
        "isEnabled": True,
        **{name: [] for name in ("actions", "timeWindows", "blockedDates", "dataSources")},
        "customProperties": {},
    }
    theirs = there.edit("POST", FLOWS, body)

    there.apply(ALL)

    assert theirs == there.get(f"{FLOWS}/{theirs['id']}")
    assert 2 == len(flows(there))


def test_two_workflows_with_our_mark_are_for_a_person_to_judge():
    there = account()
    there.apply(ALL)
    row = only(there)
    kept = {key: each for key, each in row.items() if key not in ("id", "revisionId")}
    there.edit("POST", FLOWS, kept)

    forgetful = Account(sandbox=there.sandbox, now=there.now)

    told = [each.message for each in forgetful.plan(ALL).refused]
    assert 2 == len(told)
    assert all("is already there and is not managed" in each for each in told)


def test_a_lost_state_finds_its_workflow_by_its_mark_even_where_somebody_changed_it():
    there = account()
    there.apply(ALL)
    replaced(there, only(there), name="Renamed by hand")

    forgetful = Account(sandbox=there.sandbox, now=there.now)
    plan = forgetful.plan(ALL)
    forgetful.apply(ALL)

    assert () == plan.refused
    assert [] == [each for each in plan.changes if each.verb is Verb.CREATE]
    assert "Inbound leads" == only(there)["name"]


def test_what_somebody_changes_by_hand_is_drift_named_by_its_step():
    there = account()
    there.apply(ALL)
    row = only(there)
    changed = json.loads(json.dumps(row["actions"]))
    for each in changed:
        if each.get("actionTypeId") == "0-11":
            each["fields"]["user_ids"] = [str(LEE.user_id)]
    replaced(there, row, actions=changed)

    (change,) = there.plan(ALL).changes
    (field,) = change.fields

    assert (FLOW, "steps.3", Cause.DRIFT) == (change.address, field.path, field.cause)
    assert "lee@acme.example" in field.before
    assert ["ana@acme.example", "ben@acme.example"] == json.loads(field.after)["among"]
    there.apply(ALL)
    assert () == there.plan(ALL).changes


def test_a_step_that_somebody_puts_in_between_goes_again():
    there = account()
    there.apply(ALL)
    row = only(there)
    more = {
        "type": "SINGLE_CONNECTION",
        "actionId": "99",
        "actionTypeId": "0-3",
        "actionTypeVersion": 0,
        "fields": {"subject": "call"},
        "connection": {"edgeType": "STANDARD", "nextActionId": "1"},
    }
    replaced(there, row, actions=[*row["actions"], more], startActionId="99")

    (change,) = there.plan(ALL).changes
    there.apply(ALL)

    assert {"first", "steps.99"} == {each.path for each in change.fields}
    assert "1" == only(there)["startActionId"]
    assert [] == writes(there, ALL)


def test_a_workflow_that_somebody_turned_off_is_found_and_turned_on_again():
    there = account()
    there.apply(ALL)
    replaced(there, only(there), isEnabled=False)

    (change,) = there.plan(ALL).changes
    there.apply(ALL)

    assert FLOW.at(".on") == change.address
    assert only(there)["isEnabled"]


def test_what_no_policy_decides_of_a_workflow_stays_as_somebody_set_it():
    there = account()
    there.apply(ALL)
    hours = [{"day": "MONDAY", "startTime": {"hour": 9, "minute": 0}}]
    replaced(there, only(there), timeWindows=hours)

    there.apply(ALL.replace("EMEA", "APAC"))

    assert hours == only(there)["timeWindows"]
    assert only(there)["isEnabled"]


class Busy(Account):
    """Somebody saves the workflow between our look at it and our write."""

    meddled = False

    def respond(self, request: Request, **options: Any) -> Response:
        if request.method == "PUT" and request.path.startswith(FLOWS) and not self.meddled:
            self.meddled = True
            replaced(self, only(self), description="mine")
        return super().respond(request, **options)


def test_a_workflow_that_somebody_saves_at_the_same_time_is_never_overwritten():
    there = account()
    there.apply(ALL)
    busy = Busy(sandbox=there.sandbox, state=there.state, now=there.now)

    done = busy.apply(ALL.replace("EMEA", "APAC"))

    assert "somebody saved the workflow meanwhile" in failures(done)[0]
    assert "mine" == only(there)["description"]


class Failing(Account):
    """An account that answers the first POST of a workflow with a failure of its own."""

    done = False
    effect = True

    def respond(self, request: Request, **options: Any) -> Response:
        post = request.method == "POST" and request.path == FLOWS
        if not post or self.done:
            return super().respond(request, **options)
        self.done = True
        if self.effect:
            super().respond(request, **options)
        return Response(500, {"status": "error", "message": "internal error"})


def failing(*, effect: bool) -> Failing:
    there = Failing(profile=Profile(people=PEOPLE))
    there.effect = effect
    return there


def test_after_a_failure_the_account_is_asked_before_anything_is_made_again():
    there = failing(effect=True)

    assert [] == failures(there.apply(ALL))
    assert 1 == len(flows(there))
    assert () == there.plan(ALL).changes


def test_a_failure_that_made_nothing_is_told_and_a_second_apply_succeeds():
    there = failing(effect=False)

    told = failures(there.apply(ALL))
    again = there.apply(ALL)

    assert "made none" in told[0]
    assert [] == failures(again)
    assert 1 == len(flows(there))


@pytest.mark.parametrize("place", range(16))
@pytest.mark.parametrize("when", ["before", "after"])
def test_an_apply_that_dies_at_any_write_is_made_good_by_the_next(place: int, when: str):
    there = account()
    there.faults = iter([*[None] * place, when])
    there.apply(ALL)
    there.faults = iter(())

    again = Account(sandbox=there.sandbox, state=there.state, now=there.now)
    assert {Status.APPLIED} >= {each.status for each in again.apply(ALL).results}

    assert 1 == len(flows(there))
    assert () == again.plan(ALL).changes


def test_an_account_without_rotation_gives_all_to_one_and_says_so():
    there = Account(profile=Profile(people=PEOPLE, without_actions=frozenset({"0-11"})))

    there.apply(ALL)

    level, note = clauses(there, ALL)["rotation of rule emea"]
    assert (Level.UNSUPPORTED, True) == (level, note.endswith("all go to ana@acme.example"))
    assert "0-11" not in {each.get("actionTypeId") for each in only(there)["actions"]}


def test_who_has_no_user_in_the_account_gets_nothing_and_is_named():
    there = account()
    text = ALL.replace("pool: team", "pool: both")

    there.apply(text)

    note = clauses(there, text)["people who are not in HubSpot"][1]
    assert note.startswith("no active user of this account: mia@acme.example")
    assert "0-11" not in {each.get("actionTypeId") for each in only(there)["actions"]}


def test_more_than_twenty_rules_are_chained():
    rules = "".join(
        f"    - {{key: r{number}, when: employees == {number}, assign: {{pool: team}}}}\n"
        for number in range(45)
    )
    head, _, tail = ROUTING.partition("    - {key: customers")
    text = LEADS + head + rules + "  otherwise" + tail.partition("  otherwise")[2]
    there = account()

    assert [] == failures(there.apply(text))
    sizes = [len(each["listBranches"]) for each in only(there)["actions"] if "listBranches" in each]
    assert [20, 20, 5] == sizes


def test_a_workflow_that_is_still_being_made_is_waited_for_or_turned_on_later():
    there = Account(profile=Profile(people=PEOPLE, flow_creation_seconds=60))

    told = failures(there.apply(ALL))
    there.now += 60
    again = there.apply(ALL)

    assert ["HubSpot is still making the workflow: apply again in a minute"] == told
    assert [] == failures(again)
    assert only(there)["isEnabled"]


def test_a_policy_that_goes_takes_its_workflow_out_of_service_and_deletes_nothing():
    there = account()
    there.settings = Settings({}, on_remove="archive")
    there.apply(ALL)
    text = ALL.replace("name: inbound", "name: incoming")
    there.execute(there.basis(text), there.plan(text))

    found = flows(there)
    deleted = [each for each in there.sent if each.method == "DELETE" and FLOWS in each.path]
    assert [] == deleted
    assert [False, True] == [each["isEnabled"] for each in found]
    assert "No policy asks" in found[0]["description"]


def test_without_the_scope_nothing_is_made_and_the_plan_says_why():
    scopes = ALL_SCOPES - {"automation"}
    there = Account(profile=Profile(people=PEOPLE, tokens={"sandbox-token": Token(scopes)}))

    found = clauses(there, ALL)

    level, note = found["rules, in order"]
    assert (Level.UNSUPPORTED, True) == (level, "automation" in note)
    assert [] == [each for each in there.plan(ALL).changes if each.type in ("flow", "switch")]


def test_an_account_without_workflows_is_told_of_its_plan():
    there = Account(profile=Profile(people=PEOPLE, tier=Tier.STARTER))

    level, note = clauses(there, LEADS + ROUTING)["rules, in order"]

    assert (Level.UNSUPPORTED, True) == (level, "Professional" in note)


def test_a_full_account_refuses_one_more_workflow_in_its_own_words():
    there = Account(profile=Profile(people=PEOPLE, flows=0))

    told = failures(there.apply(ALL))

    assert "The account may have 0 workflows" in told[0]
    assert [] == flows(there)


def test_a_workflow_that_was_changed_by_hand_is_not_pulled_as_the_policy_that_it_was():
    there = account()
    there.apply(ALL)
    whole = CONNECTOR.lift(there.live(configured(ALL), everything=True))
    row = only(there)
    replaced(there, row, startActionId="3")
    lifted = CONNECTOR.lift(there.live(configured(ALL), everything=True))

    kinds = [str(each["kind"]) for each in whole.documents]
    assert kinds.count("RoutingPolicy") == 1
    assert "RoutingPolicy" not in {each["kind"] for each in lifted.documents}
    assert (
        'workflow "Inbound leads": its steps say something else than its policy now' in lifted.lost
    )


def test_what_hubspot_fills_in_is_no_difference():
    there = account()
    there.apply(TOUCHED + ROUTING + "---" + SLA)

    assert () == there.plan(TOUCHED + ROUTING + "---" + SLA).changes
    filled = {key for row in flows(there) for each in row["actions"] for key in each}
    assert "defaultBranchName" in filled
    assert all(row["canEnrollFromSalesforce"] is False for row in flows(there))


def test_a_user_who_left_between_plan_and_apply_is_named():
    there = account()
    basis = there.basis(ALL)
    plan = there.plan(ALL)
    there.sandbox.store.run("UPDATE people SET active = 0 WHERE email = ?", BEN.email)

    told = failures(there.execute(basis, plan))

    assert "HubSpot has no active user ben@acme.example" in told[0]
    assert [] == flows(there)


class Deaf(Account):
    """An account that does not answer the look at a workflow that it has just made."""

    silent = True

    def respond(self, request: Request, **options: Any) -> Response:
        look = request.method == "GET" and request.path.startswith(f"{FLOWS}/")
        if look and self.silent:
            return Response(503, {"status": "error", "message": "busy"})
        return super().respond(request, **options)


def test_a_workflow_that_could_not_be_looked_at_is_not_taken_for_one_that_was_not_made():
    there = Deaf(profile=Profile(people=PEOPLE))

    done = there.apply(ALL)
    there.silent = False
    again = there.apply(ALL)

    assert Status.UNKNOWN in {each.status for each in done.results}
    assert [] == failures(again)
    assert only(there)["isEnabled"]


def test_contacts_have_a_type_of_workflow_of_their_own():
    there = account()
    text = ALL.replace("{name: lead}", "{name: contact}").replace("object: lead", "object: contact")

    assert [] == failures(there.apply(text))
    row = only(there)
    assert ("CONTACT_FLOW", "0-1", []) == (
        row["type"],
        row["objectTypeId"],
        row["suppressionListIds"],
    )
    assert () == there.plan(text).changes


@settings(max_examples=8, deadline=None)
@given(texts(), texts())
def test_after_any_policy_there_is_nothing_left_to_do_at_the_promised_cost(before, after):
    there = Account(profile=Profile(people=tuple(OFFICE_PEOPLE)))
    for desk, policy in (before, after):
        text = "---\n".join(["", SCHEMA, desk, policy])
        assert [] == failures(there.apply(text))
        assert [] == writes(there, text)
    assert [said for said, _ in there.spent] == [was for _, was in there.spent]
