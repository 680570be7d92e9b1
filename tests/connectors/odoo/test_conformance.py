"""The Odoo connector keeps the promises of the conformance kit at its sandbox."""

import os

from ixia_config.testing import CHECKS, KNOBS, Conformance
from tests.connectors.odoo.subject import OdooSubject

# The habits that the kit turns itself are led through every night; one of them each time.
QUICK = [each for each in KNOBS if each.name == "knob_error_after_commit"]


class TestOdoo(Conformance):
    subject = OdooSubject()
    checks = (*CHECKS, *(KNOBS if "IXIA_FUZZ" in os.environ else QUICK))
