"""What an apply left open is settled by looking, by waiting out the lag, or by a person."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from ixia_config.app import Refusal
from ixia_config.app.applying import Order, apply
from ixia_config.app.recovering import look, recover, unfinished
from ixia_config.edges.serve import Drop
from ixia_config.engine.recover import Choices
from ixia_config.exits import Exit
from ixia_config.model import Address, Status, Verb
from ixia_config.sdk import Rehearsal
from ixia_config.testing import PIPELINES, a_place
from ixia_config.testing.connectors.reference.connector import Reference
from ixia_config.testing.connectors.reference.crm import ACCOUNT, TOKEN, Crm, Habits

SALES = Address("Pipeline", "sales")
TALK = SALES.at("talk")


class Hasty(Reference):
    """Believes that lists never lag."""

    settle_seconds = 0.0


def at(connector=Reference, **habits):
    crm = Crm(Habits(**habits))
    return a_place(connector(), Rehearsal(crm, ACCOUNT, TOKEN))


@pytest.fixture
def place():
    with at(list_lag=25) as place:
        place.write(PIPELINES.start)
        yield place


def reads(request):
    return request.method == "GET" or request.path.endswith("/search")


def lose(place, number, *, before=False):
    """Lose the answer to the write of this number; ``before`` it had an effect, or after."""
    seen = []

    def fault(request, go_on):
        if reads(request):
            return go_on()
        seen.append(request)
        if len(seen) != number:
            return go_on()
        if not before:
            go_on()
        return Drop()

    place.fault = fault


def names(place):
    crm = place.rehearsal.sandbox
    found = Counter()
    for table in ("pipelines", "stages"):
        for row in crm.rows(table).values():
            found[table, row.get("pipeline"), row["name"]] += 1
    return found


def no_duplicate(place):
    return set(names(place).values()) == {1}


def stage_id(place, name):
    rows = place.rehearsal.sandbox.rows("stages")
    return next(key for key, row in rows.items() if row["name"] == name)


def in_doubt(place, name="Talking"):
    """An apply that lost the answer to the creation of a stage, and the stage edited since."""
    approved = place.plan()
    creates = [change.title for change in approved.writes if change.verb is Verb.CREATE]
    lose(place, creates.index(name) + 1)
    report = place.apply(approved)
    place.fault = None
    assert [each.change.title for each in report.having(Status.UNKNOWN)] == [name]
    place.rehearsal.sandbox.change(stage_id(place, name), place.seconds(), chance="0.9")
    return approved, report


@pytest.mark.parametrize("before", [False, True], ids=["done", "not-done"])
@pytest.mark.parametrize("number", range(1, 12))
def test_the_same_plan_finishes_what_a_lost_answer_cut_off(place, number, before):
    approved = place.plan()
    lose(place, number, before=before)
    first = place.apply(approved)
    place.fault = None

    second = place.apply(approved)

    assert first.having(Status.UNKNOWN) or first.verified
    assert second.verified
    assert no_duplicate(place)
    assert place.plan().changes == ()
    with place.session() as session:
        assert unfinished(session) == ()


def test_without_the_wait_a_list_that_lags_leads_to_a_second_one():
    with at(Hasty, list_lag=25) as place:
        place.write(PIPELINES.start)
        approved = place.plan()
        lose(place, 1)
        place.apply(approved)
        place.fault = None
        place.apply(approved)

        assert not no_duplicate(place)


@pytest.mark.parametrize("number", range(1, 9))
def test_a_death_after_any_change_is_survived(place, number):
    class Died(BaseException):
        pass

    def die(result, count, total):
        if count == number:
            raise Died

    approved = place.plan()
    with pytest.raises(Died), place.session() as session:
        apply(session, Order(approved, die))

    assert place.apply(approved).verified
    assert no_duplicate(place)
    assert place.plan().changes == ()


def test_what_was_changed_since_stops_everything_with_the_candidate_named(place):
    approved, _ = in_doubt(place)
    before = place.rehearsal.sandbox.dump()

    with pytest.raises(Refusal) as caught:
        place.apply(approved)

    assert caught.value.exit is Exit.RECOVERY
    [doubt] = caught.value.diagnostics
    assert doubt.code == "IX560"
    assert f"{stage_id(place, 'Talking')} (Talking)" in doubt.message()
    assert f"--bind {TALK}={stage_id(place, 'Talking')}" in doubt.hint()
    assert place.rehearsal.sandbox.dump() == before


def test_looking_decides_nothing(place):
    in_doubt(place)

    with place.session() as session:
        found = look(session)
        assert [each.intent.address for each in found.doubts] == [TALK]
        assert unfinished(session)
    assert str(TALK) not in place.ids()


def test_a_bound_candidate_is_finished_by_a_new_plan(place):
    in_doubt(place)
    made = stage_id(place, "Talking")

    with place.session() as session:
        recovered = recover(session, Choices(bind={TALK: made}))

    assert recovered.doubts == ()
    assert place.ids()[str(TALK)] == made
    assert place.apply().verified
    assert no_duplicate(place)


def test_what_is_absent_is_made_by_the_same_plan(place):
    approved, _ = in_doubt(place)
    place.rehearsal.sandbox.change(stage_id(place, "Talking"), place.seconds(), name="Their own")
    with place.session() as session:
        recover(session, Choices())

    assert place.apply(approved).verified
    assert stage_id(place, "Talking") != stage_id(place, "Their own")


def test_said_to_be_absent_it_is_no_longer_in_doubt_and_never_taken_over(place):
    approved, _ = in_doubt(place)
    with place.session() as session:
        recover(session, Choices(absent=frozenset({TALK})))

    with pytest.raises(Refusal) as caught:
        place.apply(approved)

    assert caught.value.exit is Exit.STALE
    assert "is already there and is not managed" in str(caught.value)
    assert no_duplicate(place)


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        (Choices(absent=frozenset({SALES.at("new")})), "IX562"),
        (Choices(bind={SALES.at("won"): "1"}), "IX562"),
        (Choices(bind={TALK: "9999"}), "IX563"),
    ],
)
def test_a_decision_about_nothing_is_refused(place, choices, code):
    in_doubt(place)

    with place.session() as session, pytest.raises(Refusal) as caught:
        recover(session, choices)

    assert caught.value.exit is Exit.USAGE
    assert [each.code for each in caught.value.diagnostics] == [code]
    assert str(TALK) not in place.ids()


def test_two_that_look_alike_are_a_doubt(place):
    approved = place.plan()
    creates = [change.title for change in approved.writes if change.verb is Verb.CREATE]
    lose(place, creates.index("Talking") + 1)
    place.apply(approved)
    place.fault = None
    crm = place.rehearsal.sandbox
    twin = dict(crm.rows("stages")[stage_id(place, "Talking")])
    crm.add("stages", place.seconds(), **{key: twin[key] for key in twin if key != "id"})

    with pytest.raises(Refusal) as caught:
        place.apply(approved)

    assert caught.value.exit is Exit.RECOVERY
    assert len(caught.value.diagnostics[0].candidates) == 2


def damage(place, run):
    [path] = place.root.glob(f".ixia/**/{run}.jsonl")
    lines = path.read_text().splitlines(keepends=True)
    lines[1] = lines[1].replace("intent", "INTENT", 1)
    path.write_text("".join(lines))


def test_a_damaged_journal_stops_everything_until_it_is_set_aside(place):
    approved, report = in_doubt(place)
    damage(place, report.run)

    with pytest.raises(Refusal) as caught:
        place.apply(approved)
    assert caught.value.exit is Exit.RECOVERY
    assert [each.code for each in caught.value.diagnostics] == ["IX561"]

    with place.session() as session:
        assert recover(session, Choices(), set_aside=[report.run]).set_aside == (report.run,)
        assert unfinished(session) == ()


def test_a_run_that_is_sound_cannot_be_set_aside(place):
    _, report = in_doubt(place)

    with place.session() as session, pytest.raises(Refusal) as caught:
        recover(session, Choices(), set_aside=[report.run])

    assert caught.value.exit is Exit.USAGE


def test_an_intent_says_what_was_to_be_sent_and_what_was_there(place):
    place.apply()
    place.write(PIPELINES.changed)
    report = place.apply()

    [path] = place.root.glob(f".ixia/**/{report.run}.jsonl")
    records = [json.loads(line)["record"] for line in path.read_text().splitlines()]
    intents = {
        each["address"]: each
        for record in records
        if record["event"] == "intent"
        for each in record["changes"]
    }
    offer = intents["Pipeline/sales#offer"]
    assert (offer["before"]["chance"], offer["after"]) == ("0.4", {"chance": "0.6"})
    assert intents["Pipeline/sales#proof"]["parent"] == "Pipeline/sales"
