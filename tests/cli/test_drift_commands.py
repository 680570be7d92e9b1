"""Drift into the YAML, a freeze, and a change policy, as they are typed."""

from __future__ import annotations

import json

import pytest

from ixia_config.exits import Exit
from tests.app.test_drifting import edit
from tests.snapshots import Text


@pytest.fixture
def drifted(place, ixia):
    ixia("apply", "--yes")
    edit(place, "Evaluate", metadata={"probability": "0.6"})
    return place


def test_drift_is_shown_as_an_edit_and_then_written(drifted, ixia, snapshot):
    before = (drifted.root / "pipelines/new-business.yaml").read_text()

    shown = ixia("drift", "--adopt", "--dry-run")
    unchanged = (drifted.root / "pipelines/new-business.yaml").read_text()
    written = ixia("drift", "--adopt", "--detailed-exitcode")

    assert shown.code == written.code == Exit.OK
    assert shown.out == snapshot(extension_class=Text)
    assert unchanged == before
    assert written.out.startswith("Took 1 edit into the YAML.\n")
    assert ixia("plan", "--detailed-exitcode").code == Exit.OK


def test_what_is_left_ends_with_2_where_that_was_asked_for(drifted, ixia, snapshot):
    edit(drifted, "Evaluate", metadata={"probability": "0.9"})  # Proposal has 70 %

    ended = ixia("drift", "--adopt", "--detailed-exitcode")

    assert ended.code == Exit.CHANGES
    assert ended.out == snapshot(extension_class=Text)


def test_adopted_drift_can_be_read_by_a_program(drifted, ixia):
    told = json.loads(ixia("drift", "--dry-run", "--format", "json").out)

    assert told["taken"] == ["probability of Evaluate (Pipeline/new-business#evaluate)"]
    assert (told["written"], told["remaining"], told["left"]) == (False, 0, [])


def test_without_drift_nothing_is_taken(place, ixia):
    ixia("apply", "--yes")

    assert ixia("drift", "--adopt").out == "Nothing to take into the YAML.\n"


def test_a_freeze_makes_drift_known(drifted, ixia):
    options = ("--until", "2999-01-01", "--owner", "sales-ops", "--reason", "they try 60%")

    frozen = ixia("freeze", "Pipeline/new-business#evaluate", "--field", "probability", *options)

    assert frozen.code == Exit.OK
    assert ixia("plan", "--detailed-exitcode").code == Exit.OK
    assert ixia("drift", "--detailed-exitcode").code == Exit.OK
    assert "until 2999-01-01 (sales-ops: they try 60%)" in ixia("drift").out
    assert "Held for now" in ixia("plan").out


def test_a_freeze_of_what_is_no_address_is_a_usage_error(place, ixia):
    ended = ixia("freeze", "new-business", "--until", "2999-01-01", "--owner", "x", "--reason", "y")

    assert ended.code == Exit.USAGE


def test_a_denied_apply_ends_with_4_and_writes_nothing(place, ixia):
    place.write(
        "changes.yaml",
        "apiVersion: ixia/v1\nkind: ChangePolicy\nmetadata: {name: no}\n"
        "spec: {rules: [{key: closed, deny: the board decides on Monday}]}\n",
    )

    ended = ixia("apply", "--yes")

    assert ended.code == Exit.DENIED
    assert "IX580" in ended.err
    assert place.writes() == []
