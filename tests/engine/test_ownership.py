"""Each field is kept as its policy says: enforced, written once, watched, left, cleared, added."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.engine.draft import Settings
from ixia_config.engine.ownership import owned
from ixia_config.engine.subset import unapproved
from ixia_config.kinds.parse import configure
from ixia_config.language import load
from ixia_config.model import Cause, Hold, Verb
from ixia_config.sdk.connector import Lowered
from tests.engine.road import Road
from tests.engine.toy import BOX_1, Toy, ToyServer, box, retired, shelf

MODES = ("enforce", "observe", "create_only", "ignore", "additive")


def policies(ownership="[]", more=""):
    """The box's policy with this ownership."""
    text = f"""\
apiVersion: ixia/v1
kind: Pipeline
metadata: {{name: box, ownership: {ownership}{more}}}
spec:
  object: deal
  stages: [{{key: a, title: A}}, {{key: w, title: W, type: won}}, {{key: l, title: L, type: lost}}]
"""
    configuration, wrong = configure(load("box.yaml", text).documents)
    assert not wrong, wrong
    return configuration


def kept(ownership, *desired, more=""):
    """What the engine makes of these objects under this ownership."""
    lowered = Lowered(desired=desired)
    return owned(Toy(lowered), lowered, policies(ownership, more))


def sorted_by(mode, *desired, field="share"):
    return kept(f"[{{field: {field}, mode: {mode}}}]", *desired).lowered.desired


def plan(road, owned_):
    basis = road.basis(owned_.lowered)
    word = replace(basis.word, protected=owned_.protected, refusals=owned_.refusals)
    return road._made(replace(basis, word=word))


def codes(plan):
    return sorted(verdict.code for verdict in plan.verdicts)


def test_a_field_that_is_written_once_keeps_what_people_make_of_it():
    road = Road()
    wanted = sorted_by("create_only", box(["a"]), shelf("a", share="0.1"))
    road.apply(*wanted)
    assert road.server.objects["ixia_a"]["share"] == "0.1"

    road.server.objects["ixia_a"]["share"] = "0.9"

    assert road.plan(*wanted).changes == ()
    assert road.plan(*wanted).observed == ()


def test_a_field_that_is_watched_is_never_written_and_its_difference_is_shown():
    road = Road()
    wanted = sorted_by("observe", box(["a"]), shelf("a", share="0.1"))
    road.apply(*wanted)
    assert "share" not in road.server.objects["ixia_a"]
    road.server.objects["ixia_a"]["share"] = "0.9"

    made = road.plan(*wanted)

    [seen] = made.observed
    assert made.changes == ()
    assert [(each.before, each.after, each.cause) for each in seen.fields] == [
        ("0.9", "0.1", Cause.DRIFT)
    ]


def test_a_field_that_is_ignored_is_neither_written_nor_shown():
    road = Road()
    wanted = sorted_by("ignore", box(["a"]), shelf("a", share="0.1"))
    road.apply(*wanted)
    road.server.objects["ixia_a"]["share"] = "0.9"

    made = road.plan(*wanted)

    assert (made.changes, made.observed) == ((), ())


def test_what_only_a_creation_can_say_is_said_then_even_if_it_is_ignored():
    road = Road()
    road.apply(*sorted_by("ignore", box(colour="red"), field="colour"))

    assert road.server.objects["ixia_box"]["colour"] == "red"


def test_a_field_can_be_kept_empty():
    road = Road()
    road.apply(box(["a"]), shelf("a", share="0.1"))

    wanted = sorted_by("clear", box(["a"]), shelf("a"))
    road.apply(*wanted)

    assert road.server.objects["ixia_a"]["share"] is None
    assert road.plan(*wanted).changes == ()
    road.server.objects["ixia_a"]["share"] = "0.4"
    [change] = road.plan(*wanted).changes
    assert change.fields[0].cause is Cause.DRIFT


