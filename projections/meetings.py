"""Multi-agency meetings: who called them, whether housing was asked in time, who came."""

from datetime import datetime
from typing import ClassVar

from pydantic import ConfigDict

from domain.events.envelope import CaseEvent
from domain.events.meetings import (
    Attendee,
    MeetingConvened,
    MeetingMissedDiscovered,
    MinutesReceived,
    StrategyMeetingHeld,
)
from domain.times import in_london
from domain.vocabulary.coded import CodedList
from domain.vocabulary.consent import Agency
from domain.vocabulary.meetings import Forum, InviteBasis, InviteState, MissedDiscovery
from projections.personal_columns import Reference
from projections.read_model import ReadModel, Row


class MeetingStatus(CodedList, source="Case Timeline"):
    """Whether a meeting has taken place, as far as the landlord knows."""

    CONVENED = "convened", "Called"
    HELD = "held", "Held"


class MeetingRow(Row):
    """One meeting about a case. The landlord may learn of it only after it was held."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "meeting_id"

    meeting_id: Reference[str]
    """The meeting's reference within its case; where the landlord has none, the id of the event
    that told of the meeting."""
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
    """When the minutes first reached the landlord; None while they have not."""
    new_information: bool = False
    """Whether the landlord learned there, or from the minutes, what it had not known."""
    plan_ref: Reference[str | None] = None
    """The plan agreed there."""
    missed_discovered_at: datetime | None = None
    """When the landlord found out that it had been held without housing; None where it did not."""
    missed_how: MissedDiscovery | None = None
    """How it found out."""


meetings = ReadModel("meetings", 2, MeetingRow)


def _its_meeting(
    event: MeetingConvened | StrategyMeetingHeld | MinutesReceived,
) -> tuple[str, ...]:
    return (event.meeting_id,)


def _missed_meeting(event: MeetingMissedDiscovered) -> tuple[str, ...]:
    return (event.meeting_id or str(event.event_id),)


@meetings.on(MeetingConvened, keys=_its_meeting)
def _convened(row: MeetingRow | None, event: MeetingConvened, key: str) -> MeetingRow:
    row = row or _first_told_of(event, key)
    changes: dict[str, object] = {
        "convened_at": event.occurred_at,
        "scheduled_for": event.at,
        "convenor": event.convenor,
        "invite_basis": event.invite_basis,
        "invite_received_at": event.invite_received_at,
    }
    if row.forum is Forum.UNKNOWN and not row.attendees:
        changes["forum"] = event.forum
    if row.invite_state is InviteState.UNKNOWN and not row.attendees:
        changes["invite_state"] = event.housing_invited
    return _with_notice(row.model_copy(update=changes))


@meetings.on(StrategyMeetingHeld, keys=_its_meeting)
def _held(row: MeetingRow | None, event: StrategyMeetingHeld, key: str) -> MeetingRow:
    row = row or _first_told_of(event, key)
    changes = {
        "forum": event.forum,
        "status": MeetingStatus.HELD,
        "invite_state": event.invite_state,
        "held_at": event.occurred_at,
        "attendees": event.attendees,
        "minutes_received_at": _earlier(row.minutes_received_at, event.minutes_received_at),
        "new_information": row.new_information or event.new_information is not None,
        "plan_ref": event.plan_ref,
    }
    return _with_notice(row.model_copy(update=changes))


@meetings.on(MinutesReceived, keys=_its_meeting)
def _minuted(row: MeetingRow | None, event: MinutesReceived, key: str) -> MeetingRow:
    row = row or _first_told_of(event, key)
    changes = {
        "status": MeetingStatus.HELD,
        "minutes_received_at": _earlier(row.minutes_received_at, event.occurred_at),
        "new_information": row.new_information or event.new_information is not None,
    }
    return row.model_copy(update=changes)


@meetings.on(MeetingMissedDiscovered, keys=_missed_meeting)
def _missed(row: MeetingRow | None, event: MeetingMissedDiscovered, key: str) -> MeetingRow:
    row = row or _first_told_of(event, key)
    changes: dict[str, object] = {
        "status": MeetingStatus.HELD,
        "convenor": row.convenor or event.convenor,
        "missed_discovered_at": event.occurred_at,
        "missed_how": event.how,
    }
    # Whoever told of the meeting in full knew better.
    if not row.attendees:
        changes["held_at"] = event.held_at
        if event.forum is not Forum.UNKNOWN:
            changes["forum"] = event.forum
        if event.invite_state is not InviteState.UNKNOWN:
            changes["invite_state"] = event.invite_state
    return _with_notice(row.model_copy(update=changes))


def _first_told_of(event: CaseEvent, key: str) -> MeetingRow:
    return MeetingRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        meeting_id=key,
        forum=Forum.UNKNOWN,
        status=MeetingStatus.CONVENED,
        invite_state=InviteState.UNKNOWN,
    )


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(filter(None, (one, other)), default=None)


def _with_notice(row: MeetingRow) -> MeetingRow:
    meeting = row.held_at or row.scheduled_for
    if meeting is None or row.invite_received_at is None:
        return row
    notice = in_london(meeting).date() - in_london(row.invite_received_at).date()
    return row.model_copy(update={"invite_notice_days": notice.days})
