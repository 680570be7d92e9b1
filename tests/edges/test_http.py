"""The driver on real HTTP: what is sent, what is sent again, and what is never sent."""

import gzip
import json
import socket
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ixia_config.edges.http import Driver, WriteRefused
from ixia_config.edges.origin import own_hosts
from ixia_config.edges.retry import Patience
from ixia_config.sdk import Flow, Kind, RemoteError, Request, Response
from tests.edges.plain import (
    READ,
    REPEATABLE,
    TOKEN,
    WRITE,
    MadeUpTime,
    Plain,
    ask,
    driver,
    outcome,
)
from tests.edges.server import HANG_UP, answer, script, serving

GOOD = answer('{"id": 7}')


def try_once(*answers, request=READ, **more):
    """What a flow of one request gets, how long was slept, and what the server saw."""
    time = MadeUpTime()
    with serving(script(*answers)) as server, driver(server.url, time, **more) as client:
        result = client.run(outcome(request))
    return result, time.slept, server.seen


def test_a_request_arrives_as_it_was_meant_and_its_answer_comes_back():
    request = Request(
        "POST",
        "/a b/ü?x",
        params=(("q", "1&2"), ("q", "ä")),
        json={"title": "Größe", "n": [1, None, True]},
        headers=(("X-Trace", "7"),),
        reads=True,
    )

    result, _, (seen,) = try_once(answer('{"id": 7}', X_More="yes"), request=request)

    assert ("POST", "/a%20b/%C3%BC%3Fx?q=1%262&q=%C3%A4") == (seen.method, seen.target)
    assert {"title": "Größe", "n": [1, None, True]} == json.loads(seen.body)
    assert ("7", f"Bearer {TOKEN}") == (seen.headers["x-trace"], seen.headers["authorization"])
    assert (200, {"id": 7}, "yes") == (result.status, result.json, result.headers["x-more"])


def test_all_requests_of_a_flow_go_over_one_connection():
    def flow() -> Flow[list[Response]]:
        results = []
        for _ in range(5):
            results.append((yield READ))  # no yield in a comprehension
        return results

    with serving(script(GOOD)) as server, driver(server.url, MadeUpTime()) as client:
        results = client.run(flow())

    assert (5, 5, 1) == (len(results), len(server.seen), server.connections)


def test_a_flow_can_take_a_failure_and_go_on():
    def flow() -> Flow[str]:
        first = yield from outcome(READ)
        second = yield READ
        return f"{first} / {second.json}"

    replies = script(answer(status=404), GOOD)
    with serving(replies) as server, driver(server.url, MadeUpTime()) as client:
        text = client.run(flow())

    assert "IX611 Plain CRM said 404 {} / {'id': 7}" == text


def test_an_empty_answer_is_no_value():
    result, _, _ = try_once(answer("", status=204, content_type=None))

    assert (204, None) == (result.status, result.json)


# Limits


@pytest.mark.parametrize("request_", [READ, WRITE])
def test_a_throttled_request_waits_as_long_as_it_is_told(request_):
    result, slept, seen = try_once(answer(status=429, Retry_After="7"), GOOD, request=request_)

    assert ({"id": 7}, 2) == (result.json, len(seen))
    assert 7 <= sum(slept) < 8


def test_a_date_says_how_long_to_wait_too():
    date = "Sat, 21 Nov 2026 09:00:20 GMT"

    _, slept, seen = try_once(answer(status=429, Retry_After=date), GOOD)

    assert 2 == len(seen)
    assert 20 <= sum(slept) < 21


def test_a_throttled_request_without_advice_waits_one_interval_of_the_limit():
    headers = {"X_Max": "100", "X_Remaining": "0", "X_Interval_Ms": "4000"}

    _, slept, seen = try_once(answer(status=429, **headers), GOOD)

    assert 2 == len(seen)
    assert 4 <= sum(slept) < 5


def test_a_system_that_never_stops_throttling_is_asked_five_times():
    result, _, seen = try_once(answer(status=429, Retry_After="1"))

    assert ("IX606", Kind.THROTTLED, 5) == (result.code, result.kind, len(seen))
    assert "(tried 5 times)" in str(result)


