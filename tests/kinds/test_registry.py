"""Kinds are found by walking the package: a folder is all that a new one needs."""

import sys

import pytest

import ixia_config.kinds
from ixia_config.kinds.parse import configure
from ixia_config.kinds.registry import kinds
from ixia_config.kinds.schema import schemas
from ixia_config.language import load

SPEC = '''\
"""The declaration of an ExtraPolicy."""

from typing import Literal

from ixia_config.kinds.envelope import Envelope, Frozen
from ixia_config.kinds.scalars import Percent


class ExtraSpec(Frozen):
    share: Percent


class ExtraPolicy(Envelope):
    """One more kind."""

    kind: Literal["ExtraPolicy"]
    spec: ExtraSpec
'''


@pytest.fixture
def extra(tmp_path, monkeypatch):
    """A folder with one more kind on the package's path."""
    folder = tmp_path / "extra"
    folder.mkdir()
    (folder / "__init__.py").write_text('"""ExtraPolicy."""\n')
    (folder / "spec.py").write_text(SPEC)
    monkeypatch.setattr(ixia_config.kinds, "__path__", [*ixia_config.kinds.__path__, str(tmp_path)])
    kinds.cache_clear()
    yield
    kinds.cache_clear()
    for name in [name for name in sys.modules if name.startswith("ixia_config.kinds.extra")]:
        del sys.modules[name]


def test_a_folder_is_all_that_a_new_kind_needs(extra):
    text = "apiVersion: ixia/v1\nkind: ExtraPolicy\nmetadata: {name: x}\nspec: {share: 20}\n"

    _, found = configure(load("a.yaml", text).documents)

    assert "extra-policy" == kinds()["ExtraPolicy"].slug
    assert "extra-policy.schema.json" in schemas()
    assert ['a.yaml:4:15: error IX103: expected a percentage such as 20%, not "20"; write 20%'] == [
        str(diagnostic) for diagnostic in found
    ]


@pytest.mark.parametrize("kind", kinds().values(), ids=list(kinds()))
def test_every_kind_says_what_it_is_for_and_is_checked(kind):
    assert kind.summary.endswith(".")
    assert kind.checks
