"""What is taken higher, and what stands in the way."""

from domain.events.challenge import BarrierEncountered, EscalationRaised, EscalationResponded
from domain.vocabulary.challenge import BarrierCode, EscalationGround, EscalationOutcome
from domain.vocabulary.consent import Agency
from services.simulation.case import Case
from services.simulation.world import HOUSING, LEAD, MANAGER


def escalated(
    case: Case, about: str, ref: str | None, ground: EscalationGround, stages: int
) -> None:
    """Challenge what was decided, or that nothing was, stage after stage until it is answered."""
    posts = ("Duty worker", "Team manager", "Head of service", "Director")
    for stage in range(1, stages + 1):
        case.wait(3, 6)
        escalation = case.item("esc")
        last = stage == stages
        case.tell(
            EscalationRaised,
            MANAGER if stage > 1 else LEAD,
            escalation_id=escalation,
            about=about,
            about_ref=ref,
            stage=stage,
            ground=ground,
            to=posts[stage - 1],
            agency=Agency.ADULT_SOCIAL_CARE,
            response_due=case.day(5 if stage == 1 else 2),
            case_put="The risk is ours to live with, and we cannot see what was made of it.",
        )
        if last and case.chance(0.7):
            case.wait(1, 6)
            case.tell(
                EscalationResponded,
                LEAD,
                escalation_id=escalation,
                outcome=case.dice.code(EscalationOutcome),
                resolved=case.chance(0.6),
                response="Will look at it again with what you have sent.",
            )


def barrier(case: Case, code: BarrierCode | None = None, *, referral: str | None = None) -> None:
    """Meet something that stands in the way."""
    case.tell(
        BarrierEncountered,
        case.dice.pick((LEAD, HOUSING)),
        code=code or case.dice.code(BarrierCode),
        agency=case.dice.code(Agency) if case.chance(0.8) else None,
        earlier_referral=referral,
        narrative="Noted for the next meeting with the authority.",
    )
