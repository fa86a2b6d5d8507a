"""Recorders of the event store: the library's, with COPY in place of INSERT.

Kept from the library: the EXCLUSIVE table lock, because readers that follow the global order rely
on positions becoming visible in order; and NOTIFY, which wakes them.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from eventsourcing.persistence import ProgrammingError, StoredEvent
from eventsourcing.postgres import (
    PostgresApplicationRecorder,
    PostgresDatastore,
    PostgresTrackingRecorder,
)
from psycopg import Cursor, OperationalError
from psycopg.rows import DictRow, tuple_row
from psycopg.sql import SQL, Identifier, Literal


class CopyingRecorder(PostgresApplicationRecorder):
    """Appends any number of events, and what belongs to them, in one transaction by binary COPY."""

    def __init__(
        self, datastore: PostgresDatastore, *, events_table_name: str = "stored_events"
    ) -> None:
        if datastore.enable_db_functions:
            # Measured: that path takes no lock, so readers miss events, and it drops tracking.
            raise ProgrammingError("POSTGRES_ENABLE_DB_FUNCTIONS loses events; unset it")
        super().__init__(datastore, events_table_name=events_table_name)
        table = self._table = Identifier(datastore.schema, events_table_name)
        self._copy_statement = SQL(
            "COPY {} (originator_id, originator_version, topic, state, notification_id) "
            "FROM STDIN (FORMAT BINARY)"
        ).format(table)
        self._copy_types = [datastore.originator_id_type, "int8", "text", "bytea", "int8"]
        self._sequence = Literal(f"{datastore.schema}.{events_table_name}_notification_id_seq")
        self._lock: bytes | None = None
        self._select_many = SQL(
            "SELECT c.place, e.originator_version, e.topic, e.state FROM {} AS e "
            "JOIN unnest(%s::uuid[]) WITH ORDINALITY AS c (id, place) ON e.originator_id = c.id "
            "ORDER BY c.place, e.originator_version"
        ).format(table)
        self._select_versions = SQL(
            "SELECT originator_id, max(originator_version) AS version FROM {} "
            "WHERE originator_id = ANY(%s) GROUP BY originator_id"
        ).format(table)
        self._select_exactly = SQL(
            "SELECT e.originator_id, e.originator_version, e.topic, e.state FROM {} AS e "
            "JOIN unnest(%s::uuid[], %s::bigint[]) AS wanted (id, version) "
            "ON e.originator_id = wanted.id AND e.originator_version = wanted.version"
        ).format(table)

    def insert_events(
        self, stored_events: Sequence[StoredEvent], **kwargs: Any
    ) -> Sequence[int] | None:
        """Append `stored_events` and return their positions in the global order.

        Unlike the library's, it is not tried again here: after a lost connection only the caller
        can tell whether the first try was committed.
        """
        return self.append(stored_events, **kwargs)[0]

    def append(
        self, stored_events: Sequence[StoredEvent], *, afterwards: bytes = b"", **kwargs: Any
    ) -> tuple[list[int], list[DictRow]]:
        """Do as `insert_events`; also return what the query `afterwards` finds, if there is one.

        It is sent with the commit and runs once that is done, by itself.
        """
        with self.datastore.get_connection() as connection, connection.cursor() as cursor:
            try:
                positions = self._begin(cursor, len(stored_events))
                self._copy_events(cursor, stored_events, positions)
                self._insert_events(cursor, stored_events, **kwargs)
                cursor.execute(b"COMMIT; " + afterwards)
                return positions, cursor.fetchall() if cursor.nextset() else []
            except Exception as error:
                if connection.closed:
                    # Whatever ended it, nothing is wrong with what was to be written.
                    raise OperationalError("the connection was lost") from error
                connection.rollback()
                raise

    def select_many(self, originator_ids: Sequence[UUID]) -> list[StoredEvent]:
        """Return the events of several streams in one query, stream after stream, by version."""
        with (
            self.datastore.get_connection() as connection,
            connection.cursor(binary=True, row_factory=tuple_row) as cursor,
        ):
            cursor.execute(self._select_many, (list(originator_ids),), prepare=True)
            return [
                StoredEvent(originator_ids[place - 1], version, topic, state)
                for place, version, topic, state in cursor.fetchall()
            ]

    def select_versions(self, originator_ids: Sequence[UUID]) -> dict[UUID, int]:
        """Return the latest version in each of several streams, in one query."""
        with self.datastore.cursor() as cursor:
            cursor.execute(self._select_versions, (list(originator_ids),), prepare=True)
            return {row["originator_id"]: row["version"] for row in cursor}

    def select_exactly(self, wanted: Sequence[tuple[UUID, int]]) -> Sequence[StoredEvent]:
        """Return single events by (stream, version), in one query; absent ones are left out."""
        ids, versions = [key[0] for key in wanted], [key[1] for key in wanted]
        with self.datastore.cursor() as cursor:
            cursor.execute(self._select_exactly, (ids, versions))
            return [_stored(row) for row in cursor]

    def _begin(self, cursor: Cursor[DictRow], count: int) -> list[int]:
        """Begin a transaction, and draw as many positions: one round trip.

        They are drawn under the lock, so they become visible in order.
        """
        if not count:
            cursor.execute(b"BEGIN")
            return []
        cursor.execute(b"BEGIN; " + self._lock_and_draw(cursor, count))
        while cursor.nextset():
            pass
        return [row["position"] for row in cursor]

    def _lock_and_draw(self, cursor: Cursor[DictRow], count: int) -> bytes:
        if self._lock is None:
            statement = SQL(
                "SET LOCAL lock_timeout = {}; LOCK TABLE {} IN EXCLUSIVE MODE; NOTIFY {}; "
                "SELECT nextval({}) AS position FROM generate_series(1, "
            ).format(
                Literal(f"{self.datastore.lock_timeout}s"),
                self._table,
                Identifier(self.channel_name),
                self._sequence,
            )
            self._lock = statement.as_bytes(cursor)
        return b"%b%d)" % (self._lock, count)

    def _copy_events(
        self, cursor: Cursor[DictRow], events: Sequence[StoredEvent], positions: Sequence[int]
    ) -> None:
        if not events:
            return
        with cursor.copy(self._copy_statement) as copy:
            copy.set_types(self._copy_types)
            for event, position in zip(events, positions, strict=True):
                copy.write_row(
                    (
                        event.originator_id,
                        event.originator_version,
                        event.topic,
                        event.state,
                        position,
                    )
                )


def _stored(row: DictRow) -> StoredEvent:
    return StoredEvent(
        originator_id=row["originator_id"],
        originator_version=row["originator_version"],
        topic=row["topic"],
        state=bytes(row["state"]),
    )


class CheckpointRecorder(PostgresTrackingRecorder):
    """Keeps how far each read model has come, one row a read model and partition."""
