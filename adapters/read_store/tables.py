"""Tables of read models, derived from their row classes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from psycopg import Cursor
from psycopg.sql import SQL, Composed, Identifier

from adapters.read_store.columns import columns_of
from adapters.read_store.copying import copy_of
from projections.read_model import ReadModel, Row

SCHEMA = "read_models"

_STATEMENT_CHARACTERS = 8_000_000
"""About how much JSON one statement may carry; PostgreSQL holds several times that for it."""

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Digest:
    """A fingerprint of a table's rows, whatever their order."""

    rows: int
    fingerprint: str


class Table(Generic[R]):
    """The table of one version of a read model; `suffix` tells a table being rebuilt apart."""

    def __init__(self, model: ReadModel[R], suffix: str = "") -> None:
        self._model, self.row = model, model.row
        self.streams = model.streams
        self.bare_name = f"{model.name}_v{model.version}{suffix}"
        self.name = Identifier(SCHEMA, self.bare_name)
        self._key = model.row.KEY
        identity = ["case_id", *([self._key] if self._key else [])]
        self._columns = columns_of(model.row)
        self._identity = SQL(", ").join(map(Identifier, identity))
        insert = SQL(
            "INSERT INTO {0} SELECT * FROM jsonb_populate_recordset(NULL::{0}, %s::jsonb)"
        ).format(self.name)
        upsert = SQL("{} ON CONFLICT ({}) DO UPDATE SET ({}) = ROW ({})").format(
            insert,
            self._identity,
            SQL(", ").join(map(Identifier, self._columns)),
            SQL(", ").join(Identifier("excluded", name) for name in self._columns),
        )
        # What every page runs is put together once.
        self._upsert = upsert.as_bytes()
        select = SQL("SELECT row_to_json(t)::text FROM {} AS t ").format(self.name)
        self._at = (select + self._places()).as_bytes()
        self._remove_cases = (
            SQL("DELETE FROM {} WHERE case_id = ANY(%s)").format(self.name).as_bytes()
        )

    def _places(self) -> SQL | Composed:
        if self._key is None:
            return SQL("WHERE case_id = ANY(%s)")
        return SQL(
            "JOIN unnest(%s::uuid[], %s::{}[]) AS wanted (case_id, key) "
            "ON t.case_id = wanted.case_id AND t.{} = wanted.key"
        ).format(SQL(self._columns[self._key].kind), Identifier(self._key))

    def exists(self, cursor: Cursor[Any]) -> bool:
        """Return whether the table is there."""
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", (self.name.as_string(cursor),))
        found = cursor.fetchone()
        assert found is not None
        return bool(found[0])

    def identity(self, cursor: Cursor[Any]) -> int | None:
        """Return what tells the table from any other that ever had its name; None without one."""
        cursor.execute("SELECT to_regclass(%s)::oid::bigint", (self.name.as_string(cursor),))
        found = cursor.fetchone()
        assert found is not None
        return None if found[0] is None else int(found[0])

    def create(self, cursor: Cursor[Any]) -> None:
        """Create the table and its indexes unless it is there."""
        if not self.exists(cursor):
            self.create_bare(cursor)
            self.index(cursor)

    def create_bare(self, cursor: Cursor[Any]) -> None:
        """Create the table without any index, to be filled by `fill` and then given its indexes."""
        columns = (
            SQL("{} {}{}").format(Identifier(name), SQL(kind), SQL("" if optional else " NOT NULL"))
            for name, (kind, optional) in self._columns.items()
        )
        cursor.execute(SQL("CREATE TABLE {} ({})").format(self.name, SQL(", ").join(columns)))

    def index(self, cursor: Cursor[Any]) -> None:
        """Give a bare table its key and its indexes."""
        cursor.execute(SQL("ALTER TABLE {} ADD PRIMARY KEY ({})").format(self.name, self._identity))
        for column in self.row.INDEXED:
            # Left to name itself, since a table being rebuilt has one beside that of the live one.
            cursor.execute(SQL("CREATE INDEX ON {} ({})").format(self.name, Identifier(column)))

    def drop(self, cursor: Cursor[Any]) -> None:
        """Remove the table and its rows."""
        cursor.execute(SQL("DROP TABLE IF EXISTS {}").format(self.name))

    def take_the_place_of(self, other: "Table[R]", cursor: Cursor[Any]) -> "Table[R]":
        """Become the table that `other` was; return where its rows are now, still to be dropped."""
        before = Table(self._model, suffix="_before")
        rename = SQL("ALTER TABLE {} RENAME TO {}")
        cursor.execute(rename.format(other.name, Identifier(before.bare_name)))
        cursor.execute(rename.format(self.name, Identifier(other.bare_name)))
        return before

    def ask_for(self, cursor: Cursor[Any], keys: Sequence[tuple[UUID, str]]) -> None:
        """Ask for the rows at these (case id, key) pairs; `asked_for` returns them."""
        places = [[case_id for case_id, _ in keys], [key for _, key in keys]]
        cursor.execute(self._at, places[:1] if self._key is None else places, prepare=True)

    def asked_for(self, cursor: Cursor[Any]) -> dict[tuple[UUID, str], R]:
        """Return the rows that `cursor` was asked for, by (case id, key); no absent ones."""
        return {(row.case_id, self._model.key_of(row)): row for row in self._rows(cursor)}

    def of_case(self, cursor: Cursor[Any], case_id: UUID) -> list[R]:
        """Return all rows of a case."""
        return self._select(cursor, SQL("WHERE case_id = %s"), [case_id])

    def having(self, cursor: Cursor[Any], column: str, values: Sequence[str]) -> list[R]:
        """Return the rows of all cases that have one of `values` in `column`, by case reference.

        Raises ValueError for a column without an index.
        """
        if column not in self.row.INDEXED:
            raise ValueError(f"rows of {self._model.name} are not looked up by {column}")
        found = SQL("WHERE t.{} = ANY(%s) ORDER BY case_ref, {}").format(
            Identifier(column), self._identity
        )
        return self._select(cursor, found, [list(values)])

    def every(self, cursor: Cursor[Any], limit: int) -> list[R]:
        """Return up to `limit` rows, by case reference."""
        return self._select(cursor, SQL("ORDER BY case_ref LIMIT %s"), [limit])

    def write(self, cursor: Cursor[Any], rows: Iterable[R]) -> None:
        """Put rows in their places, new or changed, in as few statements as their size allows."""
        for array in _arrays(row.model_dump_json() for row in rows):
            cursor.execute(self._upsert, (array,))

    def fill(self, cursor: Cursor[Any], rows: Iterable[R]) -> None:
        """Add rows to a bare table, which has none of them."""
        copy_of(self.row).add(rows, self.name, cursor)

    def remove(self, cursor: Cursor[Any], keys: Sequence[tuple[UUID, str]]) -> None:
        """Remove the rows at these (case id, key) pairs."""
        if not keys:
            return
        if self._key is None:
            self.remove_cases(cursor, [case_id for case_id, _ in keys])
            return
        cursor.execute(
            SQL(
                "DELETE FROM {} AS t USING unnest(%s::uuid[], %s::{}[]) AS gone (case_id, key) "
                "WHERE t.case_id = gone.case_id AND t.{} = gone.key"
            ).format(self.name, SQL(self._columns[self._key].kind), Identifier(self._key)),
            ([case_id for case_id, _ in keys], [key for _, key in keys]),
        )

    def remove_cases(self, cursor: Cursor[Any], case_ids: Sequence[UUID]) -> None:
        """Remove all rows of these cases."""
        cursor.execute(self._remove_cases, (list(case_ids),))

    def digest(self, cursor: Cursor[Any]) -> Digest:
        """Return the fingerprint of all rows."""
        cursor.execute(
            SQL(
                "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM {} AS t"
            ).format(self.name)
        )
        found = cursor.fetchone()
        assert found is not None
        return Digest(found[0], found[1])

    def differing(self, other: "Table[R]", cursor: Cursor[Any]) -> int:
        """Return how many rows of either table do not stand the same in the other.

        A row that both have at the same place, but not alike, counts once.
        """
        cursor.execute(
            SQL(
                "SELECT count(*) FROM {} AS a FULL JOIN {} AS b USING ({}) "
                "WHERE a::text IS DISTINCT FROM b::text"
            ).format(self.name, other.name, self._identity)
        )
        found = cursor.fetchone()
        assert found is not None
        return int(found[0])

    def _select(self, cursor: Cursor[Any], rest: SQL | Composed, values: list[Any]) -> list[R]:
        statement = SQL("SELECT row_to_json(t)::text FROM {} AS t {}").format(self.name, rest)
        cursor.execute(statement, values)
        return self._rows(cursor)

    def _rows(self, cursor: Cursor[Any]) -> list[R]:
        return [self.row.model_validate_json(text) for (text,) in cursor]


def _arrays(rows: Iterable[str]) -> Iterator[str]:
    """Put JSON texts into JSON arrays of a bounded size, at least one into each."""
    held: list[str] = []
    characters = 0
    for row in rows:
        if held and characters + len(row) > _STATEMENT_CHARACTERS:
            yield f"[{','.join(held)}]"
            held, characters = [], 0
        held.append(row)
        characters += len(row)
    if held:
        yield f"[{','.join(held)}]"
