"""Referrals and what becomes of them, which is up to the ways of whoever receives them."""

from hashlib import sha256

from domain.events.referrals import (
    FeedbackChased,
    FeedbackReceived,
    ReferralAcknowledged,
    ReferralDecisionReceived,
    ReferralResubmitted,
    ReferralSent,
    ReferralWithdrawn,
)
from domain.vocabulary.challenge import BarrierCode, EscalationGround
from domain.vocabulary.consent import OnwardSharing
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.referral import (
    ChaseMethod,
    DecisionReason,
    FeedbackQuality,
    ReferralDecision,
    ReferralRoute,
    ReferralUrgency,
)
from services.simulation.case import Case
from services.simulation.steps.challenge import barrier, escalated
from services.simulation.world import HOUSING, LEAD, MASH, Answering

STATUTORY = (ReferralRoute.ASC_FRONT_DOOR, ReferralRoute.MASH, ReferralRoute.CHILDRENS_SERVICES)
"""Whose answer is up to the local authority."""

ADULT_ACCEPTED = {
    ReferralDecision.ACCEPTED_S42: 6.0,
    ReferralDecision.ACCEPTED_OTHER: 2.0,
    ReferralDecision.ACCEPTED_CARE_ASSESSMENT: 2.0,
}
CHILD_ACCEPTED = {
    ReferralDecision.S47: 3.0,
    ReferralDecision.S17: 4.0,
    ReferralDecision.EARLY_HELP: 3.0,
}
_DECLINED = {
    ReferralDecision.NFA: 5.0,
    ReferralDecision.REJECTED: 3.0,
    ReferralDecision.SIGNPOSTED: 2.0,
}
_FIRST_ANSWER = {
    Answering.PROMPT: ((0, 1), (1, 5)),
    Answering.SLOW: ((2, 8), (8, 30)),
    Answering.SILENT: ((5, 20), (25, 80)),
}
"""Working days until a referral is acknowledged, and from then until it is decided."""


def referred(case: Case, route: ReferralRoute, *, urgency: ReferralUrgency | None = None) -> bool:
    """Send a referral; tell beside the rest what becomes of it. Return whether it is taken on."""
    case.wait(0, 1)
    statutory = route in STATUTORY
    receiver = case.authority.hub if statutory else f"{route.label} for {case.authority.name}"
    referral = case.item("ref")
    case.tell(
        ReferralSent,
        LEAD,
        subjects=case.about,
        place=case.home.ref,
        referral_id=referral,
        route=route,
        receiving_org=receiver,
        consent_ref=case.consent.ref if case.consent and not case.override else None,
        override_ref=case.override.ref if case.override else None,
        content_hash=sha256(referral.encode()).hexdigest(),
        urgency=urgency or case.dice.code(ReferralUrgency),
        ask=case.say(
            "Please look into the harm and tell us what you make of the risk.",
            "Please meet with us; we can offer works on the home and a move.",
            "Please say whether this meets your threshold, and if not why not.",
        ),
        feedback_due=case.day(case.dice.whole(3, 14)),
    )
    with case.meanwhile():
        return _answered(case, route, referral)


def _answered(case: Case, route: ReferralRoute, referral: str) -> bool:
    answering = case.authority.answering if route in STATUTORY else Answering.PROMPT
    acknowledged, decided = _FIRST_ANSWER[answering]
    dice = case.dice
    if case.chance(0.03):
        case.wait(1, 4)
        case.tell(
            ReferralWithdrawn, LEAD, referral_id=referral, reason="Sent twice by different teams."
        )
        return False
    if answering is not Answering.SILENT or case.chance(0.4):
        case.wait(*acknowledged)
        case.tell(
            ReferralAcknowledged,
            MASH,
            referral_id=referral,
            by="Duty desk" if case.chance(0.7) else None,
            their_ref=f"T{dice.whole(10_000, 99_999)}" if case.chance(0.5) else None,
        )
    fate = dice.fraction()
    if fate < answering.accepts:
        case.wait(*decided)
        return _accepted(case, route, referral)
    if fate < answering.accepts + answering.declines:
        case.wait(*decided)
        return _declined(case, route, referral)
    return _unanswered(case, referral)


