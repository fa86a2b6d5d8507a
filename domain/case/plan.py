"""The action plan."""

from dataclasses import replace

from domain.case.evolving import changed, put
from domain.case.state import Action, CaseState
from domain.case.verdicts import ADMITTED, Contradiction, Found, Verdict, verdict
from domain.events.plan import ActionAgreed, ActionCancelled, ActionCompleted


@changed.register
def _(event: ActionAgreed, state: CaseState) -> CaseState:
    action = Action(agreed_at=event.occurred_at, is_open=True, safety=event.safety)
    return replace(state, actions=put(state.actions, event.action_id, action))


@changed.register
def _(event: ActionCompleted, state: CaseState) -> CaseState:
    return _with_action_ended(state, event.action_id)


@changed.register
def _(event: ActionCancelled, state: CaseState) -> CaseState:
    return _with_action_ended(state, event.action_id)


def _with_action_ended(state: CaseState, action_id: str) -> CaseState:
    action = state.actions.get(action_id)
    if action is None:
        return state
    return replace(state, actions=put(state.actions, action_id, replace(action, is_open=False)))


@verdict.register(ActionCompleted)
@verdict.register(ActionCancelled)
def _(event: ActionCompleted | ActionCancelled, state: CaseState, found: Found) -> Verdict:
    action = state.actions.get(event.action_id)
    if action is not None and not action.is_open:
        return Contradiction(f"action {event.action_id} was completed or cancelled already")
    return ADMITTED
