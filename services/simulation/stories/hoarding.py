"""Hoarding and self-neglect: looked at room by room; capacity before any legal step."""

from domain.vocabulary.consent import Agency
from domain.vocabulary.hoarding import HoardingLevel
from domain.vocabulary.lifecycle import MonitoringReason, NoStatutoryRoute
from domain.vocabulary.meetings import Forum
from domain.vocabulary.referral import ReferralRoute
from domain.vocabulary.risk import RiskTool
from domain.vocabulary.safeguarding import Channel, Classification
from domain.vocabulary.support import SupportKind, SupportMeasure
from services.simulation.case import Case
from services.simulation.steps import (
    before,
    coming_in,
    consent,
    contact,
    enforcing,
    homes,
    people,
    plan,
    risk,
)
from services.simulation.stories import course

_ALSO = (ReferralRoute.RSPCA, ReferralRoute.HOARDING_PANEL, ReferralRoute.ENVIRONMENTAL_HEALTH)


def hoarding(case: Case) -> None:
    """A home that fills up."""
    course.known_before(case)
    level = case.dice.weighted(
        {HoardingLevel.LOW: 35, HoardingLevel.MEDIUM: 40, HoardingLevel.HIGH: 25}
    )
    coming_in.concern(
        case,
        case.say("Could not get to the boiler.", "Boxes to the ceiling; one way through."),
        channel=case.dice.pick(
            (Channel.REPAIR_VISIT, Channel.PROPERTY_INSPECTION, Channel.HOUSING_OFFICER)
        ),
        strands=["hoarding"],
        abuse_types=["self-neglect"],
        source_of_risk="self",
        basis="observation",
    )
    coming_in.opened(case, Classification.HOARDING)
    coming_in.allocated(case)
    people.at_the_centre(case, case.dice.whole(30, 88))
    people.vulnerable(case)
    before.found_on_file(case)
    homes.hoarding_assessed(case, level)
    if case.chance(0.3):
        homes.hazard(case)
    risk.assessed(case, RiskTool.FIRE if level is HoardingLevel.HIGH else RiskTool.GENERAL)
    decision = {"low": "monitor", "medium": "landlord-led", "high": "refer"}[level]
    route = NoStatutoryRoute.SELF_NEGLECT if decision == "landlord-led" else None
    coming_in.triaged(case, decision, route=route)
    people.preference(case)
    course.now_and_then(case)
    if level is HoardingLevel.LOW:
        plan.monitored(case, MonitoringReason.HOARDING_LOW)
    else:
        contact.supported(case, SupportKind.HOARDING_HELP)
    if level is HoardingLevel.HIGH:
        _dangerous(case)
    for _ in range(case.dice.whole(0, 2)):
        case.wait(15, 40)
        homes.hoarding_assessed(case, case.dice.code(HoardingLevel, "high"))
    course.worked(case, case.dice.whole(0, 3))
    course.ended(case)
    course.afterwards(case)


def _dangerous(case: Case) -> None:
    contact.measured(case, SupportMeasure.FIRE_KIT, urgent=True)
    if course.may_refer(case):
        routes = (ReferralRoute.ASC_FRONT_DOOR, ReferralRoute.FIRE_HOME_SAFETY)
        also = case.dice.several(_ALSO, 0, 1)
        taken_on = course.referred(case, *routes, *also)
        forum = case.dice.pick((Forum.HOARDING_PANEL, Forum.SELF_NEGLECT_PANEL))
        course.answered(case, taken_on=taken_on, forum=forum, convenor=Agency.ADULT_SOCIAL_CARE)
    if case.chance(0.4):
        case.wait(10, 30)
        capacity = consent.capacity_considered(case, "Whether to let the home be cleared.")
        step = enforcing.acted_against(case, case.person, capacity=capacity)
        if case.chance(0.5):
            case.wait(5, 20)
            enforcing.reviewed(case, step)
        plan.monitored(case, MonitoringReason.AFTER_COURT)
