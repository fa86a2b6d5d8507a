"""The ledger as it is watched from outside: what is open, and what became of a source's messages.

Cheap enough to be asked every few seconds, but for the sums of `IntakeDesk`, which count it all.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row
from psycopg_pool import ConnectionPool

from adapters.event_store.datastore import (
    RECONNECT_SECONDS,
    act_as_service,
    connection_settings,
)

# By the index of what has its payload, which is what is open, and some that was closed.
_OPEN = """
SELECT source, outcome, count(*) AS entries, min(received_at) AS oldest
FROM case_timeline.intake
WHERE payload IS NOT NULL AND outcome IN ('waiting', 'quarantined') AND closed_at IS NULL
GROUP BY source, outcome ORDER BY source, outcome
"""

_RECEIPTS = """
SELECT id, received_at, decided_at, outcome, reason, detail, source_event_id, event_id, case_ref,
       version
FROM case_timeline.intake WHERE source = ANY(%s) AND id > %s ORDER BY id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class OpenEntries:
    """What of one source waits, or is in quarantine and was not closed."""

    source: str
    outcome: str
    entries: int
    oldest: datetime
    """When the oldest of them was received."""


@dataclass(frozen=True, slots=True)
class SourceReceipt:
    """What became of one message, as its sender may know it."""

    id: int
    received_at: datetime
    decided_at: datetime
    outcome: str
    reason: str | None
    detail: str | None
    source_event_id: str | None
    event_id: UUID | None
    case_ref: str | None
    version: int | None


class IntakeOversight:
    """Safe to use from several threads."""

    def __init__(self, database_url: str) -> None:
        self._pool = ConnectionPool(
            kwargs={**connection_settings(database_url), "autocommit": True},
            min_size=0,
            max_size=2,
            timeout=5,
            reconnect_timeout=RECONNECT_SECONDS,
            configure=_prepared,
            check=ConnectionPool.check_connection,
            open=True,
        )

    def close(self) -> None:
        """Give up all connections."""
        self._pool.close()

    def open_entries(self) -> list[OpenEntries]:
        """Return what is open, by source and outcome."""
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(OpenEntries)) as cursor,
        ):
            return cursor.execute(_OPEN).fetchall()

    def receipts(self, sources: Collection[str], *, since: int, limit: int) -> list[SourceReceipt]:
        """Return what became of the messages of these sources after an entry, in order."""
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(SourceReceipt)) as cursor,
        ):
            return cursor.execute(_RECEIPTS, (list(sources), since, limit)).fetchall()


def _prepared(connection: Connection[object]) -> None:
    act_as_service(connection)
    connection.execute("SET timezone = 'UTC'; SET statement_timeout = '5s'")
