"""What a tab has told, kept to be asked for and sent to the webhook of the instance, if any."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ixia_config.sdk.flows import Graph
from ixia_connectors.nodered.frames import Body, Frame, answers, entry, function, sending
from ixia_connectors.nodered.names import path_of

_KEEP = """\
const MOST = 1000, kept = flow.get("ixia_told") ?? {last: 0, told: []};
const {day, ...told} = msg.payload;
const said = {number: kept.last + 1, delivered: false, ...told};
flow.set("ixia_told", {last: said.number, told: [...kept.told, said].slice(-MOST)});
const url = env.get("IXIA_WEBHOOK");
return url ? {url, payload: said, ixia: said.number} : null;
"""
_SENT = """\
const kept = flow.get("ixia_told") ?? {last: 0, told: []};
const said = kept.told.find((each) => each.number === msg.ixia);
if (said && msg.statusCode >= 200 && msg.statusCode < 300) said.delivered = true;
flow.set("ixia_told", kept);
return null;
"""
_LIST = """\
const query = msg.req?.query ?? msg.query ?? {{}}, after = Number(query.after ?? 0);
const kept = flow.get("ixia_told") ?? {{last: 0, told: []}};
try {{
  const told = kept.told.filter((each) => each.number > after);
  msg.payload = {{policy: {policy}, version: {version}, told, standing: {standing}}};
  return [msg, null];
}} catch (error) {{
  msg.payload = {{error: error.message, policy: {policy}, version: {version}}};
  return [null, msg];
}}
"""


def outbox(frame: Frame, graph: Graph, words: str, standing: str) -> Iterator[tuple[str, Body]]:
    """The nodes that keep, send and list what was told.

    ``words`` come in front of the list, where ``standing`` is an expression for what waits.
    """
    yield "keep", function(frame, "Keep and send", _KEEP, "send")
    yield "send", sending(frame, "sent")
    yield "sent", function(frame, "It was delivered", _SENT)
    url = f"{path_of(graph.policy)}/due"
    yield "due", entry(frame, "What was told, and what waits?", "get", url, "list")
    told = _LIST.format(
        policy=json.dumps(str(graph.policy)), version=json.dumps(graph.version), standing=standing
    )
    yield "list", function(frame, "The list", words + told, "answer", "refused")
    yield from answers().items()
