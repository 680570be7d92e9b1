"""Every connector here keeps the promises of the conformance kit."""

from __future__ import annotations

import os

from ixia_config.testing import CHECKS, KNOBS, Conformance
from ixia_config.testing.connectors.reference.subject import ReferenceSubject
from tests.testing.hubspot import HubSpotSubject

_TELLING = ("knob_broken_answer", "knob_holes", "knob_schema_change", "knob_dropped")
# The others pass as well, and `make crash-matrix` runs them; here they would only take time.
_SOME = tuple(each for each in KNOBS if each.name in _TELLING)


class TestReference(Conformance):
    subject = ReferenceSubject()


class TestHubSpot(Conformance):
    subject = HubSpotSubject()
    checks = (*CHECKS, *(KNOBS if "IXIA_FUZZ" in os.environ else _SOME))
