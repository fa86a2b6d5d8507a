"""The broker's configuration that ships: each system publishes as itself, and reaches no more."""

import asyncio
import os
import re
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import yaml
from nats.aio.client import Client
from nats.errors import Error
from nats.js.errors import APIError

from adapters.broker import BrokerLayout, BrokerNotReady, check, provision
from adapters.broker.connection import connected
from adapters.embedded.binaries import nats_binary
from tests.support.brokers import jetstream
from tests.support.messages import body, message
from tests.support.relays import gone_out
from tests.support.stories import incident_reported
from tests.support.waiting import eventually, eventually_async

ROOT = Path(__file__).parents[2]
CONFIGURATION = ROOT / "deploy" / "nats.conf"
PASSWORDS = {
    "NATS_PASSWORD": "p1e5b6007",
    "ASB_NATS_PASSWORD": "p4c01d2aa",
    "HOUSING_NATS_PASSWORD": "p90f7be31",
}
LAYOUT = BrokerLayout()
OWN = LAYOUT.subject_for("urn:cromwood:asb")
ANOTHERS = LAYOUT.subject_for("urn:cromwood:housing")
EVENT = body(message(incident_reported("2024-03-01"), "a-1"))


@dataclass
class Broker:
    """A server as it is configured for an installation."""

    port: int
    monitor_url: str

    def url(self, user: str = "case-timeline", password: str = "NATS_PASSWORD") -> str:
        return f"nats://{user}:{PASSWORDS[password]}@127.0.0.1:{self.port}"


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """The real server with the file that ships, as it is; only where it listens is told beside."""
    with ExitStack() as stack:
        client, monitor = (str(port) for port in unused_ports(2))
        listening = ["--addr", "127.0.0.1", "--port", client, "--http_port", monitor]
        command = [str(nats_binary()), "--config", str(CONFIGURATION), *listening]
        environment = os.environ | PASSWORDS | {"NATS_STORE": str(tmp_path / "store")}
        log = stack.enter_context((tmp_path / "nats.log").open("wb"))
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        stack.callback(server.wait)
        stack.callback(server.kill)
        found = Broker(int(client), f"http://127.0.0.1:{monitor}")
        eventually(lambda: is_ready(found.monitor_url), timeout=30, what="the server")
        asyncio.run(provision(found.url(), LAYOUT))
        yield found


def unused_ports(count: int) -> Iterator[int]:
    with ExitStack() as stack:
        held = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(count)]
        yield from [each.getsockname()[1] for each in held]


def is_ready(monitor_url: str) -> bool:
    try:
        return httpx.get(f"{monitor_url}/healthz?js-enabled-only=true").is_success
    except httpx.TransportError:
        return False


@asynccontextmanager
async def signed_in(broker: Broker, user: str = "asb") -> AsyncIterator[tuple[Client, list[str]]]:
    """A publisher, and what the server said it may not do."""
    refused: list[str] = []

    async def remember(error: Exception) -> None:
        refused.append(str(error))

    client = Client()
    url = broker.url(user, f"{user.upper()}_NATS_PASSWORD")
    await client.connect(url, error_cb=remember)
    try:
        yield client, refused
    finally:
        await client.close()


async def stored(broker: Broker) -> list[tuple[str, bytes]]:
    """Every message that came in: its subject and what it holds."""
    found = []
    async with jetstream(broker.url()) as context:
        state = (await context.stream_info(LAYOUT.stream)).state
        for sequence in range(1, state.last_seq + 1):
            each = await context.get_msg(LAYOUT.stream, sequence)
            found.append((each.subject or "", each.data or b""))
    return found


async def says_no(refused: list[str], what: str) -> None:
    async def said() -> bool:
        return any("permissions violation" in each and what in each for each in refused)

    await eventually_async(said, what=f"a refusal of {what}")


async def test_a_system_publishes_on_its_own_subject_and_gets_its_receipt(broker: Broker) -> None:
    async with signed_in(broker) as (client, refused):
        receipt = await client.jetstream().publish(OWN, EVENT)

    assert (receipt.stream, receipt.seq) == (LAYOUT.stream, 1)
    assert refused == []
    assert await stored(broker) == [(OWN, EVENT)]
    await check(broker.url(), broker.monitor_url, LAYOUT)


async def test_nobody_publishes_as_another_or_on_what_goes_out(broker: Broker) -> None:
    subjects = [ANOTHERS, "cases.out.X", "cases.flags.R1", "cases.in.x", f"{OWN}.more"]
    async with signed_in(broker) as (client, refused):
        for subject in subjects:
            with pytest.raises(Error):
                await client.request(subject, EVENT, timeout=0.2)
            await says_no(refused, subject.lower())

    assert await stored(broker) == []
    assert await gone_out(broker.url(), LAYOUT) == []


