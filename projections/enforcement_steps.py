"""Warnings and legal steps: what went before each, and whether it has to be looked at again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict

from domain.events.enforcement import (
    EnforcementActionTaken,
    EnforcementReviewed,
    EnforcementStep,
    WarningIssued,
)
from domain.events.fields import Part
from domain.events.voice import CapacityConsidered
from domain.personal import NotPersonal
from domain.rules.enforcement import review_owed_by
from domain.rules.history import History
from domain.rules.policy import Policy
from domain.streams import FILES
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.risk import EnforcementKind, EnforcementOutcome, PossessionGround
from domain.vocabulary.voice import CapacityOutcome
from projections.event_row import EventRow, told_by
from projections.personal_columns import Account, Offence, Pseudonym
from projections.read_model import ReadModel

_NO_LONGER = (EnforcementOutcome.WITHDRAWN, EnforcementOutcome.APOLOGY)


class EnforcementReview(Part):
    """What one review of a warning or legal step made of it."""

    at: datetime
    outcome: EnforcementOutcome
    reason: Account[str]


class EnforcementRow(EventRow):
    """One warning or legal step; it stays listed once it was withdrawn."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    kind: EnforcementKind
    """What was issued or taken."""
    is_legal_step: bool
    """Whether it is more than a warning: an `EnforcementActionTaken`."""
    against: Pseudonym[str]
    """Against whom."""
    ground: Offence[str | None]
    """What the person is said to have done."""
    possession_ground: PossessionGround | None
    """Where possession is sought: whether the court has a choice."""
    statutory_ground: Annotated[str | None, NotPersonal("names a ground in law")]
    """The ground as the law numbers it."""
    proportionality_note: Account[str]
    """Why it was held proportionate."""
    equality_check: YesNoUnknown
    """Whether it was checked against the duty to treat people equally."""
    capacity_considered: bool
    """Whether the person's capacity to take some decision had been considered by then."""
    capacity_event: UUID | None
    """The consideration of capacity that it names, or else the latest by then."""
    capacity_outcome: CapacityOutcome | None
    """What was found there."""
    capacity_decision: Account[str | None]
    """The decision that was to be taken; capacity holds for no other."""
    capacity_at: datetime | None
    """When it was considered."""
    block_override_reason: Account[str | None]
    """Why it went ahead though capacity, or how to reach the person, had not been considered."""
    in_force: bool
    """False once a review withdrew it."""
    review_owed: bool
    """Whether it has to be looked at again: whom it is against has come to be seen as harmed or at
    risk, and nobody has reviewed it since. What rule R8 watches."""
    review_owed_since: datetime | None
    """Since when: when that, and the step itself, were known."""
    review_owed_by: UUID | None
    """The event by which that was known."""
    review_outcome: EnforcementOutcome | None
    """What the latest review made of it; None while not reviewed."""
    reviewed_at: datetime | None
    """When it was last reviewed."""
    review_reason: Account[str | None]
    """The reasons of that review."""
    reviews: tuple[EnforcementReview, ...]
    """Every review, in order of happening."""


enforcement = ReadModel("enforcement", 1, EnforcementRow, streams=FILES)


@enforcement.of_whole_streams()
def _steps(file: History, policy: Policy) -> Iterable[EnforcementRow]:
    for step in file.all(WarningIssued, EnforcementActionTaken):
        yield _row(file, step)


def _row(file: History, step: EnforcementStep) -> EnforcementRow:
    legal = step if isinstance(step, EnforcementActionTaken) else None
    capacity = _capacity(file, step)
    owed_by = review_owed_by(file, step)
    reviews = tuple(
        EnforcementReview(at=it.occurred_at, outcome=it.outcome, reason=it.reason)
        for it in file.all(EnforcementReviewed)
        if it.action.event_id == step.event_id
    )
    latest = reviews[-1] if reviews else None
    return EnforcementRow(
        **told_by(step),
        kind=step.kind,
        is_legal_step=legal is not None,
        against=step.against,
        ground=step.ground,
        possession_ground=legal.possession_ground if legal else None,
        statutory_ground=legal.statutory_ground if legal else None,
        proportionality_note=step.proportionality_note,
        equality_check=step.equality_check,
        capacity_considered=capacity is not None or step.capacity_ref is not None,
        capacity_event=capacity.event_id if capacity else None,
        capacity_outcome=capacity.outcome if capacity else None,
        capacity_decision=capacity.decision if capacity else None,
        capacity_at=capacity.occurred_at if capacity else None,
        block_override_reason=legal.block_override_reason if legal else None,
        in_force=latest is None or latest.outcome not in _NO_LONGER,
        review_owed=owed_by is not None,
        review_owed_since=max(owed_by.known_at, step.known_at) if owed_by else None,
        review_owed_by=owed_by.event_id if owed_by else None,
        review_outcome=latest.outcome if latest else None,
        reviewed_at=latest.at if latest else None,
        review_reason=latest.reason if latest else None,
        reviews=reviews,
    )


def _capacity(file: History, step: EnforcementStep) -> CapacityConsidered | None:
    named = step.capacity_ref.event_id if step.capacity_ref else None
    considered = file.all(CapacityConsidered)
    by_name = [it for it in considered if it.event_id == named]
    before = [
        it for it in considered if it.person == step.against and it.occurred_at <= step.occurred_at
    ]
    return next(iter((*by_name, *reversed(before))), None)
