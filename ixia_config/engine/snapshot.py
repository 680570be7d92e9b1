"""What an account answered at one moment, kept so that a plan needs neither it nor a token.

A snapshot holds answers, not resources: the same connector reads it as it reads the account.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from ixia_config.codes import Diagnostic
from ixia_config.engine.codec import PlanProblem
from ixia_config.engine.snapshot_codes import BadSnapshot
from ixia_config.sdk.wire import Flow, Kind, RemoteError, Request, Response

FORMAT = 1
T = TypeVar("T")
_PRIVATE = frozenset({"set-cookie", "authorization", "www-authenticate"})


@dataclass(frozen=True, slots=True)
class Answered:
    """A response as a file holds it; ``json`` is whatever the vendor sent."""

    status: int
    json: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""

    @property
    def response(self) -> Response:
        """The response that it was."""
        return Response(self.status, self.json, self.headers, self.text)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The answers to every read, by what was asked; ``state`` is the text of the bindings."""

    target: str
    environment: str
    connector: str
    account: str
    taken_at: str
    tool_version: str
    state: str = ""
    answers: Mapping[str, Answered] = field(default_factory=dict, repr=False)
    format_version: int = FORMAT

    def run(self, flow: Flow[T]) -> T:
        """What a flow of reads returns, from these answers alone."""
        step: Callable[[], Request] = partial(next, flow)
        try:
            while True:
                try:
                    request = step()
                except StopIteration as done:
                    result: T = done.value
                    return result
                found = self.answers.get(asked(request)) if request.reads else None
                if found is None:
                    step = partial(flow.throw, _unread(request))
                else:
                    step = partial(flow.send, found.response)
        finally:
            flow.close()


def asked(request: Request) -> str:
    """One text for equal requests."""
    told = [request.method, request.path, sorted(request.params), request.json]
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _unread(request: Request) -> RemoteError:
    # To a connector it is what it may not see: named as incomplete, and nothing is deleted by it.
    message = f"the snapshot does not hold {request.method} {request.path}"
    return RemoteError(Kind.UNAUTHORISED, message, status=403, request=request)


def recorded(flow: Flow[T], answers: dict[str, Answered]) -> Flow[T]:
    """The same flow, with every answer put down."""
    try:
        request = next(flow)
        while True:
            try:
                response = yield request
            except RemoteError as error:
                request = flow.throw(error)
                continue
            answers[asked(request)] = _public(response)
            request = flow.send(response)
    except StopIteration as done:
        result: T = done.value
        return result
    finally:
        flow.close()


def _public(response: Response) -> Answered:
    """The answer without what only its asker may know."""
    kept = {name: value for name, value in response.headers.items() if name not in _PRIVATE}
    text = response.text if response.json is None else ""
    return Answered(response.status, response.json, kept, text)


@cache
def _adapter() -> TypeAdapter[Snapshot]:
    return TypeAdapter(Snapshot)


def dump(snapshot: Snapshot) -> str:
    """The text of a snapshot file."""
    plain = _adapter().dump_python(snapshot, mode="json")
    return json.dumps(plain, sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def load(text: str, *, file: str) -> Snapshot:
    """Read a snapshot file; PlanProblem where it is none, or of another version."""
    try:
        raw: Any = json.loads(text)
        if not isinstance(raw, dict) or raw.get("format_version") != FORMAT:
            raise PlanProblem(_bad(file, "it is no snapshot that this version wrote"))
        return _adapter().validate_python(raw)
    except (ValueError, RecursionError, ValidationError):
        raise PlanProblem(_bad(file, "it cannot be read")) from None


def fitting(snapshot: Snapshot, *, file: str, place: tuple[str, str, str, str]) -> Snapshot:
    """Itself; PlanProblem unless it is of this target, environment, connector and account."""
    held = (snapshot.target, snapshot.environment, snapshot.connector, snapshot.account)
    if held != place:
        why = f"it is of {' '.join(held)}, not of {' '.join(place)}"
        raise PlanProblem(_bad(file, why))
    return snapshot


def _bad(file: str, why: str) -> Diagnostic:
    return BadSnapshot(file=file, why=why)


__all__ = ["Answered", "Snapshot", "asked", "dump", "fitting", "load", "recorded"]
