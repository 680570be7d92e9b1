"""Serving a sandbox: what arrives, what is sent, how the network fails, how it ends."""

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
import pytest

from ixia_config.edges.serve import BODY_LIMIT, Delay, Drop, Exchange, Fault, Truncate, serve
from ixia_config.sdk.wire import Request, Response


@dataclass
class Echo:
    """A sandbox that remembers what it was asked and answers with a fixed response."""

    response: Response = field(default_factory=lambda: Response(200, {"a": "é"}))
    asked: list[tuple[Request, str | None, float]] = field(default_factory=list)

    def respond(self, request: Request, *, token: str | None, now: float) -> Response:
        self.asked.append((request, token, now))
        return self.response

    @property
    def request(self) -> Request:
        """The last request."""
        return self.asked[-1][0]


@contextmanager
def served(
    echo: Echo, intercept: Callable[[Request, Callable[[], Response]], Fault] | None = None
) -> Iterator[httpx.Client]:
    with serve(echo, intercept=intercept) as url, httpx.Client(base_url=url) as client:
        yield client


def test_a_request_arrives_as_a_value():
    echo = Echo()
    headers = {"Authorization": "Bearer t1", "X-One": "1"}
    with served(echo) as client:
        client.post("/a%2Fb/c/?x=1&x=&y=%20", json={"k": [1, "é", None]}, headers=headers)

    request = echo.request
    assert ("POST", "/a%2Fb/c/") == (request.method, request.path)
    assert (("x", "1"), ("x", ""), ("y", " ")) == request.params
    assert {"k": [1, "é", None]} == request.json
    assert ("x-one", "1") in request.headers
    assert "t1" == echo.asked[-1][1]


def test_the_token_is_in_no_header():
    echo = Echo()
    with served(echo) as client:
        client.get("/", headers={"Authorization": "Bearer secret-token"})

    assert "secret-token" not in repr(echo.request)


@pytest.mark.parametrize("value", ["Basic abc", "Bearer", "secret"])
def test_only_a_bearer_token_is_a_token(value: str):
    echo = Echo()
    with served(echo) as client:
        client.get("/", headers={"Authorization": value})

    assert echo.asked[-1][1] is None


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_every_method_reaches_the_sandbox(method: str):
    echo = Echo()
    with served(echo) as client:
        assert 200 == client.request(method, "/").status_code

    assert method == echo.request.method


def test_an_answer_is_sent_exactly():
    text = '{"b": 1,\n "a": "é"}'
    headers = {"content-type": "application/json;charset=utf-8", "x-left": "3"}
    with served(Echo(Response(201, {"b": 1, "a": "é"}, headers, text))) as client:
        answer = client.get("/")

    assert (201, text.encode()) == (answer.status_code, answer.content)
    assert headers.items() <= dict(answer.headers).items()


def test_an_empty_answer_has_no_body():
    with served(Echo(Response(204))) as client:
        answer = client.delete("/")
        again = client.delete("/")

    assert (204, b"") == (answer.status_code, answer.content)
    assert "content-length" not in answer.headers
    assert 204 == again.status_code


def test_a_body_that_is_not_json_arrives_as_its_text():
    echo = Echo()
    with served(echo) as client:
        client.post("/", content=b'{"a": ')
        assert '{"a": ' == echo.request.json
        client.post("/", content=b"[" * 100_000)
        assert "[" * 100_000 == echo.request.json


def raw(url: str, *lines: str) -> int:
    """The status of a request that no client would send."""
    host = url.removeprefix("http://")
    connection = http.client.HTTPConnection(host)
    connection.putrequest("POST", "/", skip_accept_encoding=True)
    for line in lines:
        connection.putheader(*line.split(": "))
    connection.endheaders()
    status = connection.getresponse().status
    connection.close()
    return status


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (f"Content-Length: {BODY_LIMIT + 1}", 413),
        ("Content-Length: many", 400),
        ("Content-Length: -1", 400),
        ("Transfer-Encoding: chunked", 411),
    ],
)
def test_a_body_is_bounded_and_announced(header: str, status: int):
    echo = Echo()
    log: list[Exchange] = []
    with serve(echo, log=log) as url:
        assert status == raw(url, header)

    assert [] == echo.asked
    assert [Exchange("POST", "/", status)] == log


