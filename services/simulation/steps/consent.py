"""What the person agrees to, when it is overridden, and what they can decide and want."""

from collections.abc import Sequence

from domain.events.consent import ConsentDecisionRecorded, ConsentOverridden, PersonInformed
from domain.events.voice import AdvocateInvolved, CapacityConsidered, DesiredOutcomesRecorded
from domain.vocabulary.consent import ConsentScope, ConsentState, InformedAbout, OverrideGround
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.record import Sensitivity
from domain.vocabulary.voice import (
    AdvocateKind,
    CapacityOutcome,
    OutcomesAsked,
    RepresentativeKind,
    ToldBy,
)
from domain.vocabulary.vulnerability import ContactMethod
from services.simulation.case import Case
from services.simulation.telling import Said
from services.simulation.world import HOUSING, LEAD

_SOUGHT: dict[ConsentState, float] = {
    ConsentState.GIVEN: 58,
    ConsentState.REFUSED: 24,
    ConsentState.NOT_SOUGHT: 8,
    ConsentState.UNABLE: 5,
    ConsentState.VIA_REPRESENTATIVE: 5,
}

_GROUNDS = tuple(
    ground
    for ground in OverrideGround
    if ground not in (OverrideGround.CAPACITY_LACKING_OR_DOUBTFUL, OverrideGround.STAFF_IMPLICATED)
)
"""Those that rest on nothing else that has to be on record."""


def consent(
    case: Case, scope: ConsentScope = ConsentScope.REFER, state: ConsentState | None = None
) -> ConsentState:
    """Ask for consent, and return where the person stands."""
    where = state or case.dice.weighted(_SOUGHT)
    through = where is ConsentState.VIA_REPRESENTATIVE
    said = case.tell(
        ConsentDecisionRecorded,
        LEAD,
        scope=scope,
        person=case.person,
        state=where,
        sought_by=case.staff(HOUSING),
        how=case.dice.code(ContactMethod),
        reason_not_sought="It could not be asked safely." if where == "not-sought" else None,
        representative=_representative(case) if through else None,
    )
    if where in (ConsentState.GIVEN, ConsentState.VIA_REPRESENTATIVE):
        case.consent = said
    return where


def withdrawn(case: Case) -> None:
    """Have the person take consent back."""
    case.wait(5, 30)
    consent(case, state=ConsentState.WITHDRAWN)


def _representative(case: Case) -> dict[str, str]:
    return {"kind": case.dice.code(RepresentativeKind), "person": case.other("representative")}


def overridden(
    case: Case,
    *further: OverrideGround,
    scope: ConsentScope = ConsentScope.REFER,
    grounds: Sequence[OverrideGround] = _GROUNDS,
) -> None:
    """Decide to act without consent, and tell the person, or say why not."""
    case.wait(0, 1)
    dice = case.dice
    capacity = OverrideGround.CAPACITY_LACKING_OR_DOUBTFUL
    if case.chance(0.15) and capacity not in further:
        capacity_considered(case)
        further = (*further, capacity)
    case.override = case.tell(
        ConsentOverridden,
        LEAD,
        scope=scope,
        person=case.person,
        grounds=[*dice.several(grounds, 1, 2), *further],
        rationale="What may happen if nobody is told weighs more than the wish not to be named.",
        decider=case.lead,
        dissenting_view="Officer fears losing their trust." if case.chance(0.2) else None,
        risk_of_sharing="May stop opening the door; to be told in person, today.",
    )
    informed = case.chance(0.75)
    case.wait(0, 1)
    case.tell(
        PersonInformed,
        LEAD,
        because=case.override,
        person=case.person,
        about=InformedAbout.OVERRIDE,
        informed=informed,
        not_informed_reason=None if informed else "Whoever harms them reads their messages.",
        method=dice.code(ContactMethod) if informed else None,
    )


def informed_of(case: Case, about: InformedAbout) -> None:
    """Tell the person; something was referred or overridden before."""
    case.tell(
        PersonInformed,
        HOUSING,
        person=case.person,
        about=about,
        informed=True,
        method=case.dice.code(ContactMethod),
    )


def capacity_considered(case: Case, decision: str = "Whether to let others be told.") -> Said:
    """Consider whether the person can take one decision."""
    dice = case.dice
    outcome = dice.code(CapacityOutcome)
    lacks = outcome is CapacityOutcome.LACKS
    return case.tell(
        CapacityConsidered,
        LEAD,
        secrecy=Sensitivity.RESTRICTED,
        person=case.person,
        decision=decision,
        outcome=outcome,
        basis=case.say(
            "Understood and weighed it, and said what would follow.",
            "Could not hold the question in mind for long.",
            "Agreed with whatever was said last.",
        ),
        executive_concern=dice.code(YesNoUnknown),
        representative=_representative(case) if lacks and case.chance(0.6) else None,
        supported_by=dice.code(AdvocateKind) if lacks else None,
        assessed_by=case.say("Social worker", "Safeguarding lead", "Nurse", "GP"),
    )


def wishes(case: Case) -> None:
    """Ask what the person wants to come of it."""
    asked = case.dice.code(OutcomesAsked)
    expressed = asked is OutcomesAsked.ASKED_EXPRESSED
    wanted = ("To feel safe at home.", "For it to stop.", "To stay where I am.", "My own money.")
    case.tell(
        DesiredOutcomesRecorded,
        HOUSING,
        person=case.person,
        asked=asked,
        outcomes=case.dice.several(wanted, 1, 2) if expressed else None,
        told_by=case.dice.code(ToldBy),
        representative=_representative(case) if case.chance(0.1) else None,
        reason_not_asked="Not reached yet." if asked is OutcomesAsked.NOT_ASKED else None,
    )


def advocate(case: Case, kind: AdvocateKind | None = None) -> None:
    """Have someone support the person in being heard."""
    case.tell(
        AdvocateInvolved,
        LEAD,
        person=case.person,
        kind=kind or case.dice.code(AdvocateKind),
        advocate=case.other("advocate") if case.chance(0.5) else None,
        organisation="Speak Up Wenshire" if case.chance(0.6) else None,
        since=case.day(),
    )
