"""The Odoo connector keeps the promises of the conformance kit at its sandbox."""

import os

from ixia_config.testing import CHECKS, KNOBS, Conformance
from tests.connectors.odoo.subject import OdooSubject


class TestOdoo(Conformance):
    """The habits that the kit turns are led through in the long run; lost answers always."""

    subject = OdooSubject()
    checks = (*CHECKS, *(KNOBS if "IXIA_FUZZ" in os.environ else ()))
