"""Advice, and information asked for and passed on."""

from domain.events.sharing import AdviceSought, InformationRequested, InformationShared
from domain.vocabulary.consent import Agency, Direction, LegalBasis, SharingMethod
from domain.vocabulary.people import PersonRole, YesNoUnknown
from services.simulation.case import Case
from services.simulation.steps.meetings import learned
from services.simulation.world import HOUSING, LEAD, MANAGER


def advised(case: Case) -> None:
    """Ask another agency what to do, most often without saying whom it is about."""
    named = case.chance(0.35)
    case.tell(
        AdviceSought,
        HOUSING,
        from_agency=case.dice.code(Agency),
        identities_disclosed=named,
        person=case.person if named else None,
        question="Someone says no and is plainly afraid: may we still tell you?",
        advice="You may, if the risk is high; tell them first if it is safe." if named else None,
        refer_advised=case.dice.code(YesNoUnknown),
    )


def asked(case: Case) -> None:
    """Ask for information, or be asked for it, and answer or be answered beside the rest."""
    dice = case.dice
    request, direction = case.item("req"), dice.code(Direction)
    outbound = direction is Direction.OUTBOUND
    case.tell(
        InformationRequested,
        LEAD,
        request_id=request,
        direction=direction,
        party=dice.code(Agency),
        party_role="Records officer" if case.chance(0.4) else None,
        items=["Calls to the address since January"],
        due=case.day(7),
        legal_basis=dice.code(LegalBasis) if outbound else None,
    )
    with case.meanwhile():
        case.wait(1, 12)
        if outbound and case.chance(0.7):
            learned(case)
        elif not outbound:
            shared(case, request=request)


def shared(case: Case, *, request: str | None = None) -> None:
    """Pass information on, where something allows it."""
    rests_on = case.override or case.consent
    if rests_on is None and case.role is not PersonRole.CHILD_AT_RISK:
        return
    sealed = case.secrecy == "sealed"
    case.tell(
        InformationShared,
        LEAD,
        subjects=case.about,
        recipient={"agency": case.dice.code(Agency), "role": "Duty worker"},
        items=["Name and address", "What was reported", "Visits since"],
        legal_basis=case.dice.code(LegalBasis),
        consent_ref=case.consent.ref if case.consent and not case.override else None,
        override_ref=case.override.ref if case.override else None,
        method=case.dice.code(SharingMethod),
        request_id=request,
        sealed_items=True if sealed else None,
        released_by=case.staff(MANAGER) if sealed else None,
    )
