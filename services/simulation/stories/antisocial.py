"""Antisocial behaviour that is just that, and such as turns out to be something else."""

from domain.vocabulary.consent import Agency
from domain.vocabulary.lifecycle import CaseRelation, EnforcementCheck
from domain.vocabulary.meetings import Forum
from domain.vocabulary.people import PersonRole, PersonType
from domain.vocabulary.plan import ActionOrigin
from domain.vocabulary.referral import ReferralRoute
from domain.vocabulary.risk import EnforcementOutcome, RiskTool
from domain.vocabulary.safeguarding import (
    AbuseType,
    Channel,
    Classification,
    ClosureReason,
    IncidentKind,
)
from domain.vocabulary.support import SupportKind
from services.simulation.case import Case
from services.simulation.steps import (
    coming_in,
    contact,
    enforcing,
    meetings,
    people,
    plan,
    records,
    risk,
)
from services.simulation.stories import course
from services.simulation.telling import Said
from services.simulation.world import ASB

_KINDS = (
    IncidentKind.NOISE,
    IncidentKind.NUISANCE,
    IncidentKind.HARASSMENT,
    IncidentKind.THREATS,
    IncidentKind.DRUGS,
    IncidentKind.PROPERTY_DAMAGE,
    IncidentKind.OTHER,
)


def antisocial(case: Case) -> None:
    """Reports that are what they look like, and stay so."""
    case.role = PersonRole.ALLEGED_PERPETRATOR
    for _ in range(case.dice.whole(1, 3)):
        _reported(case, case.dice.pick(_KINDS))
        case.wait(1, 9)
    coming_in.opened(case, Classification.ASB, ASB)
    coming_in.allocated(case, ASB)
    people.involved(case, case.person, case.role, years=case.dice.whole(18, 60))
    people.involved(case, case.other("witness"), PersonRole.WITNESS)
    if case.chance(0.5):
        risk.assessed(case, weights={"low": 8, "medium": 2})
        check = case.dice.code(EnforcementCheck)
        coming_in.triaged(case, case.dice.pick(("landlord-led", "nfa", "monitor")), check=check)
    if case.chance(0.5):
        contact.supported(case, SupportKind.BEHAVIOUR_CHANGE, likely=0.4)
    course.now_and_then(case)
    if case.chance(0.6):
        _enforced(case)
    if case.chance(0.15):
        records.linked(case, f"sim-asb:{case.name}-b", CaseRelation.ASB)
    if case.chance(0.12):
        risk.marked(case, case.opened_from[0])
    if case.chance(0.3):
        plan.acted(case, 1, ActionOrigin.OTHER)
    if case.chance(0.85):
        reasons = (ClosureReason.RISK_RESOLVED, ClosureReason.NO_CONCERN, ClosureReason.OTHER)
        plan.closed(case, case.dice.pick(reasons), asked=False, desk=ASB)
    course.afterwards(case)


def _enforced(case: Case) -> None:
    warning = enforcing.warned(case, case.person, "Music after midnight, four nights in a row.")
    if case.chance(0.25):
        case.wait(10, 40)
        step = enforcing.acted_against(case, case.person)
        if case.chance(0.3):
            case.wait(5, 20)
            enforcing.reviewed(case, step)
    elif case.chance(0.15):
        case.wait(3, 15)
        enforcing.reviewed(case, warning)


def _reported(case: Case, kind: IncidentKind) -> Said:
    return coming_in.incident(
        case,
        kind,
        case.say(
            "Shouting and banging until two, and nobody does anything.",
            "People in and out all night, and a window broken.",
            "Swore at the caller over the bins.",
        ),
        category="asb",
        subjects=[(case.person, PersonRole.ALLEGED_PERPETRATOR)],
    )


def taken_for_antisocial(case: Case) -> None:
    """What looked like antisocial behaviour: the one who was warned is the one who is harmed."""
    case.role = PersonRole.ALLEGED_PERPETRATOR
    _reported(case, case.dice.pick((IncidentKind.VIOLENCE, IncidentKind.NUISANCE)))
    coming_in.opened(case, Classification.ASB, ASB)
    coming_in.allocated(case, ASB)
    people.involved(case, case.person, case.role, years=case.dice.whole(19, 75))
    people.involved(case, case.other("neighbour"), PersonRole.ADDITIONAL_VICTIM)
    case.wait(0, 3)
    warning = enforcing.warned(case, case.person, "Abusive on the phone to staff.")
    if case.chance(0.35):
        plan.closed(case, ClosureReason.NO_CONCERN, asked=False, desk=ASB)
        case.wait(1, 10)
        records.reopened(case, "The housing officer does not believe it.")
    case.wait(2, 25)
    contact.seen(case)
    case.wait(0, 2)
    _seen_otherwise(case)
    case.wait(0, 3)
    enforcing.reviewed(case, warning, case.dice.code(EnforcementOutcome, "upheld"))
    risk.assessed(case)
    coming_in.triaged(case, "refer", needs="yes", check=EnforcementCheck.DONE)
    coming_in.allocated(case)
    risk.visits_controlled(case, lifted=case.chance(0.4))
    people.vulnerable(case)
    course.now_and_then(case)
    if course.may_refer(case):
        taken_on = course.referred(case, ReferralRoute.MASH)
        convenor = Agency.ADULT_SOCIAL_CARE
        course.answered(case, taken_on=taken_on, forum=Forum.STRATEGY, convenor=convenor)
        risk.assessed(case, RiskTool.VISITOR)
    course.worked(case, case.dice.whole(0, 3))
    course.ended(case)
    course.afterwards(case)


def _seen_otherwise(case: Case) -> None:
    """Learn what happened, and treat the case, and the person, as what they are."""
    meetings.learned(case)
    coming_in.concern(
        case,
        "They came for him, and he is afraid to open the door.",
        channel=Channel.HOUSING_OFFICER,
        strands=["adult"],
        abuse_types=case.dice.codes(AbuseType, 1, 1),
        late=False,
    )
    was, now = case.role, case.dice.pick((PersonRole.VICTIM, PersonRole.INTENDED_TARGET))
    at_once = case.chance(0.6)
    to = Classification.ADULT if at_once else Classification.SAFEGUARDING
    changes = [(case.person, was, now)] if case.chance(0.5) else []
    reason = "He was the one attacked; the report had it the wrong way round."
    coming_in.reclassified(case, to, reason, changes=changes)
    if not changes:
        people.role_changed(case, case.person, was, now, reason)
    case.role = now
    if not at_once:
        case.wait(1, 10)
        further = case.dice.pick((Classification.ADULT, Classification.HATE_CRIME))
        coming_in.reclassified(case, further, "Now known what it is.")
    people.involved(
        case,
        case.other("attackers"),
        PersonRole.ALLEGED_PERPETRATOR,
        kind=PersonType.UNKNOWN,
        unidentified_description="Several, not known to the neighbours.",
    )