@pytest.mark.parametrize("subject", [">", "cases.>", OWN, "cases.out.>", "$JS.>", "$SYS.>"])
async def test_nobody_listens(broker: Broker, subject: str) -> None:
    async with signed_in(broker) as (client, refused):
        await client.subscribe(subject)
        await says_no(refused, subject.lower())


async def test_an_inbox_hears_only_what_its_own_account_is_answered(broker: Broker) -> None:
    async with signed_in(broker, "housing") as (other, refused):
        overheard = await other.subscribe("_INBOX.>")
        await other.flush()
        async with signed_in(broker) as (client, _):
            await client.jetstream().publish(OWN, EVENT)
        await other.flush()

        assert refused == []
        assert overheard.pending_msgs == 0


async def test_jetstream_itself_is_out_of_reach(broker: Broker) -> None:
    async with signed_in(broker) as (client, refused):
        for call in ("INFO", "STREAM.INFO.CASES", "STREAM.PURGE.CASES", "CONSUMER.NAMES.CASES"):
            with pytest.raises(Error):
                await client.request(f"$JS.API.{call}", b"", timeout=0.2)
            await says_no(refused, f"$js.api.{call}".lower())


@pytest.mark.parametrize(
    "elsewhere",
    [ANOTHERS, "cases.out.X", "cases.flags.R1", "$JS.API.STREAM.PURGE.CASES", "$SYS.REQ.SERVER"],
)
async def test_a_receipt_asked_for_elsewhere_goes_nowhere(broker: Broker, elsewhere: str) -> None:
    async with signed_in(broker) as (client, _):
        await client.publish(OWN, EVENT, reply=elsewhere)
        await client.jetstream().publish(OWN, EVENT)  # what came before has been handled

    assert await stored(broker) == [(OWN, EVENT), (OWN, EVENT)]
    assert await gone_out(broker.url(), LAYOUT) == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Nats-Rollup": "all"},
        {"Nats-Rollup": "sub"},
        {"Nats-TTL": "1s"},
        {"Nats-Expected-Stream": "OTHER"},
        {"Nats-Expected-Last-Sequence": "7"},
        {"Nats-Expected-Last-Msg-Id": "x"},
        {"Nats-Schedule": "@at 2030-01-01T00:00:00Z", "Nats-Schedule-Target": ANOTHERS},
        {"Nats-Incr": "1"},
        {"Nats-Batch-Id": "b", "Nats-Batch-Sequence": "1", "Nats-Batch-Commit": "1"},
    ],
    ids=lambda headers: ",".join(headers),
)
async def test_a_header_that_would_have_the_broker_do_more_is_refused(
    broker: Broker, headers: dict[str, str]
) -> None:
    async with signed_in(broker) as (client, _):
        await client.jetstream().publish(OWN, EVENT)
        with pytest.raises(APIError):
            await client.jetstream().publish(OWN, EVENT, headers=headers)

    assert await stored(broker) == [(OWN, EVENT)]


async def test_what_the_broker_says_of_itself_in_a_header_counts_for_nothing(
    broker: Broker,
) -> None:
    headers = {"Nats-Subject": ANOTHERS, "Nats-Sequence": "99", "Nats-Stream": "CASES_OUT"}
    async with signed_in(broker) as (client, _):
        receipt = await client.jetstream().publish(OWN, EVENT, headers=headers)

    assert receipt.seq == 1
    assert await stored(broker) == [(OWN, EVENT)]


async def test_who_has_no_password_or_the_wrong_one_is_not_let_in(broker: Broker) -> None:
    for url in (f"nats://127.0.0.1:{broker.port}", broker.url("asb", "NATS_PASSWORD")):
        with pytest.raises(BrokerNotReady):
            async with connected(url, patience=1):
                pass


def test_apart_from_who_signs_in_it_is_what_the_compose_file_has() -> None:
    composed = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    simple = set(told(composed["configs"]["nats"]["content"].partition("authorization")[0]))
    ours = set(told(CONFIGURATION.read_text().partition("accounts {")[0]))
    assert {line.replace("$NATS_STORE", "/data") for line in ours} == simple


def told(configuration: str) -> list[str]:
    lines = (line.strip() for line in configuration.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def test_the_operations_guide_adds_a_source_in_just_this_way() -> None:
    guide = (ROOT / "docs" / "operations.md").read_text()
    shown = re.search(r"### Adding a source.*?```\n(.*?)```", guide, re.S)
    assert shown is not None
    added = shown[1].replace("repairs", "asb").replace("REPAIRS", "ASB")
    assert set(told(added)) <= set(told(CONFIGURATION.read_text()))
