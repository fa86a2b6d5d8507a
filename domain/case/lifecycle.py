"""How a case opens, what it is treated as, who leads it, how it ends."""

from domain.case.evolving import changed, in_other_role
from domain.case.state import CaseState
from domain.case.verdicts import ADMITTED, Contradiction, Found, Verdict, Waiting, verdict
from domain.classification import Opening, first_classification
from domain.events.lifecycle import (
    CaseAllocated,
    CaseClosed,
    CaseOpened,
    CaseReopened,
    ConcernRaised,
    IncidentReported,
    Reclassified,
    TriageCompleted,
)
from domain.latest import precedes, supersedes


@changed.register(IncidentReported)
@changed.register(ConcernRaised)
def _(event: IncidentReported | ConcernRaised, state: CaseState) -> CaseState:
    is_first = precedes(event, state.opened_at)
    return _classified(state, event) if is_first and not state.formally_opened else state


@changed.register
def _(event: CaseOpened, state: CaseState) -> CaseState:
    return _classified(state._replace(formally_opened=True), event)


def _classified(state: CaseState, event: Opening) -> CaseState:
    # Once the case was reclassified, what it was reclassified from stands.
    if state.reclassified:
        return state
    first = first_classification(event)
    at = event.occurred_at
    return state._replace(classification=first, opened_at=at, classified_at=at)


@changed.register
def _(event: Reclassified, state: CaseState) -> CaseState:
    for change in event.role_changes:
        state = in_other_role(state, change.person, change.was, change.now)
    return state._replace(
        classification=event.to, reclassified=True, classified_at=event.occurred_at
    )


@changed.register
def _(event: CaseAllocated, state: CaseState) -> CaseState:
    if not supersedes(event, state.allocated_at):
        return state
    return state._replace(lead=event.lead, allocated_at=event.occurred_at)


@changed.register
def _(event: CaseClosed, state: CaseState) -> CaseState:
    closed_at = max(event.occurred_at, state.closed_at or event.occurred_at)
    return state._replace(is_closed=True, closed_at=closed_at)


@changed.register
def _(event: CaseReopened, state: CaseState) -> CaseState:
    return state._replace(is_closed=False)


@verdict.register
def _(event: CaseOpened, state: CaseState, found: Found) -> Verdict:
    if state.formally_opened:
        return Contradiction("the case was opened formally already")
    return ADMITTED


@verdict.register
def _(event: TriageCompleted, state: CaseState, found: Found) -> Verdict:
    return ADMITTED if state.any_risk_assessed else Waiting("a RiskAssessed")


@verdict.register
def _(event: Reclassified, state: CaseState, found: Found) -> Verdict:
    if event.from_ != state.classification:
        return Contradiction(
            f"it reclassifies from {event.from_}, but the case is classified {state.classification}"
        )
    if event.from_ == event.to:
        return Contradiction(f"it reclassifies from {event.from_} to the same")
    return ADMITTED


@verdict.register
def _(event: CaseClosed, state: CaseState, found: Found) -> Verdict:
    if state.is_closed:
        if state.closed_at is not None and event.occurred_at > state.closed_at:
            return Waiting("the CaseReopened that came before it")
        return Contradiction("the case is closed already")
    approved_by_lead = event.approved_by is not None and event.approved_by == state.lead
    if approved_by_lead and state.risk_level is not None and state.risk_level.is_high:
        return Contradiction(
            f"the risk is {state.risk_level}, so someone other than the lead must approve"
        )
    carried = set(event.residual_actions)
    left = [
        action_id
        for action_id, action in state.actions.items()
        if action.is_open
        and action.safety
        and action.agreed_at <= event.occurred_at
        and action_id not in carried
    ]
    if left:
        return Waiting(f"safety actions to end or to be carried over: {', '.join(sorted(left))}")
    return ADMITTED


@verdict.register
def _(event: CaseReopened, state: CaseState, found: Found) -> Verdict:
    return ADMITTED if state.is_closed else Waiting("a CaseClosed")
