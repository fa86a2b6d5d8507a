"""Pages of the register of cases: those that match, in an order that goes on after any of them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg.sql import SQL, Composable, Composed, Identifier

from adapters.read_store.reading_as import Question
from adapters.read_store.tables import Table
from domain.times import end_of_day, start_of_day
from domain.vocabulary.coded import CodedList
from domain.vocabulary.risk import RiskLevel
from domain.vocabulary.safeguarding import Classification
from projections.case_state import case_state
from projections.case_state_row import CaseStatus
from projections.people import people
from projections.person_history import person_history


class Order(CodedList, source="Case Timeline"):
    """What the register is sorted by. Each is known of every case."""

    OPENED_AT = "opened_at", "When the first of what opened the case happened"
    CLASSIFIED_AT = "classified_at", "Since when it is treated as what it is"
    LAST_EVENT_AT = "last_event_at", "When the latest of its events happened"
    LAST_RECORDED_AT = "last_recorded_at", "When anything was last recorded on it"
    CASE_REF = "case_ref", "Its reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which cases are asked for; what is left out does not matter."""

    classification: Classification | None = None
    risk_level: RiskLevel | None = None
    status: CaseStatus | None = None
    lead: str | None = None
    authority: str | None = None
    opened_from: date | None = None
    opened_to: date | None = None
    reference: str | None = None
    """Part of the reference of the case."""
    person: str | None = None
    """The reference of a person, or part of a name, of anyone in the case."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case stands in an order."""

    value: datetime | str
    case_id: UUID


_CONDITIONS = {
    "classification": SQL("t.classification = %(classification)s"),
    "risk_level": SQL("t.risk_level = %(risk_level)s"),
    "status": SQL("t.status = %(status)s"),
    "lead": SQL("t.lead = %(lead)s"),
    "authority": SQL("t.authority = %(authority)s"),
    "opened_from": SQL("t.opened_at >= %(opened_from)s"),
    "opened_to": SQL("t.opened_at <= %(opened_to)s"),
    "reference": SQL("strpos(lower(t.case_ref), lower(%(reference)s)) > 0"),
    "person": SQL(
        "(t.case_id IN (SELECT h.case_id FROM {person_history} AS h "
        "WHERE h.person = %(person)s OR h.alias_of = %(person)s) "
        "OR t.case_id IN (SELECT p.case_id FROM {people} AS p "
        "WHERE strpos(lower(p.name), lower(%(person)s)) > 0))"
    ).format(person_history=Table(person_history).name, people=Table(people).name),
}

# Only what is left in the end is made JSON.
_PAGE = SQL(
    "SELECT row_to_json(t)::text FROM (SELECT * FROM {table} AS t WHERE {condition} "
    "ORDER BY t.{order} {direction}, t.case_id {direction} LIMIT %(limit)s) AS t "
    "ORDER BY t.{order} {direction}, t.case_id {direction}"
)


def page_of_cases(
    sought: Sought, order: Order, *, descending: bool, after: Place | None, limit: int
) -> Question:
    """Return what asks for the next `limit` cases, as rows of `case_state` in JSON."""
    column = Identifier(order.value)
    values = dict(_values(sought)) | {"limit": limit}
    conditions: list[Composable] = [_CONDITIONS[name] for name in values if name != "limit"]
    if after is not None:
        conditions.append(
            SQL("(t.{}, t.case_id) {} (%(after)s, %(after_case)s)").format(
                column, SQL("<" if descending else ">")
            )
        )
        values |= {"after": after.value, "after_case": after.case_id}
    statement: Composed = _PAGE.format(
        table=Table(case_state).name,
        condition=SQL(" AND ").join(conditions) if conditions else SQL("true"),
        order=column,
        direction=SQL("DESC" if descending else "ASC"),
    )
    return Question(statement, values)


def _values(sought: Sought) -> Iterator[tuple[str, Any]]:
    for name in (each.name for each in fields(sought)):
        value = getattr(sought, name)
        if name == "opened_from" and value is not None:
            value = start_of_day(value)
        if name == "opened_to" and value is not None:
            value = end_of_day(value)
        if value is not None:
            yield name, value
