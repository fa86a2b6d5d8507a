"""From the broker to the ledger: each message ends in exactly one outcome, and then is settled."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, MutableMapping, Sequence
from contextlib import asynccontextmanager, closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from faststream.specification import AsyncAPI
from psycopg.rows import dict_row
from structlog.testing import capture_logs

from adapters.broker import BrokerLayout, BrokerNotReady, BrokerUnreachable, check, provision
from adapters.broker.connection import connected
from adapters.embedded import EmbeddedNats
from adapters.event_store.application import Cases, StoreUnavailable
from services.clock import system_clock
from services.ingest import ingest_app, run_ingest
from services.ingest.handing_in import Door, Ingest
from services.ingest.receiving import receiving
from services.ingest.running import ended
from services.intake import Intake, Receipt, Submission, Writer
from services.settings import Settings
from tests.support.brokers import consumer_of, jetstream, provisioned, stream_of
from tests.support.messages import body, message
from tests.support.stories import SOURCE, action_completed, concern_raised, incident_reported
from tests.support.waiting import eventually_async

QUICK = Settings(
    broker_check_interval=timedelta(milliseconds=50),
    waiting_check_interval=timedelta(milliseconds=50),
)


@pytest.fixture
async def layout(nats_url: str) -> AsyncIterator[BrokerLayout]:
    async with provisioned(nats_url) as layout:
        yield layout


class Road:
    """The way from a publisher to the ledger, and looks at both ends."""

    def __init__(self, nats_server: EmbeddedNats, database_url: str, layout: BrokerLayout) -> None:
        self.nats_url = nats_server.start()
        self.monitor_url = nats_server.monitor_url
        self.database_url = database_url
        self.layout = layout

    def run(self, stop: asyncio.Event, settings: Settings = QUICK) -> asyncio.Task[None]:
        """Start the intake."""
        return asyncio.create_task(
            run_ingest(
                settings,
                self.database_url,
                self.nats_url,
                self.monitor_url,
                system_clock,
                stop,
                layout=self.layout,
            )
        )

    @asynccontextmanager
    async def running(self, settings: Settings = QUICK) -> AsyncIterator[None]:
        """The intake, until the end of the block."""
        stop = asyncio.Event()
        task = self.run(stop, settings)
        try:
            yield
        finally:
            stop.set()
            await task

    async def publish(self, *bodies: bytes, source: str = SOURCE, **headers: str) -> None:
        async with jetstream(self.nats_url) as context:
            for content in bodies:
                await context.publish(
                    self.layout.subject_for(source), content, headers=headers or None
                )

    def publish_raw(self, token: bytes, content: bytes) -> None:
        """Publish on a subject that a client library would not write."""
        address = urlsplit(self.nats_url)
        subject = self.layout.subject_prefix.encode() + token
        with socket.create_connection((address.hostname or "", address.port or 0)) as connection:
            connection.sendall(b'CONNECT {"verbose": false}\r\n')
            connection.sendall(b"PUB %b %d\r\n%b\r\nPING\r\n" % (subject, len(content), content))
            answers = b""
            while b"PONG" not in answers:
                answers += connection.recv(4096)
            assert b"-ERR" not in answers

    async def all_settled(self) -> None:
        """Wait until the broker keeps nothing more for us."""
        async with jetstream(self.nats_url) as context:

            async def settled() -> bool:
                last = (await stream_of(context, self.layout)).state.last_seq
                floor = (await consumer_of(context, self.layout)).ack_floor
                return floor is not None and floor.stream_seq == last

            await eventually_async(settled, what="everything is acknowledged")

    def ledger(self) -> list[dict[str, Any]]:
        """The ledger's entries in order of decision."""
        with psycopg.connect(self.database_url, row_factory=dict_row) as connection:
            return connection.execute("SELECT * FROM case_timeline.intake ORDER BY id").fetchall()

    def outcomes(self) -> list[tuple[str, str | None]]:
        return [(entry["outcome"], entry["reason"]) for entry in self.ledger()]


@pytest.fixture
def road(nats_server: EmbeddedNats, database_url: str, layout: BrokerLayout) -> Road:
    return Road(nats_server, database_url, layout)


async def test_what_is_published_becomes_events_and_is_settled(road: Road) -> None:
    async with road.running():
        await road.publish(
            body(message(incident_reported(), "e-1")), body(message(concern_raised(), "e-2"))
        )
        await road.all_settled()
    assert road.outcomes() == [("accepted", None)] * 2
    assert [entry["version"] for entry in road.ledger()] == [1, 2]
    assert {entry["source"] for entry in road.ledger()} == {SOURCE}


