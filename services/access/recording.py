"""People record what happened: decided at the gate, then through the one door like all else."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import NamedTuple
from uuid import UUID, uuid4

from anyio import to_thread

from adapters.wire import Decoded, Refusal
from domain.access import PERMITS, Action
from domain.access.standing import Standing
from domain.classification import OPENING
from domain.events.envelope import OWN_SOURCE, CaseEvent
from domain.events.fields import Actor
from domain.events.integrity import EventCorrected
from domain.events.lifecycle import CaseOpened, ConcernRaised, IncidentReported
from domain.events.permissions import GlassBroken
from domain.identity import case_id_of
from domain.outcomes import Outcome, Reason
from domain.streams import ORGANISATIONS, StreamKind, stream_kind
from domain.vocabulary.access import Role
from services.access.acts import NEVER_BY_PEOPLE, action_of
from services.access.gate import Gate
from services.access.own_matters import is_own_matter
from services.access.telling import (
    NotRecorded,
    Told,
    message,
    new_reference,
    subject_told,
    told_in,
)
from services.access.visitor import Asking, NotThere, Visitor
from services.intake import Intake, Refuses, Submission
from services.intake.decision import understood
from services.review import CaseReview

RAISING: tuple[type[CaseEvent], ...] = (IncidentReported, ConcernRaised)
"""What whoever works with cases may add to one they may not see: they cannot name its version."""

_FILES = ORGANISATIONS | {StreamKind.PERSON, StreamKind.PROPERTY}
_UNSEEN = frozenset({Reason.CROSS_CASE})
"""Reasons that tell of another case, which who asks may not know of."""


class VersionNeeded(Exception):  # noqa: N818 (an answer)
    """It was not said which version of the case this is based on."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of something that was told; it is committed."""

    is_new: bool
    """Whether it was not on record before: the same told again is answered as at first."""
    event_id: UUID
    case_id: UUID
    case_ref: str
    version: int | None
    """Its place in the case; None of what waits, which nothing does that was told here."""
    position: int | None
    """Its place in the order of all events; of what was sent again, that of the first."""


