"""Warning markers: what visitors are told, on what incident, until when, and what reviews said."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from domain.events.fields import Part
from domain.events.protection import (
    WarningMarkerPlaced,
    WarningMarkerRemoved,
    WarningMarkerReviewed,
)
from domain.streams import FILES
from domain.vocabulary.protection import MarkerOutcome, MarkerSubject, MarkerType
from domain.vocabulary.vulnerability import ContactMethod
from projections.in_order import placed
from projections.personal_columns import Account, Identity, Place, Pseudonym, Reference
from projections.read_model import ReadModel, Row


class MarkerReview(Part):
    """What one review of a marker said."""

    at: datetime
    outcome: MarkerOutcome
    reason: Account[str]
    instruction: Account[str | None]
    next_review: date | None
    disclosed: bool
    non_disclosure_reason: Account[str | None]


class MarkerRow(Row):
    """One warning marker; it stays listed once it was removed or has expired."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "marker_id"
    INDEXED: ClassVar[tuple[str, ...]] = ("person", "home")

    marker_id: Reference[str]
    """The marker's reference within its case or file."""
    subject: MarkerSubject
    """Whether it is on a person or a property."""
    person: Pseudonym[str | None]
    """On whom it is, or who is concerned."""
    home: Place[str | None]
    """The property it is on, or where the incident was."""
    marker_type: MarkerType
    """What it warns of or asks for."""
    instruction: Account[str]
    """What visitors are to do or avoid, as last amended."""
    incident: UUID
    """The event on which it is based."""
    approved_by: Identity[str]
    """Who approved it."""
    placed_at: datetime
    """When it was placed."""
    in_force: bool = True
    """False once it was removed, or a review found that it is to end. Look at `expires_on` too."""
    expires_on: date
    """The last day on which it may be sent: by then it is to be reviewed again."""
    disclosed: bool
    """Whether the person was told of it, or of what the latest review made of it."""
    disclosed_how: ContactMethod | None
    """How they were told that it was placed."""
    non_disclosure_reason: Account[str | None]
    """Why they were not told."""
    review_outcome: MarkerOutcome | None = None
    """What the latest review made of it; None while not reviewed."""
    reviewed_at: datetime | None = None
    """When it was last reviewed."""
    reviews: tuple[MarkerReview, ...] = ()
    """Every review, in order of happening."""
    first_instruction: Account[str]
    """The instruction as first given."""
    first_review_due: date
    """The day of its first review, as set when it was placed."""
    removed_at: datetime | None = None
    """When it was removed."""
    removed_reason: Account[str | None] = None
    """Why it was removed."""

    def may_be_sent(self, day: date) -> bool:
        """Tell whether visitors may be told of it on `day`: it stands and has not expired."""
        return self.in_force and day <= self.expires_on

    def has_expired(self, day: date) -> bool:
        """Tell whether it still stands on `day` but was not reviewed in time."""
        return self.in_force and day > self.expires_on


markers = ReadModel("markers", 1, MarkerRow, streams=FILES)

Event = WarningMarkerPlaced | WarningMarkerReviewed | WarningMarkerRemoved


def _its_marker(event: Event) -> tuple[str, ...]:
    return (event.marker_id,)


@markers.on(WarningMarkerPlaced, keys=_its_marker)
def _placed(row: MarkerRow | None, event: WarningMarkerPlaced, _: str) -> MarkerRow:
    return MarkerRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        marker_id=event.marker_id,
        subject=event.subject,
        person=event.person,
        home=event.property_ref,
        marker_type=event.marker_type,
        instruction=event.instruction,
        incident=event.incident.event_id,
        approved_by=event.approved_by,
        placed_at=event.occurred_at,
        expires_on=event.review_due,
        disclosed=event.disclosed,
        disclosed_how=event.disclosed_how,
        non_disclosure_reason=event.non_disclosure_reason,
        first_instruction=event.instruction,
        first_review_due=event.review_due,
    )


@markers.on(WarningMarkerReviewed, keys=_its_marker)
def _reviewed(row: MarkerRow | None, event: WarningMarkerReviewed, _: str) -> MarkerRow | None:
    if row is None:
        return None
    review = MarkerReview(
        at=event.occurred_at,
        outcome=event.outcome,
        reason=event.reason,
        instruction=event.instruction,
        next_review=event.next_review,
        disclosed=event.disclosed,
        non_disclosure_reason=event.non_disclosure_reason,
    )
    reviews = placed(row.reviews, review, event)
    latest = reviews[-1]
    amended = (it.instruction for it in reversed(reviews) if it.instruction)
    due = (it.next_review for it in reversed(reviews) if it.next_review)
    return row.model_copy(
        update={
            "reviews": reviews,
            "review_outcome": latest.outcome,
            "reviewed_at": latest.at,
            "instruction": next(amended, row.first_instruction),
            "expires_on": next(due, row.first_review_due),
            "disclosed": latest.disclosed,
            "non_disclosure_reason": latest.non_disclosure_reason,
            "in_force": row.removed_at is None and latest.outcome is not MarkerOutcome.END,
        }
    )


@markers.on(WarningMarkerRemoved, keys=_its_marker)
def _removed(row: MarkerRow | None, event: WarningMarkerRemoved, _: str) -> MarkerRow | None:
    if row is None or (row.removed_at is not None and event.occurred_at >= row.removed_at):
        return row
    return row.model_copy(
        update={
            "in_force": False,
            "removed_at": event.occurred_at,
            "removed_reason": event.reason,
        }
    )
