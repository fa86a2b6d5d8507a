"""Multi-agency meetings, and whether housing was at the table."""

from services.web.forms.words.words import Words

NAME = "Meetings"
TITLES = {
    "MeetingConvened": "A meeting called",
    "StrategyMeetingHeld": "A meeting held",
    "MinutesReceived": "Minutes received",
    "MeetingMissedDiscovered": "A meeting we were not at",
}
WORDS = {
    "meeting_id": Words("Which meeting?"),
    "MeetingConvened.meeting_id": Words(
        "Does it have a reference already?", "Leave it empty and we make one."
    ),
    "StrategyMeetingHeld.meeting_id": Words(
        "Which meeting?", "Leave it empty if it was not called through us: we make a reference."
    ),
    "at": Words("When is it to be held?"),
    "convenor": Words("Who called it?"),
    "housing_invited": Words("Were we invited?"),
    "invite_basis": Words("Why were we invited?"),
    "invite_received_at": Words("When did the invitation reach us?"),
    "attendees": Words("Who was there, or should have been?"),
    "Attendee.agency": Words("Which agency?"),
    "Attendee.role": Words("Who?", "A job, for example social worker."),
    "Attendee.attendance": Words("Did they come?"),
    "invite_state": Words("Were we invited?"),
    "new_information": Words("What did we learn that we had not known?"),
    "risks_agreed": Words("Which risks were agreed?"),
    "plan_ref": Words("Which plan came of it?"),
    "minutes_received_at": Words("When did we get the minutes?", "Leave it empty if we have not."),
    "dissent": Words("What did we not agree with?"),
    "from_agency": Words("Who sent them?"),
    "held_at": Words("When was it held?"),
    "MeetingMissedDiscovered.how": Words("How did we find out?"),
    "impact": Words("What came of our not being there?"),
}
