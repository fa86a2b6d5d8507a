"""Figures are counted once and kept: they stay what they were until they are counted again."""

import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest
from psycopg import errors
from psycopg.sql import SQL, Identifier

from adapters.read_store.creating import counting_alone
from adapters.read_store.session import Session
from domain.outcomes import Outcome
from projections.kpi_case import kpi_case
from services.bootstrap import intake_desk
from services.projector.counting import keep_counts, reckon_if_due
from services.projector.rebuild import rebuild
from tests.support.dashboards import ROLE
from tests.support.intakes import feeding
from tests.support.messages import message
from tests.support.read_stores import MODELS, Stores, caught_up, clock, opened
from tests.support.stories import case_opened, concern_raised, incident_reported, referral_sent
from tests.support.waiting import eventually

NEW_CASES = """
SELECT value FROM dashboard.figures
WHERE (figure, dimension, period, scope) = ('new_cases', '', 'year', 'all')
"""
RECKONED = "SELECT told FROM case_timeline.reckoning"
KEPT = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND starts_with(relname, 'dashboard_counted_') ORDER BY relname
"""


@pytest.fixture
def stores(database_url: str) -> Iterator[Stores]:
    """Two cases that the read models have taken in, and nothing that was counted."""
    with opened(database_url) as stores:
        for ref in ("sg:1", "sg:2"):
            stores.told(ref, concern_raised(), case_opened(initial_classification="adult"))
        takes_in(stores)
        yield stores


def takes_in(stores: Stores) -> None:
    with closing(Session(stores.url)) as session:
        caught_up(session, MODELS)


def counts(stores: Stores) -> bool:
    with closing(Session(stores.url)) as session:
        return session.count_figures()


def asked(stores: Stores, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(stores.url, autocommit=True) as connection:
        return connection.execute(query.encode()).fetchall()


def new_cases(stores: Stores) -> int:
    ((value,),) = asked(stores, NEW_CASES)
    return int(value)


def test_until_they_are_first_counted_views_show_how_it_is_now(stores: Stores) -> None:
    assert new_cases(stores) == 2
    stores.told("sg:3", concern_raised(), case_opened(initial_classification="adult"))
    takes_in(stores)
    assert new_cases(stores) == 3


def test_what_was_counted_is_shown_until_it_is_counted_again(stores: Stores) -> None:
    assert counts(stores)
    stores.told("sg:3", concern_raised(), case_opened(initial_classification="adult"))
    takes_in(stores)
    assert new_cases(stores) == 2
    assert counts(stores)
    assert new_cases(stores) == 3


@pytest.mark.parametrize("name", ["facts", "figures"])
def test_what_is_kept_is_what_is_counted(stores: Stores, name: str) -> None:
    stores.told("sg:1", referral_sent(), after=2)
    takes_in(stores)
    counts(stores)
    kept, fresh = (
        f"SELECT * FROM {view}{name}" for view in ("dashboard.", "read_models.dashboard_")
    )
    assert len(asked(stores, kept)) > 10
    assert asked(stores, f"{kept} EXCEPT ALL {fresh}") == []
    assert asked(stores, f"{fresh} EXCEPT ALL {kept}") == []


def test_it_says_when_it_was_counted_and_from_what(stores: Stores) -> None:
    counts(stores)
    stores.told("sg:3", concern_raised())
    takes_in(stores)
    ((position, is_past),) = asked(
        stores, "SELECT position, counted_at < now() FROM dashboard.counted"
    )
    assert (position, is_past) == (4, True)


def test_it_is_counted_again_only_where_something_changed(stores: Stores) -> None:
    assert counts(stores)
    kept = asked(stores, KEPT)
    assert not counts(stores)
    assert asked(stores, KEPT) == kept


def test_another_day_is_a_change(stores: Stores) -> None:
    counts(stores)
    stores.admin(
        "CREATE OR REPLACE VIEW read_models.dashboard_today AS SELECT current_date + 1 AS today"
    )
    assert counts(stores)
    assert not counts(stores)


def test_nothing_is_left_of_what_was_counted_before(stores: Stores) -> None:
    counts(stores)
    before = asked(stores, KEPT)
    stores.told("sg:3", concern_raised())
    takes_in(stores)
    counts(stores)
    after = asked(stores, KEPT)
    assert len(after) == len(before) == 2
    assert not {*after} & {*before}


def test_one_process_counts_at_a_time(stores: Stores) -> None:
    with (
        psycopg.connect(stores.url, autocommit=True) as other,
        counting_alone(other) as is_theirs,
    ):
        assert is_theirs
        assert not counts(stores)
    assert counts(stores)


def test_whoever_reads_keeps_nobody_from_counting_and_reads_on(stores: Stores) -> None:
    counts(stores)
    stores.told("sg:3", concern_raised(), case_opened(initial_classification="adult"))
    takes_in(stores)
    with psycopg.connect(stores.url) as reader:
        reader.execute(NEW_CASES.encode())
        # It waits for the reader before it takes the old tables away, and gives up soon.
        with pytest.raises(errors.LockNotAvailable):
            counts(stores)
        assert reader.execute(NEW_CASES.encode()).fetchone() == (2,)
    assert counts(stores)
    assert new_cases(stores) == 3
    assert len(asked(stores, KEPT)) == 2


def test_what_could_never_be_shown_is_counted_again_and_goes(stores: Stores) -> None:
    with psycopg.connect(stores.url) as reader:
        reader.execute("SELECT count(*) FROM dashboard.facts")
        with pytest.raises(errors.LockNotAvailable):
            counts(stores)
        with pytest.raises(errors.LockNotAvailable):
            counts(stores)
    assert len(asked(stores, KEPT)) == 2
    assert counts(stores)
    assert len(asked(stores, KEPT)) == 2
    assert not counts(stores)


def test_what_another_release_made_is_left_alone(stores: Stores) -> None:
    stores.admin("COMMENT ON SCHEMA dashboard IS 'Made by a release to come.'")
    assert not counts(stores)


def test_a_release_that_makes_the_views_anew_shows_how_it_is_now(stores: Stores) -> None:
    counts(stores)
    stores.admin("COMMENT ON SCHEMA dashboard IS 'Made by a release before.'")
    stores.told("sg:3", concern_raised(), case_opened(initial_classification="adult"))
    takes_in(stores)
    assert new_cases(stores) == 3
    assert counts(stores)
    assert len(asked(stores, KEPT)) == 2


def test_a_rebuild_changes_the_table_below_and_it_is_counted_from_the_new_one(
    stores: Stores,
) -> None:
    counts(stores)
    stores.admin("UPDATE read_models.kpi_case_v2 SET new_case_on = NULL")
    with closing(Session(stores.url)) as session:
        assert rebuild(session, kpi_case, clock)
    assert counts(stores)
    assert new_cases(stores) == 2
    stores.told("sg:3", concern_raised(), case_opened(initial_classification="adult"))
    takes_in(stores)
    assert counts(stores)
    assert new_cases(stores) == 3


def test_reports_may_read_the_views_and_not_what_they_keep(stores: Stores) -> None:
    counts(stores)
    with psycopg.connect(stores.url, autocommit=True) as connection:
        connection.execute(f"SET ROLE {ROLE}".encode())
        assert connection.execute("SELECT count(*) FROM dashboard.counted").fetchone() == (1,)
        for (name,) in asked(stores, KEPT):
            with pytest.raises(errors.InsufficientPrivilege):
                connection.execute(SQL("SELECT * FROM {}").format(Identifier("read_models", name)))


def test_a_projector_counts_until_it_is_stopped(stores: Stores) -> None:
    stop = threading.Event()
    counting = threading.Thread(target=keep_counts, args=(stores.url, clock, stop))
    counting.start()
    try:
        eventually(lambda: len(asked(stores, KEPT)) == 2, timeout=20, what="the first count")
        eventually(lambda: asked(stores, RECKONED) != [], timeout=20, what="the first reckoning")
    finally:
        stop.set()
        counting.join(20)
    assert not counting.is_alive()


def test_the_ledger_is_gone_through_where_something_came_or_some_time_passed(
    database_url: str,
) -> None:
    with feeding(database_url) as intake, intake_desk(database_url) as desk:
        assert desk.reckoned() is None
        assert reckon_if_due(desk, intake.clock)
        assert not reckon_if_due(desk, intake.clock)

        one = message(incident_reported(), "one")
        intake.takes(one, one | {"id": "other", "type": "not-a-type"})
        assert reckon_if_due(desk, intake.clock)
        assert desk.reckoned() == desk.reckon(intake.clock.now)
        assert not reckon_if_due(desk, intake.clock)

        (entry,) = desk.entries(outcome=Outcome.QUARANTINED)
        desk.close_entry(entry.id, by="staff:one", note="A test.", at=intake.clock.now)
        intake.clock.goes(minutes=10)
        assert reckon_if_due(desk, intake.clock)
        kept = desk.reckoned()
        assert kept is not None
        assert [(each.closed, each.quarantined) for each in kept.sources] == [(1, 0)]
        assert kept.sources[0].received == 2
