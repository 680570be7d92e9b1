"""An SLA as Node-RED's nodes: events come in, a clock ticks, and what is due is told."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ixia_config.sdk.flows import (
    CONDITIONS,
    Alarm,
    Duration,
    Fork,
    Graph,
    Late,
    Left,
    Notify,
    Passed,
    SetField,
    Signal,
    Timer,
    Used,
    Watch,
    condition_javascript,
    readings,
)
from ixia_connectors.nodered.course import COURSE
from ixia_connectors.nodered.frames import Frame, entry, function, ticking
from ixia_connectors.nodered.names import path_of
from ixia_connectors.nodered.open_hours import HOURS
from ixia_connectors.nodered.outbox import outbox
from ixia_connectors.nodered.turns import day_number, hours_data

_ROLES = ("start", "pause", "stop", "reset", "cancel")


def sla_nodes(graph: Graph) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every node of the tab by its key."""
    if graph.watch is None:
        raise ValueError(f"{graph.policy} has no clock")
    frame = Frame(graph.policy)
    yield (
        "in",
        entry(frame, f"A {graph.record} was changed", "post", path_of(graph.policy), "clock"),
    )
    yield (
        "clock",
        function(frame, "Follow the clock", _follow(graph, graph.watch), "answer", "refused"),
    )
    yield "tick", ticking(frame, "timers")
    timers = tuple(timers_of(graph))
    title = "Which timers are up"
    yield "timers", function(frame, title, _timers(graph, timers), *(t.reached for t in timers))
    for node in graph.nodes:
        if isinstance(node, Notify):
            name = f"Tell: {node.to.name or node.to.to.replace('_', ' ')}, {node.text}"
            yield node.key, function(frame, name, _tell(graph, node), "keep")
        elif isinstance(node, SetField):
            name = f"Set {node.path}: {node.value}"
            yield node.key, function(frame, name, _set(node), "keep")
    yield from outbox(frame, graph, standing(graph), "S.standing(flow, query.now)")


def timers_of(graph: Graph) -> Iterator[Timer]:
    """The timers that run at the same time, in the order of the outputs."""
    for fork in graph.nodes:
        for key in fork.ways if isinstance(fork, Fork) else ():
            node = graph.node(key)
            if isinstance(node, Timer):
                yield node


def _conditions(watch: Watch) -> Mapping[str, str]:
    """Every condition of the clock as JavaScript, by what it is for."""
    found = {role: getattr(watch.signals, role) for role in _ROLES}
    tests = {role: signal.test for role, signal in found.items() if signal is not None}
    tests |= {"when": watch.signals.when}
    tests |= {f"target {place}": each.test for place, each in enumerate(watch.targets)}
    return {
        name: condition_javascript(test) for name, test in sorted(tests.items()) if test is not None
    }


def _data(graph: Graph, watch: Watch) -> dict[str, Any]:
    """What the clock needs, as JSON."""
    signals = {role: getattr(watch.signals, role) for role in _ROLES}
    tests = [signal.test for signal in signals.values() if signal is not None and signal.test]
    tests += [each.test for each in watch.targets if each.test]
    tests += [watch.signals.when] if watch.signals.when else []
    read = readings(tests)
    for name in sorted(watch.signals.times):
        if [name] not in [each[0] for each in read]:
            read.append([[name], "datetime", []])
    return {
        "read": read,
        "signals": {role: _signal(each) for role, each in signals.items() if each is not None},
        "targets": [
            {"key": each.key, "within": duration(each.within), "by": each.by}
            for each in watch.targets
        ],
        "whose": _whose(watch),
        "calendars": {name: hours_data(graph.calendars[name]) for name in _calendars(graph, watch)},
        "alarms": [{"key": node.key, **_alarm(node.alarm)} for node in timers_of(graph)],
        "owners": _owners(graph, watch),
        "leads": dict(graph.leads) if watch.calendar and watch.calendar.of == "team" else {},
        "policy": str(graph.policy),
        "version": graph.version,
    }


def _signal(signal: Signal) -> dict[str, Any]:
    return {"event": signal.event, "field": signal.field, "times": sorted(signal.times)}


def duration(given: Duration) -> dict[str, Any]:
    """A length of time as JSON."""
    return {"amount": given.amount, "unit": given.unit.value, "business": given.business}


