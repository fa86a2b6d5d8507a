"""What reviews recommended and the landlord took on, and how what was learned is passed on."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar

from pydantic import ConfigDict

from domain.events.envelope import CaseEvent
from domain.events.fields import Evidence
from domain.events.reviews import (
    LearningDisseminated,
    RecommendationAccepted,
    RecommendationImplemented,
)
from domain.rules.history import History
from domain.rules.policy import Policy
from domain.streams import CASES_AND_ORGANISATIONS
from domain.vocabulary.record import Sensitivity
from domain.vocabulary.reviews import LearningAudience, LearningMethod
from projections.event_row import EventRow, days_between, in_case, strictest, told_by
from projections.personal_columns import Account, Identity, Reference
from projections.read_model import ReadModel, Row


class RecommendationRow(Row):
    """One recommendation, in a case or of the landlord as a whole."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "recommendation_id"

    recommendation_id: Reference[str]
    """The recommendation's reference."""
    review_id: Reference[str | None]
    """The review it comes from, which may be on another file."""
    text: Account[str]
    """What is recommended."""
    owner: Identity[str]
    """Who sees to it."""
    accepted_at: datetime
    """When the landlord took it on."""
    known_at: datetime
    """When that was first known."""
    due: date
    """The day by which it is to be carried out."""
    implemented_at: datetime | None
    """When it was first said to be carried out; None while it is not."""
    days_late: int | None
    """Calendar days from the due day to that; negative where it came before."""
    evidence_note: Account[str | None]
    """What shows that it is carried out, as last told."""
    evidence: tuple[Evidence, ...]
    """Documents that show it, pinned by their hashes."""
    evidence_count: int
    """How many those are."""
    disseminated_at: datetime | None
    """When what was learned from it was first passed on, as far as this file tells; see
    `learning` for what other files do."""
    disseminated_to: tuple[LearningAudience, ...]
    """To whom it was, each once."""
    sensitivity: Sensitivity
    """Who may see it: the strictest of what it is made of."""


class LearningRow(EventRow):
    """One time that what was learned was passed on."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    recommendation_ids: Reference[tuple[str, ...]]
    """The recommendations it follows from, on any file."""
    audience: tuple[LearningAudience, ...]
    """Who was told."""
    how: LearningMethod
    """How they were told."""


recommendations = ReadModel(
    "recommendations", 1, RecommendationRow, streams=CASES_AND_ORGANISATIONS
)
learning = ReadModel("learning", 1, LearningRow, streams=CASES_AND_ORGANISATIONS)


@recommendations.of_whole_streams(
    RecommendationAccepted, RecommendationImplemented, LearningDisseminated
)
def _recommendations(history: History, policy: Policy) -> Iterable[RecommendationRow]:
    return [_row(accepted, history) for accepted in history.all(RecommendationAccepted)]


def _row(accepted: RecommendationAccepted, history: History) -> RecommendationRow:
    reference = accepted.recommendation_id
    done = history.all(
        RecommendationImplemented, where=lambda event: event.recommendation_id == reference
    )
    told = history.all(
        LearningDisseminated, where=lambda event: reference in event.recommendation_ids
    )
    evidence = tuple(document for event in done for document in event.evidence)
    return RecommendationRow(
        **in_case(accepted),
        recommendation_id=reference,
        review_id=accepted.review_id,
        text=accepted.text,
        owner=accepted.owner,
        accepted_at=accepted.occurred_at,
        known_at=accepted.known_at,
        due=accepted.due,
        implemented_at=done[0].occurred_at if done else None,
        days_late=days_between(accepted.due, done[0].occurred_at) if done else None,
        evidence_note=done[-1].evidence_note if done else None,
        evidence=evidence,
        evidence_count=len(evidence),
        disseminated_at=told[0].occurred_at if told else None,
        disseminated_to=tuple(dict.fromkeys(to for event in told for to in event.audience)),
        sensitivity=strictest([accepted, *done, *told]),
    )


def _itself(event: CaseEvent) -> tuple[str, ...]:
    return (str(event.event_id),)


@learning.on(LearningDisseminated, keys=_itself)
def _passed_on(row: LearningRow | None, event: LearningDisseminated, key: str) -> LearningRow:
    return LearningRow(
        **told_by(event),
        recommendation_ids=event.recommendation_ids,
        audience=event.audience,
        how=event.how,
    )
