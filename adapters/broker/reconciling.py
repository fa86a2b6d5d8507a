"""Tells what the stream holds and how far the intake has come, to compare with the ledger."""

from dataclasses import dataclass
from datetime import datetime

from nats.errors import Error
from nats.js.errors import NotFoundError

from adapters.broker.connection import BrokerNotReady, BrokerUnreachable, connected
from adapters.broker.layout import BrokerLayout


@dataclass(frozen=True, slots=True)
class StreamState:
    """The stream at one moment. Sequence numbers count what was ever stored in it, from 1."""

    stream: str
    created: datetime
    """When the stream was made; one made anew counts from 1 again."""
    first_sequence: int
    """The first message still kept; one more than the last where none is."""
    last_sequence: int
    messages: int
    not_yet_consumed: int
    """Messages that the intake has not confirmed, whether it has been given them or not."""
    confirmed_up_to: int
    """The last sequence number up to which the intake has confirmed everything."""

    @property
    def settled_up_to(self) -> int:
        """Up to where every message was confirmed by the intake, or is no longer kept."""
        return max(self.confirmed_up_to, self.first_sequence - 1)


async def stream_state(nats_url: str, layout: BrokerLayout) -> StreamState:
    """Return how stream and intake stand.

    Raises `BrokerUnreachable` if the broker does not answer, `BrokerNotReady` if either is not
    there.
    """
    async with connected(nats_url) as client:
        manager = client.jsm()
        try:
            # The consumer first: what it has not confirmed by now cannot be missing later.
            consumer = await manager.consumer_info(layout.stream, layout.durable)
            info = await manager.stream_info(layout.stream)
        except NotFoundError:
            raise BrokerNotReady(
                f"The broker has no stream {layout.stream} with a consumer {layout.durable}."
            ) from None
        except Error:
            raise BrokerUnreachable("The broker did not answer: is JetStream on?") from None
    floor = consumer.ack_floor.stream_seq if consumer.ack_floor else 0
    stream, created = info.state, info.created
    assert created is not None
    return StreamState(
        stream=layout.stream,
        created=created,
        first_sequence=stream.first_seq or stream.last_seq + 1,
        last_sequence=stream.last_seq,
        messages=stream.messages,
        not_yet_consumed=(consumer.num_pending or 0) + (consumer.num_ack_pending or 0),
        confirmed_up_to=floor,
    )
