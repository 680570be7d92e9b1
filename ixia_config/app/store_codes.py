"""Codes of the place where state lives: it does not answer, or its lock was lost (IX59x)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ixia_config.codes import Diagnostic


@dataclass(frozen=True, kw_only=True)
class StateUnreachable(Diagnostic):
    """The remote that keeps the state does not answer

    State is kept on a branch in git, and git could not read it or push to it. Nothing was sent to
    the target. Git is used with your own remote and your own credentials, and never asks at the
    terminal: what ``git fetch`` and ``git push`` can do there without asking, Ixia Config can.
    """

    code: ClassVar[str] = "IX595"
    why: str

    def message(self) -> str:
        return f"the state cannot be reached: {self.why}"

    def hint(self) -> str:
        return "nothing was written to the target; ixia doctor checks the remote and your access"


@dataclass(frozen=True, kw_only=True)
class LockLost(Diagnostic):
    """The lock was lost

    Somebody took it away with ``ixia lock steal``, or the remote that keeps it could not be reached
    for so long that others may take it. The run stopped before its next call.
    """

    code: ClassVar[str] = "IX596"
    why: str

    def message(self) -> str:
        return self.why

    def hint(self) -> str:
        return "run again: what is done already is found and not done twice"


@dataclass(frozen=True, kw_only=True)
class NotRecorded(Diagnostic):
    """What was done could not be recorded

    The target was written to, and then the place where state lives did not take the result. The
    intents are there, so the next run looks up what became of them.
    """

    code: ClassVar[str] = "IX597"
    why: str

    def message(self) -> str:
        return f"what was done is not recorded: {self.why}"

    def hint(self) -> str:
        return "run the same command again; it looks up what was done before it does anything"


__all__ = ["LockLost", "NotRecorded", "StateUnreachable"]
