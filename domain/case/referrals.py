"""Referrals and the decisions on them."""

from dataclasses import replace

from domain.case.evolving import changed, put
from domain.case.state import CaseState, Referral
from domain.case.verdicts import ADMITTED, Contradiction, Found, Verdict, must_be, verdict
from domain.events.consent import ConsentOverridden
from domain.events.referrals import ReferralDecisionReceived, ReferralResubmitted, ReferralSent


@changed.register
def _(event: ReferralSent, state: CaseState) -> CaseState:
    return state._replace(referrals=put(state.referrals, event.referral_id, Referral()))


@changed.register
def _(event: ReferralDecisionReceived, state: CaseState) -> CaseState:
    referral = state.referrals.get(event.referral_id)
    if referral is None or not event.decision.is_final:
        return state
    decided = Referral(event.decision, referral.course.ended(event))
    return state._replace(referrals=put(state.referrals, event.referral_id, decided))


@changed.register
def _(event: ReferralResubmitted, state: CaseState) -> CaseState:
    referral = state.referrals.get(event.referral_id)
    if referral is None:
        return state
    again = replace(referral, course=referral.course.reopened(event))
    return state._replace(referrals=put(state.referrals, event.referral_id, again))


@verdict.register
def _(event: ReferralSent, state: CaseState, found: Found) -> Verdict:
    if event.override_ref is not None:
        return must_be(event.override_ref, found, ConsentOverridden)
    return ADMITTED


@verdict.register
def _(event: ReferralDecisionReceived, state: CaseState, found: Found) -> Verdict:
    referral = state.referrals.get(event.referral_id)
    # A question or silence from before the decision may arrive after it. With each resubmission
    # one more decision fits, whichever of them arrives first.
    if referral is None or referral.course.may_end or not event.decision.is_final:
        return ADMITTED
    return Contradiction(
        f"referral {event.referral_id} was decided already: {referral.decision}, now "
        f"{event.decision}, and not resubmitted"
    )
