"""Warnings and legal steps, and whether they still look right later on."""

from domain.events.enforcement import EnforcementActionTaken, EnforcementReviewed, WarningIssued
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.risk import EnforcementKind, EnforcementOutcome, PossessionGround
from services.simulation.case import Case
from services.simulation.telling import Said
from services.simulation.world import ASB, MANAGER


def warned(case: Case, against: str, ground: str) -> Said:
    """Warn someone."""
    return case.tell(
        WarningIssued,
        ASB,
        subjects=[(against, "alleged-perpetrator")],
        kind="warning" if case.chance(0.8) else case.dice.code(EnforcementKind),
        against=against,
        ground=ground,
        proportionality_note="First step; a letter before anything else.",
        equality_check=case.dice.code(YesNoUnknown),
    )


def acted_against(case: Case, against: str, *, capacity: Said | None = None) -> Said:
    """Take a legal step against someone."""
    dice = case.dice
    kind = dice.code(EnforcementKind, "warning")
    possession = kind is EnforcementKind.POSSESSION
    return case.tell(
        EnforcementActionTaken,
        ASB,
        subjects=[(against, "alleged-perpetrator")],
        kind=kind,
        against=against,
        ground="Nuisance to neighbours over three months.",
        proportionality_note="Warnings and offers of help came to nothing.",
        equality_check=dice.code(YesNoUnknown),
        capacity_ref=capacity.ref if capacity else None,
        possession_ground=dice.code(PossessionGround) if possession else None,
        statutory_ground="Ground 14, Housing Act 1988" if possession else None,
        block_override_reason="Fire service asks for it at once." if capacity is None else None,
    )


def reviewed(case: Case, step: Said, outcome: EnforcementOutcome | None = None) -> None:
    """Look again at a warning or legal step."""
    case.tell(
        EnforcementReviewed,
        MANAGER,
        action=step.ref,
        outcome=outcome or case.dice.code(EnforcementOutcome),
        reason="Read again in the light of what is known now.",
    )
