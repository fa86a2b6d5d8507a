"""Reviews that look back on a case, and what is learned from them."""

from collections.abc import Sequence
from hashlib import sha256

from domain.events.reviews import (
    ChronologyEntryCurated,
    ChronologySubmitted,
    LearningDisseminated,
    RecommendationAccepted,
    RecommendationImplemented,
    ReviewNotified,
)
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.reviews import (
    Impact,
    LearningAudience,
    LearningMethod,
    ReviewType,
    Significance,
)
from domain.vocabulary.rights import AccessPurpose
from services.simulation.case import Case
from services.simulation.steps.records import exported
from services.simulation.telling import Said
from services.simulation.world import GOVERNANCE, MANAGER


def reviewed(case: Case, entries: Sequence[Said]) -> None:
    """Have a review look back on the case, up to what is learned from it."""
    dice = case.dice
    review = case.item("review")
    commissioner = f"Safeguarding Adults Board of {case.authority.name}"
    case.tell(
        ReviewNotified,
        GOVERNANCE,
        review_id=review,
        review_type=dice.code(ReviewType),
        commissioner=commissioner,
        scope_from=case.day(-400),
        scope_to=case.day(),
        persons=[case.person],
        due=case.day(28),
    )
    case.wait(2, 8)
    for entry in entries:
        include = case.chance(0.9)
        case.tell(
            ChronologyEntryCurated,
            MANAGER,
            review_id=review,
            event=entry.ref,
            include=include,
            significance=dice.code(Significance),
            analysis="Seen by itself, not beside the two before." if case.chance(0.5) else None,
            impact=dice.code(Impact) if include else None,
            policy_expectation_met=dice.code(YesNoUnknown),
        )
    case.wait(5, 12)
    case.tell(
        ChronologySubmitted,
        GOVERNANCE,
        review_id=review,
        chronology_version=1,
        sha256=sha256(f"{review}/1".encode()).hexdigest(),
        recipient=commissioner,
    )
    exported(case, AccessPurpose.REVIEW, commissioner)
    case.wait(30, 60)
    _learned_from(case, review)


def _learned_from(case: Case, review: str) -> None:
    dice = case.dice
    recommendation = case.item("rec")
    case.tell(
        RecommendationAccepted,
        GOVERNANCE,
        recommendation_id=recommendation,
        review_id=review,
        text="Screen every antisocial behaviour report for who may be at risk.",
        owner=case.manager,
        due=case.day(90),
    )
    case.wait(20, 45)
    case.tell(
        RecommendationImplemented,
        GOVERNANCE,
        recommendation_id=recommendation,
        evidence_note="The screening question is in the form.",
    )
    case.tell(
        LearningDisseminated,
        GOVERNANCE,
        recommendation_ids=[recommendation],
        audience=dice.codes(LearningAudience, 1, 4),
        how=dice.code(LearningMethod),
    )
