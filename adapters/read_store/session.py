"""One worker's connection to the read store: its locks, its wake-ups, its transactions.

Everything a worker does goes through one connection, so that losing it loses its locks too, and
no two workers can ever both believe that a partition is theirs.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from adapters.event_store.datastore import act_as_service, connection_settings
from adapters.read_store.creating import counting_alone, create_missing_tables, show_counted
from adapters.read_store.dashboard import Counted, count
from adapters.read_store.transaction import Transaction
from projections.read_model import ReadModel

_CHANNEL = "case_events"
WORK_LOCKS = 0x43_54_57  # advisory lock class: who works on a part of a read model
_TRIES_TO_SHOW = 10
_PRESENCE_LOCK = 0x43_54_50  # advisory lock class: which workers there are

ReadStoreUnavailable = (psycopg.OperationalError, psycopg.InterfaceError)
"""The database did not answer; the worker has lost its locks and must start anew."""

ReadStoreError = psycopg.Error
"""Anything that the database refused or could not do, `ReadStoreUnavailable` included."""


class Session:
    """A worker's one connection, acting as the service role."""

    def __init__(self, database_url: str) -> None:
        self.database_url = database_url
        self._connection = psycopg.connect(**connection_settings(database_url), autocommit=True)
        try:
            act_as_service(self._connection)
            self._connection.execute("SET timezone = 'UTC'")
            self._connection.execute("SET idle_in_transaction_session_timeout = '60s'")
        except psycopg.Error:
            self._connection.close()
            raise

    def close(self) -> None:
        """Give up the connection, and with it all locks."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Run a transaction; each statement in it sees what is committed by then."""
        with self._connection.transaction(), self._connection.cursor() as cursor:
            yield Transaction(cursor)

    def ensure_tables(self, models: Iterable[ReadModel[Any]]) -> None:
        """Create the tables of these read models where they are missing."""
        with self._connection.transaction(), self._connection.cursor() as cursor:
            create_missing_tables(cursor, models)

    def head(self) -> int:
        """Return the last position there is."""
        with self._connection.cursor() as cursor:
            return Transaction(cursor).head()

    def announce(self, lane: int) -> None:
        """Let other workers on a lane know that there is one more; wake this one on new events."""
        # What a crash of the server takes away is folded again: rows go with their checkpoints.
        self._connection.execute("SET synchronous_commit = off")
        self._connection.execute("SELECT pg_advisory_lock_shared(%s, %s)", (_PRESENCE_LOCK, lane))
        self.listen()

    def listen(self) -> None:
        """Have `wait_for_events` return on new events."""
        self._connection.execute(SQL("LISTEN {}").format(Identifier(_CHANNEL)))

    def workers(self, lane: int) -> int:
        """Return how many workers there are on a lane, this one included."""
        row = self._connection.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s "
            "AND objid = %s AND granted AND database = (SELECT oid FROM pg_database "
            "WHERE datname = current_database())",
            (_PRESENCE_LOCK, lane),
        ).fetchone()
        assert row is not None
        return int(row[0])

    def try_claim(self, name: str) -> bool:
        """Take the exclusive right to work on `name`, if no other session has it."""
        row = self._connection.execute(
            "SELECT pg_try_advisory_lock(%s, hashtext(%s))", (WORK_LOCKS, name)
        ).fetchone()
        assert row is not None
        return bool(row[0])

    def release(self, name: str) -> None:
        """Let another worker have `name`."""
        self._connection.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", (WORK_LOCKS, name))

    @contextmanager
    def claim(self, name: str) -> Iterator[bool]:
        """Hold the exclusive right to work on `name`; yields False if another session has it."""
        claimed = self.try_claim(name)
        try:
            yield claimed
        finally:
            # A lost connection has lost its locks too.
            if claimed and not self._connection.closed:
                self.release(name)

    def count_figures(self) -> bool:
        """Count the figures of the dashboard anew where anything changed; return whether it did.

        One session does so at a time; what it counts is shown once all of it is there. Raises
        `ReadStoreUnavailable` where somebody reads the views for so long that they cannot change.
        """
        with counting_alone(self._connection) as is_ours:
            if not is_ours:
                return False
            with self._connection.transaction(), self._connection.cursor() as cursor:
                counted = count(cursor)
            if counted:
                self._show(counted)
            return counted is not None

    def _show(self, counted: Counted) -> None:
        for trial in range(_TRIES_TO_SHOW, 0, -1):
            try:
                with self._connection.transaction(), self._connection.cursor() as cursor:
                    show_counted(cursor, counted)
            except psycopg.errors.LockNotAvailable:
                if trial == 1:
                    raise
            else:
                return

    def wait_for_events(self, seconds: float) -> None:
        """Return when events were appended, or after `seconds`."""
        for _ in self._connection.notifies(timeout=seconds, stop_after=1):
            pass
