"""Group d: what was done at once, signs of exploitation, and warning markers with their reviews."""

from datetime import timedelta
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import (
    EventRef,
    Flag,
    ItemId,
    Narrative,
    PersonRef,
    RoleName,
    StaffName,
    missing,
)
from domain.events.special_category import refuse_standard
from domain.personal import Personal
from domain.streams import FILES
from domain.times import Day, in_london
from domain.vocabulary.harm import Exploitation
from domain.vocabulary.protection import (
    ExploitationIndicator,
    ImmediateProtection,
    MarkerOutcome,
    MarkerSubject,
    MarkerType,
)
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.vulnerability import ContactMethod

LONGEST_MARKER = timedelta(days=366)
"""The longest time from placing or reviewing a warning marker to its next review: 12 months."""

MarkerInstruction = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500),
    Personal(PersonalClass.NARRATIVE),
]


class ImmediateProtectionTaken(CaseEvent):
    """Something was done at once, before anything was assessed or agreed."""

    SUMMARY = "Something was done at once to keep someone safe."
    STREAMS = FILES

    kind: ImmediateProtection
    person: PersonRef | None = None
    """Whom it was to protect."""
    ref: ItemId | None = None
    """Its reference with whoever did it, such as an incident number of the police."""

    @override
    def headline(self) -> str:
        return f"Immediate protection: {self.kind.label}"


class ExploitationIndicatorObserved(CaseEvent):
    """Someone saw a sign that a person may be exploited, or a home taken over."""

    SUMMARY = "A sign of exploitation was seen."
    STREAMS = FILES

    indicator: ExploitationIndicator
    form: Exploitation | None = None
    """What it points to, where whoever saw it could say."""
    person: PersonRef | None = None
    """Who may be exploited."""
    observed_by: RoleName

    @override
    def headline(self) -> str:
        return f"Sign of exploitation: {self.indicator.label.lower()}"


class WarningMarkerPlaced(CaseEvent):
    """Visitors are warned of a person or a property, because of a recorded incident.

    It tells them what to do or avoid, and is never a diagnosis. One that says something of health
    by its type is at least restricted.
    """

    SUMMARY = "A warning marker was placed."
    ACCOUNT = ("instruction",)
    STREAMS = FILES
    BEGINS = "marker_id"

    marker_id: ItemId
    """Its reference, by which its reviews and its removal name it."""
    subject: MarkerSubject
    person: PersonRef | None = None
    """Needed where `subject` is `person`; a property is named by the envelope's `property_ref`."""
    marker_type: MarkerType
    instruction: MarkerInstruction
    incident: EventRef
    """The event on which it is based."""
    approved_by: StaffName
    disclosed: Flag
    """Whether the person was told of it."""
    disclosed_how: ContactMethod | None = None
    non_disclosure_reason: Narrative | None = None
    """Needed where `disclosed` is false."""
    review_due: Day
    """At most 12 months after the day on which it was placed."""

    @model_validator(mode="after")
    def _names_its_subject(self) -> Self:
        if self.subject is MarkerSubject.PERSON and self.person is None:
            raise missing("person", "when the marker is on a person")
        if self.subject is MarkerSubject.PROPERTY and self.property_ref is None:
            raise missing("property_ref", "when the marker is on a property")
        return self

    @model_validator(mode="after")
    def _says_why_not_disclosed(self) -> Self:
        if not self.disclosed and self.non_disclosure_reason is None:
            raise missing("non_disclosure_reason", "when the marker was not disclosed")
        return self

    @model_validator(mode="after")
    def _is_reviewed_in_time(self) -> Self:
        _check_next_review(self, self.review_due)
        return self

    @model_validator(mode="after")
    def _is_restricted_where_about_health(self) -> Self:
        if self.marker_type.is_about_health:
            refuse_standard(self.sensitivity)
        return self

    @override
    def headline(self) -> str:
        return (
            f"Warning marker {self.marker_id} placed on {self.subject.label.lower()}: "
            f"{self.marker_type.label.lower()}; review due {self.review_due}"
        )

    @override
    def refers_to(self) -> tuple[EventRef, ...]:
        return (self.incident,)


class WarningMarkerReviewed(CaseEvent):
    """Whether a warning marker is still right was looked at again; the latest review holds."""

    SUMMARY = "A warning marker was reviewed."
    ACCOUNT = ("reason",)
    STREAMS = FILES
    BUILDS_ON = WarningMarkerPlaced

    marker_id: ItemId
    outcome: MarkerOutcome
    reason: Narrative
    instruction: MarkerInstruction | None = None
    """The instruction as amended."""
    next_review: Day | None = None
    """Needed to renew it; at most 12 months after the day of the review."""
    disclosed: Flag
    """Whether the person was told of the outcome."""
    non_disclosure_reason: Narrative | None = None

    @model_validator(mode="after")
    def _is_reviewed_again(self) -> Self:
        if self.outcome is MarkerOutcome.RENEW and self.next_review is None:
            raise missing("next_review", "to renew a marker")
        if self.next_review is not None:
            _check_next_review(self, self.next_review)
        return self

    @override
    def headline(self) -> str:
        again = f", next review {self.next_review}" if self.next_review else ""
        return f"Warning marker {self.marker_id} reviewed: {self.outcome.label.lower()}{again}"


class WarningMarkerRemoved(CaseEvent):
    """A warning marker no longer stands, and nobody may go on showing it."""

    SUMMARY = "A warning marker was removed."
    ACCOUNT = ("reason",)
    STREAMS = FILES
    BUILDS_ON = WarningMarkerPlaced

    marker_id: ItemId
    reason: Narrative

    @override
    def headline(self) -> str:
        return f"Warning marker {self.marker_id} removed"


def _check_next_review(event: CaseEvent, due: Day) -> None:
    """Raise unless `due` lies within 12 months of the day on which the event happened."""
    placed = in_london(event.occurred_at).date()
    if not placed <= due <= placed + LONGEST_MARKER:
        raise PydanticCustomError(
            "review-out-of-range", "a marker is to be reviewed within 12 months of its date"
        )
