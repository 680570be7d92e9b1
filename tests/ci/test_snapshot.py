"""A plan from a snapshot is the plan of the account, and needs neither it nor a token."""

import json

import pytest

from ixia_config.engine import codec
from ixia_config.exits import Exit


@pytest.fixture
def saved(ixia, place, tmp_path):
    """What the account held after an apply and an edit by hand."""
    place.apply()
    place.edit("pipelines/new-business.yaml", "probability: 40%", "probability: 60%")
    file = tmp_path / "snapshot.json"
    assert ixia("ci", "snapshot", "--env", "sandbox", "--out", file).code == Exit.OK
    return file


def from_snapshot(ixia, file, *more):
    return ixia("plan", "--env", "sandbox", "--snapshot", file, *more)


def test_the_plan_is_the_same_without_the_account_and_without_a_token(
    ixia, place, saved, tmp_path, monkeypatch
):
    live, cold = tmp_path / "live.json", tmp_path / "cold.json"
    assert ixia("plan", "--env", "sandbox", "--out", live).code == Exit.OK
    asked = len(place.log)
    monkeypatch.delenv("HUBSPOT_SANDBOX_TOKEN")

    assert from_snapshot(ixia, saved, "--out", cold).code == Exit.OK

    [left, right] = [codec.load(each.read_text()) for each in (live, cold)]
    assert left.changes
    assert left.changes == right.changes
    assert asked == len(place.log)


def test_no_token_stands_in_a_snapshot(saved):
    assert "sandbox-token" not in saved.read_text()


def test_what_the_snapshot_does_not_hold_is_said(ixia, saved):
    raw = json.loads(saved.read_text())
    raw["answers"] = {key: each for key, each in raw["answers"].items() if "owners" not in key}
    raw["answers"] = {key: each for key, each in raw["answers"].items() if "propert" not in key}
    saved.write_text(json.dumps(raw))

    ended = from_snapshot(ixia, saved)

    assert "propert" in ended.out + ended.err


@pytest.mark.parametrize("key", ["account", "target", "environment", "connector"])
def test_a_snapshot_of_another_account_is_refused(ixia, saved, key):
    raw = json.loads(saved.read_text())
    saved.write_text(json.dumps({**raw, key: "another"}))

    ended = from_snapshot(ixia, saved)

    assert Exit.STALE == ended.code
    assert "IX593" in ended.err


@pytest.mark.parametrize("text", ["", "[]", "{}", "{", '{"format_version": 1}', "[" * 100_000])
def test_what_is_no_snapshot_is_refused(ixia, place, tmp_path, text):
    file = tmp_path / "snapshot.json"
    file.write_text(text)

    ended = from_snapshot(ixia, file)

    assert Exit.STALE == ended.code
    assert "IX593" in ended.err


def test_a_plan_from_a_snapshot_is_not_applied_when_the_account_has_moved(
    ixia, place, saved, tmp_path
):
    plan = tmp_path / "plan.json"
    from_snapshot(ixia, saved, "--out", plan)
    place.edit("pipelines/new-business.yaml", "probability: 60%", "probability: 30%")

    assert Exit.STALE == ixia("apply", plan).code