def test_a_daily_limit_is_final():
    result, slept, seen = try_once(answer('{"policyName": "DAILY"}', status=429))

    assert ("IX607", [], 1) == (result.code, slept, len(seen))


def test_a_wait_of_hours_is_told_and_not_waited_for():
    result, slept, seen = try_once(answer(status=429, Retry_After="11400"))

    assert ([], 1) == (slept, len(seen))
    assert "the system asks to wait 3 h 10 min" in str(result)


def test_requests_are_spread_as_the_headers_say():
    headers = {"X_Max": "10", "X_Interval_Ms": "10000", "X_Daily_Remaining": "512"}

    def flow() -> Flow[None]:
        for _ in range(30):
            yield READ

    time = MadeUpTime()
    with serving(script(answer(**headers))) as server, driver(server.url, time) as client:
        client.run(flow())

    assert (30, 0, 512) == (
        client.usage.requests,
        client.usage.retries,
        client.usage.daily_remaining,
    )
    assert 30 <= client.usage.waited < 31  # 9 in 10 seconds, one in ten left to others


# Failures of the system


def test_a_read_is_tried_again_when_the_system_fails():
    result, slept, seen = try_once(answer(status=500), answer("<h1>", status=502), GOOD)

    assert ({"id": 7}, 3) == (result.json, len(seen))
    assert sorted(slept) == slept


def test_a_read_that_keeps_failing_is_told():
    result, _, seen = try_once(answer(status=503))

    assert ("IX608", Kind.UNAVAILABLE, 503, 5) == (
        result.code,
        result.kind,
        result.status,
        len(seen),
    )


UNCERTAIN = {
    "500": answer(status=500),
    "hang up": HANG_UP,
    "half an answer": answer('{"id": 7', length=9),
    "broken JSON": answer('{"id": 7'),
    "a web page": answer("<h1>Sign in</h1>", content_type="text/html"),
    "NaN": answer('{"id": NaN}'),
    "latin-1": answer('{"id": "ü"}'.encode("latin-1")),
    "not gzip": answer("{}", Content_Encoding="gzip"),
}


@pytest.mark.parametrize("trouble", UNCERTAIN.values(), ids=UNCERTAIN)
def test_a_write_without_a_clear_answer_is_sent_once_and_its_outcome_is_unknown(trouble):
    result, slept, seen = try_once(trouble, GOOD, request=WRITE)

    assert (Kind.UNKNOWN, 1, []) == (result.kind, len(seen), slept)
    assert "whether the change was made is not known" in str(result)


@pytest.mark.parametrize(
    "trouble", [UNCERTAIN[name] for name in ("500", "hang up", "half an answer", "broken JSON")]
)
@pytest.mark.parametrize("request_", [READ, REPEATABLE])
def test_what_may_be_repeated_is_sent_again(trouble, request_):
    result, _, seen = try_once(trouble, GOOD, request=request_)

    assert ({"id": 7}, 2) == (result.json, len(seen))


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (UNCERTAIN["broken JSON"], "is not complete JSON (tried 5 times)"),
        (UNCERTAIN["a web page"], "is a web page, not data"),
        (UNCERTAIN["NaN"], "is not complete JSON"),
        (UNCERTAIN["latin-1"], "is not text in UTF-8"),
        (UNCERTAIN["half an answer"], "broke off (tried 5 times)"),
        (UNCERTAIN["not gzip"], "cannot be unpacked"),
        (answer("[" * 65 + "]" * 65), "is nested more than 64 levels deep"),
        (answer("[" * 200_000 + "]" * 200_000), "is nested more than 64 levels deep"),
        (answer("9" * 5_000), "is not complete JSON"),
        (answer('"x"', content_type="text/csv; charset=utf-8"), "is text/csv, not JSON"),
    ],
)
def test_an_unreadable_answer_to_a_read_says_what_is_wrong_with_it(trouble, words):
    result, _, _ = try_once(trouble)

    assert ("IX609", Kind.UNAVAILABLE) == (result.code, result.kind)
    assert f"the answer to GET /things {words}" in str(result)


@pytest.mark.parametrize(
    "body",
    [answer(b" " * 2_000_001), answer(gzip.compress(b" " * 9_000_000), Content_Encoding="gzip")],
)
def test_a_huge_answer_is_not_taken_in(body):
    result, _, seen = try_once(body, patience=Patience(largest=1_000_000))

    assert ("IX609", 1) == (result.code, len(seen))


