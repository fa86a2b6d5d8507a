"""What whoever looks after the read models has to know beside how far they have come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.rows import class_row, scalar_row

from adapters.read_store.session import WORK_LOCKS

_PARKED = """
SELECT read_model, position, reason, parked_at FROM case_timeline.parked_case
WHERE read_model = ANY(%s) ORDER BY parked_at DESC, position DESC
"""

# The key of an advisory lock is shown as an unsigned number.
_BEING_REBUILT = """
SELECT m.name FROM unnest(%(names)s::text[]) AS m (name)
WHERE EXISTS (
    SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = %(locks)s
    AND objid::bigint = (hashtext('rebuild/' || m.name)::bigint & 4294967295)
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
)
"""


@dataclass(frozen=True, slots=True)
class ParkedCase:
    """A case of which a read model takes in no more; which case it is, the position tells."""

    read_model: str
    position: int
    """The place in the order of all events of the event that could not be folded."""
    reason: str
    """The kind of error."""
    parked_at: datetime


def parked_cases(connection: Connection[Any], names: Sequence[str]) -> list[ParkedCase]:
    """Return the cases that these read models have parked, the latest first."""
    with connection.cursor(row_factory=class_row(ParkedCase)) as cursor:
        return cursor.execute(_PARKED, (list(names),)).fetchall()


def being_rebuilt(connection: Connection[Any], names: Sequence[str]) -> set[str]:
    """Return which of these read models someone is rebuilding, in whatever process."""
    with connection.cursor(row_factory=scalar_row) as cursor:
        cursor.execute(_BEING_REBUILT, {"names": list(names), "locks": WORK_LOCKS})
        return set(cursor.fetchall())
