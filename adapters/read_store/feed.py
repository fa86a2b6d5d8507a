"""The events as a worker reads them: in the global order, by case, as far as some position."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from psycopg import Cursor

from adapters.event_store.mapper import CaseEventMapper, UnreadableEvent
from adapters.event_store.policy_events import last_policy_position, read_policy
from domain.events.envelope import CaseEvent
from domain.rules.policy import Policy

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

_STREAMS = """
SELECT notification_id, originator_id, originator_version, topic, state
FROM case_timeline.case_events
WHERE originator_id = ANY(%s) AND notification_id <= %s
ORDER BY originator_id, originator_version
"""

_CASES_BETWEEN = """
SELECT notification_id, originator_id, originator_version, topic, state
FROM case_timeline.case_events
WHERE originator_id BETWEEN %(first)s AND %(last)s AND notification_id <= %(up_to)s
  AND (%(topics)s::text[] IS NULL OR originator_id IN (
      SELECT originator_id FROM case_timeline.case_events
      WHERE originator_id BETWEEN %(first)s AND %(last)s AND topic = ANY(%(topics)s)))
ORDER BY originator_id, originator_version
"""

_CHANGED_CASES = """
SELECT DISTINCT originator_id FROM case_timeline.case_events
WHERE notification_id > %s AND notification_id <= %s
  AND get_byte(uuid_send(originator_id), 15) %% %s = ANY(%s)
"""

_FETCHED_AT_ONCE = 500
"""How many events a case may hold until the next are asked for."""


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


class Feed:
    """What there is to read in one transaction."""

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
    ) -> Page:
        """Return the next events of these partitions, by position.

        At most `limit` of them, and as many as keep their stored state within PAGE_BYTES, but
        always one if there is any.
        """
        values = {
            "after": after,
            "up_to": up_to,
            "of": PARTITIONS,
            "partitions": list(partitions),
            "limit": limit,
            "max_bytes": PAGE_BYTES,
        }
        self._cursor.execute(_PAGE, values, prepare=True)
        rows = self._cursor.fetchall()
        found = rows[0][0] if rows else 0
        events = [self._placed(*row) for _, *row in rows]
        complete = found < limit and len(events) == found
        return Page(events, up_to if complete else events[-1].position)

    def cases_between(
        self, first: UUID, last: UUID, up_to: int, topics: Sequence[str] | None = None
    ) -> Iterator[list[Placed]]:
        """Yield the events of each case in a range, up to a position; never all of them in memory.

        Only cases that have any event of `topics`, if given.
        """
        values = {"first": first, "last": last, "up_to": up_to, "topics": topics and list(topics)}
        with self._cursor.connection.cursor("cases_between", binary=True) as cursor:
            cursor.itersize = _FETCHED_AT_ONCE
            cursor.execute(_CASES_BETWEEN, values)
            for _, rows in groupby(cursor, key=itemgetter(1)):
                yield [self._placed(*row) for row in rows]

    def changed_cases(self, after: int, up_to: int, partitions: Sequence[int]) -> list[UUID]:
        """Return the cases of some partitions that have events between two positions."""
        values = (after, up_to, PARTITIONS, list(partitions))
        self._cursor.execute(_CHANGED_CASES, values)
        return [case_id for (case_id,) in self._cursor]

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


def partition_of(case_id: UUID) -> int:
    """Return the partition that a case belongs to; the feed's SQL says the same."""
    return case_id.bytes[15] % PARTITIONS