def test_a_nested_answer_of_sensible_depth_is_read():
    result, _, _ = try_once(answer("[" * 64 + "]" * 64))

    assert 200 == result.status


def test_half_a_character_pair_does_no_harm():
    result, _, _ = try_once(answer('{"title": "\\ud83d\\ude00 \\ud83d"}'))

    assert {"title": "😀 ?"} == result.json


def test_a_locked_object_is_tried_again_after_two_seconds():
    result, slept, seen = try_once(answer(status=423), GOOD, request=WRITE)

    assert ({"id": 7}, 2) == (result.json, len(seen))
    assert sum(slept) >= 2


@pytest.mark.parametrize("status", [400, 401, 404, 409])
def test_a_refusal_is_not_argued_with(status):
    result, slept, seen = try_once(answer(status=status))

    assert (status, [], 1) == (result.status, slept, len(seen))


@pytest.mark.parametrize(
    ("request_", "kind", "times"), [(READ, Kind.UNAVAILABLE, 5), (WRITE, Kind.UNKNOWN, 1)]
)
def test_an_answer_that_does_not_come_is_not_waited_for(request_, kind, times):
    result, _, seen = try_once(None, request=request_, patience=Patience(read=0.05))

    assert ("IX610", kind, times) == (result.code, kind, len(seen))
    assert "took too long to answer" in str(result)


# Failures of the network


@pytest.mark.parametrize("request_", [READ, WRITE])
def test_a_refused_connection_never_reached_anybody(request_):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    time = MadeUpTime()

    with driver(f"http://127.0.0.1:{port}", time) as client:
        result = client.run(outcome(request_))

    assert ("IX610", Kind.UNAVAILABLE, 4) == (result.code, result.kind, len(time.slept))
    assert "127.0.0.1 refuses the connection" in str(result)


@pytest.mark.parametrize("request_", [READ, WRITE])
def test_a_name_that_nobody_knows_is_told(request_, monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)

    with driver(Plain.base_url, MadeUpTime()) as client:
        result = client.run(outcome(request_))

    assert ("IX610", Kind.UNAVAILABLE) == (result.code, result.kind)
    assert "api.plain.example cannot be found" in str(result)


def test_nothing_is_sent_to_a_host_that_cannot_prove_who_it_is():
    heard = []

    def impostor(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 Trust me\r\n\r\n")
            heard.append(connection.recv(65536))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=impostor, args=(listener,))
        thread.start()
        with driver(f"https://127.0.0.1:{listener.getsockname()[1]}", MadeUpTime()) as client:
            result = client.run(outcome(READ))
        thread.join()

    assert ("IX616", Kind.UNAVAILABLE) == (result.code, result.kind)
    assert [False] == [TOKEN.encode() in data for data in heard]


# Where a token may go


@pytest.mark.parametrize("request_", [READ, WRITE])
def test_a_redirect_is_not_followed_and_the_token_stays_here(request_):
    with serving(script(GOOD)) as other:
        location = f"{other.url}/things"

        result, _, seen = try_once(answer(status=307, Location=location), request=request_)

    assert ("IX616", 1, []) == (result.code, len(seen), other.seen)
    assert "redirects" in str(result)


@pytest.mark.parametrize(
    "url",
    [
        "http://api.plain.example",
        "https://api.plain.example.evil.example",
        "https://evil.example",
        "https://evil.example/api.plain.example",
        "https://api.plain.example@evil.example",
        "https://user:word@api.plain.example",
        "https://api.plain.example:8443",
        "ftp://127.0.0.1",
        "127.0.0.1:8700",
        "http://128.0.0.1",
        "http://[::2]",
        "https://api.plain.example?x=",
        "http://127.0.0.1:port",
        "",
    ],
)
def test_a_token_goes_nowhere_but_to_its_own_system(url):
    with pytest.raises(RemoteError) as caught:
        driver(url, MadeUpTime())

    assert "IX616" == caught.value.code


@pytest.mark.parametrize(
    "url",
    [
        "https://api.plain.example",
        "https://api.plain.example:443/",
        "http://127.0.0.1:8700",
        "http://[::1]:8700",
        "http://localhost:8700/",
    ],
)
def test_its_own_system_and_this_machine_are_allowed(url):
    driver(url, MadeUpTime()).close()


