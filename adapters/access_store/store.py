"""The connections over which access is decided and recorded, apart from those for content."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg import Connection
from psycopg.errors import QueryCanceled
from psycopg_pool import PoolTimeout

from adapters.access_store import records, standing
from adapters.access_store.records import AccessRecord
from adapters.access_store.standing import Facts, Found
from adapters.event_store.datastore import act_as_service
from adapters.pools import pool_to
from domain.access.standing import Standing
from domain.events.envelope import CaseEvent

_REMEMBERED_REFERENCES = 100_000

AccessStoreUnavailable = (psycopg.Error,)
"""Access can be neither decided nor recorded, so nothing may be shown."""


class AccessStore:
    """Safe to use from several threads. What it raises when the database is away is one of
    `AccessStoreUnavailable`."""

    def __init__(self, database_url: str, *, pool_size: int = 4, patience: float = 2.0) -> None:
        # A check of each connection would be one more round trip of each request; see `facts`.
        self._pool = pool_to(
            database_url, _prepared, most=pool_size, patience=patience, is_checked=False
        )
        self._people: tuple[int, Mapping[str, Standing]] = (-1, {})
        """How everyone stands, and the last event that this was read from."""
        self._references: dict[UUID, str] = {}
        """Under which references cases are known; that never changes."""

    def close(self) -> None:
        """Give up all connections."""
        self._pool.close()

    def facts(
        self, principal: str, case_ids: Iterable[UUID]
    ) -> tuple[Standing, Mapping[UUID, Found]]:
        """Return how someone and some cases stand, as the events up to now have it."""
        wanted = list(case_ids)
        try:
            return self._facts(principal, wanted)
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            if isinstance(error, PoolTimeout | QueryCanceled):
                raise
            # A server that was started again has closed all of them. This is the first thing that
            # is asked for anyone, and only reads: what follows finds connections that live.
            self._pool.drain()
            return self._facts(principal, wanted)

    def _facts(
        self, principal: str, case_ids: Sequence[UUID]
    ) -> tuple[Standing, Mapping[UUID, Found]]:
        with self._pool.connection() as connection:
            found = standing.facts_about(connection, case_ids)
            people = self._people_as_of(connection, found)
            cases = self._with_references(connection, found.cases)
        return people.get(principal, Standing(principal)), cases

    def _with_references(
        self, connection: Connection[Any], cases: Mapping[UUID, Found]
    ) -> Mapping[UUID, Found]:
        there = [case_id for case_id, case in cases.items() if case.version]
        unknown = [case_id for case_id in there if case_id not in self._references]
        if unknown:
            if len(self._references) > _REMEMBERED_REFERENCES:
                self._references = {}
            self._references |= standing.references(connection, unknown)
        known = self._references
        return {
            case_id: case._replace(case_ref=known.get(case_id)) for case_id, case in cases.items()
        }

    def _people_as_of(self, connection: Connection[Any], found: Facts) -> Mapping[str, Standing]:
        as_of, people = self._people
        if as_of != found.people_as_of:
            # What is read may be newer than what is noted of it; then it is read once more.
            people = standing.people(connection)
            self._people = found.people_as_of, people
        return people

    def bearing_on_people(self) -> list[CaseEvent]:
        """Return the events that grant and revoke, and tell of conflicts, as recorded."""
        with self._pool.connection() as connection:
            return standing.bearing_on_people(connection)

    def record(self, entries: Sequence[AccessRecord]) -> None:
        """Write records of access; once this returns they are committed."""
        if not entries:
            return
        with self._pool.connection() as connection:
            records.write(connection, entries)

    def glass_broken(self, principal: str, since: datetime) -> int:
        """Return for how many cases someone has broken the glass since a moment."""
        with self._pool.connection() as connection:
            return records.glass_broken(connection, principal, since)

    def cases_read(self, principal: str, since: datetime) -> dict[UUID, datetime]:
        """Return which cases someone has read since a moment, and when last."""
        with self._pool.connection() as connection:
            return records.cases_read(connection, principal, since)

    def of_case(self, case_id: UUID, *, before: int | None, limit: int) -> list[AccessRecord]:
        """Return who asked for a case, the latest first, from before a record on."""
        with self._pool.connection() as connection:
            return records.of_case(connection, case_id, before=before, limit=limit)

    def of_principal(self, principal: str, *, before: int | None, limit: int) -> list[AccessRecord]:
        """Return what someone asked for, the latest first, from before a record on."""
        with self._pool.connection() as connection:
            return records.of_principal(connection, principal, before=before, limit=limit)

    def notices(self, *, before: int | None, limit: int) -> list[AccessRecord]:
        """Return what others are to be told of, the latest first, from before a record on."""
        with self._pool.connection() as connection:
            return records.notices(connection, before=before, limit=limit)

    def search(
        self,
        who: Sequence[str] | None,
        since: datetime,
        until: datetime,
        *,
        before: int | None,
        limit: int,
    ) -> list[AccessRecord]:
        """Return what some people, or everyone, asked for in a time, the latest first."""
        with self._pool.connection() as connection:
            return records.search(connection, who, since, until, before=before, limit=limit)


def _prepared(connection: Connection[Any]) -> None:
    act_as_service(connection)
    connection.execute(
        "SET timezone = 'UTC'; SET statement_timeout = '5s'; "
        "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off"
    )
