"""Reads the read store: rows of a case, the register, how far each read model has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from psycopg import Connection
from psycopg_pool import ConnectionPool

from adapters.event_store.datastore import act_as_service, connection_settings
from adapters.read_store.creating import create_missing_tables
from adapters.read_store.tables import Table
from adapters.read_store.transaction import PARTITIONS
from projections.read_model import ReadModel, Row

R = TypeVar("R", bound=Row)

_STATUS = """
WITH head AS (SELECT coalesce(max(notification_id), 0) AS position FROM case_timeline.case_events),
model AS (
    SELECT m.name,
           CASE WHEN count(t.application_name) < %(partitions)s THEN 0
                ELSE min(t.notification_id) END AS position
    FROM unnest(%(names)s::text[]) AS m (name)
    LEFT JOIN case_timeline.read_model_tracking AS t ON t.application_name LIKE m.name || '/%%'
    GROUP BY m.name
)
SELECT model.name, model.position, head.position,
       (SELECT count(*) FROM case_timeline.parked_case AS p WHERE p.read_model = model.name),
       (SELECT (convert_from(e.state, 'UTF8')::jsonb ->> 'recorded_at')::timestamptz
        FROM case_timeline.case_events AS e
        WHERE e.notification_id > model.position ORDER BY e.notification_id LIMIT 1)
FROM model, head ORDER BY model.name
"""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a read model has come. Positions are places in the global order of events."""

    read_model: str
    position: int
    head: int
    parked_cases: int
    waiting_since: datetime | None
    """When the oldest event it has not taken in was recorded; None when it has taken in all."""

    @property
    def behind(self) -> int:
        """How many positions it still has to go."""
        return self.head - self.position


class ReadStore:
    """Read access for services; safe to use from several threads."""

    def __init__(self, database_url: str, *, pool_size: int = 4) -> None:
        self._pool = ConnectionPool(
            kwargs={**connection_settings(database_url), "autocommit": True},
            min_size=0,
            max_size=pool_size,
            timeout=10,
            configure=_prepared,
            check=ConnectionPool.check_connection,
            open=True,
        )

    def close(self) -> None:
        """Give up all connections."""
        self._pool.close()

    def ensure_tables(self, models: Iterable[ReadModel[Any]]) -> None:
        """Create the tables of these read models where they are missing."""
        with self._pool.connection() as connection, connection.transaction():
            create_missing_tables(connection.cursor(), models)

    def rows_of_case(self, model: ReadModel[R], case_id: UUID) -> list[R]:
        """Return a case's rows in a read model, as they stand now."""
        with self._pool.connection() as connection, connection.cursor() as cursor:
            return Table(model).of_case(cursor, case_id)

    def every_row(self, model: ReadModel[R], *, limit: int) -> list[R]:
        """Return up to `limit` rows of a read model, by case reference."""
        with self._pool.connection() as connection, connection.cursor() as cursor:
            return Table(model).every(cursor, limit)

    def progress(self, models: Iterable[ReadModel[Any]]) -> list[Progress]:
        """Return how far each of these read models has come, by name."""
        values = {"names": [model.id for model in models], "partitions": PARTITIONS}
        with self._pool.connection() as connection:
            return [Progress(*row) for row in connection.execute(_STATUS, values)]


def _prepared(connection: Connection[Any]) -> None:
    act_as_service(connection)
    connection.execute("SET timezone = 'UTC'")
