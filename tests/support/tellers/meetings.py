"""Tells events of the group meetings: meetings."""

from domain.events.meetings import (
    MeetingConvened,
    MeetingMissedDiscovered,
    MinutesReceived,
    StrategyMeetingHeld,
)
from tests.support.telling import teller

meeting_convened = teller(
    MeetingConvened,
    meeting_id="M1",
    forum="strategy",
    at="2024-03-20T10:00:00Z",
    convenor="adult-social-care",
    housing_invited="invited-in-time",
)
meeting_held = teller(
    StrategyMeetingHeld,
    meeting_id="M1",
    forum="strategy",
    attendees=({"agency": "police", "role": "Detective sergeant"},),
    invite_state="invited-in-time",
)
minutes_received = teller(MinutesReceived, meeting_id="M1")
meeting_missed = teller(
    MeetingMissedDiscovered, meeting_id="M1", held_at="2024-03-20T10:00:00Z", how="told-by-agency"
)
