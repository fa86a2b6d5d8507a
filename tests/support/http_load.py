"""Asks a service over many connections at once, and keeps what it was answered.

It knows no more of HTTP than answers with a Content-Length; run it in a process of its own, so that
whoever looks on meanwhile is not slowed down by it.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import uuid4

from tests.support.messages import body, message
from tests.support.stories import incident_reported

EVENTS = "/v1/events"

_FINE = (200, 201)
_REFUSED = (429, 503)
_PATIENCE_SECONDS = 30.0
_OF_AN_ADDRESS = 40


class Answer(NamedTuple):
    """One answer; `slug` is what its problem is called, and `fault` what is wrong with it."""

    status: int
    slug: str
    at: float
    """When it was there, by the monotonic clock that all processes share."""
    took: float
    fault: str | None


@dataclass(frozen=True)
class Sender:
    """Who publishes events, each of a case of its own, and repeats what was not taken."""

    token: str
    source: str


@dataclass(frozen=True)
class Reader:
    """Who reads the same again and again."""

    token: str
    path: str


@dataclass
class Seen:
    """What all were answered, and what became of each event by what its sender was told."""

    answers: list[Answer] = field(default_factory=list)
    accepted: set[str] = field(default_factory=set)
    unsure: dict[str, bytes] = field(default_factory=dict)
    """What was sent and never answered with a receipt."""
    cut_off: int = 0
    """How many connections ended without an answer."""

    @property
    def kinds(self) -> Counter[tuple[int, str]]:
        return Counter((each.status, each.slug) for each in self.answers)

    @property
    def faults(self) -> Counter[str]:
        return Counter(each.fault for each in self.answers if each.fault)

    @property
    def slowest(self) -> float:
        return max(each.took for each in self.answers)


def load(port: int, who: Sequence[Sender | Reader], seconds: float, pause: float = 0.0) -> Seen:
    """Have each of these ask one thing after the other; `pause` is between answer and question."""
    seen = Seen()
    asyncio.run(_load(port, who, time.monotonic() + seconds, pause, seen))
    return seen


def request(method: str, path: str, token: str, content: bytes = b"", kind: str = "") -> bytes:
    """A request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", "Host: here", f"Authorization: Bearer {token}"]
    if content:
        lines += [f"Content-Type: {kind}", f"Content-Length: {len(content)}"]
    return "\r\n".join([*lines, "", ""]).encode() + content


async def _load(
    port: int, who: Sequence[Sender | Reader], end: float, pause: float, seen: Seen
) -> None:
    asking = []
    for number, each in enumerate(who):
        # A peer has only so many connections: they come from several addresses of the loopback.
        connection = _Connection(port, f"127.0.0.{2 + number // _OF_AN_ADDRESS}", seen)
        if isinstance(each, Sender):
            asking.append(_send(connection, each, end, pause))
        else:
            asking.append(_read(connection, each, end, pause))
    await asyncio.gather(*asking)


async def _read(connection: "_Connection", reader: Reader, end: float, pause: float) -> None:
    asked = request("GET", reader.path, reader.token)
    while time.monotonic() < end:
        await connection.ask(asked)
        await asyncio.sleep(pause)
    connection.close()


async def _send(connection: "_Connection", sender: Sender, end: float, pause: float) -> None:
    seen = connection.seen
    while time.monotonic() < end:
        ref = uuid4().hex
        told = message(incident_reported(), ref, case_ref=f"load:{ref}", source=sender.source)
        asked = request("POST", EVENTS, sender.token, body(told), "application/cloudevents+json")
        seen.unsure[ref] = body(told)
        while time.monotonic() < end:
            answer = await connection.ask(asked)
            await asyncio.sleep(pause)
            if answer and answer.status in _FINE:
                seen.accepted.add(ref)
                del seen.unsure[ref]
                break
    connection.close()


class _Connection:
    """A connection that is made anew when the server has closed it."""

    def __init__(self, port: int, address: str, seen: Seen) -> None:
        self._port, self._address, self.seen = port, address, seen
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, asked: bytes) -> Answer | None:
        """Keep and return the answer; None where the connection ended without one."""
        begun = time.monotonic()
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS):
                head, content = await self._exchange(asked)
        except (OSError, asyncio.IncompleteReadError):
            self.seen.cut_off += 1
            self.close()
            return None
        done = time.monotonic()
        answer = _judged(head, content, done, done - begun)
        self.seen.answers.append(answer)
        if b"\r\nconnection: close" in head:
            self.close()
        return answer

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def _exchange(self, asked: bytes) -> tuple[bytes, bytes]:
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(
                "127.0.0.1", self._port, local_addr=(self._address, 0)
            )
        self._writer.write(asked)
        head = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.partition(b"\r\ncontent-length: ")[2].split(b"\r\n")[0])
        return head, await self._reader.readexactly(length)


def _judged(head: bytes, content: bytes, at: float, took: float) -> Answer:
    status = int(head.split()[1])
    if status in _FINE:
        return Answer(status, "", at, took, None)
    if b"content-type: application/problem+json" not in head:
        return Answer(status, "", at, took, f"{status} without a problem document")
    slug = str(json.loads(content)["type"]).removeprefix("/problems/")
    fault = None
    if status not in _REFUSED:
        fault = f"{status} {slug}"
    elif b"\r\nretry-after: " not in head:
        fault = f"{status} {slug} without Retry-After"
    return Answer(status, slug, at, took, fault)
