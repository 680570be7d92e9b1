"""The Node-RED connector keeps the promises of the conformance kit at its sandbox."""

from ixia_config.testing import CHECKS, KNOBS, Conformance
from tests.connectors.nodered.subject import NodeRedSubject

# A flow holds no records: nothing could be counted or moved when it goes.
APPLYING = tuple(each for each in CHECKS if "dependents" not in each.name)


class TestNodeRed(Conformance):
    subject = NodeRedSubject()
    checks = (*APPLYING, *KNOBS)
