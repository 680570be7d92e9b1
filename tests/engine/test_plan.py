"""What a plan says in each situation."""

from __future__ import annotations

import pytest

from ixia_config.engine import codec
from ixia_config.engine.draft import Settings
from ixia_config.engine.subset import differences, unapproved
from ixia_config.model import Cause, Verb
from ixia_config.sdk.connector import Desired
from ixia_config.sdk.wire import Request
from tests.engine.road import Road, WroteInPlan, drive
from tests.engine.toy import BOX_1, ToyServer, box, retired, shelf


def verbs(plan):
    return [(change.verb.value, change.address.part) for change in plan.changes]


def codes(plan):
    return sorted(verdict.code for verdict in plan.verdicts)


@pytest.fixture
def road():
    road = Road()
    road.apply(box(["a", "b"]), shelf("a", share="0.1"), shelf("b"))
    return road


def test_an_edit_in_the_target_is_drift(road):
    road.server.objects["ixia_a"]["share"] = "0.7"

    plan = road.plan(box(["a", "b"]), shelf("a", share="0.1"), shelf("b"))

    [change] = plan.changes
    [field] = change.fields
    assert (field.before, field.after, field.cause) == ("0.7", "0.1", Cause.DRIFT)


def test_an_edit_on_both_sides_is_a_conflict(road):
    road.server.objects["ixia_a"]["share"] = "0.7"

    plan = road.plan(box(["a", "b"]), shelf("a", share="0.2"), shelf("b"))

    assert plan.changes[0].fields[0].cause is Cause.CONFLICT


def test_a_new_order_in_the_target_is_drift(road):
    road.server.objects["ixia_box"]["order"] = ["ixia_b", "ixia_a"]

    plan = road.plan(box(["a", "b"]), shelf("a", share="0.1"), shelf("b"))

    assert plan.changes[0].fields[0].cause is Cause.DRIFT


def test_the_same_edit_on_both_sides_is_nothing_to_do(road):
    road.server.objects["ixia_a"]["share"] = "0.2"

    assert road.plan(box(["a", "b"]), shelf("a", share="0.2"), shelf("b")).changes == ()


def test_a_field_that_yaml_does_not_name_is_left_alone(road):
    road.server.objects["ixia_b"]["share"] = "0.9"

    assert road.plan(box(["a", "b"]), shelf("a", share="0.1"), shelf("b")).changes == ()


def test_a_field_that_left_the_yaml_is_released_and_keeps_its_value(road):
    plan = road.plan(box(["a", "b"]), shelf("a"), shelf("b"))

    assert verbs(plan) == [("release", "a")]
    assert plan.changes[0].released == ("share",)
    road.apply(box(["a", "b"]), shelf("a"), shelf("b"))
    assert road.server.objects["ixia_a"]["share"] == "0.1"
    assert road.plan(box(["a", "b"]), shelf("a"), shelf("b")).changes == ()


def test_a_new_shelf_between_others_is_one_create_and_one_order(road):
    plan = road.plan(box(["a", "c", "b"]), shelf("a"), shelf("b"), shelf("c"))

    assert ("create", "c") in verbs(plan)
    order = next(change for change in plan.changes if change.type == "box")
    assert order.needs == ("create:Pipeline/box#c",)
    assert order.fields[0].before == ("ixia_a", "ixia_b")


def test_a_strange_member_between_ours_is_no_drift_of_the_order(road):
    road.server.objects["x"] = {"type": "shelf", "parent": "ixia_box", "title": "X"}
    road.server.objects["ixia_box"]["order"] = ["ixia_a", "x", "ixia_b"]

    plan = road.plan(box(["a", "b"]), shelf("a", share="0.1"), shelf("b"))

    assert plan.changes == ()
    assert [each.title for each in plan.unmanaged] == ["X"]


def test_what_was_removed_in_the_target_is_made_again(road):
    del road.server.objects["ixia_b"]

    plan = road.plan(box(["a", "b"]), shelf("a", share="0.1"), shelf("b"))

    create = next(change for change in plan.changes if change.verb is Verb.CREATE)
    assert create.reason == "it was removed in the target"


