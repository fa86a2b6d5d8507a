"""Reads rows for somebody: the database itself leaves out what is not theirs to see.

Each use says anew for whom, for one transaction and in the same round trip as what is asked. A
connection that comes back has forgotten it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from psycopg import Connection
from psycopg.sql import SQL, Composable, Identifier
from psycopg_pool import ConnectionPool

from adapters.event_store.datastore import connection_settings
from adapters.read_store.second_belt import READER_ROLE
from adapters.read_store.tables import Table
from projections.read_model import ReadModel, Row

R = TypeVar("R", bound=Row)

_FOR = "SELECT set_config('case_timeline.visitor', %s, true)"
_OPEN = "SELECT case_id FROM read_models.open_cases WHERE case_id = ANY(%s)"
_SEES = """
SELECT EXISTS (SELECT FROM read_models.open_cases WHERE case_id = %(case_id)s) OR (
    split_part(%(case_ref)s, ':', 1) = ANY (read_models.visitor('kinds'))
    AND NOT EXISTS (SELECT FROM read_models.closed_streams WHERE case_id = %(case_id)s)
)
"""
_OF_CASE = SQL("SELECT row_to_json(t)::text FROM {} AS t WHERE case_id = %(case_id)s")
_HAVING = SQL(
    "SELECT row_to_json(t)::text FROM {} AS t WHERE t.{} = ANY(%(values)s) ORDER BY t.case_ref"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A statement and its values."""

    statement: Composable | str
    values: Mapping[str, Any] | Sequence[Any] = ()


class ReaderPool:
    """Connections that act as the reader role; safe to use from several threads."""

    def __init__(self, database_url: str, *, pool_size: int = 8) -> None:
        self._pool = ConnectionPool(
            kwargs={**connection_settings(database_url), "autocommit": True},
            min_size=0,
            max_size=pool_size,
            timeout=10,
            configure=_as_reader,
            check=ConnectionPool.check_connection,
            open=False,
        )

    def close(self) -> None:
        """Give up all connections."""
        self._pool.close()

    def reading_as(self, reach: str) -> "ReadingAs":
        """Return what reads for whoever sees as far as `reach`; see `reach_of`."""
        self._pool.open()  # most of what has a read store never reads for anybody
        return ReadingAs(self._pool, reach)


class ReadingAs:
    """Reads what one visitor may see."""

    def __init__(self, pool: ConnectionPool[Connection[Any]], reach: str) -> None:
        self._pool = pool
        self._reach = reach

    def ask(self, *questions: Question) -> list[list[tuple[Any, ...]]]:
        """Return the rows that answer each question."""
        with self._pool.connection() as connection:
            # Up to the end of the pipeline all is one transaction, at which the database forgets
            # for whom it was. Were it forgotten sooner, nothing would be seen.
            with connection.pipeline():
                connection.execute(_FOR, (self._reach,), prepare=True)
                cursors = [
                    connection.execute(_text(each.statement), each.values, prepare=True)
                    for each in questions
                ]
            return [cursor.fetchall() for cursor in cursors]

    def sees(self, case_id: UUID, case_ref: str) -> bool:
        """Tell whether a case, or the file that the reference names, is theirs to see."""
        ((seen,),) = self.ask(_sees(case_id, case_ref))[0]
        return bool(seen)

    def rows_of_case(
        self, models: Iterable[ReadModel[Any]], case_id: UUID, case_ref: str
    ) -> dict[str, list[Any]] | None:
        """Return the rows of a case, or file, by read model; None where it is not theirs to see."""
        asked = list(models)
        questions = [
            Question(_OF_CASE.format(Table(each).name), {"case_id": case_id}) for each in asked
        ]
        (((seen,),), *found) = self.ask(_sees(case_id, case_ref), *questions)
        if not seen:
            return None
        rows = zip(asked, found, strict=True)
        return {model.name: list(rows_in(model, told)) for model, told in rows}

    def open_among(self, case_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Return those of these cases that are theirs to see."""
        (found,) = self.ask(Question(_OPEN, (list(case_ids),)))
        return frozenset(case_id for (case_id,) in found)

    def rows_having(self, model: ReadModel[R], column: str, values: Iterable[str]) -> list[R]:
        """Return the rows that have one of `values` in an indexed column, by case reference.

        Raises ValueError for a column without an index.
        """
        if column not in model.row.INDEXED:
            raise ValueError(f"rows of {model.name} are not looked up by {column}")
        statement = _HAVING.format(Table(model).name, Identifier(column))
        (found,) = self.ask(Question(statement, {"values": list(values)}))
        return list(rows_in(model, found))


def _sees(case_id: UUID, case_ref: str) -> Question:
    return Question(_SEES, {"case_id": case_id, "case_ref": case_ref})


def rows_in(model: ReadModel[R], found: Iterable[tuple[Any, ...]]) -> Iterator[R]:
    """Yield the rows that stand as JSON in the only column of what was found."""
    for (text,) in found:
        yield model.row.model_validate_json(text)


def _text(statement: Composable | str) -> Any:
    return statement.as_bytes() if isinstance(statement, Composable) else statement.encode()


def _as_reader(connection: Connection[Any]) -> None:
    connection.execute(SQL("SET ROLE {}").format(Identifier(READER_ROLE)))
    connection.execute(
        "SET timezone = 'UTC'; SET statement_timeout = '5s'; SET jit = off; "
        # To plan for the policies anew each time costs more than what is asked.
        "SET plan_cache_mode = force_generic_plan"
    )
