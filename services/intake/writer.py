"""Commits decisions: the events of a batch and their ledger entries, in one transaction."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from adapters.event_store.application import Cases, Conflict, StoreUnavailable
from adapters.event_store.ledger import LedgerEntry
from adapters.wire import Refusal
from domain.case import CaseState, fold
from domain.events.envelope import CaseEvent
from domain.outcomes import Outcome, Reason
from services.intake.decision import Decider, Decision, Knowledge, Read, read
from services.intake.messages import Receipt, Submission, receipt_of

Clock = Callable[[], datetime]

_TRIES_TOGETHER = 3
_TRIES_ALONE = 20


class Writer:
    """Decides and commits batches. Blocking, and used by one thread at a time.

    States of recent cases are kept and trusted, because the primary key (case, version) catches a
    stale one: then everything is looked up and decided again.
    """

    def __init__(self, cases: Cases, clock: Clock, *, remembered_cases: int = 10_000) -> None:
        self._cases = cases
        self._clock = clock
        self._remembered: OrderedDict[UUID, CaseState] = OrderedDict()
        self._capacity = remembered_cases
        self._one_at_a_time = threading.Lock()

    def commit(self, submissions: Sequence[Submission]) -> list[Receipt]:
        """Return what became of each submission, in their order, once it is committed.

        Raises `StoreUnavailable` when the store does not answer: nothing is known to be committed
        then, and the same submissions may be handed in again.
        """
        with self._one_at_a_time:
            return self._settle([read(submission) for submission in submissions])

    def give_up_waiting(self, received_before: datetime, *, limit: int = 500) -> int:
        """Quarantine what has waited since before that moment; return how many, up to `limit`."""
        with self._one_at_a_time:
            overdue = self._cases.overdue(received_before, limit)
            now = self._clock()
            given_up = [
                replace(entry, outcome=Outcome.QUARANTINED, decided_at=now) for entry in overdue
            ]
            try:
                self._cases.save(redecided=given_up)
            except Conflict:
                return 0  # some were just admitted elsewhere; the next round sees the rest
            return len(given_up)

    def _settle(self, items: list[Read]) -> list[Receipt]:
        alone = len(items) == 1
        for _ in range(_TRIES_ALONE if alone else _TRIES_TOGETHER):
            try:
                return self._try(items)
            except Conflict:
                self._forget(item.event.case_id for item in items if item.event)
            except StoreUnavailable:
                raise
            except Exception as error:
                # Not the store's health but something in the batch: find it, spare the others.
                if alone:
                    return self._try([_not_processable(items[0], error)])
                break
        if alone:
            raise Conflict("a case was changed by others each time its event was decided")
        return [receipt for item in items for receipt in self._settle([item])]

    def _try(self, items: list[Read]) -> list[Receipt]:
        # A delivery decided before is answered from the ledger: this also covers a commit whose
        # confirmation was lost, which the library would report as a conflict.
        fresh = [item.submission.delivery for item in items if not item.submission.in_ledger]
        decided = self._cases.seen(fresh)
        undecided = {
            item.submission.delivery: item
            for item in items
            if item.submission.delivery not in decided
        }
        decider = Decider(self._look_up(undecided))
        for item in undecided.values():
            decider.decide(item)
        decision = decider.decision
        positions = self._write(decision)
        self._remember(decider)
        receipts = {
            delivery: receipt_of(entry, positions.get(entry.event_id))
            for delivery, entry in (decided | decision.entries).items()
        }
        later = decision.deferred + decider.left_waiting(decision.corrected_cases)
        if later:
            again = self._settle([read(submission) for submission in later])
            receipts |= {receipt.delivery: receipt for receipt in again}
        return [receipts[item.submission.delivery] for item in items]

    def _look_up(self, items: Mapping[str, Read]) -> Knowledge:
        events = [item.event for item in items.values() if item.event]
        case_ids = {event.case_id for event in events}
        knowledge = Knowledge(
            now=self._clock(),
            taken=self._cases.taken({event.event_id for event in events}) if events else {},
            states=self._states(case_ids),
        )
        for entry in self._cases.waiting(case_ids) if case_ids else ():
            item = read(submission_of(entry))
            if item.event and entry.delivery not in items:
                events.append(item.event)
                knowledge.waiting.setdefault(item.event.case_id, []).append(item)
        knowledge.found.update(self._referred_to(events))
        return knowledge

    def _states(self, case_ids: set[UUID]) -> dict[UUID, CaseState]:
        unknown = case_ids - self._remembered.keys()
        states = {case_id: self._remembered[case_id] for case_id in case_ids - unknown}
        streams = self._cases.streams(unknown) if unknown else {}
        return states | {case_id: fold(events) for case_id, events in streams.items()}

    def _referred_to(self, events: Iterable[CaseEvent]) -> dict[UUID, CaseEvent]:
        wanted = {ref.event_id for event in events for ref in event.refers_to()}
        if not wanted:
            return {}
        places = [
            (entry.case_id, entry.version)
            for entry in self._cases.taken(wanted).values()
            if entry.case_id and entry.version
        ]
        return {event.event_id: event for event in self._cases.events_at(places)}

    def _write(self, decision: Decision) -> dict[UUID | None, int]:
        if not decision.entries:
            return {}
        entries = decision.entries.values()
        recordings = self._cases.save(
            *decision.events,
            intake=[entry for entry in entries if entry.delivery not in decision.redecided],
            redecided=[entry for entry in entries if entry.delivery in decision.redecided],
        )
        return {
            event.event_id: recording.notification.id
            for event, recording in zip(decision.events, recordings, strict=True)
        }

    def _remember(self, decider: Decider) -> None:
        changed = {event.case_id for event in decider.decision.events}
        for case_id in changed - decider.decision.corrected_cases:
            self._remembered[case_id] = decider.state_of(case_id)
            self._remembered.move_to_end(case_id)
        self._forget(decider.decision.corrected_cases)
        while len(self._remembered) > self._capacity:
            self._remembered.popitem(last=False)

    def _forget(self, case_ids: Iterable[UUID]) -> None:
        for case_id in case_ids:
            self._remembered.pop(case_id, None)


def _not_processable(item: Read, error: Exception) -> Read:
    detail = f"storing it failed with {type(error).__name__}"
    return Read(item.submission, Refusal(Reason.NOT_PROCESSABLE, detail))


def submission_of(entry: LedgerEntry) -> Submission:
    """Return a waiting or quarantined ledger entry as the submission it was, to decide it again."""
    assert entry.payload is not None
    return Submission(
        delivery=entry.delivery,
        source=entry.source,
        body=entry.payload,
        received_at=entry.received_at,
        source_is_vouched=entry.delivery.startswith("nats:"),
        in_ledger=True,
    )
