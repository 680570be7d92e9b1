"""A plan that finds nothing to do, over 200 pipelines with 2,000 stages and real HTTP."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from hubspot_sdk import HubSpot

from benchmarks import Row
from ixia_config.app import check, open_session
from ixia_config.app.applying import Order, apply
from ixia_config.app.planning import plan
from ixia_config.app.session import Session
from ixia_config.edges.serve import Exchange, serve
from ixia_connectors.hubspot.sandbox import HubSpotSandbox, Profile

PIPELINES, STAGES = 200, 10
TOKEN = "sandbox-token"
LISTS = 2  # the account, and the pipelines of deals: what the API needs at least

PROJECT = """\
apiVersion: ixia/v1
kind: Project
metadata: {{name: large}}
spec:
  targets:
    crm:
      connector: hubspot
      environments: {{sandbox: {{account: "4242", base_url: {url}, token: {{env: TOKEN}}}}}}
---
apiVersion: ixia/v1
kind: RecordSchema
metadata: {{name: deal, targets: []}}
spec: {{currency: USD, fields: {{amount: {{type: money}}}}}}
"""


def _pipeline(number: int) -> str:
    chances = [f"{10 * min(step + 1, 9)}%" for step in range(STAGES - 2)]
    stages = [
        f"    - {{key: s{step}, title: Step {step} of {number}, probability: {chance}}}"
        for step, chance in enumerate(chances)
    ]
    stages.append("    - {key: won, title: Won, type: won}")
    stages.append("    - {key: lost, title: Lost, type: lost}")
    return "\n".join(
        [
            "apiVersion: ixia/v1",
            "kind: Pipeline",
            f"metadata: {{name: p{number:03}, title: Pipeline {number:03}, accept: [ACCEPT]}}",
            "spec:",
            "  object: deal",
            "  stages:",
            *stages,
            "",
        ]
    ).replace("ACCEPT", "{code: IX347, reason: no reasons in a benchmark, until: 9999-01-01}")


def _repo(root: Path, url: str) -> None:
    (root / "ixia.yaml").write_text(PROJECT.format(url=url))
    (root / "pipelines.yaml").write_text("---\n".join(_pipeline(n) for n in range(PIPELINES)))


def _seconds(session: Session) -> float:
    start = time.perf_counter()
    made = plan(session)
    took = time.perf_counter() - start
    if made.changes:
        raise RuntimeError(f"{made.changes[0].id} is still to do")
    return took


def _one_by_one(url: str, ids: list[str]) -> float:
    """The official SDK, asked for one pipeline after another, as a tool without lists would."""
    client = HubSpot(access_token=TOKEN, base_url=url, max_retries=0)
    start = time.perf_counter()
    for pipeline in ids:
        client.crm.pipelines.get(pipeline, object_type="deals")
    return time.perf_counter() - start


def run() -> Iterator[Row]:
    """The requests of a plan without changes, and its time next to reading one by one."""
    log: list[Exchange] = []
    profile = Profile(ten_secondly=1_000_000, pipelines_per_object=PIPELINES + 10)
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(serve(HubSpotSandbox(profile=profile), log=log))
        _repo(root, url)
        checked = check(root, environment="sandbox", today=datetime.now(UTC).date()).sound()
        opened = open_session(checked, environment="sandbox", environ={"TOKEN": TOKEN})
        session = stack.enter_context(opened)
        apply(session, Order(plan(session), lambda *told: None))
        log.clear()
        ours = _seconds(session)
        requests = len(log)
        ids = [f"ixia_p{number:03}" for number in range(PIPELINES)]
        other = _one_by_one(url, ids)
    note = f"{requests} requests, {LISTS} lists needed; one by one {len(ids)} requests"
    yield Row(f"no-op plan, {PIPELINES * STAGES:,} stages", ours, "hubspot-sdk", other, note)
