"""Meetings of several agencies, with housing at the table or without, and what it learns there."""

from datetime import timedelta

from domain.events.enquiries import EnquiryOutcomeReceived, EnquiryReported, EnquiryRequested
from domain.events.meetings import (
    MeetingConvened,
    MeetingMissedDiscovered,
    MinutesReceived,
    StrategyMeetingHeld,
)
from domain.events.sharing import InformationReceived
from domain.vocabulary.challenge import BarrierCode, EscalationGround
from domain.vocabulary.consent import Agency, OnwardSharing, SharingMethod
from domain.vocabulary.enquiry import EnquiryCapacity, EnquiryRiskResult
from domain.vocabulary.meetings import (
    Attendance,
    Forum,
    InviteBasis,
    InviteState,
    MissedDiscovery,
)
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.record import Precision, Sensitivity
from domain.vocabulary.referral import EnquiryType
from domain.vocabulary.safeguarding import RiskOutcome
from services.simulation.case import Case
from services.simulation.steps.challenge import barrier, escalated
from services.simulation.world import LEAD, MASH

_INVITED = {
    InviteState.INVITED_IN_TIME: 48,
    InviteState.INVITED_LATE: 17,
    InviteState.NOT_INVITED: 20,
    InviteState.UNKNOWN: 5,
    InviteState.DECLINED: 4,
    InviteState.ASKED_TO_LEAVE: 6,
}

_ROUGHLY = (
    Precision.DAY,
    Precision.DAY,
    Precision.MONTH,
    Precision.YEAR,
    Precision.APPROXIMATE,
    None,
)
"""How exactly others say when something was; None stands for a range."""


def met(case: Case, forum: Forum, convenor: Agency = Agency.ADULT_SOCIAL_CARE) -> str | None:
    """Hold a meeting; return its reference, or None where housing only learned of it later."""
    invited = InviteState(case.dice.weighted(_INVITED))
    if invited is InviteState.NOT_INVITED:
        _missed(case, forum, convenor)
        return None
    meeting = case.item("meet")
    if case.chance(0.85):
        _convened(case, meeting, forum, convenor, invited)
    case.wait(3, 9)
    _held(case, meeting, forum, invited)
    return meeting


def _convened(
    case: Case, meeting: str, forum: Forum, convenor: Agency, invited: InviteState
) -> None:
    came = invited in (InviteState.INVITED_IN_TIME, InviteState.INVITED_LATE)
    case.tell(
        MeetingConvened,
        case.dice.pick((MASH, LEAD)),
        meeting_id=meeting,
        forum=forum,
        at=case.now + timedelta(days=case.dice.whole(4, 12)),
        convenor=convenor,
        housing_invited=invited,
        invite_basis=case.dice.code(InviteBasis) if came else None,
        invite_received_at=case.now if came else None,
    )


def _held(case: Case, meeting: str, forum: Forum, invited: InviteState) -> None:
    dice = case.dice
    agencies = dice.several(tuple(Agency)[:20], 3, 6)
    places = [
        {"agency": agency, "role": "Representative", "attendance": dice.code(Attendance)}
        for agency in agencies
    ]
    there = invited in (InviteState.INVITED_IN_TIME, InviteState.INVITED_LATE)
    places.append({"agency": Agency.LANDLORD, "role": LEAD.role, "attendance": "attended"})
    minutes_late = case.chance(0.5)
    case.tell(
        StrategyMeetingHeld,
        LEAD,
        happened=case.ago(1, 5),
        subjects=case.about,
        meeting_id=meeting,
        forum=forum,
        attendees=places if there else places[:-1],
        invite_state=invited,
        new_information="Known to another service since last year." if there else None,
        risks_agreed="Further visits by the same people." if case.chance(0.6) else None,
        minutes_received_at=None if minutes_late else case.now,
        dissent="We would have set the risk higher." if case.chance(0.12) else None,
    )
    case.meetings.append(meeting)
    if there and case.chance(0.55):
        learned(case)
    if minutes_late and case.chance(0.8):
        with case.meanwhile():
            case.wait(4, 18)
            _minutes(case, meeting)


