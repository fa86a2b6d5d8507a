"""Keeps the facts and figures of the dashboard as they were last counted.

To count them takes the longer the more cases there are, and reports ask for them over and over. So
they are put into tables, and then the views show these all at once. Whoever reads meanwhile reads
the earlier ones, and a figure always agrees with the facts behind it.
"""

from typing import Any

from psycopg import Cursor
from psycopg.sql import SQL, Composed, Identifier, Literal

from adapters.read_store.dashboard.making import KEPT, READ_MODELS, stands, tables_kept
from adapters.read_store.tables import SCHEMA, Table

_COUNTING = """
SET LOCAL statement_timeout = '15min'; SET LOCAL lock_timeout = '5s'; SET LOCAL work_mem = '64MB';
SET LOCAL jit = off;
"""
# Whoever wants to read waits behind it for as long as it waits for others.
_SHOWING = "SET LOCAL lock_timeout = '300ms'"
_SHOWN = """
SELECT DISTINCT relation.relname, obj_description(relation.oid, 'pg_class')
FROM pg_rewrite AS rule
JOIN pg_depend AS needed ON needed.classid = 'pg_rewrite'::regclass AND needed.objid = rule.oid
JOIN pg_class AS relation
    ON needed.refclassid = 'pg_class'::regclass AND needed.refobjid = relation.oid
WHERE rule.ev_class IN (to_regclass('dashboard.facts'), to_regclass('dashboard.figures'))
  AND relation.relkind = 'r' AND starts_with(relation.relname, %s)
"""
# Figures are the same as long as these are: how far each part of each read model has come, of which
# tables, without which cases, and the day it is in England, on which it depends what is overdue.
_BASIS = """
SELECT md5(concat_ws(';',
    (SELECT string_agg(concat(application_name, '@', notification_id), ','
                       ORDER BY application_name)
     FROM case_timeline.read_model_tracking
     WHERE split_part(application_name, '/', 1) = ANY(%(models)s)),
    (SELECT string_agg(oid::text, ',' ORDER BY oid) FROM pg_class
     WHERE relnamespace = to_regnamespace(%(schema)s) AND relname = ANY(%(tables)s)),
    (SELECT count(*) FROM case_timeline.parked_case WHERE read_model = ANY(%(models)s)),
    (SELECT today FROM read_models.dashboard_today)
))
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
COMMENT ON TABLE {facts} IS {basis};
COMMENT ON TABLE {figures} IS {basis};
"""
_SHOW = """
CREATE OR REPLACE VIEW dashboard.facts AS SELECT * FROM {facts};
CREATE OR REPLACE VIEW dashboard.figures AS SELECT * FROM {figures};
CREATE OR REPLACE VIEW dashboard.counted AS
SELECT {counted_at} AS counted_at, {position}::bigint AS position;
"""


class Counted:
    """What was counted, and not shown yet."""

    def __init__(self, as_of: tuple[Any, ...], basis: str) -> None:
        counted_at, position, number = as_of
        names = {kind: f"{KEPT}{kind}_{number}" for kind in ("facts", "figures")}
        self.tables = frozenset(names.values())
        self._parts = {kind: Identifier(SCHEMA, name) for kind, name in names.items()} | {
            "counted_at": Literal(counted_at),
            "position": Literal(position),
            "basis": Literal(basis),
        }

    def filled_in(self, statements: str) -> Composed:
        """Return statements about it."""
        return SQL(statements).format(**self._parts)


def count(cursor: Cursor[Any]) -> Counted | None:
    """Count anew; None where nothing changed since, or the views are not those of this release.

    Call it within a transaction, one process at a time. What was counted and never shown goes.
    """
    if not stands(cursor):
        return None
    basis, shown = _basis(cursor), _shown(cursor)
    if len(shown) > 1 and {*shown.values()} == {basis}:
        return None
    cursor.execute(_COUNTING)
    counted = Counted(_row(cursor, _AS_OF), basis)
    cursor.execute(counted.filled_in(_COUNT))
    _drop_but(cursor, counted.tables | shown.keys())
    return counted


def show(cursor: Cursor[Any], counted: Counted) -> None:
    """Have the views show what was counted, and drop what they showed before.

    Call it within a transaction that keeps others from making tables or views. Raises
    `LockNotAvailable` where somebody has been reading for long: try again.
    """
    cursor.execute(_SHOWING)
    cursor.execute(counted.filled_in(_SHOW))
    _drop_but(cursor, counted.tables)


def _drop_but(cursor: Cursor[Any], names: frozenset[str]) -> None:
    for name in tables_kept(cursor) - names:
        cursor.execute(SQL("DROP TABLE {}").format(Identifier(SCHEMA, name)))


def _shown(cursor: Cursor[Any]) -> dict[str, str | None]:
    """Return the tables that the views show, and from what each was counted."""
    cursor.execute(_SHOWN, (KEPT,))
    return dict(cursor.fetchall())


def _basis(cursor: Cursor[Any]) -> str:
    values = {
        "models": [model.id for model in READ_MODELS],
        "tables": [Table(model).bare_name for model in READ_MODELS],
        "schema": SCHEMA,
    }
    return str(_row(cursor, _BASIS, values)[0])


def _row(cursor: Cursor[Any], query: str, values: Any = None) -> tuple[Any, ...]:
    cursor.execute(query, values)
    found = cursor.fetchone()
    assert found is not None
    return tuple(found)
