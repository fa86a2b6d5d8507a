"""Streams and a consumer for one test, in the run's NATS, and a look at what became of them."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit
from uuid import uuid4

from nats.js import JetStreamContext
from nats.js.api import ConsumerInfo, StreamInfo

from adapters.broker import BrokerLayout, provision
from adapters.broker.connection import connected


def unused_layout() -> BrokerLayout:
    """Names that no other test uses."""
    name = f"t{uuid4().hex}"
    return BrokerLayout(
        stream=name.upper(),
        subject_prefix=f"{name}.",
        durable=name,
        out_stream=f"{name.upper()}_OUT",
        out_prefix=f"{name}_out.",
        flags_prefix=f"{name}_flags.",
    )


@asynccontextmanager
async def provisioned(
    nats_url: str, layout: BrokerLayout | None = None
) -> AsyncIterator[BrokerLayout]:
    """Streams and a consumer as they should be; gone afterwards."""
    layout = layout or unused_layout()
    await provision(nats_url, layout)
    try:
        yield layout
    finally:
        async with jetstream(nats_url) as context:
            await context.delete_stream(layout.stream)
            await context.delete_stream(layout.out_stream)


@asynccontextmanager
async def jetstream(nats_url: str) -> AsyncIterator[JetStreamContext]:
    """JetStream, as an administrator or a publisher sees it."""
    async with connected(nats_url) as client:
        yield client.jetstream()


async def stream_of(context: JetStreamContext, layout: BrokerLayout) -> StreamInfo:
    """What the stream is and holds."""
    return await context.stream_info(layout.stream)


async def consumer_of(context: JetStreamContext, layout: BrokerLayout) -> ConsumerInfo:
    """How far the consumer has come."""
    info: ConsumerInfo = await context.consumer_info(layout.stream, layout.durable)
    return info


def publish_raw(nats_url: str, subject: str, header: bytes, body: bytes) -> None:
    """Publish with a header block that a client library would not write."""
    address = urlsplit(nats_url)
    sizes = f"{len(header)} {len(header) + len(body)}"
    with socket.create_connection((address.hostname or "", address.port or 0)) as connection:
        connection.sendall(b'CONNECT {"verbose": false, "headers": true}\r\n')
        connection.sendall(f"HPUB {subject} {sizes}\r\n".encode() + header + body + b"\r\nPING\r\n")
        answers = b""
        while b"PONG" not in answers:
            answers += connection.recv(4096)
        assert b"-ERR" not in answers
