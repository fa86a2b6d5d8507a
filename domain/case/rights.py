"""People's rights over the record: holds, what may not be destroyed, disputes, who read it."""

from domain.case.evolving import changed
from domain.case.state import CaseState
from domain.case.verdicts import ADMITTED, Contradiction, Found, Verdict, Waiting, verdict
from domain.corrections import correctable_fields
from domain.events.access import ExportProduced, RecordAccessed
from domain.events.rights import (
    EventRedacted,
    PersonDataErased,
    RectificationDisputed,
    RetentionHoldLifted,
    RetentionHoldPlaced,
)
from domain.outcomes import Reason
from domain.streams import access_stream_of


@changed.register
def _(event: RetentionHoldPlaced, state: CaseState) -> CaseState:
    return state._replace(holds=state.holds | {event.hold_id})


@changed.register
def _(event: RetentionHoldLifted, state: CaseState) -> CaseState:
    return state._replace(holds=state.holds - {event.hold_id})


@verdict.register
def _(event: RetentionHoldLifted, state: CaseState, found: Found) -> Verdict:
    if event.hold_id in state.holds:
        return ADMITTED
    return Contradiction(f"hold {event.hold_id} was lifted already")


@verdict.register(PersonDataErased)
@verdict.register(EventRedacted)
def _(event: PersonDataErased | EventRedacted, state: CaseState, found: Found) -> Verdict:
    # Whenever it was decided: what is destroyed now is gone for whoever needs it kept.
    if state.holds:
        lifted = f"the RetentionHoldLifted of hold {', '.join(sorted(state.holds))}"
        return Waiting(lifted, Reason.LEGAL_HOLD)
    return ADMITTED


@verdict.register
def _(event: RectificationDisputed, state: CaseState, found: Found) -> Verdict:
    target = found[event.target.event_id]
    if event.field is None or event.field in correctable_fields(type(target)):
        return ADMITTED
    return Contradiction(f"{target.type} has no field {event.field!r} that could be disputed")


@verdict.register(RecordAccessed)
@verdict.register(ExportProduced)
def _(event: RecordAccessed | ExportProduced, state: CaseState, found: Found) -> Verdict:
    expected = access_stream_of(event.about)
    if event.case_ref == expected:
        return ADMITTED
    return Contradiction(f"who saw {event.about} is told on {expected}", Reason.WRONG_STREAM)
