"""Rebuilding read models on real PostgreSQL, while everything else goes on."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from adapters.read_store.session import Session
from adapters.read_store.tables import Table
from domain.events.envelope import CaseEvent
from projections.catalogue import READ_MODELS
from services.cli.answers import RebuiltModels
from services.projector import Worker
from services.projector import rebuild as rebuilding
from services.projector.rebuild import RebuildUnderWay, rebuild, rebuild_together
from tests.support.command_line import CommandLine
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
from tests.support.waiting import eventually

TIMELINE = READ_MODELS["timeline"]
WAITING_FOR_A_LOCK = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


@pytest.fixture
def stores(database_url: str) -> Iterator[Stores]:
    with opened(database_url) as stores:
        yield stores


@pytest.fixture
def session(stores: Stores) -> Iterator[Session]:
    with closing(Session(stores.url)) as session:
        yield session


def test_a_rebuild_repairs_what_was_tampered_with_and_says_so(
    stores: Stores, session: Session
) -> None:
    events = stores.told("asb:1", *STORY)
    caught_up(session, MODELS)
    timeline = READ_MODELS["timeline"]
    assert rebuild(session, timeline, clock).same
    stores.admin("UPDATE read_models.timeline_v2 SET headline = 'nothing happened'")
    found = rebuild(session, timeline, clock)
    assert (found.same, found.differing_rows) == (False, len(events))
    assert_live_is_folded(stores, events)
    assert rebuild(session, timeline, clock).same


def test_rebuilding_while_events_come_in_loses_none(stores: Stores) -> None:
    with projecting(stores):
        told = [stores.told(f"asb:{n}", *STORY) for n in range(20)]
        with closing(Session(stores.url)) as session:
            for n in range(20, 30):
                told.append(stores.told(f"asb:{n}", *STORY))
                assert rebuild(session, READ_MODELS["timeline"], clock).same
                told.append(stores.told(f"asb:{n + 100}", *STORY))
        eventually(lambda: stores.behind(MODELS) == 0, what="catching up")
    for events in told:
        assert_live_is_folded(stores, events)


def test_what_lags_far_behind_is_built_up_to_the_latest_event(
    stores: Stores, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebuilding, "_FAR", len(STORY))
    told = [stores.told("asb:1", *STORY)]
    caught_up(session, MODELS)
    told.append(stores.told("asb:2", *STORY))
    assert rebuild(session, TIMELINE, clock).compared
    assert stores.behind([TIMELINE]) == len(STORY)
    told.append(stores.told("asb:3", *STORY))
    found = rebuild(session, TIMELINE, clock)
    assert (found.compared, found.same, stores.behind([TIMELINE])) == (False, True, 0)
    caught_up(session, MODELS)
    for events in told:
        assert_live_is_folded(stores, events)


def test_a_table_that_someone_else_began_to_build_is_not_put_in_place(
    stores: Stores, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the session with the claim was lost, and another rebuild began."""
    events = stores.told("asb:1", *STORY)
    caught_up(session, MODELS)

    def began(_: object) -> None:
        with closing(Session(stores.url)) as other, other.transaction() as transaction:
            transaction.create_bare(Table(TIMELINE, suffix="_rebuild"))

    with monkeypatch.context() as patch:
        patch.setattr(rebuilding._Rebuild, "_catch_up", began)
        with pytest.raises(RebuildUnderWay):
            rebuild(session, TIMELINE, clock)
    assert_live_is_folded(stores, events)
    assert rebuild(session, TIMELINE, clock).same


def test_checkpoints_are_locked_in_one_order(stores: Stores, session: Session) -> None:
    """Whoever waits for a first checkpoint does not hold a later one meanwhile."""
    moved = {"test/2": 5, "test/1": 5}

    def move() -> None:
        with closing(Session(stores.url)) as other, other.transaction() as transaction:
            transaction.set_checkpoints(moved)

    with session.transaction() as transaction:
        transaction.checkpoints(list(moved))
    with ThreadPoolExecutor(1) as pool:
        with session.transaction() as transaction:
            transaction.checkpoints(["test/1"])
            moving = pool.submit(move)
            eventually(lambda: stores.ask(WAITING_FOR_A_LOCK)[0], what="waiting for the first")
            assert transaction.checkpoints(["test/2"]) == {"test/2": 0}
        moving.result(timeout=10)
    with session.transaction() as transaction:
        assert transaction.positions(list(moved)) == moved


def test_rows_that_are_only_in_one_of_the_tables_differ(stores: Stores, session: Session) -> None:
    events = stores.told("asb:1", *STORY)
    caught_up(session, MODELS)
    stores.admin(
        "INSERT INTO read_models.timeline_v2 SELECT * FROM jsonb_populate_record("
        "(SELECT t FROM read_models.timeline_v2 AS t LIMIT 1), "
        """'{"case_id": "00000000-0000-0000-0000-000000000001"}')"""
    )
    found = rebuild(session, TIMELINE, clock)
    assert (found.live.rows, found.rebuilt.rows) == (len(events) + 1, len(events))
    assert (found.same, found.differing_rows) == (False, 1)
    stores.admin("DELETE FROM read_models.timeline_v2")
    found = rebuild(session, TIMELINE, clock)
    assert (found.same, found.differing_rows) == (False, len(events))
    assert_live_is_folded(stores, events)


