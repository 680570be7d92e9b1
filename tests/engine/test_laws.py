"""Laws of plan and apply over generated configurations."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ixia_config.engine import codec, state
from ixia_config.model import Status, Verb
from ixia_config.sdk.wire import Kind, RemoteError
from tests.engine.road import Road
from tests.engine.toy import box, shelf

KEYS = ("a", "b", "c", "d", "e")
TITLES = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta")


@st.composite
def configurations(draw):
    keys = draw(st.lists(st.sampled_from(KEYS), unique=True, min_size=1))
    titles = draw(st.permutations(TITLES))
    shelves = [
        shelf(
            key,
            titles[KEYS.index(key)],
            **draw(
                st.fixed_dictionaries(
                    {},
                    optional={
                        "share": st.sampled_from(["0.1", "0.5", "1"]),
                        "tags": st.lists(
                            st.sampled_from(["x", "y", "z"]), unique=True, min_size=1
                        ).map(tuple),
                    },
                )
            ),
        )
        for key in keys
    ]
    return (box(keys), *shelves)


@given(configurations())
def test_a_plan_right_after_an_apply_is_empty(desired):
    road = Road()

    road.apply(*desired)

    assert road.plan(*desired).changes == ()


@given(configurations())
def test_a_second_apply_sends_no_write(desired):
    road = Road()
    road.apply(*desired)
    before = road.server.writes

    road.apply(*desired)

    assert road.server.writes == before


@given(configurations(), configurations())
def test_any_configuration_leads_to_any_other(first, second):
    """Titles are fixed per key here except where they moved: a circle is refused, not looped."""
    road = Road()
    road.apply(*first)

    plan = road.plan(*second)
    if any(verdict.code in ("IX502", "IX512", "IX574") for verdict in plan.verdicts):
        return
    road.apply(*second)

    assert road.plan(*second).writes == ()


@given(configurations(), configurations())
def test_nothing_is_removed_unless_asked(first, second):
    road = Road()
    road.apply(*first)
    before = set(road.server.objects)

    plan = road.plan(*second)
    if not plan.refused:
        road.apply(*second)

    assert not any(change.verb.removes for change in plan.changes)
    assert before <= set(road.server.objects)


@given(configurations())
def test_losing_the_state_costs_nothing(desired):
    road = Road()
    road.apply(*desired)
    road.state = state.State("toy", "1", "another")

    plan = road.plan(*desired)

    assert plan.writes == ()
    assert {change.verb for change in plan.changes} == {Verb.ADOPT}


@given(configurations(), st.integers(1, 6))
def test_a_failure_at_any_write_leaves_a_state_from_which_the_next_apply_finishes(desired, number):
    road = Road()
    road.server.fail = {number: RemoteError(Kind.REJECTED, "no", code="IX613")}

    first = road.apply(*desired)
    road.server.fail = {}
    road.apply(*desired)

    assert road.plan(*desired).changes == ()
    failed = [result for result in first.results if result.status is Status.FAILED]
    assert len(failed) == (1 if number <= len(desired) else 0)


@given(configurations(), st.integers(1, 6))
def test_a_lost_answer_makes_no_duplicate(desired, number):
    road = Road()
    road.server.lose = frozenset({number})

    road.apply(*desired)
    road.server.lose = frozenset()
    road.apply(*desired)

    assert len(road.server.objects) == len(desired)
    assert road.plan(*desired).writes == ()


@given(configurations(), st.integers(1, 5))
def test_an_interrupt_at_any_change_can_be_continued(desired, number):
    road = Road()

    done = road.apply(*desired, stop=lambda at: at == number)
    road.apply(*desired)

    assert done.interrupted == (number < len(desired))
    assert road.plan(*desired).changes == ()


@given(configurations())
def test_a_saved_plan_reads_back_the_same(desired):
    plan = Road().plan(*desired)

    assert codec.load(codec.dump(plan)) == plan
    assert codec.digest_of(plan) == plan.digest


@given(configurations(), st.sampled_from(["target", "project", "expires_at", "serial"]))
def test_the_digest_covers_the_whole_plan(desired, field):
    plan = Road().plan(*desired)

    changed = replace(plan, **{field: 7 if field == "serial" else "other"})

    assert codec.digest_of(changed) != plan.digest


@given(configurations())
def test_the_state_reads_back_the_same(desired):
    road = Road()
    road.apply(*desired)

    assert state.load(state.dump(road.state)) == road.state


@given(configurations(), st.randoms(use_true_random=False))
def test_a_plan_does_not_depend_on_the_order_of_what_is_live(desired, random):
    road = Road()
    road.apply(*desired)
    edited = {key: {**each, "title": "Edited " + key} for key, each in road.server.objects.items()}
    road.server.objects = edited
    plan = road.plan(*desired)
    shuffled = list(edited.items())
    random.shuffle(shuffled)

    road.server.objects = dict(shuffled)

    assert road.plan(*desired) == plan


@given(configurations())
def test_the_intent_is_written_before_each_call_and_the_state_after(desired):
    road = Road()

    road.apply(*desired)

    events = [each["event"] if isinstance(each, dict) else "saved" for each in road.journal]
    assert events == ["intent", "outcome", "saved", "committed"] * len(desired)
