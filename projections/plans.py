"""Safeguarding plans: what they aim at, when they are looked at again, who took part."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from domain.events.fields import Part
from domain.events.plan import SafeguardingPlanAgreed, SafeguardingPlanReviewed
from domain.rules.history import History
from domain.rules.policy import Policy
from domain.vocabulary.plan import PersonInvolvement, PlanReviewOutcome
from domain.vocabulary.record import Sensitivity
from projections.event_row import in_case, strictest
from projections.personal_columns import Account, Reference
from projections.read_model import ReadModel, Row


class PlanReview(Part):
    """One look at a plan."""

    event_id: UUID
    at: datetime
    outcome: PlanReviewOutcome
    aims: Account[tuple[str, ...]]
    """What is to be different from then on; none where that was not amended."""
    next_review_due: date | None
    person_involved: PersonInvolvement
    not_involved_reason: Account[str | None]


class PlanRow(Row):
    """One safeguarding plan as its latest review leaves it."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "plan_id"

    plan_id: Reference[str]
    """The plan's reference within its case."""
    agreed_at: datetime
    """When it was agreed."""
    known_at: datetime
    """When the landlord first knew of it."""
    aims: Account[tuple[str, ...]]
    """What is to be different for the person, as last amended."""
    aims_agreed: Account[tuple[str, ...]]
    """What was to be different when the plan was agreed."""
    person_involved: PersonInvolvement
    """Whether the person took part, at the latest occasion."""
    not_involved_reason: Account[str | None]
    """Why not, if so."""
    is_active: bool
    """Whether the plan is in force."""
    first_review_due: date
    """When it was to be looked at first."""
    review_due: date | None
    """When it is to be looked at next; None once it has ended."""
    reviews: tuple[PlanReview, ...]
    """Every look at it, in order of happening."""
    review_count: int
    """How many those are."""
    last_reviewed_at: datetime | None
    """When it was last looked at."""
    last_outcome: PlanReviewOutcome | None
    """What that came to."""
    ended_at: datetime | None
    """When it ended; None while it is in force."""
    sensitivity: Sensitivity
    """Who may see it: the strictest of what it is made of."""


plans = ReadModel("plans", 1, PlanRow)


@plans.of_whole_streams(SafeguardingPlanAgreed, SafeguardingPlanReviewed)
def _plans(history: History, policy: Policy) -> Iterable[PlanRow]:
    for plan in history.all(SafeguardingPlanAgreed):
        reviews = history.all(SafeguardingPlanReviewed)
        yield _row(plan, [review for review in reviews if review.plan_id == plan.plan_id])


def _row(plan: SafeguardingPlanAgreed, reviews: Sequence[SafeguardingPlanReviewed]) -> PlanRow:
    latest = reviews[-1] if reviews else None
    ended = latest is not None and not latest.outcome.goes_on
    word = latest or plan
    amended = [review.aims for review in reviews if review.aims]
    return PlanRow(
        **in_case(plan),
        plan_id=plan.plan_id,
        agreed_at=plan.occurred_at,
        known_at=plan.known_at,
        aims=amended[-1] if amended else plan.aims,
        aims_agreed=plan.aims,
        person_involved=word.person_involved,
        not_involved_reason=word.not_involved_reason,
        is_active=not ended,
        first_review_due=plan.review_due,
        review_due=_next_due(plan, latest),
        reviews=tuple(map(_review, reviews)),
        review_count=len(reviews),
        last_reviewed_at=latest and latest.occurred_at,
        last_outcome=latest and latest.outcome,
        ended_at=latest.occurred_at if latest and ended else None,
        sensitivity=strictest([plan, *reviews]),
    )


def _next_due(plan: SafeguardingPlanAgreed, latest: SafeguardingPlanReviewed | None) -> date | None:
    if latest is None:
        return plan.review_due
    return latest.next_review_due if latest.outcome.goes_on else None


def _review(event: SafeguardingPlanReviewed) -> PlanReview:
    return PlanReview(
        event_id=event.event_id,
        at=event.occurred_at,
        outcome=event.outcome,
        aims=event.aims,
        next_review_due=event.next_review_due,
        person_involved=event.person_involved,
        not_involved_reason=event.not_involved_reason,
    )
