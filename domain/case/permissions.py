"""Who may do what: a grant is revoked once, and what was recorded of it is not corrected."""

from domain.case.evolving import changed
from domain.case.state import CaseState
from domain.case.verdicts import ADMITTED, Contradiction, Found, Verdict, verdict
from domain.events.permissions import ConflictEnded, ReviewAccessRevoked, RoleRevoked

_Ending = RoleRevoked | ReviewAccessRevoked | ConflictEnded


@changed.register(RoleRevoked)
@changed.register(ReviewAccessRevoked)
@changed.register(ConflictEnded)
def _(event: _Ending, state: CaseState) -> CaseState:
    item = event.builds_on
    return state._replace(ended=state.ended | {item}) if item else state


@verdict.register(RoleRevoked)
@verdict.register(ReviewAccessRevoked)
@verdict.register(ConflictEnded)
def _(event: _Ending, state: CaseState, found: Found) -> Verdict:
    item = event.builds_on
    if item in state.ended:
        return Contradiction(f"{item[1]} has ended already")
    return ADMITTED
