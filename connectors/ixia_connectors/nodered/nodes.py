"""A decision graph as Node-RED's nodes: an entry, a function each, and an answer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ixia_config.sdk.flows import (
    CONDITIONS,
    Assign,
    Branch,
    End,
    Fork,
    Graph,
    Node,
    Notify,
    SetField,
    Start,
    Timer,
    WaitApproval,
    condition_javascript,
    readings,
    ways,
)
from ixia_connectors.nodered.bodies import text
from ixia_connectors.nodered.names import node_id, path_of
from ixia_connectors.nodered.turns import TURNS, goal

OURS = "// Written by Ixia Config from the policy in this tab's description: change that instead.\n"


def nodes(graph: Graph) -> Mapping[str, str]:
    """Every node of a flow by its key, as canonical text."""
    found = {key: text(body) for key, body in _bodies(graph)}
    return dict(sorted(found.items()))


def _bodies(graph: Graph) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield "in", _entry(graph)
    yield "answer", {"type": "http response", "name": "Answer", "wires": []}
    yield "refused", {"type": "http response", "name": "Refused", "statusCode": "422", "wires": []}
    for node in graph.nodes:
        yield node.key, _body(graph, node)


def _entry(graph: Graph) -> Mapping[str, Any]:
    return {
        "type": "http in",
        "name": f"A {graph.record} comes in",
        "url": path_of(graph.policy),
        "method": "post",
        "wires": _wires(graph, ("start",)),
    }


def _wires(graph: Graph, keys: Sequence[str]) -> list[list[str]]:
    """One wire for each output."""
    return [[node_id(graph.policy, key)] for key in keys]


def _body(graph: Graph, node: Node) -> Mapping[str, Any]:
    match node:
        case Start():
            return _function(graph, "Read the record", _start(graph), (*ways(node), "refused"))
        case Branch():
            return _function(graph, _title(node), _branch(node), ways(node))
        case Assign():
            return _function(
                graph, _goal_title(node), _assign(graph, node), (*ways(node), "refused")
            )
        case Fork() | Timer() | Notify() | SetField() | WaitApproval():
            raise ValueError(f"{node.key} is no part of a routing")
        case End():
            return _function(graph, "The decision", _end(), ("answer",))


def _function(graph: Graph, name: str, code: str, keys: Sequence[str]) -> Mapping[str, Any]:
    wires = _wires(graph, keys)
    return {
        "type": "function",
        "name": name,
        "func": OURS + code,
        "outputs": len(wires),
        "wires": wires,
    }


def _title(node: Branch) -> str:
    return "Rules: " + ", ".join(case.rule for case in node.cases)


def _goal_title(node: Assign) -> str:
    return "Assign: " + node.key.replace("assign-", "").replace("fallback-", "else of ")


def _branches(graph: Graph) -> list[Branch]:
    return [node for node in graph.nodes if isinstance(node, Branch)]


_START = """\
const READ = {read};
const given = msg.payload ?? {{}}, record = given.record ?? {{}};
const lower = (list) => (Array.isArray(list) ? list : []).map((each) => String(each).toLowerCase());
msg.ixia = {{
  policy: {policy}, version: {version}, rule: "", person: "", pool: "", queue: "", reasons: [],
  record, now: given.now ?? new Date().toISOString(),
  absent: lower(given.absent), excluded: lower(given.excluded),
}};
try {{
  K.clock(msg.ixia.now);
  K.values(record, READ);
}} catch (error) {{
  msg.payload = {{error: error.message, policy: {policy}, version: {version}}};
  return [null, msg];
}}
return [msg, null];
"""


def _start(graph: Graph) -> str:
    tests = [case.test for branch in _branches(graph) for case in branch.cases]
    return CONDITIONS + _START.format(
        read=json.dumps(readings(tests)),
        policy=json.dumps(str(graph.policy)),
        version=json.dumps(graph.version),
    )


_BRANCH = """\
const READ = {read};
const v = K.values(msg.ixia.record, READ), c = K.clock(msg.ixia.now);
const cases = [
{cases}
];
const place = cases.findIndex(([, , holds]) => holds());
if (place >= 0) msg.ixia.reasons.push({{rule: cases[place][0], why: cases[place][1]}});
const out = new Array(cases.length + 1).fill(null);
out[place < 0 ? cases.length : place] = msg;
return out;
"""


def _branch(node: Branch) -> str:
    cases = ",\n".join(
        f"  [{json.dumps(case.rule)}, {json.dumps(case.test.text)}, "
        f"() => {condition_javascript(case.test)}]"
        for case in node.cases
    )
    read = json.dumps(readings(case.test for case in node.cases))
    return CONDITIONS + _BRANCH.format(read=read, cases=cases)


_ASSIGN = """\
const GOAL = {goal};
let got;
try {{
  got = T.assign(GOAL, msg.ixia, global);
}} catch (error) {{
  const {{policy, version}} = msg.ixia;
  msg.payload = {{error: error.message, policy, version}};
  return [null, null, msg];
}}
msg.ixia.reasons.push({{rule: GOAL.rule, why: got.why}});
if (!got.person && !got.queue) return [null, msg];
Object.assign(msg.ixia, {{
  rule: GOAL.rule, person: got.person ?? "", pool: got.pool ?? "", queue: got.queue ?? "",
}});
return [msg, null];
"""


def _assign(graph: Graph, node: Assign) -> str:
    return TURNS + _ASSIGN.format(goal=goal(graph, node))


def _end() -> str:
    return (
        "const {policy, version, rule, person, pool, queue, reasons} = msg.ixia;\n"
        "msg.payload = {policy, version, rule, person, pool, queue, reasons};\n"
        "return msg;\n"
    )
