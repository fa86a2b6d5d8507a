"""The projector on real PostgreSQL: folding, parking, sharing, rebuilding."""

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest

from adapters.event_store.application import Cases
from adapters.read_store.reader import ReadStore
from adapters.read_store.session import Session
from adapters.read_store.tables import Table
from adapters.read_store.transaction import PARTITIONS, Transaction, partition_of
from domain.events.envelope import CaseEvent
from domain.events.lifecycle import IncidentReported
from domain.events.plan import ActionAgreed
from domain.identity import case_id_of
from projections.catalogue import READ_MODELS
from projections.read_model import ReadModel, Row
from services.projector import Worker, run_projector
from services.projector.rebuild import rebuild
from tests.support.stories import (
    Told,
    action_agreed,
    action_completed,
    event_corrected,
    incident_reported,
    reclassified,
)
from tests.support.waiting import eventually

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
MODELS: list[ReadModel[Any]] = list(READ_MODELS.values())


def clock() -> datetime:
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

    def behind(self, models: list[ReadModel[Any]]) -> int:
        return sum(progress.behind for progress in self.read_store.progress(models))


def _named(told: Told, ref: str) -> Told:
    return Told(told.event_type, told.fields, told.happened, told.known, told.recorded, ref)


@pytest.fixture
def stores(database_url: str) -> Iterator[Stores]:
    with closing(Cases(database_url)) as cases, closing(ReadStore(database_url)) as read_store:
        read_store.ensure_tables(MODELS)
        yield Stores(database_url, cases, read_store)


@pytest.fixture
def session(stores: Stores) -> Iterator[Session]:
    with closing(Session(stores.url)) as session:
        yield session


def caught_up(session: Session, models: list[ReadModel[Any]], page_size: int = 1000) -> Worker:
    worker = Worker(session, models, clock, page_size=page_size)
    worker.rebalance()
    while worker.step():
        pass
    return worker


def assert_live_is_folded(stores: Stores, events: list[CaseEvent]) -> None:
    for model in MODELS:
        live = stores.read_store.rows_of_case(model, events[0].case_id)
        assert by_key(model, live) == by_key(model, model.fold(events)), model.name


def by_key(model: ReadModel[Any], rows: list[Any]) -> dict[str, Row]:
    return {Table(model).key_of(row): row for row in rows}


STORY = (
    incident_reported(category="asb"),
    action_agreed(action_id="A1"),
    reclassified(from_="asb", to="adult"),
    action_completed(action_id="A1"),
)


@pytest.mark.parametrize("page_size", [1, 2, 3, 1000])
def test_live_rows_are_what_the_fold_gives(
    stores: Stores, session: Session, page_size: int
) -> None:
    told = [stores.told(f"asb:{n}", *STORY) for n in range(5)]
    caught_up(session, MODELS, page_size)
    for events in told:
        assert_live_is_folded(stores, events)
    assert stores.behind(MODELS) == 0


def test_a_correction_makes_the_case_read_differently_from_its_start(
    stores: Stores, session: Session
) -> None:
    first = stores.told("asb:1", *STORY)
    worker = caught_up(session, MODELS)
    due = event_corrected(
        target={"source": first[1].source, "id": first[1].source_event_id},
        field="due",
        was=first[1].model_dump(mode="json")["due"],
        now="2025-06-30",
    )
    later = stores.told("asb:1", due, after=len(first))
    while worker.step():
        pass
    assert_live_is_folded(stores, [*first, *later])
    (action,) = stores.read_store.rows_of_case(READ_MODELS["action_plan"], first[0].case_id)
    assert str(action.due) == "2025-06-30"


class Fragile(Row):
    """A row that counts events."""

    events: int


def fragile_model(broken: set[UUID]) -> ReadModel[Fragile]:
    model = ReadModel("fragile", 1, Fragile)

    @model.on(IncidentReported, ActionAgreed)
    def _(row: Fragile | None, event: CaseEvent, key: str) -> Fragile:
        if isinstance(event, ActionAgreed) and event.case_id in broken:
            raise ValueError("as if a fold had a mistake")
        before = row.events if row else 0
        return Fragile(case_id=event.case_id, case_ref=event.case_ref, events=before + 1)

    return model


def test_a_raising_fold_parks_its_case_and_nothing_else(stores: Stores, session: Session) -> None:
    bad, good = case_id_of("asb:bad"), case_id_of("asb:good")
    broken = {bad}
    fragile = fragile_model(broken)
    models = [fragile, *MODELS]
    stores.read_store.ensure_tables(models)
    bad_events = stores.told("asb:bad", incident_reported(), action_agreed(), incident_reported())
    stores.told("asb:good", incident_reported(), action_agreed(), incident_reported())
    worker = caught_up(session, models)

    assert [row.events for row in stores.read_store.rows_of_case(fragile, bad)] == [1]
    assert [row.events for row in stores.read_store.rows_of_case(fragile, good)] == [3]
    assert_live_is_folded(stores, bad_events)
    by_model = {progress.read_model: progress for progress in stores.read_store.progress(models)}
    assert by_model[fragile.id].parked_cases == 1
    assert by_model[fragile.id].behind == 0
    assert by_model["timeline@1"].parked_cases == 0

    stores.told("asb:bad", incident_reported(), after=3)
    while worker.step():
        pass
    assert [row.events for row in stores.read_store.rows_of_case(fragile, bad)] == [1]

    broken.clear()
    with closing(Session(stores.url)) as mender:
        found = rebuild(mender, fragile, clock)
    assert (found.same, found.differing_rows, found.parked_cases) == (False, 1, 0)
    assert [row.events for row in stores.read_store.rows_of_case(fragile, bad)] == [4]
    assert stores.read_store.progress([fragile])[0].parked_cases == 0


