"""A part whose whole was never made is not looked for among the parts of somebody else."""

from __future__ import annotations

from ixia_config.engine.recover import Fate, Intent, judge
from ixia_config.engine.state import State
from ixia_config.model import Address, Identity, Verb
from ixia_config.sdk.connector import Live, LiveResource
from ixia_config.testing.connectors.reference import Reference

PARTNERS = Address("Pipeline", "partners")
STATE = State("reference", "77", "lineage")


def pipeline(remote_id, title):
    fields = {"title": title, "order": ()}
    return LiveResource("pipeline", remote_id, title, title, fields)


def won(remote_id, parent):
    return LiveResource(
        "stage", remote_id, "Won", "Won", {"title": "Won", "chance": "1"}, parent=parent
    )


def intents():
    """The pipeline and one of its stages, written down together before the first call."""
    whole = {"title": "Partners", "order": []}
    part = {"title": "Won", "chance": "1"}
    return (
        Intent("r", "a", Verb.CREATE, "pipeline", PARTNERS, natural_key="Partners", after=whole),
        Intent(
            "r",
            "b",
            Verb.CREATE,
            "stage",
            PARTNERS.at("won"),
            parent=PARTNERS,
            natural_key="Won",
            after=part,
        ),
    )


def judged(*resources):
    live = Live(Identity("reference", "77"), resources)
    return judge(Reference(), intents(), live, STATE)


def test_the_part_of_somebody_else_is_not_taken_for_one_whose_whole_was_never_made():
    recovery = judged(pipeline("1", "Somebody else's"), won("2", "1"))

    assert {} == recovery.state.bindings
    assert [Fate.NOT_DONE] * 2 == [each.fate for each in recovery.settled]


def test_a_part_is_found_below_its_whole():
    recovery = judged(
        pipeline("1", "Somebody else's"), won("2", "1"), pipeline("3", "Partners"), won("4", "3")
    )

    assert {PARTNERS: "3", PARTNERS.at("won"): "4"} == recovery.state.ids


def test_while_the_whole_is_in_doubt_nothing_is_bound():
    recovery = judged(
        pipeline("3", "Partners"), won("4", "3"), pipeline("5", "Partners"), won("6", "1")
    )

    doubts = {
        each.intent.id: [one.remote_id for one in each.candidates] for each in recovery.doubts
    }
    assert {"a": ["3", "5"], "b": ["4"]} == doubts
    assert {} == recovery.state.bindings
