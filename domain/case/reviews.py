"""Reviews: what was submitted to one stays what it was."""

from domain.case.evolving import changed, put
from domain.case.state import CaseState
from domain.case.verdicts import ADMITTED, Contradiction, Found, Verdict, verdict
from domain.events.reviews import ChronologySubmitted


@changed.register
def _(event: ChronologySubmitted, state: CaseState) -> CaseState:
    named = (event.review_id, event.chronology_version)
    if named in state.chronologies:
        return state
    return state._replace(chronologies=put(state.chronologies, named, event.sha256))


@verdict.register
def _(event: ChronologySubmitted, state: CaseState, found: Found) -> Verdict:
    # One version may go to several recipients, and more than once.
    frozen = state.chronologies.get((event.review_id, event.chronology_version))
    if frozen in (None, event.sha256):
        return ADMITTED
    return Contradiction(
        f"version {event.chronology_version} of the chronology of review {event.review_id} was "
        "submitted with other content"
    )
