"""Every code's documentation holds a bad and a good example, and they behave as they say.

Seam: each range of codes has one function here that turns an example's text into the diagnostics
that a user gets. To cover another range, add its runner to ``RUNNERS``.
"""

from collections.abc import Callable, Iterable, Mapping

import pytest

from ixia_config.codes import Diagnostic, documentation, registry
from ixia_config.language import load


def _yaml(text: str) -> Iterable[Diagnostic]:
    return load("example.yaml", text).diagnostics


RUNNERS: Mapping[str, Callable[[str], Iterable[Diagnostic]]] = {"IX0": _yaml}
COVERED = [
    pytest.param(cls, RUNNERS[code[:3]], id=code)
    for code, cls in registry().items()
    if code[:3] in RUNNERS
]


@pytest.mark.parametrize(("cls", "run"), COVERED)
def test_the_bad_example_yields_exactly_its_code(cls, run):
    found = {diagnostic.code for diagnostic in run(documentation(cls).bad)}

    assert {cls.code} == found


@pytest.mark.parametrize(("cls", "run"), COVERED)
def test_the_good_example_yields_nothing(cls, run):
    good = documentation(cls).good

    assert good
    assert [] == [str(diagnostic) for diagnostic in run(good)]


@pytest.mark.parametrize(("cls", "run"), COVERED)
def test_the_documentation_has_a_title_and_a_reason(cls, run):
    doc = documentation(cls)

    assert doc.title.endswith(".")
    assert doc.text


@pytest.mark.parametrize(("cls", "run"), COVERED)
def test_every_message_says_where(cls, run):
    for diagnostic in run(documentation(cls).bad):
        assert str(diagnostic).startswith(f"example.yaml:{diagnostic.mark.line}:")
