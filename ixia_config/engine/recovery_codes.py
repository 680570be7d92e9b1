"""Codes of runs that need a person, and of runs that cannot be finished or taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic


@dataclass(frozen=True, kw_only=True)
class InDoubt(Diagnostic):
    """Nobody knows whether this was created

    An earlier run sent the request and no answer came. The target has something that may be it, but
    not exactly as it was sent, or more than one. Making it again could leave two, so nothing is
    attempted. Look at the candidates and say which it is: ``--bind`` takes an object as the one
    that was made, ``--absent`` says that it was not made, ``--abandon`` gives the change up.
    """

    code: ClassVar[str] = "IX560"
    title: str
    address: str
    candidates: tuple[str, ...]
    environment: str

    def message(self) -> str:
        found = ", ".join(self.candidates)
        return f"nobody knows whether {self.title} was created; the target has {found}"

    def hint(self) -> str:
        name = self.candidates[0].partition(" ")[0]
        return (
            f"ixia recover --env {self.environment} --bind {self.address}={name}"
            f" | --absent {self.address} | --abandon {self.address}"
        )


@dataclass(frozen=True, kw_only=True)
class DamagedRun(Diagnostic):
    """The journal of an unfinished run is damaged

    What that run did cannot be told from it any more. Look at the target, then set the run aside:
    the next plan takes the target as it is.
    """

    code: ClassVar[str] = "IX561"
    run: str
    why: str
    environment: str

    def message(self) -> str:
        return self.why

    def hint(self) -> str:
        return (
            f"look at the target, then  ixia recover --env {self.environment} --abandon {self.run}"
        )


@dataclass(frozen=True, kw_only=True)
class NothingInDoubt(Diagnostic):
    """There is nothing to decide about this

    Only what an earlier run left open can be decided, and only once.
    """

    code: ClassVar[str] = "IX562"
    what: str
    known: tuple[str, ...] = ()

    def message(self) -> str:
        return f"nothing is in doubt about {self.what}"

    def hint(self) -> str:
        return f"in doubt: {', '.join(self.known)}" if self.known else "run `ixia recover` to look"


@dataclass(frozen=True, kw_only=True)
class NotACandidate(Diagnostic):
    """This object cannot be bound to this address

    It is not there, is of another type, stands elsewhere, or belongs to another address already.
    """

    code: ClassVar[str] = "IX563"
    address: str
    remote_id: str
    why: str
    known: tuple[str, ...] = ()

    def message(self) -> str:
        return f"{self.remote_id} cannot become {self.address}: {self.why}"

    def hint(self) -> str:
        return f"choose from {', '.join(self.known)}" if self.known else ""


@dataclass(frozen=True, kw_only=True)
class NoSuchRun(Diagnostic):
    """There is no run of this name

    Every report of an apply names its run, and so does ``ixia audit export``.
    """

    code: ClassVar[str] = "IX564"
    run: str
    known: tuple[str, ...] = ()

    def message(self) -> str:
        return f"there is no run {self.run}"

    def hint(self) -> str:
        return f"the latest are {', '.join(self.known)}" if self.known else "nothing was run yet"


@dataclass(frozen=True, kw_only=True)
class CannotResume(Diagnostic):
    """This run cannot be resumed

    Resuming finishes the plan that was approved for a run. A run that keeps no plan, or of which a
    change was given up, has nothing to finish.
    """

    code: ClassVar[str] = "IX565"
    run: str
    why: str

    def message(self) -> str:
        return f"run {self.run} cannot be resumed: {self.why}"

    def hint(self) -> str:
        return "make a new plan with `ixia plan`"


@dataclass(frozen=True, kw_only=True)
class CannotUndo(Diagnostic):
    """This run cannot be undone

    An undo needs the values from before the run, and to know what became of each change.
    """

    code: ClassVar[str] = "IX566"
    run: str
    why: str

    def message(self) -> str:
        return f"run {self.run} cannot be undone: {self.why}"

    def hint(self) -> str:
        return "change the YAML instead, and plan"


@dataclass(frozen=True, kw_only=True)
class CannotAdopt(Diagnostic):
    """This address cannot be adopted

    Only an address that a policy declares and that is not bound yet can be bound to an object.
    """

    code: ClassVar[str] = "IX567"
    address: str
    why: str
    known: tuple[str, ...] = ()

    def message(self) -> str:
        return f"{self.address} cannot be adopted: {self.why}"

    def hint(self) -> str:
        return f"not bound yet: {', '.join(self.known)}" if self.known else ""


@dataclass(frozen=True, kw_only=True)
class BrokenTrail(Diagnostic):
    """The audit trail is not as it was written

    A line or a whole run was altered, removed or put elsewhere after it was written.
    """

    code: ClassVar[str] = "IX568"
    what: str

    def message(self) -> str:
        return self.what

    def hint(self) -> str:
        return "compare with a copy that nobody could write to"
