"""Slow peers, many peers and too much work: the service answers all the same."""

import asyncio
import http.client
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.responses import StreamingResponse

from services.api.connections import ConnectionLimits
from services.api.limits import Lane, TokenBuckets
from services.api.serving import ServeLimits
from tests.support.http_servers import answer_on, connected, served
from tests.support.http_tiny import LIMITS, Served, running
from tests.support.waiting import eventually


@pytest.fixture(scope="module")
def api() -> Iterator[Served]:
    """A server for tests that leave it as it was."""
    with running() as api:
        yield api


def test_f39_slow_heads_keep_nobody_out_and_are_cut_off() -> None:
    serving = ServeLimits(ConnectionLimits(most_of_a_peer=40, head_seconds=1.0))
    with running(serving=serving) as api, ExitStack() as slow:
        half_open = [slow.enter_context(closing(connected(api.port))) for _ in range(12)]
        for connection in half_open:
            connection.sendall(b"GET /cases/1 HTTP/1.1\r\nHost: h\r\n")
        assert [api.get("/cases/1").status for _ in range(50)] == [200] * 50
        # A byte now and then buys no more time.
        for connection in half_open:
            connection.sendall(b"X-Drip: ")
        answers = [answer_on(connection) for connection in half_open]
        assert {(each.status, each.problem) for each in answers} == {(408, "request-timeout")}
        assert api.refused == ["request-timeout"] * 12


def test_a_connection_that_says_nothing_is_closed_without_a_word(api: Served) -> None:
    with closing(connected(api.port)) as connection:
        assert connection.recv(1) == b""


def test_a_second_request_on_a_connection_has_its_time_too(api: Served) -> None:
    with closing(connected(api.port)) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: h\r\n\r\nGET /he")
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    first, second = received.split(b"HTTP/1.1 ")[1:]
    assert first.startswith(b"200")
    assert second.startswith(b"408")


def test_requests_that_wait_long_for_their_answer_keep_their_connection() -> None:
    with running() as api, ThreadPoolExecutor(1) as threads:
        answer = threads.submit(api.get, "/held")
        eventually(lambda: api.gate.waiting)
        assert api.get("/cases/1").status == 200
        with closing(connected(api.port)) as idle:
            assert idle.recv(1) == b"", "the time limit for heads has passed"
        api.gate.opened.set()
        assert answer.result().status == 200


def test_a_peer_has_only_so_many_connections() -> None:
    serving = ServeLimits(ConnectionLimits(most_of_a_peer=3, head_seconds=5.0))
    with running(serving=serving) as api:
        with ExitStack() as held:
            for _ in range(3):
                keep_alive(api.port, held)
            answer = api.get("/cases/1")
            assert (answer.status, answer.problem) == (503, "overloaded")
        eventually(lambda: api.get("/healthz").status == 200, what="a place that is free again")
        assert "/cases/" not in api.metrics(), "what was refused was worked on all the same"


def test_a_peer_that_opens_ever_more_connections_keeps_no_other_out() -> None:
    serving = ServeLimits(ConnectionLimits(most=6, most_of_a_peer=3, head_seconds=5.0))
    with running(serving=serving) as api, ExitStack() as held:
        for _ in range(40):
            held.enter_context(closing(connected(api.port, source="127.0.0.2")))
        eventually(lambda: len(api.refused) == 37, what="the refusal of all but three")
        assert api.get("/cases/1").status == 200


