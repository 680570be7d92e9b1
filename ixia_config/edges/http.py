"""The driver: answers a connector's flow over HTTP. The only place that sends a token."""

from __future__ import annotations

import json
import logging
import ssl
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from functools import partial
from typing import Self, TypeVar
from urllib.parse import quote

import httpx

from ixia_config import __version__
from ixia_config.edges.body import Unreadable, collect, decode, is_json, parse
from ixia_config.edges.clock import Clock
from ixia_config.edges.exchange import Exchange, Usage
from ixia_config.edges.failures import broken, redirected, server_error, unreadable
from ixia_config.edges.limits import Limiter
from ixia_config.edges.origin import is_loopback, origin
from ixia_config.edges.retry import LOCKED, Failure, Patience, pause, retry_after
from ixia_config.edges.secrets import Secret
from ixia_config.engine.state import StateProblem
from ixia_config.sdk.connector import Connector
from ixia_config.sdk.wire import Flow, Kind, RemoteError, Request, Response

T = TypeVar("T")

_READING = frozenset({"GET", "HEAD", "OPTIONS", "POST"})  # POST: vendors search with it
_PATH = "/%:@!$&'()*+,;=~"  # all else is escaped; what a connector has escaped stays so
_OURS = frozenset({"authorization", "host", "cookie", "content-length", "transfer-encoding"})


class WriteRefused(Exception):  # noqa: N818  # says what happened: the driver refused
    """A request that may write came to a driver that may not: our bug, so it is not handled."""


def unobserved(exchange: Exchange) -> None:
    """The observer that looks at nothing."""


def permitted() -> None:
    """The permission that is never withdrawn."""


