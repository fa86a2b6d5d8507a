"""Referrals and the decisions on them."""

from dataclasses import replace

from domain.case.evolving import changed, put
from domain.case.state import CaseState
from domain.case.verdicts import ADMITTED, Contradiction, Found, Verdict, must_be, verdict
from domain.events.consent import ConsentOverridden
from domain.events.referrals import ReferralDecisionReceived, ReferralSent


@changed.register
def _(event: ReferralSent, state: CaseState) -> CaseState:
    return replace(state, referrals=put(state.referrals, event.referral_id, None))


@changed.register
def _(event: ReferralDecisionReceived, state: CaseState) -> CaseState:
    earlier = state.referrals.get(event.referral_id)
    if earlier is not None and earlier.is_final:
        return state
    return replace(state, referrals=put(state.referrals, event.referral_id, event.decision))


@verdict.register
def _(event: ReferralSent, state: CaseState, found: Found) -> Verdict:
    if event.override_ref is not None:
        return must_be(event.override_ref, found, ConsentOverridden)
    return ADMITTED


@verdict.register
def _(event: ReferralDecisionReceived, state: CaseState, found: Found) -> Verdict:
    earlier = state.referrals.get(event.referral_id)
    # A question or silence from before the decision may arrive after it.
    if earlier is not None and earlier.is_final and event.decision.is_final:
        return Contradiction(
            f"referral {event.referral_id} was decided already: {earlier}, now {event.decision}"
        )
    return ADMITTED
