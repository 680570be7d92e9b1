"""A real Odoo behaves as the configuration says, once it is applied."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from tests.connectors.odoo.behaviour import Behaviour
from tests.live.odoo.server import running
from tests.live.odoo.test_conformance import rehearsed


class TestLive(Behaviour):
    @pytest.fixture(autouse=True)
    def _base(self, base):
        self.base = base

    @contextmanager
    def account(self):
        with running(*self.base) as server:
            yield rehearsed(server)

    def now(self, place):
        return datetime.now(UTC)