def test_a_policy_that_is_gone_is_forgotten_and_its_object_stays(road):
    plan = road.plan(box(["a"]), shelf("a", share="0.1"))

    assert verbs(plan) == [("forget", "b")]
    road.apply(box(["a"]), shelf("a", share="0.1"))
    assert "ixia_b" in road.server.objects


def test_a_removal_that_was_chosen_needs_an_approval_bound_to_the_plan(road):
    road.settings = Settings({}, on_remove="archive")

    plan = road.plan(box(["a"]), shelf("a", share="0.1"))

    [needed] = unapproved(plan, [])
    assert needed == f"archive:Pipeline/box#b@{plan.digest[:6]}"
    assert unapproved(plan, [needed]) == ()
    assert unapproved(plan, ["archive:Pipeline/box#b@000000"]) == (needed,)
    assert unapproved(plan, ["archive:Pipeline/box#b@"]) == (needed,)


def test_a_retired_shelf_moves_its_things_first(road):
    road.server.things = {"ixia_b": 43}

    plan = road.plan(box(["a"]), shelf("a", share="0.1"), retired=(retired("b", "a"),))

    assert verbs(plan) == [("migrate", "b"), ("archive", "b")]
    assert plan.changes[0].dependents.count == 43
    assert plan.changes[0].group == plan.changes[1].group
    road.apply(box(["a"]), shelf("a", share="0.1"), retired=(retired("b", "a"),))
    assert road.server.things == {"ixia_a": 43}
    assert "ixia_b" not in road.server.objects


def test_a_retired_shelf_without_things_is_only_removed(road):
    plan = road.plan(box(["a"]), shelf("a", share="0.1"), retired=(retired("b", "a"),))

    assert verbs(plan) == [("archive", "b")]


def test_records_in_the_way_refuse_a_removal(road):
    road.settings = Settings({}, on_remove="archive")
    road.server.things = {"ixia_b": 2}

    plan = road.plan(box(["a"]), shelf("a", share="0.1"))

    assert "IX507" in codes(plan)
    assert plan.refused


def test_too_many_removals_are_refused(road):
    road.settings = Settings({}, on_remove="archive")
    road.apply(box(["a", "b"]), shelf("a", share="0.1"), shelf("b"), shelf("c"), shelf("d"))

    plan = road.plan(box(["a"]), shelf("a", share="0.1"))

    assert "IX503" in codes(plan)


def test_declaring_nothing_at_all_is_refused(road):
    assert codes(road.plan()) == ["IX505"]


def test_the_same_title_on_something_unmanaged_is_refused_unless_adopted():
    road = Road(ToyServer({"7": {"type": "box", "parent": None, "title": "BOX"}}))

    assert codes(road.plan(box())) == ["IX501"]

    road.settings = Settings({}, if_exists="adopt")
    plan = road.plan(box())
    assert verbs(plan) == [("adopt", ""), ("update", "")]
    assert plan.changes[1].fields[0].cause is Cause.ADOPTION


def test_a_key_that_changed_with_the_same_title_is_a_rename(road):
    plan = road.plan(box(["a", "c"]), shelf("a", share="0.1"), shelf("c", "B"))

    verdict = next(verdict for verdict in plan.verdicts if verdict.code == "IX502")
    assert "moved: [{from: b, to: c}]" in verdict.hint


def test_a_declared_rename_keeps_the_remote_object(road):
    wanted = (box(["a", "c"]), shelf("a", share="0.1"), shelf("c", "New", previous="b"))

    plan = road.plan(*wanted)

    assert verbs(plan) == [("move", "c"), ("update", "c")]
    road.apply(*wanted)
    assert road.state.bindings[BOX_1.at("c")].remote_id == "ixia_b"
    assert road.plan(*wanted).changes == ()


