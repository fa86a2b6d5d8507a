"""Group f: multi-agency meetings, and whether housing was at the table."""

from typing import Annotated

from pydantic import Field
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import ItemId, Narrative, Part, RoleName
from domain.times import Timestamp
from domain.vocabulary.consent import Agency
from domain.vocabulary.meetings import Attendance, Forum, InviteBasis, InviteState


class MeetingConvened(CaseEvent):
    """A meeting was called for a moment to come, or for one the landlord learned of late."""

    SUMMARY = "A multi-agency meeting was called."
    BEGINS = "meeting_id"

    meeting_id: ItemId
    forum: Forum
    at: Timestamp
    """When the meeting is to be held."""
    convenor: Agency
    housing_invited: InviteState
    invite_basis: InviteBasis | None = None
    invite_received_at: Timestamp | None = None

    @override
    def headline(self) -> str:
        return (
            f"Meeting {self.meeting_id} called ({self.forum.label}) by {self.convenor.label}; "
            f"housing: {self.housing_invited.label.lower()}"
        )


class Attendee(Part):
    """One place at the table: an agency, in what role, and whether it was taken up."""

    agency: Agency
    role: RoleName
    attendance: Attendance = Attendance.ATTENDED


class StrategyMeetingHeld(CaseEvent):
    """A meeting took place at `occurred_at`; the landlord may not have known of it beforehand."""

    SUMMARY = "A multi-agency meeting was held."
    ACCOUNT = ("new_information", "risks_agreed")
    BEGINS = "meeting_id"

    meeting_id: ItemId
    forum: Forum
    attendees: Annotated[tuple[Attendee, ...], Field(min_length=1, max_length=100)]
    invite_state: InviteState
    """Whether housing was invited, as it turned out."""
    new_information: Narrative | None = None
    """What the landlord learned there that it had not known."""
    risks_agreed: Narrative | None = None
    plan_ref: ItemId | None = None
    minutes_received_at: Timestamp | None = None
    dissent: Narrative | None = None

    @override
    def headline(self) -> str:
        came = sum(place.attendance is Attendance.ATTENDED for place in self.attendees)
        return (
            f"Meeting {self.meeting_id} held ({self.forum.label}), {came} attended; "
            f"housing: {self.invite_state.label.lower()}"
        )
