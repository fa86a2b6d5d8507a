"""An event store and a read store side by side, and a projector between them."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import psycopg

from adapters.event_store.application import Cases
from adapters.read_store.reader import ReadStore
from adapters.read_store.session import Session
from domain.events.envelope import CaseEvent
from projections.catalogue import READ_MODELS
from projections.read_model import ReadModel, Row
from services.projector import Lane, Worker, run_lane
from tests.support.stories import (
    Told,
    action_agreed,
    action_completed,
    incident_reported,
    reclassified,
)

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
MODELS: list[ReadModel[Any]] = list(READ_MODELS.values())


def clock() -> datetime:
    """The time at which all work is done."""
    return NOW


@dataclass
class Stores:
    """A database with an event store and a read store, and hands to use them."""

    url: str
    cases: Cases
    read_store: ReadStore

    def told(self, case_ref: str, *story: Told, after: int = 0) -> list[CaseEvent]:
        """Store a story as the events of a case that has `after` already."""
        events: list[CaseEvent] = []
        at = datetime(2024, 2, 29, 12, tzinfo=UTC)
        for version, told in enumerate(story, after + 1):
            ref = told.ref or f"{case_ref}-{version}"
            events.append(_named(told, ref).placed(version, at, case_ref))
            at = events[-1].recorded_at
        self.cases.save(*events)
        return events

    def admin(self, statement: str, *values: object) -> None:
        """Do what no service may: as an administrator with a grudge."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement.encode(), values)

    def ask(self, query: str) -> tuple[Any, ...]:
        """The first row that a query finds."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            row = connection.execute(query.encode()).fetchone()
        assert row is not None
        return row

    def behind(self, models: list[ReadModel[Any]]) -> int:
        """How many positions these read models have to go, together."""
        return sum(progress.behind for progress in self.read_store.progress(models))


def _named(told: Told, ref: str) -> Told:
    return Told(told.event_type, told.fields, told.happened, told.known, told.recorded, ref)


def caught_up(session: Session, models: list[ReadModel[Any]], page_size: int = 1000) -> Worker:
    """A worker that has taken in all there is."""
    worker = Worker(session, models, clock, page_size=page_size)
    worker.rebalance()
    while worker.step():
        pass
    return worker


def assert_live_is_folded(stores: Stores, events: list[CaseEvent]) -> None:
    """Fails unless the rows of a case are what its events say."""
    for model in MODELS:
        live = stores.read_store.rows_of_case(model, events[0].case_id)
        assert _by_key(model, live) == _by_key(model, model.fold(events)), model.name


def _by_key(model: ReadModel[Any], rows: list[Any]) -> dict[str, Row]:
    return {model.key_of(row): row for row in rows}


@contextmanager
def opened(database_url: str) -> Iterator[Stores]:
    """The stores of a migrated database, with the tables of all read models."""
    with closing(Cases(database_url)) as cases, closing(ReadStore(database_url)) as read_store:
        read_store.ensure_tables(MODELS)
        yield Stores(database_url, cases, read_store)


@contextmanager
def projecting(stores: Stores) -> Iterator[list[threading.Thread]]:
    """A projector whose lanes run in threads of their own."""
    stop = threading.Event()
    lanes = [
        threading.Thread(target=run_lane, args=(stores.url, lane, MODELS, clock, stop))
        for lane in Lane
    ]
    for lane in lanes:
        lane.start()
    try:
        yield lanes
    finally:
        stop.set()
        for lane in lanes:
            lane.join()


STORY = (
    incident_reported(category="asb"),
    action_agreed(action_id="A1"),
    reclassified(from_="asb", to="adult"),
    action_completed(action_id="A1"),
)
