"""Where no Odoo is at hand, the sandbox is held to what the real one was recorded to say."""

import json

import pytest

from ixia_connectors.odoo.sandbox import OdooSandbox
from tests.live.odoo import probes
from tests.live.odoo.scripts import SCENARIOS, TIMELESS
from tests.live.odoo.test_sandbox_is_like_odoo import ANSWERS, ours


@pytest.mark.parametrize("name", TIMELESS)
def test_answers_as_odoo_was_seen_to_answer(name):
    recorded = json.loads(ANSWERS.read_text("utf-8"))[name]
    told = probes.run(ours(OdooSandbox()), SCENARIOS[name])
    assert json.loads(json.dumps([list(each) for each in told])) == recorded
