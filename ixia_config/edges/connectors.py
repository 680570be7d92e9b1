"""The installed connectors, found through the entry point that third parties join by."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import EntryPoint, entry_points

from ixia_config.codes import Diagnostic
from ixia_config.sdk.codes import ConnectorBroken
from ixia_config.sdk.connector import Connector

GROUP = "ixia_config.connectors"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The connectors that can be used, by name, and what is wrong with the others."""

    connectors: Mapping[str, type[Connector]] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


def installed() -> Catalogue:
    """The connectors of every installed distribution."""
    return discover(entry_points(group=GROUP))


def discover(points: Iterable[EntryPoint]) -> Catalogue:
    """One connector per package inside each entry point's module; a broken one harms no other."""
    connectors: dict[str, type[Connector]] = {}
    diagnostics: list[Diagnostic] = []
    # Ours come first, so that no other distribution takes the name of one.
    for point in sorted(points, key=lambda point: (point.name != "builtin", point.name)):
        for found in _found(point):
            if isinstance(found, Diagnostic):
                diagnostics.append(found)
            elif found.name in connectors:
                diagnostics.append(_twice(point, found))
            else:
                connectors[found.name] = found
    return Catalogue(dict(sorted(connectors.items())), tuple(diagnostics))


def _found(point: EntryPoint) -> Iterator[type[Connector] | Diagnostic]:
    try:
        module = importlib.import_module(point.value)
        paths = module.__path__
    except (Exception, SystemExit) as error:  # whatever a stranger's module raises
        yield _broken(point, point.value, error)
        return
    for info in sorted(pkgutil.iter_modules(paths), key=lambda info: info.name):
        if info.ispkg:
            yield _loaded(point, f"{point.value}.{info.name}")


def _loaded(point: EntryPoint, name: str) -> type[Connector] | Diagnostic:
    try:
        connector = importlib.import_module(name).CONNECTOR
        if not (isinstance(connector, type) and issubclass(connector, Connector)):
            raise TypeError("CONNECTOR is not a Connector class")
    except (Exception, SystemExit) as error:  # whatever a stranger's module raises
        return _broken(point, name, error)
    return connector


def _broken(point: EntryPoint, name: str, error: BaseException) -> Diagnostic:
    why = " ".join(f"{type(error).__name__}: {error}".split())
    return ConnectorBroken(connector=name, package=_package(point), why=why)


def _twice(point: EntryPoint, connector: type[Connector]) -> Diagnostic:
    why = f'the name "{connector.name}" is taken by another connector'
    return ConnectorBroken(connector=connector.__module__, package=_package(point), why=why)


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist else ""