def test_an_unreadable_event_parks_its_case_everywhere(stores: Stores, session: Session) -> None:
    stores.told("asb:bad", incident_reported())
    good = stores.told("asb:good", *STORY)
    stores.admin(
        "INSERT INTO case_timeline.case_events (originator_id, originator_version, topic, state) "
        "VALUES (%s, 2, 'os:system', '{}')",
        case_id_of("asb:bad"),
    )
    caught_up(session, MODELS)
    assert {p.parked_cases for p in stores.read_store.progress(MODELS)} == {1}
    assert_live_is_folded(stores, good)


def test_rows_and_checkpoint_are_written_together_or_not_at_all(
    stores: Stores, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = stores.told("asb:1", *STORY)
    worker = Worker(session, MODELS, clock)
    worker.rebalance()

    def fail(*_: object) -> None:
        raise RuntimeError("as if the process had died here")

    with monkeypatch.context() as patch:
        patch.setattr(Transaction, "set_checkpoints", fail)
        with pytest.raises(RuntimeError):
            worker.step()
    assert stores.read_store.rows_of_case(READ_MODELS["timeline"], events[0].case_id) == []
    while worker.step():
        pass
    assert_live_is_folded(stores, events)


def test_an_idle_worker_writes_nothing(stores: Stores, session: Session) -> None:
    stores.told("asb:1", *STORY)
    worker = caught_up(session, MODELS)
    with psycopg.connect(stores.url, autocommit=True) as connection:
        before = connection.execute("SELECT pg_current_wal_insert_lsn()").fetchone()
        assert [worker.step() for _ in range(20)] == [False] * 20
        after = connection.execute("SELECT pg_current_wal_insert_lsn()").fetchone()
    assert before == after


def test_workers_share_the_partitions_and_take_over_from_one_that_goes(stores: Stores) -> None:
    first, second = Session(stores.url), Session(stores.url)
    one = Worker(first, MODELS, clock)
    everything = PARTITIONS * len(MODELS)
    assert one.rebalance() == everything
    two = Worker(second, MODELS, clock)
    assert two.rebalance() == 0
    assert one.rebalance() == two.rebalance() == everything // 2

    told = [stores.told(f"asb:{n}", *STORY) for n in range(12)]
    assert len({partition_of(events[0].case_id) for events in told}) > 1
    while one.step() | two.step():
        pass
    for events in told:
        assert_live_is_folded(stores, events)

    first.close()
    eventually(lambda: two.rebalance() == everything, what="taking over")
    later = stores.told("asb:13", *STORY)
    while two.step():
        pass
    assert_live_is_folded(stores, later)
    second.close()


def test_a_rebuild_repairs_what_was_tampered_with_and_says_so(
    stores: Stores, session: Session
) -> None:
    events = stores.told("asb:1", *STORY)
    caught_up(session, MODELS)
    timeline = READ_MODELS["timeline"]
    assert rebuild(session, timeline, clock).same
    stores.admin("UPDATE read_models.timeline_v1 SET headline = 'nothing happened'")
    found = rebuild(session, timeline, clock)
    assert (found.same, found.differing_rows) == (False, len(events))
    assert_live_is_folded(stores, events)
    assert rebuild(session, timeline, clock).same


def test_rebuilding_while_events_come_in_loses_none(stores: Stores) -> None:
    stop = threading.Event()
    projector = threading.Thread(target=run_projector, args=(stores.url, MODELS, clock, stop))
    projector.start()
    try:
        told = [stores.told(f"asb:{n}", *STORY) for n in range(20)]
        with closing(Session(stores.url)) as session:
            for n in range(20, 30):
                told.append(stores.told(f"asb:{n}", *STORY))
                assert rebuild(session, READ_MODELS["timeline"], clock, page_size=7).same
                told.append(stores.told(f"asb:{n + 100}", *STORY))
        eventually(lambda: stores.behind(MODELS) == 0, what="catching up")
    finally:
        stop.set()
        projector.join()
    for events in told:
        assert_live_is_folded(stores, events)


def test_the_projector_survives_the_loss_of_its_connection(stores: Stores) -> None:
    stop = threading.Event()
    projector = threading.Thread(target=run_projector, args=(stores.url, MODELS, clock, stop))
    projector.start()
    try:
        stores.told("asb:1", *STORY)
        eventually(lambda: stores.behind(MODELS) == 0, what="catching up")
        stores.admin(
            "SELECT pg_terminate_backend(l.pid) FROM pg_locks AS l "
            "WHERE locktype = 'advisory' AND l.pid <> pg_backend_pid()"
        )
        later = stores.told("asb:2", *STORY)
        eventually(lambda: stores.behind(MODELS) == 0, what="catching up again")
    finally:
        stop.set()
        projector.join()
    assert_live_is_folded(stores, later)