def keep_alive(port: int, stack: ExitStack) -> http.client.HTTPConnection:
    """A connection on which a request was answered and another may follow."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    stack.callback(connection.close)
    connection.request("GET", "/healthz")
    response = connection.getresponse()
    assert (response.status, response.read()) == (200, b'{"alive":true}')
    return connection


def test_a_reader_that_takes_nothing_of_its_answer_is_cut_off() -> None:
    serving = ServeLimits(ConnectionLimits(stalled_seconds=0.3))
    app, lost = FastAPI(), threading.Event()

    @app.get("/large")
    async def large() -> StreamingResponse:
        async def parts() -> AsyncIterator[bytes]:
            try:
                while True:
                    yield b"x" * 65536
                    await asyncio.sleep(0)
            finally:
                lost.set()

        return StreamingResponse(parts())

    with served(app, serving) as port, closing(connected(port)) as connection:
        connection.sendall(b"GET /large HTTP/1.1\r\nHost: h\r\n\r\n")
        assert lost.wait(10), "the answer goes on for a reader that is not there"


def test_under_overload_what_has_no_place_is_told_so_and_operations_answer() -> None:
    lanes = (Lane(frozenset({"/stream"}), 1),)
    with running(replace(LIMITS, requests_at_once=2, lanes=lanes)) as api:
        with ThreadPoolExecutor(3) as threads:
            held = [threads.submit(api.get, path) for path in ("/held", "/held", "/stream")]
            eventually(lambda: api.gate.waiting == 3)
            for path in ("/cases/1", "/stream"):
                answer = api.get(path)
                assert (answer.status, answer.problem) == (503, "overloaded")
                assert answer.headers["retry-after"] == "1"
            for path in ("/healthz", "/readyz", "/metrics"):
                assert api.get(path).status == 200
            api.gate.opened.set()
            assert [each.result().status for each in held] == [200, 200, 200]
        assert api.get("/cases/1").status == 200


def test_what_finds_no_place_waits_for_one_a_moment() -> None:
    limits = replace(LIMITS, requests_at_once=1, place_seconds=10.0)
    with running(limits) as api, ThreadPoolExecutor(2) as threads:
        held = threads.submit(api.get, "/held")
        eventually(lambda: api.gate.waiting)
        waiting = threads.submit(api.get, "/cases/1")
        assert api.get("/healthz").status == 200
        assert not waiting.done()
        api.gate.opened.set()
        assert [held.result().status, waiting.result().status] == [200, 200]


def test_who_is_told_that_it_is_too_much_keeps_the_connection() -> None:
    with running(replace(LIMITS, requests_at_once=1)) as api, ThreadPoolExecutor(1) as threads:
        held = threads.submit(api.get, "/held")
        eventually(lambda: api.gate.waiting)
        with closing(http.client.HTTPConnection("127.0.0.1", api.port, timeout=10)) as connection:
            for _ in range(2):
                connection.request("POST", "/events", b"x" * 1000)
                response = connection.getresponse()
                assert (response.status, response.will_close) == (503, False)
                response.read()
        api.gate.opened.set()
        assert held.result().status == 200


def test_what_is_not_answered_by_its_deadline_is_answered_for() -> None:
    with running(replace(LIMITS, deadline_seconds=0.2, requests_at_once=1)) as api:
        answer = api.get("/never")
        assert (answer.status, answer.problem) == (503, "deadline")
        assert "retry-after" in answer.headers
        assert api.get("/cases/1").status == 200, "its place is free again"


def test_the_deadline_is_kept_even_where_work_cannot_be_cancelled() -> None:
    with running(replace(LIMITS, deadline_seconds=0.2, requests_at_once=1)) as api:
        assert api.get("/committing").problem == "deadline"
        assert api.get("/cases/1").problem == "overloaded", "the work still goes on"
        api.gate.opened.set()
        eventually(lambda: api.get("/cases/1").status == 200, what="a free place")


def test_an_answer_that_has_begun_in_time_may_go_on() -> None:
    limits = replace(LIMITS, deadline_seconds=0.2)
    with running(limits) as api, closing(connected(api.port)) as connection:
        connection.sendall(b"GET /stream HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        eventually(lambda: api.gate.waiting)
        assert api.get("/never").problem == "deadline"
        api.gate.opened.set()
        assert b"ended" in answer_on(connection).body


def test_b80_a_source_that_sends_too_much_is_told_so_and_no_other_is() -> None:
    def source(scope: Any) -> bytes | None:
        return dict(scope["headers"]).get(b"x-source")

    rates = ((source, TokenBuckets(per_second=1, burst=30, clock=lambda: 0.0)),)
    with running(replace(LIMITS, rates=rates)) as api, ExitStack() as stack:
        loud, quiet = keep_alive(api.port, stack), keep_alive(api.port, stack)
        seen: dict[str, list[int]] = {"loud": [], "quiet": []}
        for turn in range(300):
            seen["loud"].append(status_of(loud, "loud"))
            if turn % 10 == 0:
                seen["quiet"].append(status_of(quiet, "quiet"))
        assert seen["loud"] == [200] * 30 + [429] * 270
        assert seen["quiet"] == [200] * 30
        answer = api.get("/cases/1", "X-Source: loud")
        assert (answer.problem, answer.headers["retry-after"]) == ("rate-limited", "1")
        assert api.get("/healthz", "X-Source: loud").status == 200
        assert 'case_timeline_http_problems_total{problem="rate-limited"} 271.0' in api.metrics()


def status_of(connection: http.client.HTTPConnection, source: str) -> int:
    connection.request("GET", "/cases/1", headers={"X-Source": source})
    response = connection.getresponse()
    response.read()
    return response.status
