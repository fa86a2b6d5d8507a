"""Finds the reviews that look back, over all cases, and the cases that were granted for one."""

from collections.abc import Iterable
from uuid import UUID

from psycopg.sql import SQL

from adapters.read_store.reading_as import Question
from adapters.read_store.tables import Table
from projections.case_state import case_state
from projections.reviews import reviews

_BY_DUE_DAY = SQL(
    "SELECT row_to_json(t)::text FROM {} AS t "
    "ORDER BY t.due DESC NULLS FIRST, t.case_ref, t.review_id LIMIT %(limit)s"
)
_OF_CASES = SQL(
    "SELECT row_to_json(t)::text FROM {} AS t WHERE t.case_id = ANY(%(cases)s) ORDER BY t.case_ref"
)


def latest_reviews(limit: int) -> Question:
    """Return what asks for up to `limit` reviews, as rows of `reviews` in JSON, the latest due
    first."""
    return Question(_BY_DUE_DAY.format(Table(reviews).name), {"limit": limit})


def states_of(cases: Iterable[UUID]) -> Question:
    """Return what asks for the state of some cases, as rows of `case_state` in JSON."""
    return Question(_OF_CASES.format(Table(case_state).name), {"cases": list(cases)})
