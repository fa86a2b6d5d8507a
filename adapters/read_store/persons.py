"""Finds persons over all cases by part of their name."""

from psycopg.sql import SQL

from adapters.read_store.reading_as import Question
from adapters.read_store.tables import Table
from projections.people import people

_NAMED = SQL(
    "SELECT row_to_json(t)::text FROM {} AS t WHERE strpos(lower(t.name), lower(%(part)s)) > 0 "
    "ORDER BY t.name, t.person, t.case_ref LIMIT %(limit)s"
)


def persons_named(part: str, limit: int) -> Question:
    """Return what asks for up to `limit` persons, as rows of `people` in JSON, by name."""
    return Question(_NAMED.format(Table(people).name), {"part": part, "limit": limit})
