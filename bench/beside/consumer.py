"""FastStream's own batch consumer on JetStream, with a handler that does nothing."""

import asyncio
import time
from typing import Any

import uvloop
from faststream import AckPolicy
from faststream.nats import JStream, NatsBroker, PullSub

from bench.measured import Sample

_BATCH = 500
_MOST_SECONDS = 60.0


def take_all(nats_url: str, stream: str, subjects: str, expected: int) -> Sample:
    """Take what a stream holds, acknowledge it, and return how long that took from the first."""
    return uvloop.run(_take_all(nats_url, stream, subjects, expected))


async def _take_all(nats_url: str, stream: str, subjects: str, expected: int) -> Sample:
    broker = NatsBroker(nats_url, logger=None, apply_types=False)
    enough, came = asyncio.Event(), [0]
    begun = [0.0]

    @broker.subscriber(
        subjects,
        stream=JStream(stream, declare=False),
        durable="bench-nothing",
        pull_sub=PullSub(batch_size=_BATCH, timeout=1.0, batch=True),
        ack_policy=AckPolicy.ACK,
        decoder=_as_it_came,
    )
    async def nothing(messages: list[Any]) -> None:
        begun[0] = begun[0] or time.perf_counter()
        came[0] += len(messages)
        if came[0] >= expected:
            enough.set()

    async with broker:
        await broker.start()
        await asyncio.wait_for(enough.wait(), _MOST_SECONDS)
        took = time.perf_counter() - begun[0]
    return Sample(came[0], took)


async def _as_it_came(message: Any) -> list[bytes]:
    return [each.data for each in message.raw_message]
