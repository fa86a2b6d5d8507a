"""What the whole ledger comes to: how each source does, and whether entries and events agree.

It takes the longer the more was ever received, so it is gone through now and then, and kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row
from psycopg.types.json import Json
from pydantic import TypeAdapter, ValidationError

LATELY = timedelta(days=7)

_SOURCES = """
SELECT source, max(received_at) AS last,
       count(*) FILTER (WHERE received_at >= %s) AS lately,
       count(*) FILTER (WHERE outcome = 'accepted') AS accepted,
       count(*) FILTER (WHERE outcome = 'duplicate') AS duplicate,
       count(*) FILTER (WHERE outcome = 'waiting') AS waiting,
       count(*) FILTER (WHERE outcome = 'quarantined' AND closed_at IS NULL) AS quarantined,
       count(*) FILTER (WHERE closed_at IS NOT NULL) AS closed,
       count(*) FILTER (WHERE outcome = 'refused') AS refused
FROM case_timeline.intake GROUP BY source ORDER BY source
"""

_UNMATCHED = """
SELECT count(*) FILTER (WHERE e.originator_id IS NULL) AS entries_without_event,
       count(*) FILTER (WHERE i.id IS NULL) AS events_without_entry
FROM case_timeline.case_events AS e
FULL JOIN (SELECT * FROM case_timeline.intake WHERE outcome = 'accepted') AS i
    ON i.case_id = e.originator_id AND i.version = e.originator_version
"""

_CASES_WITH_GAPS = """
SELECT count(*) FROM (
    SELECT originator_id FROM case_timeline.case_events
    GROUP BY originator_id HAVING count(*) <> max(originator_version)
) AS gap
"""

_KEEP = """
INSERT INTO case_timeline.reckoning (told) VALUES (%s)
ON CONFLICT (is_latest) DO UPDATE SET told = excluded.told
"""


@dataclass(frozen=True, slots=True)
class SourceActivity:
    """What came from a source, and what became of it."""

    source: str
    last: datetime
    """When its latest message was received."""
    lately: int
    """How many were received within `LATELY` of the moment of the reckoning."""
    accepted: int
    duplicate: int
    waiting: int
    quarantined: int
    """Those that nobody has closed."""
    closed: int
    """Those in quarantine that somebody has closed."""
    refused: int

    @property
    def received(self) -> int:
        """How many there are in all: each has one outcome."""
        settled = self.accepted + self.duplicate + self.refused
        return settled + self.waiting + self.quarantined + self.closed


@dataclass(frozen=True, slots=True)
class StoreSums:
    """Whether ledger and event store agree; all three are 0 when they do."""

    entries_without_event: int
    events_without_entry: int
    cases_with_gaps: int


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What the ledger came to at a moment."""

    at: datetime
    last_entry: int
    """The number of the latest entry there was; 0 for none."""
    sources: Sequence[SourceActivity]
    store: StoreSums


_AS_JSON = TypeAdapter(Reckoning)


def store_sums(connection: Connection[Any]) -> StoreSums:
    """Compare the ledger with the event store, entry by event."""
    unmatched = connection.execute(_UNMATCHED).fetchone()
    gaps = connection.execute(_CASES_WITH_GAPS).fetchone()
    assert unmatched is not None
    assert gaps is not None
    return StoreSums(unmatched[0], unmatched[1], gaps[0])


def reckon(connection: Connection[Any], at: datetime) -> Reckoning:
    """Go through the whole ledger."""
    latest = last_entry(connection)
    with connection.cursor(row_factory=class_row(SourceActivity)) as cursor:
        sources = cursor.execute(_SOURCES, (at - LATELY,)).fetchall()
    return Reckoning(at, latest, sources, store_sums(connection))


def last_entry(connection: Connection[Any]) -> int:
    """Return the number of the latest entry; 0 where there is none."""
    row = connection.execute("SELECT max(id) FROM case_timeline.intake").fetchone()
    return row[0] or 0 if row else 0


def keep(connection: Connection[Any], reckoning: Reckoning) -> None:
    """Keep what the ledger came to, in the place of what was kept before."""
    connection.execute(_KEEP, (Json(_AS_JSON.dump_python(reckoning, mode="json")),))


def kept(connection: Connection[Any]) -> Reckoning | None:
    """Return what was kept last; None also where another release keeps it in another way."""
    row = connection.execute("SELECT told FROM case_timeline.reckoning").fetchone()
    try:
        return _AS_JSON.validate_python(row[0]) if row else None
    except ValidationError:
        return None
