"""Keeps saved filters and searches in PostgreSQL, each for the person whose it is alone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from psycopg import Connection
from psycopg.rows import class_row

from adapters.event_store.datastore import act_as_service
from adapters.pools import pool_to

MOST_FILTERS = 50
"""How many filters one person may keep for one list."""

LONGEST_QUERY = 2000

_SEARCH_IS_KEPT = timedelta(hours=12)
"""As long as a session lasts at most: what was looked for is personal, and is then forgotten."""

# Of several at once that each see room for one more, some would be one too many: that is well.
_SAVE = """
INSERT INTO case_timeline.saved_filter (principal, list, name, query, saved_at)
SELECT %(principal)s, %(list)s, %(name)s, %(query)s, %(now)s
WHERE (
    SELECT count(*) FROM case_timeline.saved_filter
    WHERE principal = %(principal)s AND list = %(list)s AND name <> %(name)s
) < %(most)s
ON CONFLICT (principal, list, name)
DO UPDATE SET query = excluded.query, saved_at = excluded.saved_at
"""
_SAVED = """
SELECT name, query FROM case_timeline.saved_filter
WHERE principal = %(principal)s AND list = %(list)s ORDER BY lower(name), name
"""
_REMOVE = """
DELETE FROM case_timeline.saved_filter
WHERE principal = %(principal)s AND list = %(list)s AND name = %(name)s
"""
_BEGIN = """
INSERT INTO case_timeline.search (id, principal, kind, term, ends_at)
VALUES (%(id)s, %(principal)s, %(kind)s, %(term)s, %(ends_at)s)
"""
_FIND = """
SELECT id, kind, term FROM case_timeline.search
WHERE id = %(id)s AND principal = %(principal)s AND ends_at > %(now)s
"""
_FORGET = "DELETE FROM case_timeline.search WHERE ends_at <= %(now)s"


class TooManyFilters(Exception):  # noqa: N818 (an answer)
    """Somebody keeps as many filters for the list as one person may."""


class SavedFilter(NamedTuple):
    """A filter that somebody gave a name."""

    name: str
    query: str
    """The query of the list's address, as it was when saved."""


class Search(NamedTuple):
    """What somebody looks for, which is told in no address: only its id is."""

    id: UUID
    kind: str
    """What the term is of, such as a person."""
    term: str


class FilterStore:
    """Safe to use from several threads; blocking."""

    def __init__(self, database_url: str, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._pool = pool_to(database_url, _prepared, most=4, patience=2)

    def close(self) -> None:
        """Give up all connections."""
        self._pool.close()

    def save(self, principal: str, of_list: str, name: str, query: str) -> None:
        """Keep a filter; one of the same name gives way. Raises `TooManyFilters`."""
        told = {"principal": principal, "list": of_list, "name": name, "query": query}
        values = told | {"now": self._clock(), "most": MOST_FILTERS}
        with self._pool.connection() as connection:
            if connection.execute(_SAVE, values).rowcount == 0:
                raise TooManyFilters

    def saved(self, principal: str, of_list: str) -> list[SavedFilter]:
        """Return the filters somebody keeps for a list, by name."""
        values = {"principal": principal, "list": of_list}
        return self._read(_SAVED, values, SavedFilter)

    def remove(self, principal: str, of_list: str, name: str) -> None:
        """Forget a filter; where there is none, that is well too."""
        with self._pool.connection() as connection:
            connection.execute(_REMOVE, {"principal": principal, "list": of_list, "name": name})

    def begin_search(self, principal: str, kind: str, term: str) -> UUID:
        """Keep what somebody looks for, until the day is over; return its id."""
        now, search_id = self._clock(), uuid4()
        told = {"id": search_id, "principal": principal, "kind": kind, "term": term}
        with self._pool.connection() as connection:
            connection.execute(_FORGET, {"now": now})
            connection.execute(_BEGIN, told | {"ends_at": now + _SEARCH_IS_KEPT})
        return search_id

    def search(self, principal: str, search_id: UUID) -> Search | None:
        """Return what is looked for under an id; None where it is over, or somebody else's."""
        values = {"id": search_id, "principal": principal, "now": self._clock()}
        found = self._read(_FIND, values, Search)
        return found[0] if found else None

    def _read(self, statement: str, values: dict[str, Any], kind: type[Any]) -> list[Any]:
        with (
            self._pool.connection() as connection,
            connection.cursor(row_factory=class_row(kind)) as found,
        ):
            return found.execute(statement, values).fetchall()


def _prepared(connection: Connection[Any]) -> None:
    act_as_service(connection)
    connection.execute("SET timezone = 'UTC'; SET statement_timeout = '5s'")
