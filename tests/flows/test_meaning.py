"""A decision graph says of every record what the policy says."""

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from ixia_config.flows import routing_graph, run, ways
from tests.flows.generated import EMAILS, RECORDS, TIMES, offices

EXAMPLES = 2000 if "IXIA_FUZZ" in os.environ else 25
COMING = st.lists(
    st.tuples(RECORDS, TIMES, st.sets(st.sampled_from(EMAILS), max_size=1)), min_size=4, max_size=9
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(offices(), COMING)
def test_a_graph_decides_as_its_policy_decides_and_turns_alike(office, coming):
    graph = routing_graph(office.configuration, office.policy)

    for record, now, absent in coming:
        before = office.rotation
        reached, after = run(graph, office.record(**record), before, now=now, absent=absent)
        decided = office.route(record, now, absent=absent)

        assert (decided.rule, decided.person, decided.pool, decided.queue) == (
            reached.rule,
            reached.person,
            reached.pool,
            reached.queue,
        )
        assert office.rotation == after


@settings(max_examples=EXAMPLES, deadline=None)
@given(offices())
def test_every_way_leads_to_a_node_and_every_node_is_reached(office):
    graph = routing_graph(office.configuration, office.policy)
    led_to = {key for node in graph.nodes for key in ways(node)} | {graph.start.key}

    assert {node.key for node in graph.nodes} - led_to <= {"otherwise"}
    assert led_to <= {node.key for node in graph.nodes}


@settings(max_examples=EXAMPLES, deadline=None)
@given(offices())
def test_a_version_names_the_text_of_its_policy(office):
    graph = routing_graph(office.configuration, office.policy)

    assert graph.version == routing_graph(office.configuration, office.policy).version
    assert 12 == len(graph.version)
