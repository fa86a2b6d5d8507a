"""Pulling gives what is there at once, whatever its publisher put into headers."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

import pytest
from nats.errors import TimeoutError as NothingCame
from nats.js.errors import NotFoundError

from adapters.broker import BrokerLayout, BrokerNotReady, provision
from adapters.broker.connection import connected, tolerate_malformed_messages
from adapters.broker.pulling import EagerJetStream, EagerPull, delivered
from tests.support.brokers import consumer_of, jetstream, provisioned, publish_raw
from tests.support.waiting import eventually_async

LONG = 10.0


@pytest.fixture
async def layout(nats_url: str) -> AsyncIterator[BrokerLayout]:
    async with provisioned(nats_url) as layout:
        yield layout


@asynccontextmanager
async def pulling(nats_url: str, layout: BrokerLayout) -> AsyncIterator[EagerPull]:
    async with connected(nats_url) as client:
        tolerate_malformed_messages(client)
        context = EagerJetStream(client)
        yield await context.pull_subscribe(layout.subjects, layout.durable, layout.stream)


async def publish(nats_url: str, subject: str, *bodies: bytes, **headers: str) -> None:
    async with jetstream(nats_url) as context:
        for body in bodies:
            await context.publish(subject, body, headers=headers or None)


async def test_what_is_there_is_given_without_waiting_for_more(
    nats_url: str, layout: BrokerLayout
) -> None:
    await publish(nats_url, layout.subject_for("a"), b"1", b"2", b"3")
    async with pulling(nats_url, layout) as subscription:
        began = monotonic()
        messages = await subscription.fetch(timeout=LONG)
        assert monotonic() - began < LONG / 2
    assert [message.data for message in messages] == [b"1", b"2", b"3"]


async def test_what_comes_while_waiting_is_given_at_once(
    nats_url: str, layout: BrokerLayout
) -> None:
    async with pulling(nats_url, layout) as subscription, jetstream(nats_url) as context:
        fetching = asyncio.create_task(subscription.fetch(timeout=LONG))

        async def waiting() -> bool:
            return (await consumer_of(context, layout)).num_waiting == 1

        await eventually_async(waiting, what="the server knows that we wait")
        began = monotonic()
        await context.publish(layout.subject_for("a"), b"late")
        messages = await fetching
        assert monotonic() - began < LONG / 2
    assert [message.data for message in messages] == [b"late"]


async def test_nothing_is_an_error_after_the_wait_and_can_be_asked_for_again(
    nats_url: str, layout: BrokerLayout
) -> None:
    async with pulling(nats_url, layout) as subscription:
        with pytest.raises(NothingCame):
            await subscription.fetch(timeout=0.05)
        await publish(nats_url, layout.subject_for("a"), b"now")
        messages = await subscription.fetch(timeout=LONG)
    assert [message.data for message in messages] == [b"now"]


async def test_large_messages_come_in_batches_that_fit_into_memory(
    nats_url: str, layout: BrokerLayout
) -> None:
    bodies = [bytes(1_000_000)] * 10
    await publish(nats_url, layout.subject_for("a"), *bodies)
    sizes: list[int] = []
    async with pulling(nats_url, layout) as subscription:
        while sum(sizes) < len(bodies):
            sizes.append(len(await subscription.fetch(timeout=LONG)))
    assert sizes == [8, 2]


@pytest.mark.parametrize(
    "header",
    [
        b"NATS/1.0\r\nStatus: 404\r\n\r\n",
        b"NATS/1.0 404 No Messages\r\n\r\n",
        b"NATS/1.0 503\r\n\r\n",
        b"NATS/1.0 \xff\xff\xff\r\n\r\n",
        b"NATS/1.0\r\nname: \xff\r\n\r\n",
        b"NATS/1.0\r\nno colon\r\n\r\n",
        b"NATS/1.0",
        b"?",
    ],
)
async def test_no_header_keeps_a_message_or_its_neighbours_away(
    nats_url: str, layout: BrokerLayout, header: bytes
) -> None:
    subject = layout.subject_for("a")
    publish_raw(nats_url, subject, header, b"odd")
    await publish(nats_url, subject, b"next")
    received: list[bytes] = []
    async with pulling(nats_url, layout) as subscription:
        while len(received) < 2:
            received += [message.data for message in await subscription.fetch(timeout=LONG)]
    assert received == [b"odd", b"next"]


@pytest.mark.parametrize("oddity", ["\v", "\f", "\0", "\x1f", "\x85", "\N{NO-BREAK SPACE}"])
@pytest.mark.parametrize("header", [b"NATS/1.0\r\n\r\n", b""])
async def test_no_subject_keeps_a_message_or_its_neighbours_away(
    nats_url: str, layout: BrokerLayout, oddity: str, header: bytes
) -> None:
    subject = layout.subject_for(f"a{oddity}b")
    publish_raw(nats_url, subject, header, b"odd")
    await publish(nats_url, layout.subject_for("a"), b"next")
    received: list[tuple[str, bytes]] = []
    async with pulling(nats_url, layout) as subscription:
        while len(received) < 2:
            messages = delivered(await subscription.fetch(timeout=LONG))
            received += [(message.subject, message.body) for message in messages]
    assert received == [(subject, b"odd"), (layout.subject_for("a"), b"next")]


async def test_what_was_taken_and_not_settled_is_handed_back_on_leaving(
    nats_url: str, layout: BrokerLayout
) -> None:
    await publish(nats_url, layout.subject_for("a"), b"settled", b"not settled")
    async with pulling(nats_url, layout) as subscription:
        first, _ = delivered(await subscription.fetch(timeout=LONG))
        await first.settle()
        await subscription.unsubscribe()
    async with pulling(nats_url, layout) as subscription:
        messages = await subscription.fetch(timeout=LONG)
    assert [message.data for message in messages] == [b"not settled"]


async def test_a_delivery_keeps_its_name_and_no_other_stream_s_has_it(
    nats_url: str, layout: BrokerLayout
) -> None:
    names = []
    for _ in range(2):
        await publish(nats_url, layout.subject_for("a"), b"first")
        for settled in (False, True):
            async with pulling(nats_url, layout) as subscription:
                (message,) = delivered(await subscription.fetch(timeout=LONG))
                names.append(message.delivery)
                await (message.settle() if settled else message.hand_back(0))
        async with jetstream(nats_url) as context:
            await context.delete_stream(layout.stream)
        await provision(nats_url, layout)
    assert names[0] == names[1] != names[2] == names[3]
    assert all(re.fullmatch(r"nats:T\w+@\d{8}T\d{6}\.\d{6}Z:1", name) for name in names)


async def test_a_missing_consumer_is_never_made_up(nats_url: str, layout: BrokerLayout) -> None:
    async with jetstream(nats_url) as context:
        await context.delete_consumer(layout.stream, layout.durable)
        with pytest.raises(BrokerNotReady, match="gone"):
            async with pulling(nats_url, layout):
                pytest.fail("there is nothing to pull from")
        with pytest.raises(NotFoundError):
            await consumer_of(context, layout)


async def test_a_consumer_that_goes_is_not_asked_in_a_tight_loop(
    nats_url: str, layout: BrokerLayout
) -> None:
    async with pulling(nats_url, layout) as subscription, jetstream(nats_url) as context:
        await context.delete_consumer(layout.stream, layout.durable)
        began = monotonic()
        for _ in range(2):
            with pytest.raises(NothingCame):
                await subscription.fetch(timeout=LONG)
        assert 0.1 < monotonic() - began < LONG / 2
