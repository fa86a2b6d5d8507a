"""Who is part of a case, in which roles."""

from domain.case.evolving import changed, in_other_role, in_role
from domain.case.state import CaseState
from domain.case.verdicts import ADMITTED, Found, Verdict, Waiting, verdict
from domain.events.people import PersonInvolved, PersonRoleChanged


@changed.register
def _(event: PersonInvolved, state: CaseState) -> CaseState:
    return in_role(state, event.person, event.role)


@changed.register
def _(event: PersonRoleChanged, state: CaseState) -> CaseState:
    return in_other_role(state, event.person, event.from_, event.to)


@verdict.register
def _(event: PersonRoleChanged, state: CaseState, found: Found) -> Verdict:
    # Another role contradicts nothing: a person may hold several, and this one may yet arrive.
    roles = state.roles.get(event.person, frozenset())
    if event.from_ in roles or event.to in roles:
        return ADMITTED
    return Waiting(f"the PersonInvolved of {event.person} as {event.from_}")
