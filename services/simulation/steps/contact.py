"""Contact with the person, made or tried, and the support they are offered."""

from typing import Any

from domain.events.contact import ContactAttemptFailed, ContactMade
from domain.events.support import (
    HousingOfferMade,
    SupportMeasureProvided,
    SupportOffered,
    SupportResponded,
)
from domain.vocabulary.consent import Direction
from domain.vocabulary.contact import ContactFailure, ContactMode
from domain.vocabulary.meetings import Forum
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.support import HousingOffer, SupportKind, SupportMeasure, SupportResponse
from services.simulation.case import Case
from services.simulation.world import HOUSING, LEAD, PEOPLE, REPAIRS, Desk


def seen(case: Case) -> None:
    """Make contact with the person, nearly always seeing them."""
    dice = case.dice
    person_seen = dice.weighted({"yes": 8, "no": 1, "unknown": 1})
    case.tell(
        ContactMade,
        HOUSING,
        happened=case.ago(1, 30) if case.chance(0.25) else None,
        place=case.home.ref,
        person=case.person,
        mode=dice.code(ContactMode),
        direction=dice.code(Direction),
        seen=person_seen,
        seen_alone=dice.code(YesNoUnknown) if person_seen == "yes" else None,
        voice="Says that it is better, looking at the door." if case.chance(0.5) else None,
        understanding_checked=dice.code(YesNoUnknown),
        observations=case.say(
            "Curtains drawn at noon; two strange coats in the hall.",
            "Home warm and tidy; glad of the visit.",
            "No food in the kitchen, and post not opened for weeks.",
        ),
        professional_curiosity=(
            "Why does the nephew answer every question?" if case.chance(0.2) else None
        ),
    )


def not_reached(case: Case, attempts: int) -> None:
    """Try to reach the person and fail, time after time."""
    for attempt in range(1, attempts + 1):
        case.wait(2, 9)
        case.tell(
            ContactAttemptFailed,
            case.dice.pick((HOUSING, REPAIRS)),
            place=case.home.ref,
            person=case.person,
            mode=case.dice.code(ContactMode),
            reason=case.dice.code(ContactFailure),
            attempt_no=attempt,
        )


def supported(
    case: Case,
    kind: SupportKind | None = None,
    *,
    to: str | None = None,
    desk: Desk = HOUSING,
    likely: float = 0.55,
) -> SupportResponse:
    """Offer support and return what came of the offer; `likely` it is accepted."""
    dice = case.dice
    offer = case.item("offer")
    chosen = kind or dice.code(SupportKind)
    case.tell(SupportOffered, desk, offer_id=offer, kind=chosen, to=to or case.person)
    case.wait(0, 6)
    said = SupportResponse.ACCEPTED
    if not case.chance(likely):
        said = dice.pick((SupportResponse.DECLINED, SupportResponse.NO_REPLY))
    declined = said is SupportResponse.DECLINED
    case.tell(
        SupportResponded,
        desk,
        offer_id=offer,
        response=said,
        reason="Wants to be left alone." if declined and case.chance(0.7) else None,
    )
    if said is SupportResponse.ACCEPTED and chosen is SupportKind.SECURITY_MEASURES:
        measured(case, SupportMeasure.LOCKS, offer=offer, urgent=True)
    return said


def colleague_supported(case: Case) -> None:
    """Offer a colleague who is concerned what an employer can."""
    kinds = tuple(SupportKind)[16:22]
    supported(case, case.dice.pick(kinds), to=case.other("colleague"), desk=PEOPLE)


def measured(
    case: Case,
    kind: SupportMeasure | None = None,
    *,
    offer: str | None = None,
    urgent: bool = False,
) -> None:
    """Order something that keeps someone safe, and have it done beside the rest."""
    chosen = kind or case.dice.code(SupportMeasure)
    ordered, measure = case.day(), case.item("measure")
    named: dict[str, Any] = {"measure_id": measure, "kind": chosen, "offer_id": offer}
    case.tell(
        SupportMeasureProvided,
        HOUSING,
        place=case.home.ref,
        urgent=urgent,
        ordered_on=ordered,
        person=case.person,
        **named,
    )
    with case.meanwhile():
        case.wait(0 if urgent else 3, 3 if urgent else 25)
        if case.chance(0.85):
            ends = case.day(90) if chosen is SupportMeasure.ALARM else None
            case.tell(
                SupportMeasureProvided,
                REPAIRS,
                place=case.home.ref,
                urgent=urgent,
                ordered_on=ordered,
                completed_on=case.day(),
                ends_on=ends,
                person=case.person,
                **named,
            )


def housing_offered(case: Case, *, meeting: str | None = None) -> None:
    """Say what housing can do, and hear later whether the plan took it up."""
    offer, kind = case.item("home"), case.dice.code(HousingOffer)
    forum = case.dice.code(Forum) if meeting else None
    for adopted in ("unknown", case.dice.code(YesNoUnknown)):
        case.tell(
            HousingOfferMade,
            LEAD,
            housing_offer_id=offer,
            kind=kind,
            to_forum=forum,
            meeting_id=meeting,
            adopted=adopted,
        )
        case.wait(1, 6)
