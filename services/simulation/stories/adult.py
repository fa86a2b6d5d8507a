"""Adults at risk: most of what comes in; some is low-level, some people want no help."""

from typing import Any

from domain.vocabulary.consent import Agency, ConsentScope, ConsentState
from domain.vocabulary.lifecycle import MonitoringReason, NoStatutoryRoute
from domain.vocabulary.meetings import Forum
from domain.vocabulary.plan import DecisionKind
from domain.vocabulary.referral import ReferralRoute
from domain.vocabulary.safeguarding import (
    AbuseType,
    Classification,
    ClosureReason,
    IncidentKind,
    SourceOfRisk,
)
from domain.vocabulary.support import SupportResponse
from services.simulation.case import Case
from services.simulation.steps import before, coming_in, consent, contact, people, plan, risk
from services.simulation.stories import course

_ACCOUNTS = (
    "Has lost a lot of weight and says that her son looks after the money now.",
    "Bruise on the arm; would not say how, and looked at the carer.",
    "Found on the stairs at noon in a dressing gown, not sure what day it was.",
    "Says a new friend has moved in and has the bank card.",
)
_FORUMS = (Forum.STRATEGY, Forum.CASE_CONFERENCE, Forum.MASH_DISCUSSION, Forum.PROFESSIONALS)


def adult(case: Case) -> None:
    """An adult at risk, referred to the authority where consent or an override allows it."""
    course.known_before(case)
    _raised(case)
    if case.chance(0.1):
        risk.protected_at_once(case)
    decision = case.dice.weighted({"refer": 78, "landlord-led": 9, "monitor": 8, "nfa": 5})
    risk.assessed(case)
    coming_in.triaged(case, decision, needs=case.dice.weighted({"yes": 6, "unknown": 4}))
    course.now_and_then(case)
    if decision == "refer" and course.may_refer(case):
        route = case.dice.pick((ReferralRoute.ASC_FRONT_DOOR, ReferralRoute.MASH))
        also = case.dice.weighted({None: 6, ReferralRoute.GP: 2, ReferralRoute.POLICE_101: 2})
        taken_on = course.referred(case, *(each for each in (route, also) if each))
        forum = case.dice.pick(_FORUMS)
        course.answered(case, taken_on=taken_on, forum=forum, convenor=Agency.ADULT_SOCIAL_CARE)
    elif decision == "monitor":
        plan.monitored(case, MonitoringReason.TRIAGE)
    if decision == "nfa":
        plan.closed(case, ClosureReason.NO_CONCERN, asked=False)
    else:
        course.worked(case, case.dice.whole(0, 4))
        course.ended(case)
    course.afterwards(case)


def _raised(case: Case, **own: Any) -> None:
    if case.chance(0.12):
        coming_in.incident(
            case,
            case.dice.code(IncidentKind, "hate-incident"),
            "Not sure who to tell; it did not look right.",
            category=case.dice.pick((None, "welfare", "unclassified")),
        )
        case.wait(0, 4)
    coming_in.concern(
        case,
        case.dice.pick(_ACCOUNTS),
        strands=["adult"],
        abuse_types=case.dice.codes(AbuseType, 1, 2),
        source_of_risk=case.dice.code(SourceOfRisk),
        **own,
    )
    coming_in.opened(case, Classification.ADULT)
    coming_in.allocated(case)
    people.at_the_centre(case, case.dice.whole(19, 93))
    people.vulnerable(case, ends=case.chance(0.12))
    before.found_on_file(case)


def low_level(case: Case) -> None:
    """Small things, none of which is much by itself, that add up."""
    _raised(case, low_level=True, severity="low")
    risk.assessed(case, weights={"low": 9, "medium": 1})
    coming_in.triaged(case, "monitor", route=NoStatutoryRoute.BELOW_THRESHOLD)
    plan.monitored(case, MonitoringReason.LOW_LEVEL_CONCERN)
    for _ in range(case.dice.whole(1, 4)):
        case.wait(6, 22)
        coming_in.concern(
            case,
            case.say("Asked for food again.", "Post piling up.", "Smelt of drink at ten."),
            low_level=True,
            severity="low",
            basis="pattern",
            late=False,
        )
    course.now_and_then(case)
    if case.chance(0.3) and course.may_refer(case):
        course.referred(case, ReferralRoute.ASC_FRONT_DOOR)
    course.ended(case)
    course.afterwards(case)


def refuser(case: Case) -> None:
    """Someone at risk who wants no help, and is not left alone for it."""
    course.known_before(case)
    _raised(case)
    risk.assessed(case, weights={"medium": 6, "high": 4})
    coming_in.triaged(case, "landlord-led", route=NoStatutoryRoute.REFUSES_SUPPORT)
    for _ in range(case.dice.whole(1, 3)):
        contact.not_reached(case, case.dice.whole(1, 3))
        if contact.supported(case, likely=0.15) is SupportResponse.ACCEPTED:
            break
    consent.consent(case, ConsentScope.SUPPORT, ConsentState.REFUSED)
    course.now_and_then(case)
    consent.capacity_considered(case, "Whether to be left without help.")
    consent.consent(case, state=ConsentState.REFUSED)
    if case.chance(0.6):
        consent.overridden(case)
        taken_on = course.referred(case, ReferralRoute.ASC_FRONT_DOOR)
        forum = Forum.HIGH_RISK_PANEL
        course.answered(case, taken_on=taken_on, forum=forum, convenor=Agency.ADULT_SOCIAL_CARE)
    else:
        plan.decided(case, DecisionKind.NO_REFERRAL)
    course.worked(case, case.dice.whole(1, 3))
    course.ended(case)
    course.afterwards(case)