class Driver:
    """Answers the flows of one connector; one per target and thread.

    With ``writes=False`` it sends nothing but declared reads, whatever a connector yields.
    ``chance`` gives numbers in [0, 1) for the jitter of retries; drivers of one token share the
    ``limiter``. ``permit`` is asked before every write, and raises StateProblem to stop it.
    ``own`` are hosts of systems that people run themselves (``origin.own_hosts``).
    """

    def __init__(
        self,
        connector: Connector,
        *,
        base_url: str,
        token: Secret,
        writes: bool,
        clock: Clock,
        sleep: Callable[[float], None],
        chance: Callable[[], float],
        limiter: Limiter | None = None,
        observe: Callable[[Exchange], None] = unobserved,
        patience: Patience | None = None,
        permit: Callable[[], None] = permitted,
        own: Sequence[str] = (),
    ) -> None:
        self._permit_write = permit
        self._origin = origin(base_url, title=connector.title, hosts=connector.hosts, own=own)
        self._connector = connector
        self._token = token
        self._writes = writes
        self._clock = clock
        self._sleep = sleep
        self._chance = chance
        self._limiter = limiter or Limiter(connector.limits, clock=clock, sleep=sleep)
        self._observe = observe
        self._patience = patience or Patience()
        self._usage = Usage()
        self._client = _client(self._origin, token, self._patience)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *details: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    @property
    def usage(self) -> Usage:
        """Requests sent, retries among them, seconds waited, and what is left of the day."""
        return replace(self._usage, daily_remaining=self._limiter.daily_remaining)

    def run(self, flow: Flow[T]) -> T:
        """What the flow returns, once all its requests are answered."""
        step: Callable[[], Request] = partial(next, flow)
        try:
            while True:
                try:
                    request = step()
                except StopIteration as done:
                    result: T = done.value
                    return result
                step = self._reply(flow, request)
        finally:
            flow.close()

    def _reply(self, flow: Flow[T], request: Request) -> Callable[[], Request]:
        try:
            return partial(flow.send, self._answer(request))
        except RemoteError as error:
            return partial(flow.throw, error)

    def _answer(self, request: Request) -> Response:
        self._permit(request)
        attempt = 1
        while True:
            outcome = self._attempt(request, attempt)
            if isinstance(outcome, Response):
                return outcome
            self._prepare_retry(outcome, request, attempt)
            attempt += 1

    def _permit(self, request: Request) -> None:
        if not request.reads and not self._writes:
            raise WriteRefused(f"{request} is not a declared read")
        if request.reads and request.method not in _READING:
            raise WriteRefused(f"{request} cannot be a read")
        if any(name.lower() in _OURS for name, _ in request.headers):
            raise WriteRefused(f"{request} sets a header that belongs to the driver")

    def _still_permitted(self, request: Request, attempt: int) -> None:
        """Nothing is sent once the lock is lost, however long the wait for this was."""
        kind = Kind.UNAVAILABLE if attempt == 1 else Kind.UNKNOWN
        try:
            self._permit_write()
        except StateProblem as why:
            raise RemoteError(kind, f"not sent: {why}", request=request) from None

    def _prepare_retry(self, failure: Failure, request: Request, attempt: int) -> None:
        """Wait for the next try, or raise the failure when there is none."""
        seconds = pause(
            failure,
            request,
            attempt=attempt,
            interval=self._limiter.interval,
            chance=self._chance(),
            patience=self._patience,
        )
        if seconds is None:
            raise _told(failure, attempt)
        self._usage = replace(self._usage, retries=self._usage.retries + 1)
        if failure.error.kind is Kind.THROTTLED and failure.error.code != LOCKED:
            # Everybody with this token waits, not only this thread.
            self._limiter.close_for(seconds)
        else:
            self._sleep(seconds)
            self._usage = replace(self._usage, waited=self._usage.waited + seconds)

    def _attempt(self, request: Request, attempt: int) -> Response | Failure:
        waited = self._limiter.acquire(request.path)
        if not request.reads:
            self._still_permitted(request, attempt)
        started = self._clock.monotonic()
        outcome = self._exchange(request)
        took = self._clock.monotonic() - started
        self._count(waited)
        self._observe(
            Exchange(
                method=request.method,
                path=self._token.redact(request.path),
                status=_status(outcome),
                milliseconds=round(took * 1000),
                attempt=attempt,
                waited=waited,
                code=outcome.error.code if isinstance(outcome, Failure) else "",
            )
        )
        return outcome

    def _count(self, waited: float) -> None:
        usage = self._usage
        self._usage = replace(usage, requests=usage.requests + 1, waited=usage.waited + waited)

    def _exchange(self, request: Request) -> Response | Failure:
        try:
            status, headers, body = self._send(request)
        except httpx.RequestError as error:
            return broken(error, request, self._origin.host)
        except Unreadable as why:
            return unreadable(why, request, status=None)
        try:
            return self._judge(self._response(status, headers, body), request)
        except Unreadable as why:
            return unreadable(why, request, status=status)

    def _send(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        deadline = self._clock.monotonic() + self._patience.whole
        with self._client.stream(
            request.method,
            self._url(request),
            content=None if request.json is None else json.dumps(request.json, allow_nan=False),
            headers=_headers(request),
        ) as answer:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            self._limiter.learn(headers)
            return answer.status_code, headers, self._body(answer, deadline)

    def _body(self, answer: httpx.Response, deadline: float) -> bytes:
        try:
            return collect(
                answer.iter_bytes(),
                largest=self._patience.largest,
                late=lambda: self._clock.monotonic() > deadline,
            )
        except (httpx.RemoteProtocolError, httpx.ReadError):
            raise Unreadable("broke off", final=False) from None

    def _url(self, request: Request) -> httpx.URL:
        path = self._origin.path.rstrip("/") + quote(request.path, safe=_PATH)
        url = self._origin.copy_with(path=path)
        return url.copy_with(params=list(request.params)) if request.params else url

    def _response(self, status: int, headers: dict[str, str], body: bytes) -> Response:
        """The answer as a value; an error's body need not be JSON, a success's must."""
        if status >= 300:
            return self._error_response(status, headers, body)
        text = decode(body)
        if text.strip() and not is_json(headers.get("content-type", "")):
            raise Unreadable(_wrong_type(headers["content-type"]), final=True)
        value = parse(text, deepest=self._patience.deepest)
        return Response(status, json=value, headers=headers, text=text)

    def _error_response(self, status: int, headers: dict[str, str], body: bytes) -> Response:
        """An error's body without the token: some systems repeat what they were sent."""
        text = self._token.redact(body.decode("utf-8", "replace"))
        clean = {name: self._token.redact(value) for name, value in headers.items()}
        try:
            value = parse(text, deepest=self._patience.deepest)
        except Unreadable:
            value = None
        return Response(status, json=value, headers=clean, text=text)

    def _judge(self, response: Response, request: Request) -> Response | Failure:
        if 300 <= response.status < 400:
            return redirected(response, request, self._origin.host)
        error = self._connector.explain_error(response, request)
        if error is None and response.status >= 500:
            error = server_error(response, request, self._connector.title)
        if error is None:
            return response
        asked = retry_after(response.headers.get("retry-after"), self._clock.now())
        return Failure(_placed(error, request, response), retry_after=asked)


# Reading the machine's certificates takes 20 ms, which a plain connection has no use for; this one
# trusts nobody.
_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class _Bearer(httpx.Auth):
    """Puts the token into a request at the last moment, so that no other frame ever holds it."""

    def __init__(self, token: Secret) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._token.reveal()}"
        yield request


