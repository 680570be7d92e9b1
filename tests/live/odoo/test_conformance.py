"""The Odoo connector keeps the promises of the conformance kit at a real Odoo."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from ixia_config.sdk import Rehearsal
from ixia_config.testing import CHECKS, Conformance, Knob, NotApplicable
from tests.connectors.odoo.subject import PLAIN, SAMPLES, OdooSubject, prepared
from tests.live.odoo.server import running


class LiveSubject(OdooSubject):
    """The connector at a database of its own for every account that a check asks for."""

    def __init__(self) -> None:
        self.base = None
        self.running = ExitStack()

    def account(self, knob: Knob | None) -> Rehearsal:
        if knob is not None:
            raise NotApplicable(f"a real Odoo has no switch for it: {knob}")
        self.running.close()
        return rehearsed(self.running.enter_context(running(*self.base)))


def rehearsed(server) -> Rehearsal:
    """A real Odoo as an account."""
    body = {"domain": [["key", "=", "database.uuid"]], "fields": ["value"]}
    answer = server.ask("/json/2/ir.config_parameter/search_read", body, server.key)
    return prepared(Rehearsal(server, answer.json[0]["value"], server.key))


class TestOdoo(Conformance):
    subject = LiveSubject()
    checks = CHECKS

    @pytest.fixture(autouse=True)
    def _fresh(self, base, request):
        """Every type of object is led through the first check; the others speak of the road."""
        whole = "round_trip" in request.node.name or "stale" in request.node.name
        self.subject.base, self.subject.samples = base, SAMPLES if whole else PLAIN
        yield
        self.subject.running.close()