async def test_running_changes_nothing_on_the_broker(road: Road) -> None:
    async with jetstream(road.nats_url) as context:
        before = await consumer_of(context, road.layout)
        async with road.running():
            await road.publish(body(message(incident_reported(), "e-1")))
            await road.all_settled()
        after = await consumer_of(context, road.layout)
    assert (after.created, after.config) == (before.created, before.config)
    await check(road.nats_url, road.monitor_url, road.layout)


async def test_bad_messages_are_kept_and_never_terminated_or_delivered_twice(road: Road) -> None:
    good, broken, large = body(message(incident_reported(), "e-1")), b"\xff{", b"x" * 1_000_000
    await road.publish(broken, good, large, source=SOURCE)
    async with road.running():
        await road.all_settled()
    assert road.outcomes() == [
        ("quarantined", "not-utf-8"),
        ("accepted", None),
        ("quarantined", "too-large"),
    ]
    assert [entry["payload"] for entry in road.ledger()] == [broken, None, large]
    async with jetstream(road.nats_url) as context:
        assert (await stream_of(context, road.layout)).state.messages == 3
        consumer = await consumer_of(context, road.layout)
    assert consumer.num_redelivered == 0
    assert consumer.delivered is not None
    assert consumer.delivered.consumer_seq == 3


async def test_a_body_is_not_what_its_headers_call_it(road: Road) -> None:
    await road.publish(body(message(incident_reported(), "e-1")), **{"content-type": "text/plain"})
    await road.publish(b"\xff\xfe", **{"content-type": "application/json"})
    async with road.running():
        await road.all_settled()
    assert road.outcomes() == [("accepted", None), ("quarantined", "not-utf-8")]


async def test_an_event_in_the_name_of_another_source_is_quarantined(road: Road) -> None:
    forged = body(message(incident_reported(), "e-1", source="urn:other:system"))
    async with road.running():
        await road.publish(forged, source=SOURCE)
        await road.all_settled()
    assert road.outcomes() == [("quarantined", "source-mismatch")]
    assert road.ledger()[0]["source"] == SOURCE


@pytest.mark.parametrize(
    ("token", "source"),
    [
        (b"a\xffb", "a\ufffdb"),
        (b"a\xc3\xa9b", "a\ufffdb"),
        (b"a\x00b", "a\ufffdb"),
        (b"a\x0bb", "a\ufffdb"),
        (b"a\x1fb", "a\ufffdb"),
        (b"a" * 201, "a" * 199 + "\ufffd"),
    ],
)
async def test_no_subject_can_stop_the_intake_or_pass_for_a_source(
    road: Road, token: bytes, source: str
) -> None:
    await road.publish(body(message(incident_reported(), "e-1")))
    for claimed in (source, token.decode(errors="replace"), SOURCE):
        road.publish_raw(token, body(message(concern_raised(), "e-2", source=claimed)))
    await road.publish(body(message(concern_raised(), "e-3")))
    async with road.running():
        await road.all_settled()
    first, *odd, last = road.ledger()
    assert (first["outcome"], last["outcome"]) == ("accepted", "accepted")
    assert [(entry["outcome"], entry["source"]) for entry in odd] == [("quarantined", source)] * 3
    assert odd[-1]["reason"] == "source-mismatch"
    async with jetstream(road.nats_url) as context:
        assert (await consumer_of(context, road.layout)).num_redelivered == 0


async def test_a_source_with_the_longest_name_passes_for_itself(road: Road) -> None:
    source = "a" * 200
    await road.publish(body(message(incident_reported(), "e-1", source=source)), source=source)
    async with road.running():
        await road.all_settled()
    assert [(entry["outcome"], entry["source"]) for entry in road.ledger()] == [
        ("accepted", source)
    ]


async def test_a_header_cannot_have_an_answer_sent_anywhere(road: Road) -> None:
    async with connected(road.nats_url) as listener, road.running():
        inbox = await listener.subscribe("attacker.inbox")
        await road.publish(body(message(incident_reported(), "e-1")), reply_to="attacker.inbox")
        await road.all_settled()
        await listener.publish("attacker.inbox", b"our own")
        assert (await inbox.next_msg(timeout=5)).data == b"our own"


