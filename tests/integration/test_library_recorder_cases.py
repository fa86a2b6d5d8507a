"""The event-sourcing library's own recorder test cases, run against our recorders."""

from collections.abc import Iterator, Sequence
from typing import Any
from unittest import TestCase

import pytest
from eventsourcing.persistence import ApplicationRecorder, StoredEvent
from eventsourcing.postgres import PostgresDatastore
from eventsourcing.tests.persistence import (
    AggregateRecorderTestCase,
    ApplicationRecorderTestCase,
    NonInterleavingNotificationIDsBaseCase,
    TrackingRecorderTestCase,
)
from psycopg.conninfo import conninfo_to_dict

from adapters.event_store.recorder import CheckpointRecorder, CopyingRecorder

# The library's helpers leave their pools to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


class InDatabase(TestCase):
    """Gives the library's cases a datastore in a database of their own."""

    database_url: str

    @pytest.fixture(autouse=True)
    def _database(self, empty_database_url: str) -> Iterator[None]:
        self.database_url = empty_database_url
        yield
        for datastore in self.datastores:
            datastore.close()

    def setUp(self) -> None:
        self.datastores: list[PostgresDatastore] = []
        super().setUp()

    def datastore(self) -> PostgresDatastore:
        settings = conninfo_to_dict(self.database_url)
        datastore = PostgresDatastore(
            dbname=str(settings["dbname"]),
            host=str(settings["host"]),
            port=str(settings.get("port", "5432")),
            user=str(settings["user"]),
            password="",
            pool_size=2,
            max_overflow=10,
            lock_timeout=10,
        )
        self.datastores.append(datastore)
        return datastore

    def event_recorder(self) -> CopyingRecorder:
        recorder = CopyingRecorder(self.datastore(), events_table_name="case_events")
        recorder.create_table()
        return recorder


class WithoutPositions(CopyingRecorder):
    """An aggregate recorder answers nothing where ours answers positions; all else is the same."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> None:
        super().insert_events(stored_events, **kwargs)


class TestAsAggregateRecorder(InDatabase, AggregateRecorderTestCase):
    def create_recorder(self) -> WithoutPositions:
        recorder = WithoutPositions(self.datastore(), events_table_name="case_events")
        recorder.create_table()
        return recorder


class TestAsApplicationRecorder(InDatabase, ApplicationRecorderTestCase[CopyingRecorder]):
    def create_recorder(self) -> CopyingRecorder:
        return self.event_recorder()


class TestPositionsDoNotInterleave(InDatabase, NonInterleavingNotificationIDsBaseCase):
    insert_num = 1000

    def create_recorder(self) -> ApplicationRecorder:
        return self.event_recorder()


class TestAsTrackingRecorder(InDatabase, TrackingRecorderTestCase):
    def create_recorder(self) -> CheckpointRecorder:
        recorder = CheckpointRecorder(self.datastore(), tracking_table_name="read_model_tracking")
        recorder.create_table()
        return recorder
