"""Professional challenge: its stages come in order."""

from domain.case.evolving import changed
from domain.case.state import CaseState, Challenge
from domain.case.verdicts import ADMITTED, Found, Verdict, Waiting, verdict
from domain.events.challenge import FIRST_STAGE, EscalationRaised


@changed.register
def _(event: EscalationRaised, state: CaseState) -> CaseState:
    raised = (event.about, event.about_ref, event.stage)
    return state._replace(challenges=state.challenges | {raised})


@verdict.register
def _(event: EscalationRaised, state: CaseState, found: Found) -> Verdict:
    if event.stage == FIRST_STAGE or event.immediate_danger:
        return ADMITTED
    if any(_leads_to(event, earlier) for earlier in state.challenges):
        return ADMITTED
    which = f" {event.about_ref}" if event.about_ref else ""
    return Waiting(f"an EscalationRaised at stage {event.stage - 1} ({event.about}{which})")


def _leads_to(event: EscalationRaised, earlier: Challenge) -> bool:
    """Tell whether it is the stage before over the same matter; not every stage names it."""
    about, about_ref, stage = earlier
    is_same = event.about_ref is None or about_ref in (event.about_ref, None)
    return is_same and (about, stage) == (event.about, event.stage - 1)