def test_a_value_and_its_clearing_contradict_each_other():
    said = kept("[{field: share, mode: clear}]", box(["a"]), shelf("a", share="0.1"))

    assert codes(plan(Road(), said)) == ["IX571"]


def test_a_misspelt_field_refuses_the_plan_rather_than_being_enforced():
    said = kept("[{field: shar, mode: ignore}]", box(["a"]), shelf("a", share="0.1"))

    made = plan(Road(), said)

    assert codes(made) == ["IX570"]
    assert made.verdicts[0].hint == 'did you mean "share"?'


@pytest.mark.parametrize(("field", "refused"), [("shar", ["IX570"]), ("share", [])])
def test_a_misspelt_field_under_hold_refuses_the_plan_rather_than_being_written(field, refused):
    hold = f"{{field: {field}, owner: ops, reason: a trial, until: 2099-01-01}}"
    said = kept("[]", box(["a"]), shelf("a", share="0.1"), more=f", hold: [{hold}]")

    made = plan(Road(), said)

    assert codes(made) == refused
    assert all('the hold of Pipeline/box names "shar"' in each.message for each in made.verdicts)


def test_only_a_set_can_be_additive():
    said = kept("[{field: share, mode: additive}]", box(["a"]), shelf("a", share="0.1"))

    assert codes(plan(Road(), said)) == ["IX572"]


def test_an_additive_set_keeps_the_members_of_others():
    road = Road()
    before = sorted_by("additive", box(["a"]), shelf("a", tags=("x", "y")), field="tags")
    road.apply(*before)
    road.server.objects["ixia_a"]["tags"] = ["x", "y", "theirs"]
    assert road.plan(*before).changes == ()

    after = sorted_by("additive", box(["a"]), shelf("a", tags=("y", "z")), field="tags")
    road.apply(*after)

    assert set(road.server.objects["ixia_a"]["tags"]) == {"y", "z", "theirs"}
    assert road.plan(*after).changes == ()


def test_a_member_of_ours_that_somebody_took_out_of_an_additive_set_is_drift():
    road = Road()
    wanted = sorted_by("additive", box(["a"]), shelf("a", tags=("x", "y")), field="tags")
    road.apply(*wanted)
    road.server.objects["ixia_a"]["tags"] = ["x", "theirs"]

    [change] = road.plan(*wanted).changes

    assert change.fields[0].cause is Cause.DRIFT
    assert set(change.fields[0].after) == {"x", "y", "theirs"}


def test_a_line_about_one_part_counts_more_than_one_about_all():
    both = "[{part: a, field: share, mode: enforce}, {field: share, mode: ignore}]"
    a, b = shelf("a", share="0.1"), shelf("b", share="0.1")

    _, first, second = kept(both, box(["a", "b"]), a, b).lowered.desired

    assert "share" in first.fields
    assert "share" not in second.fields


def test_a_field_that_is_no_longer_enforced_is_let_go_and_keeps_its_value():
    road = Road()
    road.apply(box(["a"]), shelf("a", share="0.1"))

    made = road.plan(*sorted_by("ignore", box(["a"]), shelf("a", share="0.1")))

    assert [(each.verb, each.released) for each in made.changes] == [(Verb.RELEASE, ("share",))]


@given(
    st.sampled_from(MODES),
    st.sampled_from([None, ("x",), ("x", "y")]),
    st.sampled_from([None, ["q"], ["x", "q"]]),
    st.booleans(),
)
def test_a_plan_after_an_apply_is_empty_in_every_mode(mode, tags, theirs, there):
    """Whether the object was made by us or before us, and whatever others wrote to the field."""
    road = Road()
    more = {} if tags is None else {"tags": tags}
    if there:
        road.apply(box(["a"]), shelf("a"))
        if theirs:
            road.server.objects["ixia_a"]["tags"] = theirs
    wanted = sorted_by(mode, box(["a"]), shelf("a", **more), field="tags")

    road.apply(*wanted)
    after = road.plan(*wanted)

    assert after.changes == ()
    if there and theirs and mode in ("observe", "create_only", "ignore"):
        assert road.server.objects["ixia_a"]["tags"] == theirs


