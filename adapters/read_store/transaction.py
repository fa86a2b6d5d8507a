"""What a worker does in one transaction: read the feed, change rows, move checkpoints."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from psycopg.sql import SQL

from adapters.read_store import flags
from adapters.read_store.creating import create_bare_table, switch_tables
from adapters.read_store.feed import PARTITIONS, Feed, Placed
from adapters.read_store.flags import DueFlag
from adapters.read_store.tables import Digest, Table
from projections.read_model import Row

R = TypeVar("R", bound=Row)

Place = tuple[UUID, str]
"""Where a row stands: its case, and its key within the case."""
Rows = dict[Place, Any]

_FIRST_CHECKPOINTS = """
INSERT INTO case_timeline.read_model_tracking (application_name, notification_id)
SELECT name, 0 FROM unnest(%s::text[]) AS name
WHERE NOT EXISTS (
    SELECT FROM case_timeline.read_model_tracking WHERE application_name = name
)
ORDER BY name
ON CONFLICT DO NOTHING
"""

_POSITIONS = """
SELECT application_name, notification_id FROM case_timeline.read_model_tracking
WHERE application_name = ANY(%s)
"""

# All that lock checkpoints lock them in this order, in one statement of a transaction: nobody
# waits for whoever waits for him.
_HOLD = _POSITIONS + " ORDER BY application_name FOR UPDATE"

_SET_CHECKPOINTS = """
INSERT INTO case_timeline.read_model_tracking AS t (application_name, notification_id)
SELECT * FROM unnest(%s::text[], %s::bigint[]) AS new (name, position) ORDER BY name
ON CONFLICT (application_name) DO UPDATE SET notification_id = excluded.notification_id
WHERE t.notification_id < excluded.notification_id
"""

_PARKED = """
SELECT read_model, case_id FROM case_timeline.parked_case WHERE read_model = ANY(%s)
"""


class Transaction(Feed):
    """One transaction of a `Session`."""

    def positions(self, names: Sequence[str]) -> dict[str, int]:
        """Return how far each has come that has begun."""
        self._cursor.execute(_POSITIONS, (list(names),), prepare=True)
        return {str(name): int(position) for name, position in self._cursor}

    def checkpoints(self, names: Sequence[str]) -> dict[str, int]:
        """Return how far each has come, and keep others from moving it in this transaction."""
        self._cursor.execute(_FIRST_CHECKPOINTS, (list(names),), prepare=True)
        self._cursor.execute(_HOLD, (list(names),), prepare=True)
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

    def rows(self, wanted: Mapping[Table[Any], Sequence[Place]]) -> dict[Table[Any], Rows]:
        """Return the rows of several tables at these places, in one round trip."""
        connection = self._cursor.connection
        with connection.pipeline():
            asked = {table: connection.cursor() for table, places in wanted.items() if places}
            for table, cursor in asked.items():
                table.ask_for(cursor, wanted[table])
            return {
                table: table.asked_for(asked[table]) if table in asked else {} for table in wanted
            }

    def together(self) -> AbstractContextManager[object]:
        """Send all that is written within it without waiting for each answer."""
        return self._cursor.connection.pipeline()

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

    def create_bare(self, table: Table[Any]) -> int | None:
        """Create an empty table without indexes, in the place of one that was left over.

        Returns its identity, see `hold`.
        """
        create_bare_table(self._cursor, table)
        return table.identity(self._cursor)

    def hold(self, table: Table[Any], identity: int | None) -> bool:
        """Keep others from replacing a table meanwhile; tell whether it is the one of `identity`.

        False where another has been made in its place, or it is gone.
        """
        if table.exists(self._cursor):
            lock = SQL("LOCK TABLE {} IN SHARE UPDATE EXCLUSIVE MODE").format(table.name)
            self._cursor.execute(lock)
        return identity is not None and table.identity(self._cursor) == identity

    def fill(self, table: Table[R], rows: Sequence[R]) -> None:
        """Add rows to a bare table, which has none of them."""
        table.fill(self._cursor, rows)

    def index(self, table: Table[Any]) -> None:
        """Give a bare table its key and its indexes."""
        table.index(self._cursor)

    def digest(self, table: Table[Any]) -> Digest:
        """Return the fingerprint of a table."""
        return table.digest(self._cursor)

    def differing(self, table: Table[R], other: Table[R]) -> int:
        """Return how many rows of either table do not stand the same in the other."""
        return table.differing(other, self._cursor)

    def switch(self, new: Table[R], live: Table[R]) -> None:
        """Let `new` take the place of `live`."""
        switch_tables(self._cursor, new, live)
