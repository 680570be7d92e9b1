"""What is sent to HubSpot, and what is left as it was."""

from __future__ import annotations

import pytest

from ixia_config.engine.draft import Settings
from ixia_config.model import Address, Change, Level, Status, Verb
from ixia_config.sdk import Kind, RemoteError, Request
from ixia_connectors.hubspot.sandbox import Profile, load_records, require
from tests.connectors.hubspot.account import ANA, CONNECTOR, LEE, Account
from tests.connectors.hubspot.examples import PIPELINE, REGION, RULES, STAGE, STAGES

PIPELINES = "/crm/pipelines/2026-09/deals"
EVALUATE = STAGE + "evaluate"
NEGOTIATE = STAGE + "negotiate"
RETIRED = (
    PIPELINE.replace("    - {key: negotiate, title: Negotiate, probability: 70%}\n", "")
    + "  retired: [{key: negotiate, title: Negotiate, migrate_to: evaluate}]\n"
)


def applied(text: str, **more) -> Account:
    account = Account(**more)
    account.apply(text)
    account.sent.clear()
    return account


def labels(account: Account) -> list[str]:
    return [row["label"] for row in account.get(STAGES)["results"]]


def writes(account: Account) -> list[str]:
    return [str(each) for each in account.sent if not each.reads]


def with_deals(account: Account, number: int, stage: str = "negotiate") -> None:
    rows = (
        {
            "dealname": f"Deal {place}",
            "amount": "100.50",
            "pipeline": "ixia_new_business",
            "dealstage": f"ixia_new_business__{stage}",
        }
        for place in range(number)
    )
    load_records(account.sandbox, "deals", rows)


def on_stage(account: Account, stage: str) -> int:
    filters = [
        {"propertyName": "dealstage", "operator": "EQ", "value": f"ixia_new_business__{stage}"}
    ]
    request = Request(
        "POST",
        "/crm/objects/2026-09/deals/search",
        json={"filterGroups": [{"filters": filters}], "limit": 1},
        reads=True,
    )
    return account.ask(request)["total"]


def test_a_pipeline_is_created_with_its_stages_in_one_request():
    account = Account()
    account.apply(PIPELINE)

    assert ["POST /crm/pipelines/2026-09/deals"] == writes(account)
    assert ["Qualify", "Evaluate", "Negotiate", "Closed won", "Closed lost"] == labels(account)


def test_a_second_apply_sends_no_write():
    account = applied(PIPELINE)

    account.apply(PIPELINE)

    assert [] == writes(account)


def test_a_changed_probability_is_one_look_and_one_patch_of_that_stage():
    account = applied(PIPELINE)

    account.apply(PIPELINE.replace("40%", "50%"))

    assert [f"PATCH {EVALUATE}"] == writes(account)


def test_metadata_that_is_not_ours_survives_a_change_of_ours():
    account = applied(PIPELINE)
    account.edit("PATCH", EVALUATE, {"metadata": {"probability": "0.4", "mark": "of somebody"}})

    account.apply(PIPELINE.replace("40%", "50%"))

    metadata = account.get(EVALUATE)["metadata"]
    assert ("of somebody", "0.5") == (metadata["mark"], metadata["probability"])


def test_a_stage_that_nobody_declared_stays_as_it_is():
    account = applied(PIPELINE)
    body = {"label": "Legal", "displayOrder": 2, "metadata": {"probability": "0.6", "x": "y"}}
    account.edit("POST", STAGES, body)
    before = next(row for row in account.get(STAGES)["results"] if row["label"] == "Legal")

    account.apply(PIPELINE.replace("40%", "50%").replace("Negotiate,", "Bargain,"))

    after = next(row for row in account.get(STAGES)["results"] if row["label"] == "Legal")
    assert before == after


def test_a_new_stage_comes_to_stand_where_the_yaml_has_it():
    account = applied(PIPELINE)
    new = "    - {key: security, title: Security review, probability: 60%}\n"
    text = PIPELINE.replace("    - {key: negotiate", new + "    - {key: negotiate")

    account.apply(text)

    assert ["Qualify", "Evaluate", "Security review", "Negotiate"] == labels(account)[:4]
    assert () == account.plan(text).changes


def test_stages_that_share_a_place_are_put_in_order():
    account = applied(PIPELINE)
    for key in ("qualify", "evaluate", "negotiate"):
        live = account.get(STAGE + key)
        account.edit("PATCH", STAGE + key, {"metadata": live["metadata"], "displayOrder": 0})
    assert ["Evaluate", "Negotiate", "Qualify"] == labels(account)[:3]

    account.apply(PIPELINE)

    assert ["Qualify", "Evaluate", "Negotiate"] == labels(account)[:3]