@given(st.lists(st.sampled_from(["colour", "note", "size"]), unique=True), st.booleans())
def test_fields_that_nobody_named_are_never_sent(strange, moved):
    road = Road()
    road.apply(box(["a", "b"]), shelf("a"), shelf("b"))
    for path in strange:
        road.server.objects["ixia_a"][path] = "theirs"
    road.server.log.clear()

    order = ["b", "a"] if moved else ["a", "b"]
    road.apply(box(order), shelf("a", "New", share="0.2"), shelf("b"))

    sent = {path for request in road.server.log if not request.reads for path in request.json or {}}
    assert not sent & set(strange)
    assert all(road.server.objects["ixia_a"][path] == "theirs" for path in strange)


# Holds


HOLD = Hold(BOX_1.at("a"), "share", "sales-ops", "they try it", "2026-12-01")


def held(road, holds, *desired, **more):
    basis = road.basis(Lowered(desired=desired, **more))
    return basis, road._made(replace(basis, word=replace(basis.word, holds=tuple(holds))))


@pytest.fixture
def road():
    road = Road()
    road.apply(box(["a", "b"]), shelf("a", share="0.1"), shelf("b"))
    return road


def test_drift_under_a_hold_is_shown_and_not_written(road):
    road.server.objects["ixia_a"]["share"] = "0.7"

    _, made = held(road, [HOLD], box(["a", "b"]), shelf("a", share="0.1"), shelf("b"))

    assert made.changes == ()
    assert [each.fields[0].cause for each in made.held] == [Cause.DRIFT]
    assert made.holds == (HOLD,)


def test_a_hold_of_one_field_lets_the_others_go_on(road):
    road.server.objects["ixia_a"]["share"] = "0.7"
    wanted = (box(["a", "b"]), shelf("a", "New", share="0.2"), shelf("b"))

    basis, made = held(road, [HOLD], *wanted)
    road.do(basis, made)

    assert road.server.objects["ixia_a"]["title"] == "New"
    assert road.server.objects["ixia_a"]["share"] == "0.7"
    # What was applied last is remembered, so that the conflict is told when the hold ends.
    assert road.state.bindings[BOX_1.at("a")].fields["share"] == "0.1"
    assert road.plan(*wanted).changes[0].fields[0].cause is Cause.CONFLICT


def test_a_hold_of_a_policy_covers_all_of_it(road):
    road.server.objects["ixia_a"]["share"] = "0.7"
    road.server.objects["ixia_box"]["title"] = "Edited"
    all_of_it = replace(HOLD, address=BOX_1, field="")

    _, made = held(
        road, [all_of_it], box(["a", "b", "c"]), shelf("a", share="0.1"), shelf("b"), shelf("c")
    )

    assert made.changes == ()
    assert len(made.held) == 3


def test_what_needs_something_held_waits_with_it(road):
    wanted = (box(["a", "b", "c"]), shelf("a", share="0.1"), shelf("b"), shelf("c"))

    _, made = held(road, [replace(HOLD, address=BOX_1.at("c"), field="")], *wanted)

    assert made.changes == ()
    assert {each.id for each in made.held} == {"create:Pipeline/box#c", "update:Pipeline/box"}


def test_a_held_retirement_moves_no_records(road):
    road.server.things = {"ixia_b": 4}
    freeze = replace(HOLD, address=BOX_1.at("b"), field="")

    _, made = held(
        road,
        [freeze],
        box(["a"]),
        shelf("a", share="0.1"),
        retired=(retired("b", "a"),),
    )

    assert {each.verb for each in made.held} == {Verb.MIGRATE, Verb.ARCHIVE}
    assert made.writes == ()