async def test_events_of_a_stream_made_anew_are_not_taken_for_those_of_the_old_one(
    road: Road,
) -> None:
    for event_id in ("e-1", "e-2"):
        async with road.running():
            await road.publish(body(message(concern_raised(), event_id)))
            await road.all_settled()
        async with jetstream(road.nats_url) as context:
            await context.delete_stream(road.layout.stream)
        await provision(road.nats_url, road.layout)
    assert road.outcomes() == [("accepted", None)] * 2


async def test_what_waited_too_long_goes_to_people(road: Road) -> None:
    await road.publish(body(message(action_completed(), "e-1")))
    async with road.running(
        QUICK.model_copy(update={"waiting_deadline": timedelta(milliseconds=1)})
    ):

        async def given_up() -> bool:
            return [outcome for outcome, _ in road.outcomes()] == ["quarantined"]

        await eventually_async(given_up)
    assert road.ledger()[0]["detail"].startswith("waits for")


async def test_it_stops_when_told_and_goes_on_where_it_stopped(road: Road) -> None:
    async with road.running():
        await road.publish(body(message(incident_reported(), "e-1")))
        await road.all_settled()
    await road.publish(body(message(concern_raised(), "e-2")))
    async with road.running():
        await road.all_settled()
    assert len(road.ledger()) == 2


@pytest.mark.parametrize("what", ["stream", "consumer"])
async def test_it_ends_when_what_it_reads_is_deleted(road: Road, what: str) -> None:
    task = road.run(asyncio.Event())
    await road.publish(body(message(incident_reported(), "e-1")))
    await road.all_settled()
    async with jetstream(road.nats_url) as context:
        if what == "stream":
            await context.delete_stream(road.layout.stream)
        else:
            await context.delete_consumer(road.layout.stream, road.layout.durable)
    with pytest.raises(BrokerNotReady, match=f"no {what} "):
        await asyncio.wait_for(task, timeout=10)
    await provision(road.nats_url, road.layout)


async def test_it_does_not_start_on_a_broker_that_is_not_set_up(road: Road) -> None:
    async with jetstream(road.nats_url) as context:
        await context.delete_consumer(road.layout.stream, road.layout.durable)
    with pytest.raises(BrokerNotReady, match="no consumer"):
        await road.run(asyncio.Event())


async def noted(event: str, logs: Sequence[MutableMapping[str, Any]]) -> None:
    """Wait until the log has such an entry."""

    async def is_there() -> bool:
        return event in [entry["event"] for entry in logs]

    await eventually_async(is_there, what=event)


async def test_it_goes_on_after_the_broker_was_killed(tmp_path: Path, database_url: str) -> None:
    with EmbeddedNats(tmp_path) as server, capture_logs() as logs:
        road = Road(server, database_url, BrokerLayout())
        await provision(road.nats_url)
        async with road.running():
            await road.publish(body(message(incident_reported(), "e-1")))
            await road.all_settled()
            server.kill()
            await noted("broker_away", logs)
            await asyncio.to_thread(server.start)
            await road.publish(body(message(concern_raised(), "e-2")))

            # Acknowledgements are not synced to disk: the first event may be delivered again.
            async def taken_in() -> bool:
                return road.outcomes() == [("accepted", None)] * 2

            await eventually_async(taken_in)


class Unanswered:
    """Looks at the broker that get no answer for a while: after each of `runs`, one that does."""

    def __init__(self, *runs: int) -> None:
        self._failures = [fails for run in runs for fails in (*[True] * run, False)]
        self.looks = 0
        self.over = asyncio.Event()

    async def __call__(self, _client: object, _layout: object) -> None:
        self.looks += 1
        if self._failures and self._failures.pop(0):
            raise BrokerUnreachable("The broker did not answer.")
        if not self._failures:
            self.over.set()


