"""Children at risk: no consent is needed to refer them."""

from domain.vocabulary.consent import Agency
from domain.vocabulary.harm import ChildHarm
from domain.vocabulary.meetings import Forum
from domain.vocabulary.people import PersonRole, PersonType, Relationship, TenureRole
from domain.vocabulary.referral import ReferralRoute
from domain.vocabulary.risk import RiskTool
from domain.vocabulary.safeguarding import Classification
from services.simulation.case import Case
from services.simulation.steps import before, coming_in, people, risk, sharing
from services.simulation.stories import course


def child(case: Case) -> None:
    """A child at risk, with a parent who has the tenancy."""
    course.known_before(case)
    parent, case.person = case.person, case.other("child")
    case.role = PersonRole.CHILD_AT_RISK
    coming_in.concern(
        case,
        case.say(
            "The little one was alone when the fitter came, and said that is how it is.",
            "Shouting at the children every night, and something thrown.",
            "Fifteen, out until three, new phone and trainers.",
        ),
        strands=["child"],
        child_harms=case.dice.codes(ChildHarm, 1, 2),
    )
    coming_in.opened(case, Classification.CHILD)
    coming_in.allocated(case)
    people.at_the_centre(case, case.dice.whole(1, 16), tenure=TenureRole.HOUSEHOLD_MEMBER)
    people.involved(case, parent, PersonRole.PARENT_OR_GUARDIAN, tenure=TenureRole.TENANT, years=34)
    people.related(case, parent, case.person, Relationship.PARENT)
    if case.chance(0.4):
        people.involved(
            case,
            case.other("sibling"),
            PersonRole.HOUSEHOLD_MEMBER,
            kind=PersonType.HOUSEHOLD_MEMBER,
            years=9,
        )
        how = case.dice.code(Relationship)
        people.related(case, case.other("sibling"), case.person, how)
    before.found_on_file(case)
    risk.assessed(case, RiskTool.CHILD)
    coming_in.triaged(case, case.dice.weighted({"refer": 9, "monitor": 1}))
    course.now_and_then(case)
    course.may_refer(case)
    routes = (ReferralRoute.CHILDRENS_SERVICES, ReferralRoute.PREVENT)
    taken_on = course.referred(case, *routes[: case.dice.weighted({1: 9, 2: 1})])
    sharing.shared(case)
    forum = case.dice.pick(
        (Forum.CHILD_PROTECTION_CONFERENCE, Forum.CORE_GROUP, Forum.FAMILY_GROUP, Forum.STRATEGY)
    )
    course.answered(case, taken_on=taken_on, forum=forum, convenor=Agency.CHILDRENS_SERVICES)
    course.worked(case, case.dice.whole(0, 3))
    course.ended(case)
    course.afterwards(case)
