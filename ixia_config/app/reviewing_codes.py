"""Codes IX590 to IX592 and IX594: what a job in a pull request needs, and what it refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic
from ixia_config.sdk.codes import RemoteDiagnostic


@dataclass(frozen=True, kw_only=True)
class CodeHostRefused(RemoteDiagnostic):
    """GitHub or GitLab refused

    The message is the code host's own. A job needs the permission to write to pull requests before
    it can leave a comment; a job that runs for a fork never has it.
    """

    code: ClassVar[str] = "IX590"


@dataclass(frozen=True, kw_only=True)
class NotInCI(Diagnostic):
    """The runner did not say what the job is about

    `ixia ci` reads the repository, the pull request and the token from the variables that a runner
    sets. Outside a runner they can be set by hand.
    """

    code: ClassVar[str] = "IX591"
    what: str
    variable: str

    def message(self) -> str:
        return f"{self.what} is not known: {self.variable} is not set"

    def hint(self) -> str:
        return "run this in a job of the code host, or set the variable"


@dataclass(frozen=True, kw_only=True)
class TargetMoved(Diagnostic):
    """A pull request changes where a token goes

    The account, the address, the connector and the token of a target are taken from the branch that
    is merged into. What a pull request changes there counts once it is merged; until then nothing
    is sent with the token.
    """

    code: ClassVar[str] = "IX592"
    target: str
    environment: str

    def message(self) -> str:
        place = f"{self.target}.{self.environment}"
        return f"this changes the account, the address or the token of {place}"

    def hint(self) -> str:
        return "merge that alone first; a plan follows with the next pull request"


@dataclass(frozen=True, kw_only=True)
class NoArtefact(Diagnostic):
    """There is no such artefact

    The job looks for what an earlier run kept: the plan that was reviewed, or the last snapshot.
    Code hosts delete artefacts after some time.
    """

    code: ClassVar[str] = "IX594"
    name: str
    why: str

    def message(self) -> str:
        return f"there is no artefact {self.name}: {self.why}"

    def hint(self) -> str:
        return "run the job that keeps it once more"
