"""Commits decisions: the events of a batch and their ledger entries, in one transaction."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

import structlog

from adapters.event_store.application import Appended, Cases, Conflict, Loaded, StoreUnavailable
from adapters.event_store.bearing import Batch, Bearing
from adapters.event_store.ledger import LedgerEntry
from adapters.wire import Refusal
from adapters.wire.refusal import Claims
from domain.case import CaseState, fold
from domain.classification import OPENING
from domain.events.envelope import CaseEvent
from domain.events.integrity import EventCorrected
from domain.events.lifecycle import Reclassified
from domain.outcomes import Outcome, Reason
from services.intake.decision import UNSETTLED, Decider, Decision, Knowledge, Read, read
from services.intake.messages import VOUCHING, Receipt, Submission, receipt_of

_log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]

_OPENING = frozenset(OPENING)
_CLASSIFYING = _OPENING | {Reclassified}
_SNAPSHOT_EVERY = 500
"""After how many events of a case another snapshot is due; to read as many takes some 20 ms."""
_TRIES_TOGETHER = 3
_TRIES_ALONE = 20


class _MovedOn(Conflict):
    """Others changed cases while events of theirs were decided; `cases` are those that did."""

    def __init__(self, cases: set[UUID]) -> None:
        super().__init__("a case was changed by others while its events were decided")
        self.cases = cases


class Writer:
    """Decides and commits batches. Blocking, and used by one thread at a time.

    States of recent cases are kept and trusted for what is accepted, because the primary key
    (case, version) catches a stale one: then everything is looked up and decided again.
    """

    def __init__(self, cases: Cases, clock: Clock, *, remembered_cases: int = 10_000) -> None:
        self._cases = cases
        self._clock = clock
        self._remembered: OrderedDict[UUID, Loaded] = OrderedDict()
        """Recent states, each with the version of the case's latest snapshot."""
        self._capacity = remembered_cases
        self._long: dict[UUID, CaseState] = {}
        """The states of long cases of which a snapshot is due."""
        self._one_at_a_time = threading.Lock()

    @property
    def owes_snapshots(self) -> bool:
        """Whether there are long cases of which `take_snapshots` would take one."""
        return bool(self._long)

    def take_snapshots(self) -> None:
        """Keep the states of long cases for writers new to them; to be done when nobody waits.

        Never fails: they save time, and what could not be kept is due again after as many events.
        """
        with self._one_at_a_time:
            due, self._long = self._long, {}
            try:
                self._cases.keep_snapshots(due)
            except Exception as error:  # nothing that is wrong with them may hold up what comes in
                _log.warning("snapshots_not_kept", error=type(error).__name__, cases=len(due))

    def commit(self, submissions: Sequence[Submission]) -> list[Receipt]:
        """Return what became of each submission, in their order, once it is committed.

        Raises `StoreUnavailable` when the store does not answer: nothing is known to be committed
        then, and the same submissions may be handed in again.
        """
        return self.settle([read(submission) for submission in submissions])

    def settle(self, items: list[Read]) -> list[Receipt]:
        """Do as `commit` does with what was read already."""
        with self._one_at_a_time:
            return self._settle(items)

    def give_up_waiting(self, received_before: datetime, *, limit: int = 500) -> int:
        """Quarantine what has waited since before that moment; return how many, up to `limit`."""
        with self._one_at_a_time:
            overdue = self._cases.overdue(received_before, limit)
            now = self._clock()
            given_up = [
                entry._replace(outcome=Outcome.QUARANTINED, decided_at=now) for entry in overdue
            ]
            try:
                self._cases.append((), redecided=given_up)
            except Conflict:
                return 0  # some were just admitted elsewhere; the next round sees the rest
            return len(given_up)

    def _settle(self, items: list[Read]) -> list[Receipt]:
        alone = len(items) == 1
        releasing = True
        for _ in range(_TRIES_ALONE if alone else _TRIES_TOGETHER):
            try:
                return self._try(items, releasing=releasing)
            except Conflict as conflict:
                self._forget(item.event.case_id for item in items if item.event)
                moved = conflict.cases if isinstance(conflict, _MovedOn) else set()
                if moved and (apart := _by_case(items, moved)):
                    return self._settle_apart(items, apart)
            except StoreUnavailable:
                raise
            except Exception as error:
                # Not the store's health but something in the batch: find it, spare the others.
                if not alone:
                    break
                if not items[0].event:
                    raise
                if releasing:
                    releasing = False  # what it releases may be at fault: see without
                else:
                    items = [_not_processable(items[0], items[0].event, error)]
        if alone:
            raise Conflict("a case was changed by others each time its event was decided")
        return [receipt for item in items for receipt in self._settle([item])]

    def _try(self, items: list[Read], *, releasing: bool) -> list[Receipt]:
        bearing = self._cases.bearing_on(_batch(items))
        decided, undecided = _parted(items, bearing)
        knowledge = self._look_up(undecided, bearing, with_waiting=releasing)
        decider = Decider(knowledge)
        for item in undecided.values():
            decider.decide(item)
        # The primary key guards what is accepted; see that the rest does not rest on a stale state.
        if moved := self._moved_on(decider, decider.held_back(*UNSETTLED, Outcome.REFUSED)):
            raise _MovedOn(moved)
        advanced = {event.case_id for event in decider.decision.events} | _accepted_cases(decided)
        try:
            written = self._write(decider.decision, look_in=advanced)
        except Conflict as conflict:
            raise _MovedOn(self._overtaken(decider.decision.events)) from conflict
        self._remember(decider)
        recorded = (
            (event.event_id, recording.notification.id)
            for event, recording in zip(decider.decision.events, written.recordings, strict=True)
        )
        positions: dict[UUID | None, int] = dict([*bearing.positions.items(), *recorded])
        receipts = {
            delivery: receipt_of(
                entry,
                positions.get(entry.event_id),
                was_known=delivery in decided,
                first=decider.decision.firsts.get(delivery),
            )
            for delivery, entry in (decided | decider.decision.entries).items()
        }
        if overlooked := self._overlooked(decider, written.waiting):
            again = self._settle([read(submission_of(entry)) for entry in overlooked])
            receipts |= {
                each.delivery: each._replace(was_known=each.delivery in decided) for each in again
            }
        return [receipts[item.submission.delivery] for item in items]

    def _overlooked(self, decider: Decider, waiting: list[LedgerEntry]) -> list[LedgerEntry]:
        """Return what waits, or contradicted, although the case has moved on from that.

        Another process may have let in what it waits for; each writes before it looks here, so
        whichever commits last sees what the other wrote. `waiting` is what waited, after the
        commit, in cases that advanced: also in those of what comes again, because a process may
        have been killed after its commit and before it looked.
        """
        behind = self._moved_on(decider, decider.held_back(*UNSETTLED))
        self._forget(behind)
        if behind:
            waiting = waiting + self._cases.waiting(behind)
        tried = decider.still_waiting()
        overlooked = {
            entry.delivery: entry
            for entry in waiting
            if entry.case_id in behind or entry.delivery not in tried
        }
        for delivery, entry in decider.decision.entries.items() if behind else ():
            if entry.case_id in behind and entry.reason is Reason.CONTRADICTION:
                overlooked[delivery] = entry
        return list(overlooked.values())

    def _moved_on(self, decider: Decider, case_ids: set[UUID]) -> set[UUID]:
        versions = self._cases.versions(case_ids) if case_ids else {}
        return {
            case_id
            for case_id, version in versions.items()
            if version > decider.state_of(case_id).version
        }

    def _overtaken(self, events: Iterable[CaseEvent]) -> set[UUID]:
        """Return the cases in which others took a version that one of `events` was to have."""
        first: dict[UUID, int] = {}
        for event in events:
            first.setdefault(event.case_id, event.version)
        versions = self._cases.versions(first) if first else {}
        return {case_id for case_id, version in versions.items() if version >= first[case_id]}

    def _settle_apart(self, items: list[Read], apart: list[list[Read]]) -> list[Receipt]:
        """Settle the events of some cases by themselves, so that the others need not wait."""
        receipts = {receipt.delivery: receipt for part in apart for receipt in self._settle(part)}
        return [receipts[item.submission.delivery] for item in items]

    def _look_up(
        self, items: Mapping[str, Read], bearing: Bearing, *, with_waiting: bool
    ) -> Knowledge:
        events = [item.event for item in items.values() if item.event]
        case_ids = {event.case_id for event in events}
        knowledge = Knowledge(
            now=self._clock(),
            refusal_key=self._cases.refusal_key(),
            taken=bearing.taken,
            states=self._states(case_ids),
        )
        for entry in bearing.waiting if with_waiting else ():
            item = read(submission_of(entry))
            if item.event and item.event.case_id in case_ids and entry.delivery not in items:
                events.append(item.event)
                knowledge.waiting.setdefault(item.event.case_id, []).append(item)
        for entry in bearing.early if with_waiting else ():
            item = read(submission_of(entry))
            if item.event and entry.delivery not in items:
                knowledge.early.setdefault(item.event.case_id, []).append(item)
        corrected = {event.case_id for event in events if type(event) is EventCorrected}
        streams = self._cases.streams(corrected) if corrected else {}
        for case_id in corrected:
            knowledge.histories[case_id] = streams.get(case_id, [])
            knowledge.states[case_id] = fold(knowledge.histories[case_id])
        knowledge.found.update(self._referred_to(events))
        return knowledge

    def _states(self, case_ids: set[UUID]) -> dict[UUID, CaseState]:
        unknown = [case_id for case_id in case_ids if case_id not in self._remembered]
        self._remembered |= self._cases.states(unknown) if unknown else {}
        known = case_ids & self._remembered.keys()
        states = {case_id: self._remembered[case_id].state for case_id in known}
        self._forget_the_oldest()
        return states

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

    def _write(self, decision: Decision, *, look_in: set[UUID]) -> Appended:
        if not decision.entries:
            return Appended([], self._cases.waiting(look_in) if look_in else [])
        entries = decision.entries.values()
        return self._cases.append(
            decision.events,
            told=decision.told,
            intake=[entry for entry in entries if entry.delivery not in decision.redecided],
            redecided=[entry for entry in entries if entry.delivery in decision.redecided],
            look_in=look_in,
        )

    def _remember(self, decider: Decider) -> None:
        for case_id in {event.case_id for event in decider.decision.events}:
            state, before = decider.state_of(case_id), self._remembered.get(case_id)
            snapshot = before.snapshot if before else 0
            if state.version - snapshot >= _SNAPSHOT_EVERY:
                self._long[case_id], snapshot = state, state.version
            self._remembered[case_id] = Loaded(state, snapshot)
            self._remembered.move_to_end(case_id)
        self._forget_the_oldest()

    def _forget_the_oldest(self) -> None:
        while len(self._remembered) > self._capacity:
            self._remembered.popitem(last=False)

    def _forget(self, case_ids: Iterable[UUID]) -> None:
        for case_id in case_ids:
            self._remembered.pop(case_id, None)


