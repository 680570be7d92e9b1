"""HTTP to a code host's API: one address, its token, pages followed by number, patience."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

from ixia_config import __version__
from ixia_config.edges.origin import is_loopback
from ixia_config.edges.retry import retry_after
from ixia_config.edges.secrets import Secret
from ixia_config.sdk.wire import Kind, RemoteError

PAGE = 100
"""Objects on one page; what both hosts allow at most."""
PAGES = 30
"""Pages of one list: a pull request with more than 3,000 comments is not read to its end."""
_TRIES = 4
_LONGEST = 60.0  # seconds between two tries; a run that waits longer costs more than a new one
_LARGEST = 16 * 1024 * 1024
_SECONDS = 30.0
_AGAIN = frozenset({502, 503, 504})
_READS = frozenset({"GET", "HEAD"})
CODE = "IX590"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the API said: its status, the JSON of its body, and headers in lower case."""

    status: int
    json: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CodeHost:
    """One API with one token.

    The token goes to ``api`` and nowhere else: no redirect is followed, and no address out of an
    answer is asked with it.
    """

    title: str
    api: httpx.URL
    token: Secret = field(repr=False)
    header: str = "authorization"
    sleep: Callable[[float], None] = time.sleep

    def ask(
        self,
        method: str,
        path: str,
        json: object = None,
        *,
        params: Mapping[str, str | int] | None = None,
        allowed: frozenset[int] = frozenset(),
    ) -> Answer:
        """Send one request; RemoteError unless it went well or its status is ``allowed``."""
        url = self.api.copy_with(raw_path=(self.api.path.rstrip("/") + path).encode())
        url = url.copy_merge_params(dict(params)) if params else url
        for attempt in range(1, _TRIES + 1):
            answer = self._sent(method, url, json)
            seconds = _pause(answer, method, attempt)
            if seconds is None:
                break
            self.sleep(seconds)
        if answer.status // 100 == 2 or answer.status in allowed:
            return answer
        raise self._refused(method, path, answer)

    def pages(self, path: str, *, params: Mapping[str, str | int] | None = None) -> Iterator[Any]:
        """Every object of a list, page by page until one is not full."""
        for number in range(1, PAGES + 1):
            asked = {**(params or {}), "per_page": PAGE, "page": number}
            found = self.ask("GET", path, params=asked).json
            rows = found if isinstance(found, list) else _only_list(found)
            yield from rows
            if len(rows) < PAGE:
                return

    def _sent(self, method: str, url: httpx.URL, json: object) -> Answer:
        shown = self.token.reveal()
        value = f"Bearer {shown}" if self.header == "authorization" else shown
        headers = {self.header: value, "user-agent": f"ixia-config/{__version__}"}
        try:
            with (
                httpx.Client(
                    timeout=_SECONDS, follow_redirects=False, verify=_tls(url), trust_env=False
                ) as client,
                client.stream(method, url, json=json, headers=headers) as response,
            ):
                return Answer(response.status_code, _json(response), _lower(response.headers))
        except httpx.HTTPError as error:
            kind = Kind.UNAVAILABLE if isinstance(error, httpx.ConnectError) else Kind.UNKNOWN
            if method in _READS:
                kind = Kind.UNAVAILABLE
            why = f"{self.title} cannot be reached: {type(error).__name__}"
            raise RemoteError(kind, why, code=CODE, hint="run the job again") from None

    def _refused(self, method: str, path: str, answer: Answer) -> RemoteError:
        told = self.token.redact(_message(answer.json))
        what = f"{self.title} answered {answer.status} to {method} {path.partition('?')[0]}"
        kind = Kind.UNAUTHORISED if answer.status in (401, 403) else Kind.REJECTED
        if is_throttled(answer):
            kind = Kind.THROTTLED
        message = f"{what}: {told}" if told else what
        hint = _HINTS.get(answer.status, "") if kind is not Kind.THROTTLED else "run it again later"
        return RemoteError(kind, message, code=CODE, hint=hint, status=answer.status)


_HINTS: Mapping[int, str] = {
    301: "the repository was renamed; run the job from its new place",
    401: "give the job a token that is valid",
    403: "give the job's token the permission that this needs",
    404: "the token may not see it, or it is gone",
}


def api_of(address: str) -> httpx.URL:
    """The API's address, as the runner names it: over TLS, or a test's server on this machine."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        raise _unusable("is not an address") from None
    local = is_loopback(url.host) and url.scheme == "http"
    if url.userinfo or url.query or url.fragment or not (local or url.scheme == "https"):
        raise _unusable("is not an encrypted address without a name, a query or a fragment")
    if not url.host:
        raise _unusable("names no host")
    return url


def _unusable(why: str) -> RemoteError:
    message = f"the address of the code host's API {why}"
    return RemoteError(Kind.UNAVAILABLE, message, code=CODE, hint="the runner sets it; leave it")


def is_throttled(answer: Answer) -> bool:
    """Over the first or the second rate limit: GitHub says both with 403 as well as with 429."""
    if answer.status == 429:
        return True
    spent = answer.headers.get("x-ratelimit-remaining") == "0"
    named = "rate limit" in _message(answer.json).lower()
    return answer.status == 403 and (spent or named or "retry-after" in answer.headers)


def _pause(answer: Answer, method: str, attempt: int) -> float | None:
    """Seconds until the next try; None where another try is useless or could do it twice."""
    if attempt == _TRIES:
        return None
    if is_throttled(answer):
        # Without a word of the host, a minute is what GitHub asks for.
        wanted = retry_after(answer.headers.get("retry-after"), datetime.now(UTC))
        seconds = _LONGEST if wanted is None else wanted
        return seconds if seconds <= _LONGEST else None
    if answer.status in _AGAIN and method in _READS:
        return float(2**attempt)
    return None


def _json(response: httpx.Response) -> Any:
    """The body's JSON, bounded; None where there is none."""
    body = bytearray()
    for chunk in response.iter_bytes():
        body += chunk
        if len(body) > _LARGEST:
            why = "the code host's answer is larger than 16 MiB"
            raise RemoteError(Kind.UNKNOWN, why, code=CODE)
    try:
        return httpx.Response(200, content=bytes(body)).json() if body.strip() else None
    except (ValueError, RecursionError):
        if response.is_success:
            why = "the code host's answer is not JSON"
            raise RemoteError(Kind.UNKNOWN, why, code=CODE) from None
        return None


def _only_list(found: Any) -> list[Any]:
    """The list in an answer such as ``{total_count, artifacts: []}``."""
    lists = [each for each in found.values() if isinstance(each, list)] if found else []
    return lists[0] if lists else []


def _message(json: Any) -> str:
    """What a refusal says, on one line; GitHub and GitLab name it differently."""
    if not isinstance(json, dict):
        return ""
    told = json.get("message") or json.get("error") or ""
    return re.sub(r"\s+", " ", str(told))[:300]


def _lower(headers: httpx.Headers) -> Mapping[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _tls(url: httpx.URL) -> ssl.SSLContext | bool:
    return ssl.create_default_context() if url.scheme == "https" else False


__all__ = ["CODE", "PAGE", "Answer", "CodeHost", "api_of", "is_throttled"]