def test_of_two_rebuilds_at_once_the_second_leaves_all_as_it_is(
    stores: Stores, session: Session
) -> None:
    told = [stores.told(f"asb:{n}", *STORY) for n in range(5)]
    caught_up(session, MODELS)
    refused: list[str] = []

    def meanwhile(_reached: int, _goal: int) -> None:
        with closing(Session(stores.url)) as other:
            with pytest.raises(RebuildUnderWay) as raised:
                rebuild(other, TIMELINE, clock)
            refused.append(str(raised.value))
            assert rebuild(other, READ_MODELS["case_state"], clock).same

    assert rebuild(session, TIMELINE, clock, tell=meanwhile).same
    assert set(refused) == {"Another rebuild of timeline is under way."}
    for events in told:
        assert_live_is_folded(stores, events)


def test_a_rebuild_that_failed_is_in_nobodys_way(stores: Stores, session: Session) -> None:
    stores.told("asb:1", *STORY)
    caught_up(session, MODELS)

    def fail(_reached: int, _goal: int) -> None:
        raise RuntimeError("as if someone had interrupted")

    with pytest.raises(RuntimeError):
        rebuild(session, TIMELINE, clock, tell=fail)
    with closing(Session(stores.url)) as other:
        assert rebuild(other, TIMELINE, clock).same


def test_the_command_says_that_a_rebuild_is_under_way_and_does_the_others(
    stores: Stores,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    stores.told("asb:1", *STORY)
    caught_up(session, MODELS)
    cli = CommandLine(monkeypatch, capsys, {"database_url": stores.url})
    with session.claim(f"rebuild/{TIMELINE.id}") as claimed:
        assert claimed
        one = cli("projections", "rebuild", "timeline")
        every = cli("projections", "rebuild", "--all", "--json")
    sentence = "Another rebuild of timeline is under way."
    assert (one.code, one.sentence, one.out) == (1, sentence, "")
    assert (every.code, every.sentence) == (1, sentence)
    rebuilt = RebuiltModels.model_validate_json(every.out).rebuilt
    assert {each.read_model for each in rebuilt} == set(READ_MODELS) - {"timeline"}
    cli.ok("projections", "rebuild", "timeline")


def test_a_rebuild_of_a_read_model_without_a_table_makes_one(
    stores: Stores, session: Session
) -> None:
    events = stores.told("asb:1", *STORY)
    stores.admin("DROP TABLE read_models.timeline_v2")
    rebuild(session, TIMELINE, clock)
    caught_up(session, MODELS)
    assert_live_is_folded(stores, events)


def test_a_new_read_model_is_built_from_all_there_is_and_goes_on_from_there(
    stores: Stores, session: Session
) -> None:
    first = stores.told("asb:1", *STORY)
    others = [model for model in MODELS if model is not TIMELINE]
    caught_up(session, others)
    worker = Worker(session, [TIMELINE], clock)
    worker.rebalance()
    (found,) = rebuild_together(session, [TIMELINE], clock)
    assert (found.compared, found.same) == (False, True)
    assert (found.live.rows, found.rebuilt.rows) == (0, len(first))
    assert stores.behind([TIMELINE]) == 0
    second = stores.told("asb:1", *STORY, after=len(first))
    while worker.step():
        pass
    caught_up(session, others)
    assert_live_is_folded(stores, [*first, *second])
    assert rebuild(session, TIMELINE, clock).compared


def test_several_processes_build_what_one_does(
    stores: Stores, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.projector.rebuild._FEW", 0)
    told = [stores.told(f"asb:{n}", *STORY) for n in range(20)]
    caught_up(session, MODELS)
    progress: list[tuple[int, int]] = []
    found = rebuild_together(
        session, MODELS, clock, processes=2, tell=lambda *at: progress.append(at)
    )
    assert [each.model for each in found] == MODELS
    assert all(each.same and each.compared for each in found)
    assert progress[-1] == (80, 80)
    for events in told:
        assert_live_is_folded(stores, events)


def test_switching_several_at_once_while_events_come_in_loses_none(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.projector.rebuild._FEW", 0)

    def tell(numbers: range) -> list[list[CaseEvent]]:
        return [stores.told(f"asb:{n}", *STORY) for n in numbers]

    with projecting(stores), closing(Session(stores.url)) as session, ThreadPoolExecutor(1) as pool:
        told = tell(range(10))
        eventually(lambda: stores.behind(MODELS) == 0, what="catching up")
        telling = pool.submit(tell, range(10, 30))
        found = rebuild_together(session, MODELS, clock, processes=2)
        told += telling.result()
        assert [each.model for each in found] == MODELS
        assert all(each.same and each.compared for each in found)
        eventually(lambda: stores.behind(MODELS) == 0, what="catching up")
    for events in told:
        assert_live_is_folded(stores, events)
