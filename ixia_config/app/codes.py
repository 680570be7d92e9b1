"""Codes of what a use case needs and does not find: target, environment, connector (IX54x)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic, suggestion


@dataclass(frozen=True, kw_only=True)
class NoTarget(Diagnostic):
    """Which target is meant

    The project has none, several, or none of this name. Name one with ``--target``.
    """

    code: ClassVar[str] = "IX540"
    wanted: str | None
    known: tuple[str, ...]

    def message(self) -> str:
        if not self.known:
            return "ixia.yaml declares no target"
        return (
            f'there is no target "{self.wanted}"' if self.wanted else "several targets are declared"
        )

    def hint(self) -> str:
        if not self.known:
            return "add one under spec.targets"
        asked = suggestion(self.wanted, self.known) if self.wanted else ""
        return asked or f"choose with --target {' or --target '.join(self.known)}"


@dataclass(frozen=True, kw_only=True)
class NoEnvironment(Diagnostic):
    """Which environment is meant

    A target with several environments needs ``--env``; nothing is ever guessed about production.
    """

    code: ClassVar[str] = "IX541"
    target: str
    wanted: str | None
    known: tuple[str, ...]

    def message(self) -> str:
        if self.wanted:
            return f'target {self.target} has no environment "{self.wanted}"'
        return f"target {self.target} has several environments"

    def hint(self) -> str:
        asked = suggestion(self.wanted, self.known) if self.wanted else ""
        return asked or f"choose with --env {' or --env '.join(self.known)}"


@dataclass(frozen=True, kw_only=True)
class UnknownConnector(Diagnostic):
    """A connector that is not installed

    Connectors come with Ixia Config or from other packages.
    """

    code: ClassVar[str] = "IX542"
    name: str
    known: tuple[str, ...]

    def message(self) -> str:
        return f'there is no connector "{self.name}"'

    def hint(self) -> str:
        return suggestion(self.name, self.known) or "install the package that brings it"


@dataclass(frozen=True, kw_only=True)
class FileInTheWay(Diagnostic):
    """A file is already there

    Nothing of yours is overwritten.
    """

    code: ClassVar[str] = "IX543"
    file: str

    def message(self) -> str:
        return f"{self.file} is already there"

    def hint(self) -> str:
        return "move it away, or choose another folder with --dir"


@dataclass(frozen=True, kw_only=True)
class PortTaken(Diagnostic):
    """The sandbox cannot listen there

    Another program uses the port, or it is one that only the system may use.
    """

    code: ClassVar[str] = "IX544"
    port: int
    why: str

    def message(self) -> str:
        return f"cannot listen on port {self.port}: {self.why}"

    def hint(self) -> str:
        return "choose another with --port, or leave it out to get a free one"


@dataclass(frozen=True, kw_only=True)
class SandboxFile(Diagnostic):
    """The sandbox's file cannot be used

    It is not a sandbox's file, or its folder cannot be written.
    """

    code: ClassVar[str] = "IX545"
    file: str
    why: str

    def message(self) -> str:
        return f"cannot keep the sandbox in {self.file}: {self.why}"

    def hint(self) -> str:
        return "choose another file, or leave --file out to keep it in memory"


@dataclass(frozen=True, kw_only=True)
class NoRehearsal(Diagnostic):
    """A sandbox that cannot be had like this

    Not every connector ships a sandbox, and not every sandbox can be kept in a file or has an
    account with a past.

    Seen:
        $ ixia sandbox odoo --demo
        error IX548: the Odoo sandbox is always fresh, and in memory
    """

    code: ClassVar[str] = "IX548"
    why: str

    def message(self) -> str:
        return self.why

    def hint(self) -> str:
        return "leave --file and --demo out, or rehearse on hubspot, which takes both"


@dataclass(frozen=True, kw_only=True)
class RecordsUntold(Diagnostic):
    """A connector that cannot list records

    ``ixia drift --records`` and ``--records deal=target:crm`` need the open records of a target.
    Pipelines, stages and fields are compared without them, and simulations take files.
    """

    code: ClassVar[str] = "IX547"
    system: str

    def message(self) -> str:
        return f"the connector for {self.system} cannot list records"

    def hint(self) -> str:
        return "run  ixia drift  without --records, and simulate on a file of records"