# Protection, renames, and letting go


def test_protection_outlives_the_policy_and_takes_a_plan_of_its_own_to_lift(road):
    road.settings = Settings({}, on_remove="archive")
    wanted = (box(["a", "b"]), shelf("a", share="0.1"), shelf("b"))
    said = kept("[]", *wanted, more=", protect: true")
    made = plan(road, said)
    assert [each.verb for each in made.changes] == [Verb.PROTECT]
    road.do(road.basis(said.lowered), made)
    assert plan(road, said).changes == ()

    fewer = kept("[]", *wanted[:2])  # the line is gone, and so is a shelf: in one plan
    refused = plan(road, replace(fewer, protected=frozenset()))
    assert "IX573" in codes(refused)

    lifted = kept("[]", *wanted)
    made = plan(road, lifted)
    assert [each.verb for each in made.changes] == [Verb.UNPROTECT]
    road.do(road.basis(lifted.lowered), made)
    assert "IX573" not in codes(plan(road, fewer))


def test_something_protected_is_not_forgotten_either(road):
    road.state = replace(road.state, protected=frozenset({BOX_1}))

    assert "IX573" in codes(road.plan(box(["a"]), shelf("a", share="0.1")))


def test_another_key_and_title_in_the_same_place_are_taken_for_a_rename(road):
    made = road.plan(box(["c", "b"]), shelf("c", "Quite new", share="0.1"), shelf("b"))

    [verdict] = [each for each in made.verdicts if each.code == "IX574"]
    assert verdict.refused
    assert "moved: [{from: a, to: c}]" in verdict.hint


def test_other_settings_in_the_same_place_are_something_new(road):
    made = road.plan(box(["c", "b"]), shelf("c", "Quite new", share="0.8"), shelf("b"))

    assert "IX574" not in codes(made)


def test_letting_go_of_most_needs_a_word_of_its_own():
    keys = [f"k{number}" for number in range(12)]
    road = Road()
    road.apply(box(keys), *(shelf(key, share="0.1") for key in keys))

    made = road.plan(box(keys[:3]), *(shelf(key, share="0.1") for key in keys[:3]))

    assert codes(made) == ["IX575"]
    assert not made.refused
    assert unapproved(made, []) == (f"forget:most@{made.digest[:6]}",)


def test_a_share_is_counted_type_by_type():
    """A few of a small type are lost among many of another."""
    keys = [f"k{number}" for number in range(10)]
    road = Road(settings=Settings({}, on_remove="archive"))
    strangers = {f"b{n}": {"type": "box", "parent": None, "title": f"B{n}"} for n in range(30)}
    road.server = ToyServer(strangers)
    road.apply(box(keys), *(shelf(key, share="0.1") for key in keys))
    bound = {
        BOX_1.at(f"x{n}"): replace(road.state.bindings[BOX_1], remote_id=f"b{n}") for n in range(30)
    }
    road.state = replace(road.state, bindings={**road.state.bindings, **bound})
    road.settings = Settings({}, on_remove="archive")

    made = road.plan(box(keys[:7]), *(shelf(key, share="0.1") for key in keys[:7]))

    assert "IX504" in codes(made)


class Lossy(Toy):
    """A system that replaces more of a shelf than it tells."""

    types = tuple(replace(each, lossy_update=each.name == "shelf") for each in Toy.types)


def test_an_update_that_may_lose_what_nobody_sees_needs_a_word_of_its_own(road):
    wanted = (box(["a", "b"]), shelf("a", share="0.3"), shelf("b"))
    basis = road.basis(Lowered(desired=wanted))

    made = road._made(replace(basis, connector=Lossy(basis.lowered)))

    assert codes(made) == ["IX513"]
    assert unapproved(made, []) == (f"update:Pipeline/box#a@{made.digest[:6]}",)
