"""The event store on real PostgreSQL: appending, reading back, and rights that cannot be abused."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import psycopg
import pytest
from eventsourcing.persistence import ProgrammingError, StoredEvent
from psycopg.sql import SQL, Identifier

from adapters.event_store.application import Cases, Conflict, LedgerRecorder, StoreUnavailable
from adapters.event_store.datastore import SERVICE_ROLE, act_as_service
from adapters.event_store.ledger import LedgerEntry
from adapters.event_store.mapper import UnreadableEvent
from adapters.event_store.migrating import migrate
from domain.events.envelope import CaseEvent
from domain.identity import case_id_of
from domain.outcomes import Outcome
from domain.rules.policy import STANDARD, policy_of
from tests.support.decoding import noting_decoded
from tests.support.messages import RECEIVED
from tests.support.stories import (
    CASE_REF,
    Told,
    action_agreed,
    incident_reported,
    person_involved,
    rule_overridden,
    tell,
)

OTHER_CASE = "asb:2024-0999"


@pytest.fixture
def cases(database_url: str) -> Iterator[Cases]:
    with closing(Cases(database_url)) as cases:
        yield cases


@pytest.fixture
def admin(database_url: str) -> Iterator[psycopg.Connection]:
    """A session with every right there is."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        yield connection


@pytest.fixture
def service(database_url: str) -> Iterator[psycopg.Connection]:
    """A session with the rights that services have."""
    with psycopg.connect(database_url, autocommit=True) as connection:
        act_as_service(connection)
        yield connection


def story() -> list[CaseEvent]:
    return tell(incident_reported(), person_involved(), action_agreed())


def other_story() -> list[CaseEvent]:
    told = incident_reported(ref="theirs").placed(1, RECEIVED, OTHER_CASE)
    return [told]


def entry_of(event: CaseEvent, delivery: str = "d-1") -> LedgerEntry:
    return LedgerEntry(
        delivery=delivery,
        source=event.source,
        received_at=RECEIVED,
        decided_at=RECEIVED,
        outcome=Outcome.ACCEPTED,
        event_id=event.event_id,
        case_id=event.case_id,
        version=event.version,
    )


def state_of(event: CaseEvent) -> bytes:
    return event.model_dump_json(by_alias=True).encode()


