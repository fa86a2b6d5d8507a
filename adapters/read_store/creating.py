"""Makes the tables of read models where they are missing."""

from collections.abc import Iterable
from typing import Any

from psycopg import Cursor

from adapters.read_store.tables import Table
from projections.read_model import ReadModel

_CREATE_LOCK = 0x43_54_43  # one process at a time creates tables


def create_missing_tables(cursor: Cursor[Any], models: Iterable[ReadModel[Any]]) -> None:
    """Create the tables of these read models where missing; call it within a transaction.

    A new table is empty, so its read model starts anew from the first event, also where it had
    come further before its table was lost.
    """
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", (_CREATE_LOCK,))
    for model in models:
        table = Table(model)
        if not table.exists(cursor):
            table.create(cursor)
            _forget_progress(cursor, model)


def _forget_progress(cursor: Cursor[Any], model: ReadModel[Any]) -> None:
    cursor.execute(
        "DELETE FROM case_timeline.read_model_tracking "
        "WHERE starts_with(application_name, %s || '/')",
        (model.id,),
    )
    cursor.execute("DELETE FROM case_timeline.parked_case WHERE read_model = %s", (model.id,))