def _alarm(alarm: Alarm) -> dict[str, Any]:
    match alarm:
        case Used(share=share):
            return {"used": list(share.as_integer_ratio())}
        case Left(amount=amount):
            return {"left": duration(amount)}
        case Late(amount=amount):
            return {"late": duration(amount)}
        case Passed():
            return {"passed": True}


def _whose(watch: Watch) -> dict[str, Any] | None:
    found = watch.calendar
    if found is None:
        return None
    name: object = found.name.split(".") if found.of == "customer" else found.name
    return {"of": found.of, "name": name, "otherwise": found.otherwise}


def _calendars(graph: Graph, watch: Watch) -> list[str]:
    """The calendars that may count: all of them where the record says which."""
    found = watch.calendar
    if found is None:
        return []
    if found.of != "named":
        return sorted(graph.calendars)
    return sorted({found.name, found.otherwise} & set(graph.calendars))


def _owners(graph: Graph, watch: Watch) -> dict[str, Any]:
    """The people whose calendar or team may count; nobody where a calendar is named."""
    if watch.calendar is None or watch.calendar.of not in ("owner", "team"):
        return {}
    return {
        email: {"calendar": each.calendar, "team": each.team}
        for email, each in sorted(graph.people.items())
    }


def _head(graph: Graph, watch: Watch) -> str:
    tests = ", ".join(
        f"{json.dumps(name)}: (v) => {code}" for name, code in _conditions(watch).items()
    )
    data = json.dumps(_data(graph, watch), sort_keys=True)
    return f"{CONDITIONS}{HOURS}const SLA = {data};\nconst TESTS = {{{tests}}};\n{COURSE}"


def standing(graph: Graph) -> str:
    """The words that say how each clock stands."""
    return "" if graph.watch is None else _head(graph, graph.watch)


_FOLLOW = """\
try {
  msg.payload = S.happened(flow, msg.payload ?? {});
  return [msg, null];
} catch (error) {
  const {policy, version} = SLA;
  msg.payload = {error: error.message, policy, version};
  return [null, msg];
}
"""


def _follow(graph: Graph, watch: Watch) -> str:
    return _head(graph, watch) + _FOLLOW


def _timers(graph: Graph, timers: Sequence[Timer]) -> str:
    told = json.dumps([timer.key for timer in timers])
    return (
        standing(graph)
        + f"const out = {told}.map(() => []), keys = {told};\n"
        + "for (const each of S.ticked(flow, msg.payload))\n"
        + "  out[keys.indexOf(each.timer)].push({payload: each});\n"
        + "return out.map((each) => each.length ? each : null);\n"
    )


_TELL = """\
const TOLD = {told};
const d = msg.payload, owner = String(d.record.owner ?? ""), day = d.day;
const own = (x, key) => Object.hasOwn(x, key) ? x[key] : null;
const of = (email) => own(TOLD.people, email.toLowerCase()) ?? {{manager: "", team: ""}};
const lead = () => own(TOLD.leads, String(d.record.team || of(owner).team || "")) ?? "";
const inside = (each) => each.end === null || day < each.end;
const WHO = {{
  owner: () => [owner], manager: () => [of(owner).manager], team_lead: () => [lead()],
  person: () => [TOLD.name], team: () => [TOLD.leads[TOLD.name] ?? ""],
  role: () => TOLD.holding.filter(inside).map((each) => each.email),
}};
msg.payload = {{...d, action: TOLD.action, why: TOLD.why, to: WHO[TOLD.to]().filter((x) => x)}};
return msg;
"""


def _tell(graph: Graph, node: Notify) -> str:
    people = graph.people.values() if node.to.to in ("manager", "team_lead") else ()
    holding = [
        {"email": each.email, "end": day_number(each.end)}
        for each in graph.people.values()
        if node.to.to == "role" and each.role == node.to.name
    ]
    told = {
        "to": node.to.to,
        "name": node.to.name,
        "action": node.action,
        "why": node.text,
        "people": {
            each.email.lower(): {"manager": each.manager, "team": each.team} for each in people
        },
        "leads": dict(graph.leads) if node.to.to in ("team", "team_lead") else {},
        "holding": holding,
    }
    return _TELL.format(told=json.dumps(told, sort_keys=True))


def _set(node: SetField) -> str:
    written = json.dumps({"field": node.path, "value": node.value})
    return (
        f"const WRITTEN = {written};\n"
        'msg.payload = {...msg.payload, action: "set", why: "late", to: [], ...WRITTEN};\n'
        "return msg;\n"
    )