def _batch(items: Iterable[Read]) -> Batch:
    events = [item.event for item in items if item.event]
    return Batch(
        deliveries=[item.submission.delivery for item in items],
        event_ids=[event.event_id for event in events],
        case_ids=list({event.case_id for event in events}),
        opening=[event.case_id for event in events if type(event) in _OPENING],
        classifying=[event.case_id for event in events if type(event) in _CLASSIFYING],
    )


def _parted(items: list[Read], bearing: Bearing) -> tuple[dict[str, LedgerEntry], dict[str, Read]]:
    """Part what the ledger answers from what is to be decided, both by delivery.

    A delivery decided before is answered from the ledger: this also covers a commit whose
    confirmation was lost, which the library would report as a conflict. What waits is tried
    again, and so is what is quarantined when a person asks for it, unless another closed it.
    """
    undecided: dict[str, Read] = {}
    for item in items:
        delivery = item.submission.delivery
        is_retry = item.submission.in_ledger and delivery not in bearing.closed
        entry = bearing.seen.get(delivery)
        if entry is None or (is_retry and entry.outcome in UNSETTLED):
            undecided[delivery] = item
        elif entry.outcome is Outcome.WAITING:
            # The same message again, or, if it cannot be read, what came as the same before.
            kept = submission_of(entry)
            undecided[delivery] = read(kept) if item.event else Read(kept, item.decoded)
    return bearing.seen, undecided


