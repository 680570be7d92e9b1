"""An approval as Node-RED's nodes: requests and answers come in, and who is asked is told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from ixia_config.sdk.flows import (
    CONDITIONS,
    Approver,
    Branch,
    End,
    Graph,
    Silence,
    Typed,
    WaitApproval,
    condition_javascript,
    readings,
)
from ixia_connectors.nodered.frames import Body, Frame, entry, function, ticking
from ixia_connectors.nodered.names import path_of
from ixia_connectors.nodered.open_hours import HOURS
from ixia_connectors.nodered.outbox import outbox
from ixia_connectors.nodered.sla import duration
from ixia_connectors.nodered.turns import day_number, hours_data
from ixia_connectors.nodered.voting import VOTING


def approval_nodes(graph: Graph) -> Iterator[tuple[str, Body]]:
    """Every node of the tab by its key."""
    frame, head, path = Frame(graph.policy), _head(graph), path_of(graph.policy)
    ways = ("answer", "refused", "keep")
    yield "in", entry(frame, f"Approval of a {graph.record} is asked for", "post", path, "request")
    yield "request", function(frame, "Who must agree", head + _come("V.requested"), *ways)
    yield "votes", entry(frame, "Somebody answers", "post", f"{path}/vote", "vote")
    yield "vote", function(frame, "Where the answer leads", head + _come("V.voted"), *ways)
    yield "tick", ticking(frame, "silence")
    yield "silence", function(frame, "Nobody answered", head + _SILENCE, "keep")
    yield from outbox(frame, graph, head, "V.standing(flow, query.now)")


def _come(call: str) -> str:
    return f"""\
try {{
  const [answer, told] = {call}(flow, msg.payload ?? {{}});
  msg.payload = answer;
  return [msg, null, told.map((payload) => ({{payload}}))];
}} catch (error) {{
  const {{policy, version}} = ASKING;
  msg.payload = {{error: error.message, policy, version}};
  return [null, msg, null];
}}
"""


_SILENCE = "return [V.ticked(flow, msg.payload).map((payload) => ({payload}))];\n"


def _head(graph: Graph) -> str:
    tests = dict(_conditions(graph))
    written = ", ".join(
        f"{json.dumps(name)}: (v, c) => {condition_javascript(test)}"
        for name, test in sorted(tests.items())
    )
    data = json.dumps(_data(graph, tests), sort_keys=True)
    return f"{CONDITIONS}{HOURS}const ASKING = {data};\nconst TESTS = {{{written}}};\n{VOTING}"


def _conditions(graph: Graph) -> Iterator[tuple[str, Typed]]:
    """Every condition by its place: of cases, and of those who stand in for others."""
    for node in graph.nodes:
        for place, case in enumerate(node.cases if isinstance(node, Branch) else ()):
            yield f"{node.key} {place}", case.test
    for place, stand in enumerate(graph.stands):
        if stand.test is not None:
            yield f"stands {place}", stand.test


def _data(graph: Graph, tests: Mapping[str, Typed]) -> dict[str, Any]:
    read = readings(tests.values())
    for stand in graph.stands:
        if stand.limit is not None and [stand.field] not in [each[0] for each in read]:
            read.append([[stand.field], graph.fields[stand.field].type.value, []])
    calendars = {each.calendar for each in _silences(graph)} - {""}
    return {
        "policy": str(graph.policy),
        "version": graph.version,
        "start": graph.start.next,
        "nodes": dict(_nodes(graph)),
        "read": read,
        "barred": list(graph.barred),
        "people": _people(graph),
        "pools": {name: _members(graph, name) for name in _pools(graph)},
        "stands": [
            {
                "instead_of": each.instead_of,
                "person": each.person,
                "start": day_number(each.start),
                "end": day_number(each.end),
                "limit": None if each.limit is None else _digits(each.limit),
                "field": each.field,
                "test": None if each.test is None else f"stands {place}",
            }
            for place, each in enumerate(graph.stands)
        ],
        "calendars": {name: hours_data(graph.calendars[name]) for name in sorted(calendars)},
    }


def _silences(graph: Graph) -> list[Silence]:
    waits = (node for node in graph.nodes if isinstance(node, WaitApproval))
    return [node.silence for node in waits if node.silence is not None]


def _digits(value: Decimal) -> list[object]:
    """An exact number: whole digits as text, and how many of them are behind the point."""
    whole, _, rest = f"{value:f}".partition(".")
    return [str(int(whole + rest)), len(rest)]


def _people(graph: Graph) -> dict[str, Any]:
    return {
        email: {
            "role": each.role,
            "team": each.team,
            "manager": each.manager.lower(),
            "start": day_number(each.start),
            "end": day_number(each.end),
            "away": [[day_number(start), day_number(end)] for start, end in each.away],
        }
        for email, each in graph.people.items()
    }


def _approvers(graph: Graph) -> Iterator[Approver]:
    for node in graph.nodes:
        if isinstance(node, WaitApproval):
            yield from node.approvers
            further = node.silence.further if node.silence else ()
            yield from (each.to for each in further if each.to is not None)


def _pools(graph: Graph) -> list[str]:
    found = {each.name for each in _approvers(graph) if each.by == "pool"}
    return sorted(found & set(graph.pools))


def _members(graph: Graph, name: str) -> list[dict[str, Any]]:
    return [
        {
            "email": each.email.lower(),
            "start": day_number(each.start),
            "end": day_number(each.end),
        }
        for each in graph.pools[name].members
    ]


def _nodes(graph: Graph) -> Iterator[tuple[str, dict[str, Any]]]:
    for node in graph.nodes:
        match node:
            case Branch():
                yield node.key, _branch(node)
            case WaitApproval():
                yield node.key, _wait(node)
            case End(outcome=outcome):
                yield node.key, {"outcome": outcome}
            case _:
                pass


def _branch(node: Branch) -> dict[str, Any]:
    return {
        "rules": node.key == "rules" or node.key.startswith("tier-"),
        "otherwise": node.otherwise,
        "cases": [
            {
                "rule": case.rule,
                "why": case.test.text,
                "test": f"{node.key} {place}",
                "next": case.next,
            }
            for place, case in enumerate(node.cases)
        ],
    }


def _wait(node: WaitApproval) -> dict[str, Any]:
    silence = node.silence
    return {
        "title": node.title,
        "approvers": [_approver(each) for each in node.approvers],
        "approved": node.approved,
        "mode": node.mode,
        "need": node.need,
        "comment": node.comment_required,
        "evidence": node.evidence,
        "part": node.part,
        "silence": silence
        and {
            "within": duration(silence.within),
            "calendar": silence.calendar,
            "then": silence.then,
            "further": [
                {"after": duration(each.after), "to": each.to and _approver(each.to)}
                for each in silence.further
            ],
        },
    }


def _approver(given: Approver) -> dict[str, Any]:
    return {"by": given.by, "name": given.name, "level": given.level, "label": given.label}
