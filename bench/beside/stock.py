"""The `eventsourcing` library as it comes, with its PostgreSQL module and a tiny aggregate."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.dispatch import singledispatchmethod
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL, Identifier

from bench.beside.asked import Asked
from bench.measured import Sample

_ENVELOPE = 160
"""About what the library adds to the state of an event, in bytes."""
_MOST_CONNECTIONS = 64
_AT_ONCE = 100


class Note(Aggregate):
    """Something that is noted down, time after time."""

    @event("Begun")
    def __init__(self, body: str) -> None:
        self.body = body

    @event("Noted")
    def note(self, body: str) -> None:
        """Note more."""
        self.body = body


class Notes(Application[UUID]):
    """All notes."""


class Counting(PostgresTrackingRecorder):
    """A read model that counts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._table = Identifier(self.datastore.schema, self.tracking_table_name + "_count")
        self.sql_create_statements.append(
            SQL("CREATE TABLE IF NOT EXISTS {} (id int PRIMARY KEY, n bigint)").format(self._table)
        )

    def count(self, tracking: Tracking) -> None:
        """Count one more."""
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(
                SQL(
                    "INSERT INTO {} AS t VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET n = t.n + 1"
                ).format(self._table)
            )


class CountNotes(Projection[Counting]):
    """Takes notes into the count."""

    @singledispatchmethod
    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        """Count whatever it is."""
        self.view.count(tracking)


def save(url: str, asked: Asked) -> Sample:
    """Save new notes, each of a batch of events, from as many threads as clients are asked for."""
    body = "x" * max(1, asked.size - _ENVELOPE)
    took: list[float] = []
    app = Notes(_environment(url, asked.clients))
    begin = time.perf_counter() + asked.warming
    until = begin + asked.lasting

    def client() -> None:
        while (at := time.perf_counter()) < until:
            note = Note(body)
            for _ in range(asked.batch - 1):
                note.note(body)
            app.save(note)
            if at >= begin and (now := time.perf_counter()) <= until:
                took.append(now - at)

    with ThreadPoolExecutor(asked.clients) as threads:
        for done in [threads.submit(client) for _ in range(asked.clients)]:
            done.result()
    app.close()
    return Sample(len(took) * asked.batch, asked.lasting, took)


def load(url: str, *, events: int, size: int, rounds: int) -> Sample:
    """Get a note of so many events from the repository, again and again."""
    app = Notes(_environment(url, 1))
    note = Note("x" * max(1, size - _ENVELOPE))
    while note.version < events:
        note.note(note.body)
        if note.version % _AT_ONCE == 0:
            app.save(note)  # all at once, the library waits for ever
    app.save(note)
    took = []
    for _ in range(rounds):
        at = time.perf_counter()
        found: Note = app.repository.get(note.id)
        took.append(time.perf_counter() - at)
        assert found.version == events
    app.close()
    return Sample(rounds, sum(took), took)


def project(url: str, *, events: int, size: int) -> Sample:
    """Take so many events into a trivial read model with the stock runner."""
    app, body = Notes(_environment(url, 1)), "x" * max(1, size - _ENVELOPE)
    for _ in range(0, events, _AT_ONCE):
        note = Note(body)
        for _ in range(_AT_ONCE - 1):
            note.note(body)
        app.save(note)
    last = app.recorder.max_notification_id()
    app.close()
    begun = time.perf_counter()
    with ProjectionRunner(
        application_class=Notes,
        projection_class=CountNotes,
        view_class=Counting,
        env=_environment(url, 1),
    ) as runner:
        runner.projection.view.wait("Notes", last, timeout=300)
    return Sample(events, time.perf_counter() - begun)


def _environment(url: str, clients: int) -> dict[str, str]:
    at = conninfo_to_dict(url)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(at["dbname"]),
        "POSTGRES_HOST": str(at["host"]),
        "POSTGRES_PORT": str(at["port"]),
        "POSTGRES_USER": str(at["user"]),
        "POSTGRES_PASSWORD": "none is asked for",
        "POSTGRES_POOL_SIZE": str(min(max(clients, 5), _MOST_CONNECTIONS)),
        "POSTGRES_MAX_OVERFLOW": "0",
    }