@pytest.mark.parametrize("number", [1, 43, 100, 200, 250, 401])
def test_records_of_a_retired_stage_move_before_it_goes(number: int):
    account = applied(PIPELINE)
    with_deals(account, number)

    done = account.apply(RETIRED)

    assert {Status.APPLIED} == {result.status for result in done.results}
    assert (0, number) == (on_stage(account, "negotiate"), on_stage(account, "evaluate"))
    assert "Negotiate" not in labels(account)
    assert [said for said, _ in account.spent] == [was for _, was in account.spent]


def test_records_move_though_the_search_lags_behind():
    account = applied(PIPELINE, profile=Profile(people=(ANA, LEE), search_lag_seconds=30.0))
    with_deals(account, 250)
    account.now += 60

    done = account.apply(RETIRED)

    assert {Status.APPLIED} == {result.status for result in done.results}
    account.now += 60
    assert 250 == on_stage(account, "evaluate")


def test_a_record_that_hubspot_will_not_move_keeps_its_stage_from_going():
    account = applied(PIPELINE)
    with_deals(account, 3)
    require(
        account.sandbox, "deals", "ixia_new_business", "ixia_new_business__evaluate", "closedate"
    )

    done = account.apply(RETIRED)

    statuses = {result.change.verb: result.status for result in done.results}
    assert (Status.FAILED, Status.SKIPPED) == (statuses[Verb.MIGRATE], statuses[Verb.ARCHIVE])
    assert "Negotiate" in labels(account)
    assert "closedate" in next(r.message for r in done.results if r.status is Status.FAILED)


def test_a_deal_that_arrives_late_keeps_its_stage_from_going():
    account = applied(PIPELINE)
    archive = Change(
        id="archive",
        verb=Verb.ARCHIVE,
        type="stage",
        address=Address("Pipeline", "new-business", "negotiate"),
        title="Negotiate",
        remote_id="deals/ixia_new_business/ixia_new_business__negotiate",
        parent=Address("Pipeline", "new-business"),
    )
    with_deals(account, 1)

    outcomes = account.write([archive], account.state.ids)

    assert [Status.FAILED] == [each.status for each in outcomes]
    assert "Negotiate" in labels(account)


def test_what_is_gone_already_counts_as_removed():
    account = applied(PIPELINE)
    archive = Change(
        id="archive",
        verb=Verb.ARCHIVE,
        type="stage",
        address=Address("Pipeline", "new-business", "negotiate"),
        title="Negotiate",
        remote_id="deals/ixia_new_business/ixia_new_business__negotiate",
        parent=Address("Pipeline", "new-business"),
    )
    account.write([archive], account.state.ids)

    outcomes = account.write([archive], account.state.ids)

    assert [Status.ALREADY] == [each.status for each in outcomes]


def test_a_pipeline_is_archived_with_its_stages_in_one_request():
    account = applied(PIPELINE, settings=Settings({}, on_remove="archive"))
    basis = account.basis(PIPELINE)
    removal = [
        Change(
            id=str(number),
            verb=Verb.ARCHIVE,
            type=each.type,
            address=each.address,
            title=each.title,
            remote_id=each.choose_id,
            parent=each.parent,
        )
        for number, each in enumerate(reversed(basis.lowered.desired))
    ]

    units = CONNECTOR.units(removal)

    assert 1 == len(units)
    outcomes = account.write(units[0], account.state.ids)
    assert {Status.APPLIED} == {each.status for each in outcomes}
    assert len(removal) == len(outcomes)
    assert ["DELETE"] == [each.method for each in account.sent if not each.reads]


def test_a_create_whose_answer_was_lost_is_known_again():
    account = Account()
    basis = account.basis(PIPELINE)
    changes = [change for change in account.plan(PIPELINE).changes if change.verb.writes]
    ids = {each.address: each.remote_id for each in changes}
    unit = CONNECTOR.units(changes)[0]
    assert basis.live.resources
    account.write(unit, ids)

    outcomes = account.write(unit, ids)

    assert {Status.ALREADY} == {each.status for each in outcomes}


def test_a_pipeline_of_somebody_else_under_our_id_is_not_taken_for_ours():
    account = Account()
    changes = [change for change in account.plan(PIPELINE).changes if change.verb.writes]
    stage = {"label": "Only", "displayOrder": 0, "metadata": {"probability": "0.5"}}
    account.edit(
        "POST",
        PIPELINES,
        {
            "label": "Other",
            "displayOrder": 0,
            "pipelineId": "ixia_new_business",
            "stages": [stage],
        },
    )

    outcomes = account.write(CONNECTOR.units(changes)[0], {})

    assert {Status.FAILED} == {each.status for each in outcomes}


