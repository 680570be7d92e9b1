"""Why a use case ended without its result: a diagnostic for people and an exit code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from ixia_config.app.store_codes import LockLost, NotRecorded, StateUnreachable
from ixia_config.codes import Diagnostic, registry
from ixia_config.edges.files import Refused
from ixia_config.edges.lock import LockHeld
from ixia_config.edges.store import LeaseLost, Unreachable, Unrecorded
from ixia_config.engine.codec import PlanProblem
from ixia_config.engine.codes import BrokenState, Locked
from ixia_config.engine.state import StateProblem
from ixia_config.exits import Exit
from ixia_config.language import Source
from ixia_config.sdk.codes import RemoteDiagnostic, RemoteFailure
from ixia_config.sdk.wire import Kind, RemoteError


class Refusal(Exception):  # noqa: N818  # says what happened; the diagnostics name the error
    """One or more diagnostics that end a run with an exit code."""

    def __init__(
        self,
        exit: Exit,  # noqa: A002  # its name
        *diagnostics: Diagnostic,
        sources: Mapping[str, Source] | None = None,
    ) -> None:
        super().__init__("; ".join(str(each) for each in diagnostics))
        self.exit = exit
        self.diagnostics = diagnostics
        self.sources = sources or {}  # the texts that the diagnostics point into


@contextmanager
def refusing() -> Iterator[None]:
    """Turn what the edges raise into refusals with the right exit code."""
    try:
        yield
    except Refused as error:
        raise Refusal(Exit.INVALID, error.diagnostic) from None
    except LeaseLost as error:
        raise Refusal(Exit.LOCKED, LockLost(why=str(error))) from None
    except Unreachable as error:
        raise Refusal(Exit.REMOTE, StateUnreachable(why=str(error))) from None
    except Unrecorded as error:
        raise Refusal(Exit.PARTIAL, NotRecorded(why=str(error))) from None
    except StateProblem as error:
        raise Refusal(Exit.RECOVERY, BrokenState(why=str(error))) from None
    except LockHeld as error:
        raise Refusal(Exit.LOCKED, Locked(holder=str(error))) from None
    except PlanProblem as error:
        raise Refusal(Exit.STALE, error.diagnostic) from None
    except RemoteError as error:
        raise Refusal(_exit_of(error), diagnostic_of(error)) from None


def diagnostic_of(error: RemoteError) -> Diagnostic:
    """A remote failure under the code that documents it."""
    declared = registry().get(error.code, RemoteFailure)
    known = declared if issubclass(declared, RemoteDiagnostic) else RemoteFailure
    return known(text=error.message, advice=error.hint)


def _exit_of(error: RemoteError) -> Exit:
    match error.kind:
        case Kind.UNKNOWN:
            return Exit.PARTIAL
        case Kind.REJECTED | Kind.THROTTLED | Kind.UNAUTHORISED | Kind.UNAVAILABLE:
            return Exit.REMOTE
