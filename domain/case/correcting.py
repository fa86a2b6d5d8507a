"""Corrections: noted as they come, and admitted where they fit what they correct."""

from domain.case.evolving import changed, put
from domain.case.state import CaseState
from domain.case.verdicts import ADMITTED, Contradiction, Found, Verdict, verdict
from domain.corrections import NotCorrectable, apply_correction, as_corrected
from domain.events.envelope import CaseEvent
from domain.events.integrity import EventCorrected
from domain.places import is_of_another_property
from domain.rules.policy import POLICY_FIELDS, POLICY_TYPES
from domain.times import FUTURE_TOLERANCE


@changed.register
def _(event: EventCorrected, state: CaseState) -> CaseState:
    target = event.target.event_id
    earlier = state.corrections.get(target, ())
    return state._replace(corrections=put(state.corrections, target, (*earlier, event)))


@verdict.register
def _(event: EventCorrected, state: CaseState, found: Found) -> Verdict:
    target_id = event.target.event_id
    target = as_corrected(found[target_id], state.corrections.get(target_id, ()))
    if target.BY_SERVICE:
        return Contradiction(f"a {target.type} counts as recorded: end it, and record another")
    if isinstance(target, POLICY_TYPES) and event.field in POLICY_FIELDS:
        return Contradiction(f"a {target.type} counts as recorded: record another in its place")
    try:
        reading = apply_correction(target, event)
    except NotCorrectable as misfit:
        return Contradiction(str(misfit))
    latest = event.recorded_at + FUTURE_TOLERANCE
    if max(reading.occurred_at, reading.occurred_to or latest, reading.known_at, latest) > latest:
        return Contradiction(f"it would move {target.type} more than 24 hours into the future")
    # What was recorded so already may still be corrected in other ways.
    if is_of_another_property(reading) and not is_of_another_property(target):
        return Contradiction(f"it would move {target.type} to another property than its file is of")
    if _begins_again(reading, target, state):
        return Contradiction(f"it would give {target.type} the {event.field} of another")
    return ADMITTED


def _begins_again(reading: CaseEvent, target: CaseEvent, state: CaseState) -> bool:
    """Tell whether an item, read as corrected, takes the reference of one that is there."""
    begun = reading.begins
    return begun is not None and begun != target.begins and begun in state.items
