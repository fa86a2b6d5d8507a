"""The stream and its consumer are made as needed, and nothing starts on a broker that differs."""

import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from nats.js.api import StorageType
from typing_extensions import override

from adapters.broker import BrokerLayout, BrokerNotReady, BrokerUnreachable, check, provision
from adapters.broker.connection import connected
from adapters.embedded import EmbeddedNats
from tests.support.brokers import consumer_of, jetstream, provisioned, stream_of, unused_layout


@pytest.fixture
async def layout(nats_url: str) -> AsyncIterator[BrokerLayout]:
    async with provisioned(nats_url) as layout:
        yield layout


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port


async def test_what_is_provisioned_passes_the_check(
    nats_server: EmbeddedNats, nats_url: str, layout: BrokerLayout
) -> None:
    await check(nats_url, nats_server.monitor_url, layout)


async def test_provisioning_says_what_it_did_and_does_nothing_twice(nats_url: str) -> None:
    layout = unused_layout()
    created = [
        f"stream {layout.stream} created",
        f"consumer {layout.durable} created",
        f"stream {layout.out_stream} created",
    ]
    assert await provision(nats_url, layout) == created
    assert await provision(nats_url, layout) == []
    async with jetstream(nats_url) as context:
        await context.delete_stream(layout.stream)
        await context.delete_stream(layout.out_stream)


async def test_what_was_changed_is_named_and_put_right(
    nats_server: EmbeddedNats, nats_url: str, layout: BrokerLayout
) -> None:
    async with jetstream(nats_url) as context:
        stream = (await stream_of(context, layout)).config
        await context.update_stream(stream.evolve(max_age=3600.0, description="kept"))
        consumer = (await consumer_of(context, layout)).config
        await context.add_consumer(layout.stream, consumer.evolve(max_deliver=5))

        changes = [
            f"stream {layout.stream} has max_age 3600.0, not 2592000.0",
            f"consumer {layout.durable} has max_deliver 5, not -1",
        ]
        with pytest.raises(BrokerNotReady, match="broker provision") as refusal:
            await check(nats_url, nats_server.monitor_url, layout)
        assert all(change in str(refusal.value) for change in changes)

        assert await provision(nats_url, layout) == [f"changed: {change}" for change in changes]
        await check(nats_url, nats_server.monitor_url, layout)
        assert (await stream_of(context, layout)).config.description == "kept"


async def test_what_cannot_be_put_right_is_left_and_said(nats_url: str) -> None:
    layout = unused_layout()
    async with jetstream(nats_url) as context:
        await context.add_stream(
            name=layout.stream, subjects=[layout.subjects], storage=StorageType.MEMORY
        )
        with pytest.raises(BrokerNotReady, match=r"refuses what .* needs: .*storage"):
            await provision(nats_url, layout)
        await context.delete_stream(layout.stream)


async def test_a_missing_stream_is_named(nats_server: EmbeddedNats, nats_url: str) -> None:
    layout = unused_layout()
    with pytest.raises(BrokerNotReady, match=f"no stream {layout.stream}; run"):
        await check(nats_url, nats_server.monitor_url, layout)


async def test_a_missing_consumer_is_named(
    nats_server: EmbeddedNats, nats_url: str, layout: BrokerLayout
) -> None:
    async with jetstream(nats_url) as context:
        await context.delete_consumer(layout.stream, layout.durable)
    with pytest.raises(BrokerNotReady, match=f"no consumer {layout.durable}; run"):
        await check(nats_url, nats_server.monitor_url, layout)


class ForgetfulNats(EmbeddedNats):
    """A server as it comes, which confirms what is not on its disk yet."""

    @override
    def _prepare(self) -> list[str]:
        command = super()._prepare()
        config = Path(command[-1])
        config.write_text(config.read_text().replace("sync_interval: always", ""))
        return command


@pytest.fixture
def forgetful(tmp_path: Path) -> Iterator[ForgetfulNats]:
    with ForgetfulNats(tmp_path) as server:
        yield server


async def test_a_server_that_confirms_before_it_syncs_is_refused(forgetful: ForgetfulNats) -> None:
    url = forgetful.start()
    await provision(url)
    with pytest.raises(BrokerNotReady, match="set `sync_interval: always`"):
        await check(url, forgetful.monitor_url)
    await check(url, None, durability_unchecked=True)


async def test_one_forgetful_server_of_several_is_found(
    forgetful: ForgetfulNats, nats_server: EmbeddedNats, nats_url: str, layout: BrokerLayout
) -> None:
    urls = f"{nats_server.monitor_url}, {forgetful.monitor_url}"
    with pytest.raises(BrokerNotReady, match="sync_interval"):
        await check(nats_url, urls, layout)


async def test_durability_that_cannot_be_seen_has_to_be_answered_for(
    nats_url: str, layout: BrokerLayout
) -> None:
    with pytest.raises(BrokerNotReady, match="CASE_TIMELINE_BROKER_DURABILITY_UNCHECKED"):
        await check(nats_url, None, layout)
    await check(nats_url, None, layout, durability_unchecked=True)


async def test_a_monitoring_address_that_does_not_answer_is_named(
    nats_url: str, layout: BrokerLayout, free_port: int
) -> None:
    with pytest.raises(BrokerUnreachable, match=f"127.0.0.1:{free_port} does not report"):
        await check(nats_url, f"http://user:secret@127.0.0.1:{free_port}", layout)


async def test_a_broker_that_does_not_answer_is_waited_for_and_then_given_up(
    free_port: int,
) -> None:
    with pytest.raises(BrokerUnreachable, match=r"did not answer in 0\.2 s"):
        async with connected(f"nats://127.0.0.1:{free_port}", patience=0.2):
            pytest.fail("nobody is there")
