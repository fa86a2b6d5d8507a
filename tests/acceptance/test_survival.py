"""Nothing is lost or done twice, whatever is killed, however often, at whatever moment."""

import asyncio
import json
import random
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
import pytest

from adapters.broker.publishing import Published, publish_lines
from adapters.embedded import EmbeddedNats, EmbeddedPostgres
from adapters.read_store.reader import ReadStore
from adapters.read_store.session import Session
from projections.catalogue import READ_MODELS
from projections.read_model import ReadModel
from services.clock import system_clock
from services.projector.rebuild import rebuild_together
from tests.support.load import EVENTS_PER_CASE, KINDS, case_events, messages
from tests.support.processes import Process, run, running
from tests.support.stories import SOURCE
from tests.support.waiting import eventually

CASES = 1_000
REBUILDERS = 3
EVENTS = CASES * EVENTS_PER_CASE


@dataclass
class System:
    """Servers that may be killed, and the two processes between them."""

    postgres: EmbeddedPostgres
    nats: EmbeddedNats
    settings: dict[str, str]
    ingest: Process
    project: Process

    @property
    def database_url(self) -> str:
        return self.settings["CASE_TIMELINE_DATABASE_URL"]

    def json(self, *arguments: str) -> Any:
        done = run([*arguments, "--json"], self.settings)
        assert done.returncode == 0, done.stderr or done.stdout
        return json.loads(done.stdout)

    def settled(self, published: int) -> bool:
        assert self.ingest.is_running(), self.ingest.log.read_text()
        assert self.project.is_running(), self.project.log.read_text()
        with psycopg.connect(self.database_url) as connection:
            row = connection.execute("SELECT count(*) FROM case_timeline.case_events").fetchone()
        with closing(ReadStore(self.database_url)) as read_store:
            progress = read_store.progress(READ_MODELS.values())
        assert row is not None
        return row[0] >= published and all(model.behind == 0 for model in progress)


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    with ExitStack() as stack:
        postgres = stack.enter_context(EmbeddedPostgres(tmp_path / "postgres"))
        nats = stack.enter_context(EmbeddedNats(tmp_path / "nats"))
        settings = {
            "CASE_TIMELINE_DATABASE_URL": postgres.start(),
            "CASE_TIMELINE_NATS_URL": nats.start(),
            "CASE_TIMELINE_BROKER_MONITOR_URL": nats.monitor_url,
            # What a killed process had taken is given to the next one after this long.
            "CASE_TIMELINE_BROKER_ACK_WAIT": "PT5S",
        }
        for command in (["migrate"], ["broker", "provision"]):
            done = run(command, settings)
            assert done.returncode == 0, done.stderr
        yield System(
            postgres,
            nats,
            settings,
            stack.enter_context(running(["ingest"], settings, tmp_path / "ingest.log")),
            stack.enter_context(running(["project"], settings, tmp_path / "project.log")),
        )


@pytest.fixture
def seed() -> int:
    """Another one each time; shown when the test fails, to be tried again."""
    seed = random.SystemRandom().randrange(1_000_000)
    print(f"seed {seed}")  # noqa: T201
    return seed


@dataclass(frozen=True)
class Fault:
    """Something that is done when so many events have been published."""

    when_published: int
    do: Callable[[], None]


def publish_through(faults: Sequence[Fault], system: System, lines: list[bytes]) -> Published:
    """Publish all lines while the faults happen; return once both are over."""
    stored, reached = 0, threading.Condition()

    def on_stored(more: int) -> None:
        nonlocal stored
        with reached:
            stored += more
            reached.notify_all()

    results: list[Published] = []

    def publish() -> None:
        publishing = publish_lines(
            system.settings["CASE_TIMELINE_NATS_URL"],
            lines,
            fallback_source=SOURCE,
            patience=120,
            on_stored=on_stored,
        )
        results.append(asyncio.run(publishing))

    publisher = threading.Thread(target=publish)
    publisher.start()
    for fault in sorted(faults, key=lambda fault: fault.when_published):
        due = fault.when_published
        with reached:
            assert reached.wait_for(partial(_is_reached, due, lambda: stored), timeout=120)
        fault.do()
    publisher.join()
    return results[0]


