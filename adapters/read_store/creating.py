"""Makes the tables of read models and the views over them, and puts new tables in their place."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from psycopg import Connection, Cursor

from adapters.read_store import dashboard, second_belt
from adapters.read_store.tables import Table
from projections.read_model import ReadModel, Row

R = TypeVar("R", bound=Row)

_CREATE_LOCK = 0x43_54_43  # one process at a time creates tables and views, or switches them
_COUNTING_LOCK = 0x43_54_44  # one process at a time counts what the dashboard shows


def create_missing_tables(cursor: Cursor[Any], models: Iterable[ReadModel[Any]]) -> None:
    """Create the tables of these read models where missing; call it within a transaction.

    A new table is empty, so its read model starts anew from the first event, also where it had
    come further before its table was lost.
    """
    _alone(cursor)
    wanted = list(models)
    for model in wanted:
        table = Table(model)
        if not table.exists(cursor):
            table.create(cursor)
            _forget_progress(cursor, model)
    second_belt.cover_all(cursor, wanted)
    second_belt.open_views(cursor)
    dashboard.make(cursor)


def create_bare_table(cursor: Cursor[Any], table: Table[Any]) -> None:
    """Create an empty table without indexes, in the place of one that was left over."""
    table.drop(cursor)
    table.create_bare(cursor)
    second_belt.cover(cursor, table)


def switch_tables(cursor: Cursor[Any], new: Table[R], live: Table[R]) -> None:
    """Let `new` take the place of `live`, also below the views; call it within a transaction.

    What reads the views meanwhile waits; what is built on them stays.
    """
    # Before any table is locked, so that two switches cannot wait for each other's, nor readers
    # behind this one, which would have to wait for a count that reads the table.
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_COUNTING_LOCK,))
    _alone(cursor)
    before = new.take_the_place_of(live, cursor)
    dashboard.make_again(cursor, live)
    second_belt.open_views_again(cursor, live)
    before.drop(cursor)


@contextmanager
def counting_alone(connection: Connection[Any]) -> Iterator[bool]:
    """Keep others from counting meanwhile; yields False if somebody else counts."""
    row = connection.execute("SELECT pg_try_advisory_lock(%s)", (_COUNTING_LOCK,)).fetchone()
    is_ours = bool(row and row[0])
    try:
        yield is_ours
    finally:
        # A lost connection has lost its locks too.
        if is_ours and not connection.closed:
            connection.execute("SELECT pg_advisory_unlock(%s)", (_COUNTING_LOCK,))


def show_counted(cursor: Cursor[Any], counted: dashboard.Counted) -> None:
    """Have the dashboard show what was counted; call it within a transaction."""
    _alone(cursor)
    dashboard.show(cursor, counted)


def _alone(cursor: Cursor[Any]) -> None:
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_CREATE_LOCK,))


def _forget_progress(cursor: Cursor[Any], model: ReadModel[Any]) -> None:
    cursor.execute(
        "DELETE FROM case_timeline.read_model_tracking "
        "WHERE starts_with(application_name, %s || '/')",
        (model.id,),
    )
    cursor.execute("DELETE FROM case_timeline.parked_case WHERE read_model = %s", (model.id,))
