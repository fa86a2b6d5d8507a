"""Allegations against those who work for the landlord: sealed from the first."""

from domain.events.enquiries import StaffAllegationRaised
from domain.vocabulary.consent import Agency, OverrideGround
from domain.vocabulary.enquiry import AllegationReferral, StaffRelation
from domain.vocabulary.meetings import Forum
from domain.vocabulary.people import PersonRole, PersonType
from domain.vocabulary.record import Sensitivity
from domain.vocabulary.referral import EnquiryType, ReferralRoute
from domain.vocabulary.safeguarding import Channel, Classification
from services.simulation.case import Case
from services.simulation.steps import coming_in, consent, contact, meetings, people, risk
from services.simulation.stories import course
from services.simulation.world import LEAD

_KINDS = {
    StaffRelation.EMPLOYEE: PersonType.COLLEAGUE,
    StaffRelation.AGENCY_WORKER: PersonType.AGENCY_STAFF,
    StaffRelation.CONTRACTOR: PersonType.CONTRACTOR,
    StaffRelation.VOLUNTEER: PersonType.VOLUNTEER,
}


def staff(case: Case) -> None:
    """A member of staff is said to have done harm."""
    case.secrecy = Sensitivity.SEALED
    case.role = PersonRole.VICTIM
    coming_in.concern(
        case,
        case.say(
            "He borrowed money from three tenants that I know of.",
            "Shouted at her until she cried, and laughed about it in the van.",
        ),
        channel=case.dice.pick((Channel.WHISTLEBLOWING, Channel.SELF, Channel.CONTACT_CENTRE)),
        strands=["staff"],
        abuse_types=["organisational", "financial-or-material"],
        source_of_risk=case.dice.pick(("staff", "contractor")),
    )
    coming_in.opened(case, Classification.STAFF)
    coming_in.allocated(case)
    people.at_the_centre(case, case.dice.whole(19, 90))
    relation = case.dice.code(StaffRelation)
    subject = case.other("staff-subject")
    kind = _KINDS.get(relation, PersonType.COLLEAGUE)
    people.involved(case, subject, PersonRole.STAFF_SUBJECT, kind=kind)
    case.tell(
        StaffAllegationRaised,
        LEAD,
        subjects=[(subject, PersonRole.STAFF_SUBJECT)],
        subject_staff=f"staff:subject-{case.name}",
        relation=relation,
        referred_to=case.dice.codes(AllegationReferral, 0, 2) or None,
        allegation="Took money from people who could not refuse.",
    )
    risk.assessed(case)
    coming_in.triaged(case, "refer")
    consent.overridden(case, OverrideGround.STAFF_IMPLICATED)
    routes = (ReferralRoute.PIPOT, ReferralRoute.LADO, ReferralRoute.HSE, ReferralRoute.RSH)
    taken_on = course.referred(case, ReferralRoute.MASH, *case.dice.several(routes, 1, 1))
    if case.chance(0.6):
        with case.meanwhile():
            meetings.enquired(case, case.dice.pick((EnquiryType.INTERNAL, EnquiryType.OTHER)))
    course.now_and_then(case)
    contact.colleague_supported(case)
    forum = Forum.STRATEGY
    course.answered(case, taken_on=taken_on, forum=forum, convenor=Agency.ADULT_SOCIAL_CARE)
    course.worked(case, case.dice.whole(0, 2))
    course.ended(case)
    course.afterwards(case)
