"""Receives messages: FastStream on a durable pull consumer of JetStream."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import structlog
from faststream import AckPolicy, FastStream
from faststream.message import StreamMessage
from faststream.nats import JStream, NatsBroker, PullSub

from adapters.broker import BrokerLayout, BrokerUnreachable
from adapters.broker.connection import (
    CONNECT_SECONDS,
    FOR_EVER,
    PING_SECONDS,
    RECONNECT_PAUSE_SECONDS,
    UNANSWERED_PINGS,
    let_go,
    servers_of,
    tolerate_malformed_messages,
)
from adapters.broker.pulling import Delivered, EagerJetStream, delivered
from services.settings import redacted

Take = Callable[[list[Delivered]], Awaitable[None]]

_PULL_SECONDS = 2.0
"""How long a pull waits for a first message. It delays none, see `EagerPull`; a pull that the
server forgot in a restart is repeated after this time."""
_CONNECT_PATIENCE_SECONDS = 10.0
_DRAIN_SECONDS = 15.0

_log = structlog.get_logger(__name__)


def ingest_app(nats_url: str, layout: BrokerLayout, take: Take) -> FastStream:
    """Return the FastStream application that gives `take` the messages of the stream.

    Its broker is started by `run_ingest` and not by its own `run`, which takes over signals.
    """
    servers = servers_of(nats_url)
    broker = NatsBroker(
        servers,
        specification_url=[redacted(server) for server in servers],
        name="case-timeline-ingest",
        # After a limited number the client closes, and the pull loop spins without yielding.
        max_reconnect_attempts=FOR_EVER,
        reconnect_time_wait=RECONNECT_PAUSE_SECONDS,
        connect_timeout=CONNECT_SECONDS,
        ping_interval=PING_SECONDS,
        max_outstanding_pings=UNANSWERED_PINGS,
        graceful_timeout=_DRAIN_SECONDS,
        logger=_Log(),
        apply_types=False,
    )
    subscriber = broker.subscriber(
        layout.subjects,
        stream=JStream(layout.stream, declare=False),
        durable=layout.durable,
        # One message is enough for FastStream to stop collecting; `EagerPull` returns all it has.
        pull_sub=PullSub(batch_size=1, timeout=_PULL_SECONDS, batch=True),
        # The default terminates a message on any error, for good.
        ack_policy=AckPolicy.MANUAL,
        # Or else a header `reply_to` chooses a subject on which to publish the answer.
        no_reply=True,
        decoder=_as_delivered,
        title="intake",
    )

    @subscriber
    async def intake(messages: list[Any]) -> None:  # not `Delivered`: AsyncAPI would describe that
        """Take in what upstream systems published: one CloudEvent a message."""
        await take(messages)

    return FastStream(broker, logger=_Log())


@asynccontextmanager
async def receiving(nats_url: str, layout: BrokerLayout, take: Take) -> AsyncIterator[NatsBroker]:
    """Give `take` what arrives, one batch after the other; on leaving, let it finish its batch."""
    broker = ingest_app(nats_url, layout, take).broker
    assert isinstance(broker, NatsBroker)
    try:
        await _start(broker)
        yield broker
    finally:
        await _stop(broker)


async def _start(broker: NatsBroker) -> None:
    try:
        async with asyncio.timeout(_CONNECT_PATIENCE_SECONDS):
            client = await broker.connect()
    except TimeoutError:
        raise BrokerUnreachable("The broker went away while the intake started.") from None
    tolerate_malformed_messages(client)
    # From here on FastStream pulls through ours, and creates no consumer of its own.
    broker.config.broker_config.connection_state.connect(client, EagerJetStream(client))
    await broker.start()


async def _stop(broker: NatsBroker) -> None:
    try:
        await broker.stop()
    except Exception:
        # A client that is away cannot be drained; left alone it would try to come back for ever.
        await let_go(broker.connection)


async def _as_delivered(message: StreamMessage[Any]) -> list[Delivered]:
    return delivered(message.raw_message)


class _Log:
    """Keeps FastStream's own words, which may quote messages, out of the log."""

    def log(
        self,
        level: int,
        msg: Any,
        /,
        *,
        exc_info: Any = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        """Note that something failed inside the framework, and the kind of error."""
        if level >= logging.ERROR:
            _log.error("broker_client_failed", error=type(exc_info).__name__)
