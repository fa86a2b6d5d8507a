"""What a worker does in one transaction: read the feed, change rows, move checkpoints."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from psycopg import Cursor

from adapters.event_store.mapper import CaseEventMapper, UnreadableEvent
from adapters.event_store.policy_events import last_policy_position, read_policy
from adapters.read_store import flags
from adapters.read_store.creating import switch_tables
from adapters.read_store.flags import DueFlag
from adapters.read_store.tables import Digest, Table
from domain.events.envelope import CaseEvent
from domain.rules.policy import Policy
from projections.read_model import Row

R = TypeVar("R", bound=Row)

PARTITIONS = 8
"""Into how many parts cases are split by their id; each part of a read model has one worker."""

PAGE_BYTES = 4_000_000
"""How much stored state a page may hold; taking it in needs several times that in memory."""

_HEAD = "SELECT coalesce(max(notification_id), 0) FROM case_timeline.case_events"

# The first event is sent whatever its size; `found` tells whether any was held back.
_PAGE = """
WITH found AS (
    SELECT notification_id, originator_id, originator_version, topic, state
    FROM case_timeline.case_events
    WHERE notification_id > %(after)s AND notification_id <= %(up_to)s
      AND get_byte(uuid_send(originator_id), 15) %% %(of)s = ANY(%(partitions)s)
      AND (%(topics)s::text[] IS NULL OR topic = ANY(%(topics)s))
    ORDER BY notification_id
    LIMIT %(limit)s
),
measured AS (
    SELECT *, count(*) OVER () AS found,
           sum(octet_length(state)) OVER (ORDER BY notification_id) AS bytes
    FROM found
)
SELECT found, notification_id, originator_id, originator_version, topic, state
FROM measured
WHERE bytes <= %(max_bytes)s OR bytes = octet_length(state)
ORDER BY notification_id
"""

_FIRST_CHECKPOINTS = """
INSERT INTO case_timeline.read_model_tracking (application_name, notification_id)
SELECT name, 0 FROM unnest(%s::text[]) AS name
WHERE NOT EXISTS (
    SELECT FROM case_timeline.read_model_tracking WHERE application_name = name
)
ON CONFLICT DO NOTHING
"""

_CHECKPOINTS = """
SELECT application_name, notification_id FROM case_timeline.read_model_tracking
WHERE application_name = ANY(%s) ORDER BY application_name FOR UPDATE
"""

_SET_CHECKPOINTS = """
INSERT INTO case_timeline.read_model_tracking AS t (application_name, notification_id)
SELECT * FROM unnest(%s::text[], %s::bigint[])
ON CONFLICT (application_name) DO UPDATE SET notification_id = excluded.notification_id
WHERE t.notification_id < excluded.notification_id
"""

_PARKED = """
SELECT read_model, case_id FROM case_timeline.parked_case WHERE read_model = ANY(%s)
"""

_STREAMS = """
SELECT notification_id, originator_id, originator_version, topic, state
FROM case_timeline.case_events
WHERE originator_id = ANY(%s) AND notification_id <= %s
ORDER BY originator_id, originator_version
"""


_CASES_AFTER = """
SELECT DISTINCT originator_id FROM case_timeline.case_events
WHERE originator_id > %s AND topic = ANY(%s) ORDER BY originator_id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Placed:
    """An event and its place in the global order; `event` is None where it cannot be read."""

    position: int
    case_id: UUID
    event: CaseEvent | None


@dataclass(frozen=True, slots=True)
class Page:
    """Events of some partitions, in the global order."""

    events: Sequence[Placed]
    end: int
    """The position up to which there are no others in these partitions."""


