"""A decision graph as Node-RED's nodes: an entry, a function each, and an answer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

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
from ixia_connectors.nodered.approvals import approval_nodes
from ixia_connectors.nodered.bodies import text
from ixia_connectors.nodered.frames import Body, Frame, answers, entry, function
from ixia_connectors.nodered.names import path_of
from ixia_connectors.nodered.sla import sla_nodes
from ixia_connectors.nodered.turns import TURNS, goal


def nodes(graph: Graph) -> Mapping[str, str]:
    """Every node of a flow by its key, as canonical text."""
    found = {key: text(body) for key, body in _bodies(graph)}
    return dict(sorted(found.items()))


def _bodies(graph: Graph) -> Iterator[tuple[str, Body]]:
    if graph.watch is not None:
        yield from sla_nodes(graph)
    elif graph.policy.kind == "ApprovalPolicy":
        yield from approval_nodes(graph)
    else:
        yield from _routing(graph)


def _routing(graph: Graph) -> Iterator[tuple[str, Body]]:
    frame = Frame(graph.policy)
    yield "in", entry(frame, f"A {graph.record} comes in", "post", path_of(graph.policy), "start")
    yield from answers().items()
    for node in graph.nodes:
        yield node.key, _body(graph, frame, node)


def _body(graph: Graph, frame: Frame, node: Node) -> Body:
    match node:
        case Start():
            return function(frame, "Read the record", _start(graph), *ways(node), "refused")
        case Branch():
            return function(frame, _title(node), _branch(node), *ways(node))
        case Assign():
            name, code = _goal_title(node), _assign(graph, node)
            return function(frame, name, code, *ways(node), "refused")
        case Fork() | Timer() | Notify() | SetField() | WaitApproval():
            raise ValueError(f"{node.key} is no part of a routing")
        case End():
            return function(frame, "The decision", _end(), "answer")


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
