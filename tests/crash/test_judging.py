"""The judge of the crash matrix sees what is wrong: a matrix that finds nothing must be able to."""

from __future__ import annotations

import pytest

from tests.crash.configuration import STANDING
from tests.crash.matrix import judged

BOUND = [(name, stage) for name, stages in STANDING for stage in (None, *stages)]


@pytest.fixture
def account():
    """An account as it must be in the end, and the bindings of it."""
    objects, bound = {}, {}
    for name, stages in STANDING:
        key = str(len(objects))
        objects[f"pipelines/{key}"] = {"name": name, "note": "a note"}
        bound[name] = key
        for place, stage in enumerate(stages):
            own = str(len(objects))
            row = {"name": stage, "pipeline": key, "position": place, "colour": "red"}
            objects[f"stages/{own}"] = row
            bound[f"{name}#{stage}"] = own
    new = next(each.partition("/")[2] for each, row in objects.items() if row["name"] == "New")
    for number in range(4):
        objects[f"records/r{number}"] = {"name": f"Record {number}", "stage": new}
    ours = {key: each for key, each in bound.items() if "Somebody" not in key}
    return objects, {"changes": [], "open": [], "bound": ours}


def stage(objects, name):
    return next(key for key, row in objects.items() if row["name"] == name)


def test_an_account_as_it_must_be_has_no_fault(account):
    objects, left = account

    assert [] == list(judged(objects, objects, left))


def test_a_duplicate_is_a_fault(account):
    objects, left = account
    twin = {**objects[stage(objects, "Proof")], "position": 9}

    assert any("holds" in each for each in judged(objects, {**objects, "stages/x": twin}, left))


def test_another_order_is_a_fault(account):
    objects, left = account
    key = stage(objects, "Proof")
    after = {**objects, key: {**objects[key], "position": 9}}

    assert any("holds" in each for each in judged(objects, after, left))


def test_a_changed_colour_is_a_fault(account):
    objects, left = account
    key = stage(objects, "Offer made")
    after = {**objects, key: {**objects[key], "colour": "grey"}}

    assert any("colour" in each for each in judged(objects, after, left))


def test_a_changed_object_of_somebody_else_is_a_fault(account):
    objects, left = account
    key = stage(objects, "Somebody else's")
    after = {**objects, key: {**objects[key], "score": 1}}

    assert any("somebody else" in each for each in judged(objects, after, left))


def test_a_record_in_the_wrong_place_is_a_fault(account):
    objects, left = account
    elsewhere = stage(objects, "Due").partition("/")[2]
    after = {**objects, "records/r1": {**objects["records/r1"], "stage": elsewhere}}

    assert any("records stand" in each for each in judged(objects, after, left))


def test_a_lost_record_is_a_fault(account):
    objects, left = account
    after = {key: row for key, row in objects.items() if key != "records/r1"}

    assert any("is gone" in each for each in judged(objects, after, left))


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        ({"changes": ["create:Pipeline/sales"]}, "still wants"),
        ({"open": ["run-1"]}, "are open"),
        ({"bound": {}}, "0 addresses"),
    ],
)
def test_work_left_open_runs_and_lost_bindings_are_faults(account, spoilt, told):
    objects, left = account

    assert any(told in each for each in judged(objects, objects, {**left, **spoilt}))


def test_an_address_bound_to_what_is_gone_is_a_fault(account):
    objects, left = account
    bound = {**left["bound"], "Sales#Proof": "999"}

    assert any(
        "bound to nothing" in each for each in judged(objects, objects, {**left, "bound": bound})
    )
