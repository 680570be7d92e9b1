"""A real Node-RED tells what is due when it is due, asks for approvals, and remembers both.

Targets are whole minutes, so what happens is sent as if it had begun almost a minute ago.
"""

from __future__ import annotations

import json
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ixia_config.flows import approval_graph, run_timers, sla_graph
from ixia_config.kinds.approval_policy.spec import ApprovalPolicy
from ixia_config.kinds.conditions import catalogue
from ixia_config.kinds.parse import configure
from ixia_config.kinds.sla_policy.spec import SlaPolicy
from ixia_config.kinds.sla_policy.triggers import Change
from ixia_config.language import load
from ixia_config.rules import normalise
from ixia_config.sdk import Rehearsal
from ixia_config.testing import a_place
from ixia_connectors.nodered import NodeRed
from tests.live.nodered.server import LASTING, TITLE, instance

ANA, LEE, FAY, LEO = (f"{name}@acme.example" for name in ("ana", "lee", "fay", "leo"))
TEXT = """\
apiVersion: ixia/v1
kind: RecordSchema
metadata: {name: lead}
spec:
  fields:
    owner: {type: person}
    assigned_at: {type: datetime}
    first_touch_at: {type: datetime}
---
apiVersion: ixia/v1
kind: Calendar
metadata: {name: always}
spec: {zone: Europe/Madrid, week: {mon-sun: ["00:00-24:00"]}}
---
apiVersion: ixia/v1
kind: Directory
metadata: {name: people}
spec:
  people:
    - {email: ana@acme.example, role: ae, manager: lee@acme.example}
    - {email: lee@acme.example, role: manager}
    - {email: fay@acme.example, role: finance}
    - {email: leo@acme.example, role: legal}
---
apiVersion: ixia/v1
kind: SlaPolicy
metadata: {name: touch}
spec:
  object: lead
  metric: first_touch
  start: {on: assigned}
  stop: known(first_touch_at)
  calendar: always
  targets: [{within: 1 business minute}]
  warn_at: [98%]
  escalate: [{at: 99%, to: manager, action: task}]
---
apiVersion: ixia/v1
kind: ApprovalPolicy
metadata: {name: limits}
spec:
  object: lead
  rules:
    - key: all
      steps:
        - {approver: {manager_of: submitter}}
        - approvers: [{role: finance}, {role: legal}, {role: ae}]
          mode: quorum
          need: 2
          due: {within: 1 minute, on_timeout: reject}
"""


@pytest.fixture(scope="module")
def configuration():
    found, problems = configure(load("all.yaml", TEXT).documents)
    assert () == problems
    return found


def applied(server):
    """Our tabs on this instance."""
    server.deploy([])
    with a_place(NodeRed(), Rehearsal(server, TITLE, server.token)) as place:
        place.lead({"all.yaml": TEXT})
        assert () == place.plan().changes


@pytest.fixture(scope="module")
def webhook():
    """Where an instance sends what it tells."""
    heard = []

    class Listening(BaseHTTPRequestHandler):
        def do_POST(self):
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            """Say nothing."""

    listener = ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.server_port}/told", heard
    listener.shutdown()
    listener.server_close()
    thread.join(timeout=10)


@pytest.fixture(scope="module")
def lasting(server, webhook):
    """An instance that keeps its context on disk, with our tabs."""
    with instance(more=LASTING, IXIA_WEBHOOK=webhook[0]) as found:
        applied(found.start())
        yield found


@pytest.fixture(scope="module")
def red(lasting):
    return lasting.server


def ago(seconds):
    return datetime.now(UTC) - timedelta(seconds=seconds)


def zulu(at):
    return at.isoformat().replace("+00:00", "Z")


def sent(red, path, **payload):
    return red.ask("POST", path, payload)


def event(red, key, at, name="", **values):
    """Something happened to a lead."""
    record = {"owner": ANA, **values}
    answer = sent(red, "/ixia/sla/touch", id=key, record=record, at=zulu(at), event=name)
    assert 200 == answer.status, answer
    return answer.json


def told(red, path, key, until):
    """What was told about a record, as soon as it is as much as is waited for."""
    for _ in range(100):
        said = red.ask("GET", f"/ixia/{path}/due").json
        found = [each for each in said["told"] if each["id"] == key]
        if until(found):
            return found
        time.sleep(0.2)
    pytest.fail(f"only this was told: {found}")