def owned(database_url: str, server_url: str) -> str:
    """The same database as its owner connects, who may make roles and little else."""
    name = f"owner_{uuid4().hex}"
    statements = (
        "CREATE ROLE {role} LOGIN CREATEROLE",
        "ALTER DATABASE {database} OWNER TO {role}",
        # What PostgreSQL gives to whoever makes a role, but is no superuser.
        "GRANT {service} TO {role} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE",
    )
    parts = urlsplit(database_url)
    names = {
        "role": Identifier(name),
        "database": Identifier(parts.path.removeprefix("/")),
        "service": Identifier(SERVICE_ROLE),
    }
    with psycopg.connect(server_url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(SQL(statement).format(**names))
    return parts._replace(netloc=f"{name}@{parts.netloc.rpartition('@')[2]}").geturl()


INSERT = (
    "INSERT INTO case_timeline.case_events "
    "(originator_id, originator_version, topic, state) VALUES (%s, %s, %s, %s)"
)


class TestPolicy:
    """What rules judge by is asked for often, and changes seldom."""

    AUTHORITY = "authority:E09000001"
    SET = rule_overridden(parameters=[{"name": "chase_working_days", "value": 7}])
    SET_ANEW = rule_overridden(parameters=[{"name": "chase_working_days", "value": 9}])

    def overridden(self, *story: Told) -> Sequence[CaseEvent]:
        return tell(*story, case_ref=self.AUTHORITY)

    def test_without_any_event_is_the_standard_one(self, cases: Cases) -> None:
        assert cases.policy() == STANDARD

    def test_is_read_anew_after_another_event_that_sets_it(
        self, cases: Cases, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first, second = self.overridden(self.SET, self.SET_ANEW)
        cases.save(first)
        before = cases.policy()
        cases.save(second)
        decoded = noting_decoded(monkeypatch)
        assert cases.policy() == policy_of([first, second]) != before
        assert [each.originator_version for each in decoded] == [1, 2]

    def test_is_read_anew_after_what_another_process_recorded(
        self, cases: Cases, database_url: str
    ) -> None:
        assert cases.policy() == STANDARD
        (event,) = self.overridden(self.SET)
        with closing(Cases(database_url)) as another:
            another.save(event)
        assert cases.policy() == policy_of([event]) != STANDARD

    def test_is_not_read_again_after_any_other(
        self, cases: Cases, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cases.save(*self.overridden(self.SET))
        first = cases.policy()
        cases.save(*story())
        decoded = noting_decoded(monkeypatch)
        assert cases.policy() is first
        assert cases.policy() is first
        assert decoded == []


class TestAppending:
    def test_what_is_appended_is_read_back(self, cases: Cases) -> None:
        events = story()
        recordings = cases.save(*events)
        positions = [recording.notification.id for recording in recordings]
        assert positions == sorted(set(positions))
        assert cases.streams([events[0].case_id]) == {events[0].case_id: events}

    def test_several_cases_are_read_in_one_query(
        self, cases: Cases, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ours, theirs = story(), other_story()
        cases.save(*ours, *theirs)
        queries: list[int] = []
        select_many = LedgerRecorder.select_many

        def counting(self: LedgerRecorder, ids: Sequence[UUID]) -> Sequence[StoredEvent]:
            queries.append(len(ids))
            return select_many(self, ids)

        monkeypatch.setattr(LedgerRecorder, "select_many", counting)
        nobodys = case_id_of("asb:none")
        streams = cases.streams([ours[0].case_id, theirs[0].case_id, nobodys])
        assert streams == {ours[0].case_id: ours, theirs[0].case_id: theirs}
        assert queries == [3]

    def test_single_events_are_read_by_their_places(self, cases: Cases) -> None:
        ours, theirs = story(), other_story()
        cases.save(*ours, *theirs)
        places = [(ours[0].case_id, 2), (theirs[0].case_id, 1), (ours[0].case_id, 9)]
        found = cases.events_at(places)
        assert {event.event_id for event in found} == {ours[1].event_id, theirs[0].event_id}

    def test_versions_are_those_of_the_last_events(self, cases: Cases) -> None:
        ours, theirs = story(), other_story()
        cases.save(*ours, *theirs)
        assert cases.versions([ours[0].case_id, theirs[0].case_id, uuid4()]) == {
            ours[0].case_id: 3,
            theirs[0].case_id: 1,
        }

    def test_a_version_is_taken_once(self, cases: Cases) -> None:
        cases.save(*story())
        with pytest.raises(Conflict):
            cases.save(story()[2])
        assert cases.versions([case_id_of(CASE_REF)]) == {case_id_of(CASE_REF): 3}

    def test_all_of_a_batch_is_appended_or_nothing(self, cases: Cases) -> None:
        cases.save(*story()[:1])
        with pytest.raises(Conflict):
            cases.save(*other_story(), *story())
        assert cases.versions([case_id_of(OTHER_CASE)]) == {}

    def test_the_ledger_is_written_with_the_events_or_not_at_all(self, cases: Cases) -> None:
        event = story()[0]
        cases.save(event, intake=[entry_of(event)])
        assert cases.seen(["d-1"])["d-1"].version == 1
        other = other_story()[0]
        with pytest.raises(Conflict):
            cases.save(other, intake=[entry_of(other, "d-2"), entry_of(event, "d-3")])
        assert cases.seen(["d-2", "d-3"]) == {}
        assert cases.versions([other.case_id]) == {}

    def test_an_entry_decided_elsewhere_meanwhile_is_a_conflict(self, cases: Cases) -> None:
        event = story()[0]
        with pytest.raises(Conflict):
            cases.save(event, redecided=[entry_of(event, "never-waited")])
        assert cases.versions([event.case_id]) == {}


class TestReadability:
    def test_an_event_that_would_not_read_back_is_not_stored(self, cases: Cases) -> None:
        event = story()[0]
        for spoilt in (
            {"narrative": ""},
            {"occurred_at": datetime(2024, 3, 1)},  # noqa: DTZ001
            {"known_at": datetime.fromisoformat("1899-12-31T10:00:00+00:00")},
            {"schema_version": 2},
        ):
            with pytest.raises(UnreadableEvent):
                cases.save(event.model_copy(update=spoilt))
        assert cases.versions([event.case_id]) == {}

    def test_why_it_does_not_read_back_is_told_without_its_content(self, cases: Cases) -> None:
        spoilt = story()[0].model_copy(update={"correlation_id": "Zaphod Beeblebrox"})
        with pytest.raises(UnreadableEvent) as refused:
            cases.save(spoilt)
        assert "Zaphod" not in str(refused.value)
        assert refused.value.__cause__ is None
        assert refused.value.__suppress_context__

    def test_a_row_of_no_known_type_is_not_read_and_imports_nothing(
        self, cases: Cases, admin: psycopg.Connection
    ) -> None:
        event = story()[0]
        for topic in ("this:that", "antigravity:geohash", "builtins:eval", "CaseEvent"):
            admin.execute(INSERT, (uuid4(), 1, topic, state_of(event)))
        for (case_id,) in admin.execute("SELECT originator_id FROM case_timeline.case_events"):
            with pytest.raises(UnreadableEvent, match="not an event of the catalogue"):
                cases.streams([case_id])
        assert "antigravity" not in sys.modules
        assert "this" not in sys.modules

    def test_a_row_moved_to_another_case_or_place_is_not_read(
        self, cases: Cases, admin: psycopg.Connection
    ) -> None:
        event = story()[0]
        for case_id, version in ((case_id_of(OTHER_CASE), 1), (event.case_id, 2)):
            admin.execute(INSERT, (case_id, version, event.type, state_of(event)))
            with pytest.raises(UnreadableEvent, match="another place"):
                cases.streams([case_id])

    def test_a_row_of_another_form_is_not_read(self, cases: Cases) -> None:
        for state in (b"", b"{}", b"[]", b"\xff", b'{"case_id": 1}'):
            stored = StoredEvent(uuid4(), 1, "IncidentReported", state)
            with pytest.raises(UnreadableEvent, match="not of its form"):
                cases.mapper.to_domain_event(stored)


REWRITING = [
    "UPDATE case_timeline.case_events SET state = '\\x00'",
    "DELETE FROM case_timeline.case_events",
    "TRUNCATE case_timeline.case_events",
]
UNDERMINING = [
    "ALTER TABLE case_timeline.case_events DISABLE TRIGGER ALL",
    "ALTER TABLE case_timeline.case_events OWNER TO case_timeline_service",
    "DROP TRIGGER case_events_are_append_only ON case_timeline.case_events",
    "DROP TABLE case_timeline.case_events",
    "DROP SCHEMA case_timeline CASCADE",
    "CREATE TABLE case_timeline.elsewhere (id int)",
    "ALTER SEQUENCE case_timeline.case_events_notification_id_seq RESTART",
    "SELECT setval('case_timeline.case_events_notification_id_seq', 1)",
    "SET session_replication_role = replica",
    "DELETE FROM case_timeline.intake",
    "TRUNCATE case_timeline.intake",
    "DROP TABLE case_timeline.intake",
    "UPDATE case_timeline.migration SET checksum = ''",
    "DELETE FROM case_timeline.migration",
]


def test_a_connection_that_ends_within_a_transaction_is_told_as_the_stores_trouble(
    cases: Cases, admin: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = cases.recorder._copy_events

    def cut_off(cursor: psycopg.Cursor[Any], *rest: Any) -> None:
        pid = cursor.connection.info.backend_pid
        admin.execute("SELECT pg_terminate_backend(%s, 10_000)", (pid,))
        copy(cursor, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(cases.recorder, "_copy_events", cut_off)
        with pytest.raises(StoreUnavailable):
            cases.save(*story())
    cases.save(*story())
    assert cases.streams([case_id_of(CASE_REF)]) == {case_id_of(CASE_REF): story()}


class TestRights:
    def test_a_service_can_neither_rewrite_history_nor_undermine_what_protects_it(
        self, cases: Cases, service: psycopg.Connection
    ) -> None:
        cases.save(*story(), intake=[entry_of(story()[0])])
        for statement in REWRITING + UNDERMINING:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                service.execute(statement.encode())
        assert cases.streams([case_id_of(CASE_REF)]) == {case_id_of(CASE_REF): story()}
        assert "d-1" in cases.seen(["d-1"])

    def test_an_administrator_is_stopped_by_the_trigger(
        self, cases: Cases, admin: psycopg.Connection
    ) -> None:
        cases.save(*story())
        for statement in REWRITING:
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="never changed"):
                admin.execute(statement.encode())
        assert cases.streams([case_id_of(CASE_REF)]) == {case_id_of(CASE_REF): story()}

    def test_the_store_acts_as_the_service(self, cases: Cases) -> None:
        with cases.recorder.datastore.cursor() as cursor:
            row = cursor.execute("SELECT current_user AS name").fetchone()
        assert row == {"name": SERVICE_ROLE}

    def test_the_store_serves_an_owner_who_is_no_superuser(
        self, postgres_url: str, empty_database_url: str
    ) -> None:
        url = owned(empty_database_url, postgres_url)
        migrate(url)
        with closing(Cases(url)) as cases:
            cases.save(*story())
            assert cases.versions([case_id_of(CASE_REF)]) == {case_id_of(CASE_REF): 3}

    def test_functions_in_the_database_are_refused(
        self, database_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("POSTGRES_ENABLE_DB_FUNCTIONS", "yes")
        with pytest.raises(ProgrammingError, match="loses events"):
            Cases(database_url)

    def test_a_recorder_with_functions_in_the_database_is_refused(
        self, cases: Cases, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        datastore = cases.recorder.datastore
        monkeypatch.setattr(datastore, "enable_db_functions", True)
        with pytest.raises(ProgrammingError, match="loses events"):
            LedgerRecorder(datastore, events_table_name="case_events")
