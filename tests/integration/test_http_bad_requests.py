"""Requests that are too large, too slow or no HTTP, on real connections."""

import gzip
import json
import select
import socket
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace

import pytest

from tests.support.http_servers import answer_on, answer_to, connected, post
from tests.support.http_tiny import LIMITS, Served, running
from tests.support.waiting import eventually


@pytest.fixture(scope="module")
def api() -> Iterator[Served]:
    """A server for tests that leave it as it was."""
    with running() as api:
        yield api


def test_a_body_within_the_limit_of_its_path_is_handed_over_whole(api: Served) -> None:
    assert json.loads(post(api.port, "/events", b"x" * 1024).body) == {"bytes": 1024}
    assert json.loads(post(api.port, "/batches", b"x" * 4096).body) == {"bytes": 4096}


def test_a_body_over_the_limit_of_its_path_is_refused_and_the_connection_closed(
    api: Served,
) -> None:
    for path, size in (("/events", 1025), ("/batches", 4097), ("/events", 3_000_000)):
        answer = post(api.port, path, b"x" * size)
        assert (answer.status, answer.problem) == (413, "too-large")
        assert answer.headers["connection"] == "close"


def test_b12_an_endless_chunked_body_is_refused_at_the_limit(api: Served) -> None:
    with closing(connected(api.port)) as connection:
        connection.sendall(
            b"POST /events HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        sent = endlessly(connection, b"400\r\n" + b"x" * 1024 + b"\r\n")
        answer = answer_on(connection)
    assert (answer.status, answer.problem) == (413, "too-large")
    # What is on its way fits into the buffers of both ends.
    assert sent < 16 * 1024 * 1024


def endlessly(connection: socket.socket, part: bytes) -> int:
    """Send until there is an answer; returns how much."""
    sent = 0
    while sent < 64 * 1024 * 1024 and not select.select([connection], [], [], 0)[0]:
        sent += connection.send(part)
    return sent


def test_who_asks_before_sending_a_body_is_told_at_once_that_it_is_too_large(api: Served) -> None:
    head = b"POST /events HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n"
    answer = answer_to(api.port, head + b"Content-Length: 99999\r\n\r\n")
    assert (answer.status, answer.problem) == (413, "too-large")


def test_a_body_that_does_not_arrive_in_time_is_refused(api: Served) -> None:
    head = b"POST /events HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n"
    answer = answer_to(api.port, head + b"half")
    assert (answer.status, answer.problem) == (408, "request-timeout")


def test_slow_bodies_take_no_place_of_other_requests() -> None:
    head = b"POST /events HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n"
    limits = replace(LIMITS, requests_at_once=1, body_seconds=5.0)
    with running(limits) as api, ExitStack() as slow:
        for _ in range(12):
            connection = slow.enter_context(closing(connected(api.port)))
            connection.sendall(head + b"half")
        assert api.get("/cases/1").status == 200


def test_all_bodies_together_are_bounded() -> None:
    head = b"POST /events HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n"
    limits = replace(LIMITS, bodies_together=1500, body_seconds=5.0)
    with running(limits) as api, closing(connected(api.port)) as slow:
        slow.sendall(head + b"x" * 900)

        def refused() -> bool:
            answer = post(api.port, "/events", b"x" * 1000)
            return answer.status == 503 and answer.problem == "overloaded"

        eventually(refused, what="a refusal while another body is held")
        slow.sendall(b"x" * 100)
        assert slow.recv(65536).startswith(b"HTTP/1.1 200")
        assert post(api.port, "/events", b"x" * 1000).status == 200


@pytest.mark.parametrize("encoding", ["gzip", "br", "identity, gzip"])
def test_b10_b11_a_body_that_announces_an_encoding_is_refused(api: Served, encoding: str) -> None:
    body = gzip.compress(b"0" * 100_000)
    answer = post(api.port, "/events", body, f"Content-Encoding: {encoding}")
    assert (answer.status, answer.problem) == (415, "encoding-not-supported")


@pytest.mark.parametrize("at_once", [True, False])
def test_b9_a_head_of_100_kb_is_refused_however_it_arrives(api: Served, at_once: bool) -> None:
    head = b"GET /cases/1 HTTP/1.1\r\nHost: h\r\nX-Padding: " + b"x" * 100_000
    with closing(connected(api.port)) as connection:
        connection.sendall(head + (b"\r\n\r\n" if at_once else b""))
        answer = answer_on(connection)
    assert (answer.status, answer.problem) == (431, "headers-too-large")


def test_a_head_over_16_kib_that_arrives_at_once_is_refused(api: Served) -> None:
    answer = api.get("/cases/1", "X-Padding: " + "x" * 16 * 1024)
    assert (answer.status, answer.problem) == (431, "headers-too-large")
    assert api.get("/cases/1", "X-Padding: " + "x" * 15 * 1024).status == 200


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(
            b"POST /events HTTP/1.1\r\nHost: h\r\n"
            b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
            id="B70 two lengths",
        ),
        pytest.param(
            b"POST /events HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            id="B71 length and chunks",
        ),
        pytest.param(
            b"POST /events HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n",
            id="B72 chunk size that is none",
        ),
        pytest.param(
            b"POST /events HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcdef",
            id="B72 chunk that is longer than it says",
        ),
        pytest.param(
            b"POST /events HTTP/1.1\r\nHost: h\r\n"
            b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            id="transfer encoding that is unknown",
        ),
        pytest.param(b"GET /cases/1 HTTP/1.1\r\nHost: h\r\nbad header\r\n\r\n", id="no header"),
        pytest.param(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", id="TLS"),
    ],
)
def test_b70_b72_what_is_not_http_is_refused_and_the_connection_closed(
    api: Served, request_: bytes
) -> None:
    answer = answer_to(api.port, request_ + b"GET /cases/smuggled HTTP/1.1\r\nHost: h\r\n\r\n")
    assert (answer.status, answer.problem) == (400, "malformed-request")
    assert answer.headers["connection"] == "close"
    assert answer.body.count(b"HTTP/1.1 ") == 0, "a second request was answered"


@pytest.mark.parametrize("method", ["TRACE", "DELETE", "BREW"])
def test_b73_other_methods_are_told_which_there_are(api: Served, method: str) -> None:
    answer = api.get("/cases/1", method=method)
    assert (answer.status, answer.problem) == (405, "method-not-allowed")
    assert answer.headers["allow"] == "get"


def test_b73_a_header_cannot_change_the_method(api: Served) -> None:
    override = ("X-HTTP-Method-Override: DELETE", "X-Method-Override: TRACE", "X-HTTP-Method: PUT")
    assert api.get("/cases/1", *override).status == 200


def test_an_upgrade_to_another_protocol_is_ignored(api: Served) -> None:
    assert api.get("/cases/1", "Upgrade: websocket", "Sec-WebSocket-Version: 13").status == 200