def three(found):
    return len(found) >= 3


def test_a_timer_tells_at_the_due_time_that_the_policy_says(red, configuration, webhook):
    begun = ago(57)
    before = datetime.now(UTC)
    first = event(red, "slow", begun, "assigned", assigned_at=zulu(begun))
    assert "running" == first["state"]

    found = told(red, "sla/touch", "slow", three)

    graph = sla_graph(configuration, configuration.get(SlaPolicy, "touch"))
    record = normalise({"owner": ANA, "assigned_at": zulu(begun)}, catalogue(configuration), "lead")
    timed = run_timers(graph, record, [Change(begun, record, "assigned")], now=before)
    due = {each.key: each.until for each in timed.waiting}
    assert due == {each["timer"]: datetime.fromisoformat(each["at"]) for each in found}
    assert ["warn", "task", "set"] == [each["action"] for each in found]
    assert [[ANA], [LEE], []] == [each["to"] for each in found]
    assert sorted(each["at"] for each in found) == [each["at"] for each in found]
    assert {("SlaPolicy/touch", graph.version)} == {(e["policy"], e["version"]) for e in found}
    assert all(each["reasons"] for each in found)
    assert datetime.now(UTC) >= max(due.values())
    assert found[0]["number"] in [each["number"] for each in heard(webhook, "slow", 3)]


def heard(webhook, key, count):
    for _ in range(50):
        found = [each for each in webhook[1] if each["id"] == key]
        if len(found) >= count:
            return found
        time.sleep(0.2)
    pytest.fail(f"the webhook heard {webhook[1]}")


def test_a_record_that_is_touched_first_is_not_late(red):
    begun = ago(56)
    event(red, "quick", begun, "assigned", assigned_at=zulu(begun))
    event(red, "quick", ago(0), "touched", assigned_at=zulu(begun), first_touch_at=zulu(ago(1)))
    event(red, "other", begun, "assigned", assigned_at=zulu(begun))

    told(red, "sla/touch", "other", three)

    said = red.ask("GET", "/ixia/sla/touch/due").json
    assert [] == [each for each in said["told"] if each["id"] == "quick"]
    assert ["met"] == [each["state"] for each in said["standing"] if each["id"] == "quick"]


def test_an_approval_with_two_steps_and_a_quorum(red, configuration):
    path = "/ixia/approval/limits"
    asked = sent(red, path, id="q1", submitter=ANA, record={"owner": ANA}).json
    version = approval_graph(configuration, configuration.get(ApprovalPolicy, "limits")).version
    assert (version, "waiting", [LEE]) == (asked["version"], asked["status"], asked["waiting_for"])

    refused = sent(red, f"{path}/vote", id="q1", person=FAY, approves=True)
    assert (422, True) == (refused.status, "not asked" in refused.json["error"])
    one = sent(red, f"{path}/vote", id="q1", person=LEE, approves=True).json
    two = sent(red, f"{path}/vote", id="q1", person=LEO, approves=True).json
    last = sent(red, f"{path}/vote", id="q1", person=FAY, approves=True, comment="fine").json

    assert [(1, "waiting"), (1, "waiting"), (2, "approved")] == [
        (each["step"], each["status"]) for each in (one, two, last)
    ]
    found = told(red, "approval/limits", "q1", three)
    assert ["ask", "ask", "approved"] == [each["action"] for each in found]


def test_silence_until_the_due_time_rejects(red):
    path = "/ixia/approval/limits"
    begun = ago(58)
    sent(red, path, id="q2", submitter=ANA, record={}, now=zulu(begun))
    sent(red, f"{path}/vote", id="q2", person=LEE, approves=True, at=zulu(begun))

    found = told(red, "approval/limits", "q2", three)

    assert ["ask", "ask", "rejected"] == [each["action"] for each in found]


def test_timers_and_requests_outlive_a_restart(lasting, red):
    begun = ago(50)
    event(red, "kept", begun, "assigned", assigned_at=zulu(begun))
    sent(red, "/ixia/approval/limits", id="q3", submitter=ANA, record={})
    time.sleep(1.5)  # the store writes every second

    lasting.stop()
    again = lasting.start()

    found = told(again, "sla/touch", "kept", three)
    assert ["warn", "task", "set"] == [each["action"] for each in found]
    path = "/ixia/approval/limits/vote"
    assert "waiting" == sent(again, path, id="q3", person=LEE, approves=True).json["status"]
