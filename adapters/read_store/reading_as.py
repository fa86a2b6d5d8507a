"""Reads rows for somebody: the database itself leaves out what is not theirs to see.

Each use says anew for whom, for one transaction and in the same round trip as what is asked. A
connection that comes back has forgotten it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from psycopg import Connection, InterfaceError, OperationalError
from psycopg.errors import QueryCanceled
from psycopg.sql import SQL, Composable, Identifier
from psycopg_pool import PoolTimeout

from adapters.pools import Pool, pool_to
from adapters.read_store.feed import partition_of
from adapters.read_store.second_belt import READER_ROLE
from adapters.read_store.shown_rows import shown_rows
from adapters.read_store.tables import Table
from domain.vocabulary.record import PersonalClass
from projections.case_access import case_access
from projections.read_model import ReadModel, Row

R = TypeVar("R", bound=Row)

_FOR = "SELECT set_config('case_timeline.visitor', %s, true)"
_OPEN = "SELECT case_id FROM read_models.open_cases WHERE case_id = ANY(%s)"
_IS_SEEN = """
EXISTS (SELECT FROM read_models.open_cases WHERE case_id = %(case_id)s) OR (
    split_part(%(case_ref)s, ':', 1) = ANY (read_models.visitor('kinds'))
    AND NOT EXISTS (SELECT FROM read_models.closed_streams WHERE case_id = %(case_id)s)
)
"""
_SEES = f"SELECT {_IS_SEEN}"
_OF_CASE = SQL("SELECT row_to_json(t)::text FROM {} AS t WHERE case_id = %(case_id)s")
# A case that is parked for a read model is not taken in from there on.
_LEAST = "coalesce(min(least(coalesce(t.notification_id, 0), p.position - 1)), 0)"
_IN_TABLES = """
FROM unnest(%(names)s::text[]) AS m (name)
LEFT JOIN case_timeline.read_model_tracking AS t
    ON t.application_name = m.name || '/' || %(partition)s
LEFT JOIN case_timeline.parked_case AS p ON p.read_model = m.name AND p.case_id = %(case_id)s
"""
_TAKEN_IN = f"SELECT {_LEAST} {_IN_TABLES}"
_TAKEN_IN_IF_SEEN = f"SELECT {_LEAST}, {_IS_SEEN} {_IN_TABLES}"
_HAVING = SQL(
    "SELECT row_to_json(t)::text FROM {} AS t WHERE t.{} = ANY(%(values)s) ORDER BY t.case_ref"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A statement and its values."""

    statement: Composable | str
    values: Mapping[str, Any] | Sequence[Any] = ()


class ShownRows(NamedTuple):
    """The rows of a case, as the database wrote them."""

    elements: Mapping[str, str | None]
    """By read model, the elements of a JSON array; None where `masking.shown` has to look into
    them."""
    taken_in: int
    """Up to which position in the global order the read models have come, where the case lies."""


class ReaderPool:
    """Connections that act as the reader role; safe to use from several threads."""

    def __init__(self, database_url: str, *, pool_size: int = 8) -> None:
        # Most of what has a read store never reads for anybody. To check each connection would be
        # one more round trip of each request; see `ask`.
        self._pool = pool_to(
            database_url, _as_reader, most=pool_size, is_checked=False, is_open=False
        )

    def close(self) -> None:
        """Give up all connections."""
        self._pool.close()

    def reading_as(self, reach: str) -> "ReadingAs":
        """Return what reads for whoever sees as far as `reach`; see `reach_of`."""
        self._pool.open()
        return ReadingAs(self._pool, reach)


class ReadingAs:
    """Reads what one visitor may see."""

    def __init__(self, pool: Pool, reach: str) -> None:
        self._pool = pool
        self._reach = reach

    def ask(self, *questions: Question) -> list[list[tuple[Any, ...]]]:
        """Return the rows that answer each question."""
        try:
            return self._ask(questions)
        except (OperationalError, InterfaceError) as error:
            if isinstance(error, PoolTimeout | QueryCanceled):
                raise
            # A server that was started again has closed all of them; this only reads.
            self._pool.drain()
            return self._ask(questions)

    def _ask(self, questions: Iterable[Question]) -> list[list[tuple[Any, ...]]]:
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

    def shown_of_case(
        self,
        models: Iterable[ReadModel[Any]],
        masked: frozenset[PersonalClass],
        case_id: UUID,
        case_ref: str,
    ) -> "ShownRows | None":
        """Return the rows of a case as JSON without what is masked, and how far they have come.

        None where the case is not theirs to see.
        """
        asked = list(models)
        questions = [
            Question(shown_rows(model, masked).decode(), {"case_id": case_id}) for model in asked
        ]
        taken_in = _taken_in(_TAKEN_IN, asked, case_id)
        ((position,),), *found = self.ask(taken_in, *questions)
        told = {model.name: each[0] for model, each in zip(asked, found, strict=True)}
        # What is seen of it shows that it is theirs to see; nothing may mean either.
        if not any(text for text, _ in told.values()) and not self.sees(case_id, case_ref):
            return None
        return ShownRows(
            {name: None if is_left else text for name, (text, is_left) in told.items()},
            int(position),
        )

    def taken_in(
        self, models: Iterable[ReadModel[Any]], case_id: UUID, case_ref: str
    ) -> int | None:
        """Return up to which position these read models have come, where a case lies.

        None where the case is not theirs to see.
        """
        question = _taken_in(_TAKEN_IN_IF_SEEN, models, case_id, case_ref)
        (((position, seen),),) = self.ask(question)
        return int(position) if seen else None

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


def _taken_in(
    statement: str, models: Iterable[ReadModel[Any]], case_id: UUID, case_ref: str | None = None
) -> Question:
    names = [model.id for model in (*models, case_access)]
    where = {"case_id": case_id, "partition": partition_of(case_id), "case_ref": case_ref}
    return Question(statement, {"names": names, **where})


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
        # A list of all that somebody may see is sorted in memory.
        "SET work_mem = '16MB'; "
        # To plan for the policies anew each time costs more than what is asked.
        "SET plan_cache_mode = force_generic_plan"
    )
