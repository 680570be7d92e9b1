"""Requests and responses as values, and the flow that yields one and is sent the other."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request to a target, without host, token or headers that the driver owns.

    ``reads`` says that it changes nothing: a driver for plans refuses every other one.
    ``repeatable`` says that sending it twice is the same as sending it once, so that the driver
    may retry it when its outcome is unknown; every read is.
    """

    method: str
    path: str
    params: tuple[tuple[str, str], ...] = ()
    json: Json = None
    headers: tuple[tuple[str, str], ...] = ()
    reads: bool = False
    repeatable: bool = False

    def __str__(self) -> str:
        query = "&".join(f"{key}={value}" for key, value in self.params)
        return f"{self.method} {self.path}{'?' + query if query else ''}"


@dataclass(frozen=True, slots=True)
class Response:
    """The answer to a request: header names in lower case, the body parsed where it is JSON.

    ``text`` is the raw body; ``json`` is None where the body was empty.
    """

    status: int
    json: Json = None
    headers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""


class Kind(StrEnum):
    """What a failed request says of its effect."""

    REJECTED = "rejected"  # the target refused it: nothing changed
    UNKNOWN = "unknown"  # sent; whether it had an effect is not known
    THROTTLED = "throttled"  # over a limit: nothing changed
    UNAUTHORISED = "unauthorised"  # token or scope: nothing changed
    UNAVAILABLE = "unavailable"  # never reached the target: nothing changed


class RemoteError(Exception):
    """A target's refusal or failure, with its facts as fields; thrown into the flow.

    ``code`` is the diagnostic code that documents it (IX6..), ``hint`` what a person can do,
    ``status`` the HTTP status or None when there was no answer.
    """

    def __init__(
        self,
        kind: Kind,
        message: str,
        *,
        code: str = "IX600",
        hint: str = "",
        status: int | None = None,
        request: Request | None = None,
        response: Response | None = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.code = code
        self.hint = hint
        self.status = status
        self.request = request
        self.response = response

    def __str__(self) -> str:
        hint = f"; {self.hint}" if self.hint else ""
        return f"{self.code} {self.message}{hint}"


Flow = Generator[Request, Response, T]
"""A connector's conversation with its target: yields requests, is sent responses, returns T."""
