"""What work costs, counted and not timed: statements sent, events decoded, rows read."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date
from typing import Any

import psycopg
import pytest
from eventsourcing.persistence import StoredEvent

from adapters.embedded import EmbeddedPostgres
from adapters.event_store import bearing, ledger, oversight, snapshots
from adapters.read_store.session import Session
from domain.case import fold
from domain.identity import case_id_of
from projections.case_state import case_state
from projections.time_travel import PointOfView
from services.bootstrap import review
from services.projector.rebuild import rebuild_together
from tests.support.decoding import noting_decoded
from tests.support.intakes import Feeding, feeding
from tests.support.load import EVENTS_PER_CASE, case_events
from tests.support.messages import Message, message, submission
from tests.support.read_stores import MODELS, Stores, caught_up, clock, opened
from tests.support.stories import incident_reported, person_involved
from tests.support.waiting import eventually

_STATEMENT = re.compile(r"LOG:  (?:statement|execute [^:]*): (.*)")


@pytest.fixture
def stores(database_url: str) -> Iterator[Stores]:
    with opened(database_url) as stores:
        yield stores


@pytest.fixture
def statements(
    postgres: EmbeddedPostgres, stores: Stores
) -> Callable[[Callable[[], object]], list[str]]:
    """Returns the statements that some work on the database sends, each one round trip."""
    name = psycopg.conninfo.conninfo_to_dict(stores.url)["dbname"]
    stores.admin(f"ALTER DATABASE {name} SET log_statement = 'all'")

    def sent(work: Callable[[], object]) -> list[str]:
        before = postgres.log.stat().st_size
        work()
        with postgres.log.open("rb") as log:
            log.seek(before)
            return _STATEMENT.findall(log.read().decode())

    return sent


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[StoredEvent]:
    return noting_decoded(monkeypatch)


def opening(case: int) -> Message:
    """The first event of a case."""
    return message(incident_reported("2024-03-01"), f"{case}/opening", case_ref=f"asb:{case}")


def person(case: int) -> Message:
    """Another event of it, to which nothing else belongs."""
    return message(person_involved("2024-03-02"), f"{case}/person", case_ref=f"asb:{case}")


def late(case: int) -> Message:
    """An event of a case that has not begun."""
    return message(person_involved("2024-03-02"), f"{case}/late", case_ref=f"asb:{case}")


class TestWriting:
    """Of one transaction, whatever is in it."""

    @pytest.fixture
    def fed(self, stores: Stores, statements: object) -> Iterator[Feeding]:
        with feeding(stores.url) as fed:
            fed.takes(opening(1_000))  # connects
            yield fed

    def test_a_large_batch_costs_as_many_statements_as_a_small_one(
        self, fed: Feeding, statements: Callable[[Callable[[], object]], list[str]]
    ) -> None:
        few = statements(lambda: fed.takes(*map(opening, range(5))))
        many = statements(lambda: fed.takes(*map(opening, range(100, 300))))
        assert len(many) == len(few)
        assert len(few) <= 7

    def test_cases_that_are_remembered_cost_no_more(
        self, fed: Feeding, statements: Callable[[Callable[[], object]], list[str]]
    ) -> None:
        fed.takes(*map(opening, range(50)))
        remembered = statements(lambda: fed.takes(*map(person, range(50))))
        assert len(remembered) <= 6
        assert not [each for each in remembered if "state FROM" in each]

    def test_nothing_stored_is_decoded_for_cases_that_are_remembered(
        self, fed: Feeding, decoded: list[StoredEvent]
    ) -> None:
        fed.takes(*map(opening, range(50)))
        decoded.clear()
        fed.takes(*map(person, range(50)))
        assert decoded == []

    def test_a_case_that_is_not_is_decoded_once(
        self, stores: Stores, fed: Feeding, decoded: list[StoredEvent]
    ) -> None:
        fed.takes(*map(opening, range(50)))
        with feeding(stores.url) as another:
            decoded.clear()
            another.takes(*map(person, range(50)))
        assert len(decoded) == 50


def store(stores: Stores, cases: range) -> int:
    """Stores whole cases and returns how many events that makes."""
    for case in cases:
        stores.cases.save(*case_events(case))
    return len(cases) * EVENTS_PER_CASE


class TestProjecting:
    def test_many_events_cost_as_many_statements_as_few(
        self, stores: Stores, statements: Callable[[Callable[[], object]], list[str]]
    ) -> None:
        with closing(Session(stores.url)) as session:
            # Kinds of cases come round after six; a page holds all of those below.
            store(stores, range(6))
            worker = caught_up(session, MODELS)
            store(stores, range(6, 12))
            few = statements(worker.step)
            store(stores, range(12, 48))
            many = statements(worker.step)
        assert len(many) <= len(few) + 3  # a transaction now and then, of what concerned no model

    def test_an_event_is_decoded_once_for_all_and_once_for_what_reads_whole_streams(
        self, stores: Stores, decoded: list[StoredEvent]
    ) -> None:
        with closing(Session(stores.url)) as session:
            events = store(stores, range(12))
            decoded.clear()
            caught_up(session, MODELS)
        assert events <= len(decoded) <= 2 * events

    def test_a_rebuild_decodes_each_event_once(
        self, stores: Stores, decoded: list[StoredEvent]
    ) -> None:
        with closing(Session(stores.url)) as session:
            events = store(stores, range(12))
            decoded.clear()
            rebuild_together(session, MODELS, clock)
        assert len(decoded) == events


class TestLookingBack:
    def test_a_case_as_known_on_a_day_is_read_by_itself(
        self, stores: Stores, decoded: list[StoredEvent]
    ) -> None:
        store(stores, range(60))
        stores.admin("ANALYZE case_timeline.case_events")
        stores.admin("SELECT pg_stat_reset()")
        case_ref = case_events(7)[0].case_ref
        decoded.clear()
        with review(stores.url) as cases:
            cases.rows(case_state, case_ref, PointOfView(known_on=date(2026, 1, 1)))
        assert len(decoded) == EVENTS_PER_CASE
        assert eventually(lambda: _rows_read(stores)) == (EVENTS_PER_CASE, 0)

    def test_one_as_it_stands_is_not_read_at_all(
        self, stores: Stores, decoded: list[StoredEvent]
    ) -> None:
        store(stores, range(2))
        with closing(Session(stores.url)) as session:
            caught_up(session, MODELS)
        case_ref = case_events(1)[0].case_ref
        decoded.clear()
        with review(stores.url) as cases:
            assert cases.rows(case_state, case_ref)[0].case_id == case_id_of(case_ref)
        assert decoded == []


class TestRowsOfAQuery:
    """Of the queries that every batch and every look at a case sends, as PostgreSQL counts them."""

    CASES = 40

    @pytest.fixture
    def fed(self, stores: Stores) -> Iterator[Feeding]:
        with feeding(stores.url) as fed:
            for case in range(self.CASES):
                fed.takes(opening(case), person(case))
            yield fed

    def test_what_bears_on_a_batch_is_found_without_reading_anything_else(
        self, stores: Stores, fed: Feeding
    ) -> None:
        # What waits and is quarantined elsewhere is none of its business, be it much, and of
        # today, so that PostgreSQL has not heard of it.
        stores.admin("ANALYZE case_timeline.intake")
        fed.takes(*map(late, range(1_000, 1_200)))
        fed.takes(*(submission(b"{}", f"broken-{number}") for number in range(200)))
        ours = [entry for entry in fed.ledger().values() if entry.case_ref in ("asb:1", "asb:2")]
        case_ids = [case_id_of("asb:1"), case_id_of("asb:2")]
        values = {
            "deliveries": [entry.delivery for entry in ours],
            "event_ids": [entry.event_id for entry in ours],
            "case_ids": case_ids,
            "opening": case_ids,
            "classifying": case_ids,
        }
        # Each of the four is seen, and taken; both times its event is looked up for its position.
        assert scanned(fed, bearing.BEARING, values) == 4 * len(ours) == 16
        assert scanned(fed, ledger.asking_what_waits(case_ids).decode(), {}) == 0

    def test_receipts_of_a_source_are_found_without_reading_anything_else(
        self, stores: Stores, fed: Feeding
    ) -> None:
        for source, count in (("urn:1", 20), ("urn:2", 20), ("urn:busy", 1_000)):
            sent = (submission(b"{}", f"{source}-{n}", source=source) for n in range(count))
            fed.takes(*sent)
        stores.admin("ANALYZE case_timeline.intake")
        values = {"sources": ["urn:1", "urn:2"], "since": 1, "limit": 10}
        assert scanned(fed, oversight.RECEIPTS, values) == 2 * 10
        values["since"] = self.CASES * 2 + 35
        assert scanned(fed, oversight.RECEIPTS, values) == 5

    def test_the_state_of_a_case_is_made_of_what_came_since_its_snapshot(
        self, fed: Feeding
    ) -> None:
        case_id = case_id_of("asb:3")
        values = {"case_ids": [case_id], "made_by": snapshots.made_by()}
        assert scanned(fed, snapshots.SINCE, values) == 2
        fed.cases.keep_snapshots({case_id: fold(fed.events("asb:3"))})
        fed.takes(message(person_involved("2024-03-03", person="p:new"), "new", case_ref="asb:3"))
        assert scanned(fed, snapshots.SINCE, values) == 2  # the snapshot, and one event


def scanned(fed: Feeding, query: str, values: Mapping[str, object]) -> int:
    """How many rows of tables PostgreSQL reads for a query, kept or not."""
    with fed.cases.recorder.datastore.get_connection() as connection:
        row = connection.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}", values).fetchone()
    assert row is not None
    return sum(_read_by(node) for node in _nodes(row["QUERY PLAN"][0]["Plan"]))


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from _nodes(below)


def _read_by(node: dict[str, Any]) -> int:
    if "Relation Name" not in node:
        return 0
    removed = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return int((node["Actual Rows"] + removed) * node["Actual Loops"])


def _rows_read(stores: Stores) -> tuple[int, int] | None:
    """The rows of the event store read by index and by scan, once the reader has reported them."""
    by_index, by_scan = stores.ask(
        "SELECT idx_tup_fetch, seq_tup_read FROM pg_stat_user_tables WHERE relname = 'case_events'"
    )
    return (by_index, by_scan) if by_index or by_scan else None
