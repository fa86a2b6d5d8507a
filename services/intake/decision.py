"""Decides what becomes of a batch of submissions, given what the store knows. Does no I/O."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from adapters.event_store.ledger import LedgerEntry
from adapters.upcasting import RawEvent
from adapters.wire import Decoded, Refusal, decode
from adapters.wire.refusal import Claims
from domain.case import Admitted, CaseState, Contradiction, Verdict, Waiting, admit, evolve, fold
from domain.events.envelope import CaseEvent
from domain.events.integrity import EventCorrected
from domain.events.lifecycle import Reclassified
from domain.outcomes import Outcome, Reason
from services.intake.messages import Refuses, Submission

UNSETTLED = (Outcome.WAITING, Outcome.QUARANTINED)
"""What may yet be decided otherwise; its content is kept for that."""

_KEPT = frozenset({Reason.UNKNOWN_TYPE, Reason.SCHEMA_NEWER, Reason.NOT_PROCESSABLE})
"""Why something is not understood that a later release may understand: it is never refused, so
that nothing is lost of what a newer system sends."""

_NOTHING_YET = CaseState()


class Read(NamedTuple):
    """A submission and what could be made of it: an event, or the refusal that says why not."""

    submission: Submission
    decoded: Decoded | Refusal

    @property
    def event(self) -> CaseEvent | None:
        """The event, where there is one."""
        return self.decoded.event if isinstance(self.decoded, Decoded) else None

    @property
    def is_refused(self) -> bool:
        """Whether it is refused, and not kept, unless it is accepted."""
        refuses, decoded = self.submission.refuses, self.decoded
        if refuses is Refuses.NOT_UNDERSTOOD:
            return isinstance(decoded, Refusal) and decoded.reason not in _KEPT
        return refuses is Refuses.NOT_ACCEPTED


def read(submission: Submission) -> Read:
    """Return `submission` with its content understood as far as it can be."""
    if submission.refusal is not None:
        return Read(submission, submission.refusal)
    sent_as = submission.source if submission.source_is_vouched else None
    return Read(submission, understood(submission.body, submission.received_at, sent_as))


def understood(body: bytes, received_at: datetime, sent_as: str | None = None) -> Decoded | Refusal:
    """Return the event that `body` holds, or why it is none; `sent_as` as for `decode`."""
    try:
        return decode(body, received_at=received_at, sent_as=sent_as)
    except Refusal as refusal:
        return refusal
    except Exception as error:  # whatever is wrong with it, its neighbours must not suffer
        detail = f"reading it failed with {type(error).__name__}"
        return Refusal(Reason.NOT_PROCESSABLE, detail)


@dataclass
class Knowledge:
    """What the store holds that bears on a batch; it grows as the batch is decided."""

    now: datetime
    refusal_key: bytes = b""
    """The key by which what is refused is hashed."""
    taken: dict[UUID, LedgerEntry] = field(default_factory=dict)
    """Accepted and waiting entries, by event id."""
    states: dict[UUID, CaseState] = field(default_factory=dict)
    histories: dict[UUID, list[CaseEvent]] = field(default_factory=dict)
    """The events of each case that something received corrects, to be read anew."""
    waiting: dict[UUID, list[Read]] = field(default_factory=dict)
    """What waits, by case."""
    early: dict[UUID, list[Read]] = field(default_factory=dict)
    """Reclassifications quarantined as contradictions, by case; some only came before their turn,
    as happens when the broker delivers again what a killed process had taken."""
    found: dict[UUID, CaseEvent] = field(default_factory=dict)
    """The events that events of the batch refer to, by event id."""


@dataclass
class Decision:
    """What is to be written for a batch."""

    events: list[CaseEvent] = field(default_factory=list)
    told: list[RawEvent | None] = field(default_factory=list)
    """What the sender of each of `events` told."""
    entries: dict[str, LedgerEntry] = field(default_factory=dict)
    """The new ledger entry of each delivery decided here."""
    firsts: dict[str, LedgerEntry] = field(default_factory=dict)
    """What the duplicates among them repeat."""
    redecided: set[str] = field(default_factory=set)
    """The deliveries among them that the ledger holds already."""


class Decider:
    """Decides the submissions of one batch in order; each case advances as they are admitted."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._known = knowledge
        self._corrected: set[UUID] = set()
        """Cases whose state is to be folded anew before it is looked at."""
        self.decision = Decision()

    def state_of(self, case_id: UUID) -> CaseState:
        """Return a case's state after what has been decided so far."""
        if self._corrected and case_id in self._corrected:
            self._corrected.discard(case_id)
            self._known.states[case_id] = fold(self._known.histories[case_id])
        return self._known.states.get(case_id, _NOTHING_YET)

    def held_back(self, *outcomes: Outcome) -> set[UUID]:
        """Return the cases in which something ended in one of `outcomes` and nothing was accepted.

        No version guards what was decided of them.
        """
        entries = self.decision.entries.values()
        ended = {entry.case_id for entry in entries if entry.case_id and entry.outcome in outcomes}
        return ended - {event.case_id for event in self.decision.events}

    def still_waiting(self) -> set[str]:
        """Return the deliveries that were tried, or known to wait, and go on waiting."""
        waiting = self._known.waiting.values()
        return {item.submission.delivery for items in waiting for item in items}

    def decide(self, item: Read) -> None:
        """Decide one submission, and then whatever had been waiting for it."""
        event = item.event
        if event is None or not isinstance(item.decoded, Decoded):
            self._enter(item, Outcome.QUARANTINED)
        elif earlier := self._other_holder(item, event.event_id):
            self._enter_again(item, earlier, item.decoded.content_hash)
        elif stale := self._stale(item, event):
            self._enter(item, Outcome.REFUSED, Reason.STALE_VERSION, stale)
        else:
            self._place(item, event, self._verdict(event))

    def _stale(self, item: Read, event: CaseEvent) -> str | None:
        """Return how the case stands, where its sender saw it otherwise."""
        expected = item.submission.expected_version
        if expected is None:
            return None
        version = self.state_of(event.case_id).version
        return None if version == expected else f"the case is at version {version}"

    def _other_holder(self, item: Read, event_id: UUID) -> LedgerEntry | None:
        earlier = self._known.taken.get(event_id)
        return earlier if earlier and earlier.delivery != item.submission.delivery else None

    def _enter_again(self, item: Read, earlier: LedgerEntry, content_hash: bytes) -> None:
        if earlier.content_hash == content_hash:
            self.decision.firsts[item.submission.delivery] = earlier
            self._enter(item, Outcome.DUPLICATE)
        else:
            first = earlier.received_at.astimezone(UTC)
            detail = f"first received {first:%Y-%m-%d %H:%M:%S} UTC with other content"
            self._enter(item, Outcome.QUARANTINED, Reason.ID_REUSED, detail)

    def _verdict(self, event: CaseEvent) -> Verdict:
        return admit(self.state_of(event.case_id), event, self._known.found)

    def _place(self, item: Read, event: CaseEvent, verdict: Verdict) -> None:
        if isinstance(verdict, Admitted):
            self._accept(item, event)
            self._release_waiting(event.case_id)
        elif isinstance(verdict, Waiting) and self._goes_in_a_circle(event):
            why = "what it refers to refers to it, so neither can have been there first"
            self._set_aside(item, event, Contradiction(why, Reason.CORRECTION_LOOP))
        elif isinstance(verdict, Waiting):
            self._enter(item, Outcome.WAITING, verdict.reason, f"waits for {verdict.what_for}")
            if not item.is_refused:
                self._known.waiting.setdefault(event.case_id, []).append(item)
        else:
            self._set_aside(item, event, verdict)

    def _goes_in_a_circle(self, event: CaseEvent) -> bool:
        """Tell whether an event refers to itself, maybe through others that wait."""
        if not event.refers_to():
            return False
        waiting = (item.event for item in self._known.waiting.get(event.case_id, ()))
        refers = {each.event_id: each.refers_to() for each in (*waiting, event) if each}
        ahead, passed = list(event.refers_to()), set[UUID]()
        while ahead:
            target = ahead.pop().event_id
            if target not in passed:
                passed.add(target)
                ahead += refers.get(target, ())
        return event.event_id in passed

    def _accept(self, item: Read, event: CaseEvent) -> None:
        state = self.state_of(event.case_id)
        # Clocks of several machines differ; within a case the record never runs backwards.
        recorded_at = max(self._known.now, state.last_recorded_at or self._known.now)
        accepted = event.model_copy(
            update={"version": state.version + 1, "recorded_at": recorded_at}
        )
        self._known.states[event.case_id] = self._after(state, accepted)
        self._known.found[event.event_id] = accepted
        self.decision.events.append(accepted)
        self.decision.told.append(getattr(item.decoded, "told", None))
        self._enter(item, Outcome.ACCEPTED, version=accepted.version)

    def _after(self, state: CaseState, event: CaseEvent) -> CaseState:
        histories = self._known.histories
        if histories and event.case_id in histories:
            histories[event.case_id].append(event)
            if isinstance(event, EventCorrected):
                self._corrected.add(event.case_id)
        return evolve(state, event)

    def _release_waiting(self, case_id: UUID) -> None:
        """Admit what waited, earliest happening first, for as long as that admits more."""
        held = self._known.waiting, self._known.early
        while any(held) and (self._release_one(case_id) or self._release_early(case_id)):
            pass

    def _release_one(self, case_id: UUID) -> bool:
        waiting = self._known.waiting.get(case_id, [])
        for item, event in _in_order_of_happening(waiting):
            verdict = self._verdict(event)
            if not isinstance(verdict, Waiting):
                waiting.remove(item)
                if isinstance(verdict, Admitted):
                    self._accept(item, event)
                    return True
                self._set_aside(item, event, verdict)
        return False

    def _set_aside(self, item: Read, event: CaseEvent, verdict: Contradiction) -> None:
        self._enter(item, Outcome.QUARANTINED, verdict.reason, verdict.why)
        if isinstance(event, Reclassified) and not item.is_refused:
            self._known.early.setdefault(event.case_id, []).append(item)

    def _release_early(self, case_id: UUID) -> bool:
        """Admit a reclassification that contradicted the case only because it came too early.

        That is so where what it builds on certainly happened before it. Any other is left to a
        person.
        """
        early = self._known.early.get(case_id, [])
        for item, event in _in_order_of_happening(early):
            classified_at = self.state_of(case_id).classified_at
            came_early = classified_at is not None and classified_at < event.occurred_at
            is_new = event.event_id not in self._known.taken
            if came_early and is_new and isinstance(self._verdict(event), Admitted):
                early.remove(item)
                self._accept(item, event)
                return True
        return False

    def _enter(
        self,
        item: Read,
        outcome: Outcome,
        reason: Reason | None = None,
        detail: str | None = None,
        version: int | None = None,
    ) -> None:
        submission, event, decoded = item.submission, item.event, item.decoded
        if outcome in UNSETTLED and item.is_refused:
            outcome = Outcome.REFUSED
        claims: Claims | CaseEvent
        if isinstance(decoded, Refusal):
            reason, detail = decoded.reason, decoded.detail
            content_hash, claims, remarks = None, decoded.claims, None
            if outcome is Outcome.REFUSED:
                claims = Claims()
                detail = f"{detail}; {len(submission.body)} bytes" if submission.body else detail
        else:
            content_hash, claims = decoded.content_hash, decoded.event
            remarks = " ".join(decoded.remarks) or None
        if outcome is Outcome.REFUSED:
            content_hash = self._hash_of_refused(submission.body)
        entry = LedgerEntry(
            delivery=submission.delivery,
            source=submission.source,
            received_at=submission.received_at,
            decided_at=self._known.now,
            outcome=outcome,
            reason=reason,
            detail=detail,
            source_event_id=claims.source_event_id,
            event_id=event.event_id if event else None,
            content_hash=content_hash,
            case_ref=claims.case_ref,
            case_id=event.case_id if event else None,
            type=claims.type,
            version=version,
            payload=submission.body if outcome in UNSETTLED else None,
            remarks=remarks,
        )
        self.decision.entries[entry.delivery] = entry
        if item.submission.in_ledger:
            self.decision.redecided.add(entry.delivery)
        if entry.event_id and outcome in (Outcome.ACCEPTED, Outcome.WAITING):
            self._known.taken[entry.event_id] = entry
        elif entry.event_id and not self._other_holder(item, entry.event_id):
            self._known.taken.pop(entry.event_id, None)

    def _hash_of_refused(self, body: bytes) -> bytes | None:
        """Return what shows that a message was this one, and no more; None of one never read.

        It is keyed: there are few ways to write something short, and each could be tried.
        """
        return hmac.digest(self._known.refusal_key, body, "sha256") if body else None


def _in_order_of_happening(items: Iterable[Read]) -> list[tuple[Read, CaseEvent]]:
    known = [(item, item.event) for item in items if item.event is not None]
    return sorted(known, key=lambda pair: pair[1].occurred_at)
