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
