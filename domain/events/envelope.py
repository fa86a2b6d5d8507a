"""The envelope every event carries: identity, three times, who, about whom, on what evidence."""

from abc import ABC, abstractmethod
from typing import Annotated, ClassVar, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from domain.events.fields import (
    Actor,
    CaseRef,
    EventRef,
    Evidence,
    ItemId,
    Narrative,
    PropertyRef,
    SourceEventId,
    Subject,
    SystemUri,
)
from domain.frozen import Frozen
from domain.streams import CASES, StreamKind
from domain.times import Timestamp
from domain.vocabulary.record import Precision, Sensitivity

Item = tuple[str, str]
"""Something within a stream that has a reference and a course of its own, such as an action or a
referral: the type of the event that began it, and the reference."""

OWN_SOURCE = "urn:case-timeline"
"""The source of what people record through this service itself."""

UNRECORDED = 0
"""The version of an event that has not been admitted to its case yet."""


class CaseEvent(Frozen, ABC):
    """A fact about a case. Never edited: a correction is another event that names this one.

    Three times: `occurred_at` (when it happened, as exactly as `occurred_precision` says),
    `known_at` (when the landlord first knew) and `recorded_at` (when this service took it in).
    """

    model_config = ConfigDict(use_attribute_docstrings=True)

    SUMMARY: ClassVar[str]
    """What the event says, in one short sentence; the data dictionary is made from it."""
    ACCOUNT: ClassVar[tuple[str, ...]] = ()
    """The own fields that may hold the main free text; the first with text is shown, and where
    none has any, the envelope's `narrative`."""
    STREAMS: ClassVar[frozenset[StreamKind]] = CASES
    """The kinds of stream that may hold such an event."""
    BEGINS: ClassVar[str | None] = None
    """The own field with the reference of an item that such an event begins, once per stream."""
    BUILDS_ON: ClassVar[type["CaseEvent"] | None] = None
    """The type that began the item this event continues, named by the same field."""
    BY_SERVICE: ClassVar[bool] = False
    """Whether this service alone records such events, and none is taken from another source."""

    event_id: UUID
    case_id: UUID
    case_ref: CaseRef
    version: Annotated[int, Field(ge=UNRECORDED)] = UNRECORDED
    schema_version: int = 1
    occurred_at: Timestamp
    occurred_precision: Precision = Precision.INSTANT
    occurred_to: Timestamp | None = None
    known_at: Timestamp
    recorded_at: Timestamp
    source: SystemUri
    source_event_id: SourceEventId
    actor: Actor
    """Who entered the event at its source."""
    on_behalf_of: Actor | None = None
    """For whom the actor entered it, such as an agency that rang."""
    subjects: Annotated[tuple[Subject, ...], Field(max_length=100)] = ()
    """The people it is about, each in a role."""
    property_ref: PropertyRef | None = None
    """Where it happened."""
    sensitivity: Sensitivity = Sensitivity.STANDARD
    """Who may see it; health and care needs are never `standard`."""
    correlation_id: ItemId | None = None
    causation_id: ItemId | None = None
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=100)] = ()
    """Documents and recordings it rests on; never the documents themselves."""
    narrative: Narrative | None = None
    """What happened, in free text."""

    @model_validator(mode="after")
    def _range_has_an_end(self) -> Self:
        is_range = self.occurred_precision is Precision.RANGE
        if is_range != (self.occurred_to is not None):
            raise PydanticCustomError("invalid-range", "occurred_to belongs to precision range")
        if self.occurred_to is not None and self.occurred_to < self.occurred_at:
            raise PydanticCustomError("invalid-range", "occurred_to lies before occurred_at")
        return self

    @property
    def type(self) -> str:
        """The event's name in the catalogue."""
        return type(self).__name__

    @property
    def originator_id(self) -> UUID:
        """The stream the event belongs to, as the event store calls it."""
        return self.case_id

    @property
    def originator_version(self) -> int:
        """The event's place in its stream, as the event store calls it."""
        return self.version

    @abstractmethod
    def headline(self) -> str:
        """Say what happened in one line for a timeline: codes as labels, no free text."""

    @property
    def begins(self) -> Item | None:
        """The item that the event begins."""
        reference = getattr(self, self.BEGINS) if self.BEGINS else None
        return (self.type, reference) if reference is not None else None

    @property
    def builds_on(self) -> Item | None:
        """The item that must have begun before the event can be admitted."""
        if self.BUILDS_ON is None or self.BUILDS_ON.BEGINS is None:
            return None
        reference = getattr(self, self.BUILDS_ON.BEGINS)
        return (self.BUILDS_ON.__name__, reference) if reference is not None else None

    def refers_to(self) -> tuple[EventRef, ...]:
        """Return the events that must exist before this one can be admitted."""
        return ()


ENVELOPE_FIELDS = frozenset(CaseEvent.model_fields)
"""Names of the fields every event has; the rest of an event's fields are its own."""
