"""The whole road over real HTTP: plan, apply, nothing to do, drift and back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from ixia_config.app import Refusal
from ixia_config.app.planning import plan
from ixia_config.app.pulling import pull
from ixia_config.edges.serve import Drop
from ixia_config.engine import codec
from ixia_config.exits import Exit
from ixia_config.model import Cause, Status, Verb
from tests.app.place import PIPELINE, is_read


def ids(plan):
    return [change.id for change in plan.changes]


def stage_path(place, key="evaluate"):
    pipelines = place.ask("GET", "/crm/pipelines/2026-09/deals").json["results"]
    ours = next(each for each in pipelines if each["label"] == "New business")
    stage = next(each for each in ours["stages"] if each["label"].lower().startswith(key[:4]))
    return f"/crm/pipelines/2026-09/deals/{ours['id']}/stages/{stage['id']}", stage


def rename_stage(place, title):
    path, stage = stage_path(place)
    body = {"label": title, "metadata": stage["metadata"], "displayOrder": stage["displayOrder"]}
    assert place.ask("PATCH", path, body).status == 200


def test_apply_then_plan_is_empty(place):
    report = place.apply()

    assert report.verified
    assert {result.status for result in report.results} == {Status.APPLIED}
    assert place.plan().changes == ()


def test_a_second_apply_sends_no_write(place):
    place.apply()
    place.log.clear()

    place.apply()

    assert place.writes() == []


def test_a_plan_sends_nothing_but_reads(messy):
    def refuse(request, go_on):
        assert is_read(request.method, request.path), request
        return go_on()

    messy.fault = refuse

    made = messy.plan()

    assert made.writes
    assert messy.log
    assert messy.writes() == []


def test_an_edit_behind_our_back_is_drift_with_its_author(place):
    place.apply()
    path, stage = stage_path(place)
    edited = {"label": stage["label"], "displayOrder": 1, "metadata": {"probability": "0.8"}}
    place.ask("PATCH", path, edited)

    [change] = place.plan().changes

    [field] = change.fields
    assert (field.before, field.after, field.cause) == ("0.8", "0.4", Cause.DRIFT)
    assert field.by is not None
    assert field.by.name == "Ada Admin"


def test_drift_is_undone_by_an_apply(place):
    place.apply()
    rename_stage(place, "Evaluating")

    place.apply()

    assert stage_path(place)[1]["label"] == "Evaluate"
    assert place.plan().changes == ()


def test_the_order_of_stages_is_restored(place):
    place.apply()
    place.edit(
        "pipelines/new-business.yaml",
        "    - {key: proposal, title: Proposal, probability: 70%}\n",
        "",
    )
    text = (place.root / "pipelines/new-business.yaml").read_text()
    place.write(
        "pipelines/new-business.yaml",
        text.replace(
            "    - {key: qualify",
            "    - {key: proposal, title: Proposal, probability: 10%}\n    - {key: qualify",
        ).replace("create_in: [qualify]", "create_in: [proposal]"),
    )

    report = place.apply()

    assert report.verified
    assert place.plan().changes == ()


def test_pull_then_plan_is_empty(messy):
    for name in ("schemas/deal.yaml", "pipelines/new-business.yaml"):
        (messy.root / name).unlink()

    with messy.session() as session:
        pulled = pull(session)

    assert any(name.startswith("pipelines/") for name in pulled.files)
    assert messy.check().errors == ()
    assert messy.plan().changes == ()
    assert messy.writes() == []


def test_losing_the_state_costs_nothing(place):
    place.apply()
    for file in (place.root / ".ixia").glob("*.json*"):
        file.unlink()

    made = place.plan()

    assert made.writes == ()
    assert {change.verb for change in made.changes} == {Verb.ADOPT}


def test_a_stage_in_use_is_retired_with_its_deals(place):
    place.apply()
    _, stage = stage_path(place, "proposal")
    pipelines = place.ask("GET", "/crm/pipelines/2026-09/deals").json["results"]
    ours = next(each for each in pipelines if each["label"] == "New business")
    for number in range(3):
        properties = {
            "dealname": f"Deal {number}",
            "amount": "1000",
            "pipeline": ours["id"],
            "dealstage": stage["id"],
        }
        made = place.ask("POST", "/crm/objects/2026-03/deals", {"properties": properties})
        assert made.status == 201
    place.ticking.pass_(minutes=5)
    text = PIPELINE.replace("    - {key: proposal, title: Proposal, probability: 70%}\n", "")
    place.write(
        "pipelines/new-business.yaml",
        text + "  retired: [{key: proposal, title: Proposal, migrate_to: evaluate}]\n",
    )

    made = place.plan()
    move = next(change for change in made.changes if change.verb is Verb.MIGRATE)
    report = place.apply(made)

    assert (move.dependents.count, move.dependents.amount) == (3, "3000")
    assert report.verified
    assert place.plan().changes == ()
    evaluate = stage_path(place)[1]["id"]
    found = place.ask("GET", "/crm/objects/2026-09/deals").json["results"]
    assert [each["properties"]["dealstage"] for each in found] == [evaluate] * 3


def test_a_stale_plan_is_refused_before_any_write(place):
    place.apply()
    place.edit("pipelines/new-business.yaml", "probability: 40%", "probability: 50%")
    approved = place.plan()
    path, stage = stage_path(place)
    place.ask(
        "PATCH",
        path,
        {"label": stage["label"], "displayOrder": 1, "metadata": {"probability": "0.9"}},
    )
    place.log.clear()

    with pytest.raises(Refusal) as caught:
        place.apply(approved)

    assert caught.value.exit is Exit.STALE
    assert "0.4 when the plan was made, now 0.9" in str(caught.value)
    assert place.writes() == []


def test_a_plan_of_another_configuration_is_refused(place):
    place.apply()
    place.edit("pipelines/new-business.yaml", "probability: 40%", "probability: 50%")
    approved = place.plan()
    place.edit("pipelines/new-business.yaml", "probability: 50%", "probability: 60%")

    with pytest.raises(Refusal) as caught:
        place.apply(approved)

    assert caught.value.exit is Exit.STALE
    assert "the configuration was changed" in str(caught.value)


def test_what_we_would_stop_owning_since_the_plan_was_not_approved_either(place):
    place.apply()
    place.edit("pipelines/new-business.yaml", "probability: 40%", "probability: 50%")
    approved = place.plan()
    place.edit(
        "schemas/deal.yaml",
        "    segment: {type: choice, title: Segment, choices: [smb, mid, enterprise]}\n",
        "",
    )
    place.log.clear()

    with pytest.raises(Refusal) as caught:
        place.apply(approved)

    assert caught.value.exit is Exit.STALE
    assert place.writes() == []


def test_an_expired_plan_is_refused(place):
    approved = place.plan()
    place.ticking.now += timedelta(days=4)

    with pytest.raises(Refusal) as caught:
        place.apply(approved)

    assert caught.value.exit is Exit.STALE


def test_a_plan_for_another_environment_is_refused(place):
    approved = codec.sealed(replace(place.plan(), environment="production"))

    with pytest.raises(Refusal) as caught:
        place.apply(approved)

    assert caught.value.exit is Exit.STALE


def test_the_wrong_account_is_refused_before_anything_is_read(place):
    place.edit("ixia.yaml", '"4242"', '"1001"')

    with pytest.raises(Refusal) as caught:
        place.plan()

    assert caught.value.exit is Exit.STALE
    assert "account 4242" in str(caught.value)
    assert len(place.log) == 1


def test_an_interrupt_between_changes_leaves_a_clean_run_that_can_be_continued(place):
    stops = iter([True])
    report = place.apply(stopping=lambda: next(stops, True))

    assert report.interrupted
    assert report.having(Status.SKIPPED)
    assert place.apply().verified
    assert place.plan().changes == ()


@pytest.mark.parametrize("after_effect", [True, False])
@pytest.mark.parametrize("number", range(1, 9))
def test_a_connection_that_dies_at_any_write_leaves_no_duplicate(place, number, after_effect):
    seen = []

    def die(request, go_on):
        if is_read(request.method, request.path):
            return go_on()
        seen.append(request)
        if len(seen) != number:
            return go_on()
        if after_effect:
            go_on()
        return Drop()

    approved = place.plan()
    place.fault = die
    report = place.apply(approved)
    place.fault = None
    place.apply()

    # A request that may be repeated was, so its change is certain again.
    assert report.having(Status.UNKNOWN) or report.verified
    labels = [
        each["label"] for each in place.ask("GET", "/crm/pipelines/2026-09/deals").json["results"]
    ]
    assert labels.count("New business") == 1
    assert place.plan().changes == ()


@pytest.mark.parametrize("grown", [False, True], ids=["new", "grown"])
@pytest.mark.parametrize("number", range(1, 9))
def test_the_same_plan_finishes_what_a_lost_answer_cut_off(place, number, grown):
    seen = []
    if grown:
        place.apply()
        old = "    - {key: proposal,"
        new = "    - {key: review, title: Review, probability: 60%}\n" + old
        place.edit("pipelines/new-business.yaml", old, new)
        place.edit("pipelines/new-business.yaml", "probability: 40%", "probability: 50%")

    def die(request, go_on):
        if is_read(request.method, request.path):
            return go_on()
        seen.append(request)
        answer = go_on()
        return Drop() if len(seen) == number else answer

    approved = place.plan()
    place.fault = die
    place.apply(approved)
    place.fault = None

    assert place.apply(approved).verified
    assert place.plan().changes == ()


def test_the_journal_and_the_state_hold_no_token(place):
    place.apply()

    text = "".join(file.read_text() for file in (place.root / ".ixia").rglob("*") if file.is_file())

    assert "intent" in text
    assert "sandbox-token" not in text


def test_the_saved_plan_holds_no_token_and_no_float(place):
    text = codec.dump(place.plan())

    assert "sandbox-token" not in text
    assert json.loads(text, parse_float=pytest.fail)


def test_a_folder_that_cannot_be_written_stops_before_the_first_call(place):
    (place.root / ".ixia").write_text("a file in the way")

    with pytest.raises(Refusal) as caught:
        place.apply(place_plan(place))

    assert caught.value.exit is Exit.RECOVERY
    assert place.writes() == []


def place_plan(place):
    """A plan made before the folder was spoiled."""
    spoiled = place.root / ".ixia"
    text = spoiled.read_text()
    spoiled.unlink()
    made = place.plan()
    spoiled.write_text(text)
    return made


def test_two_applies_at_once_are_one_and_a_refusal(place):
    from ixia_config.edges.lock import this_process

    approved = place.plan()
    with place.session() as session:
        holder = this_process(now=session.clock.now(), doing="ixia apply")
        with session.store.lock(holder), pytest.raises(Refusal) as caught:
            place.apply(approved)

    assert caught.value.exit is Exit.LOCKED
    assert "process" in str(caught.value)


def test_errors_in_the_files_stop_a_plan_and_are_all_told(place):
    place.edit("pipelines/new-business.yaml", "probability: 40%", "probability: 400%")
    place.edit("pipelines/new-business.yaml", "create_in: [qualify]", "create_in: [qualfy]")

    with pytest.raises(Refusal) as caught:
        place.plan()

    assert caught.value.exit is Exit.INVALID
    assert len(caught.value.diagnostics) >= 2
    assert place.log == []


def test_plan_reads_the_account_once(place):
    place.apply()
    place.log.clear()
    with place.session() as session:
        plan(session)

    paths = [each.path for each in place.log]
    assert len(paths) == len(set(paths))


@pytest.mark.parametrize("written", range(1, 9))
def test_a_disk_that_fills_up_during_an_apply_ends_it_with_what_was_done(
    place, written, monkeypatch
):
    """Every write of the journal and the state may be the one that fails."""
    from ixia_config.edges import journal, state
    from ixia_config.engine.state import StateProblem

    count = iter(range(1, 999))

    def full(step):
        def attempt(*given, **named):
            if next(count) > written:
                raise StateProblem("no space left on device")
            return step(*given, **named)

        return attempt

    approved = place.plan()
    with monkeypatch.context() as patch:
        patch.setattr(journal.Writer, "append", full(journal.Writer.append))
        patch.setattr(state.LockedState, "write", full(state.LockedState.write))
        report = place.apply(approved)

    assert report.problem == "no space left on device"
    assert report.having(Status.SKIPPED)
    assert place.apply().verified
    assert place.plan().changes == ()


def test_a_later_apply_closes_the_runs_that_were_cut_off(place):
    def die(request, go_on):
        return go_on() if is_read(request.method, request.path) else Drop()

    approved = place.plan()
    place.fault = die
    cut = place.apply(approved)
    place.fault = None

    with place.session() as session:
        assert session.journal.open_runs() == (cut.run,)
    place.apply()

    with place.session() as session:
        assert session.journal.open_runs() == ()


def test_every_change_points_to_the_line_that_asks_for_it(place):
    sources = {change.id: change.source for change in place.plan().changes}

    lines = (place.root / "pipelines/new-business.yaml").read_text().splitlines()
    file, _, number = sources["create:Pipeline/new-business#evaluate"].rpartition(":")
    assert file == "pipelines/new-business.yaml"
    assert lines[int(number) - 1] == "    - key: evaluate"
    file, _, number = sources["create:RecordSchema/deal#segment"].rpartition(":")
    assert "segment:" in (place.root / file).read_text().splitlines()[int(number) - 1]


def test_a_plan_estimates_its_time_at_the_accounts_pace(place):
    quota = place.plan().quota

    assert quota.allowed == 171  # 190 in 10 seconds, less the tenth that is left to others
    assert quota.seconds == -(-quota.estimated * 10 // 171)


def test_a_policy_that_the_target_cannot_hold_at_all_is_said(place):
    place.write(
        "approvals/large.yaml",
        "apiVersion: ixia/v1\nkind: ApprovalPolicy\nmetadata: {name: large, title: Large deals}\n"
        "spec:\n  object: deal\n  rules: [{key: ops, steps: [{approver: {role: ops}}]}]\n---\n"
        "apiVersion: ixia/v1\nkind: Directory\nmetadata: {name: people}\nspec:\n"
        "  people: [{email: ana@acme.example, role: ops}]\n",
    )

    clauses = [each for each in place.plan().clauses if each.address.kind == "ApprovalPolicy"]

    assert [(each.subject, each.level.value) for each in clauses] == [
        ("approval policy of Large deals", "unsupported")
    ]
    assert not [each for each in place.plan().clauses if each.address.kind == "Directory"]
