"""Serves a sandbox over real HTTP on loopback, with a place to make the network fail."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlsplit

from ixia_config.sdk.connector import Sandbox
from ixia_config.sdk.wire import Json, Request, Response

BODY_LIMIT = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Exchange:
    """One line of the request log; ``status`` is None where no whole answer was sent."""

    method: str
    path: str  # with its query
    status: int | None


@dataclass(frozen=True, slots=True)
class Drop:
    """Close the connection without an answer."""


@dataclass(frozen=True, slots=True)
class Truncate:
    """Announce the whole answer, send the first ``keep`` bytes of its body, close."""

    response: Response
    keep: int = 1


@dataclass(frozen=True, slots=True)
class Delay:
    """Wait, then answer."""

    response: Response
    seconds: float


Fault = Response | Drop | Truncate | Delay
Intercept = Callable[[Request, Callable[[], Response]], Fault]
"""Decides what a client gets. Calling the second argument lets the request have its effect:
before or after a fault, or never."""


@contextmanager
def serve(
    sandbox: Sandbox,
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    intercept: Intercept | None = None,
    log: list[Exchange] | None = None,
    clock: Callable[[], float] = time.time,
) -> Iterator[str]:
    """Serve until the block ends; yields the base URL. Each request is added to ``log``."""
    if not _is_loopback(host):
        raise ValueError(f"a sandbox is served on loopback only, not on {host}")
    server = _Server(
        host, port, _Application(sandbox, intercept, clock, [] if log is None else log)
    )
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://{_bracketed(host)}:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.hang_up()
        server.server_close()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


@dataclass(frozen=True, slots=True)
class _Application:
    """What answers requests, apart from the socket."""

    sandbox: Sandbox
    intercept: Intercept | None
    clock: Callable[[], float]
    log: list[Exchange]

    def answer(self, request: Request, token: str | None) -> Fault:
        """The sandbox's answer, or what the interceptor makes of it."""

        def effect() -> Response:
            return self.sandbox.respond(request, token=token, now=self.clock())

        return effect() if self.intercept is None else self.intercept(request, effect)


class _Server(ThreadingHTTPServer):
    """One thread per connection; all of them end with the server."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 128

    def __init__(self, host: str, port: int, application: _Application) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.application = application
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._ending = False
        super().__init__((host, port), _Connection)

    def hang_up(self) -> None:
        """End connections that clients keep alive."""
        with self._guard:
            self._ending = True
            for connection in self._open:
                _shut(connection)

    def remember(self, connection: socket.socket) -> None:
        """Note a connection that is open; one that comes too late ends at once."""
        with self._guard:
            self._open.add(connection)
            if self._ending:
                _shut(connection)

    def forget(self, connection: socket.socket) -> None:
        """Note that it is not any more."""
        with self._guard:
            self._open.discard(connection)


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:  # the client was faster
        return


class _Refused(Exception):  # noqa: N818  # an answer, not a failure
    """A request that is not read to its end."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Connection(BaseHTTPRequestHandler):
    """Reads requests of one connection and writes their answers."""

    protocol_version = "HTTP/1.1"
    server_version = "ixia-sandbox"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = 64 * 1024
    server: _Server

    def setup(self) -> None:
        """Note the connection, so that the server can end it."""
        super().setup()
        self.server.remember(self.connection)

    def handle(self) -> None:
        """Answer until either side closes; a client may leave at any moment."""
        try:
            super().handle()
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    def finish(self) -> None:
        """Forget the connection."""
        self.server.forget(self.connection)
        try:
            super().finish()
        except OSError:  # the client has left
            return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base's name
        """Print nothing: the request log is a value."""

    def do_GET(self) -> None:
        """Answer any method alike: what it means is the sandbox's business."""
        try:
            request = self._request()
        except _Refused as refused:
            self.close_connection = True
            self._send(Response(refused.status))
            return
        self._settle(self.server.application.answer(request, self._token()))

    do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do_GET  # noqa: N815

    def _request(self) -> Request:
        """The request as a value; a body that is not JSON arrives as its text."""
        parts = urlsplit(self.path)
        headers = [(key.lower(), value) for key, value in self.headers.items()]
        return Request(
            self.command,
            parts.path,
            params=tuple(parse_qsl(parts.query, keep_blank_values=True)),
            json=self._body(),
            headers=tuple(pair for pair in headers if pair[0] != "authorization"),
        )

    def _body(self) -> Json:
        if self.headers.get("transfer-encoding"):
            raise _Refused(411)
        length = self.headers.get("content-length", "0")
        if not length.isdigit():
            raise _Refused(400)
        if int(length) > BODY_LIMIT:
            raise _Refused(413)
        text = self.rfile.read(int(length)).decode("utf-8", errors="replace")
        return _parsed(text) if text else None

    def _token(self) -> str | None:
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" and token.strip() else None

    def _settle(self, fault: Fault) -> None:
        """Send what was decided, or fail as it was decided."""
        match fault:
            case Response():
                self._send(fault)
            case Delay(response, seconds):
                time.sleep(seconds)
                self._send(response)
            case Truncate(response, keep):
                self._note(None)
                self.close_connection = True
                self._write(response, _bytes(response)[:keep])
            case Drop():
                self._note(None)
                self.close_connection = True
                _shut(self.connection)

    def _send(self, response: Response) -> None:
        self._note(response.status)
        self._write(response, _bytes(response))

    def _note(self, status: int | None) -> None:
        """Log before the answer leaves, so that a client that has it finds it in the log."""
        self.server.application.log.append(Exchange(self.command, self.path, status))

    def _write(self, response: Response, body: bytes) -> None:
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status != 204:
            self.send_header("content-length", str(len(_bytes(response))))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()


def _parsed(text: str) -> Json:
    try:
        parsed: Json = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return parsed


def _bytes(response: Response) -> bytes:
    """The body that is sent: the text where there is one, else the JSON."""
    if response.text:
        return response.text.encode()
    return b"" if response.json is None else json.dumps(response.json).encode()
