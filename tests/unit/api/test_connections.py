"""Connections are counted by peer and in all, and each that is counted leaves again."""

from hypothesis import given
from hypothesis import strategies as st

from services.api.connections import ConnectionLimits, Connections

LIMITS = ConnectionLimits(most=5, most_of_a_peer=2)


def test_a_peer_has_its_places_and_others_have_theirs() -> None:
    connections = Connections(LIMITS)
    assert [connections.enter("a") for _ in range(3)] == [True, True, False]
    assert connections.enter("b")


def test_there_are_only_so_many_places_in_all() -> None:
    connections = Connections(LIMITS)
    assert [connections.enter(peer) for peer in "abcdef"] == [True] * 5 + [False]


def test_a_trusted_proxy_speaks_for_many_but_not_for_more_than_there_are_places() -> None:
    connections = Connections(LIMITS, frozenset({"proxy"}))
    assert [connections.enter("proxy") for _ in range(6)] == [True] * 5 + [False]


def test_who_is_refused_takes_no_place_of_others() -> None:
    connections = Connections(LIMITS)
    assert sum(connections.enter("a") for _ in range(100)) == 2
    assert connections.enter("b")


@given(st.lists(st.sampled_from("abc"), max_size=30))
def test_when_all_have_left_there_is_room_as_before(peers: list[str]) -> None:
    connections = Connections(LIMITS)
    entered = [peer for peer in peers if connections.enter(peer)]
    for peer in entered:
        connections.leave(peer)
    assert [connections.enter(peer) for peer in "aabbc"] == [True] * 5
