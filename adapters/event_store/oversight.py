"""The ledger as it is watched from outside: what is open, and what became of a source's messages.

Cheap enough to be asked every few seconds, but for the sums of `IntakeDesk`, which count it all.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row

from adapters.event_store.datastore import act_as_service
from adapters.pools import pool_to

# By the index of what has its payload, which is what is open, and some that was closed.
_OPEN = """
SELECT source, outcome, count(*) AS entries, min(received_at) AS oldest
FROM case_timeline.intake
WHERE payload IS NOT NULL AND outcome IN ('waiting', 'quarantined') AND closed_at IS NULL
GROUP BY source, outcome ORDER BY source, outcome
"""

# Of each source no more is read than may be told. Were it asked by `source = ... ORDER BY id`, all
# that came from others since would be read of one that has long been silent.
RECEIPTS = """
SELECT own.* FROM unnest(%(sources)s::text[]) AS wanted (source), LATERAL (
    SELECT id, received_at, decided_at, outcome, reason, detail, source_event_id, event_id,
           case_ref, version, coalesce(string_to_array(remarks, ' '), '{}') AS remarks
    FROM case_timeline.intake
    WHERE (source, id) > (wanted.source, %(since)s) AND source <= wanted.source
    ORDER BY source, id LIMIT %(limit)s
) AS own ORDER BY id LIMIT %(limit)s
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
    remarks: list[str]


class IntakeOversight:
    """Safe to use from several threads."""

    def __init__(self, database_url: str) -> None:
        self._pool = pool_to(database_url, _prepared, most=2, patience=5)

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
            values = {"sources": list(sources), "since": since, "limit": limit}
            return cursor.execute(RECEIPTS, values).fetchall()


def _prepared(connection: Connection[Any]) -> None:
    act_as_service(connection)
    connection.execute("SET timezone = 'UTC'; SET statement_timeout = '5s'")
