"""The event store and its ledger in memory, for tests of decisions that need no database."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from uuid import UUID

from adapters.event_store.application import Conflict, Loaded
from adapters.event_store.bearing import Batch, Bearing
from adapters.event_store.ledger import LedgerEntry
from domain.case import fold
from domain.events.envelope import CaseEvent
from domain.events.lifecycle import Reclassified
from domain.outcomes import Outcome, Reason

_EFFECTIVE = (Outcome.ACCEPTED, Outcome.WAITING)


@dataclass
class MemoryCases:
    """What a `Writer` asks of `Cases`, with the constraints that the database would enforce."""

    history: list[CaseEvent] = field(default_factory=list)
    entries: dict[str, LedgerEntry] = field(default_factory=dict)

    def streams(self, case_ids: Iterable[UUID]) -> dict[UUID, list[CaseEvent]]:
        wanted = set(case_ids)
        found: dict[UUID, list[CaseEvent]] = {}
        for event in self.history:
            if event.case_id in wanted:
                found.setdefault(event.case_id, []).append(event)
        return found

    def states(self, case_ids: Sequence[UUID]) -> dict[UUID, Loaded]:
        return {case_id: Loaded(fold(own), 0) for case_id, own in self.streams(case_ids).items()}

    def versions(self, case_ids: Iterable[UUID]) -> dict[UUID, int]:
        return {case_id: len(events) for case_id, events in self.streams(case_ids).items()}

    def events_at(self, places: Sequence[tuple[UUID, int]]) -> list[CaseEvent]:
        return [event for event in self.history if (event.case_id, event.version) in places]

    def seen(self, deliveries: Sequence[str]) -> dict[str, LedgerEntry]:
        return {name: self.entries[name] for name in deliveries if name in self.entries}

    def taken(self, event_ids: Iterable[UUID]) -> dict[UUID, LedgerEntry]:
        wanted = set(event_ids)
        return {
            entry.event_id: entry
            for entry in self.entries.values()
            if entry.event_id in wanted and entry.event_id and entry.outcome in _EFFECTIVE
        }

    def waiting(self, case_ids: Iterable[UUID]) -> list[LedgerEntry]:
        wanted = set(case_ids)
        return [
            entry
            for entry in self.entries.values()
            if entry.case_id in wanted and entry.outcome is Outcome.WAITING
        ]

    def refusal_key(self) -> bytes:
        return b"of this memory"

    def bearing_on(self, batch: Batch) -> Bearing:
        opened = {event.case_id for event in self.history} | set(batch.opening)
        return Bearing(
            self.seen(batch.deliveries),
            self.taken(batch.event_ids),
            self.waiting(opened & set(batch.case_ids)),
            [
                entry
                for entry in self.entries.values()
                if entry.case_id in batch.classifying
                and entry.reason is Reason.CONTRADICTION
                and entry.type == Reclassified.__name__
            ],
        )

    def append(
        self,
        events: Sequence[CaseEvent],
        *,
        told: object = None,
        intake: Sequence[LedgerEntry] = (),
        redecided: Sequence[LedgerEntry] = (),
        look_in: Collection[UUID] = (),
    ) -> SimpleNamespace:
        """Append events and entries together, or raise `Conflict` and change nothing."""
        history = [*self.history, *events]
        if len({(event.case_id, event.version) for event in history}) != len(history):
            raise Conflict("a version is taken")
        if any(entry.delivery in self.entries for entry in intake):
            raise Conflict("a delivery is taken")
        entries = self.entries | {entry.delivery: entry for entry in (*intake, *redecided)}
        effects = [entry.event_id for entry in entries.values() if entry.outcome in _EFFECTIVE]
        if len(set(effects)) != len(effects):
            raise Conflict("an event has an effect already")
        first = len(self.history) + 1
        self.history, self.entries = history, entries
        recordings = [
            SimpleNamespace(notification=SimpleNamespace(id=first + place))
            for place in range(len(events))
        ]
        return SimpleNamespace(recordings=recordings, waiting=self.waiting(look_in))
