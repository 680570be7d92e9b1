"""Runs the function nodes of a flow in plain Node.js, as Node-RED does, message by message."""

import json
import shutil
import subprocess

import pytest

NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="Node.js is not here: nothing runs JavaScript")

_HARNESS = r"""
const flows = JSON.parse(require("fs").readFileSync(0, "utf8"));
const answers = flows.map(({nodes, prefix, messages, rotation}) => {
  const kept = rotation ? {ixia_rotation: rotation} : {};
  const global = {get: (k) => kept[k], set: (k, v) => { kept[k] = v; }};
  const compiled = {};
  for (const [key, node] of Object.entries(nodes))
    if (node.type === "function") compiled[key] = new Function("msg", "global", node.func);
  const told = messages.map((payload) => {
    let key = "in", msg = {payload};
    while (nodes[key].type !== "http response") {
      let out = key === "in" ? [msg] : compiled[key](msg, global);
      if (!Array.isArray(out)) out = [out];
      const port = out.findIndex((each) => each);
      if (out.length > nodes[key].wires.length || out.filter((x) => x).length !== 1)
        throw new Error(`${key} gave ${out.length} outputs`);
      msg = out[port];
      key = nodes[key].wires[port][0].slice(prefix.length);
    }
    return msg.payload;
  });
  return {told, rotation: kept.ixia_rotation ?? null};
});
console.log(JSON.stringify(answers));
"""


def decide(flows):
    """The answers and the rotation of each (nodes, prefix, messages, rotation)."""
    done = subprocess.run(
        [NODE, "-e", _HARNESS],
        input=json.dumps(flows),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[:2000]
    return json.loads(done.stdout)


_PLAY = r"""
const tabs = JSON.parse(require("fs").readFileSync(0, "utf8"));
const play = ({nodes, later, prefix, messages, webhook}) => {
  const kept = {};
  const flow = {get: (k) => kept[k], set: (k, v) => { kept[k] = JSON.parse(JSON.stringify(v)); }};
  const env = {get: (name) => name === "IXIA_WEBHOOK" ? webhook : undefined};
  const compiled = {};
  const deploy = () => {
    for (const [key, node] of Object.entries(nodes))
      if (node.type === "function")
        compiled[key] = new Function("msg", "flow", "global", "env", node.func);
  };
  deploy();
  return messages.map(([entry, given]) => {
    const told = {answers: [], sent: []};
    if (entry === "swap") { nodes = later; deploy(); return told; }
    const waiting = [[entry, given]];
    while (waiting.length) {
      const [key, msg] = waiting.shift(), node = nodes[key];
      if (node.type === "http response") { told.answers.push([key, msg.payload]); continue; }
      let out = [msg];
      if (node.type === "function") out = compiled[key](msg, flow, flow, env);
      if (node.type === "http request") {
        told.sent.push([msg.url, msg.payload]);
        out = [{...msg, statusCode: 200}];
      }
      if (!Array.isArray(out)) out = [out];
      if (out.length > node.wires.length && out.some((each) => each))
        throw new Error(`${key} gave ${out.length} outputs`);
      out.forEach((each, port) => {
        for (const one of each ? [each].flat() : [])
          for (const to of node.wires[port]) waiting.push([to.slice(prefix.length), one]);
      });
    }
    return told;
  });
};
console.log(JSON.stringify(tabs.map(play)));
"""


def play(tabs):
    """What each tab answers and sends for its messages: pairs of the node and the message.

    The context of a tab holds JSON only, as a store on a disk does.
    """
    return [told for start in range(0, len(tabs), _AT_ONCE) for told in _play(tabs, start)]


_AT_ONCE = 200
"""Tabs for one process: each has some hundred kilobytes of code"""


def _play(tabs, start):
    text = json.dumps(tabs[start : start + _AT_ONCE])
    done = subprocess.run(
        [NODE, "-e", _PLAY], input=text, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[:2000]
    return json.loads(done.stdout)
