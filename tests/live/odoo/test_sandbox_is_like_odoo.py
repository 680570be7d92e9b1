"""The sandbox answers as the real Odoo does: the same scripts, the same searches.

With ``IXIA_RECORD=1`` what the real one says is written to ``answers.json``, by which the sandbox
is held to it on machines that have no Odoo.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from ixia_config.sdk import Request
from ixia_connectors.odoo.sandbox import OdooSandbox
from tests.live.odoo import probes, searches
from tests.live.odoo.scripts import SCENARIOS, TIMELESS

ANSWERS = Path(__file__).with_name("answers.json")


def ours(sandbox):
    """Sends to the sandbox."""

    def send(path, body):
        request = Request("POST", path, json=body)
        return sandbox.respond(request, token=sandbox.key, now=time.time())

    return send


def theirs(odoo):
    """Sends to the real one."""
    return lambda path, body: odoo.ask(path, body, odoo.key)


@pytest.mark.parametrize("name", SCENARIOS)
def test_answers_as_odoo_answers(odoo, name):
    told = probes.run(theirs(odoo), SCENARIOS[name])
    if "IXIA_RECORD" in os.environ and name in TIMELESS:
        _record(name, told)
    assert probes.run(ours(OdooSandbox()), SCENARIOS[name]) == told


def test_finds_what_odoo_finds(odoo):
    sandbox = OdooSandbox()
    real, toy = searches.Place(theirs(odoo)), searches.Place(ours(sandbox))
    assert real.shown() == toy.shown()
    domains = searches.domains(1_500 if "IXIA_FUZZ" in os.environ else 300)
    found = [real.found(domain) for domain in domains]
    assert len({each for each in found if isinstance(each, tuple)}) > 30, "the searches say little"
    wrong = [
        (domain, one, toy.found(domain))
        for domain, one in zip(domains, found, strict=True)
        if one != toy.found(domain)
    ]
    assert not wrong, wrong[:5]


def test_keys_open_both_alike(odoo):
    sandbox = OdooSandbox()
    for key in (None, "nonsense"):
        request = Request("POST", "/json/2/crm.stage/search", json={"domain": []})
        mine = sandbox.respond(request, token=key, now=0.0)
        real = odoo.ask(request.path, request.json, key)
        assert probes.shown(mine, words=True) == probes.shown(real, words=True)


@pytest.mark.parametrize(("method", "path"), [("GET", "/web/version"), ("GET", "/web/health"),
                                          ("GET", "/json/2/crm.stage/search"),
                                          ("POST", "/json/2/crm.stage")])  # fmt: skip
def test_other_pages_are_alike(odoo, method, path):
    body = {} if method == "POST" else None
    mine = OdooSandbox().respond(Request(method, path, json=body), token="sandbox-key", now=0.0)
    real = odoo.ask(path, body, odoo.key, method)
    assert mine.status == real.status
    if mine.status == 200:
        assert mine.json == real.json


def _record(name, told):
    kept = json.loads(ANSWERS.read_text("utf-8")) if ANSWERS.exists() else {}
    kept[name] = [[step, answer] for step, answer in told]
    ANSWERS.write_text(json.dumps(kept, indent=0, ensure_ascii=False, sort_keys=True), "utf-8")
