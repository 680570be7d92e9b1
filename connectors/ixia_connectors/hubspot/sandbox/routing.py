"""Which function answers a method and path, and which scopes it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from ixia_config.sdk.wire import Response
from ixia_connectors.hubspot.sandbox.call import Call
from ixia_connectors.hubspot.sandbox.errors import Refusal
from ixia_connectors.hubspot.sandbox.scopes import Need
from ixia_connectors.hubspot.sandbox.versions import PREFIXES


@dataclass(frozen=True, slots=True)
class Route:
    """One endpoint: ``template`` is what follows the family's prefix, such as ``{object}/{id}``."""

    family: str
    method: str
    template: str
    handle: Callable[[Call], Response]
    needs: Callable[[Mapping[str, str]], Sequence[Need]]
    searches: bool = False

    @property
    def segments(self) -> tuple[str, ...]:
        """The template, segment by segment."""
        return tuple(self.template.split("/")) if self.template else ()

    def match(self, segments: Sequence[str]) -> Mapping[str, str] | None:
        """The values of the placeholders, or None where the path is another."""
        if len(segments) != len(self.segments):
            return None
        found: dict[str, str] = {}
        for wanted, given in zip(self.segments, segments, strict=True):
            if wanted.startswith("{"):
                found[wanted.strip("{}")] = given
            elif wanted != given:
                return None
        return found


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a request goes."""

    route: Route
    version: str
    path: Mapping[str, str]


class Router:
    """The routes of all families; a literal segment wins over a placeholder."""

    def __init__(self, routes: Sequence[Route]) -> None:
        in_order = sorted(
            routes, key=lambda route: [part.startswith("{") for part in route.segments]
        )
        families = {route.family for route in routes}
        self._families = {
            family: [route for route in in_order if route.family == family] for family in families
        }

    def find(self, method: str, path: str) -> Destination:
        """The endpoint of a request; a refusal where there is none, or none for this method."""
        family, version, rest = _split(path)
        matching = [
            (route, found)
            for route in self._families[family]
            if (found := route.match(rest)) is not None
        ]
        for route, found in matching:
            if route.method == method:
                return Destination(route, version, found)
        if matching:
            raise Refusal(405, "", f"The method {method} is not allowed for this path")
        raise _unknown()


def _split(path: str) -> tuple[str, str, list[str]]:
    segments = [unquote(segment) for segment in path.strip("/").split("/")]
    for length in (3, 2):
        found = PREFIXES.get(tuple(segments[:length]))
        if found is not None:
            return *found, segments[length:]
    raise _unknown()


def _unknown() -> Refusal:
    return Refusal(404, "", "resource not found")