class Own(Plain):
    """A system that people run themselves."""

    hosts = ()


OWN = own_hosts({"IXIA_HOSTS": "crm.acme.example, Desk.acme.example:8443"})


@pytest.mark.parametrize("url", ["https://crm.acme.example", "https://desk.acme.example:8443"])
def test_a_host_that_the_environment_names_is_asked(url):
    driver(url, MadeUpTime(), connector=Own(), own=OWN).close()


@pytest.mark.parametrize(
    "url",
    [
        "http://crm.acme.example",
        "https://crm.acme.example:8443",
        "https://desk.acme.example",
        "https://evil.example",
        "https://crm.acme.example.evil.example",
        "",
    ],
)
def test_no_other_host_gets_the_token_of_a_system_of_ones_own(url):
    with pytest.raises(RemoteError) as caught:
        driver(url, MadeUpTime(), connector=Own(), own=OWN)

    assert "IX616" == caught.value.code


def test_a_host_of_ones_own_without_encryption_is_told_to_have_it():
    with pytest.raises(RemoteError, match="not an encrypted address"):
        driver("http://crm.acme.example", MadeUpTime(), connector=Own(), own=OWN)


def test_the_environment_does_not_move_a_system_that_has_its_own_host():
    with pytest.raises(RemoteError) as caught:
        driver("https://crm.acme.example", MadeUpTime(), own=OWN)

    assert "IX616" == caught.value.code


@pytest.fixture(scope="module")
def remote():
    with driver("https://api.plain.example", MadeUpTime()) as client:
        yield client


@given(st.text(min_size=1).map(lambda text: f"/{text}") | st.text(alphabet="/.:@?#\\%evil"))
def test_no_path_leads_to_another_host(remote, path):
    url = remote._url(Request("GET", f"/{path}", reads=True))

    assert ("https", "api.plain.example", None) == (url.scheme, url.host, url.port)
    assert ("", "") == (url.query.decode(), url.fragment)


def test_a_sandbox_on_this_machine_is_asked_without_a_proxy(monkeypatch):
    with serving(script(GOOD)) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.delenv("NO_PROXY", raising=False)
        monkeypatch.delenv("no_proxy", raising=False)

        result, _, _ = try_once(GOOD)

    assert (200, []) == (result.status, proxy.seen)


# Who may write

requests = st.builds(
    Request,
    method=st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "PURGE"]),
    path=st.just("/things"),
    reads=st.booleans(),
    repeatable=st.booleans(),
)


@given(requests)
def test_a_driver_that_only_reads_sends_nothing_but_declared_reads(request_):
    with serving(script(answer(""))) as server:
        client: Driver = driver(server.url, MadeUpTime(), writes=False)
        try:
            client.run(ask(request_))
        except WriteRefused:
            allowed = False
        else:
            allowed = True
        client.close()

    assert allowed == (len(server.seen) == 1)
    assert allowed == (request_.reads and request_.method in ("GET", "POST", "HEAD"))


def test_a_read_that_is_none_is_refused_even_where_writing_is_allowed():
    with pytest.raises(WriteRefused):
        try_once(GOOD, request=Request("DELETE", "/things/1", reads=True))


@pytest.mark.parametrize("name", ["Authorization", "host", "Cookie"])
def test_a_connector_cannot_set_the_headers_of_the_driver(name):
    with pytest.raises(WriteRefused):
        try_once(GOOD, request=Request("GET", "/", headers=((name, "x"),), reads=True))


def test_a_flow_is_closed_when_its_request_is_refused():
    closed = []

    def flow() -> Flow[None]:
        try:
            yield WRITE
        finally:
            closed.append(True)

    client = driver("http://127.0.0.1:1", MadeUpTime(), writes=False)
    with client, pytest.raises(WriteRefused):
        client.run(flow())

    assert [True] == closed


# The request log


def test_the_request_log_has_a_line_for_every_try():
    log = []

    try_once(answer(status=500), GOOD, log=log)

    assert [
        "GET /things 500 0 ms, IX608",
        "GET /things 200 0 ms, try 2",
    ] == [str(exchange) for exchange in log]
