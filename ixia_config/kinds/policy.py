"""A policy with its place in the files, and the configuration that all policies make together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from ixia_config.codes import Diagnostic
from ixia_config.kinds.envelope import Envelope
from ixia_config.kinds.overlay import Written
from ixia_config.model import Address, Mark

E = TypeVar("E", bound=Envelope)
E_co = TypeVar("E_co", bound=Envelope, covariant=True)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Policy(Generic[E_co]):
    """One typed document: ``body`` is its meaning, ``document`` knows where each value stands."""

    body: E_co
    document: Written

    @property
    def address(self) -> Address:
        """Its identity."""
        return Address(self.body.kind, self.body.metadata.name)

    @property
    def name(self) -> str:
        """Its name, which never changes."""
        return self.body.metadata.name

    @property
    def title(self) -> str:
        """What people see for it."""
        return self.body.metadata.title or self.name

    @property
    def source(self) -> str:
        """File and line of the document."""
        return f"{self.document.file}:{self.document.line}"

    def mark(self, *path: str | int, key: bool = False) -> Mark:
        """Where a value (or its key) stands; the nearest place that exists when it does not."""
        return self.document.mark(path, key=key)


@dataclass(frozen=True)
class Configuration:
    """All policies of one repository and environment, by address; immutable.

    Of a policy with several versions, ``policies`` has the latest; ``versions`` has every one of
    those that have more than one, in the order of their effective dates. ``lists`` has the
    columns of the CSV files that conditions may read, by file and column.
    """

    policies: Mapping[Address, Policy[Envelope]] = field(default_factory=dict)
    versions: Mapping[Address, tuple[Policy[Envelope], ...]] = field(default_factory=dict)
    lists: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    _derived: dict[Callable[[Configuration], object], object] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def of(self, kind: type[E]) -> tuple[Policy[E], ...]:
        """Every policy of a kind, by name."""
        return self._by_kind.get(kind, ())  # type: ignore[return-value]  # keyed by its kind

    @cached_property
    def _by_kind(self) -> Mapping[type[Envelope], tuple[Policy[Envelope], ...]]:
        found: dict[type[Envelope], list[Policy[Envelope]]] = {}
        for policy in self:
            found.setdefault(type(policy.body), []).append(policy)
        return {kind: tuple(policies) for kind, policies in found.items()}

    def get(self, kind: type[E], name: str) -> Policy[E] | None:
        """The policy of this kind and name."""
        return self._by_name.get((kind, name))  # type: ignore[return-value]  # keyed by its kind

    @cached_property
    def _by_name(self) -> Mapping[tuple[type[Envelope], str], Policy[Envelope]]:
        return {(type(each.body), each.name): each for each in self.policies.values()}

    def derive(self, view: Callable[[Configuration], T]) -> T:
        """What ``view`` makes of this configuration; computed once, since neither ever changes."""
        if view not in self._derived:
            self._derived[view] = view(self)
        return self._derived[view]  # type: ignore[return-value]  # keyed by what made it

    @property
    def every(self) -> Iterator[Policy[Envelope]]:
        """Every policy in every version, by address."""
        for address in sorted(self.policies):
            yield from self.versions.get(address, (self.policies[address],))

    def __iter__(self) -> Iterator[Policy[Envelope]]:
        return (self.policies[address] for address in sorted(self.policies))

    def __len__(self) -> int:
        return len(self.policies)


@dataclass(frozen=True, slots=True)
class Context:
    """What a check may know besides its policy: the whole configuration and the day of the run."""

    configuration: Configuration
    today: date


Check = Callable[[Policy[E], Context], Iterable[Diagnostic]]
"""Finds what is wrong with one policy, seen in the whole configuration."""