@pytest.mark.parametrize("text", [PIPELINE, REGION], ids=["pipeline", "field"])
def test_a_lost_answer_is_thrown_rather_than_guessed(text: str):
    account = Account()
    change = account.plan(text).changes[0]
    flow = CONNECTOR.write([change], {})
    request = next(flow)

    with pytest.raises(RemoteError) as lost:
        flow.throw(RemoteError(Kind.UNKNOWN, "the answer never came", request=request))

    assert Kind.UNKNOWN is lost.value.kind


def test_choices_that_people_added_stay_where_they_are():
    account = applied(REGION)
    path = "/crm/properties/2026-09/deals/region"
    options = account.get(path)["options"]
    added = {"label": "Other", "value": "other", "hidden": True, "displayOrder": 1}  # after EMEA
    account.edit("PATCH", path, {"options": [*options, added]})

    account.apply(
        REGION.replace("[AMER, EMEA, APAC]", "[APAC, AMER, {value: EMEA, title: Europe}]")
    )

    options = account.get(path)["options"]
    assert [
        ("APAC", "APAC", False),
        ("AMER", "AMER", False),
        ("other", "Other", True),
        ("EMEA", "Europe", False),
    ] == [(each["value"], each["label"], each["hidden"]) for each in options]


def test_a_new_choice_leaves_those_that_are_there():
    account = applied(REGION)

    account.apply(REGION.replace("APAC]", "APAC, LATAM]"))

    options = account.get("/crm/properties/2026-09/deals/region")["options"]
    assert ["AMER", "EMEA", "APAC", "LATAM"] == [each["value"] for each in options]


def test_a_choice_that_is_no_longer_declared_is_not_taken_away():
    account = applied(REGION)

    account.apply(REGION.replace(", APAC]", "]"))

    options = account.get("/crm/properties/2026-09/deals/region")["options"]
    assert ["AMER", "EMEA", "APAC"] == [each["value"] for each in options]


def test_rules_that_are_not_owned_stay_as_people_set_them():
    account = applied(PIPELINE)
    qualify = "ixia_new_business__qualify"
    everywhere = {"enabledForAllStages": True, "pipelineStageIds": []}
    account.edit(
        "PUT",
        RULES,
        {
            "governanceValidationRules": {
                "noBackwardsMovementRule": everywhere,
                "noSkippingStagesRule": {"enabledForAllStages": False, "pipelineStageIds": []},
                "objectCreationRule": {"pipelineStageIds": [qualify]},
            }
        },
    )

    account.apply(PIPELINE + "  moves: {skip: false}\n")

    rules = account.get(RULES)["governanceValidationRules"]
    assert [qualify] == rules["objectCreationRule"]["pipelineStageIds"]
    assert everywhere == rules["noBackwardsMovementRule"] == rules["noSkippingStagesRule"]


def test_a_changed_approver_keeps_the_condition_that_people_set():
    gated = PIPELINE.replace(
        "title: Evaluate,", "title: Evaluate, approval: {approvers: [ana@acme.example]},"
    )
    account = applied(gated)
    approval = account.get(RULES)["approvalStage"] | {"conditionalApprovalFilterBranch": {"a": "b"}}
    account.edit("PATCH", RULES, {"approvalStage": approval})

    account.apply(gated.replace("ana@", "lee@"))

    approval = account.get(RULES)["approvalStage"]
    assert [str(LEE.user_id)] == approval["approverUserIds"]
    assert {"a": "b"} == approval["conditionalApprovalFilterBranch"]


def test_an_approver_whom_hubspot_does_not_know_is_a_clear_failure():
    gated = PIPELINE.replace(
        "title: Evaluate,", "title: Evaluate, approval: {approvers: [gone@acme.example]},"
    )

    done = Account().apply(gated)

    failed = [result for result in done.results if result.status is Status.FAILED]
    assert ["rules"] == [result.change.type for result in failed]
    assert "no active user gone@acme.example" in failed[0].message


def test_checks_of_values_are_set_one_by_one():
    text = REGION.partition("    region:")[0] + (
        '    size: {type: integer, title: Size, minimum: "0", maximum: "500"}\n'
    )
    account = applied(text)

    account.apply(text.replace("500", "900"))

    rule = "/crm/property-validations/2026-09/0-3/size/rule-type/"
    assert [f"PUT {rule}MAX_NUMBER"] == writes(account)
    assert ["900"] == account.get(rule + "MAX_NUMBER")["ruleArguments"]


def test_checks_that_are_no_longer_declared_become_work_for_a_person():
    text = REGION.partition("    region:")[0] + "    size: {type: integer, title: Size"
    account = applied(text + ', maximum: "500"}\n')

    plan = account.plan(text + "}\n")

    assert [Verb.FORGET] == [change.verb for change in plan.changes]
    assert ["bounds of Size"] == [
        clause.subject for clause in plan.clauses if clause.level is Level.MANUAL
    ]
