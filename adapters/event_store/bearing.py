"""What the ledger knows that may bear on a batch, looked up in one query."""

from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import DictRow

from adapters.event_store.ledger import SELECT, LedgerEntry, entry_of


def _found(why: str, position: str = "NULL::bigint") -> str:
    return SELECT.replace(
        "SELECT",
        f"SELECT '{why}' AS why, id, {position} AS position, closed_at IS NOT NULL AS is_closed,",
        1,
    )


_POSITION = """(
    SELECT e.notification_id FROM case_timeline.case_events AS e
    WHERE e.originator_id = case_id AND e.originator_version = version
)"""

# What waits in a case that stays unopened is left where it is, however much that is.
BEARING = f"""
{_found("seen", _POSITION)}
WHERE delivery = ANY(%(deliveries)s)
UNION ALL
{_found("taken", _POSITION)}
WHERE event_id = ANY(%(event_ids)s) AND outcome IN ('accepted', 'waiting')
UNION ALL
{_found("waiting")}
WHERE case_id = ANY(%(case_ids)s) AND outcome = 'waiting' AND (
    case_id = ANY(%(opening)s)
    OR EXISTS (SELECT FROM case_timeline.case_events AS e WHERE e.originator_id = case_id)
)
UNION ALL
{_found("early")}
WHERE case_id = ANY(%(classifying)s) AND outcome = 'quarantined' AND closed_at IS NULL
  AND reason = 'contradiction' AND type = 'Reclassified'
ORDER BY id
"""


class Batch(NamedTuple):
    """What a batch is about, as far as the ledger may know of it."""

    deliveries: list[str]
    event_ids: list[UUID]
    case_ids: list[UUID]
    opening: list[UUID]
    """Those of the cases that the batch may open."""
    classifying: list[UUID]
    """Those of the cases that the batch may classify otherwise."""


@dataclass(slots=True)
class Bearing:
    """What the ledger holds that bears on a batch, each in order of arrival."""

    seen: dict[str, LedgerEntry] = field(default_factory=dict)
    """The entries of its deliveries, where they were decided before."""
    taken: dict[UUID, LedgerEntry] = field(default_factory=dict)
    """The accepted or waiting entries of its events, by event id."""
    waiting: list[LedgerEntry] = field(default_factory=list)
    """What waits in its cases, but for those that stay unopened."""
    early: list[LedgerEntry] = field(default_factory=list)
    """The contradictions in cases it may classify that may only have come before their turn."""
    positions: dict[UUID, int] = field(default_factory=dict)
    """Where in the global order those of its events are that were accepted, by event id."""
    closed: set[str] = field(default_factory=set)
    """Those of its deliveries whose entry a person closed: nothing is to come of them any more."""

    def add(self, why: str, entry: LedgerEntry) -> None:
        """Add an entry that was found for one of these reasons, named as above."""
        match why:
            case "seen":
                self.seen[entry.delivery] = entry
            case "taken" if entry.event_id:
                self.taken[entry.event_id] = entry
            case "waiting":
                self.waiting.append(entry)
            case _:
                self.early.append(entry)


def bearing_on(cursor: Cursor[DictRow], batch: Batch) -> Bearing:
    """Return what bears on a batch."""
    cursor.execute(BEARING, batch._asdict(), prepare=True)
    found = Bearing()
    for row in cursor:
        entry = entry_of(row)
        found.add(row["why"], entry)
        if row["is_closed"]:
            found.closed.add(entry.delivery)
        if entry.event_id and row["position"] is not None:
            found.positions[entry.event_id] = row["position"]
    return found
