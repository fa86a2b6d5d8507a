"""Keeps one person from reading very many cases in an hour: who may open one must not open all."""

from datetime import datetime, timedelta
from uuid import UUID

from adapters.access_store.store import AccessStore
from domain.access import Action

WITHIN = timedelta(hours=1)

SPENT = "read-budget"
"""What an access record names where a rule would have permitted it."""

READING = frozenset({Action.READ, Action.TIME_TRAVEL, Action.REVEAL, Action.EXPORT})
"""What shows content of a case; word for word in `adapters.access_store.records` too."""

_MOST_REMEMBERED = 100_000


class ReadBudget:
    """How many cases one person may read within an hour. Safe to use from several threads.

    The record of access says what was read. It is asked when someone turns to a case that they did
    not read here within the hour; who goes on reading the same cases is not looked up again. Cases
    opened at the very same moment do not count for each other.
    """

    def __init__(self, access: AccessStore, cases: int) -> None:
        self._access = access
        self._cases = cases
        self._read_here: dict[tuple[str, UUID], datetime] = {}

    def free_at(self, principal: str, case_id: UUID, now: datetime) -> datetime | None:
        """Return from when someone may read a case; None where they may now. Blocking."""
        last = self._read_here.get((principal, case_id))
        if last is None or last <= now - WITHIN:
            read = self._access.cases_read(principal, now - WITHIN)
            if case_id not in read and len(read) >= self._cases:
                return min(read.values()) + WITHIN
        if len(self._read_here) >= _MOST_REMEMBERED:
            self._read_here = {}
        self._read_here[principal, case_id] = now
        return None
