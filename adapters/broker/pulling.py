"""Pulling from a JetStream consumer without waiting for more when something is there."""

import asyncio
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import ConnectionClosedError, Error
from nats.errors import TimeoutError as NothingCame
from nats.js import JetStreamContext
from nats.js.api import ConsumerConfig
from nats.js.errors import NotFoundError
from typing_extensions import override

from adapters.broker.connection import BrokerNotReady, BrokerUnreachable

MOST_AT_ONCE = 500
"""Measured on 4 cores with 20,000 messages waiting: 1,500 a second are committed in batches of 50,
1,900 in batches of 500, 2,200 in batches of 1,000. Half of `max_ack_pending` lets two processes
work; as many are kept back until `ack_wait` is over when one of them is killed."""
_MOST_BYTES = 8 * 1024 * 1024
"""Bounds the memory a batch takes; above the largest message that the stream admits."""
_GRACE_SECONDS = 0.5
"""How long past its end the server's answer to a request may be on its way."""
_PAUSE_SECONDS = 0.2
_ORDINARY = ("404", "408")
"""No message is there; none came in time."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """One message as the broker delivered it, to be settled or handed back."""

    delivery: str
    """Identifies the message for ever, however often it is delivered."""
    subject: str
    body: bytes
    _message: Msg

    async def settle(self) -> None:
        """Tell the broker that it need not deliver this again.

        Nothing waits for its answer: if this is lost the message comes again, and is known again.
        """
        with suppress(Error):
            await self._message.ack()

    async def hand_back(self, delay: float) -> None:
        """Have it delivered again in `delay` s; without an answer, when its `ack_wait` is over."""
        with suppress(Error):
            await self._message.nak(delay)


def delivered(messages: Iterable[Msg]) -> list[Delivered]:
    """Return the messages of a pull subscription as what the intake needs of them."""
    return [
        Delivered(_delivery_of(message), message.subject, message.data, message)
        for message in messages
    ]


def _delivery_of(message: Msg) -> str:
    # The sequence starts again at 1 in a stream that was deleted and made anew, even under a
    # consumer that reads on; the time at which the broker stored the message tells them apart.
    facts = message.metadata
    return f"nats:{facts.stream}@{facts.timestamp:%Y%m%dT%H%M%S.%fZ}:{facts.sequence.stream}"


def _is_delivery(message: Msg) -> bool:
    # Never by its headers, which are the publisher's; the reply subject is the server's.
    return message.reply.startswith("$JS.ACK.")


class EagerJetStream(JetStreamContext):
    """A JetStream context whose pull subscriptions are eager, and bind to a consumer that exists.

    The library's own would create a missing consumer, with settings that lose messages.
    """

    def __init__(self, client: Client) -> None:
        super().__init__(client)
        self._client = client

    @override
    async def pull_subscribe(
        self,
        subject: str,
        durable: str | None = None,
        stream: str | None = None,
        config: ConsumerConfig | None = None,
        pending_msgs_limit: int = 0,
        pending_bytes_limit: int = 0,
        inbox_prefix: bytes | None = None,
    ) -> "EagerPull":
        assert durable
        assert stream
        try:
            await self.consumer_info(stream, durable)
        except NotFoundError:
            raise BrokerNotReady(f"The consumer {durable} of {stream} is gone.") from None
        except Error:
            raise BrokerUnreachable("The broker did not answer: is JetStream on?") from None
        arrived: asyncio.Queue[Msg] = asyncio.Queue()
        inbox = self._client.new_inbox()
        # What can arrive is bounded by what is asked for.
        subscription = await self._client.subscribe(f"{inbox}.*", cb=arrived.put)
        return EagerPull(self, self._client, subscription, stream, durable, inbox, arrived)


class EagerPull(JetStreamContext.PullSubscription):
    """A pull subscription whose `fetch` answers as soon as anything is there.

    The library's `fetch` of several messages waits until it has all of them or time runs out,
    drops those it has when time runs out at a bad moment, and takes any message with a header
    `Status` for one of the server's own and drops it.
    """

    def __init__(
        self,
        context: JetStreamContext,
        client: Client,
        subscription: Subscription,
        stream: str,
        durable: str,
        inbox: str,
        arrived: asyncio.Queue[Msg],
    ) -> None:
        super().__init__(context, subscription, stream, durable, inbox.encode())
        self._client = client
        self._next = f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{durable}"
        self._inbox = inbox
        self._arrived = arrived
        self._asked = 0
        self._held: list[Msg] = []

    @override
    async def fetch(
        self, batch: int = 1, timeout: float | None = 5, heartbeat: float | None = None
    ) -> list[Msg]:
        """Return what is there, however much was asked for; wait up to `timeout` s for the first.

        At the most `MOST_AT_ONCE` messages. Raises `nats.errors.TimeoutError` if none comes.
        """
        self._held = []
        if not self._client.is_connected:
            await asyncio.sleep(_PAUSE_SECONDS)
            raise ConnectionClosedError if self._client.is_closed else NothingCame
        await self._ask(MOST_AT_ONCE)
        if not self._held:
            await self._ask(1, wait=timeout or 0)
            if not self._held:
                raise NothingCame
            await self._ask(MOST_AT_ONCE - 1)
        return self._held

    @override
    async def unsubscribe(self) -> None:
        """Pull no more, and hand back what was taken and not settled, for others to have now."""
        with suppress(Error):
            await super().unsubscribe()
        while not self._arrived.empty():
            self._held.append(self._arrived.get_nowait())
        for message in self._held:
            if _is_delivery(message):
                with suppress(Error):  # most are settled already
                    await message.nak()

    async def _ask(self, batch: int, wait: float = 0) -> None:
        """Take up to `batch` messages: those that are there or, with `wait`, that come in time."""
        self._asked += 1
        reply = f"{self._inbox}.{self._asked}"
        # With `expires` the server keeps a request open until all of the batch is there, whatever
        # `no_wait` says; that is why what is there and what is awaited are asked for apart.
        limit = {"expires": int(wait * 1e9)} if wait else {"no_wait": True}
        request = {"batch": batch, "max_bytes": _MOST_BYTES, **limit}
        await self._client.publish(self._next, json.dumps(request).encode(), reply)
        enough = len(self._held) + batch
        try:
            async with asyncio.timeout(wait + _GRACE_SECONDS):
                while len(self._held) < enough:
                    message = await self._arrived.get()
                    if _is_delivery(message):
                        self._held.append(message)
                    elif message.subject == reply:
                        await self._end(message)
                        return
        except TimeoutError:
            return  # the server went away; what it had sent by then counts

    async def _end(self, message: Msg) -> None:
        # Anything but the ordinary end means that the consumer or its leader is gone for now.
        status = (message.headers or {}).get("Status")
        if status not in _ORDINARY and not self._held:
            await asyncio.sleep(_PAUSE_SECONDS)