def _minutes(case: Case, meeting: str) -> None:
    case.tell(
        MinutesReceived,
        LEAD,
        meeting_id=meeting,
        from_agency=Agency.ADULT_SOCIAL_CARE,
        new_information="An earlier enquiry had been closed." if case.chance(0.3) else None,
        risks_agreed="As discussed at the meeting.",
        dissent="We did not agree to lead on contact." if case.chance(0.1) else None,
    )


def _missed(case: Case, forum: Forum, convenor: Agency) -> None:
    case.wait(8, 20)
    meeting = case.item("meet")
    held = case.ago(72, 400)
    case.tell(
        MeetingMissedDiscovered,
        LEAD,
        meeting_id=meeting,
        forum=forum,
        convenor=convenor,
        held_at=held.replace(hour=10),
        how=case.dice.code(MissedDiscovery),
        invite_state=case.dice.pick((InviteState.NOT_INVITED, InviteState.ASKED_TO_LEAVE)),
        impact="The plan counts on works that nobody had asked us for.",
    )
    if case.chance(0.4):
        case.wait(0, 3)
        _minutes(case, meeting)
    if case.chance(0.4):
        barrier(case, BarrierCode.MEETING_EXCLUSION)
    if case.chance(0.25):
        escalated(case, "meeting", meeting, EscalationGround.MEETING_EXCLUSION, 1)


def learned(case: Case) -> None:
    """Be told by another agency of what happened earlier: late knowledge."""
    dice = case.dice
    roughly = dice.pick(_ROUGHLY)
    then = (case.now - timedelta(days=dice.whole(8, 400))).replace(hour=12, minute=0)
    case.tell(
        InformationReceived,
        LEAD,
        happened=then,
        known=case.now - timedelta(minutes=dice.whole(5, 90)),
        precision=roughly,
        up_to=then + timedelta(days=dice.whole(1, 6)) if roughly is None else None,
        subjects=case.about,
        from_agency=dice.code(Agency),
        topic=case.say("Earlier call to the police", "Hospital stay", "Threats", "Debts"),
        new_to_us=case.chance(0.8),
        onward_sharing=dice.code(OnwardSharing),
        from_role="Detective constable" if case.chance(0.3) else None,
        method=dice.code(SharingMethod),
        narrative="Happened well before it came to us, and was dealt with elsewhere.",
    )


def enquired(case: Case, kind: EnquiryType, referral: str | None = None) -> None:
    """Make an enquiry that the authority asks of the landlord, or hear what one came to."""
    dice = case.dice
    enquiry = case.item("enq")
    if kind is EnquiryType.CAUSED_TO_HOUSING:
        case.tell(
            EnquiryRequested,
            LEAD,
            enquiry_id=enquiry,
            referral_id=referral,
            requested_by=Agency.ADULT_SOCIAL_CARE,
            scope="What staff saw and did since the first report.",
            due=case.day(28),
            report_to="Team manager",
            support="A named social worker to ask." if case.chance(0.5) else None,
            conflict_of_interest=dice.code(YesNoUnknown),
        )
        case.wait(8, 25)
        case.tell(
            EnquiryReported,
            LEAD,
            enquiry_id=enquiry,
            findings="Three visits noted the same thing, and nobody put them together.",
            recommendation="Put notes of visits together where a home comes up twice.",
        )
    case.wait(5, 25)
    result = dice.code(EnquiryRiskResult)
    capacity = dice.code(EnquiryCapacity) if case.chance(0.7) else None
    case.tell(
        EnquiryOutcomeReceived,
        LEAD,
        secrecy=Sensitivity.RESTRICTED if capacity else Sensitivity.STANDARD,
        enquiry_id=enquiry,
        referral_id=referral,
        enquiry_type=kind,
        risk_result=result,
        risk_outcome=dice.code(RiskOutcome) if result.value.startswith("identified") else None,
        capacity=capacity,
        supported="yes" if capacity is EnquiryCapacity.LACKED else None,
    )
