"""Keeps the facts and figures of the dashboard as they were last counted.

To count them takes the longer the more cases there are, and reports ask for them over and over. So
they are put into tables, and then the views show these all at once. Whoever reads meanwhile reads
the earlier ones, and a figure always agrees with the facts behind it.
"""

from typing import Any

from psycopg import Cursor
from psycopg.sql import SQL, Composed, Identifier, Literal

from adapters.read_store.dashboard.making import KEPT, stands, tables_kept
from adapters.read_store.tables import SCHEMA

_LIMITS = """
SET LOCAL statement_timeout = '15min'; SET LOCAL lock_timeout = '5s'; SET LOCAL work_mem = '64MB';
SET LOCAL jit = off;
"""
# What is overdue depends on the day it is in England.
_IS_UP_TO_DATE = """
SELECT counted.position = now.position
       AND (counted.counted_at AT TIME ZONE 'Europe/London')::date = today
FROM dashboard.counted, read_models.dashboard_position AS now, read_models.dashboard_today
"""
_AS_OF = "SELECT now(), position, pg_current_xact_id()::text FROM read_models.dashboard_position"
_COUNT = """
CREATE TABLE {facts} AS SELECT * FROM read_models.dashboard_facts;
CREATE INDEX ON {facts} (figure, day);
ANALYZE {facts};
CREATE OR REPLACE VIEW read_models.dashboard_facts_kept AS SELECT * FROM {facts};
CREATE TABLE {figures} AS SELECT * FROM read_models.dashboard_figures;
CREATE INDEX ON {figures} (period, starts_on);
ANALYZE {figures};
"""
_SHOW = """
CREATE OR REPLACE VIEW dashboard.facts AS SELECT * FROM {facts};
CREATE OR REPLACE VIEW dashboard.figures AS SELECT * FROM {figures};
CREATE OR REPLACE VIEW dashboard.counted AS
SELECT {counted_at} AS counted_at, {position}::bigint AS position;
"""


class Counted:
    """What was counted, and not shown yet."""

    def __init__(self, as_of: tuple[Any, ...]) -> None:
        counted_at, position, number = as_of
        names = {kind: f"{KEPT}{kind}_{number}" for kind in ("facts", "figures")}
        self.tables = frozenset(names.values())
        self._parts = {kind: Identifier(SCHEMA, name) for kind, name in names.items()} | {
            "counted_at": Literal(counted_at),
            "position": Literal(position),
        }

    def filled_in(self, statements: str) -> Composed:
        """Return statements about it."""
        return SQL(statements).format(**self._parts)


def count(cursor: Cursor[Any]) -> Counted | None:
    """Count anew; None where nothing changed since, or the views are not those of this release.

    Call it within a transaction, one process at a time; nobody else waits for it.
    """
    if not stands(cursor) or _is_up_to_date(cursor):
        return None
    cursor.execute(_LIMITS)
    counted = Counted(_row(cursor, _AS_OF))
    cursor.execute(counted.filled_in(_COUNT))
    return counted


def show(cursor: Cursor[Any], counted: Counted) -> None:
    """Have the views show what was counted, and drop what they showed before.

    Call it within a transaction that keeps others from making tables or views.
    """
    cursor.execute(_LIMITS)
    cursor.execute(counted.filled_in(_SHOW))
    for name in tables_kept(cursor) - counted.tables:
        cursor.execute(SQL("DROP TABLE {}").format(Identifier(SCHEMA, name)))


def _is_up_to_date(cursor: Cursor[Any]) -> bool:
    return bool(tables_kept(cursor)) and bool(_row(cursor, _IS_UP_TO_DATE)[0])


def _row(cursor: Cursor[Any], query: str) -> tuple[Any, ...]:
    cursor.execute(query)
    found = cursor.fetchone()
    assert found is not None
    return tuple(found)
