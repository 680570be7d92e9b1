"""The policy kinds that exist, found by walking this package: a folder with a spec is one kind."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.policy import Check


@dataclass(frozen=True, slots=True)
class Kind:
    """One policy kind: its declaration, what is checked of it, and a line about it."""

    name: str
    envelope: type[Envelope]
    checks: tuple[Check[Any], ...]
    summary: str

    @property
    def slug(self) -> str:
        """The name as file names have it: ``record-schema``."""
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", self.name).lower()


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its name, in alphabetical order."""
    found = {kind.name: kind for kind in _walk()}
    return dict(sorted(found.items()))


def _walk() -> Iterator[Kind]:
    package = importlib.import_module(__name__.rpartition(".")[0])
    for info in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
        if info.ispkg and find_spec(f"{info.name}.spec") is not None:
            yield _kind(info.name)


def _kind(folder: str) -> Kind:
    parts = {info.name for info in pkgutil.iter_modules(importlib.import_module(folder).__path__)}
    envelope = _envelope(importlib.import_module(f"{folder}.spec"))
    checks: tuple[Check[Any], ...] = ()
    if "checks" in parts:
        checks = (importlib.import_module(f"{folder}.checks").check,)
    return Kind(envelope.__name__, envelope, checks, inspect.cleandoc(envelope.__doc__ or ""))


def _envelope(spec: ModuleType) -> type[Envelope]:
    """The one document declaration in a folder's ``spec``."""
    [envelope] = (
        cls
        for cls in vars(spec).values()
        if inspect.isclass(cls) and issubclass(cls, Envelope) and cls.__module__ == spec.__name__
    )
    return envelope
