"""A workflow decides as the graph does, or the lowering says which clause it does not hold."""

from __future__ import annotations

import os
from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ixia_connectors.hubspot.flow_steps import Ids, Names, actions, neutral, text
from tests.connectors.hubspot.flow_office import (
    OFFICES,
    OWNERS,
    RECORDS,
    USERS,
    Told,
    compared,
    lowered,
)

EXAMPLES = 4_000 if "IXIA_FUZZ" in os.environ else 40
FEWEST = 10_000 if "IXIA_FUZZ" in os.environ else 100
RECORD = st.tuples(RECORDS, st.sampled_from([None, 1, 2, 4])).map(
    lambda pair: {**pair[0], "score": pair[1]}
)
COMING = st.lists(RECORD, min_size=6, max_size=10)


def test_a_workflow_decides_as_the_graph_does_on_every_pair_that_is_held_exactly():
    told = Told()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize="IXIA_FUZZ" not in os.environ,
        suppress_health_check=list(HealthCheck),
    )
    @given(OFFICES, COMING)
    def pairs(office, coming):
        for expected, actual in compared(office, coming, told):
            assert expected == actual

    pairs()

    exact = Counter(told.seen)
    del exact["declared inexact"]
    print(f"compared {exact.total()} pairs: {dict(told.seen)}")
    assert {"person", "queue", "nobody"} <= set(exact)
    assert FEWEST <= exact.total()


READ = Names(
    {each: who for who, each in OWNERS.items()}, {each: who for who, each in USERS.items()}
)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(OFFICES)
def test_every_workflow_reads_back_as_the_steps_that_it_was_made_of(office):
    _, made = lowered(office)

    there = actions(made.steps, Ids(OWNERS, USERS))

    read = {each["actionId"]: text(neutral(each, READ)) for each in there}
    assert {number: text(step) for number, step in made.steps.items()} == read
