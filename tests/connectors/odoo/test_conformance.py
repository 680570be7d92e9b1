"""The Odoo connector keeps the promises of the conformance kit at its sandbox."""

from ixia_config.testing import CHECKS, KNOBS, Conformance
from tests.connectors.odoo.subject import OdooSubject


class TestOdoo(Conformance):
    subject = OdooSubject()
    checks = (*CHECKS, *KNOBS)
