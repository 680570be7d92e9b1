"""The rate limiter: never over the limit, whoever asks, and never stuck."""

from bisect import bisect_right
from concurrent.futures import ThreadPoolExecutor

from hypothesis import given
from hypothesis import strategies as st

from ixia_config.edges.limits import Limiter, Limiters, allowance_of
from ixia_config.edges.secrets import Secret
from ixia_config.sdk import LimitHeaders
from tests.edges.plain import HEADERS, MadeUpTime

counts = st.integers(1, 40)
intervals = st.integers(100, 60_000)
words = st.text() | st.integers().map(str)


def most_in_a_window(moments: list[float], seconds: float) -> int:
    """The largest number of moments in any stretch of time that long."""
    ordered = sorted(moments)
    return max(
        (bisect_right(ordered, moment + seconds - 1e-6) - index)
        for index, moment in enumerate(ordered)
    )


def told(maximum: int, interval: int, **more: str) -> dict[str, str]:
    return {"x-max": str(maximum), "x-interval-ms": str(interval)} | more


@given(counts, intervals, st.lists(st.floats(0, 20), min_size=1, max_size=80))
def test_no_rolling_interval_holds_more_than_its_limit(maximum, interval, pauses):
    time = MadeUpTime()
    limiter = Limiter(HEADERS, clock=time.clock, sleep=time.sleep)
    limiter.learn(told(maximum, interval))
    moments = []
    for pause in pauses:
        time.seconds += pause
        limiter.acquire("/things")
        moments.append(time.seconds)

    assert most_in_a_window(moments, interval / 1000) <= maximum


@given(counts, st.lists(st.tuples(st.floats(0, 3), st.integers(0, 5)), min_size=1, max_size=80))
def test_what_other_programs_use_is_left_to_them(maximum, steps):
    """A vendor that counts rolling, and a second program that spends from the same allowance."""
    time = MadeUpTime()
    limiter = Limiter(HEADERS, clock=time.clock, sleep=time.sleep)
    spent: list[float] = []
    for pause, foreign in steps:
        time.seconds += pause
        limiter.acquire("/things")
        recent = [moment for moment in spent if moment > time.seconds - 10]
        assert len(recent) < maximum
        spent = [*recent, time.seconds]
        spent += [time.seconds] * max(0, min(foreign, maximum - len(spent)))
        remaining = str(max(0, maximum - len(spent)))
        limiter.learn(told(maximum, 10_000, **{"x-remaining": remaining}))


def test_our_own_requests_are_not_taken_for_those_of_others():
    """A vendor 20 ms away that counts when a request arrives, and nobody else there."""
    time = MadeUpTime()
    limiter = Limiter(HEADERS, clock=time.clock, sleep=time.sleep)
    arrived: list[float] = []
    for _ in range(900):
        limiter.acquire("/things")
        time.seconds += 0.02
        arrived = [moment for moment in arrived if moment > time.seconds - 10] + [time.seconds]
        remaining = str(100 - len(arrived))
        time.seconds += 0.02
        limiter.learn(told(100, 10_000, **{"x-remaining": remaining}))

    assert time.seconds - 1_000 < 110  # 90 in 10 seconds are allowed to us


def test_threads_with_one_token_share_one_limit():
    time = MadeUpTime()
    limiters = Limiters(clock=time.clock, sleep=time.sleep)
    moments = []

    def work(_: int) -> None:
        limiter = limiters.of("https://api.plain.example", Secret("one token for all"), HEADERS)
        limiter.learn(told(10, 10_000))
        for _ in range(20):
            limiter.acquire("/things")
            moments.append(time.seconds)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))

    # A moment is noted after the limiter let it through, by when the clock may have moved on.
    assert 80 == len(moments)
    assert time.seconds - 1_000 >= (80 // 9 - 1) * 10


def test_other_tokens_and_other_systems_have_limits_of_their_own():
    time = MadeUpTime()
    limiters = Limiters(clock=time.clock, sleep=time.sleep)
    one = limiters.of("https://a.example", Secret("first token"), HEADERS)

    assert one is limiters.of("https://a.example", Secret("first token"), HEADERS)
    assert one is not limiters.of("https://a.example", Secret("second token"), HEADERS)
    assert one is not limiters.of("https://b.example", Secret("first token"), HEADERS)


def test_a_path_with_a_pace_of_its_own_keeps_it():
    time = MadeUpTime()
    limiter = Limiter(HEADERS, clock=time.clock, sleep=time.sleep)
    moments = []
    for _ in range(20):
        limiter.acquire("/deals/search")
        moments.append(time.seconds)
        limiter.acquire("/deals")

    assert 5 == most_in_a_window(moments, 1.0)


@given(words, words, words, words)
def test_odd_headers_change_nothing_for_the_worse(maximum, remaining, interval, daily):
    time = MadeUpTime()
    limiter = Limiter(HEADERS, clock=time.clock, sleep=time.sleep)
    limiter.learn(
        {
            "x-max": maximum,
            "x-remaining": remaining,
            "x-interval-ms": interval,
            "x-daily-remaining": daily,
        }
    )

    assert limiter.acquire("/things") <= 601


@given(st.dictionaries(st.sampled_from(["x-max", "x-remaining", "x-interval-ms"]), words))
def test_an_allowance_is_always_sensible(headers):
    allowance = allowance_of(headers, HEADERS)

    assert allowance is None or (
        1 <= allowance.count <= 100_000
        and 0 < allowance.seconds <= 600
        and (allowance.left is None or 0 <= allowance.left <= allowance.count)
    )


def test_a_system_that_announces_nothing_is_not_slowed_down():
    time = MadeUpTime()
    limiter = Limiter(None, clock=time.clock, sleep=time.sleep)

    for _ in range(1_000):
        limiter.acquire("/things")
        limiter.learn({"x-max": "1"})

    assert ([], None) == (time.slept, limiter.daily_remaining)


def test_the_interval_is_assumed_until_it_is_announced():
    time = MadeUpTime()
    names = LimitHeaders(maximum="m", remaining="r", interval_ms="i", interval=7.0)
    limiter = Limiter(names, clock=time.clock, sleep=time.sleep)
    before = limiter.interval
    limiter.learn({"m": "9", "i": "3000"})

    assert (7.0, 3.0) == (before, limiter.interval)
