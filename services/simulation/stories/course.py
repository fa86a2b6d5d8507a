"""What most cases have in common once they are in: referral, plan, work, an end or none yet."""

from domain.vocabulary.consent import Agency, ConsentScope, ConsentState, InformedAbout
from domain.vocabulary.housing import HousingChange
from domain.vocabulary.lifecycle import CaseRelation, MonitoringReason
from domain.vocabulary.meetings import Forum
from domain.vocabulary.people import PersonRole
from domain.vocabulary.plan import ActionOrigin, DecisionKind
from domain.vocabulary.referral import EnquiryType, ReferralRoute
from domain.vocabulary.rights import HoldReason
from domain.vocabulary.safeguarding import ClosureReason
from domain.vocabulary.support import SupportKind
from services.simulation.case import Case
from services.simulation.steps import (
    before,
    challenge,
    coming_in,
    consent,
    contact,
    homes,
    meetings,
    people,
    plan,
    records,
    referring,
    reviewing,
    risk,
    sharing,
)

_ENDINGS = {
    ClosureReason.RISK_RESOLVED: 55,
    ClosureReason.TRANSFERRED: 10,
    ClosureReason.NO_STATUTORY_ROUTE: 12,
    ClosureReason.PERSON_MOVED: 8,
    ClosureReason.PERSON_DIED: 4,
    ClosureReason.NO_CONCERN: 7,
    ClosureReason.OTHER: 4,
}


def may_refer(case: Case) -> bool:
    """Settle whether the case may be referred: by consent, by override, or not at all."""
    case.wait(0, 1)
    if case.chance(0.12):
        sharing.advised(case)
    if case.role is PersonRole.CHILD_AT_RISK:
        if case.chance(0.5):
            consent.consent(case)
        return True
    state = consent.consent(case)
    if state in (ConsentState.GIVEN, ConsentState.VIA_REPRESENTATIVE):
        return True
    if case.chance(0.65 if case.high_risk else 0.45):
        consent.overridden(case)
        return True
    plan.decided(case, DecisionKind.NO_REFERRAL)
    return False


def referred(case: Case, *routes: ReferralRoute) -> bool:
    """Refer by each of the routes; return whether the first is taken on."""
    outcomes = [referring.referred(case, route) for route in routes]
    if case.chance(0.35):
        consent.informed_of(case, case.dice.code(InformedAbout))
    if case.chance(0.2):
        consent.consent(case, ConsentScope.SHARE)
        sharing.shared(case)
    return outcomes[0]


def answered(case: Case, *, taken_on: bool, forum: Forum, convenor: Agency) -> None:
    """Meet with the agencies where they took it on, and agree a plan, with them or alone."""
    case.wait(2, 10)
    if taken_on and case.chance(0.35):
        with case.meanwhile():
            ours = EnquiryType.CAUSED_TO_HOUSING
            meetings.enquired(case, ours if case.chance(0.4) else case.dice.code(EnquiryType))
    meeting = meetings.met(case, forum, convenor) if taken_on or case.chance(0.1) else None
    if meeting and case.chance(0.4):
        contact.housing_offered(case, meeting=meeting)
    origin = ActionOrigin.MEETING if meeting else ActionOrigin.TRIAGE
    if case.chance(0.75):
        plan.planned(case, reviews=case.dice.whole(0, 2))
    plan.acted(case, case.dice.whole(1, 3), origin, meeting)


def worked(case: Case, rounds: int) -> None:
    """Work on the case, round after round of a few weeks each."""
    for number in range(rounds):
        case.wait(7, 17)
        contact.seen(case)
        if case.chance(0.35):
            plan.overseen(case)
        if case.chance(0.3):
            contact.supported(case)
        if number and case.chance(0.35):
            risk.assessed(case, weights={"low": 5, "medium": 4, "high": 1})
        if case.chance(0.1):
            sharing.asked(case)
        if case.chance(0.08):
            contact.measured(case)
        if case.chance(0.12):
            homes.housing_changed(case)
        if case.chance(0.08):
            plan.decided(case, case.dice.code(DecisionKind, "no-referral", "closure"))


