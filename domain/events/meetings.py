"""Group f: multi-agency meetings, and whether housing was at the table."""

from typing import Annotated

from pydantic import Field
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import ItemId, Narrative, Part, RoleName
from domain.times import Timestamp, in_london
from domain.vocabulary.consent import Agency
from domain.vocabulary.meetings import (
    Attendance,
    Forum,
    InviteBasis,
    InviteState,
    MissedDiscovery,
)


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
    """When the minutes came, if they had by then; later ones are told by `MinutesReceived`."""
    dissent: Narrative | None = None
    """What the landlord did not agree with."""

    @override
    def headline(self) -> str:
        came = sum(place.attendance is Attendance.ATTENDED for place in self.attendees)
        return (
            f"Meeting {self.meeting_id} held ({self.forum.label}), {came} attended; "
            f"housing: {self.invite_state.label.lower()}"
        )


class MinutesReceived(CaseEvent):
    """The minutes of a meeting reached the landlord, at `occurred_at`, and what they say."""

    SUMMARY = "The minutes of a meeting were received."
    ACCOUNT = ("new_information", "risks_agreed", "dissent")

    meeting_id: ItemId
    """The meeting's reference; the minutes may be the first that tells of it."""
    from_agency: Agency | None = None
    """Who sent them."""
    new_information: Narrative | None = None
    """What the landlord learned from them that it had not known."""
    risks_agreed: Narrative | None = None
    dissent: Narrative | None = None
    """What the landlord does not agree with."""

    @override
    def headline(self) -> str:
        sender = f" from {self.from_agency.label}" if self.from_agency else ""
        return f"Minutes of meeting {self.meeting_id} received{sender}"


class MeetingMissedDiscovered(CaseEvent):
    """The landlord came to know, at `occurred_at`, of a meeting that was held without it.

    What came to be known of the meeting itself may be told by a `StrategyMeetingHeld` beside it.
    """

    SUMMARY = "A meeting turned out to have been held without housing."
    ACCOUNT = ("impact",)
    BEGINS = "meeting_id"

    meeting_id: ItemId | None = None
    """Its reference, where the landlord has one."""
    forum: Forum = Forum.UNKNOWN
    convenor: Agency | None = None
    held_at: Timestamp
    """When it was held; where only the day is known, the beginning of that day."""
    how: MissedDiscovery
    """How the landlord came to know."""
    invite_state: InviteState = InviteState.UNKNOWN
    """Why housing was not there, such as that it was not invited or was asked to leave."""
    impact: Narrative | None = None
    """What came of housing not being there."""

    @override
    def headline(self) -> str:
        which = f" {self.meeting_id}" if self.meeting_id else ""
        return (
            f"Meeting{which} ({self.forum.label}) held without housing on "
            f"{in_london(self.held_at).date()}; housing: {self.invite_state.label.lower()}"
        )