def test_titles_that_swap_are_refused_rather_than_half_done(road):
    wanted = (box(["a", "b"]), shelf("a", "B", share="0.1"), shelf("b", "A"))

    assert "IX512" in codes(road.plan(*wanted))


def test_an_immutable_field_cannot_change():
    road = Road()
    road.apply(box(colour="red"))

    assert codes(road.plan(box(colour="blue"))) == ["IX511"]


def test_an_exclusive_collection_removes_strangers_only_when_removal_was_chosen(road):
    road.server.objects["x"] = {"type": "shelf", "parent": "ixia_box", "title": "X"}
    wanted = (box(["a", "b"]), shelf("a", share="0.1"), shelf("b"))

    road.settings = Settings({"Pipeline": "exclusive"})
    assert road.plan(*wanted).changes == ()
    road.settings = Settings({"Pipeline": "exclusive"}, on_remove="archive")

    assert verbs(road.plan(*wanted)) == [("archive", ".unmanaged/x")]


def test_what_is_only_observed_is_never_written(road):
    road.server.objects["ixia_a"]["share"] = "0.7"
    road.settings = Settings({"default": "observe"})

    plan = road.plan(box(["a", "b"]), shelf("a", share="0.1"), shelf("b"))

    assert plan.changes == ()
    assert [change.verb for change in plan.observed] == [Verb.UPDATE]


def test_a_named_object_that_is_not_there_is_refused():
    wanted = Desired("box", BOX_1, "Box", "box", {"title": "Box"}, remote_id="404")

    assert "IX510" in codes(Road().plan(wanted))


def test_a_plan_cannot_write():
    def lying():
        yield Request("POST", "/objects/x", json={})

    with pytest.raises(WroteInPlan):
        drive(lying(), ToyServer())


def test_a_plan_of_the_same_moment_is_within_the_approved_one(road):
    approved = road.plan(box(["b", "a"]), shelf("a", share="0.3"), shelf("b"))

    assert differences(approved, approved) == ()


def test_what_is_done_already_is_less_than_approved(road):
    wanted = (box(["a", "b"]), shelf("a", share="0.3"), shelf("b", "Bee"))
    approved = road.plan(*wanted)
    road.server.objects["ixia_b"]["title"] = "Bee"

    assert differences(approved, road.plan(*wanted)) == ()


def test_an_edit_since_the_plan_makes_it_stale(road):
    wanted = (box(["a", "b"]), shelf("a", share="0.3"), shelf("b"))
    approved = road.plan(*wanted)
    road.server.objects["ixia_a"]["share"] = "0.9"

    assert differences(approved, road.plan(*wanted)) == (
        "share of A was 0.1 when the plan was made, now 0.9",
    )


def test_more_records_than_approved_make_a_plan_stale(road):
    wanted = (box(["a"]), shelf("a", share="0.1"))
    leaving = {"retired": (retired("b", "a"),)}
    road.server.things = {"ixia_b": 43}
    approved = road.plan(*wanted, **leaving)

    road.server.things = {"ixia_b": 40}
    assert differences(approved, road.plan(*wanted, **leaving)) == ()
    road.server.things = {"ixia_b": 44}
    assert differences(approved, road.plan(*wanted, **leaving)) != ()


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda text: text.replace("sandbox", "production", 1), "IX521"),
        (lambda text: text.replace('"format_version": 1', '"format_version": 9'), "IX524"),
        (lambda text: text[: len(text) // 2], "IX526"),
        (lambda text: "[]", "IX526"),
        (lambda text: text.replace('"serial": 3', '"serial": 3.0'), "IX526"),
        (lambda text: text.replace('"serial"', '"extra": 1, "serial"', 1), "IX521"),
    ],
)
def test_a_plan_file_that_was_edited_is_refused(road, edit, code):
    text = codec.dump(road.plan(box(["a", "b"]), shelf("a", share="0.3"), shelf("b")))
    edited = edit(text)

    assert edited != text
    with pytest.raises(codec.PlanProblem) as caught:
        codec.load(edited)

    assert caught.value.diagnostic.code == code
