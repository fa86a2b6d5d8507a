"""Publishes CloudEvents as an upstream system does, and knows that each one has arrived."""

import asyncio
import hashlib
import json
import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from nats.errors import Error, MaxPayloadError
from nats.js import JetStreamContext
from nats.js.api import PubAck
from nats.js.errors import APIError, NoStreamResponseError, ServiceUnavailableError

from adapters.broker.connection import BrokerNotReady, BrokerUnreachable, connected
from adapters.broker.layout import BrokerLayout

_AT_ONCE = 256
"""How many messages are under way together: the server waits for its disk before each answer."""
_ANSWER_SECONDS = 5.0
_PAUSE_SECONDS = 0.2
_NO_STREAM_SECONDS = 5.0
"""How long a stream may be without a leader before it counts as missing."""

_PRESENTABLE = re.compile(r"[\x21-\x7e]{1,200}\Z")
_TOKEN = re.compile(r"[\x21-\x29\x2b-\x3d\x3f-\x7e]{1,200}\Z")  # neither `*` nor `>`


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication came to: all of it is stored, some of it had been before."""

    stored: int
    known_before: int


async def publish_lines(
    nats_url: str,
    lines: Iterable[bytes],
    *,
    fallback_source: str,
    layout: BrokerLayout | None = None,
    patience: float = 60.0,
    on_stored: Callable[[int], None] | None = None,
) -> Published:
    """Publish one event a line, each on the subject of its own source; return once all are stored.

    A line whose source cannot be read goes on the subject of `fallback_source`. One without an
    answer is sent again for up to `patience` seconds. `on_stored` is told how many more arrived.
    Raises `BrokerUnreachable` when patience ends, `BrokerNotReady` when the broker refuses a line.
    """
    numbered = enumerate(lines, start=1)
    stored = known_before = 0
    async with connected(nats_url) as client:
        sender = _Sender(client.jetstream(), layout or BrokerLayout(), fallback_source, patience)
        while window := list(islice(numbered, _AT_ONCE)):
            answers = await asyncio.gather(
                *(sender.send(number, line) for number, line in window), return_exceptions=True
            )
            for answer in answers:
                if isinstance(answer, BaseException):
                    raise answer
                known_before += bool(answer.duplicate)
            stored += len(window)
            if on_stored:
                on_stored(len(window))
    return Published(stored, known_before)


@dataclass(frozen=True, slots=True)
class _Sender:
    context: JetStreamContext
    layout: BrokerLayout
    fallback_source: str
    patience: float

    async def send(self, number: int, line: bytes) -> PubAck:
        subject, headers = self._addressed(line)
        began = time.monotonic()
        while True:
            patience = self.patience
            try:
                return await self.context.publish(
                    subject, line, timeout=_ANSWER_SECONDS, headers=dict(headers)
                )
            except MaxPayloadError:
                raise BrokerNotReady(f"Line {number} is larger than the broker takes.") from None
            except NoStreamResponseError:
                patience, trouble = min(patience, _NO_STREAM_SECONDS), "no stream is there for it"
            except ServiceUnavailableError as error:
                trouble = error.description or "not now"
            except APIError as error:
                raise BrokerNotReady(
                    f"The broker refuses line {number}: {error.description}."
                ) from None
            except Error:
                trouble = "no answer"
            if time.monotonic() - began >= patience:
                raise BrokerUnreachable(f"The broker did not take line {number}: {trouble}.")
            await asyncio.sleep(_PAUSE_SECONDS)

    def _addressed(self, line: bytes) -> tuple[str, dict[str, str]]:
        source, event_id = _identity(line)
        source = source if _TOKEN.match(source) else self.fallback_source
        event_id = event_id if _PRESENTABLE.match(event_id) else ""
        # The hash makes the broker keep an id that is used again for other content: both are to
        # be seen by the intake, and the second one quarantined.
        digest = hashlib.sha256(line).hexdigest()[:16]
        return self.layout.subject_for(source), {
            "Nats-Msg-Id": f"{source}/{event_id}/{digest}",
            "Content-Type": "application/cloudevents+json",
        }


def _identity(line: bytes) -> tuple[str, str]:
    try:
        event: Any = json.loads(line)
    except (ValueError, RecursionError):
        return "", ""
    if not isinstance(event, dict):
        return "", ""
    source, event_id = event.get("source"), event.get("id")
    return (
        source if isinstance(source, str) else "",
        event_id if isinstance(event_id, str) else "",
    )
