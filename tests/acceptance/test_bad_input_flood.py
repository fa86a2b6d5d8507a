"""Half of what comes in is bad, in every way there is: the other half does not notice."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import nats
import psycopg
import pytest

from adapters.embedded import EmbeddedNats
from adapters.wire import subject_for
from domain.outcomes import Reason
from tests.support.load import case_ref, messages
from tests.support.processes import run, running
from tests.support.stories import SOURCE
from tests.support.waiting import eventually, eventually_async

GOOD = BAD = 5_000
MEMORY_LIMIT_MEGABYTES = 250

Message = dict[str, Any]
Spoil = Callable[[Message], bytes]


def text(message: Message) -> bytes:
    return json.dumps(message).encode()


def with_attribute(name: str, value: object) -> Spoil:
    return lambda message: text(message | {name: value})


def with_data(**members: object) -> Spoil:
    return lambda message: text(message | {"data": message["data"] | members})


def replacing(old: bytes, new: bytes) -> Spoil:
    def spoil(message: Message) -> bytes:
        whole = text(message)
        assert old in whole
        return whole.replace(old, new, 1)

    return spoil


def too_deep(message: Message) -> bytes:
    nested: object = "core"
    for _ in range(33):
        nested = [nested]
    return text(message | {"data": message["data"] | {"narrative": nested}})


LATE = (datetime.now(UTC) + timedelta(days=2)).isoformat()
KINDS: tuple[tuple[Reason, Spoil], ...] = (
    (Reason.MALFORMED_JSON, lambda message: text(message)[:-1]),
    (Reason.NOT_UTF_8, replacing(b'"data"', b'"dat\xff"')),
    (Reason.DUPLICATE_MEMBER, replacing(b'"specversion"', b'"id": "twice", "specversion"')),
    (Reason.NOT_A_JSON_NUMBER, replacing(b'"anonymous": false', b'"anonymous": NaN')),
    (Reason.INVALID_UNICODE, with_data(narrative="half a pair: \ud83d")),
    (Reason.CONTROL_CHARACTER, with_data(narrative="ends here\0")),
    (Reason.TIMESTAMP_NEEDS_OFFSET, with_attribute("time", "2024-03-01T21:40:00")),
    (Reason.TIMESTAMP_OUT_OF_RANGE, with_attribute("time", "0001-01-01T00:00:00Z")),
    (Reason.INVALID_TIMESTAMP, with_attribute("time", "yesterday evening")),
    (Reason.FUTURE_EVENT, with_attribute("time", LATE)),
    (Reason.UNKNOWN_TYPE, with_attribute("type", "uk.casetimeline.CaseVanished.v1")),
    (Reason.SCHEMA_NEWER, with_attribute("type", "uk.casetimeline.IncidentReported.v99")),
    (Reason.UNKNOWN_MEMBER, with_data(mood="cheerful")),
    (
        Reason.MISSING_MEMBER,
        lambda message: text(message | {"data": {"actor": message["data"]["actor"]}}),
    ),
    (Reason.UNKNOWN_CODE, with_data(kind="rudeness")),
    (Reason.TOO_LARGE, with_data(narrative="x" * 256 * 1024)),
    (Reason.TOO_DEEP, too_deep),
    (Reason.UNKNOWN_CASE, lambda message: text(lonely(message))),
    (Reason.SOURCE_MISMATCH, with_attribute("source", "urn:somebody:else")),
    (Reason.ID_REUSED, lambda message: text(message | {"id": f"{case_ref(0)}/incident"})),
)


def lonely(message: Message) -> Message:
    """An event for a case that nothing ever opens."""
    return message | {
        "type": "uk.casetimeline.ActionCompleted.v1",
        "subject": f"nobody:{message['id']}",
        "data": {"actor": message["data"]["actor"], "action_id": "A1"},
    }


def incident(number: int) -> Message:
    return {
        "specversion": "1.0",
        "id": f"bad-{number}",
        "source": SOURCE,
        "type": "uk.casetimeline.IncidentReported.v1",
        "subject": f"bad:{number}",
        "time": "2024-03-01T21:40:00Z",
        "data": {
            "actor": {"id": "staff:1", "role": "Adviser", "organisation": "Cromwood"},
            "kind": "noise",
            "anonymous": False,
        },
    }


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[EmbeddedNats]:
    with EmbeddedNats(tmp_path / "nats") as server:
        yield server


async def publish(nats_url: str, bodies: list[bytes], terminated: list[str]) -> None:
    client = await nats.connect(nats_url)

    async def note(message: Any) -> None:
        terminated.append(message.subject)

    await client.subscribe("$JS.EVENT.ADVISORY.CONSUMER.MSG_TERMINATED.>", cb=note)
    await client.subscribe("$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES.>", cb=note)
    stream, subject = client.jetstream(), subject_for(SOURCE)
    for start in range(0, len(bodies), 100):
        window = bodies[start : start + 100]
        await asyncio.gather(*(stream.publish(subject, body, timeout=30) for body in window))

    async def all_settled() -> bool:
        consumer = await stream.consumer_info("CASES", "intake")
        return bool(consumer.ack_floor.stream_seq == len(bodies))

    await eventually_async(all_settled, timeout=90, what="settling every message")
    info = await stream.stream_info("CASES")
    assert info.state.messages == len(bodies)
    await client.close()


def test_bad_messages_are_set_aside_each_for_its_own_reason(
    database_url: str, broker: EmbeddedNats, tmp_path: Path
) -> None:
    expected = Counter(KINDS[number % len(KINDS)][0] for number in range(BAD))
    bad = [KINDS[number % len(KINDS)][1](incident(number)) for number in range(BAD)]
    good = list(messages(GOOD // 20, seed=7, disorder=0))
    assert len(good) == GOOD
    # The first good message comes first: its id is the one that is used again.
    mixed = good[:1000] + _mixed(good[1000:], bad)
    settings = {
        "CASE_TIMELINE_DATABASE_URL": database_url,
        "CASE_TIMELINE_NATS_URL": broker.start(),
        "CASE_TIMELINE_BROKER_MONITOR_URL": broker.monitor_url,
        "CASE_TIMELINE_WAITING_DEADLINE": "PT1S",
        "CASE_TIMELINE_WAITING_CHECK_INTERVAL": "PT0.5S",
    }
    assert run(["broker", "provision"], settings).returncode == 0
    terminated: list[str] = []
    with running(["ingest"], settings, tmp_path / "ingest.log") as ingest:
        asyncio.run(publish(settings["CASE_TIMELINE_NATS_URL"], mixed, terminated))
        eventually(
            lambda: found(database_url)["waiting", None] == 0,
            timeout=30,
            what="giving up what waits for a case that never opens",
        )
        assert ingest.peak_megabytes() < MEMORY_LIMIT_MEGABYTES
        assert ingest.stop() == 0
    assert terminated == []
    outcomes = found(database_url)
    assert outcomes["accepted", None] == GOOD
    reasons = {reason: count for (outcome, reason), count in outcomes.items() if reason}
    assert reasons == {reason.value: count for reason, count in expected.items()}
    assert sum(outcomes.values()) == GOOD + BAD


def _mixed(good: list[bytes], bad: list[bytes]) -> list[bytes]:
    """Both, interleaved at random; the good ones stay in their order."""
    turns = [True] * len(good) + [False] * len(bad)
    random.Random(11).shuffle(turns)
    ours, theirs = iter(good), iter(bad)
    return [next(ours) if turn else next(theirs) for turn in turns]


def found(database_url: str) -> "Counter[tuple[str, str | None]]":
    """How many ledger entries there are of each outcome; reasons where they are quarantined."""
    with closing(psycopg.connect(database_url)) as connection:
        rows = connection.execute(
            "SELECT outcome, CASE WHEN outcome = 'quarantined' THEN reason END, count(*) "
            "FROM case_timeline.intake GROUP BY 1, 2"
        ).fetchall()
    return Counter({(outcome, reason): count for outcome, reason, count in rows})
