"""What a broken exchange means: the facts of the network as a ``RemoteError``."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import httpx

from ixia_config.edges.body import Unreadable
from ixia_config.edges.retry import Failure
from ixia_config.sdk.wire import Kind, RemoteError, Request, Response

# Raised before the first byte of the request can have arrived.
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)

_MAYBE_DONE = "; whether the change was made is not known"


def broken(error: httpx.RequestError, request: Request, host: str) -> Failure:
    """The failure of an exchange that has no complete answer."""
    if isinstance(error, _NEVER_SENT):
        return _unreached(error, host)
    if isinstance(error, httpx.DecodingError):
        return unreadable(Unreadable("cannot be unpacked", final=False), request, status=None)
    reason = (
        "took too long to answer"
        if isinstance(error, httpx.TimeoutException)
        else ("closed the connection before it answered")
    )
    return Failure(
        RemoteError(
            _kind(request),
            f"{host} {reason} ({request.method} {request.path}){_doubt(request)}",
            code="IX610",
            hint="check the network, and the status page of the system",
            request=request,
        )
    )


def _unreached(error: httpx.RequestError, host: str) -> Failure:
    causes = tuple(_causes(error))
    if any(isinstance(cause, ssl.SSLError) for cause in causes):
        return Failure(_untrusted(host), final=True)
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        message = f"{host} cannot be found"
    elif isinstance(error, httpx.ProxyError):
        message = f"the proxy does not let us through to {host}"
    elif isinstance(error, httpx.TimeoutException):
        message = f"{host} does not answer"
    else:
        message = f"{host} refuses the connection"
    hint = "check the network connection, the VPN and the proxy settings"
    return Failure(RemoteError(Kind.UNAVAILABLE, message, code="IX610", hint=hint))


def _untrusted(host: str) -> RemoteError:
    return RemoteError(
        Kind.UNAVAILABLE,
        f"the certificate of {host} is not trusted, so nothing was sent",
        code="IX616",
        hint="if your company's proxy opens TLS, name its certificate in SSL_CERT_FILE",
    )


def _causes(error: BaseException) -> Iterator[BaseException]:
    step: BaseException | None = error
    while step is not None:
        yield step
        step = step.__cause__ or step.__context__


def unreadable(why: Unreadable, request: Request, *, status: int | None) -> Failure:
    """The failure of an exchange whose answer is not what the system promises."""
    error = RemoteError(
        _kind(request),
        f"the answer to {request.method} {request.path} {why}{_doubt(request)}",
        code="IX609",
        hint="a proxy or a sign-in page may have answered instead",
        status=status,
        request=request,
    )
    return Failure(error, final=why.final)


def redirected(response: Response, request: Request, host: str) -> Failure:
    """The failure of an exchange that was sent elsewhere; a token does not follow."""
    place = _host_of(response.headers.get("location", ""), host)
    error = RemoteError(
        Kind.REJECTED,
        f"{host} redirects {request.method} {request.path} to {place}, which is not followed",
        code="IX616",
        hint="check base_url; a token is sent to its own system only",
        status=response.status,
        request=request,
    )
    return Failure(error, final=True)


def _host_of(location: str, host: str) -> str:
    try:
        return httpx.URL(location).host or host
    except httpx.InvalidURL:
        return "an unreadable address"


def server_error(response: Response, request: Request, title: str) -> RemoteError:
    """The error of a 5xx answer that the connector has no word for."""
    return RemoteError(
        _kind(request),
        f"{title} answered {response.status} to {request.method} {request.path}{_doubt(request)}",
        code="IX608",
        hint="the fault is on the other side; run again later",
        status=response.status,
        request=request,
        response=response,
    )


def _kind(request: Request) -> Kind:
    return Kind.UNAVAILABLE if request.reads else Kind.UNKNOWN


def _doubt(request: Request) -> str:
    return "" if request.reads else _MAYBE_DONE
