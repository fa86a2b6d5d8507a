"""Flags that have fallen due and were not announced yet, and the memory of those that were."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import class_row
from psycopg.sql import SQL, Literal

from adapters.read_store.tables import Table
from projections.attention import attention

# A case with events that the read model has not taken in yet is left for later: one of them may
# clear the flag. Partitions as in the feed.
_DUE = SQL("""
WITH due AS MATERIALIZED (
    SELECT a.case_id, a.case_ref, a.flag_id, a.rule, a.rule_version, a.item, a.since, a.due_at,
           a.effect, a.why, a.clears, a.owner, a.authority,
           {read_model} || '/' || get_byte(uuid_send(a.case_id), 15) %% %(partitions)s AS partition
    FROM {table} AS a
    WHERE a.due_at <= %(now)s AND a.flag_id <> ALL(%(but)s)
      AND NOT EXISTS (
          SELECT FROM case_timeline.announced_flag AS f WHERE f.flag_id = a.flag_id
      )
)
SELECT flag_id, case_ref, rule, rule_version, item, since, due_at, effect, why, clears, owner,
       authority
FROM due
LEFT JOIN case_timeline.read_model_tracking AS t ON t.application_name = due.partition
WHERE NOT EXISTS (
    SELECT FROM case_timeline.case_events AS e
    WHERE e.originator_id = due.case_id
      AND e.notification_id > coalesce(t.notification_id, 0)
)
ORDER BY due_at, flag_id
LIMIT %(limit)s
""")

_REMEMBER = """
INSERT INTO case_timeline.announced_flag (flag_id, announced_at)
SELECT flag_id, %s FROM unnest(%s::uuid[]) AS flag_id
ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class DueFlag:
    """A flag whose time has come."""

    flag_id: UUID
    case_ref: str
    rule: str
    rule_version: int
    item: str
    since: datetime
    due_at: datetime
    effect: str
    why: str
    clears: str
    owner: str | None
    authority: str | None


def due_unannounced(
    cursor: Cursor[Any], now: datetime, *, limit: int, but: Collection[UUID], partitions: int
) -> list[DueFlag]:
    """Return up to `limit` flags due by `now`, `but` these, earliest first.

    There are none where the read model has not been made.
    """
    table = Table(attention)
    if not table.exists(cursor):
        return []
    due = _DUE.format(table=table.name, read_model=Literal(attention.id))
    values = {"now": now, "limit": limit, "but": list(but), "partitions": partitions}
    with cursor.connection.cursor(row_factory=class_row(DueFlag)) as flags:
        return flags.execute(due, values).fetchall()


def remember(cursor: Cursor[Any], flag_ids: Sequence[UUID], at: datetime) -> None:
    """Note that these flags were announced."""
    cursor.execute(_REMEMBER, (at, list(flag_ids)))
