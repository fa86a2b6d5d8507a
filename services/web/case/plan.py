"""Actions, referrals and meetings of a case: who owes what to whom, and since when."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.responses import HTMLResponse

from domain.events.referrals import (
    FeedbackChased,
    FeedbackReceived,
    ReferralAcknowledged,
    ReferralDecisionReceived,
    ReferralResubmitted,
    ReferralSent,
    ReferralWithdrawn,
)
from domain.vocabulary.meetings import InviteState
from projections import action_plan as actions
from projections import referrals as tracker
from projections.action_plan import ActionRow, ActionStatus
from projections.meetings import MeetingRow, meetings
from projections.referral_answers import ReferralAssurance, Unanswered
from projections.referrals import ReferralRow
from projections.timeline import timeline
from services.happening import span, with_days
from services.web.case.banner import Tag
from services.web.case.opened_case import OpenedCase
from services.web.dates import day, happened

_STATUS = {
    ActionStatus.AGREED: "blue",
    ActionStatus.IN_PROGRESS: "yellow",
    ActionStatus.COMPLETED: "green",
    ActionStatus.CANCELLED: "grey",
}
_ASSURANCE = {
    ReferralAssurance.NONE: "red",
    ReferralAssurance.ACKNOWLEDGED: "yellow",
    ReferralAssurance.DECISION_KNOWN: "yellow",
    ReferralAssurance.RISK_ASSESSED: "blue",
    ReferralAssurance.MITIGATION_CONFIRMED: "green",
}
_OF_REFERRALS = frozenset(
    each.__name__
    for each in (
        ReferralSent,
        ReferralResubmitted,
        ReferralAcknowledged,
        ReferralDecisionReceived,
        FeedbackChased,
        FeedbackReceived,
        ReferralWithdrawn,
    )
)
_REFERENCE = re.compile(r"[Rr]eferral (\S+?)(?=[:,]?(?:\s|$))")
"""How every headline of theirs names the referral."""

_IN_ORDER = (InviteState.INVITED_IN_TIME, InviteState.DECLINED)


@dataclass(frozen=True, slots=True)
class DueAction:
    """An action, and how it stands on the day."""

    row: ActionRow
    note: str
    overdue: bool
    tag: Tag
    came_of: Sequence[str]


def show_actions(case: OpenedCase) -> HTMLResponse:
    """Show the action plan, what is open and due first on top."""
    rows = case.rows(actions.action_plan)
    told = [_action(case, row) for row in sorted(rows, key=_urgency)]
    return case.render(
        "actions.html",
        open=[each for each in told if each.row.is_open],
        ended=[each for each in told if not each.row.is_open],
        overdue=sum(each.overdue for each in told),
    )


def _urgency(row: ActionRow) -> tuple[bool, Any, str]:
    return (not row.is_open, row.due, row.action_id)


def _action(case: OpenedCase, row: ActionRow) -> DueAction:
    days = (row.due - case.today).days
    note = ""
    if row.is_open:
        note = "Due today" if days == 0 else f"In {span(days)}" if days > 0 else _over(-days)
    tag = (row.status.label, _STATUS[row.status])
    overdue = actions.is_overdue(row, case.today)
    return DueAction(row, note, overdue, tag, tuple(_came_of(row)))


def _over(days: int) -> str:
    return f"{span(days)} overdue"


def _came_of(row: ActionRow) -> Iterator[str]:
    if row.due != row.first_due:
        yield f"First due {day(row.first_due)}."
    if row.last_note and row.last_note_at:
        yield f"{day(row.last_note_at)}: {row.last_note}"
    if row.completed_at:
        yield f"Completed {day(row.completed_at)}."
    for heading, text in (
        ("Found", row.findings),
        ("Shown by", row.evidence_note),
        ("Changed", row.impact),
    ):
        if text:
            yield f"{heading}: {text}"
    if row.cancelled_at and row.cancellation_reason:
        note = f": {row.cancellation_note}" if row.cancellation_note else ""
        yield f"Cancelled {day(row.cancelled_at)}, {row.cancellation_reason.label.lower()}{note}"
    if row.reopened_at:
        yield f"Opened again {day(row.reopened_at)}: {row.reopened_reason or 'no reason recorded'}"
    if row.carried_over:
        yield "The case was closed with this still open; its owner has it."


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was sent or heard on a referral."""

    when: str
    what: str
    href: str


@dataclass(frozen=True, slots=True)
class TrackedReferral:
    """A referral, how far it has come, and its log."""

    row: ReferralRow
    tag: Tag
    due_note: str
    overdue: bool
    steps: Sequence[Step]


def show_referrals(case: OpenedCase) -> HTMLResponse:
    """Show the referrals, each with what is still owed on it and who was asked again when."""
    rows = sorted(case.rows(tracker.referrals), key=lambda row: (row.sent_at, row.referral_id))
    log = _log(case)
    told = [_referral(case, row, log.get(row.referral_id, ())) for row in rows]
    return case.render("referrals.html", referrals=told)


def _referral(case: OpenedCase, row: ReferralRow, steps: Sequence[Step]) -> TrackedReferral:
    overdue = tracker.is_overdue(row, case.today)
    days = (row.feedback_due - case.today).days
    note = ""
    if Unanswered.FEEDBACK in row.unanswered:
        note = "Due today" if days == 0 else f"In {span(days)}" if days > 0 else _over(-days)
    tag = (row.assurance.label, _ASSURANCE[row.assurance])
    if row.withdrawn_at:
        tag = ("Withdrawn", "grey")
    return TrackedReferral(row, tag, note, overdue, steps)


def _log(case: OpenedCase) -> dict[str, list[Step]]:
    """Return what the timeline has of each referral, whose reference its headlines name."""
    found: dict[str, list[Step]] = {}
    for row in case.shown[timeline.name]:
        named = _REFERENCE.search(row["headline"]) if row["type"] in _OF_REFERRALS else None
        if named:
            found.setdefault(named[1], []).append(_step(case, row))
    return found


def _step(case: OpenedCase, row: dict[str, Any]) -> Step:
    until = row["occurred_to"] and datetime.fromisoformat(row["occurred_to"])
    at = datetime.fromisoformat(row["occurred_at"])
    when = happened(at, row["occurred_precision"], until)
    return Step(when, with_days(row["headline"]), case.event(row["version"]))


@dataclass(frozen=True, slots=True)
class ToldMeeting:
    """A meeting, and whether housing was asked to it."""

    row: MeetingRow
    when: datetime | None
    invited: Tag
    notice: str


def show_meetings(case: OpenedCase) -> HTMLResponse:
    """Show the meetings, the latest first, with who was asked and who came."""
    rows = sorted(case.rows(meetings), key=_when, reverse=True)
    return case.render("meetings.html", meetings=[_meeting(row) for row in rows])


def _when(row: MeetingRow) -> tuple[str, str]:
    known = row.held_at or row.scheduled_for or row.convened_at or row.missed_discovered_at
    return (known.isoformat() if known else "", row.meeting_id)


def _meeting(row: MeetingRow) -> ToldMeeting:
    colour = "green" if row.invite_state in _IN_ORDER else "red"
    if row.invite_state is InviteState.UNKNOWN:
        colour = "grey"
    return ToldMeeting(
        row, row.held_at or row.scheduled_for, (row.invite_state.label, colour), _notice(row)
    )


def _notice(row: MeetingRow) -> str:
    days = row.invite_notice_days
    if days is None:
        return ""
    if days == 0:
        return "on the day"
    return f"{span(days)} before it" if days > 0 else "after it"
