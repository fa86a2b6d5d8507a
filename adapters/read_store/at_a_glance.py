"""How the work stands now: counts over what somebody may see, for the first page they look at."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeVar

from psycopg import sql
from psycopg.sql import SQL

from adapters.read_store.reading_as import Question, ReadingAs
from adapters.read_store.register import NOT_ASSESSED
from adapters.read_store.tables import Table
from adapters.read_store.worklists import (
    AWAITS_FEEDBACK,
    IS_OPEN_ACTION,
    OF_A_CASE,
    WAITS_SINCE,
    For,
)
from projections.action_plan import action_plan
from projections.attention import attention
from projections.case_state import case_state
from projections.case_state_row import CaseStatus
from projections.referrals import referrals

K = TypeVar("K")

# Each table is gone through once: for each, the database finds out anew which cases are theirs.
_CASES = SQL("""
SELECT t.status = {is_open}, coalesce(t.risk_level, {not_assessed}), t.lead IS NULL,
       t.last_recorded_at < %(untouched_since)s,
       coalesce(t.risk_review_due <= %(until)s, false),
       coalesce(t.risk_review_due < %(today)s, false),
       CASE WHEN t.opened_at >= %(since)s
            THEN date_trunc('month', t.opened_at AT TIME ZONE 'Europe/London')::date END,
       CASE WHEN t.closed_at >= %(since)s
            THEN date_trunc('month', t.closed_at AT TIME ZONE 'Europe/London')::date END,
       count(*)
FROM {table} AS t GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
""").format(
    table=Table(case_state).name,
    is_open=sql.Literal(CaseStatus.OPEN.value),
    not_assessed=sql.Literal(NOT_ASSESSED),
)


class _Cases(NamedTuple):
    """How many cases have all of this in common."""

    is_open: bool
    risk: str
    is_without_lead: bool
    is_untouched: bool
    is_to_review: bool
    is_review_late: bool
    opened: date | None
    closed: date | None
    cases: int


_ACTIONS = SQL("""
SELECT count(*), count(*) FILTER (WHERE t.due < %(today)s) FROM {} AS t WHERE {} AND {}
""").format(Table(action_plan).name, IS_OPEN_ACTION, OF_A_CASE)
_REFERRALS = SQL("""
SELECT count(*), count(*) FILTER (WHERE t.feedback_due < %(today)s), min({})
FROM {} AS t WHERE {}
""").format(WAITS_SINCE, Table(referrals).name, AWAITS_FEEDBACK)
_FLAGS = SQL("""
SELECT t.rule, count(*), count(*) FILTER (WHERE t.due_at <= %(now)s)
FROM {} AS t WHERE {} GROUP BY t.rule
""").format(Table(attention).name, OF_A_CASE)


class Flagged(NamedTuple):
    """How many flags of a rule stand, and how many of them are overdue."""

    rule: str
    standing: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """How the work stands, as far as one may see it."""

    by_risk: Mapping[str, int]
    """Open cases by their latest level of risk; `NOT_ASSESSED` is one of these."""
    without_lead: int
    untouched: int
    """Open cases on which nothing was recorded for a while."""
    opened: Mapping[date, int]
    """By the first day of the month in which they were opened."""
    closed: Mapping[date, int]
    actions: int
    actions_overdue: int
    referrals: int
    """Referrals whose outcome is not known."""
    referrals_overdue: int
    waiting_since: datetime | None
    """Since when the oldest of them has been waiting."""
    risk_reviews: int
    """Open cases whose risk is to be assessed again within the span asked for, or late."""
    risk_reviews_late: int
    flags: Sequence[Flagged]


def glance(
    reading: ReadingAs, reader: For, *, since: datetime, untouched: timedelta, review_until: date
) -> Glance:
    """Return how the work stands; trends begin with the month that begins at `since`."""
    values = {
        **reader.values,
        "since": since,
        "untouched_since": reader.now - untouched,
        "until": review_until,
    }
    statements = (_CASES, _ACTIONS, _REFERRALS, _FLAGS)
    cases, actions, waiting, flags = reading.ask(
        *(Question(statement, values) for statement in statements)
    )
    counted = [_Cases(*row) for row in cases]
    is_open = [each for each in counted if each.is_open]
    return Glance(
        by_risk=_sums((each.risk, each.cases) for each in is_open),
        without_lead=sum(each.cases for each in is_open if each.is_without_lead),
        untouched=sum(each.cases for each in is_open if each.is_untouched),
        risk_reviews=sum(each.cases for each in is_open if each.is_to_review),
        risk_reviews_late=sum(each.cases for each in is_open if each.is_review_late),
        opened=_sums((each.opened, each.cases) for each in counted if each.opened is not None),
        closed=_sums((each.closed, each.cases) for each in counted if each.closed is not None),
        actions=actions[0][0],
        actions_overdue=actions[0][1],
        referrals=waiting[0][0],
        referrals_overdue=waiting[0][1],
        waiting_since=waiting[0][2],
        flags=[Flagged(*row) for row in flags],
    )


def _sums(counts: Iterable[tuple[K, int]]) -> dict[K, int]:
    found: dict[K, int] = defaultdict(int)
    for of, count in counts:
        found[of] += count
    return dict(found)