class Transaction:
    """One transaction of a `Session`."""

    def __init__(self, cursor: Cursor[Any]) -> None:
        self._cursor = cursor
        self._mapper = CaseEventMapper()

    def head(self) -> int:
        """Return the last position; all up to it are visible to later statements."""
        self._cursor.execute(_HEAD)
        row = self._cursor.fetchone()
        assert row is not None
        return int(row[0])

    def page(
        self,
        *,
        after: int,
        up_to: int,
        partitions: Sequence[int],
        limit: int,
        topics: Sequence[str] | None = None,
    ) -> Page:
        """Return the next events of these partitions, by position; only of `topics`, if given.

        At most `limit` of them, and as many as keep their stored state within PAGE_BYTES, but
        always one if there is any.
        """
        values = {
            "after": after,
            "up_to": up_to,
            "of": PARTITIONS,
            "partitions": list(partitions),
            "limit": limit,
            "topics": topics and list(topics),
            "max_bytes": PAGE_BYTES,
        }
        self._cursor.execute(_PAGE, values, prepare=True)
        rows = self._cursor.fetchall()
        found = rows[0][0] if rows else 0
        events = [self._placed(*row) for _, *row in rows]
        complete = found < limit and len(events) == found
        return Page(events, up_to if complete else events[-1].position)

    def cases_after(self, case_id: UUID, limit: int, topics: Sequence[str]) -> list[UUID]:
        """Return the next cases that have any event of `topics`, in the order of their ids."""
        self._cursor.execute(_CASES_AFTER, (case_id, list(topics), limit))
        return [found for (found,) in self._cursor]

    def last_policy_position(self) -> int:
        """Return the position of the last event that set parameters of rules."""
        return last_policy_position(self._cursor.connection)

    def policy(self) -> Policy:
        """Return the parameters of rules that events set."""
        return read_policy(self._cursor.connection)

    def streams(self, case_ids: Iterable[UUID], up_to: int) -> dict[UUID, list[Placed]]:
        """Return the events of several cases up to a position, in one query."""
        self._cursor.execute(_STREAMS, (list(case_ids), up_to))
        found: dict[UUID, list[Placed]] = {}
        for row in self._cursor:
            placed = self._placed(*row)
            found.setdefault(placed.case_id, []).append(placed)
        return found

    def _placed(
        self, position: int, case_id: UUID, version: int, topic: str, state: bytes
    ) -> Placed:
        try:
            event = self._mapper.to_domain_event(StoredEvent(case_id, version, topic, state))
        except (UnreadableEvent, ValueError):  # pydantic's ValidationError is a ValueError
            return Placed(position, case_id, None)
        return Placed(position, case_id, event)

    def checkpoints(self, names: Sequence[str]) -> dict[str, int]:
        """Return how far each has come, and keep others from moving it in this transaction."""
        self._cursor.execute(_FIRST_CHECKPOINTS, (list(names),), prepare=True)
        self._cursor.execute(_CHECKPOINTS, (list(names),), prepare=True)
        return {str(name): int(position) for name, position in self._cursor}

    def set_checkpoints(self, positions: Mapping[str, int]) -> None:
        """Move checkpoints forward; one that stands further already stays."""
        self._cursor.execute(
            _SET_CHECKPOINTS, (list(positions), list(positions.values())), prepare=True
        )

    def parked(self, read_models: Sequence[str]) -> dict[str, set[UUID]]:
        """Return, by read model, the cases whose events wait because a fold failed."""
        self._cursor.execute(_PARKED, (list(read_models),), prepare=True)
        found: dict[str, set[UUID]] = {name: set() for name in read_models}
        for read_model, case_id in self._cursor:
            found[read_model].add(case_id)
        return found

    def park(self, read_model: str, failed: Placed, reason: str, at: datetime) -> None:
        """Make the events of a case wait for this read model, from `failed` on."""
        self._cursor.execute(
            "INSERT INTO case_timeline.parked_case VALUES (%s, %s, %s, %s, %s) "
            "ON CONFLICT DO NOTHING",
            (read_model, failed.case_id, failed.position, reason, at),
        )

    def unpark_all(self, read_model: str) -> None:
        """Forget which cases are parked for this read model."""
        self._cursor.execute(
            "DELETE FROM case_timeline.parked_case WHERE read_model = %s", (read_model,)
        )

    def due_flags(self, now: datetime, *, limit: int, but: Collection[UUID] = ()) -> list[DueFlag]:
        """Return up to `limit` flags, `but` these, that are due by `now` and not announced."""
        return flags.due_unannounced(self._cursor, now, limit=limit, but=but, partitions=PARTITIONS)

    def remember_flags(self, flag_ids: Sequence[UUID], at: datetime) -> None:
        """Note that these flags were announced."""
        flags.remember(self._cursor, flag_ids, at)

    def rows(self, table: Table[R], places: Sequence[tuple[UUID, str]]) -> dict[Any, R]:
        """Return the rows at these (case id, key) pairs, by pair."""
        return table.at(self._cursor, places)

    def write(self, table: Table[R], rows: Sequence[R]) -> None:
        """Put rows in their places."""
        table.write(self._cursor, rows)

    def remove(self, table: Table[Any], places: Sequence[tuple[UUID, str]]) -> None:
        """Remove the rows at these (case id, key) pairs."""
        table.remove(self._cursor, places)

    def replace_cases(self, table: Table[R], cases: Mapping[UUID, Sequence[R]]) -> None:
        """Put these rows in the place of all rows of their cases."""
        if cases:
            table.remove_cases(self._cursor, list(cases))
            table.write(self._cursor, [row for rows in cases.values() for row in rows])

    def create(self, table: Table[Any]) -> None:
        """Create an empty table, in the place of one that was left over."""
        table.drop(self._cursor)
        table.create(self._cursor)

    def digest(self, table: Table[Any]) -> Digest:
        """Return the fingerprint of a table."""
        return table.digest(self._cursor)

    def differing(self, table: Table[R], other: Table[R]) -> int:
        """Return how many rows of either table do not stand the same in the other."""
        return table.differing(other, self._cursor)

    def switch(self, new: Table[R], live: Table[R]) -> None:
        """Let `new` take the place of `live`."""
        switch_tables(self._cursor, new, live)


def partition_of(case_id: UUID) -> int:
    """Return the partition that a case belongs to; the feed's SQL says the same."""
    return case_id.bytes[15] % PARTITIONS
