"""Codes IX590 to IX592, IX594 and IX598: what a job in a pull request needs and refuses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic
from ixia_config.language.codes import quoted
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
class LinkedRecords(Diagnostic):
    """Records that a link of the pull request stands for

    A link in a repository can lead to any file of the machine that reviews it, and what a file of
    records holds is told in the comment. So a review follows none.
    """

    code: ClassVar[str] = "IX598"
    file: str

    def message(self) -> str:
        return f"{quoted(self.file)} is a link, or lies behind one"

    def hint(self) -> str:
        return (
            "put the file itself there, or fetch it in the job to a place outside of the checkout"
        )


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
