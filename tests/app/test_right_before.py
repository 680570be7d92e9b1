"""What is checked between the approval and the write: the batch as a whole, each object again."""

from __future__ import annotations

import json

import pytest

from ixia_config.app import Refusal
from ixia_config.engine.image import concealed, image, readable, shows
from ixia_config.exits import Exit
from ixia_config.model import Status
from ixia_config.sdk import Finding, Request
from ixia_config.sdk.connector import FieldType
from ixia_config.testing import PIPELINES
from ixia_config.testing.connectors.reference.connector import Reference
from tests.app.test_recovering import at, reads

SECRET = "a secret of the field"


class Attentive(Reference):
    """Reads each stage again right before it is written."""

    def look(self, unit):
        found = []
        for change in unit:
            if change.type == "stage" and change.remote_id:
                live = yield from self.read(_everything())
                found += [each for each in live.resources if each.remote_id == change.remote_id]
            elif change.remote_id:
                return None
        return found


def _everything():
    from ixia_config.sdk import Scope

    return Scope(everything=True)


class Careful(Reference):
    """Has its account check a batch; this one never likes a stage called Proof."""

    def validate(self, changes, ids):
        yield Request("GET", "/account", reads=True)
        return [
            Finding(change.id, blocker="the account does not like it", hint="call it otherwise")
            for change in changes
            if change.title == "Proof"
        ]


class Reckless(Reference):
    """Tries to write while it validates."""

    def validate(self, changes, ids):
        yield Request("DELETE", "/stages/1")
        return []


class Secretive(Reference):
    """Its probabilities are nobody's business."""

    def lower(self, configuration, live):
        from dataclasses import replace

        lowered = super().lower(configuration, live)
        secret = frozenset({"chance"})
        desired = tuple(
            replace(each, sensitive=secret) if each.type == "stage" else each
            for each in lowered.desired
        )
        return replace(lowered, desired=desired)


def test_what_changed_a_moment_ago_is_not_overwritten():
    with at(Attentive) as place:
        place.write(PIPELINES.start)
        place.apply()
        place.write(PIPELINES.renamed)
        approved = place.plan()
        stage = place.ids()["Pipeline/sales#talk"]
        crm = place.rehearsal.sandbox

        def meddle(request, go_on):
            """Somebody renames the stage while the first change is on its way."""
            if not reads(request) and stage not in request.path:
                crm.change(stage, place.seconds(), name="Theirs")
            return go_on()

        place.fault = meddle
        report = place.apply(approved)
        place.fault = None

        [failed] = report.having(Status.FAILED)
        assert failed.change.title == "In talks"
        assert "was changed a moment ago, so nothing was sent" in failed.message
        assert crm.rows("stages")[stage]["name"] == "Theirs"


def test_an_undisturbed_look_changes_nothing():
    with at(Attentive) as place:
        for files in (PIPELINES.start, PIPELINES.renamed, PIPELINES.changed):
            place.write(files)
            made = place.plan()
            asked = [f"{each.approve}@{made.digest[:6]}" for each in made.verdicts if each.approve]
            assert place.apply(made, approvals=asked).verified


def test_what_the_account_would_refuse_stops_the_whole_batch():
    with at(Careful) as place:
        place.write(PIPELINES.start)
        place.apply()
        place.write(PIPELINES.changed)
        before = place.rehearsal.sandbox.dump()

        with pytest.raises(Refusal) as caught:
            place.apply()

        assert caught.value.exit is Exit.GUARDED
        assert "Proof: the account does not like it" in str(caught.value)
        assert place.rehearsal.sandbox.dump() == before


def test_a_validation_cannot_write():
    with at(Reckless) as place:
        place.write(PIPELINES.start)
        before = place.rehearsal.sandbox.dump()

        with pytest.raises(Exception, match="read"):
            place.apply()

        assert place.rehearsal.sandbox.dump() == before


def test_a_sensitive_value_is_in_no_journal_and_an_undo_says_so():
    from ixia_config.app.resuming import approved_for
    from ixia_config.app.undoing import undo_plan

    with at(Secretive) as place:
        place.write(PIPELINES.start)
        first = place.apply()
        place.write(PIPELINES.rival)
        report = place.apply()

        for run in (first.run, report.run):
            [path] = place.root.glob(f".ixia/**/{run}.jsonl")
            assert '"0.4"' not in path.read_text()
            assert '"0.5"' not in path.read_text()
        with place.session() as session:
            plan = undo_plan(session, report.run)
            with pytest.raises(Refusal, match="it keeps no plan"):
                approved_for(session, report.run)

        assert plan.writes == ()
        [clause] = plan.clauses
        assert clause.note.endswith("is sensitive and was not kept")


def test_a_concealed_value_is_recognised_and_not_read():
    field = FieldType("secret")
    recorded = json.loads(json.dumps(image({"a": SECRET, "b": ("1", "2")}, {"a"}, "salt")))

    assert SECRET not in json.dumps(recorded)
    assert concealed(recorded["a"])
    assert readable(recorded) == {"b": ("1", "2")}
    assert shows(SECRET, recorded["a"], field, "salt")
    assert not shows("another", recorded["a"], field, "salt")
    assert not shows(SECRET, recorded["a"], field, "pepper")
    assert shows(("1", "2"), recorded["b"], field, "salt")


@pytest.mark.parametrize("kind", ["stage", "property"])
def test_hubspot_is_asked_for_each_object_right_before_it_is_written(tmp_path, kind):
    from ixia_connectors.hubspot.sandbox import HubSpotSandbox
    from tests.app.place import a_place, is_read
    from tests.app.test_road import stage_path

    with a_place(tmp_path / "repo", HubSpotSandbox()) as place:
        place.apply()
        place.edit("pipelines/new-business.yaml", "title: Evaluate", "title: Evaluation")
        place.edit("schemas/deal.yaml", "title: Pain,", "title: Pains,")
        approved = place.plan()
        path, stage = stage_path(place)
        body = {"label": "Theirs", "metadata": stage["metadata"], "displayOrder": 1}
        theirs = {
            "stage": ("stages", path, body),
            "property": ("properties", "/crm/properties/2026-09/deals/pain", {"label": "Theirs"}),
        }
        word, address, change = theirs[kind]
        done = []

        def meddle(request, go_on):
            """The object changes just before it is looked at."""
            mine = request.method == "GET" and request.path.rstrip("/") == address
            if mine and not done:
                done.append(place.ask("PATCH", address, change).status)
            assert is_read(request.method, request.path) or word not in request.path
            return go_on()

        if kind == "stage":  # the property is written first
            place.edit("schemas/deal.yaml", "title: Pains,", "title: Pain,")
            approved = place.plan()
        place.fault = meddle
        report = place.apply(approved)
        place.fault = None

        assert done == [200]
        [failed] = report.having(Status.FAILED)
        assert "was changed a moment ago" in failed.message
