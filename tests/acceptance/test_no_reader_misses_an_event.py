"""Readers that follow the global order miss no event, however writers' commits interleave.

Positions are drawn before a commit and become visible with it. Without the lock that keeps both in
one order, a reader may pass a position whose transaction commits later; the last test shows that
this one would notice.
"""

import re
import threading
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from functools import partial
from multiprocessing import get_context

import psycopg
import pytest
from eventsourcing.persistence import ApplicationRecorder
from psycopg import Cursor
from psycopg.rows import DictRow

from adapters.event_store.application import CaseFactory, Cases, LedgerRecorder
from adapters.read_store.feed import PARTITIONS
from adapters.read_store.session import Session
from tests.support.load import EVENTS_PER_CASE, case_events

WRITERS, READERS = 8, 3
CASES_EACH = 3
EVENTS = WRITERS * CASES_EACH * EVENTS_PER_CASE

_SLOW_COMMITS = """
CREATE FUNCTION case_timeline.dawdle() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_sleep(random() * 0.01); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER dawdle AFTER INSERT ON case_timeline.case_events
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION case_timeline.dawdle();
"""


class UnlockedRecorder(LedgerRecorder):
    """Draws positions as the real one does, but without the lock."""

    def _lock_and_draw(self, cursor: Cursor[DictRow], count: int) -> bytes:
        before, _, after = re.split(
            rb"(LOCK TABLE [^;]+ IN EXCLUSIVE MODE; )", super()._lock_and_draw(cursor, count)
        )
        return before + after


class UnlockedCases(Cases):
    """The store with that recorder."""

    def construct_recorder(self) -> ApplicationRecorder:
        assert isinstance(self.factory, CaseFactory)
        return UnlockedRecorder(self.factory.datastore, events_table_name="case_events")


def write(store: type[Cases], url: str, writer: int) -> None:
    """Commit the events of some cases, one in each transaction."""
    with closing(store(url)) as cases:
        for number in range(writer, WRITERS * CASES_EACH, WRITERS):
            for event in case_events(number):
                cases.save(event)


class Reader(threading.Thread):
    """Follows the global order and notes every position it comes to."""

    def __init__(self, url: str, written: threading.Event) -> None:
        super().__init__()
        self._url, self._written = url, written
        self.seen: list[int] = []

    def run(self) -> None:
        """Read page after page, until all is written and nothing new comes."""
        after = 0
        with closing(Session(self._url)) as session:
            while True:
                last = self._written.is_set()
                with session.transaction() as transaction:
                    page = transaction.page(
                        after=after,
                        up_to=transaction.head(),
                        partitions=range(PARTITIONS),
                        limit=50,
                    )
                self.seen += [each.position for each in page.events]
                if last and page.end == after:
                    return
                after = page.end


@pytest.fixture
def slow(database_url: str) -> str:
    """A database that takes a random time over each commit."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(_SLOW_COMMITS.encode())
    return database_url


def missed(url: str, store: type[Cases]) -> int:
    """How many events the readers did not come to, all together, while the writers wrote."""
    written = threading.Event()
    readers = [Reader(url, written) for _ in range(READERS)]
    for reader in readers:
        reader.start()
    try:
        with ProcessPoolExecutor(WRITERS, mp_context=get_context("spawn")) as writers:
            list(writers.map(partial(write, store, url), range(WRITERS)))
    finally:
        written.set()
        for reader in readers:
            reader.join()
    with psycopg.connect(url) as connection:
        there = connection.execute(
            "SELECT notification_id FROM case_timeline.case_events ORDER BY 1"
        ).fetchall()
    assert len(there) == EVENTS
    for reader in readers:
        assert reader.seen == sorted(set(reader.seen))
    return sum(len(there) - len(reader.seen) for reader in readers)


def test_no_reader_misses_an_event(slow: str) -> None:
    assert missed(slow, Cases) == 0


def test_without_the_lock_readers_miss_some(slow: str) -> None:
    assert missed(slow, UnlockedCases) > 0
