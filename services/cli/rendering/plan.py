"""The action plan and the referral tracker as tables."""

from collections.abc import Iterable
from datetime import date, datetime

from rich.console import RenderableType
from rich.text import Text

from projections.action_plan import ActionRow, ActionStatus
from projections.action_plan import is_overdue as action_is_overdue
from projections.referral_answers import Unanswered
from projections.referrals import ReferralRow
from projections.referrals import is_overdue as referral_is_overdue
from services.cli.rendering.tables import table
from services.cli.rendering.theme import lines, shown
from services.cli.rendering.times import day, day_of, often, span


def action_plan(rows: Iterable[ActionRow], today: date) -> RenderableType:
    """Return the actions, the most urgent first; `today` decides what is overdue."""
    listed = table("Action", "Due", "What is to be done", "Owner", whole=("Due",))
    for row in sorted(rows, key=lambda row: (not row.is_open, row.due, row.action_id)):
        listed.add_row(
            lines(
                Text(row.action_id, "title"), Text("safety", "attention") if row.safety else None
            ),
            _due(row, today),
            lines(shown(row.text), _came_of(row)),
            lines(shown(row.owner_org), shown(row.owner, "quiet") if row.owner else None),
        )
    return listed


def _due(row: ActionRow, today: date) -> Text:
    due = Text(day(row.due))
    was = Text(f"was {day(row.first_due)}", "struck") if row.due != row.first_due else None
    if action_is_overdue(row, today):
        due.stylize("alarm")
        return lines(due, was, Text(f"overdue {span((today - row.due).days)}", "alarm"))
    if row.is_open:
        return lines(due, was, Text(f"in {span((row.due - today).days)}", "quiet"))
    return lines(due, was, Text(row.status.label.lower(), "good" if _is_done(row) else "quiet"))


def _is_done(row: ActionRow) -> bool:
    return row.status is ActionStatus.COMPLETED


def _came_of(row: ActionRow) -> Text | None:
    if row.completed_at:
        told = row.findings or row.evidence_note or row.impact
        return shown(f"Completed {day_of(row.completed_at)}{_and(told)}", "quiet")
    if row.cancelled_at and row.cancellation_reason:
        reason = row.cancellation_reason.label.lower()
        told = f"{reason}{_and(row.cancellation_note)}"
        return shown(f"Cancelled {day_of(row.cancelled_at)}, {told}", "quiet")
    if row.last_note and row.last_note_at:
        return shown(f"{day_of(row.last_note_at)}: {row.last_note}", "quiet")
    return None


def _and(more: str | None) -> str:
    return f": {more}" if more else ""


def referral_tracker(rows: Iterable[ReferralRow], today: date) -> RenderableType:
    """Return the referrals, in the order of sending, with what each receiver still owes."""
    listed = table("Referral", "Asked", "Heard", "Still unanswered")
    for row in sorted(rows, key=lambda row: (row.sent_at, row.referral_id)):
        listed.add_row(
            Text(row.referral_id, "title"),
            lines(
                shown(row.receiving_org),
                Text(row.route.label, "quiet"),
                Text(day_of(row.sent_at), "quiet"),
                Text(row.urgency.label.lower(), "quiet"),
            ),
            _heard(row),
            _unanswered(row, today),
        )
    return listed


def _heard(row: ReferralRow) -> Text:
    said = lines(
        _said("Put again", row.resubmitted_at),
        _said("Acknowledged", row.acknowledged_at),
        _said(row.decision.label, row.decision_at) if row.decision else None,
        _said(row.feedback_quality.label, row.feedback_at) if row.feedback_quality else None,
        _said("Withdrawn", row.withdrawn_at),
    )
    chased = Text(f"asked again {often(row.chases)}", "quiet") if row.chases else None
    return lines(said or Text("Nothing", "attention"), chased)


def _said(what: str, at: datetime | None) -> Text | None:
    return lines(Text(what), Text(day_of(at), "quiet")) if at else None


def _unanswered(row: ReferralRow, today: date) -> Text:
    if not row.unanswered:
        return Text("Nothing", "good")
    owed = lines(*(Text(what.label, "attention") for what in row.unanswered))
    if Unanswered.FEEDBACK not in row.unanswered:
        return owed
    style = "alarm" if referral_is_overdue(row, today) else "quiet"
    return lines(owed, Text("feedback due", style), Text(day(row.feedback_due), style))
