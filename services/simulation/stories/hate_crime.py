"""Hate crime: aimed at what someone is, often by neighbours and over a long time."""

from domain.vocabulary.challenge import BarrierCode
from domain.vocabulary.consent import Agency
from domain.vocabulary.meetings import Forum
from domain.vocabulary.people import PersonRole
from domain.vocabulary.referral import ReferralRoute
from domain.vocabulary.safeguarding import Classification, HateStrand, IncidentKind
from services.simulation.case import Case
from services.simulation.steps import challenge, coming_in, enforcing, people, risk
from services.simulation.stories import course


def hate_crime(case: Case) -> None:
    """Incidents that the police and a panel hear of."""
    neighbour = case.other("neighbour")
    case.role = PersonRole.VICTIM
    strands = case.dice.codes(HateStrand, 1, 1)
    for _ in range(case.dice.whole(0, 2)):
        coming_in.incident(
            case,
            IncidentKind.HATE_INCIDENT,
            "Called names on the stairs, and something put through the door.",
            category="hate-crime",
            hate_strands=strands,
            subjects=[(case.person, PersonRole.VICTIM)],
        )
        case.wait(2, 12)
    coming_in.concern(
        case,
        "Will not take the children to school past that door any more.",
        strands=["hate-crime"],
        abuse_types=["discriminatory"],
        hate_strands=strands,
        source_of_risk="neighbour",
        crime_suspected="yes",
    )
    coming_in.opened(case, Classification.HATE_CRIME)
    coming_in.allocated(case)
    people.at_the_centre(case, case.dice.whole(18, 80))
    people.involved(case, neighbour, PersonRole.ALLEGED_PERPETRATOR)
    risk.assessed(case)
    coming_in.triaged(case, "refer")
    if case.chance(0.3):
        challenge.barrier(case, BarrierCode.HATE_CRIME_AWARENESS)
    course.now_and_then(case)
    if course.may_refer(case):
        routes = (ReferralRoute.POLICE_CRIME_REPORT, ReferralRoute.ASB_CASE_REVIEW)
        taken_on = course.referred(case, *routes[: case.dice.weighted({1: 8, 2: 2})])
        forum = Forum.HATE_CRIME_PANEL
        course.answered(case, taken_on=taken_on, forum=forum, convenor=Agency.POLICE)
    course.safer_home(case)
    if case.chance(0.6):
        warning = enforcing.warned(case, neighbour, "Abuse on the stairs, heard by two people.")
        if case.chance(0.3):
            case.wait(5, 30)
            enforcing.reviewed(case, warning)
    course.worked(case, case.dice.whole(0, 3))
    course.ended(case)
    course.afterwards(case)