def _client(url: httpx.URL, token: Secret, patience: Patience) -> httpx.Client:
    # Their debug logs show headers as they come, and some systems repeat a token in one.
    for name in ("httpcore", "httpx"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return httpx.Client(
        auth=_Bearer(token),
        verify=_NO_TLS if url.scheme == "http" else True,
        follow_redirects=False,
        # A sandbox on this machine is asked directly: a proxy would see its token in the clear.
        trust_env=not is_loopback(url.host),
        timeout=httpx.Timeout(patience.read, connect=patience.connect),
        limits=httpx.Limits(max_connections=4, max_keepalive_connections=4, keepalive_expiry=5),
    )


def _headers(request: Request) -> dict[str, str]:
    headers = {"accept": "application/json", "user-agent": f"ixia-config/{__version__}"}
    if request.json is not None:
        headers["content-type"] = "application/json"
    return headers | {name.lower(): value for name, value in request.headers}


def _status(outcome: Response | Failure) -> int | None:
    return outcome.error.status if isinstance(outcome, Failure) else outcome.status


def _wrong_type(content_type: str) -> str:
    media = content_type.partition(";")[0].strip()
    return "is a web page, not data" if media == "text/html" else f"is {media}, not JSON"


def _placed(error: RemoteError, request: Request, response: Response) -> RemoteError:
    """The error with the facts that the connector may have left out."""
    error.request = error.request or request
    error.response = error.response or response
    error.status = response.status if error.status is None else error.status
    return error


def _told(failure: Failure, attempt: int) -> RemoteError:
    """The error to raise, which says how often it was tried and how long the system asks for."""
    error = failure.error
    tried = f" (tried {attempt} times)" if attempt > 1 else ""
    asked = failure.retry_after
    wait = f" (the system asks to wait {_duration(asked)})" if asked and asked >= 60 else ""
    return RemoteError(
        error.kind,
        f"{error.message}{tried}{wait}",
        code=error.code,
        hint=error.hint,
        status=error.status,
        request=error.request,
        response=error.response,
    )


def _duration(seconds: float) -> str:
    hours, minutes = divmod(round(seconds / 60), 60)
    parts = [f"{hours} h"] * (hours > 0) + [f"{minutes} min"] * (minutes > 0)
    return " ".join(parts)


__all__ = ["Driver", "WriteRefused", "permitted", "unobserved"]
