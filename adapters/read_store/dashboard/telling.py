"""Tells what the views of the dashboard are, as the database itself says."""

from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import Cursor
from psycopg.rows import class_row

from adapters.event_store.datastore import connection_settings
from adapters.read_store.dashboard.making import SCHEMA

_COLUMNS = """
SELECT c.relname, obj_description(c.oid, 'pg_class'), a.attname, format_type(a.atttypid, NULL),
       col_description(c.oid, a.attnum)
FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
WHERE c.relnamespace = to_regnamespace(%s) AND a.attnum > 0
ORDER BY c.oid, a.attnum
"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a view; `comment` is None where the database has none."""

    name: str
    kind: str
    comment: str | None


@dataclass(frozen=True, slots=True)
class View:
    """A view, with its columns in order."""

    name: str
    comment: str | None
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure: what it counts, in what unit, how it is made, and what asks for it."""

    figure: str
    unit: str
    aggregation: str
    meaning: str
    source: str


@dataclass(frozen=True, slots=True)
class Dashboard:
    """All that the schema holds, in the order in which it was made."""

    views: tuple[View, ...]
    definitions: tuple[Definition, ...]


def describe(database_url: str) -> Dashboard:
    """Return what the dashboard of a database is, once its views are made."""
    with psycopg.connect(**connection_settings(database_url)) as connection:
        with connection.cursor() as cursor:
            views = tuple(_views(cursor))
        with connection.cursor(row_factory=class_row(Definition)) as figures:
            figures.execute("SELECT * FROM dashboard.definitions")
            return Dashboard(views, tuple(figures))


def _views(cursor: Cursor[Any]) -> list[View]:
    cursor.execute(_COLUMNS, (SCHEMA,))
    found: dict[tuple[str, str | None], list[Column]] = {}
    for view, about, *column in cursor:
        found.setdefault((view, about), []).append(Column(*column))
    return [View(name, about, tuple(columns)) for (name, about), columns in found.items()]
