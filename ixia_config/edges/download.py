"""One file out of an artefact that a code host keeps elsewhere: fetched without any token."""

from __future__ import annotations

import io
import zipfile

import httpx

from ixia_config.edges.code_host import CODE
from ixia_config.edges.origin import is_loopback
from ixia_config.sdk.wire import Kind, RemoteError

_LARGEST = 64 * 1024 * 1024
_SECONDS = 60.0


def downloaded(address: str) -> bytes:
    """The only file of the archive at this address; RemoteError where it is not one.

    The address is signed by the code host and out of its answer, so no token goes along, and an
    archive that unpacks to more than 64 MiB is refused.
    """
    url = _fit(address)
    body = bytearray()
    try:
        with (
            httpx.Client(timeout=_SECONDS, follow_redirects=False, trust_env=False) as client,
            client.stream("GET", url) as response,
        ):
            if response.status_code != 200:
                raise _failed(f"the artefact's store answered {response.status_code}")
            for chunk in response.iter_bytes():
                body += chunk
                if len(body) > _LARGEST:
                    raise _failed("the artefact is larger than 64 MiB")
    except httpx.HTTPError as error:
        raise _failed(f"the artefact cannot be fetched: {type(error).__name__}") from None
    return _only_file(bytes(body))


def _fit(address: str) -> httpx.URL:
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        raise _failed("the artefact has no address") from None
    if url.scheme != "https" and not (url.scheme == "http" and is_loopback(url.host)):
        raise _failed("the artefact has no encrypted address")
    return url


def _only_file(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            [entry] = archive.infolist()
            if entry.file_size > _LARGEST:
                raise _failed("the artefact unpacks to more than 64 MiB")
            with archive.open(entry) as file:
                return file.read(_LARGEST)
    except (zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError):
        raise _failed("the artefact is not an archive with one file") from None


def _failed(why: str) -> RemoteError:
    return RemoteError(Kind.UNAVAILABLE, why, code=CODE)
