"""Finds the flags that stand, over all cases, by whom they concern and how urgent they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg import Cursor
from psycopg.sql import SQL, Composable

from adapters.read_store.reading_as import Question
from adapters.read_store.tables import Table
from domain.vocabulary.rules import FlagEffect, Timeliness
from projections.attention import AttentionRow, attention

_CONDITIONS = {
    "owner": SQL("t.owner = %(owner)s"),
    "authority": SQL("t.authority = %(authority)s"),
    "team": SQL("t.team @> to_jsonb(%(team)s::text)"),
    "case_id": SQL("t.case_id = %(case_id)s"),
    "rule": SQL("t.rule = %(rule)s"),
}

# As `domain.rules.flag.timeliness` says.
_STATES = {
    Timeliness.OVERDUE: SQL("t.due_at <= %(now)s"),
    Timeliness.SOON: SQL("t.due_at > %(now)s AND t.soon_at <= %(now)s"),
    Timeliness.DUE: SQL("t.soon_at > %(now)s AND t.due_at > %(now)s"),
}

_COUNT = SQL(
    "SELECT count(*) FILTER (WHERE {overdue}), count(*) FILTER (WHERE {soon}), "
    "count(*) FILTER (WHERE {due}) FROM {table} AS t WHERE {condition}"
)

# Each half reads its rows in the order of `due_at`, as an index holds them, and only so many.
_MOST_URGENT = SQL(
    "WITH stops AS (SELECT * FROM {table} AS t WHERE {condition} AND t.effect = {stop} "
    "ORDER BY t.due_at, t.case_ref, t.flag_id LIMIT %(limit)s), "
    "others AS (SELECT * FROM {table} AS t WHERE {condition} AND t.effect <> {stop} "
    "ORDER BY t.due_at, t.case_ref, t.flag_id LIMIT %(limit)s) "
    "SELECT row_to_json(t)::text FROM (SELECT * FROM stops UNION ALL SELECT * FROM others) AS t "
    "ORDER BY t.effect <> {stop}, t.due_at, t.case_ref, t.flag_id LIMIT %(limit)s"
)

_PAGE = SQL(
    "SELECT row_to_json(t)::text FROM (SELECT * FROM {table} AS t WHERE {condition} "
    "ORDER BY t.effect <> {stop}, t.due_at, t.flag_id LIMIT %(limit)s) AS t "
    "ORDER BY t.effect <> {stop}, t.due_at, t.flag_id"
)
_AFTER = SQL(
    "(t.effect <> {stop}, t.due_at, t.flag_id) > "
    "(NOT %(after_stops)s, %(after_due_at)s, %(after_flag)s)"
)
_STOP = SQL("'{}'").format(SQL(FlagEffect.STOP.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which flags are asked for; what is left out does not matter."""

    owner: str | None = None
    authority: str | None = None
    team: str | None = None
    """Somebody who works on the case beside its lead."""
    case_id: UUID | None = None
    rule: str | None = None
    state: Timeliness | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The flags found, and how many there are of each kind whether they are listed or not."""

    rows: Sequence[AttentionRow]
    """What stops work first, and then whatever is due first."""
    overdue: int
    soon: int
    due: int


def standing_flags(cursor: Cursor[Any], wanted: Wanted, now: datetime, limit: int) -> Standing:
    """Return up to `limit` flags as they stand at `now`, the most urgent first."""
    table = Table(attention).name
    conditions, values = _conditions(wanted, now)
    condition = _all_of(conditions)
    values |= {"limit": limit}
    states = {str(state): said for state, said in _STATES.items()}
    cursor.execute(_COUNT.format(table=table, condition=condition, **states), values)
    counts = cursor.fetchone()
    assert counts is not None
    cursor.execute(_MOST_URGENT.format(table=table, condition=condition, stop=_STOP), values)
    rows = [AttentionRow.model_validate_json(text) for (text,) in cursor]
    return Standing(rows, *counts)


@dataclass(frozen=True, slots=True)
class FlagPlace:
    """Where a flag stands among others: what stops work is first, and then what is due first."""

    stops: bool
    due_at: datetime
    flag_id: UUID


def page_of_flags(wanted: Wanted, now: datetime, after: FlagPlace | None, limit: int) -> Question:
    """Return what asks for the next `limit` flags, as rows of `attention` in JSON."""
    conditions, values = _conditions(wanted, now)
    values |= {"limit": limit}
    if after is not None:
        conditions.append(_AFTER.format(stop=_STOP))
        values |= {
            "after_stops": after.stops,
            "after_due_at": after.due_at,
            "after_flag": after.flag_id,
        }
    statement = _PAGE.format(table=Table(attention).name, condition=_all_of(conditions), stop=_STOP)
    return Question(statement, values)


def _conditions(wanted: Wanted, now: datetime) -> tuple[list[Composable], dict[str, Any]]:
    given = {name: value for name in _CONDITIONS if (value := getattr(wanted, name)) is not None}
    conditions: list[Composable] = [_CONDITIONS[name] for name in given]
    if wanted.state is not None:
        conditions.append(_STATES[wanted.state])
    return conditions, {**given, "now": now}


def _all_of(conditions: Sequence[Composable]) -> Composable:
    return SQL(" AND ").join(conditions) if conditions else SQL("true")
