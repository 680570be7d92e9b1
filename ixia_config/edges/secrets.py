"""Secrets: where they are found, a type that never shows them, and their removal from text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn, Protocol
from urllib.parse import quote

from ixia_config.sdk.wire import Kind, RemoteError

# A shorter text is no secret, and removing it would damage every other word that holds it.
SHORTEST = 8

_STARS = "***"
_LARGEST = 16 * 1024


class Reference(Protocol):
    """Where a secret is found, as ``ixia.yaml`` says it."""

    @property
    def env(self) -> str | None:
        """Name of the environment variable that holds it."""

    @property
    def file(self) -> str | None:
        """Path of the file that holds it."""


class Secret:
    """A text that no ``str``, ``repr``, format, pickle or JSON shows; only ``reveal`` does."""

    __slots__ = ("__text",)

    def __init__(self, text: str) -> None:
        self.__text = text

    def reveal(self) -> str:
        """The text itself; for the one place that sends it."""
        return self.__text

    def fingerprint(self) -> str:
        """A name for this secret that does not give it away; equal for equal secrets."""
        return hashlib.sha256(b"ixia" + self.__text.encode()).hexdigest()[:16]

    def redact(self, text: str) -> str:
        """The text without this secret, plain, escaped as JSON or quoted for a URL."""
        if len(self.__text) < SHORTEST:
            return text
        for form in self.__forms():
            text = text.replace(form, _STARS)
        return text

    def __forms(self) -> tuple[str, ...]:
        plain = self.__text
        escaped = json.dumps(plain)[1:-1]
        return (plain, escaped, plain.replace("/", "\\/"), quote(plain, safe=""), quote(plain))

    def __repr__(self) -> str:
        return _STARS

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return _STARS

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written anywhere")


def resolve(reference: Reference, *, environ: Mapping[str, str], root: Path) -> Secret:
    """The secret that a reference names; RemoteError IX601 says what is missing."""
    if reference.env is not None:
        return _checked(_from_environment(reference.env, environ), f"${reference.env}")
    if reference.file is not None:
        path = root / Path(reference.file).expanduser()
        return _checked(_from_file(path, reference.file), reference.file)
    raise _missing(
        "the environment has no token",
        "name its place in ixia.yaml, e.g. token: {env: HUBSPOT_TOKEN}",
    )


def permission_hint(reference: Reference, *, root: Path) -> str:
    """A warning when others on this machine may read the secret's file; empty when all is well."""
    if reference.file is None:
        return ""
    path = root / Path(reference.file).expanduser()
    if not path.is_file() or not path.stat().st_mode & 0o077:
        return ""
    return f"others on this machine may read {reference.file}; close it: chmod 600 {reference.file}"


def _from_environment(name: str, environ: Mapping[str, str]) -> str:
    if name not in environ:
        raise _missing(
            f"the environment variable {name} is not set",
            f"put the token there, e.g. export {name}=...",
        )
    return environ[name]


def _from_file(path: Path, shown: str) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST).decode("ascii")
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise _missing(
            f"the token file {shown} cannot be read: {why}", "check its path and permissions"
        ) from None
    except UnicodeDecodeError:
        raise _missing(
            f"the token file {shown} holds more than a token", "put the token alone into it"
        ) from None


def _checked(text: str, place: str) -> Secret:
    """The token without surrounding blanks; refused when it cannot be one."""
    token = text.strip()
    if not token:
        raise _missing(f"the token in {place} is empty", "put the token there")
    if not all("!" <= character <= "~" for character in token):
        raise _missing(
            f"the token in {place} has a blank or an odd character in it",
            "copy it again, whole and on one line",
        )
    return Secret(token)


def _missing(message: str, hint: str) -> RemoteError:
    return RemoteError(Kind.UNAUTHORISED, message, code="IX601", hint=hint)
