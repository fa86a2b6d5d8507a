"""Pages of the register of cases: those that match, in an order that goes on after any of them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from psycopg import sql
from psycopg.sql import SQL, Composable, Composed, Identifier

from adapters.read_store.numbered import By, Part, numbered_page
from adapters.read_store.reading_as import Question
from adapters.read_store.tables import Table
from domain.times import end_of_day, start_of_day
from domain.vocabulary.coded import CodedList
from domain.vocabulary.risk import RiskLevel
from domain.vocabulary.safeguarding import Classification
from projections.attention import attention
from projections.case_access import case_access
from projections.case_state import case_state
from projections.case_state_row import CaseStatus
from projections.data_quality import data_quality
from projections.people import people
from projections.person_history import person_history
from projections.properties import properties
from projections.property_history import property_history


class Order(CodedList, source="Case Timeline"):
    """What the register is sorted by. Each is known of every case."""

    OPENED_AT = "opened_at", "When the first of what opened the case happened"
    CLASSIFIED_AT = "classified_at", "Since when it is treated as what it is"
    LAST_EVENT_AT = "last_event_at", "When the latest of its events happened"
    LAST_RECORDED_AT = "last_recorded_at", "When anything was last recorded on it"
    CASE_REF = "case_ref", "Its reference"


NumberedOrder = Literal["ref", "opened", "risk", "updated"]
"""What the register is sorted by where its pages have numbers."""


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
    place: str | None = None
    """A property that anything in the case happened at, as `place_of` has it; or, as far as it is
    described where that can be seen, the building or estate it is part of."""
    classifications: tuple[str, ...] | None = None
    risk_levels: tuple[str, ...] | None = None
    """Of these levels; `NOT_ASSESSED` is one of them."""
    authorities: tuple[str, ...] | None = None
    """With one of these; an empty one stands for none that is known."""
    leads: tuple[str, ...] | None = None
    """One of these leads on it."""
    workers: tuple[str, ...] | None = None
    """One of these leads or otherwise works on it."""
    is_without_lead: bool | None = None
    closed_from: date | None = None
    closed_to: date | None = None
    untouched_since: datetime | None = None
    """Nothing was recorded on it since then."""
    is_recorded_late: bool | None = None
    """Whether anything was entered more than three days after the landlord knew."""
    overdue_at: datetime | None = None
    """Some duty was overdue then; of those that stand now."""
    stops: str | None = None
    """Something of this effect stands: `stop`."""
    risk_review_by: date | None = None
    """Its risk is to be assessed again by then."""


NOT_ASSESSED = "none"
"""Among levels of risk, stands for none that was assessed."""


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
    "place": SQL(
        "t.case_id IN (SELECT h.case_id FROM {property_history} AS h WHERE h.place = %(place)s "
        "OR h.place IN (SELECT regexp_replace(p.property_ref, '^(property|uprn):', '') "
        "FROM {properties} AS p WHERE lower(%(place)s) IN (lower(p.block), lower(p.estate))))"
    ).format(property_history=Table(property_history).name, properties=Table(properties).name),
    "classifications": SQL("t.classification = ANY(%(classifications)s)"),
    "risk_levels": SQL("coalesce(t.risk_level, {}) = ANY(%(risk_levels)s)").format(
        sql.Literal(NOT_ASSESSED)
    ),
    "authorities": SQL("coalesce(t.authority, '') = ANY(%(authorities)s)"),
    "leads": SQL("t.lead = ANY(%(leads)s)"),
    "workers": SQL("(t.lead = ANY(%(workers)s) OR t.team ?| %(workers)s)"),
    "is_without_lead": SQL("(t.lead IS NULL) = %(is_without_lead)s"),
    "closed_from": SQL("t.closed_at >= %(closed_from)s"),
    "closed_to": SQL("t.closed_at <= %(closed_to)s"),
    "untouched_since": SQL("t.last_recorded_at < %(untouched_since)s"),
    "is_recorded_late": SQL(
        "%(is_recorded_late)s = (t.case_id IN "
        "(SELECT q.case_id FROM {} AS q WHERE q.recorded_very_late > 0))"
    ).format(Table(data_quality).name),
    "overdue_at": SQL(
        "t.case_id IN (SELECT a.case_id FROM {} AS a WHERE a.due_at <= %(overdue_at)s)"
    ).format(Table(attention).name),
    "stops": SQL("t.case_id IN (SELECT a.case_id FROM {} AS a WHERE a.effect = %(stops)s)").format(
        Table(attention).name
    ),
    "risk_review_by": SQL("t.risk_review_due <= %(risk_review_by)s"),
}

_BEGINNINGS = ("opened_from", "closed_from")
_ENDS = ("opened_to", "closed_to")

_PLACES: dict[NumberedOrder, Composable] = {
    "ref": SQL("t.case_ref"),
    "opened": SQL("t.opened_at"),
    "risk": SQL("array_position({}::text[], t.risk_level)").format(
        sql.Literal([each.value for each in sorted(RiskLevel, key=lambda level: level.rank)])
    ),
    "updated": SQL("t.last_recorded_at"),
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


def numbered_page_of_cases(
    sought: Sought, order: NumberedOrder, *, descending: bool, part: Part
) -> Question:
    """Return what asks for a part of the cases, as rows of `case_state`; see `numbered_page`."""
    values = dict(_values(sought))
    conditions = [_CONDITIONS[name] for name in values]
    return numbered_page(case_state, conditions, [By(_PLACES[order], descending)], values, part)


_AUTHORITIES = SQL("SELECT DISTINCT t.authority FROM {} AS t").format(Table(case_access).name)


def authorities_of_cases() -> Question:
    """Return what asks for the authorities that cases lie with; null for those of none known."""
    return Question(_AUTHORITIES)


def _values(sought: Sought) -> Iterator[tuple[str, Any]]:
    for name in (each.name for each in fields(sought)):
        value = getattr(sought, name)
        if name in _BEGINNINGS and value is not None:
            value = start_of_day(value)
        if name in _ENDS and value is not None:
            value = end_of_day(value)
        if value is not None:
            yield name, list(value) if isinstance(value, tuple) else value
