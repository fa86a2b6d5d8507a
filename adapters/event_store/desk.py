"""The ledger as a person works with it: look, retry, close with a reason, and check the sums."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row, dict_row
from psycopg.sql import SQL

from adapters.event_store import open_entries, reckoning
from adapters.event_store.datastore import act_as_service
from adapters.event_store.ledger import LedgerEntry, entry_of
from adapters.event_store.open_entries import OpenCount, OpenWanted
from adapters.event_store.reckoning import Reckoning, StoreSums
from adapters.pools import pool_to
from domain.outcomes import Outcome

_COLUMNS = """
SELECT id, delivery, source, received_at, decided_at, outcome, reason, detail, source_event_id,
       event_id, case_ref, type, version, attempts, closed_at, closed_by, close_note,
       octet_length(payload) AS payload_bytes
"""
_ITEM = _COLUMNS + "FROM case_timeline.intake\n"

_LIST = """
WHERE (%(outcome)s::text IS NULL OR outcome = %(outcome)s)
  AND (%(source)s::text IS NULL OR source = %(source)s)
  AND (%(include_closed)s OR closed_at IS NULL)
  AND id < coalesce(%(before)s, 9223372036854775807)
ORDER BY id DESC LIMIT %(limit)s
"""
_ALL = _ITEM + _LIST
# By the index of these, which nobody else uses: whatever is undecided has its payload.
_UNDECIDED = _ITEM + _LIST.replace("WHERE", "WHERE payload IS NOT NULL AND", 1)

# Both entries that share an event id are worth seeing together: id-reused is about the pair.
_SAME_EVENT = _ITEM + "WHERE event_id = %s AND id <> %s ORDER BY id LIMIT 20"

_CLOSE = """
UPDATE case_timeline.intake
SET closed_at = %s, closed_by = %s, close_note = %s
WHERE id = %s AND outcome = 'quarantined' AND closed_at IS NULL
"""

_SUMS = """
SELECT source, count(*) AS received,
       count(*) FILTER (WHERE outcome = 'accepted') AS accepted,
       count(*) FILTER (WHERE outcome = 'duplicate') AS duplicate,
       count(*) FILTER (WHERE outcome = 'waiting') AS waiting,
       count(*) FILTER (WHERE outcome = 'quarantined') AS quarantined,
       count(*) FILTER (WHERE outcome = 'refused') AS refused
