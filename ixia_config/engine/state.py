"""What we bound and what we last applied: bindings, never a mirror of the target."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from ixia_config.model import Address, Value

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Binding:
    """Which remote object an address is, and the value of each field that we own there."""

    type: str
    remote_id: str
    natural_key: str = ""
    title: str = ""
    origin: str = "created"  # created | adopted
    parent: Address | None = None
    fields: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """Bindings of one target; ``serial`` grows with every write, ``lineage`` never changes."""

    connector: str = ""
    account: str = ""
    lineage: str = ""
    serial: int = 0
    bindings: Mapping[Address, Binding] = field(default_factory=dict)
    protected: frozenset[Address] = frozenset()  # policies of which nothing may be removed

    def bound(self, address: Address, binding: Binding) -> State:
        """The state with this address bound."""
        return replace(self, bindings={**self.bindings, address: binding})

    def without(self, address: Address) -> State:
        """The state with this address forgotten."""
        rest = {key: each for key, each in self.bindings.items() if key != address}
        return replace(self, bindings=rest)

    def saved(self) -> State:
        """The same state, one serial later."""
        return replace(self, serial=self.serial + 1)

    @property
    def ids(self) -> Mapping[Address, str]:
        """The remote id of every bound address."""
        return {address: binding.remote_id for address, binding in self.bindings.items()}


class StateProblem(Exception):  # noqa: N818  # a state of affairs, told to the user
    """A state file that cannot be used; the message says why, and nothing was changed."""


def dump(state: State) -> str:
    """Canonical JSON: sorted keys, one binding a line, no floats."""
    head: dict[str, Any] = {
        "format_version": FORMAT,
        "connector": state.connector,
        "account": state.account,
        "lineage": state.lineage,
        "serial": state.serial,
    }
    if state.protected:
        head["protected"] = sorted(map(str, state.protected))
    lines = [f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    rows = [
        f"    {json.dumps(str(address))}: {_line(state.bindings[address])}"
        for address in sorted(state.bindings)
    ]
    lines.append('  "bindings": {' + ("\n" + ",\n".join(rows) + "\n  " if rows else "") + "}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _line(binding: Binding) -> str:
    row = {
        "type": binding.type,
        "remote_id": binding.remote_id,
        "natural_key": binding.natural_key,
        "title": binding.title,
        "origin": binding.origin,
        "parent": str(binding.parent) if binding.parent else None,
        "fields": {path: _plain(binding.fields[path]) for path in sorted(binding.fields)},
    }
    return json.dumps(row, ensure_ascii=False)


def _plain(value: Value) -> Any:
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True)
class _Row:
    __pydantic_config__ = ConfigDict(extra="forbid", strict=False)

    type: str
    remote_id: str
    natural_key: str
    title: str
    origin: str
    parent: str | None
    fields: dict[str, Value]


@dataclass(frozen=True)
class _File:
    __pydantic_config__ = ConfigDict(extra="forbid", strict=False)

    format_version: int
    connector: str
    account: str
    lineage: str
    serial: int
    bindings: dict[str, _Row]
    protected: list[str] = field(default_factory=list)


def load(text: str) -> State:
    """Read what ``dump`` wrote; StateProblem for anything else."""
    try:
        raw = json.loads(text)
        if isinstance(raw, dict) and raw.get("format_version") != FORMAT:
            raise StateProblem(
                f"the state has format {raw.get('format_version')!r}; this version reads {FORMAT}"
            )
        file = TypeAdapter(_File).validate_python(raw)
        bindings = {Address.parse(key): _binding(row) for key, row in file.bindings.items()}
        protected = frozenset(map(Address.parse, file.protected))
    except (ValueError, ValidationError, RecursionError) as error:
        raise StateProblem(f"the state cannot be read: {_first_line(error)}") from None
    return State(file.connector, file.account, file.lineage, file.serial, bindings, protected)


def _binding(row: _Row) -> Binding:
    return Binding(
        type=row.type,
        remote_id=row.remote_id,
        natural_key=row.natural_key,
        title=row.title,
        origin=row.origin,
        parent=Address.parse(row.parent) if row.parent else None,
        fields=row.fields,
    )


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(step) for step in first['loc'])}: {first['msg']}"
    return str(error).split("\n", 1)[0]
