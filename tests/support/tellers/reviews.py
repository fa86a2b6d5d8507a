"""Tells events of the group reviews: reviews, what they make of events, what is learned."""

from domain.events.reviews import (
    ChronologyEntryCurated,
    ChronologySubmitted,
    LearningDisseminated,
    RecommendationAccepted,
    RecommendationImplemented,
    ReviewNotified,
)
from tests.support.telling import teller, the

review_notified = teller(
    ReviewNotified,
    review_id="SAR-1",
    review_type="sar-discretionary",
    commissioner="Safeguarding Adults Board",
)
chronology_entry_curated = teller(
    ChronologyEntryCurated,
    review_id="SAR-1",
    event=the("entry"),
    include=True,
    significance="key-event",
)
chronology_submitted = teller(
    ChronologySubmitted,
    review_id="SAR-1",
    chronology_version=1,
    sha256="0" * 64,
    recipient="Safeguarding Adults Board",
)
recommendation_accepted = teller(
    RecommendationAccepted,
    recommendation_id="REC-1",
    text="Screen every report of antisocial behaviour for safeguarding.",
    owner="staff:1",
    due="2025-03-31",
)
recommendation_implemented = teller(
    RecommendationImplemented,
    recommendation_id="REC-1",
    evidence_note="The form asks for it, and ten reports were looked at.",
)
learning_disseminated = teller(
    LearningDisseminated, audience=("frontline-staff",), how="case-study"
)
