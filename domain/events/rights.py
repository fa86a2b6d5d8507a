"""Group i: people's rights over the record, and how long it is kept."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import EventRef, Flag, ItemId, Narrative, Part, PersonRef, StaffName
from domain.events.integrity import FieldName
from domain.streams import ANY, FILES
from domain.times import Day
from domain.vocabulary.rights import ErasureReason, HoldReason, RedactionGround


class RetentionHoldPlaced(CaseEvent):
    """Nothing on this stream may be destroyed until the hold is lifted, whatever the schedule."""

    SUMMARY = "Records were put on hold: nothing of them may be destroyed."
    STREAMS = ANY
    BEGINS = "hold_id"

    hold_id: ItemId
    reason: HoldReason
    until: Day | None = None
    """When to look at it again. The day lifts nothing: a hold ends by being lifted."""

    @override
    def headline(self) -> str:
        until = f", to be looked at again on {self.until}" if self.until else ""
        return f"Retention hold {self.hold_id} placed: {self.reason.label}{until}"


class RetentionHoldLifted(CaseEvent):
    """A hold is over; the retention schedule counts again."""

    SUMMARY = "A hold on records was lifted."
    ACCOUNT = ("reason",)
    STREAMS = ANY
    BUILDS_ON = RetentionHoldPlaced

    hold_id: ItemId
    reason: Narrative | None = None

    @override
    def headline(self) -> str:
        return f"Retention hold {self.hold_id} lifted"


class SubjectAccessReceived(CaseEvent):
    """A person asked for what is held about them."""

    SUMMARY = "A person asked for the data held about them."
    STREAMS = FILES
    BEGINS = "request_id"

    request_id: ItemId
    requester: PersonRef
    due: Day | None = None
    """When the answer has to be with them; left out, a calendar month after the request, or three
    where it is complex."""
    complex: Flag = False
    """Whether the two months more are claimed that a complex request allows."""

    @override
    def headline(self) -> str:
        complexity = ", complex" if self.complex else ""
        due = f", due {self.due}" if self.due else ""
        return f"Subject access request {self.request_id} received{complexity}{due}"


class Redaction(Part):
    """An event withheld, wholly or in part, from who asked; it may lie on any stream."""

    event: EventRef
    ground: RedactionGround


class SubjectAccessFulfilled(CaseEvent):
    """A person was given what is held about them, but for what the law lets us withhold."""

    SUMMARY = "A person was given the data held about them."
    STREAMS = FILES
    BUILDS_ON = SubjectAccessReceived

    request_id: ItemId
    redactions: Annotated[tuple[Redaction, ...], Field(max_length=1_000)] = ()

    @override
    def headline(self) -> str:
        withheld = f", {len(self.redactions)} redacted" if self.redactions else ""
        return f"Subject access request {self.request_id} fulfilled{withheld}"


class RectificationDisputed(CaseEvent):
    """A person says that an event is wrong, and the landlord does not agree.

    The event stays as it is and carries their statement of disagreement from then on. Where they
    are right, that is an EventCorrected.
    """

    SUMMARY = "A person disagrees with what is recorded."
    ACCOUNT = ("statement",)
    STREAMS = ANY

    target: EventRef
    field: FieldName | None = None
    """The field in dispute, by its name on the wire; left out, all of it."""
    statement: Narrative
    """The statement of disagreement, in their words."""
    by: PersonRef

    @override
    def headline(self) -> str:
        what = f"{self.field.replace('_', ' ').strip()} in " if self.field else ""
        return f"Statement of disagreement with {what}an earlier event"

    @override
    def refers_to(self) -> tuple[EventRef, ...]:
        return (self.target,)


_TWO = Field(min_length=2, max_length=2)


class _Destroying(CaseEvent):
    """What destroys content: lawful, and approved by two people."""

    lawful_reason: ErasureReason
    approvals: Annotated[tuple[StaffName, ...], _TWO]
    """The two people who approved it; they differ."""

    @model_validator(mode="after")
    def _approved_by_two(self) -> Self:
        first, second = (name.strip().casefold() for name in self.approvals)
        if first == second:
            raise PydanticCustomError("approved-once", "approvals are not of two different people")
        return self


class PersonDataErased(_Destroying):
    """Everything personal about one person on this stream is to become unreadable.

    What remains is that something happened, when, and of which type. Waits while a retention hold
    stands. This is the decision; the encryption of personal fields carries it out.
    """

    SUMMARY = "The personal data of a person was erased."
    STREAMS = FILES

    person: PersonRef

    @override
    def headline(self) -> str:
        return f"Personal data of one person erased: {self.lawful_reason.label.lower()}"


class EventRedacted(_Destroying):
    """Everything personal in one event is to become unreadable, whomever it is about.

    What remains is that something happened, when, and of which type. Waits while a retention hold
    stands. This is the decision; the encryption of personal fields carries it out.
    """

    SUMMARY = "The personal data in an event was erased."
    STREAMS = ANY

    target: EventRef

    @override
    def headline(self) -> str:
        return f"An earlier event redacted: {self.lawful_reason.label.lower()}"

    @override
    def refers_to(self) -> tuple[EventRef, ...]:
        return (self.target,)
