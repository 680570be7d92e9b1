"""The sandbox behaves as the configuration says, once it is applied."""

from contextlib import contextmanager

from ixia_connectors.odoo import Odoo
from tests.connectors.odoo.behaviour import Behaviour
from tests.connectors.odoo.subject import prepared


class TestSandbox(Behaviour):
    @contextmanager
    def account(self):
        yield prepared(Odoo().rehearsal())

    def now(self, place):
        return place.now