def crash(system: System, server: EmbeddedPostgres | EmbeddedNats) -> Callable[[], None]:
    """Crash a server and start it again.

    A process that finds no server as it starts ends, for its supervisor to start it again.
    """

    def crash_and_restart() -> None:
        for process in (system.ingest, system.project):
            eventually(process.has_started, timeout=60, what="starting")
        server.kill()
        server.start()

    return crash_and_restart


def _is_reached(due: int, count: Callable[[], int]) -> bool:
    return count() >= due


def moments(rng: random.Random, count: int, events: int = EVENTS) -> list[int]:
    """Moments spread at random over the time of publishing."""
    return rng.sample(range(events - events // 20), count)


def rows_of(model: ReadModel[Any], cases: int) -> int:
    """How many rows so many cases come to; there are few kinds of them, which take turns."""
    rows = [len(model.fold(case_events(number))) for number in range(KINDS)]
    return sum(rows[number % KINDS] for number in range(cases))


def verify(system: System, published: Published, cases: int = CASES) -> None:
    events = cases * EVENTS_PER_CASE
    assert published.stored == events
    eventually(lambda: system.settled(events), timeout=events / 50, what="taking everything in")
    account = system.json("intake", "reconcile")
    (sums,) = account["sources"]
    assert sums["source"] == SOURCE
    assert sums["accepted"] == events
    assert sums["received"] == events + sums["duplicate"]
    assert sums["waiting"] == sums["quarantined"] == sums["refused"] == 0
    with psycopg.connect(system.database_url) as connection:
        lengths = connection.execute(
            "SELECT count(*), max(originator_version) FROM case_timeline.case_events "
            "GROUP BY originator_id"
        ).fetchall()
    assert lengths == [(EVENTS_PER_CASE, EVENTS_PER_CASE)] * cases
    with closing(Session(system.database_url)) as session:
        models = list(READ_MODELS.values())
        for found in rebuild_together(session, models, system_clock, processes=REBUILDERS):
            assert found.same, found
            assert found.compared, found
            assert found.parked_cases == 0
            assert found.rebuilt.rows == rows_of(found.model, cases), found


def test_ingest_and_project_are_killed_ten_times_each(system: System, seed: int) -> None:
    rng = random.Random(seed)
    faults = [Fault(at, system.ingest.restart) for at in moments(rng, 10)]
    faults += [Fault(at, system.project.restart) for at in moments(rng, 10)]
    verify(system, publish_through(faults, system, list(messages(CASES, seed=seed))))


def test_postgresql_and_the_broker_are_killed_three_times_each(system: System, seed: int) -> None:
    rng = random.Random(seed)

    faults = [Fault(at, crash(system, system.postgres)) for at in moments(rng, 3)]
    faults += [Fault(at, crash(system, system.nats)) for at in moments(rng, 3)]
    verify(system, publish_through(faults, system, list(messages(CASES, seed=seed))))
    assert system.ingest.is_running()
    assert system.project.is_running()


@pytest.mark.soak
def test_everything_is_killed_for_a_long_while(system: System, seed: int) -> None:
    rng, cases = random.Random(seed), 10 * CASES
    events = cases * EVENTS_PER_CASE
    kills: list[Callable[[], None]] = [
        system.ingest.restart,
        system.project.restart,
        crash(system, system.postgres),
        crash(system, system.nats),
    ]
    faults = [Fault(at, kill) for kill in kills for at in moments(rng, 10, events)]
    lines = list(messages(cases, seed=seed))
    verify(system, publish_through(faults, system, lines), cases)