async def test_it_ends_when_nothing_is_heard_on_a_connection_that_stands(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.ingest.running.verify", looks := Unanswered(1_000))
    with capture_logs() as logs:
        task = road.run(asyncio.Event())
        with pytest.raises(BrokerUnreachable, match="did not answer"):
            await asyncio.wait_for(task, timeout=10)
    assert looks.looks == 6
    (entry,) = [entry for entry in logs if entry["event"] == "broker_not_heard"]
    assert (entry["log_level"], entry["looks"]) == ("error", 6)


async def test_it_goes_on_when_the_broker_answers_in_the_end(
    road: Road, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.ingest.running.verify", looks := Unanswered(5, 5))
    with capture_logs() as logs:
        async with road.running():
            await asyncio.wait_for(looks.over.wait(), timeout=10)
    told = [entry["event"] for entry in logs if entry["event"].startswith("broker_")]
    # The last is told only where the intake had the time for it before it was stopped.
    assert told[:3] == ["broker_away", "broker_back", "broker_away"]
    assert "broker_not_heard" not in told


async def test_it_stops_when_told_while_the_broker_is_away(
    tmp_path: Path, database_url: str
) -> None:
    with EmbeddedNats(tmp_path) as server, capture_logs() as logs:
        road = Road(server, database_url, BrokerLayout())
        await provision(road.nats_url)
        async with road.running():
            await road.publish(body(message(incident_reported(), "e-1")))
            await road.all_settled()
            server.kill()
            await noted("broker_away", logs)
    assert logs[-1]["event"] == "ingest_stopped"


class Moody:
    """A door that fails as often as told, before or after it has done its work."""

    def __init__(self, door: Door, *, failures: int, after_commit: bool) -> None:
        self._door = door
        self._failures = failures
        self._after_commit = after_commit

    async def submit(self, submissions: Sequence[Submission]) -> list[Receipt]:
        fails, self._failures = self._failures > 0, self._failures - 1
        if fails and not self._after_commit:
            raise StoreUnavailable[0]("Failing row contains (secret)")
        receipts = await self._door.submit(submissions)
        if fails:
            raise ConnectionError("secret")
        return receipts


@pytest.mark.parametrize("after_commit", [False, True])
async def test_what_could_not_be_committed_for_certain_comes_again_and_counts_once(
    road: Road, after_commit: bool
) -> None:
    await road.publish(
        body(message(incident_reported(), "e-1")), body(message(concern_raised(), "e-2"))
    )
    with capture_logs() as logs, closing(Cases(road.database_url)) as cases:
        async with Intake(Writer(cases, system_clock)) as intake:
            door = Moody(intake, failures=1, after_commit=after_commit)
            ingest = Ingest(door, road.layout, system_clock)
            async with receiving(road.nats_url, road.layout, ingest.take):
                await road.all_settled()
    assert road.outcomes() == [("accepted", None)] * 2
    assert "secret" not in json.dumps(logs)
    (failure,) = [entry for entry in logs if entry["event"] == "intake_failed"]
    assert failure["error"] == ("ConnectionError" if after_commit else "OperationalError")
    assert (failure["count"], failure["retry_in_seconds"]) == (2, 1.0)
    async with jetstream(road.nats_url) as context:
        consumer = await consumer_of(context, road.layout)
        assert consumer.delivered is not None
        assert consumer.delivered.consumer_seq == 4


class Closed:
    """A door that stays shut until it is opened."""

    is_open = False

    async def submit(self, submissions: Sequence[Submission]) -> list[Receipt]:
        if not self.is_open:
            raise StoreUnavailable[0]
        return []


async def test_pauses_between_tries_grow_with_the_trouble_up_to_half_a_minute() -> None:
    began, door, times = system_clock(), Closed(), [system_clock()]
    ingest = Ingest(door, BrokerLayout(), lambda: times[-1])
    with capture_logs() as logs:
        for seconds in (0, 0.5, 4, 25, 90):
            times.append(began + timedelta(seconds=seconds))
            await ingest.take([])
        door.is_open = True
        await ingest.take([])
        door.is_open = False
        await ingest.take([])
    assert [entry["retry_in_seconds"] for entry in logs] == [1, 1, 4, 25, 30, 1]


def test_it_describes_itself_without_passwords() -> None:
    async def take(_: object) -> None:
        pytest.fail("nothing is received here")

    app = ingest_app("nats://user:secret@broker.example:4222", BrokerLayout(), take)
    assert app.broker is not None
    described = AsyncAPI(app.broker).to_specification().to_json()
    assert json.loads(described)["channels"]["intake"]["address"] == "cases.in.>"
    assert "broker.example" in described
    assert "secret" not in described


async def test_stopping_gets_through_to_a_task_that_swallows_a_cancellation() -> None:
    started = asyncio.Event()

    async def deaf_at_first() -> None:
        with suppress(asyncio.CancelledError):
            started.set()
            await asyncio.Event().wait()
        await asyncio.Event().wait()

    task = asyncio.create_task(deaf_at_first())
    await started.wait()
    await asyncio.wait_for(ended([task]), timeout=10)
    assert task.cancelled()
