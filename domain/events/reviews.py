"""Group h: reviews that look back on a case, and what is learned from them."""

from typing import Annotated, Self

from pydantic import Field, StrictInt, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import (
    SHA256,
    EventRef,
    Flag,
    ItemId,
    Narrative,
    OrganisationName,
    PersonRef,
    StaffName,
)
from domain.personal import NotPersonal
from domain.streams import CASES_AND_ORGANISATIONS
from domain.times import Day
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.reviews import (
    Impact,
    LearningAudience,
    LearningMethod,
    ReviewType,
    Significance,
)


class ReviewNotified(CaseEvent):
    """A review looks back on the case. What it may need is kept by a RetentionHoldPlaced."""

    SUMMARY = "A review was notified."
    STREAMS = CASES_AND_ORGANISATIONS
    BEGINS = "review_id"

    review_id: ItemId
    review_type: ReviewType
    commissioner: OrganisationName
    scope_from: Day | None = None
    """The first day the review looks at; left out, it is not settled yet."""
    scope_to: Day | None = None
    """The last day the review looks at; left out, it is not settled yet."""
    persons: Annotated[tuple[PersonRef, ...], Field(max_length=100)] = ()
    """Whom it is about."""
    due: Day | None = None
    """When the landlord's part has to be with the commissioner."""

    @model_validator(mode="after")
    def _scope_is_in_order(self) -> Self:
        if self.scope_from and self.scope_to and self.scope_to < self.scope_from:
            raise PydanticCustomError("invalid-range", "scope_to lies before scope_from")
        return self

    @override
    def headline(self) -> str:
        due = f", due {self.due}" if self.due else ""
        return f"Review {self.review_id} notified: {self.review_type.label}{due}"


class ChronologyEntryCurated(CaseEvent):
    """What a review makes of one event; the latest such word on the event holds for the review.

    It is a layer over the timeline and never edits it: other reviews may see the event otherwise.
    """

    SUMMARY = "A review said what it makes of an event."
    ACCOUNT = ("analysis",)
    STREAMS = CASES_AND_ORGANISATIONS
    BUILDS_ON = ReviewNotified

    review_id: ItemId
    event: EventRef
    include: Flag
    """Whether the event has a place in the chronology of the review."""
    significance: Significance
    analysis: Narrative | None = None
    """What the author thinks of it, kept apart from what happened."""
    impact: Impact | None = None
    """What it meant for the person; left out, the review does not say."""
    policy_expectation_met: YesNoUnknown = YesNoUnknown.UNKNOWN

    @override
    def headline(self) -> str:
        what = self.significance.label.lower() if self.include else "left out"
        return f"Chronology of review {self.review_id}: an entry, {what}"

    @override
    def refers_to(self) -> tuple[EventRef, ...]:
        return (self.event,)


class ChronologySubmitted(CaseEvent):
    """A version of the chronology left the landlord; it is frozen, as its hash shows."""

    SUMMARY = "A chronology was handed to a review."
    STREAMS = CASES_AND_ORGANISATIONS
    BUILDS_ON = ReviewNotified

    review_id: ItemId
    chronology_version: Annotated[StrictInt, Field(ge=1, le=1_000_000)]
    """A number that stands for one content and no other."""
    sha256: Annotated[str, StringConstraints(pattern=SHA256), NotPersonal("a hash")]
    recipient: OrganisationName

    @override
    def headline(self) -> str:
        return (
            f"Chronology of review {self.review_id}, version {self.chronology_version}, "
            f"submitted to {self.recipient}"
        )


class RecommendationAccepted(CaseEvent):
    """The landlord takes on what a review recommended; it outlives the case it arose in."""

    SUMMARY = "A recommendation was accepted."
    ACCOUNT = ("text",)
    STREAMS = CASES_AND_ORGANISATIONS
    BEGINS = "recommendation_id"

    recommendation_id: ItemId
    review_id: ItemId | None = None
    """The review it comes from, which may be notified on another stream."""
    text: Narrative
    owner: StaffName
    due: Day

    @override
    def headline(self) -> str:
        return f"Recommendation {self.recommendation_id} accepted, due {self.due}"


class RecommendationImplemented(CaseEvent):
    """What was recommended is done, and something shows it."""

    SUMMARY = "A recommendation was carried out."
    ACCOUNT = ("evidence_note",)
    STREAMS = CASES_AND_ORGANISATIONS
    BUILDS_ON = RecommendationAccepted

    recommendation_id: ItemId
    evidence_note: Narrative
    """What shows that it is done; documents are `evidence`."""

    @override
    def headline(self) -> str:
        return f"Recommendation {self.recommendation_id} implemented"


class LearningDisseminated(CaseEvent):
    """Others were told what was learned."""

    SUMMARY = "Learning was passed on."
    STREAMS = CASES_AND_ORGANISATIONS

    recommendation_ids: Annotated[tuple[ItemId, ...], Field(max_length=100)] = ()
    """The recommendations it follows from, on any stream; none where nothing was recommended."""
    audience: Annotated[tuple[LearningAudience, ...], Field(min_length=1, max_length=100)]
    how: LearningMethod

    @override
    def headline(self) -> str:
        audience = ", ".join(each.label.lower() for each in self.audience)
        return f"Learning passed on to {audience}: {self.how.label.lower()}"
