"""Tells events of the group authorities: what an authority wants, its contacts and forums."""

from domain.events.authorities import (
    AuthorityContactEnded,
    AuthorityContactRecorded,
    FeedbackAgreementMade,
    ForumMeetingAttended,
    ForumSeatEnded,
    ForumSeatRecorded,
    ThresholdPolicyAdopted,
)
from tests.support.telling import teller

threshold_policy_adopted = teller(
    ThresholdPolicyAdopted,
    mode="refer-serious",
    policy_source="Adult thresholds guide",
    policy_version="2024-1",
    valid_from="2024-04-01",
)
feedback_agreement_made = teller(
    FeedbackAgreementMade,
    who="Duty manager",
    how="secure-email",
    agreement_version="2024-1",
    valid_from="2024-04-01",
)
authority_contact_recorded = teller(
    AuthorityContactRecorded,
    contact_id="C1",
    role="MASH duty desk",
    organisation="Borough council",
    route="mash",
)
authority_contact_ended = teller(AuthorityContactEnded, contact_id="C1")
forum_seat_recorded = teller(ForumSeatRecorded, forum_id="F1", forum="marac", seat_basis="member")
forum_seat_ended = teller(ForumSeatEnded, forum_id="F1")
forum_meeting_attended = teller(
    ForumMeetingAttended, forum_id="F1", held_on="2024-05-02", attended=True
)
