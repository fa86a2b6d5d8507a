"""What is published has arrived, once, on the subject of its own source."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from adapters.broker import (
    BrokerLayout,
    BrokerNotReady,
    BrokerUnreachable,
    Published,
    provision,
    publish_lines,
)
from adapters.embedded import EmbeddedNats
from tests.support.brokers import jetstream, provisioned, stream_of, unused_layout

SOURCE = "urn:cromwood:asb"


@pytest.fixture
async def layout(nats_url: str) -> AsyncIterator[BrokerLayout]:
    async with provisioned(nats_url) as layout:
        yield layout


def line(source: object, event_id: object = "e-1", **more: object) -> bytes:
    return json.dumps({"source": source, "id": event_id, **more}).encode()


async def subjects(nats_url: str, layout: BrokerLayout) -> dict[bytes, str]:
    """Each body in the stream, and its subject without the prefix."""
    async with jetstream(nats_url) as context:
        last = (await stream_of(context, layout)).state.last_seq
        found = [await context.get_msg(layout.stream, number) for number in range(1, last + 1)]
    return {
        message.data or b"": (message.subject or "").removeprefix(layout.subject_prefix)
        for message in found
    }


async def test_each_line_goes_on_the_subject_of_its_own_source(
    nats_url: str, layout: BrokerLayout
) -> None:
    sent = {
        line(SOURCE): SOURCE,
        line("housing.example"): "housing_example",
        line("über"): "fallback",
        line("all.>"): "fallback",
        line("two words"): "fallback",
        line(""): "fallback",
        line(7): "fallback",
        b"[1]": "fallback",
        b"\xff not JSON": "fallback",
        b"[" * 100_000: "fallback",
        b"": "fallback",
        line(SOURCE, "odd\r\nNats-Rollup: all"): SOURCE,
        line(SOURCE, None): SOURCE,
    }
    published = await publish_lines(nats_url, sent, fallback_source="fallback", layout=layout)
    assert published == Published(stored=len(sent), known_before=0)
    assert await subjects(nats_url, layout) == sent


async def test_a_second_publication_adds_nothing(nats_url: str, layout: BrokerLayout) -> None:
    lines = [line(SOURCE, f"e-{number}") for number in range(600)]
    told: list[int] = []
    for known_before in (0, 600):
        published = await publish_lines(
            nats_url, lines, fallback_source=SOURCE, layout=layout, on_stored=told.append
        )
        assert published == Published(stored=600, known_before=known_before)
    assert sum(told) == 1200
    assert len(await subjects(nats_url, layout)) == 600


async def test_an_id_used_again_for_other_content_is_kept_to_be_seen(
    nats_url: str, layout: BrokerLayout
) -> None:
    lines = [line(SOURCE, data=1), line(SOURCE, data=2)]
    published = await publish_lines(nats_url, lines, fallback_source=SOURCE, layout=layout)
    assert published.known_before == 0
    assert len(await subjects(nats_url, layout)) == 2


async def test_a_line_larger_than_the_broker_takes_is_named(
    nats_url: str, layout: BrokerLayout
) -> None:
    lines = [line(SOURCE), bytes(2 * 1024 * 1024)]
    with pytest.raises(BrokerNotReady, match="Line 2 is larger"):
        await publish_lines(nats_url, lines, fallback_source=SOURCE, layout=layout)


async def test_a_full_stream_says_so(nats_url: str, layout: BrokerLayout) -> None:
    async with jetstream(nats_url) as context:
        config = (await stream_of(context, layout)).config
        await context.update_stream(config.evolve(max_msgs=1))
    lines = [line(SOURCE, "e-1"), line(SOURCE, "e-2")]
    with pytest.raises(BrokerUnreachable, match="line 2: maximum messages exceeded"):
        await publish_lines(nats_url, lines, fallback_source=SOURCE, layout=layout, patience=0.5)
    assert await subjects(nats_url, layout) == {lines[0]: SOURCE}


async def test_a_missing_stream_is_said(nats_url: str) -> None:
    with pytest.raises(BrokerUnreachable, match="line 1: no stream is there for it"):
        await publish_lines(
            nats_url,
            [line(SOURCE)],
            fallback_source=SOURCE,
            layout=unused_layout(),
            patience=0.2,
        )


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[EmbeddedNats]:
    with EmbeddedNats(tmp_path) as server:
        yield server


async def test_a_crash_of_the_server_loses_and_doubles_nothing(
    own_server: EmbeddedNats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.broker.publishing._ANSWER_SECONDS", 0.5)
    url = own_server.start()
    await provision(url)
    lines = [line(SOURCE, f"e-{number}") for number in range(2_000)]
    crashes: list[asyncio.Task[str]] = []

    def crash_once(_: int) -> None:
        if not crashes:
            own_server.kill()
            crashes.append(asyncio.create_task(asyncio.to_thread(own_server.start)))

    published = await publish_lines(url, lines, fallback_source=SOURCE, on_stored=crash_once)
    assert published.stored == len(lines)
    assert crashes[0].done()
    assert len(await subjects(url, BrokerLayout())) == len(lines)
