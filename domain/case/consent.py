"""Consent, its override, and what the person is told."""

from dataclasses import replace

from domain.case.evolving import changed
from domain.case.state import CaseState
from domain.case.verdicts import ADMITTED, Found, Verdict, Waiting, verdict
from domain.events.consent import ConsentOverridden, PersonInformed


@changed.register
def _(event: ConsentOverridden, state: CaseState) -> CaseState:
    return replace(state, consent_overridden=True)


@verdict.register
def _(event: PersonInformed, state: CaseState, found: Found) -> Verdict:
    if state.consent_overridden or state.referrals:
        return ADMITTED
    return Waiting("a ConsentOverridden or ReferralSent")
