"""Consent, its override, and what the person is told."""

from domain.case.evolving import changed
from domain.case.state import CaseState
from domain.case.verdicts import ADMITTED, Found, Verdict, Waiting, verdict
from domain.events.consent import ConsentOverridden, PersonInformed
from domain.events.enquiries import StaffAllegationRaised
from domain.events.voice import CapacityConsidered
from domain.vocabulary.consent import InformedAbout, OverrideGround


@changed.register
def _(event: CapacityConsidered, state: CaseState) -> CaseState:
    return state._replace(capacity_considered=state.capacity_considered | {event.person})


@changed.register
def _(event: ConsentOverridden, state: CaseState) -> CaseState:
    return state._replace(consent_overridden=True)


@changed.register
def _(event: StaffAllegationRaised, state: CaseState) -> CaseState:
    return state._replace(staff_allegation_raised=True)


@verdict.register
def _(event: ConsentOverridden, state: CaseState, found: Found) -> Verdict:
    rests_on_capacity = OverrideGround.CAPACITY_LACKING_OR_DOUBTFUL in event.grounds
    if rests_on_capacity and not _was_considered(event.person, state):
        whose = f" of {event.person}" if event.person else ""
        return Waiting(f"a CapacityConsidered{whose}")
    if OverrideGround.STAFF_IMPLICATED in event.grounds and not state.staff_allegation_raised:
        return Waiting("a StaffAllegationRaised")
    return ADMITTED


def _was_considered(person: str | None, state: CaseState) -> bool:
    """Tell whether capacity was considered: the person's, or anyone's where nobody is named."""
    considered = state.capacity_considered
    return bool(considered) if person is None else person in considered


@verdict.register
def _(event: PersonInformed, state: CaseState, found: Found) -> Verdict:
    # Sharing with consent, a decision or anything else may be told where neither ever comes.
    rests_on_either = event.about in (InformedAbout.REFERRAL, InformedAbout.OVERRIDE)
    if not rests_on_either or state.consent_overridden or state.referrals:
        return ADMITTED
    return Waiting("a ConsentOverridden or ReferralSent")
