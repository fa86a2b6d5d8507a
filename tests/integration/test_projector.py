"""The projector on real PostgreSQL: folding, parking, sharing, going on whatever happens."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import UUID

import psycopg
import pytest
from structlog.testing import capture_logs

from adapters.read_store.feed import PARTITIONS, partition_of
from adapters.read_store.session import Session
from adapters.read_store.tables import Table
from adapters.read_store.transaction import Transaction
from domain.events.envelope import CaseEvent
from domain.events.lifecycle import IncidentReported
from domain.events.plan import ActionAgreed
from domain.identity import case_id_of
from projections.catalogue import READ_MODELS
from projections.read_model import ReadModel, Row
from services.projector import Worker
from services.projector.rebuild import rebuild
from tests.support.read_stores import (
    MODELS,
    STORY,
    Stores,
    assert_live_is_folded,
    caught_up,
    clock,
    opened,
    projecting,
)
from tests.support.stories import action_agreed, event_corrected, incident_reported
from tests.support.waiting import eventually


@pytest.fixture
def stores(database_url: str) -> Iterator[Stores]:
    with opened(database_url) as stores:
        yield stores


@pytest.fixture
def session(stores: Stores) -> Iterator[Session]:
    with closing(Session(stores.url)) as session:
        yield session


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
    assert by_model["timeline@2"].parked_cases == 0

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


def test_an_idle_worker_opens_no_transaction(
    stores: Stores, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking for news takes no lock and writes nothing, however often it is done."""
    stores.told("asb:1", *STORY)
    worker = caught_up(session, MODELS)

    def refuse(_: Session) -> None:
        raise AssertionError("a transaction was opened")

    monkeypatch.setattr(Session, "transaction", refuse)
    assert [worker.step() for _ in range(20)] == [False] * 20
    stores.told("asb:2", *STORY)
    with pytest.raises(AssertionError, match="opened"):
        worker.step()


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


def test_the_projector_survives_the_loss_of_its_connection(stores: Stores) -> None:
    with projecting(stores):
        stores.told("asb:1", *STORY)
        eventually(lambda: stores.behind(MODELS) == 0, what="catching up")
        stores.admin(
            "SELECT pg_terminate_backend(l.pid) FROM pg_locks AS l "
            "WHERE locktype = 'advisory' AND l.pid <> pg_backend_pid()"
        )
        later = stores.told("asb:2", *STORY)
        eventually(lambda: stores.behind(MODELS) == 0, what="catching up again")
    assert_live_is_folded(stores, later)


def test_a_page_is_bounded_by_what_is_stored_and_says_where_it_ends(
    stores: Stores, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = stores.told("asb:1", *STORY)
    (size,) = stores.ask("SELECT max(octet_length(state)) FROM case_timeline.case_events")
    everywhere = list(range(PARTITIONS))

    def page(after: int, max_bytes: int, limit: int = 100) -> tuple[int, int]:
        monkeypatch.setattr("adapters.read_store.feed.PAGE_BYTES", max_bytes)
        with session.transaction() as transaction:
            found = transaction.page(after=after, up_to=9, partitions=everywhere, limit=limit)
        return len(found.events), found.end

    assert len(events) == 4
    assert page(0, max_bytes=1) == (1, 1)  # however large the first is
    assert page(0, max_bytes=size * 2) == (2, 2)
    assert page(0, max_bytes=size * 4) == (4, 9)  # nothing was held back
    assert page(0, max_bytes=size * 4, limit=4) == (4, 4)  # there may be more
    assert page(3, max_bytes=1) == (1, 9)
    assert page(4, max_bytes=1) == (0, 9)


def test_pages_that_are_cut_short_lose_nothing(
    stores: Stores, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.read_store.feed.PAGE_BYTES", 1500)
    told = [stores.told(f"asb:{n}", *STORY) for n in range(5)]
    caught_up(session, MODELS)
    for events in told:
        assert_live_is_folded(stores, events)
    assert rebuild(session, READ_MODELS["timeline"], clock).same


def test_many_rows_are_written_in_several_statements(
    stores: Stores, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []
    execute = psycopg.Cursor.execute

    def counting(cursor: psycopg.Cursor[Any], query: Any, params: Any = None, **more: Any) -> Any:
        if "timeline_v2" in str(query) and "ON CONFLICT" in str(query):
            sent.append(len(params[0]))
        return execute(cursor, query, params, **more)

    events = stores.told("asb:1", *STORY)
    monkeypatch.setattr("adapters.read_store.tables._STATEMENT_CHARACTERS", 1000)
    monkeypatch.setattr(psycopg.Cursor, "execute", counting)
    caught_up(session, MODELS)
    assert len(sent) > 1
    assert_live_is_folded(stores, events)


def test_a_worker_makes_the_tables_of_read_models_that_are_new(
    stores: Stores, session: Session
) -> None:
    events = stores.told("asb:1", *STORY)
    newcomer = fragile_model(set())
    caught_up(session, [newcomer])
    (row,) = stores.read_store.rows_of_case(newcomer, events[0].case_id)
    assert row.events == 2


def test_a_table_that_was_lost_is_filled_again_by_the_projector(stores: Stores) -> None:
    events = stores.told("asb:1", *STORY)
    with capture_logs() as logged, projecting(stores):
        eventually(lambda: stores.behind(MODELS) == 0, what="catching up")
        stores.admin("DROP TABLE read_models.timeline_v2")
        later = stores.told("asb:1", action_agreed(action_id="A2"), after=len(events))
        eventually(lambda: logged, what="noticing")
        eventually(lambda: stores.behind(MODELS) == 0, what="catching up again")
    assert_live_is_folded(stores, [*events, *later])
    assert [(each["event"], each["error"]) for each in logged] == [
        ("read_store_refused", "UndefinedTable")
    ]


def test_the_projector_tries_again_ever_more_slowly_what_the_database_refuses(
    stores: Stores,
) -> None:
    table = Table(READ_MODELS["timeline"]).name.as_string()
    stores.admin(f"ALTER TABLE {table} ADD CONSTRAINT nothing_goes CHECK (false)")
    events = stores.told("asb:1", *STORY)
    with capture_logs() as logged, projecting(stores) as lanes:
        eventually(lambda: len(logged) >= 3, what="trying again")
        assert all(lane.is_alive() for lane in lanes)
        stores.admin(f"ALTER TABLE {table} DROP CONSTRAINT nothing_goes")
        eventually(lambda: stores.behind(MODELS) == 0, what="catching up")
    assert_live_is_folded(stores, events)
    assert {each["error"] for each in logged} == {"CheckViolation"}
    assert [each["retry_in_seconds"] for each in logged[:3]] == [0.1, 0.2, 0.4]
