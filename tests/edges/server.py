"""A server on loopback that answers byte for byte what a test tells it to, or does not answer."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

HANG_UP = b""


@dataclass(frozen=True)
class Seen:
    """One request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Server:
    """What arrived, and over how many connections."""

    url: str
    seen: list[Seen] = field(default_factory=list)
    connections: int = 0
    released: threading.Event = field(default_factory=threading.Event)


Answer = Callable[[Seen], bytes | None]


def answer(
    body: str | bytes = "{}",
    *,
    status: int = 200,
    content_type: str | None = "application/json",
    length: int | None = None,
    **headers: str,
) -> bytes:
    """The bytes of an answer; ``length`` lies about the body's length."""
    data = body if isinstance(body, bytes) else body.encode()
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(data) if length is None else length}"]
    lines += [f"Content-Type: {content_type}"] if content_type else []
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + data


def script(*answers: bytes | None) -> Answer:
    """Answer one after another, the last one for ever."""
    left = list(answers)

    def next_answer(seen: Seen) -> bytes | None:
        return left.pop(0) if len(left) > 1 else left[0]

    return next_answer


@contextmanager
def serving(reply: Answer) -> Iterator[Server]:
    """A server that sends what ``reply`` gives: HANG_UP closes, None says nothing, ever."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = Server(f"http://127.0.0.1:{listener.getsockname()[1]}")
    open_connections: list[socket.socket] = []
    threads: list[threading.Thread] = []
    accepting = threading.Thread(
        target=_accept, args=(listener, server, reply, open_connections, threads)
    )
    accepting.start()
    try:
        yield server
    finally:
        server.released.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join()
        for connection in open_connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join()


def _accept(listener, server, reply, open_connections, threads):
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        server.connections += 1
        open_connections.append(connection)
        thread = threading.Thread(target=_converse, args=(connection, server, reply))
        threads.append(thread)
        thread.start()


def _converse(connection: socket.socket, server: Server, reply: Answer) -> None:
    with connection, connection.makefile("rb") as stream, suppress(OSError, ValueError):
        for seen in iter(partial(_request, stream), None):
            server.seen.append(seen)
            data = reply(seen)
            if data is None:
                server.released.wait()
            if not data:
                return
            connection.sendall(data)
            if _lies(data):
                return


def _lies(data: bytes) -> bool:
    """Whether the answer promises more than it holds: then the connection ends early."""
    head, _, body = data.partition(b"\r\n\r\n")
    promised = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if b"Content-Length" in line
    )
    return promised != len(body)


def _request(stream) -> Seen | None:
    first = stream.readline()
    if not first:
        return None
    method, target, _ = first.decode("latin-1").split(" ", 2)
    headers = {}
    while (line := stream.readline().strip()) != b"":
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.lower()] = value.strip()
    return Seen(method, target, headers, stream.read(int(headers.get("content-length", "0"))))
