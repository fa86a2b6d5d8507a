"""From the publisher through NATS, `ingest` and `project` to a row in the timeline."""

import asyncio
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import nats
import uvloop

from adapters.broker import BrokerLayout, provision
from adapters.embedded import EmbeddedNats
from adapters.wire import subject_for
from bench.beside import consumer
from bench.latency import Watcher, steadily
from bench.measured import InTurn, Measured, Sample, attempted, duration, rate
from bench.rows import Row, compared
from bench.setting import Setting
from domain.identity import event_id_of
from tests.support.processes import Process, running

RATES = (200, 1_000)
"""Events a second at which it is measured how long one takes to be seen."""
_FIRST_RATE = 500
_HIGHEST_RATE = 32_000
_KEPT_UP = 0.9
"""Of the rate of publishing, how much has to be seen for it to be kept up with."""
_SEEN = 25
"""One in so many is watched where rates are found."""
_WARMING_SECONDS = 4
"""Until every process has built what it builds when it first meets an event of a type."""
_MOST_SECONDS = 60.0


def rows(setting: Setting, lines: Path) -> Iterator[Row]:
    """Measure with events that are accepted in their order."""
    with ExitStack() as stack:
        broker = stack.enter_context(EmbeddedNats(setting.folder / "nats"))
        url = stack.enter_context(setting.database())
        settings = {
            "CASE_TIMELINE_DATABASE_URL": url,
            "CASE_TIMELINE_NATS_URL": broker.start(),
            "CASE_TIMELINE_BROKER_MONITOR_URL": broker.monitor_url,
        }
        asyncio.run(provision(settings["CASE_TIMELINE_NATS_URL"]))
        processes = [
            stack.enter_context(running([name], settings, setting.folder / f"{name}.log"))
            for name in ("ingest", "project")
        ]
        opened = stack.enter_context(lines.open("rb"))
        road = _Road(settings["CASE_TIMELINE_NATS_URL"], url, processes, opened)
        road.publish(rate=200, seconds=_WARMING_SECONDS, watched=1)
        seconds = setting.scale.lasting * 4
        for each in RATES:
            seen = attempted("seen", partial(_seen, road, each, seconds))
            work = f"NATS to visible in the timeline at {each:,} events a second: p99"
            yield from compared(f"nats/{each}", work, seen)
        found = attempted("sustained", partial(_sustained, road, setting.scale.lasting * 2))
        name = "FastStream batch consumer doing nothing"
        layout = BrokerLayout()
        nothing = partial(_nothing, setting, road, layout)
        beside = InTurn(1, {name: nothing}).outcomes()[name]
        work = "NATS to visible in the timeline, sustained, one process of each"
        yield from compared("nats/sustained", work, found, {"consumer": beside})


def _nothing(setting: Setting, road: "_Road", layout: BrokerLayout) -> Sample:
    at = (road.nats_url, layout.stream, layout.subjects, road.published)
    return setting.theirs.submit(consumer.take_all, *at).result()


def _seen(road: "_Road", each: int, seconds: float) -> Measured:
    found = duration("seen", [road.publish(rate=each, seconds=seconds, watched=1)])
    assert found.p99 is not None
    return Measured("seen", found.p99, "ms", found.count, found.p50, found.p99, found.megabytes)


def _sustained(road: "_Road", seconds: float) -> Measured:
    """Double the rate until it is not kept up with; the most that was is what is sustained."""
    best, offered = None, _FIRST_RATE
    while offered <= _HIGHEST_RATE:
        sample = road.publish(rate=offered, seconds=seconds, watched=_SEEN)
        found = rate("sustained", [sample])
        best = found if best is None or found.figure > best.figure else best
        if found.figure < _KEPT_UP * offered:
            break
        offered *= 2
    assert best is not None
    return best


@dataclass
class _Road:
    nats_url: str
    database_url: str
    processes: Sequence[Process]
    lines: Any
    published: int = 0

    def publish(self, *, rate: float, seconds: float, watched: int) -> Sample:
        """Publish at a rate; return how many were seen, how long after the first, and of each."""
        wanted = int(rate * seconds)
        lines = list(islice(self.lines, wanted))
        if len(lines) < wanted:
            raise RuntimeError("there are too few events to publish")
        sample = uvloop.run(_publish(self, lines, rate, watched))
        self.published += wanted
        return sample


async def _publish(road: _Road, lines: list[bytes], rate: float, watched: int) -> Sample:
    told = [json.loads(line) for line in lines]
    subjects = [subject_for(each["source"]) for each in told]
    ids = {
        number: event_id_of(told[number]["source"], told[number]["id"])
        for number in {*range(0, len(lines), watched), len(lines) - 1}
    }
    at: dict[UUID, float] = {}
    watcher = Watcher(road.database_url, at, len(ids))
    client = await nats.connect(road.nats_url)
    stream = client.jetstream(timeout=_MOST_SECONDS)

    async def send(number: int) -> None:
        if number in ids:
            at[ids[number]] = time.perf_counter()
        await stream.publish(subjects[number], lines[number], timeout=_MOST_SECONDS)

    watcher.start()
    begun = time.perf_counter()
    await steadily(send, len(lines), rate)
    await asyncio.to_thread(watcher.join, _MOST_SECONDS)
    watcher.enough.set()
    await client.close()
    if missing := len(ids) - len(watcher.seen):
        raise RuntimeError(f"{missing} of {len(ids)} events never became visible")
    took = [watcher.seen[key] - sent for key, sent in at.items()]
    peak = max(process.peak_megabytes() for process in road.processes)
    return Sample(len(lines), max(watcher.seen.values()) - begun, took, peak)
