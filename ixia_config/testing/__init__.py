"""The conformance kit for connectors, ours and other people's: offline, over real HTTP.

A third party's test of its connector::

    from ixia_config.testing import PIPELINES, Conformance, Subject
    from mine import MyConnector

    class Mine(Subject):
        connector = MyConnector
        samples = PIPELINES

    class TestMine(Conformance):
        subject = Mine()

``conform(Mine())`` gives the same as a matrix, without pytest.
"""

from ixia_config.testing.kit import (
    CHECKS,
    KNOBS,
    Check,
    Conformance,
    Matrix,
    Row,
    Verdict,
    conform,
    markdown,
)
from ixia_config.testing.place import Place, a_place
from ixia_config.testing.samples import PIPELINES
from ixia_config.testing.subject import (
    Broken,
    Files,
    Knob,
    NotApplicable,
    Samples,
    Subject,
)

__all__ = [
    "CHECKS",
    "KNOBS",
    "PIPELINES",
    "Broken",
    "Check",
    "Conformance",
    "Files",
    "Knob",
    "Matrix",
    "NotApplicable",
    "Place",
    "Row",
    "Samples",
    "Subject",
    "Verdict",
    "a_place",
    "conform",
    "markdown",
]
