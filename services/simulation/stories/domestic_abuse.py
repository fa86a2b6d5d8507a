"""Domestic abuse: restricted, with a DASH assessment, security first, and perhaps a MARAC."""

from domain.vocabulary.consent import Agency
from domain.vocabulary.housing import HousingChange
from domain.vocabulary.meetings import Forum
from domain.vocabulary.people import PersonRole, PersonType, Relationship, TenureRole, YesNoUnknown
from domain.vocabulary.plan import DecisionKind
from domain.vocabulary.protection import ImmediateProtection
from domain.vocabulary.record import Sensitivity
from domain.vocabulary.referral import ReferralRoute, ReferralUrgency
from domain.vocabulary.risk import RiskTool
from domain.vocabulary.safeguarding import (
    Classification,
    ConductPattern,
    DomesticAbuseBehaviour,
)
from domain.vocabulary.support import SupportKind
from domain.vocabulary.voice import AdvocateKind
from services.simulation.case import Case
from services.simulation.steps import (
    coming_in,
    consent,
    contact,
    enforcing,
    homes,
    meetings,
    people,
    plan,
    referring,
    risk,
)
from services.simulation.stories import course

_BETWEEN = (
    Relationship.PARTNER,
    Relationship.EX_PARTNER,
    Relationship.SPOUSE,
    Relationship.EX_SPOUSE,
    Relationship.CHILD,
    Relationship.IN_CONTACT_WITH,
)


def domestic_abuse(case: Case) -> None:
    """Abuse between people who are personally connected."""
    case.secrecy = Sensitivity.RESTRICTED
    case.role = PersonRole.VICTIM
    other = case.other("partner")
    coming_in.concern(
        case,
        case.say(
            "Whispered on the phone that he checks it, and hung up.",
            "Door kicked in again; she says that she fell.",
            "He has lost his job and she gives him no money for food.",
        ),
        strands=["domestic-abuse"],
        abuse_types=["domestic"],
        domestic_abuse_behaviours=case.dice.codes(DomesticAbuseBehaviour, 1, 3),
        pattern=case.dice.code(ConductPattern),
        source_of_risk=case.dice.pick(("partner", "ex-partner", "relative")),
        personally_connected="yes",
        both_sixteen_or_over=case.dice.code(YesNoUnknown, "no"),
        policy_refs=["policy:wellbeing"] if case.chance(0.4) else None,
    )
    coming_in.opened(case, Classification.DOMESTIC_ABUSE)
    coming_in.allocated(case)
    people.at_the_centre(case, case.dice.whole(18, 70))
    tenure = TenureRole.JOINT_TENANT if case.chance(0.3) else TenureRole.NONE
    role, kind = PersonRole.ALLEGED_PERPETRATOR, PersonType.PUBLIC
    people.involved(case, other, role, kind=kind, tenure=tenure, years=38)
    people.related(case, other, case.person, case.dice.pick(_BETWEEN), ended=case.chance(0.3))
    people.preference(case)
    level = risk.assessed(case, RiskTool.DASH)
    coming_in.triaged(case, "refer")
    if case.chance(0.25):
        risk.protected_at_once(case, ImmediateProtection.EMERGENCY_LOCKS)
    course.safer_home(case)
    course.now_and_then(case)
    if course.may_refer(case):
        _referred(case, high=level.is_high)
    if case.chance(0.4):
        consent.advocate(case, AdvocateKind.IDVA)
    if case.chance(0.3):
        contact.supported(case, SupportKind.PERPETRATOR_HELP, to=other, likely=0.3)
    if case.chance(0.15):
        plan.decided(case, DecisionKind.TENURE)
        homes.housing_changed(case, HousingChange.MOVE)
    if case.chance(0.15):
        enforcing.acted_against(case, other)
        plan.decided(case, DecisionKind.LEGAL, privileged=True)
    course.worked(case, case.dice.whole(0, 3))
    course.ended(case)
    course.afterwards(case)


def _referred(case: Case, *, high: bool) -> None:
    if not high:
        route = case.dice.pick((ReferralRoute.MASH, ReferralRoute.DA_SERVICE, ReferralRoute.IDVA))
        taken_on = course.referred(case, route)
        forum = Forum.DA_PARTNERSHIP_BOARD if case.chance(0.1) else Forum.MASH_DISCUSSION
        course.answered(case, taken_on=taken_on, forum=forum, convenor=Agency.VOLUNTARY)
        return
    referring.referred(case, ReferralRoute.MARAC, urgency=ReferralUrgency.IMMEDIATE)
    case.wait(5, 12)
    meeting = meetings.met(case, Forum.MARAC, Agency.POLICE)
    if meeting and case.chance(0.5):
        contact.housing_offered(case, meeting=meeting)
    course.answered(case, taken_on=False, forum=Forum.MARAC, convenor=Agency.POLICE)
