"""The lines of the work lists: what is told of an action, a referral or a flag."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from domain.times import in_london
from domain.vocabulary.plan import ActionKind
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.referral import ReferralRoute, ReferralUrgency
from domain.vocabulary.rules import FlagEffect, Timeliness
from projections.action_plan import ActionRow, ActionStatus
from projections.attention import AttentionRow
from projections.referral_answers import ReferralAssurance
from projections.referrals import ReferralRow
from services.web.dates import counted
from services.web.worklists.looking import CaseHead, Found, Looking

_SOON_DAYS = 7


class Due(NamedTuple):
    """By when something is to be done, and what that means today."""

    day: date
    note: str
    is_overdue: bool


class CaseOf(NamedTuple):
    """The case that a line belongs to."""

    id: UUID
    ref: str
    head: CaseHead | None
    lead: str | None
    """Who leads on it, as lists call them."""


class ActionLine(NamedTuple):
    """An open action."""

    case: CaseOf
    id: str
    kind: ActionKind
    status: ActionStatus
    is_safety: bool
    owner: str | None
    organisation: str
    due: Due
    reschedules: int


class ReferralLine(NamedTuple):
    """A referral whose outcome is not known."""

    case: CaseOf
    id: str
    route: ReferralRoute
    to: str
    urgency: ReferralUrgency
    sent_at: datetime
    days: int
    """For how many days an answer has been waited for."""
    heard: ReferralAssurance
    due: Due
    chases: int
    chased_at: datetime | None


class FlagLine(NamedTuple):
    """A flag that stands."""

    case: CaseOf
    rule: str
    title: str
    why: str
    clears: str
    effect: FlagEffect
    timeliness: Timeliness
    owner: str | None
    due: Due


def due_on(due: date, today: date) -> Due:
    """Return what a day means today."""
    days = (due - today).days
    if days < 0:
        return Due(due, f"{counted(-days, 'day')} overdue", True)
    if days == 0:
        return Due(due, "today", False)
    return Due(due, f"in {counted(days, 'day')}" if days <= _SOON_DAYS else "", False)


def action_lines(found: Found[ActionRow], looking: Looking) -> Sequence[ActionLine]:
    """Return the lines of a page of actions."""
    heads = looking.heads(found)
    return [
        ActionLine(
            case=case_of(row.case_id, row.case_ref, heads.get(row.case_id), looking),
            id=row.action_id,
            kind=row.kind,
            status=row.status,
            is_safety=row.safety,
            owner=None if PersonalClass.IDENTITY in masked else looking.called(row.owner),
            organisation=row.owner_org,
            due=due_on(row.due, looking.today),
            reschedules=row.reschedules,
        )
        for row, masked in ((each.row, each.masked) for each in found.seen)
    ]


def referral_lines(found: Found[ReferralRow], looking: Looking) -> Sequence[ReferralLine]:
    """Return the lines of a page of referrals."""
    heads = looking.heads(found)
    return [
        ReferralLine(
            case=case_of(row.case_id, row.case_ref, heads.get(row.case_id), looking),
            id=row.referral_id,
            route=row.route,
            to=row.receiving_org,
            urgency=row.urgency,
            sent_at=(sent := row.resubmitted_at or row.sent_at),
            days=(looking.today - in_london(sent).date()).days,
            heard=row.assurance,
            due=due_on(row.feedback_due, looking.today),
            chases=row.chases,
            chased_at=row.last_chased_at,
        )
        for row in (each.row for each in found.seen)
    ]


def flag_lines(found: Found[AttentionRow], looking: Looking) -> Sequence[FlagLine]:
    """Return the lines of a page of flags."""
    heads = looking.heads(found)
    return [
        FlagLine(
            case=case_of(row.case_id, row.case_ref, heads.get(row.case_id), looking),
            rule=row.rule,
            title=row.title,
            why=row.why,
            clears=row.clears,
            effect=row.effect,
            timeliness=row.timeliness(looking.now),
            owner=None if PersonalClass.IDENTITY in masked else looking.called(row.owner),
            due=_flag_due(row, looking),
        )
        for row, masked in ((each.row, each.masked) for each in found.seen)
    ]


def _flag_due(row: AttentionRow, looking: Looking) -> Due:
    due = due_on(in_london(row.due_at).date(), looking.today)
    if row.due_at == row.since:
        # It does not fall due: it needs looking at since it is there.
        return Due(due.day, "needs looking at", False)
    is_overdue = row.timeliness(looking.now) is Timeliness.OVERDUE
    return due._replace(
        is_overdue=is_overdue, note="overdue" if due.note == "today" and is_overdue else due.note
    )


def case_of(case_id: UUID, ref: str, head: CaseHead | None, looking: Looking) -> CaseOf:
    """Return the case that a line belongs to."""
    return CaseOf(case_id, ref, head, looking.called(head.lead) if head else None)