def test_one_connection_carries_many_requests():
    ports = set()

    class Ports(Echo):
        def respond(self, request: Request, *, token: str | None, now: float) -> Response:
            ports.add(threading.current_thread().name)
            return super().respond(request, token=token, now=now)

    with served(Ports()) as client:
        for _ in range(5):
            client.get("/")

    assert 1 == len(ports)


def test_the_log_tells_every_exchange():
    log: list[Exchange] = []
    with serve(Echo(), log=log) as url, httpx.Client(base_url=url) as client:
        client.get("/a?b=1")
        client.delete("/c")

    assert [Exchange("GET", "/a?b=1", 200), Exchange("DELETE", "/c", 200)] == log


def test_the_clock_is_an_argument():
    echo = Echo()
    with serve(echo, clock=lambda: 17.5) as url:
        httpx.get(url)

    assert 17.5 == echo.asked[-1][2]


def test_an_answer_can_be_another():
    echo = Echo()
    with served(echo, lambda _, __: Response(500, text="broken")) as client:
        answer = client.get("/")

    assert (500, "broken", []) == (answer.status_code, answer.text, echo.asked)


@pytest.mark.parametrize("effect", [True, False])
def test_a_connection_can_drop_before_or_after_the_effect(effect: bool):
    def intercept(request: Request, answer: Callable[[], Response]) -> Fault:
        if effect:
            answer()
        return Drop()

    echo, log = Echo(), list[Exchange]()
    with serve(echo, intercept=intercept, log=log) as url, pytest.raises(httpx.RemoteProtocolError):
        httpx.post(url)

    assert (1 if effect else 0) == len(echo.asked)
    assert [Exchange("POST", "/", None)] == log


def test_an_answer_can_end_early():
    with (
        served(Echo(), lambda _, answer: Truncate(answer(), keep=3)) as client,
        pytest.raises(httpx.RemoteProtocolError),
    ):
        client.get("/")


def test_an_answer_can_be_whole_and_its_json_cut():
    with served(Echo(), lambda _, __: Response(200, text='{"a":')) as client:
        answer = client.get("/")

    with pytest.raises(json.JSONDecodeError):
        answer.json()


def test_an_answer_can_come_too_late():
    released = threading.Event()

    def intercept(request: Request, answer: Callable[[], Response]) -> Fault:
        return Delay(answer(), 0.0 if released.is_set() else 0.5)

    with served(Echo(), intercept) as client:
        with pytest.raises(httpx.ReadTimeout):
            client.get("/", timeout=httpx.Timeout(5, read=0.05))
        released.set()
        assert 200 == client.get("/").status_code


def test_the_next_request_after_a_fault_is_served():
    faults: list[Fault] = [Drop(), Response(429), Truncate(Response(200, {"a": "long enough"}))]

    def intercept(request: Request, answer: Callable[[], Response]) -> Fault:
        return faults.pop(0) if faults else answer()

    with served(Echo(), intercept) as client:
        with pytest.raises(httpx.RemoteProtocolError):
            client.get("/")
        assert 429 == client.get("/").status_code
        with pytest.raises(httpx.RemoteProtocolError):
            client.get("/")
        assert 200 == client.get("/").status_code


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.com", "::"])
def test_only_loopback_is_served(host: str):
    with pytest.raises(ValueError, match="loopback"), serve(Echo(), host=host):
        pass


def test_the_port_is_closed_afterwards_though_a_client_holds_its_connection():
    with serve(Echo()) as url:
        client = httpx.Client(base_url=url)
        client.get("/")

    with pytest.raises(httpx.TransportError):
        client.get("/")
    client.close()
    assert not [t for t in threading.enumerate() if "process_request" in t.name]


def test_an_error_in_the_block_ends_the_server_too():
    with pytest.raises(KeyError), serve(Echo()) as url:
        raise KeyError(url)

    with pytest.raises(httpx.ConnectError):
        httpx.get(url)


def test_a_port_can_be_chosen():
    with serve(Echo()) as url:
        port = int(url.rsplit(":", 1)[1])
    with serve(Echo(), port=port) as again:
        assert url == again


def test_requests_are_answered_side_by_side():
    together = threading.Barrier(2, timeout=10)

    def intercept(request: Request, answer: Callable[[], Response]) -> Fault:
        together.wait()
        return answer()

    statuses: list[int] = []
    with serve(Echo(), intercept=intercept) as url:
        threads = [
            threading.Thread(target=lambda: statuses.append(httpx.get(url).status_code))
            for _ in range(2)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert [200, 200] == statuses