FROM case_timeline.intake GROUP BY source ORDER BY source
"""

_UNACCOUNTED = """
WITH held AS (
    SELECT split_part(delivery, ':', 3)::bigint AS number FROM case_timeline.intake
    WHERE starts_with(delivery, %(prefix)s)
      AND split_part(split_part(delivery, '@', 2), ':', 1) >= %(since)s
),
missing AS (
    SELECT number FROM generate_series(1, %(up_to)s) AS number
    EXCEPT SELECT number FROM held
)
SELECT (SELECT count(*) FROM missing), ARRAY(SELECT number FROM missing ORDER BY number LIMIT 20)
"""


@dataclass(frozen=True, slots=True)
class DeskItem:
    """A ledger entry as a person sees it: everything but the content."""

    id: int
    delivery: str
    source: str
    received_at: datetime
    decided_at: datetime
    outcome: str
    reason: str | None
    detail: str | None
    source_event_id: str | None
    event_id: UUID | None
    case_ref: str | None
    type: str | None
    version: int | None
    attempts: int
    closed_at: datetime | None
    closed_by: str | None
    close_note: str | None
    payload_bytes: int | None


@dataclass(frozen=True, slots=True)
class SourceSums:
    """What became of everything received from one source."""

    source: str
    received: int
    accepted: int
    duplicate: int
    waiting: int
    quarantined: int
    refused: int


class IntakeDesk:
    """A person's view of the ledger."""

    def __init__(self, database_url: str) -> None:
        self._pool = pool_to(database_url, act_as_service, most=2)

    def close_connections(self) -> None:
        """Give up all connections."""
        self._pool.close()

    def entries(
        self,
        *,
        outcome: Outcome | None = None,
        source: str | None = None,
        include_closed: bool = False,
        before: int | None = None,
        limit: int = 50,
    ) -> list[DeskItem]:
        """Return entries, newest first; `before` is the id to go on from."""
        values = {
            "outcome": str(outcome) if outcome else None,
            "source": source,
            "include_closed": include_closed,
            "before": before,
            "limit": limit,
        }
        is_undecided = outcome in (Outcome.WAITING, Outcome.QUARANTINED)
        return self._items(_UNDECIDED if is_undecided else _ALL, values)

    def open_counts(self) -> list[OpenCount]:
        """Return how many entries wait or are in quarantine, by all they can be looked for by."""
        with self._pool.connection() as connection:
            return open_entries.counts(connection)

    def open_page(self, wanted: OpenWanted, *, offset: int, limit: int) -> list[DeskItem]:
        """Return entries that wait or are in quarantine and are wanted, newest first."""
        values = {**open_entries.values_of(wanted), "offset": offset, "limit": limit}
        return self._items(_COLUMNS + open_entries.PAGE, values)

    def open_ids(self, wanted: OpenWanted, *, after: int, limit: int) -> list[int]:
        """Return the numbers of such entries above `after`, in order."""
        with self._pool.connection() as connection:
            return open_entries.ids(connection, wanted, after, limit)

    def reckon(self, at: datetime) -> Reckoning:
        """Go through the whole ledger, and tell how each source does and whether all adds up."""
        with self._pool.connection() as connection:
            return reckoning.reckon(connection, at)

    def keep_reckoned(self, told: Reckoning) -> None:
        """Keep what the ledger came to, for who asks later."""
        with self._pool.connection() as connection:
            reckoning.keep(connection, told)

    def reckoned(self) -> Reckoning | None:
        """Return what the ledger came to when that was last kept."""
        with self._pool.connection() as connection:
            return reckoning.kept(connection)

    def last_entry(self) -> int:
        """Return the number of the latest entry; 0 where there is none."""
        with self._pool.connection() as connection:
            return reckoning.last_entry(connection)

    def entry(self, entry_id: int) -> DeskItem | None:
        """Return one entry."""
        found = self._items(_ITEM + "WHERE id = %s", (entry_id,))
        return found[0] if found else None

    def same_event(self, item: DeskItem) -> list[DeskItem]:
        """Return the other entries with the same source and id at the source."""
        return self._items(_SAME_EVENT, (item.event_id, item.id)) if item.event_id else []

    def payload(self, entry_id: int) -> bytes | None:
        """Return the original bytes of a waiting or quarantined entry."""
        with self._pool.connection() as connection:
            row = connection.execute(
                "SELECT payload FROM case_timeline.intake WHERE id = %s", (entry_id,)
            ).fetchone()
        return bytes(row[0]) if row and row[0] is not None else None

    def undecided(self, entry_ids: Iterable[int]) -> list[LedgerEntry]:
        """Return those of these entries that can be decided again."""
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=dict_row) as cursor,
        ):
            cursor.execute(
                "SELECT * FROM case_timeline.intake WHERE id = ANY(%s) AND closed_at IS NULL "
                "AND outcome IN ('waiting', 'quarantined') ORDER BY id",
                (list(entry_ids),),
            )
            return [entry_of(row) for row in cursor]

    def close_entry(self, entry_id: int, *, by: str, note: str, at: datetime) -> bool:
        """Close a quarantined entry for good; return whether it was open."""
        with self._pool.connection() as connection:
            return connection.execute(_CLOSE, (at, by, note, entry_id)).rowcount == 1

    def sums(self) -> list[SourceSums]:
        """Return the sums of each source."""
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(SourceSums)) as cursor,
        ):
            return cursor.execute(_SUMS).fetchall()

    def store_sums(self) -> StoreSums:
        """Compare the ledger with the event store, entry by event."""
        with self._pool.connection() as connection:
            return reckoning.store_sums(connection)

    def unaccounted(self, stream: str, since: datetime, up_to: int) -> tuple[int, list[int]]:
        """Return how many of the broker's messages the ledger lacks, and the first twenty numbers.

        Messages of `stream` are numbered from 1 to `up_to`. `since` is when it was made: what an
        earlier stream of that name held is left out.
        """
        values = {
            "prefix": f"nats:{stream}@",
            "since": f"{since.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}",
            "up_to": up_to,
        }
        with self._pool.connection() as connection:
            row = connection.execute(_UNACCOUNTED, values).fetchone()
        assert row is not None
        return row[0], row[1]

    def _items(self, statement: str, values: Any) -> list[DeskItem]:
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(DeskItem)) as cursor,
        ):
            return cursor.execute(SQL(statement), values).fetchall()
