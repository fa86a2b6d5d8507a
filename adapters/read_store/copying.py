"""Rows as binary COPY takes them: a fifth of the server's work for the same rows sent as JSON."""

from collections.abc import Iterable
from functools import cache
from operator import itemgetter
from typing import Any

from psycopg import Cursor
from psycopg.sql import SQL, Identifier
from pydantic import TypeAdapter

from adapters.read_store.columns import columns_of
from projections.read_model import Row

_JSONB_VERSION = b"\x01"
_NONE_HELD = _JSONB_VERSION + b"[]"


class RowCopy:
    """Copies rows of one class into tables that have its columns."""

    def __init__(self, row: type[Row]) -> None:
        columns = columns_of(row)
        self._names = SQL(", ").join(map(Identifier, columns))
        # On the wire jsonb is JSON behind its version, which pydantic writes faster than psycopg.
        self._types = ["bytea" if kind == "jsonb" else kind for kind, _ in columns.values()]
        self._values = itemgetter(*columns)
        self._json = [
            (place, TypeAdapter(row.model_fields[name].rebuild_annotation()).serializer.to_json)
            for place, (name, (kind, _)) in enumerate(columns.items())
            if kind == "jsonb"
        ]

    def add(self, rows: Iterable[Row], table: Identifier, cursor: Cursor[Any]) -> None:
        """Add rows to a table that has none of them."""
        statement = SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(table, self._names)
        with cursor.copy(statement) as copy:
            copy.set_types(self._types)
            for row in rows:
                copy.write_row(self._wire(row))

    def _wire(self, row: Row) -> list[Any]:
        values = list(self._values(vars(row)))
        for place, to_json in self._json:
            value = values[place]
            if value == ():  # as most are
                values[place] = _NONE_HELD
            elif value is not None:
                values[place] = _JSONB_VERSION + to_json(value)
        return values


@cache
def copy_of(row: type[Row]) -> RowCopy:
    """Return what copies rows of this class, put together once."""
    return RowCopy(row)