def _by_case(items: list[Read], moved: set[UUID]) -> list[list[Read]]:
    """Part `items` by the cases that moved on, after those of all others; empty if one part."""
    others: list[Read] = []
    cases: dict[UUID, list[Read]] = {}
    for item in items:
        if item.event and item.event.case_id in moved:
            cases.setdefault(item.event.case_id, []).append(item)
        else:
            others.append(item)
    parts = [part for part in (others, *cases.values()) if part]
    return parts if len(parts) > 1 else []


def _accepted_cases(decided: Mapping[str, LedgerEntry]) -> set[UUID]:
    accepted = (entry for entry in decided.values() if entry.outcome is Outcome.ACCEPTED)
    return {entry.case_id for entry in accepted if entry.case_id}


def _not_processable(item: Read, event: CaseEvent, error: Exception) -> Read:
    detail = f"storing it failed with {type(error).__name__}"
    refusal = Refusal(Reason.NOT_PROCESSABLE, detail)
    refusal.claims = Claims(event.source_event_id, event.case_ref, event.type)
    return Read(item.submission, refusal)


def submission_of(entry: LedgerEntry) -> Submission:
    """Return a waiting or quarantined ledger entry as the submission it was, to decide it again."""
    assert entry.payload is not None
    return Submission(
        delivery=entry.delivery,
        source=entry.source,
        body=entry.payload,
        received_at=entry.received_at,
        source_is_vouched=entry.delivery.startswith(VOUCHING),
        in_ledger=True,
    )