def _accepted(case: Case, route: ReferralRoute, referral: str) -> bool:
    dice = case.dice
    child = route is ReferralRoute.CHILDRENS_SERVICES
    decision = dice.weighted(CHILD_ACCEPTED if child else ADULT_ACCEPTED)
    kinds = {"accepted-s42": "s42", "s47": "s47", "accepted-other": "other"}
    case.tell(
        ReferralDecisionReceived,
        MASH if case.chance(0.5) else LEAD,
        referral_id=referral,
        decision=decision,
        enquiry_type=kinds.get(decision),
        their_owner=f"social-worker-{dice.whole(1, 30)}" if case.chance(0.6) else None,
    )
    if case.chance(0.5):
        chased(case, referral, 1)
    if case.chance(0.65):
        case.wait(5, 25)
        feedback(case, referral, FeedbackQuality.RISK_AND_MITIGATION_CONFIRMED)
    case.referrals_answered += 1
    return True


def _declined(case: Case, route: ReferralRoute, referral: str) -> bool:
    dice = case.dice
    decision = dice.weighted(_DECLINED)
    reason = dice.code(DecisionReason)
    told = case.chance(0.6)
    case.tell(
        ReferralDecisionReceived,
        MASH if case.chance(0.5) else LEAD,
        referral_id=referral,
        decision=decision,
        reason_code=reason if told else None,
        reasons="Does not meet our threshold on what we were told." if told else None,
    )
    feedback(case, referral, dice.pick(tuple(FeedbackQuality)[2:4]))
    case.referrals_answered += 1
    if case.chance(0.3):
        case.wait(1, 4)
        barrier(case, referral=referral)
    if not case.chance(0.15):
        return False
    escalated(case, "referral", referral, dice.code(EscalationGround), 1)
    case.wait(0, 2)
    case.tell(
        ReferralResubmitted,
        LEAD,
        referral_id=referral,
        reason="Two more incidents since; the risk was judged without them.",
        feedback_due=case.day(7),
        content_hash=sha256(f"{referral}/2".encode()).hexdigest(),
    )
    case.wait(2, 10)
    return _accepted(case, route, referral) if case.chance(0.2) else False


def _unanswered(case: Case, referral: str) -> bool:
    dice = case.dice
    for attempt in range(1, dice.whole(1, 3) + 1):
        chased(case, referral, attempt)
    if case.chance(0.4):
        case.tell(
            ReferralDecisionReceived,
            LEAD,
            referral_id=referral,
            decision=dice.pick(tuple(ReferralDecision)[-2:]),
        )
    if case.chance(0.35):
        feedback(case, referral, dice.pick(tuple(FeedbackQuality)[:2]))
    if case.chance(0.35):
        ground = dice.pick((EscalationGround.NO_RESPONSE, EscalationGround.NO_FEEDBACK))
        escalated(case, "referral", referral, ground, dice.whole(1, 3))
    if case.chance(0.3):
        barrier(case, BarrierCode.NO_FEEDBACK)
    return False


def chased(case: Case, referral: str, attempt: int) -> None:
    """Ask again for an answer."""
    case.wait(3, 10)
    case.tell(
        FeedbackChased,
        case.dice.pick((LEAD, HOUSING)),
        referral_id=referral,
        attempt=attempt,
        to="Duty desk",
        method=case.dice.code(ChaseMethod),
    )


def feedback(case: Case, referral: str, quality: FeedbackQuality) -> None:
    """Be told what came of a referral, as well as the authority ever tells."""
    full = quality is FeedbackQuality.RISK_AND_MITIGATION_CONFIRMED
    case.tell(
        FeedbackReceived,
        LEAD,
        referral_id=referral,
        quality=quality,
        risk_assessed_confirmed="yes" if full else case.dice.code(YesNoUnknown, "yes"),
        mitigation_confirmed="yes" if full else case.dice.code(YesNoUnknown, "yes"),
        onward_sharing=case.dice.code(OnwardSharing),
    )
    case.assured = case.assured or full
