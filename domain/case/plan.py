"""The action plan."""

from dataclasses import replace

from domain.case.evolving import changed, put
from domain.case.state import Action, CaseState
from domain.case.verdicts import ADMITTED, Contradiction, Found, Verdict, Waiting, verdict
from domain.events.plan import ActionAgreed, ActionCancelled, ActionCompleted, ActionReopened


@changed.register
def _(event: ActionAgreed, state: CaseState) -> CaseState:
    action = Action(agreed_at=event.occurred_at, safety=event.safety)
    return state._replace(actions=put(state.actions, event.action_id, action))


@changed.register(ActionCompleted)
@changed.register(ActionCancelled)
def _(event: ActionCompleted | ActionCancelled, state: CaseState) -> CaseState:
    action = state.actions.get(event.action_id)
    if action is None:
        return state
    ended = replace(action, course=action.course.ended(event))
    return state._replace(actions=put(state.actions, event.action_id, ended))


@changed.register
def _(event: ActionReopened, state: CaseState) -> CaseState:
    action = state.actions.get(event.action_id)
    if action is None:
        return state
    course = action.course.reopened(event)
    reopened = replace(action, agreed_at=max(action.agreed_at, event.occurred_at), course=course)
    return state._replace(actions=put(state.actions, event.action_id, reopened))


@verdict.register(ActionCompleted)
@verdict.register(ActionCancelled)
def _(event: ActionCompleted | ActionCancelled, state: CaseState, found: Found) -> Verdict:
    action = state.actions.get(event.action_id)
    if action is not None and not action.course.may_end:
        return Contradiction(
            f"action {event.action_id} was completed or cancelled already, and not opened again"
        )
    return ADMITTED


@verdict.register
def _(event: ActionReopened, state: CaseState, found: Found) -> Verdict:
    # Which end it follows does not matter: an earlier one may yet arrive.
    action = state.actions.get(event.action_id)
    if action is not None and action.course.may_end:
        return Waiting(f"an ActionCompleted or ActionCancelled of action {event.action_id}")
    return ADMITTED
