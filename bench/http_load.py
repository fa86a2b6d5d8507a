"""Asks a server over HTTP/1.1 as fast as it answers, on connections that stay open.

A small client of our own, since what it costs is taken from the cores that the server needs; it
knows no more of HTTP than answers with a Content-Length.
"""

import asyncio
import re
import time
from collections.abc import Iterator, Sequence

import uvloop

from bench.measured import Sample

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """Return a request as it goes over the wire."""
    told = {"Host": "127.0.0.1", **headers, "Content-Length": str(len(body))}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def ask(
    port: int,
    asking: Sequence[Iterator[bytes]],
    seconds: float,
    warming: float,
    status: int,
    per_second: float | None = None,
) -> Sample:
    """Ask by as many connections as there are iterators of requests; return how many were answered
    and what each took. Raises RuntimeError where an answer has another status.

    Each connection asks again once it is answered; or, of all together, so many `per_second`. What
    a request took then counts from when it was due, not from when the one before it was answered.
    """
    return uvloop.run(_ask(port, asking, seconds, warming, status, per_second))


async def _ask(
    port: int,
    asking: Sequence[Iterator[bytes]],
    seconds: float,
    warming: float,
    status: int,
    per_second: float | None,
) -> Sample:
    begun = time.perf_counter() + warming
    took: list[float] = []
    expected = b"HTTP/1.1 %d " % status
    apart = len(asking) / per_second if per_second else 0.0
    await asyncio.gather(
        *(
            _asker(
                port, each, expected, (begun, begun + seconds), took, (apart, place / len(asking))
            )
            for place, each in enumerate(asking)
        )
    )
    return Sample(len(took), seconds, took)


async def _asker(
    port: int,
    requests: Iterator[bytes],
    expected: bytes,
    counted: tuple[float, float],
    took: list[float],
    paced: tuple[float, float],
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1_000_000)
    apart, offset = paced
    due = time.perf_counter() + apart * offset
    for each in requests:
        at = time.perf_counter()
        if apart:
            await asyncio.sleep(max(0.0, due - at))
            at, due = due, due + apart
        if at >= counted[1]:
            break
        writer.write(each)
        head = await reader.readuntil(b"\r\n\r\n")
        length = _LENGTH.search(head)
        body = await reader.readexactly(int(length[1])) if length else b""
        if not head.startswith(expected):
            raise RuntimeError(f"answered {head[:30]!r} {body[:200]!r}")
        done = time.perf_counter()
        if counted[0] <= at and done <= counted[1]:
            took.append(done - at)
    writer.close()
