"""What is there already is bound: all of it after a lost state, or one object by its id."""

from __future__ import annotations

import pytest

from ixia_config.app import Refusal
from ixia_config.app.adopting import adopt, adopt_all
from ixia_config.exits import Exit
from ixia_config.model import Address, Cause, Verb
from ixia_config.testing import PIPELINES
from tests.app.test_recovering import SALES, at, stage_id


@pytest.fixture
def place():
    with at() as place:
        place.write(PIPELINES.start)
        place.apply()
        yield place


def everything(place, *, by_title=False):
    with place.session() as session:
        return adopt_all(session, by_title=by_title)


def one(place, address, remote_id):
    with place.session() as session:
        return adopt(session, address, remote_id)


def test_a_lost_state_is_rebuilt_to_an_empty_plan(place):
    before, content = place.state(), place.rehearsal.sandbox.dump()
    place.lose_state()

    found = everything(place)

    after = place.state()
    assert found.plan.changes == ()
    assert after.ids == before.ids
    assert {key: each.fields for key, each in after.bindings.items()} == {
        key: each.fields for key, each in before.bindings.items()
    }
    assert place.rehearsal.sandbox.dump() == content


def test_on_hubspot_a_lost_state_is_rebuilt_to_an_empty_plan(tmp_path):
    from ixia_connectors.hubspot.sandbox import HubSpotSandbox
    from tests.app.place import a_place

    with a_place(tmp_path / "repo", HubSpotSandbox()) as place:
        place.apply()
        for file in (place.root / ".ixia").glob("*.json*"):
            file.unlink()
        place.log.clear()

        with place.session() as session:
            found = adopt_all(session)

        assert found.bound
        assert found.plan.changes == ()
        assert place.writes() == []


def test_what_differs_is_found_by_its_title_when_asked_to(place):
    stage = stage_id(place, "Offer made")
    place.rehearsal.sandbox.change(stage, place.seconds(), chance="0.9")
    place.lose_state()

    kept = everything(place)
    wide = everything(place, by_title=True)

    offer = SALES.at("offer")
    assert offer not in dict(kept.bound)
    assert dict(wide.bound)[offer].remote_id == stage
    [change] = wide.plan.writes
    assert [field.path for field in change.fields] == ["chance"]


def test_a_later_edit_of_what_was_adopted_is_drift(place):
    place.lose_state()
    everything(place)
    stage = place.ids()["Pipeline/sales#offer"]
    place.rehearsal.sandbox.change(stage, place.seconds(), chance="0.9")

    [change] = place.plan().writes

    assert [field.cause for field in change.fields] == [Cause.DRIFT]


def test_one_object_is_bound_by_its_id(place):
    theirs = place.rehearsal.sandbox.add(
        "stages",
        place.seconds(),
        pipeline=place.ids()["Pipeline/sales"],
        name="Paperwork",
        position=9,
        chance="0.2",
        colour="red",
    )
    from ixia_config.testing.samples import LOST, NEW, OFFER, TALK, WON, _files, stage

    place.write(_files(NEW, TALK, OFFER, stage("paper", "Contract", "40%"), WON, LOST))

    found = one(place, SALES.at("paper"), theirs)

    assert place.ids()["Pipeline/sales#paper"] == theirs
    verbs = {change.verb for change in found.plan.changes}
    assert verbs == {Verb.UPDATE}
    assert place.apply().verified
    row = place.rehearsal.sandbox.rows("stages")[theirs]
    assert (row["name"], row["chance"], row["colour"]) == ("Contract", "0.4", "red")


@pytest.mark.parametrize(
    ("address", "remote_id", "words"),
    [
        (SALES.at("offer"), "1", "it is bound to"),
        (SALES.at("ofer"), "1", "no policy declares it"),
        (Address("Pipeline", "other"), "1", "no policy declares it"),
    ],
)
def test_an_address_that_cannot_be_adopted_is_refused(place, address, remote_id, words):
    with pytest.raises(Refusal) as caught:
        one(place, address, remote_id)

    assert caught.value.exit is Exit.USAGE
    assert words in str(caught.value)


def test_an_object_that_cannot_be_this_is_refused(place):
    state = place.state()
    with place.session() as session:
        from ixia_config.app.executing import journalled, locked, save

        with locked(session, doing="test") as here, journalled(here) as (_, journal):
            save(here.store, state, state.without(SALES.at("offer")).saved())
            journal.finish({"event": "end"})
    ids = place.ids()
    due = ids["Pipeline/renewals#due"]
    somewhere = stage_id(place, "Due")

    for remote_id, words in (
        ("9999", "there is no stage of this id"),
        (due, "it is Pipeline/renewals#due already"),
        (ids["Pipeline/sales"], "there is no stage of this id"),
    ):
        with pytest.raises(Refusal) as caught:
            one(place, SALES.at("offer"), remote_id)
        assert caught.value.exit is Exit.GUARDED
        assert words in str(caught.value)
    assert somewhere == due
    assert "Pipeline/sales#offer" not in place.ids()
