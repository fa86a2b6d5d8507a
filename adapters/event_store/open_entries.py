"""Reads what of the ledger is not settled, by what people look for in it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row, scalar_row

from domain.outcomes import Outcome, Reason

# By the index of these: whatever is undecided has its payload.
_OPEN = """
FROM case_timeline.intake
WHERE payload IS NOT NULL AND outcome IN ('waiting', 'quarantined') AND closed_at IS NULL
"""

# A day is one of those in London, as people have them.
_DAY = "(received_at AT TIME ZONE 'Europe/London')::date"

_COUNTS = f"""
SELECT outcome, reason, source, {_DAY} AS day, count(*) AS entries,
       min(received_at) AS first, max(received_at) AS last
{_OPEN} GROUP BY outcome, reason, source, {_DAY}
ORDER BY outcome, reason, source, day
"""

_WANTED = f"""
{_OPEN}
  AND (%(outcome)s::text IS NULL OR outcome = %(outcome)s)
  AND (%(reason)s::text IS NULL OR reason = %(reason)s)
  AND (%(source)s::text IS NULL OR source = %(source)s)
  AND (%(day)s::date IS NULL OR {_DAY} = %(day)s)
"""

_IDS = f"""
SELECT id {_WANTED} AND id > %(after)s ORDER BY id LIMIT %(limit)s
"""

PAGE = f"{_WANTED} ORDER BY id DESC LIMIT %(limit)s OFFSET %(offset)s"
"""Which of them a page holds, the newest first; their columns go before it."""


@dataclass(frozen=True, slots=True)
class OpenWanted:
    """Which open entries are looked for; None of something for any."""

    outcome: Outcome | None = None
    reason: Reason | None = None
    source: str | None = None
    day: date | None = None
    """The day in London on which it was received."""

    def fits(self, count: "OpenCount") -> bool:
        """Tell whether entries that were counted are all among those wanted."""
        return all(
            wanted is None or wanted == getattr(count, name)
            for name, wanted in asdict(self).items()
        )


@dataclass(frozen=True, slots=True)
class OpenCount:
    """How many entries are open that share all of this."""

    outcome: str
    reason: str | None
    source: str
    day: date
    entries: int
    first: datetime
    """When the first of them was received."""
    last: datetime


def counts(connection: Connection[Any]) -> list[OpenCount]:
    """Return how many entries are open, by all that they can be looked for by."""
    with connection.cursor(row_factory=class_row(OpenCount)) as cursor:
        return cursor.execute(_COUNTS).fetchall()


def ids(connection: Connection[Any], wanted: OpenWanted, after: int, limit: int) -> list[int]:
    """Return the numbers of up to `limit` entries that are wanted, above `after`, in order."""
    values = {**values_of(wanted), "after": after, "limit": limit}
    with connection.cursor(row_factory=scalar_row) as cursor:
        return cursor.execute(_IDS, values).fetchall()


def values_of(wanted: OpenWanted) -> Mapping[str, Any]:
    """Return what the queries take for what is wanted."""
    codes = {"outcome": wanted.outcome, "reason": wanted.reason}
    told = {name: str(code) if code else None for name, code in codes.items()}
    return {**told, "source": wanted.source, "day": wanted.day}
