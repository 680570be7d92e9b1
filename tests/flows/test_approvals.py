"""A graph with approvals asks whom its policy asks, and goes where the answers lead."""

import os

import pytest
from hypothesis import HealthCheck, given, settings

from ixia_config.flows import Graph, NotYet, approval_graph, run_approval, run_request
from ixia_config.kinds.approval_policy.progress import next_step
from tests.flows.generated_approvals import KNOWN, cases
from tests.kinds.test_approvals import MATRIX, configured

EXAMPLES = 10_000 if "IXIA_FUZZ" in os.environ else 50


def declared(decision):
    """What a decision says, step by step."""
    return [
        (
            step.labels,
            [[(each.email, each.instead_of) for each in seat.people] for seat in step.seats],
            (step.mode, step.need, step.comment_required),
            [(level.after, [(each.email, each.instead_of) for each in level.people])
             for level in step.levels],
        )
        for step in decision.steps
    ]  # fmt: skip


def asked(request):
    """The same of the graph."""

    def people(all_of_them):
        return [(each.person, each.instead_of) for each in all_of_them]

    return [
        (
            tuple(seat.label for seat in step.seats),
            [people(seat.people) for seat in step.seats],
            (step.node.mode, step.node.need, step.node.comment_required),
            [(after, people(more)) for after, more in step.further],
        )
        for step in request.steps
    ]


def standing(found):
    names = ("status", "step", "waiting_for", "due", "level", "overdue")
    return {name: getattr(found, name) for name in names}


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_a_graph_asks_whom_its_policy_asks_and_goes_where_answers_lead(case):
    compared(case)


@pytest.mark.parametrize("case", KNOWN)
def test_requests_go_to_the_minute_where_the_policy_says(case):
    compared(case)


def compared(case):
    """What the graph and the policy make of a request, at every look."""
    graph, decision = case.graph, case.decide()
    assert isinstance(graph, Graph)

    request = run_request(graph, case.record, case.submitter, now=case.begins)

    assert (decision.outcome.value, decision.rule or "") == (request.outcome, request.rule)
    assert declared(decision) == asked(request)
    for look in case.looks:
        now = case.begins + look
        progress = next_step(decision, case.answers, now)
        assert standing(progress) == standing(run_approval(graph, request, case.answers, now=now))


def not_yet(spec):
    found = approval_graph(*configured(spec))
    return found if isinstance(found, NotYet) else found.not_yet


@pytest.mark.parametrize(
    ("part", "spec"),
    [
        ("hit_policy", f"  hit_policy: unique\n{MATRIX}"),
        (
            "rules 1 steps 1 approver",
            (
                "  rules: [{key: all, steps: [{approver: {authority_of: submitter}}]}]\n"
                "  authority: {field: amount, limits: [{role: cro}]}\n"
            ),
        ),
        ("due", f"  due: {{within: 2 months}}\n{MATRIX}"),
    ],
)
def test_a_policy_that_no_graph_can_ask_for_is_no_graph(part, spec):
    assert part == not_yet(spec).part


def test_what_a_request_is_not_looked_at_again_for_is_told():
    (found,) = not_yet(f"  reapprove_when: {{raises: [discount]}}\n{MATRIX}")

    assert "reapprove_when" == found.part
