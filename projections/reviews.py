"""Reviews that look back: what they ask for, by when, and what they were given."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from domain.events.fields import Part
from domain.events.reviews import ChronologySubmitted, RecommendationAccepted, ReviewNotified
from domain.rules.history import History
from domain.rules.policy import Policy
from domain.streams import CASES_AND_ORGANISATIONS
from domain.vocabulary.record import Sensitivity
from domain.vocabulary.reviews import ReviewType
from projections.contacts import Gap
from projections.event_row import days_between, in_case, strictest
from projections.personal_columns import Digest, Organisation, Pseudonym, Reference
from projections.read_model import ReadModel, Row
from projections.review_scope import contact_gaps


class Submission(Part):
    """A version of the chronology that left the landlord; its hash shows what it was."""

    event_id: UUID
    at: datetime
    chronology_version: int
    sha256: Digest[str]
    recipient: Organisation[str]


class ReviewRow(Row):
    """One review, of a case or of the landlord's work at large."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "review_id"

    review_id: Reference[str]
    """The review's reference."""
    review_type: ReviewType
    """The kind of review."""
    commissioner: Organisation[str]
    """Who holds it."""
    notified_at: datetime
    """When the landlord was notified."""
    known_at: datetime
    """When the landlord first knew of it."""
    scope_from: date | None
    """The first day it looks at; None while that is not settled."""
    scope_to: date | None
    """The last day it looks at; None while that is not settled."""
    persons: Pseudonym[tuple[str, ...]]
    """Whom it is about."""
    due: date | None
    """When the landlord's part is due."""
    submissions: tuple[Submission, ...]
    """Every chronology that was handed over, in order of happening."""
    latest_version: int | None
    """The highest version of the chronology that was handed over."""
    first_submitted_at: datetime | None
    """When a chronology was first handed over; None while none was."""
    days_late: int | None
    """Calendar days from the due day to that; negative where it came before."""
    recommendations: int
    """How many recommendations of it the landlord took on, as far as this file tells."""
    contact_gaps: tuple[Gap, ...]
    """When within its scope the landlord was in contact with nobody for four weeks or more."""
    longest_contact_gap_days: int | None
    """The longest of these; None where there is none."""
    sensitivity: Sensitivity
    """Who may see it: the strictest of what it is made of."""


reviews = ReadModel("reviews", 1, ReviewRow, streams=CASES_AND_ORGANISATIONS)


@reviews.of_whole_streams()
def _reviews(history: History, policy: Policy) -> Iterable[ReviewRow]:
    return [_row(review, history) for review in history.all(ReviewNotified)]


def _row(review: ReviewNotified, history: History) -> ReviewRow:
    submitted = history.all(
        ChronologySubmitted, where=lambda event: event.review_id == review.review_id
    )
    accepted = history.all(
        RecommendationAccepted, where=lambda event: event.review_id == review.review_id
    )
    first = submitted[0].occurred_at if submitted else None
    gaps = contact_gaps(history.events, review)
    return ReviewRow(
        **in_case(review),
        review_id=review.review_id,
        review_type=review.review_type,
        commissioner=review.commissioner,
        notified_at=review.occurred_at,
        known_at=review.known_at,
        scope_from=review.scope_from,
        scope_to=review.scope_to,
        persons=review.persons,
        due=review.due,
        submissions=tuple(map(_submission, submitted)),
        latest_version=max((event.chronology_version for event in submitted), default=None),
        first_submitted_at=first,
        days_late=days_between(review.due, first) if review.due and first else None,
        recommendations=len(accepted),
        contact_gaps=gaps,
        longest_contact_gap_days=max((gap.days for gap in gaps), default=None),
        sensitivity=strictest([review, *submitted]),
    )


def _submission(event: ChronologySubmitted) -> Submission:
    return Submission(
        event_id=event.event_id,
        at=event.occurred_at,
        chronology_version=event.chronology_version,
        sha256=event.sha256,
        recipient=event.recipient,
    )
