"""How long it takes from publishing an event until it stands in the timeline.

Publishes at a steady rate to a real NATS, with `case-timeline ingest` and `case-timeline project`
as processes of their own, and watches the table from outside. Beside it, in the same run and at
the same rate: the least that could be done, which is the broker's own receipt, and one row
inserted and committed in the same PostgreSQL.

    python -m bench.latency [--rate 200] [--seconds 30]
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Coroutine
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import nats
import psycopg
from nats.js import JetStreamContext
from psycopg.sql import SQL

from adapters.embedded import EmbeddedNats, EmbeddedPostgres
from adapters.read_store.tables import Table
from adapters.wire import decode, subject_for
from projections.timeline import timeline
from services.clock import system_clock
from tests.support.load import EVENTS_PER_CASE, messages
from tests.support.processes import run, running
from tests.support.stories import SOURCE

GOAL_P99_MILLISECONDS = 300.0
_LOOK_EVERY_SECONDS = 0.005
_SEEN = SQL("SELECT event_id FROM {} WHERE event_id = ANY(%s)").format(Table(timeline).name)
_INDEX = SQL("CREATE INDEX IF NOT EXISTS bench_seen ON {} (event_id)").format(Table(timeline).name)

Send = Callable[[int], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class Figures:
    """What was measured, in milliseconds."""

    what: str
    count: int
    p50: float
    p99: float
    longest: float


def figures(what: str, seconds: list[float]) -> Figures:
    """Return the figures of a series of durations."""
    ordered = sorted(1000 * duration for duration in seconds)
    p99 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]
    return Figures(what, len(ordered), statistics.median(ordered), p99, ordered[-1])


class Watcher(threading.Thread):
    """Notes when each event is first seen in the timeline, by a look every 5 ms."""

    def __init__(self, database_url: str, published: dict[UUID, float], expected: int) -> None:
        super().__init__(daemon=True)
        self._url, self._published, self._expected = database_url, published, expected
        self.seen: dict[UUID, float] = {}
        self.enough = threading.Event()

    def run(self) -> None:
        """Look until all that are expected were seen, or it is enough."""
        first = 0  # of those published, all before it were seen
        with psycopg.connect(self._url, autocommit=True) as connection:
            # So that looking takes little from what is looked at.
            connection.execute(_INDEX)
            while len(self.seen) < self._expected and not self.enough.is_set():
                published = list(self._published)
                while first < len(published) and published[first] in self.seen:
                    first += 1
                awaited = [key for key in published[first:] if key not in self.seen]
                found = connection.execute(_SEEN, (awaited,)).fetchall()
                now = time.perf_counter()
                self.seen |= {event_id: now for (event_id,) in found}
                self.enough.wait(_LOOK_EVERY_SECONDS)


async def steadily(send: Send, count: int, rate: float) -> None:
    """Call `send` for each number at a steady rate, whatever the calls take."""
    start = time.perf_counter()
    under_way: set[asyncio.Task[None]] = set()
    for number in range(count):
        await asyncio.sleep(max(0.0, start + number / rate - time.perf_counter()))
        task = asyncio.create_task(send(number))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
    await asyncio.gather(*under_way)


async def measure_pipeline(
    stream: JetStreamContext, database_url: str, bodies: list[bytes], rate: float
) -> list[Figures]:
    """Publish the events and return how long each took to be confirmed, and to be seen."""
    ids = [decode(body, received_at=system_clock()).event.event_id for body in bodies]
    published: dict[UUID, float] = {}
    confirmed: list[float] = []
    watcher = Watcher(database_url, published, len(ids))
    watcher.start()

    async def send(number: int) -> None:
        start = published[ids[number]] = time.perf_counter()
        await stream.publish(subject_for(SOURCE), bodies[number], timeout=30)
        confirmed.append(time.perf_counter() - start)

    await steadily(send, len(bodies), rate)
    await asyncio.to_thread(watcher.join, 60)
    watcher.enough.set()
    if len(watcher.seen) < len(ids):
        raise SystemExit(f"{len(ids) - len(watcher.seen)} events never became visible")
    visible = [watcher.seen[event_id] - published[event_id] for event_id in ids]
    return [
        figures("publish to visible in the timeline", visible),
        figures("publish to the broker's receipt", confirmed),
    ]


async def measure_insert(database_url: str, bodies: list[bytes], rate: float) -> Figures:
    """Return how long a bare insert and commit of the same bytes takes at the same rate."""
    durations: list[float] = []
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as connection:
        await connection.execute("CREATE TABLE bench_insert (body bytea)")
        alone = asyncio.Lock()

        async def insert(number: int) -> None:
            start = time.perf_counter()
            async with alone:
                await connection.execute("INSERT INTO bench_insert VALUES (%s)", (bodies[number],))
            durations.append(time.perf_counter() - start)

        await steadily(insert, len(bodies), rate)
        await connection.execute("DROP TABLE bench_insert")
    return figures("one row inserted and committed", durations)


def measure(rate: float, seconds: float) -> list[Figures]:
    """Set everything up in a directory of its own, and measure."""
    cases = -(-int(rate * seconds) // EVENTS_PER_CASE)
    bodies = list(messages(cases, seed=5, disorder=0))
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        postgres = stack.enter_context(EmbeddedPostgres(folder / "postgres"))
        broker = stack.enter_context(EmbeddedNats(folder / "nats"))
        settings = {
            "CASE_TIMELINE_DATABASE_URL": postgres.start(),
            "CASE_TIMELINE_NATS_URL": broker.start(),
            "CASE_TIMELINE_BROKER_MONITOR_URL": broker.monitor_url,
        }
        for command in (["migrate"], ["broker", "provision"]):
            done = run(command, settings)
            if done.returncode:
                raise SystemExit(done.stderr)
        stack.enter_context(running(["ingest"], settings, folder / "ingest.log"))
        stack.enter_context(running(["project"], settings, folder / "project.log"))

        async def work() -> list[Figures]:
            client = await nats.connect(settings["CASE_TIMELINE_NATS_URL"])
            url, stream = settings["CASE_TIMELINE_DATABASE_URL"], client.jetstream()
            warm_up = list(messages(5, seed=6, disorder=0))
            await _until_visible(stream, url, [b.replace(b"load:", b"warm:") for b in warm_up])
            found = await measure_pipeline(stream, url, bodies, rate)
            found.append(await measure_insert(url, bodies, rate))
            await client.close()
            return found

        return asyncio.run(work())


async def _until_visible(stream: JetStreamContext, url: str, bodies: list[bytes]) -> None:
    await measure_pipeline(stream, url, bodies, rate=50)


def main() -> int:
    """Measure, print a table, write it to bench/results, and judge it by the goal."""
    parser = argparse.ArgumentParser(description="Latency from publishing to the timeline.")
    parser.add_argument("--rate", type=float, default=200.0, help="events a second")
    parser.add_argument("--seconds", type=float, default=30.0)
    arguments = parser.parse_args()
    found = measure(arguments.rate, arguments.seconds)
    print(f"{found[0].count} events at {arguments.rate:g} a second; milliseconds")
    print(f"{'':38}{'p50':>10}{'p99':>10}{'longest':>10}")
    for row in found:
        print(f"{row.what:38}{row.p50:10.1f}{row.p99:10.1f}{row.longest:10.1f}")
    results = Path(__file__).parent / "results"
    results.mkdir(exist_ok=True)
    report = {"rate": arguments.rate, "figures": [asdict(row) for row in found]}
    (results / "latency.json").write_text(json.dumps(report, indent=2) + "\n")
    met = found[0].p99 < GOAL_P99_MILLISECONDS
    print(f"goal: p99 to visible under {GOAL_P99_MILLISECONDS:g} ms: {'met' if met else 'MISSED'}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
