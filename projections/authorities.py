"""Each local authority: what it wants referred, what it promises, the forums in its area."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import ConfigDict

from domain.events.authorities import (
    FeedbackAgreementMade,
    ForumMeetingAttended,
    ForumSeatEnded,
    ForumSeatRecorded,
    ThresholdPolicyAdopted,
)
from domain.events.fields import Part
from domain.events.validity import Agreement
from domain.latest import supersedes
from domain.streams import AUTHORITIES
from domain.vocabulary.coded import CodedList
from domain.vocabulary.meetings import Forum
from domain.vocabulary.organisation import SeatBasis, ThresholdMode
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.referral import ChaseMethod
from projections.personal_columns import Authority, Document, Identity, Post, Reference
from projections.read_model import ReadModel, Row


class AgreementKind(CodedList, source="Case Timeline"):
    """What was settled with an authority, or by it."""

    THRESHOLD = "threshold", "What to refer"
    FEEDBACK = "feedback", "What it tells of referrals"


class AgreementRow(Row):
    """One version of what was settled with an authority, and while it counts."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "agreement"

    agreement: Reference[str]
    """The kind and the version."""
    authority: Authority[str]
    """The local authority."""
    kind: AgreementKind
    """What it settles."""
    agreement_version: Reference[str]
    """The reference of this version."""
    valid_from: date
    """The first day on which it is to count."""
    valid_to: date | None
    """The last day; None: until another takes its place."""
    in_force_from: datetime
    """From when on it counts, which is never before it was recorded."""
    mode: ThresholdMode | None = None
    """What the authority wants referred; None in an agreement on feedback, as is the next."""
    policy_source: Document[str | None] = None
    """The document that stands in."""
    who: Post[str | None] = None
    """The post that tells what became of a referral; None in a threshold policy, as is the rest."""
    how: ChaseMethod | None = None
    """How they tell."""
    acknowledgement_days: int | None = None
    """Working days until a referral is acknowledged."""
    decision_days: int | None = None
    """Working days until a decision is known."""
    feedback_days: int | None = None
    """Working days until it is known whether risk was assessed and mitigated."""


authority_agreements = ReadModel("authority_agreements", 1, AgreementRow, streams=AUTHORITIES)


def _its_threshold(event: ThresholdPolicyAdopted) -> tuple[str, ...]:
    return (f"{AgreementKind.THRESHOLD} {event.policy_version}",)


def _its_feedback(event: FeedbackAgreementMade) -> tuple[str, ...]:
    return (f"{AgreementKind.FEEDBACK} {event.agreement_version}",)


@authority_agreements.on(ThresholdPolicyAdopted, keys=_its_threshold)
def _threshold(row: AgreementRow | None, event: ThresholdPolicyAdopted, key: str) -> AgreementRow:
    told = {"mode": event.mode, "policy_source": event.policy_source}
    settled = _settled(event, key, AgreementKind.THRESHOLD, event.policy_version)
    return settled.model_copy(update=told)


@authority_agreements.on(FeedbackAgreementMade, keys=_its_feedback)
def _feedback(row: AgreementRow | None, event: FeedbackAgreementMade, key: str) -> AgreementRow:
    told = {
        "who": event.who,
        "how": event.how,
        "acknowledgement_days": event.acknowledgement_days,
        "decision_days": event.decision_days,
        "feedback_days": event.feedback_days,
    }
    settled = _settled(event, key, AgreementKind.FEEDBACK, event.agreement_version)
    return settled.model_copy(update=told)


def _settled(event: Agreement, key: str, kind: AgreementKind, version: str) -> AgreementRow:
    return AgreementRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        agreement=key,
        authority=_authority(event.case_ref),
        kind=kind,
        agreement_version=version,
        valid_from=event.valid_from,
        valid_to=event.valid_to,
        in_force_from=event.in_force_from,
    )


def _authority(case_ref: str) -> str:
    return case_ref.partition(":")[2]


class ForumMeeting(Part):
    """A day on which a forum met, and whether the landlord was there."""

    held_on: date
    attended: bool
    apologies: bool
    papers: YesNoUnknown


class ForumRow(Row):
    """One forum in an authority's area: the landlord's seat in it, and where it was taken."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "forum_id"

    forum_id: Reference[str]
    """The forum's reference."""
    authority: Authority[str]
    """The local authority in whose area it meets."""
    forum: Forum
    """What kind of forum it is."""
    seat_basis: SeatBasis
    """On what footing the landlord sits in it, if at all."""
    representative: Identity[str | None]
    """Who goes for the landlord."""
    seat_since: datetime
    """Since when that is so."""
    ended_at: datetime | None = None
    """When the landlord's seat, or the forum itself, came to an end; None while it stands."""
    possible: int = 0
    """How often it is known to have met."""
    attended: int = 0
    """How often the landlord was there."""
    meetings: tuple[ForumMeeting, ...] = ()
    """When it met, in the order of days."""


forums = ReadModel("forums", 1, ForumRow, streams=AUTHORITIES)


def _its_forum(
    event: ForumSeatRecorded | ForumSeatEnded | ForumMeetingAttended,
) -> tuple[str, ...]:
    return (event.forum_id,)


@forums.on(ForumSeatRecorded, keys=_its_forum)
def _seated(row: ForumRow | None, event: ForumSeatRecorded, key: str) -> ForumRow:
    return ForumRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        forum_id=key,
        authority=_authority(event.case_ref),
        forum=event.forum,
        seat_basis=event.seat_basis,
        representative=event.representative,
        seat_since=event.occurred_at,
    )


@forums.on(ForumSeatEnded, keys=_its_forum)
def _unseated(row: ForumRow | None, event: ForumSeatEnded, _: str) -> ForumRow | None:
    if row is None or not supersedes(event, row.ended_at):
        return row
    return row.model_copy(update={"ended_at": event.occurred_at})


@forums.on(ForumMeetingAttended, keys=_its_forum)
def _met(row: ForumRow | None, event: ForumMeetingAttended, _: str) -> ForumRow | None:
    if row is None:
        return None
    met = ForumMeeting(
        held_on=event.held_on,
        attended=event.attended,
        apologies=event.apologies,
        papers=event.papers,
    )
    meetings = tuple(sorted((*row.meetings, met), key=lambda each: each.held_on))
    return row.model_copy(
        update={
            "meetings": meetings,
            "possible": len(meetings),
            "attended": sum(each.attended for each in meetings),
        }
    )
