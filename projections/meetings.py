"""Multi-agency meetings: who called them, whether housing was asked in time, who came."""

from datetime import datetime
from typing import ClassVar

from pydantic import ConfigDict

from domain.events.meetings import Attendee, MeetingConvened, StrategyMeetingHeld
from domain.times import in_london
from domain.vocabulary.coded import CodedList
from domain.vocabulary.consent import Agency
from domain.vocabulary.meetings import Forum, InviteBasis, InviteState
from projections.read_model import ReadModel, Row


class MeetingStatus(CodedList, source="Case Timeline"):
    """Whether a meeting has taken place, as far as the landlord knows."""

    CONVENED = "convened", "Called"
    HELD = "held", "Held"


class MeetingRow(Row):
    """One meeting about a case. The landlord may learn of it only after it was held."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "meeting_id"

    meeting_id: str
    """The meeting's reference within its case."""
    forum: Forum
    """The kind of meeting or panel."""
    status: MeetingStatus
    """Whether it has taken place."""
    convened_at: datetime | None = None
    """When it was called; None where the landlord knows only that it was held."""
    scheduled_for: datetime | None = None
    """When it was to be held."""
    convenor: Agency | None = None
    """Who called it."""
    invite_state: InviteState
    """Whether housing was asked: as it turned out if the meeting was held, else as it stands."""
    invite_basis: InviteBasis | None = None
    """Why housing was asked."""
    invite_received_at: datetime | None = None
    """When housing was asked."""
    invite_notice_days: int | None = None
    """Calendar days in England from being asked to the meeting; negative if asked afterwards."""
    held_at: datetime | None = None
    """When it was held."""
    attendees: tuple[Attendee, ...] = ()
    """Who came, sent apologies or was not asked: agency, role and attendance of each."""
    minutes_received_at: datetime | None = None
    """When the minutes reached the landlord; None while they have not."""
    new_information: bool = False
    """Whether the landlord learned there what it had not known."""
    plan_ref: str | None = None
    """The plan agreed there."""


meetings = ReadModel("meetings", 1, MeetingRow)


def _its_meeting(event: MeetingConvened | StrategyMeetingHeld) -> tuple[str, ...]:
    return (event.meeting_id,)


@meetings.on(MeetingConvened, keys=_its_meeting)
def _convened(row: MeetingRow | None, event: MeetingConvened, _: str) -> MeetingRow:
    row = row or MeetingRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        meeting_id=event.meeting_id,
        forum=event.forum,
        status=MeetingStatus.CONVENED,
        invite_state=event.housing_invited,
    )
    changes: dict[str, object] = {
        "convened_at": event.occurred_at,
        "scheduled_for": event.at,
        "convenor": event.convenor,
        "invite_basis": event.invite_basis,
        "invite_received_at": event.invite_received_at,
    }
    if row.status is MeetingStatus.CONVENED:
        changes |= {"forum": event.forum, "invite_state": event.housing_invited}
    return _with_notice(row.model_copy(update=changes))


@meetings.on(StrategyMeetingHeld, keys=_its_meeting)
def _held(row: MeetingRow | None, event: StrategyMeetingHeld, _: str) -> MeetingRow:
    row = row or MeetingRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        meeting_id=event.meeting_id,
        forum=event.forum,
        status=MeetingStatus.HELD,
        invite_state=event.invite_state,
    )
    changes = {
        "forum": event.forum,
        "status": MeetingStatus.HELD,
        "invite_state": event.invite_state,
        "held_at": event.occurred_at,
        "attendees": event.attendees,
        "minutes_received_at": event.minutes_received_at,
        "new_information": event.new_information is not None,
        "plan_ref": event.plan_ref,
    }
    return _with_notice(row.model_copy(update=changes))


def _with_notice(row: MeetingRow) -> MeetingRow:
    meeting = row.held_at or row.scheduled_for
    if meeting is None or row.invite_received_at is None:
        return row
    notice = in_london(meeting).date() - in_london(row.invite_received_at).date()
    return row.model_copy(update={"invite_notice_days": notice.days})