def ended(case: Case, likely: float = 0.82) -> None:
    """Close the case, unless it just goes on; some come back."""
    case.wait(12, 45)
    if not case.chance(likely):
        plan.overseen(case)
        return
    reason = case.dice.weighted(_ENDINGS)
    if reason is ClosureReason.PERSON_MOVED:
        homes.housing_changed(case, HousingChange.MOVE)
    plan.closed(case, reason)
    if case.chance(0.06):
        case.wait(20, 90)
        new = coming_in.concern(case, "It has begun again.", late=False)
        case.wait(0, 1)
        records.reopened(case, "The same people are back.", new)
        risk.assessed(case)
        worked(case, case.dice.whole(1, 2))
        plan.closed(case, case.dice.weighted(_ENDINGS), asked=False)


def now_and_then(case: Case) -> None:
    """Tell what happens in one case or another, of whatever strand."""
    known = case.opened_from[0]
    if case.chance(0.07):
        linked_elsewhere(case)
    if case.chance(0.06):
        records.records_merged(case, split=case.chance(0.6))
    if case.chance(0.10):
        _put_right(case)
    if case.chance(0.05):
        field = "account" if "account" in known.data else "verbatim_account"
        records.disputed(case, known, field if case.chance(0.6) else None)
    if case.chance(0.12):
        people.preference(case)
    if case.chance(0.2):
        people.someone_else(case)
    if case.chance(0.07):
        contact.colleague_supported(case)
    if case.chance(0.1):
        consent.wishes(case)
    if case.chance(0.04):
        consent.advocate(case)
    if case.chance(0.05):
        risk.marked(case, known)
    if case.chance(0.04):
        homes.hazard(case)
    if case.chance(0.04):
        challenge.barrier(case)
    if case.chance(0.02):
        consent.withdrawn(case)
    for _ in range(case.dice.weighted({0: 70, 1: 20, 3: 10})):
        records.looked_at(case)


def _put_right(case: Case) -> None:
    """Correct what was reported; now and then the correction was wrong too."""
    known = case.opened_from[0]
    first = records.corrected(case, known, "narrative", "The caller rang twice that night.")
    if case.chance(0.3):
        case.wait(4, 9)
        records.corrected(case, first, "now", "The caller rang three times that night.")


def linked_elsewhere(case: Case) -> None:
    """Link the case to another, or to what other teams have on it."""
    relation = case.dice.code(CaseRelation, "history", "asb", "forum")
    records.linked(case, f"sim-other:{case.name}", relation, undone=case.chance(0.4))


def afterwards(case: Case) -> None:
    """Tell what comes once a case is over, or as good as: requests, reviews, holds, erasure."""
    fate = case.dice.fraction()
    case.catch_up()
    if fate < 0.035:
        case.wait(10, 60)
        records.asked_to_see(case, case.opened_from[0])
    elif fate < 0.075:
        case.wait(12, 45)
        records.held(case, HoldReason.REVIEW, lifted=False)
        reviewing.reviewed(case, case.opened_from[:3])
    elif fate < 0.115:
        case.wait(5, 30)
        reason = case.dice.pick((HoldReason.LITIGATION, HoldReason.IICSA))
        records.held(case, reason, lifted=True)
    elif fate < 0.15:
        case.wait(20, 60)
        records.redacted(case, case.opened_from[0])
    elif fate < 0.185:
        case.wait(30, 90)
        records.erased(case, case.other("witness"))
    elif fate < 0.25:
        plan.monitored(case, case.dice.code(MonitoringReason, "hoarding-low"))


def known_before(case: Case, likely: float = 0.16) -> None:
    """Begin with what was on file before the case, where there was anything."""
    if case.chance(likely):
        before.earlier(case, case.dice.whole(10, 60))


def safer_home(case: Case) -> None:
    """Offer locks and other security."""
    contact.supported(case, SupportKind.SECURITY_MEASURES, likely=0.85)
