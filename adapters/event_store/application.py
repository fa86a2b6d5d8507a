"""The `eventsourcing` application that keeps the case streams and, beside them, the ledger."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from itertools import repeat
from typing import Any, cast
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import (
    ApplicationRecorder,
    InfrastructureFactory,
    IntegrityError,
    InterfaceError,
    Mapper,
    Notification,
    OperationalError,
    ProgrammingError,
    Recording,
    StoredEvent,
)
from eventsourcing.postgres import PostgresFactory
from eventsourcing.utils import Environment, strtobool
from psycopg import Cursor
from psycopg.rows import DictRow

from adapters.event_store import ledger, snapshots
from adapters.event_store.bearing import Batch, Bearing, bearing_on
from adapters.event_store.datastore import ServiceDatastore
from adapters.event_store.glance import holds_correction, perhaps_in_view
from adapters.event_store.ledger import LedgerEntry
from adapters.event_store.mapper import CaseEventMapper
from adapters.event_store.policy_events import last_policy_position, read_policy
from adapters.event_store.recorder import CopyingRecorder
from adapters.event_store.snapshots import Remains
from adapters.upcasting import RawEvent
from domain.case import CaseState, evolve, fold
from domain.events.envelope import CaseEvent
from domain.rules.policy import Policy

Conflict = IntegrityError
"""Another process appended to the same case, or decided the same event, first."""

StoreUnavailable = (OperationalError, InterfaceError)
"""The database did not answer, or not in time; nothing can be said about the last write."""


@dataclass(frozen=True, slots=True)
class Appended:
    """What came of appending: a recording of each event, and what was found to wait afterwards."""

    recordings: list[Recording[UUID]]
    waiting: list[LedgerEntry]


@dataclass(frozen=True, slots=True)
class Loaded:
    """The state of a case, and the version of the snapshot that it was made from; 0 for none."""

    state: CaseState
    snapshot: int


class LedgerRecorder(CopyingRecorder):
    """Writes ledger entries in the transaction of the events they belong to."""

    def _insert_events(
        self,
        curs: Cursor[DictRow],
        stored_events: Sequence[StoredEvent],
        *,
        intake: Sequence[LedgerEntry] = (),
        redecided: Sequence[LedgerEntry] = (),
        **_: Any,
    ) -> None:
        try:
            ledger.write(curs, intake, redecided)
        except ledger.LostRace as race:
            raise Conflict("an entry was decided by another process") from race


class CaseFactory(PostgresFactory):
    """Builds the store's parts for a database URL in place of the library's many settings."""

    DATABASE_URL = "CASE_TIMELINE_DATABASE_URL"

    def __init__(self, env: Environment) -> None:
        self.env = env
        self._is_entered = False
        if strtobool(env.get(self.POSTGRES_ENABLE_DB_FUNCTIONS) or "no"):
            raise ProgrammingError("POSTGRES_ENABLE_DB_FUNCTIONS loses events; unset it")
        self.datastore = ServiceDatastore(env[self.DATABASE_URL])


class Cases(Application[UUID]):
    """All case streams. Blocking: call it from a worker thread."""

    name = "Case"
    recorder: LedgerRecorder
    mapper: CaseEventMapper

    def __init__(self, database_url: str) -> None:
        super().__init__({CaseFactory.DATABASE_URL: database_url})
        self._policy: tuple[int, Policy] | None = None
        """The policy as last read, and the position of the last event that set any of it."""
        self._refusal_key: bytes | None = None

    def construct_factory(self, env: Environment) -> InfrastructureFactory:
        """Return the factory of the store's parts."""
        # The library's base is invariant in its tracking recorder, which is not used here.
        return cast("InfrastructureFactory", CaseFactory(env))

    def construct_mapper(self) -> Mapper[UUID]:
        """Return the mapper between case events and stored bytes."""
        return CaseEventMapper()

    def construct_recorder(self) -> ApplicationRecorder:
        """Return the recorder; its tables are made by migrations, never here."""
        assert isinstance(self.factory, CaseFactory)
        return LedgerRecorder(self.factory.datastore, events_table_name="case_events")

    def save(self, *objs: Any, **kwargs: Any) -> list[Recording[UUID]]:
        """Append events, and what `append` takes beside, in one transaction.

        Only events are saved here: to look for aggregates that collect some, and for snapshots
        and followers, took the library longer than to write.
        """
        return self.append(objs, **kwargs).recordings

    def append(
        self,
        events: Sequence[CaseEvent],
        *,
        told: Iterable[RawEvent | None] | None = None,
        intake: Sequence[LedgerEntry] = (),
        redecided: Sequence[LedgerEntry] = (),
        look_in: Collection[UUID] = (),
    ) -> Appended:
        """Append events with their ledger entries, new and redecided, in one transaction.

        `told` is what each event was read from, which makes it cheaper to prove that it reads
        back. Once that is committed, it is looked what waits in the cases `look_in`.
        """
        stored = list(map(self.mapper.to_stored_event, events, told or repeat(None)))
        positions, waiting = self.recorder.append(
            stored,
            intake=intake,
            redecided=redecided,
            afterwards=ledger.asking_what_waits(look_in) if look_in else b"",
        )
        recordings = [
            Recording[UUID](
                event,
                Notification(
                    each.originator_id, each.originator_version, each.topic, each.state, position
                ),
            )
            for event, each, position in zip(events, stored, positions, strict=True)
        ]
        return Appended(recordings, [ledger.entry_of(row) for row in waiting])

    def streams(self, case_ids: Iterable[UUID]) -> dict[UUID, list[CaseEvent]]:
        """Return the events of several cases, in one query; a case without events is left out."""
        found: dict[UUID, list[CaseEvent]] = {}
        for stored in self.recorder.select_many(list(case_ids)):
            event = self._decoded(stored)
            found.setdefault(event.case_id, []).append(event)
        return found

    def stream_in_view(
        self, case_id: UUID, *, known_by: datetime | None, recorded_by: datetime | None
    ) -> list[CaseEvent]:
        """Return the events of a case that may have been known and recorded by these moments.

        What certainly was not is left out; whoever asks judges the rest.
        """
        stored = self.recorder.select_many([case_id])
        return list(map(self._decoded, perhaps_in_view(stored, known_by, recorded_by)))

    def states(self, case_ids: Sequence[UUID]) -> dict[UUID, Loaded]:
        """Return the states of these cases, as far as they have any event.

        Of a long case a snapshot is read, and only what came since; but after a correction among
        that, the whole of it.
        """
        with self.recorder.datastore.get_connection() as connection:
            found = snapshots.remains(connection, case_ids)
        corrected = [
            case_id
            for case_id, each in found.items()
            if each.state and holds_correction(each.since)
        ]
        whole = self.streams(corrected) if corrected else {}
        return {
            case_id: Loaded(fold(whole[case_id]), 0) if case_id in whole else self._loaded(each)
            for case_id, each in found.items()
        }

    def _loaded(self, remains: Remains) -> Loaded:
        since = list(map(self._decoded, remains.since))
        if remains.state is None:
            return Loaded(fold(since), 0)
        return Loaded(reduce(evolve, since, remains.state), remains.state.version)

    def keep_snapshots(self, states: Mapping[UUID, CaseState]) -> None:
        """Keep the states of cases, so that `states` has less to read."""
        with self.recorder.datastore.get_connection() as connection:
            snapshots.keep(connection, states)

    def versions(self, case_ids: Iterable[UUID]) -> dict[UUID, int]:
        """Return the version of each of these cases that has any event."""
        return self.recorder.select_versions(list(case_ids))

    def events_at(self, places: Sequence[tuple[UUID, int]]) -> list[CaseEvent]:
        """Return single events by (case id, version), in one query."""
        return [self._decoded(stored) for stored in self.recorder.select_exactly(places)]

    def bearing_on(self, batch: Batch) -> Bearing:
        """Return what the ledger holds that bears on a batch, in one query."""
        with self.recorder.datastore.cursor() as cursor:
            return bearing_on(cursor, batch)

    def seen(self, deliveries: Sequence[str]) -> dict[str, LedgerEntry]:
        """Return the ledger entries of deliveries that were decided before, by delivery."""
        with self.recorder.datastore.cursor() as cursor:
            return {entry.delivery: entry for entry in ledger.by_delivery(cursor, deliveries)}

    def taken(self, event_ids: Iterable[UUID]) -> dict[UUID, LedgerEntry]:
        """Return the accepted or waiting ledger entries of these events, by event id."""
        with self.recorder.datastore.cursor() as cursor:
            entries = ledger.taken(cursor, event_ids)
        return {entry.event_id: entry for entry in entries if entry.event_id}

    def waiting(self, case_ids: Iterable[UUID]) -> list[LedgerEntry]:
        """Return what waits in these cases, in order of arrival."""
        with self.recorder.datastore.cursor() as cursor:
            return ledger.waiting(cursor, case_ids)

    def overdue(self, received_before: datetime, limit: int) -> list[LedgerEntry]:
        """Return up to `limit` entries that have waited since before that moment."""
        with self.recorder.datastore.cursor() as cursor:
            return ledger.overdue(cursor, received_before, limit)

    def refusal_key(self) -> bytes:
        """Return the key by which this installation hashes what it refuses; it never changes."""
        if self._refusal_key is None:
            with self.recorder.datastore.cursor() as cursor:
                self._refusal_key = ledger.refusal_key(cursor)
        return self._refusal_key

    def policy(self) -> Policy:
        """Return the parameters of rules that events of the landlord or an authority set.

        They are read anew only where another such event was recorded since.
        """
        with self.recorder.datastore.get_connection() as connection:
            last = last_policy_position(connection)
            if self._policy is None or self._policy[0] != last:
                self._policy = last, read_policy(connection)
            return self._policy[1]

    def _decoded(self, stored: StoredEvent) -> CaseEvent:
        event = self.mapper.to_domain_event(stored)
        assert isinstance(event, CaseEvent)
        return event
