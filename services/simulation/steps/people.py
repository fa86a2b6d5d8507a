"""Who is in a case, what they are to each other, what puts them at risk, how to reach them."""

from datetime import timedelta
from typing import Any

from domain.events.people import (
    CommunicationPreferenceRecorded,
    PersonInvolved,
    PersonRoleChanged,
    VulnerabilityEnded,
    VulnerabilityRecorded,
)
from domain.events.relationships import RelationshipEnded, RelationshipRecorded
from domain.vocabulary.people import (
    Involvement,
    PersonRole,
    PersonType,
    Relationship,
    TenureRole,
    YesNoUnknown,
)
from domain.vocabulary.record import Sensitivity
from domain.vocabulary.vulnerability import (
    Amplifier,
    ContactMethod,
    EscapeBarrier,
    SupportReason,
    VulnerabilityCause,
    VulnerabilityType,
)
from services.simulation.case import Case
from services.simulation.world import HMS, HOUSING, LEAD, Desk

_REASON_OF = {
    VulnerabilityType.FRAIL_OR_ILL_OLDER_PERSON: SupportReason.PHYSICAL,
    VulnerabilityType.LEARNING_DIFFICULTY: SupportReason.LEARNING_DISABILITY,
    VulnerabilityType.PHYSICAL_OR_SENSORY_IMPAIRMENT: SupportReason.SENSORY,
    VulnerabilityType.MENTAL_HEALTH: SupportReason.MENTAL_HEALTH,
    VulnerabilityType.LONG_TERM_CONDITION: SupportReason.MEMORY_AND_COGNITION,
    VulnerabilityType.SERIOUS_SUBSTANCE_MISUSE: SupportReason.SOCIAL,
    VulnerabilityType.UNPAID_CARER: SupportReason.NONE,
}


def involved(
    case: Case,
    person: str,
    role: PersonRole,
    *,
    kind: PersonType = PersonType.CUSTOMER,
    tenure: TenureRole | None = None,
    years: int | None = None,
    desk: Desk = HOUSING,
    **own: Any,
) -> None:
    """Make a person part of the case; `years` is about how old they are."""
    born = None
    if years is not None:
        born = case.day(-(years * 365 + case.dice.whole(1, 364)))
    case.tell(
        PersonInvolved,
        desk,
        person=person,
        role=role,
        person_type=kind,
        tenure_role=tenure,
        known_to_social_care=case.dice.code(YesNoUnknown) if years is not None else None,
        date_of_birth=born,
        **own,
    )


def at_the_centre(case: Case, years: int, *, tenure: TenureRole | None = None) -> None:
    """Make the person whom it is about part of the case, with what is known of them."""
    how = case.dice.code(Involvement)
    involved(
        case,
        case.person,
        case.role,
        tenure=tenure or case.dice.code(TenureRole, "none", "visitor", "applicant"),
        years=years,
        involvement=how,
        not_involved_reason="Not safe to speak to them yet." if how == "not-involved" else None,
    )


def vulnerable(case: Case, kind: VulnerabilityType | None = None, *, ends: bool = False) -> None:
    """Record what puts the person at risk, and perhaps later that it does no more."""
    dice = case.dice
    which = kind or dice.code(VulnerabilityType)
    escape = dice.codes(EscapeBarrier, 1, 2) if case.chance(0.3) else None
    case.tell(
        VulnerabilityRecorded,
        dice.pick((HMS, HOUSING, LEAD)),
        secrecy=Sensitivity.RESTRICTED,
        person=case.person,
        vulnerability_type=which,
        amplifiers=dice.codes(Amplifier, 0, 2) or None,
        since=case.day(-dice.whole(5, 2_000)),
        information_source=case.say("Housing officer", "GP surgery", "The person", "Social worker"),
        minimal_instruction=case.say(
            "Speak slowly and leave time to answer.",
            "Ring before calling and say who is coming.",
            "Meet downstairs; stairs are hard.",
        ),
        causes=dice.codes(VulnerabilityCause, 0, 2) or None,
        escape_barriers=escape,
        primary_support_reason=_REASON_OF[which] if case.chance(0.6) else None,
    )
    if ends:
        with case.meanwhile():
            case.wait(30, 60)
            case.tell(
                VulnerabilityEnded,
                LEAD,
                secrecy=Sensitivity.RESTRICTED,
                person=case.person,
                vulnerability_type=which,
                until=case.day(-2),
                information_source="Support worker",
                reason="Treatment over, support no longer needed.",
            )


def preference(case: Case) -> None:
    """Record how to reach the person safely."""
    dice = case.dice
    safe = dice.codes(ContactMethod, 0, 2)
    unsafe = [method for method in dice.codes(ContactMethod, 0, 2) if method not in safe]
    points = [{"method": "phone", "address": f"phone:sim-{dice.whole(1000, 9999)}"}]
    case.tell(
        CommunicationPreferenceRecorded,
        HOUSING,
        person=case.person,
        method=dice.code(ContactMethod),
        language=dice.pick((None, None, None, "Polish", "Urdu", "British Sign Language")),
        interpreter=dice.code(YesNoUnknown),
        safe_channels=safe,
        unsafe_channels=unsafe or None,
        safe_times=dice.pick((None, "Weekday mornings", "While the children are at school")),
        written_ineffective=True if case.chance(0.3) else None,
        contact_points=points if case.chance(0.4) else None,
    )


def related(case: Case, a: str, b: str, how: Relationship, *, ended: bool = False) -> None:
    """Record what `a` is to `b`, and perhaps that it is over."""
    parent = how is Relationship.PARENT
    since = case.day(-case.dice.whole(300, 4_000))
    case.tell(
        RelationshipRecorded,
        LEAD,
        a=a,
        b=b,
        relationship=how,
        since=since if case.chance(0.5) else None,
        parental_responsibility=case.dice.code(YesNoUnknown) if parent else None,
        informal_carer="yes" if how is Relationship.CARER else None,
    )
    if ended:
        with case.meanwhile():
            case.wait(10, 40)
            until = (case.now - timedelta(days=3)).date()
            case.tell(
                RelationshipEnded,
                LEAD,
                a=a,
                b=b,
                relationship=how,
                until=until,
                reason="Says that it is over and has asked for it to be recorded.",
            )


def someone_else(case: Case) -> None:
    """Make one more person part of the case, and say what they are to the person."""
    dice = case.dice
    role = dice.code(PersonRole, "staff-subject")
    other = case.other(role)
    involved(case, other, role, kind=dice.code(PersonType), years=dice.whole(3, 90))
    if case.chance(0.7):
        related(case, other, case.person, dice.code(Relationship), ended=case.chance(0.1))


def role_changed(case: Case, person: str, was: PersonRole, now: PersonRole, reason: str) -> None:
    """See a person in another role."""
    case.tell(
        PersonRoleChanged,
        LEAD,
        person=person,
        from_=was,
        to=now,
        reason=reason,
        evidence_events=[said.ref for said in case.opened_from[:1]] or None,
    )