class Message(NamedTuple):
    """What is to be recorded, decided about: a message, and what is wrong with it if anything."""

    reference: str
    body: bytes
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Recording:
    """Records what people tell. Raises `NotRecorded`, and what the gate and the intake raise."""

    gate: Gate
    intake: Intake
    review: CaseReview
    clock: Callable[[], datetime]
    landlord: str

    async def open_case(self, visitor: Visitor, body: bytes) -> Recorded:
        """Open a case by what is told first of it; its reference is made here."""
        told = told_in(body)
        if told.event_type not in OPENING:
            raise NotRecorded(Reason.UNKNOWN_CASE, "type: no such event opens a case")
        if "subject" in told.members:
            raise NotRecorded(Reason.UNKNOWN_MEMBER, "subject: this service makes the reference")
        reference = new_reference(visitor.principal, told)
        return await self.submit(await to_thread.run_sync(self._for_new, visitor, reference, told))

    async def on_case(
        self, visitor: Visitor, case_id: UUID, body: bytes, expected: int | None
    ) -> Recorded:
        """Record on a case that is at the version `expected`; None is for raising a concern."""
        told = told_in(body)
        if expected is None and told.event_type not in RAISING:
            raise VersionNeeded
        sent = await to_thread.run_sync(self._for_case, visitor, case_id, told)
        try:
            return await self.submit(sent, expected)
        except NotRecorded as refused:
            if told.event_type in RAISING:
                # Who tells it may not know what the case holds, nor how far it has come.
                refused.detail = refused.version = None
            raise

    async def on_file(self, visitor: Visitor, body: bytes) -> Recorded:
        """Record on the file of a person, a property, the landlord or an authority."""
        told = told_in(body)
        reference = subject_told(told)
        if reference is None:
            raise NotRecorded(Reason.MISSING_MEMBER, "subject: is missing")
        if stream_kind(reference) not in _FILES:
            raise NotRecorded(Reason.WRONG_STREAM, "subject: is not that of a file of its own")
        return await self.submit(await to_thread.run_sync(self._for_file, visitor, reference, told))

    async def submit(self, sent: Message, expected: int | None = None) -> Recorded:
        """Have a message recorded whose sender was decided about; answer once it is committed.

        Raises `NotRecorded` where it is not; that is counted, and nothing else is kept of it.
        """
        submission = Submission(
            delivery=f"own:{uuid4()}",
            source=OWN_SOURCE,
            body=sent.body,
            received_at=self.clock(),
            refuses=Refuses.NOT_ACCEPTED,
            expected_version=expected,
            refusal=sent.refusal,
        )
        (receipt,) = await self.intake.submit([submission], patient=False)
        if receipt.outcome is Outcome.REFUSED:
            raise await to_thread.run_sync(self._refused, sent, receipt.reason, receipt.detail)
        assert receipt.event_id is not None
        return Recorded(
            is_new=receipt.outcome is Outcome.ACCEPTED,
            event_id=receipt.event_id,
            case_id=case_id_of(sent.reference),
            case_ref=sent.reference,
            version=receipt.version,
            position=receipt.position,
        )

    def actor(self, who: Standing, action: Action) -> Actor:
        """Return how the record names someone who does this, by what is granted to them."""
        roles = who.roles(self.clock())
        fit = {role for permit in PERMITS if action in permit.actions for role in permit.roles}
        # Of the action alone, so that the same told again reads the same.
        role = next((each for each in Role if each in roles & fit), None)
        if role is None:  # it ran out just now
            raise NotThere
        return Actor(id=min(who.staff), role=role.label, organisation=self.landlord)

    def _allowed(self, visitor: Visitor, asking: Asking) -> Standing:
        who, _ = self.gate.allow(visitor, asking)
        return who

    def _for_new(self, visitor: Visitor, reference: str, told: Told) -> Message:
        asking = self._asking(visitor, Action.RAISE)
        who = self._allowed(visitor, asking)
        return self._message(told, reference, who, asking, partial(self._allowed, visitor))

    def _for_case(self, visitor: Visitor, case_id: UUID, told: Told) -> Message:
        def ask(asking: Asking) -> Standing:
            return self.gate.open(visitor, asking, case_id).standing

        asking = self._asking(visitor, _action(told, ""))
        opened = self.gate.open(visitor, asking, case_id)
        if stream_kind(opened.case_ref) is not StreamKind.CASE:
            raise NotThere
        if subject_told(told) not in (None, opened.case_ref):
            raise NotRecorded(Reason.CROSS_CASE)
        return self._message(told, opened.case_ref, opened.standing, asking, ask)

    def _for_file(self, visitor: Visitor, reference: str, told: Told) -> Message:
        def ask(asking: Asking) -> Standing:
            if stream_kind(reference) in ORGANISATIONS:
                return self._allowed(visitor, asking)
            return self.gate.enter(visitor, asking, reference).standing

        asking = self._asking(visitor, _action(told, reference))
        return self._message(told, reference, ask(asking), asking, ask)

    def _message(
        self,
        told: Told,
        reference: str,
        who: Standing,
        asking: Asking,
        ask: Callable[[Asking], Standing],
    ) -> Message:
        """Return the message, once the gate was asked about what only the event itself tells."""
        body = message(told, reference, self.actor(who, asking.action))
        decoded = understood(body, self.clock(), OWN_SOURCE)
        if not isinstance(decoded, Decoded):
            return Message(reference, body, decoded)
        event = decoded.event
        if is_own_matter(event, who, lambda: self.review.events(reference)):
            ask(replace(asking, own=True))
        if isinstance(event, EventCorrected) and (target := self._target(event)):
            # Who may not record something may not change how it reads either.
            ask(replace(asking, action=_action_of(type(target), reference)))
        return Message(reference, body)

    def _asking(self, visitor: Visitor, action: Action) -> Asking:
        who = self.gate.standing(visitor)
        # A system publishes under its own source, and says nothing as a person.
        return Asking(action=action, foreign=bool(who.sources(self.clock())))

    def _target(self, event: EventCorrected) -> CaseEvent | None:
        wanted = event.target.event_id
        events = self.review.events(event.case_ref)
        return next((each for each in events if each.event_id == wanted), None)

    def _refused(self, sent: Message, reason: Reason | None, detail: str | None) -> NotRecorded:
        if sent.refusal is not None:
            return NotRecorded(sent.refusal.reason, sent.refusal.detail)
        if reason is Reason.STALE_VERSION:
            versions = (each.version for each in self.review.events(sent.reference))
            return NotRecorded(reason, None, max(versions, default=0))
        told = None if reason in _UNSEEN else detail
        return NotRecorded(reason or Reason.NOT_PROCESSABLE, told)


def _action(told: Told, reference: str) -> Action:
    """Return what it is to record this; raise `NotRecorded` where nobody may."""
    if told.event_type in NEVER_BY_PEOPLE:
        raise NotRecorded(Reason.SOURCE_MISMATCH, "type: only this service records such events")
    if told.event_type is GlassBroken:
        raise NotRecorded(Reason.SOURCE_MISMATCH, "type: recorded by breaking the glass alone")
    return _action_of(told.event_type or CaseEvent, reference)


def _action_of(event_type: type[CaseEvent], reference: str) -> Action:
    # A formal opening says where the case lies, and so whose it is: on a case that is there, that
    # is more than to raise a concern.
    return Action.WRITE if event_type is CaseOpened else action_of(event_type, reference)
