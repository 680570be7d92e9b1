"""Whether a request is sent again: a pure decision, so laws say it."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from ixia_config.edges.retry import Failure, Patience, pause, retry_after
from ixia_config.sdk import Kind, RemoteError, Request

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)

requests = st.builds(
    Request,
    method=st.just("POST"),
    path=st.just("/"),
    reads=st.booleans(),
    repeatable=st.booleans(),
)
errors = st.builds(
    lambda kind, code, status: RemoteError(kind, "no", code=code, status=status),
    st.sampled_from(Kind),
    st.sampled_from([f"IX6{number:02}" for number in range(17)]),
    st.none() | st.sampled_from([400, 409, 423, 429, 477, 500, 503]),
)
failures = st.builds(Failure, errors, st.none() | st.floats(0, 10_000), st.booleans())
attempts = st.integers(1, 10)
chances = st.floats(0, 1, exclude_max=True)


def decide(failure: Failure, request: Request, attempt: int, chance: float = 0.0) -> float | None:
    return pause(
        failure, request, attempt=attempt, interval=10.0, chance=chance, patience=Patience()
    )


@given(failures, requests, attempts, chances)
def test_a_write_of_unknown_outcome_is_never_sent_again(failure, request, attempt, chance):
    again = decide(failure, request, attempt, chance) is not None

    unknown = failure.error.kind is Kind.UNKNOWN and failure.error.code != "IX614"
    if unknown and failure.error.status != 423 and not request.reads and not request.repeatable:
        assert not again


@given(failures, requests, attempts, chances)
def test_what_is_final_stays_final(failure, request, attempt, chance):
    again = decide(failure, request, attempt, chance) is not None

    if failure.final or attempt >= 5 or failure.error.code in ("IX607", "IX615", "IX616"):
        assert not again


@given(failures, requests, attempts, chances)
def test_a_wait_is_as_long_as_asked_and_never_endless(failure, request, attempt, chance):
    seconds = decide(failure, request, attempt, chance)

    if seconds is not None:
        assert (failure.retry_after or 0) <= seconds <= 150


@given(failures, requests, st.integers(1, 3))
def test_waits_grow(failure, request, attempt):
    first, second = (decide(failure, request, each) for each in (attempt, attempt + 1))

    assert (first is None) == (second is None)
    assert first is None or first < second


@given(st.none() | st.text() | st.integers().map(str) | st.datetimes().map(str))
def test_any_retry_after_is_read_or_ignored(text):
    seconds = retry_after(text, NOW)

    assert seconds is None or seconds >= 0


@given(st.integers(0, 10**8))
def test_seconds_and_dates_say_the_same(seconds):
    moment = datetime.fromtimestamp(NOW.timestamp() + seconds, UTC)
    date = moment.strftime("%a, %d %b %Y %H:%M:%S GMT")

    assert float(seconds) == retry_after(str(seconds), NOW) == retry_after(date, NOW)
