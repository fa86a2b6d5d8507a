"""Reads the read store: rows of a case, the register, how far each read model has come."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from psycopg import Connection

from adapters.event_store.datastore import act_as_service
from adapters.pools import pool_to
from adapters.read_store import kpi, looked_after
from adapters.read_store.attention import Standing, Wanted, standing_flags
from adapters.read_store.creating import create_missing_tables
from adapters.read_store.feed import PARTITIONS, partition_of
from adapters.read_store.kpi import Definition, Fact, Figure, Period, ScopedFigure
from adapters.read_store.looked_after import ParkedCase
from adapters.read_store.reading_as import ReaderPool, ReadingAs
from adapters.read_store.tables import Table
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

# A parked case is not taken in from the event on at which it was parked.
_MISSING = """
SELECT m.name, count(e.notification_id)
FROM unnest(%(names)s::text[]) AS m (name)
LEFT JOIN case_timeline.read_model_tracking AS t
    ON t.application_name = m.name || '/' || %(partition)s
LEFT JOIN case_timeline.parked_case AS p ON p.read_model = m.name AND p.case_id = %(case_id)s
LEFT JOIN case_timeline.case_events AS e
    ON e.originator_id = %(case_id)s
    AND e.notification_id > least(coalesce(t.notification_id, 0), p.position - 1)
GROUP BY m.name
"""

_TAKEN_IN = """
SELECT coalesce(min(coalesce(t.notification_id, 0)), 0)
FROM unnest(%(names)s::text[]) AS m (name)
LEFT JOIN case_timeline.read_model_tracking AS t
    ON t.application_name = m.name || '/' || %(partition)s
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
        self._pool = pool_to(database_url, _prepared, most=pool_size)
        self._readers = ReaderPool(database_url, pool_size=pool_size)

    def close(self) -> None:
        """Give up all connections."""
        self._pool.close()
        self._readers.close()

    def reading_as(self, reach: str) -> ReadingAs:
        """Return what reads for somebody, and sees as far as `reach`; see `reach_of`."""
        return self._readers.reading_as(reach)

    def ensure_tables(self, models: Iterable[ReadModel[Any]]) -> None:
        """Create the tables of these read models where they are missing."""
        with self._pool.connection() as connection, connection.transaction():
            create_missing_tables(connection.cursor(), models)

    def rows_of_case(self, model: ReadModel[R], case_id: UUID) -> list[R]:
        """Return a case's rows in a read model, as they stand now."""
        with self._pool.connection() as connection, connection.cursor() as cursor:
            return Table(model).of_case(cursor, case_id)

    def rows_having(self, model: ReadModel[R], column: str, values: Collection[str]) -> list[R]:
        """Return the rows of all cases that have one of `values` in `column`, by case reference.

        The column is one of those that the row class names as INDEXED; ValueError for another.
        """
        with self._pool.connection() as connection, connection.cursor() as cursor:
            return Table(model).having(cursor, column, list(values))

    def every_row(self, model: ReadModel[R], *, limit: int) -> list[R]:
        """Return up to `limit` rows of a read model, by case reference."""
        with self._pool.connection() as connection, connection.cursor() as cursor:
            return Table(model).every(cursor, limit)

    def missing(self, models: Iterable[ReadModel[Any]], case_id: UUID) -> dict[str, int]:
        """Return, by read model, how many events of a case it has yet to take in."""
        ids = {model.id: model.name for model in models}
        values = {"names": list(ids), "case_id": case_id, "partition": partition_of(case_id)}
        with self._pool.connection() as connection:
            found = connection.execute(_MISSING, values)
            return {ids[name]: int(events) for name, events in found}

    def taken_in(self, models: Iterable[ReadModel[Any]], case_id: UUID) -> int:
        """Return up to which position these read models have taken in what concerns a case."""
        names = [model.id for model in models]
        values = {"names": names, "partition": partition_of(case_id)}
        with self._pool.connection() as connection:
            found = connection.execute(_TAKEN_IN, values).fetchone()
            return int(found[0]) if found else 0

    def attention(self, wanted: Wanted, now: datetime, *, limit: int) -> Standing:
        """Return up to `limit` standing flags over all cases, the most urgent first."""
        with self._pool.connection() as connection, connection.cursor() as cursor:
            return standing_flags(cursor, wanted, now, limit)

    def definitions(self) -> list[Definition]:
        """Return what every figure of the dashboard means."""
        with self._pool.connection() as connection, connection.cursor() as cursor:
            return kpi.definitions(cursor)

    def figures(self, period: Period, authority: str | None) -> Sequence[Figure]:
        """Return the figures of a period that count anything, for one authority or for all."""
        with self._pool.connection() as connection, connection.cursor() as cursor:
            return kpi.figures(cursor, period, authority)

    def facts(self, figure: str, period: Period, authority: str | None) -> Sequence[Fact]:
        """Return what lies behind a figure."""
        with self._pool.connection() as connection, connection.cursor() as cursor:
            return kpi.facts(cursor, figure, period, authority)

    def figures_of_period(self, period: Period) -> list[ScopedFigure]:
        """Return all figures of a period that count anything, overall and of each authority."""
        with self._pool.connection() as connection, connection.cursor() as cursor:
            return kpi.figures_of_period(cursor, period)

    def figures_of_periods(self, periods: Sequence[Period]) -> dict[Period, list[ScopedFigure]]:
        """Return all figures of some periods of one kind, by period, read together."""
        with self._pool.connection() as connection, connection.cursor() as cursor:
            return kpi.figures_of_periods(cursor, periods)

    def counted_at(self) -> datetime:
        """Return the moment as of which figures, and what lies behind them, were counted."""
        with self._pool.connection() as connection, connection.cursor() as cursor:
            return kpi.counted_at(cursor)

    def benchmark(self, year: int) -> list[dict[str, Any]]:
        """Return the lines of the benchmark of a calendar year, small numbers held back."""
        with self._pool.connection() as connection, connection.cursor() as cursor:
            return kpi.benchmark(cursor, year)

    def parked(self, models: Iterable[ReadModel[Any]]) -> list[ParkedCase]:
        """Return the cases of which these read models take in no more, the latest first."""
        with self._pool.connection() as connection:
            return looked_after.parked_cases(connection, [model.id for model in models])

    def being_rebuilt(self, models: Iterable[ReadModel[Any]]) -> set[str]:
        """Return the ids of those of these read models that someone is rebuilding."""
        with self._pool.connection() as connection:
            return looked_after.being_rebuilt(connection, [model.id for model in models])

    def progress(self, models: Iterable[ReadModel[Any]]) -> list[Progress]:
        """Return how far each of these read models has come, by name."""
        values = {"names": [model.id for model in models], "partitions": PARTITIONS}
        with self._pool.connection() as connection:
            return [Progress(*row) for row in connection.execute(_STATUS, values)]


def _prepared(connection: Connection[Any]) -> None:
    act_as_service(connection)
    connection.execute("SET timezone = 'UTC'")
