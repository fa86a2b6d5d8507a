"""The real HTTP server on loopback, and requests that no well-behaved client would send."""

import asyncio
import json
import queue
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

import uvloop
from starlette.types import ASGIApp

from services.api.serving import ServeLimits, serve

_SECONDS = 10.0


@contextmanager
def served(
    app: ASGIApp,
    limits: ServeLimits | None = None,
    refused: Callable[[str], None] = lambda _slug: None,
) -> Iterator[int]:
    """Serve `app` in a thread with an event loop of its own; gives the port."""
    port: queue.Queue[int] = queue.Queue()
    stopping: queue.Queue[Callable[[], object]] = queue.Queue()

    async def run() -> None:
        stop, loop = asyncio.Event(), asyncio.get_running_loop()
        stopping.put(lambda: loop.call_soon_threadsafe(stop.set))
        await serve(
            app, "127.0.0.1", 0, stop=stop, limits=limits, listening=port.put, refused=refused
        )

    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(lambda: uvloop.run(run()))
        try:
            yield port.get(timeout=_SECONDS)
        finally:
            stopping.get(timeout=_SECONDS)()
            running.result(timeout=_SECONDS)


@dataclass(frozen=True)
class Answer:
    """What came back on a connection up to its end."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def problem(self) -> str:
        """The slug of the problem document that it is."""
        assert self.headers["content-type"] == "application/problem+json"
        assert self.headers["cache-control"] == "no-store"
        document: dict[str, Any] = json.loads(self.body)
        assert document["status"] == self.status
        return str(document["type"]).removeprefix("/problems/")


def connected(port: int, source: str = "127.0.0.1") -> socket.socket:
    """A connection to the server, from any address of the loopback; close it."""
    return socket.create_connection(("127.0.0.1", port), _SECONDS, source_address=(source, 0))


def answer_on(connection: socket.socket) -> Answer:
    """Read to the end of the connection; fails if it is not closed."""
    received = b""
    while part := connection.recv(65536):
        received += part
    return parsed(received)


def parsed(received: bytes) -> Answer:
    """The answer that these bytes are."""
    head, _, body = received.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = dict(line.lower().split(": ", 1) for line in lines)
    return Answer(int(first.split()[1]), headers, body)


def answer_to(port: int, request: bytes) -> Answer:
    """Send bytes and read until the server closes."""
    with closing(connected(port)) as connection:
        connection.sendall(request)
        return answer_on(connection)


def get(port: int, path: str, *headers: str, method: str = "GET") -> Answer:
    """A request without a body, on a connection of its own."""
    lines = [f"{method} {path} HTTP/1.1", "Host: here", "Connection: close", *headers]
    return answer_to(port, "\r\n".join([*lines, "", ""]).encode())


def post(port: int, path: str, body: bytes, *headers: str) -> Answer:
    """A request with a body, on a connection of its own."""
    lines = [f"POST {path} HTTP/1.1", "Host: here", "Connection: close", *headers]
    length = f"Content-Length: {len(body)}"
    return answer_to(port, "\r\n".join([*lines, length, "", ""]).encode() + body)
