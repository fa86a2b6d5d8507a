"""The rule about actions that are due."""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.events.lifecycle import CaseClosed
from domain.events.plan import ActionAgreed, ActionReopened, ActionRescheduled
from domain.events.reviews import RecommendationAccepted, RecommendationImplemented
from domain.rules.flag import Finding
from domain.rules.history import History
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.streams import CASES_AND_ORGANISATIONS
from domain.times import end_of_day

Dated = ActionAgreed | ActionRescheduled | ActionReopened | RecommendationAccepted


@rule(
    "R34",
    "Action or accepted recommendation due",
    source="Primero: due soon within seven days",
    clears="its completion, cancellation or another due day; closing the case, but not for actions "
    "carried over, nor for recommendations",
    streams=CASES_AND_ORGANISATIONS,
    grace_days=0,
    soon_days=7,
)
def action_due(stream: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty for each open action and recommendation, on whoever owns it."""
    for action in _open_actions(stream):
        told, due = _due(stream, action)
        owner = action.owner or action.owner_org
        why = "An action that was agreed has to be carried out."
        yield _owed(terms, told, due, why, f"action:{action.action_id}", owner)
    done = {event.recommendation_id for event in stream.all(RecommendationImplemented)}
    for accepted in stream.all(RecommendationAccepted):
        if accepted.recommendation_id not in done:
            item = f"recommendation:{accepted.recommendation_id}"
            why = "A recommendation that was accepted has to be carried out."
            yield _owed(terms, accepted, accepted.due, why, item, accepted.owner)


def _open_actions(stream: History) -> Iterator[ActionAgreed]:
    closing = None if stream.is_open else stream.latest(CaseClosed)
    for action in stream.all(ActionAgreed):
        carried_over = closing is None or action.action_id in closing.residual_actions
        if stream.state.actions[action.action_id].is_open and carried_over:
            yield action


def _due(stream: History, action: ActionAgreed) -> tuple[Dated, date]:
    """Return the day an action is due now, and what says so."""
    told: Dated = action
    due: date = action.due
    for event in stream.all(ActionRescheduled, ActionReopened):
        assert isinstance(event, ActionRescheduled | ActionReopened)
        if event.action_id == action.action_id and event.new_due is not None:
            told, due = event, event.new_due
    return told, due


def _owed(terms: Terms, told: Dated, day: date, why: str, item: str, owner: str) -> Finding:
    under = terms.for_duty_of(told)
    last = day + timedelta(days=under["grace_days"])
    return Finding(
        under=under,
        because=(told,),
        since=told.known_at,
        soon=end_of_day(last - timedelta(days=under["soon_days"])),
        due=end_of_day(last),
        why=why,
        item=item,
        owner=owner,
    )
