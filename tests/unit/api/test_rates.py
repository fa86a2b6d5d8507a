"""Token buckets give what was agreed and no more, and remember only so many senders."""

from collections.abc import Hashable

from hypothesis import given
from hypothesis import strategies as st

from services.api.limits.rates import TokenBuckets, peer_address

GAPS = st.lists(st.floats(min_value=0, max_value=3), min_size=1, max_size=80)


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def buckets(
    seconds: Seconds, *, per_second: float = 2, burst: int = 3, most_keys: int = 10
) -> TokenBuckets:
    return TokenBuckets(per_second, burst, clock=seconds, most_keys=most_keys)


def taken_of(limit: TokenBuckets, key: Hashable, tries: int) -> int:
    return sum(limit.take(key) == 0 for _ in range(tries))


def test_a_full_bucket_gives_its_burst_and_then_says_how_long_to_wait() -> None:
    limit = buckets(Seconds())
    assert [limit.take("a") for _ in range(5)] == [0, 0, 0, 0.5, 0.5]


def test_who_waits_as_long_as_told_gets_the_next_token() -> None:
    seconds = Seconds()
    limit = buckets(seconds)
    taken_of(limit, "a", 3)
    seconds.now += limit.take("a")
    assert [limit.take("a"), limit.take("a")] == [0, 0.5]


def test_one_senders_tokens_are_not_anothers() -> None:
    limit = buckets(Seconds())
    assert taken_of(limit, "loud", 100) == 3
    assert taken_of(limit, "quiet", 3) == 3


@given(GAPS)
def test_no_stretch_of_time_gives_more_than_the_burst_and_the_refill(gaps: list[float]) -> None:
    seconds = Seconds()
    limit = buckets(seconds)
    taken = []
    for gap in gaps:
        seconds.now += gap
        if limit.take("a") == 0:
            taken.append(seconds.now)
    for first, begun in enumerate(taken):
        for count, ended in enumerate(taken[first:], 1):
            assert count <= 3 + 2 * (ended - begun) + 1e-4


@given(GAPS)
def test_a_sender_that_stays_within_the_rate_is_never_refused(gaps: list[float]) -> None:
    seconds = Seconds()
    limit = buckets(seconds)
    for gap in gaps:
        assert limit.take("a") == 0
        seconds.now += max(gap, 0.5)


def test_only_so_many_senders_are_remembered() -> None:
    limit = buckets(Seconds(), most_keys=10)
    for number in range(1000):
        limit.take(number)
    assert len(limit) == 10


def test_the_sender_that_came_longest_ago_is_forgotten_first() -> None:
    seconds = Seconds()
    limit = buckets(seconds, most_keys=3)
    for key in "abc":
        taken_of(limit, key, 3)
    seconds.now += 0.5
    assert limit.take("a") == 0
    limit.take("d")
    assert limit.take("a") > 0, "it came last but one"
    assert taken_of(limit, "b", 5) == 3, "it came first, and starts anew"


def test_addresses_of_one_ipv6_site_count_as_one_sender() -> None:
    def peer(host: str) -> str | None:
        return peer_address({"client": (host, 1)})

    assert peer("2001:db8:1:2::1") == peer("2001:db8:1:2:ffff::9")
    assert peer("2001:db8:1:2::1") != peer("2001:db8:1:3::1")
    assert peer("::ffff:192.0.2.1") == peer("192.0.2.1") == "192.0.2.1"
    assert peer("a-socket") == "a-socket"
    assert peer_address({"client": None}) is None
