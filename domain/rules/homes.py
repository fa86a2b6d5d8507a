"""Where people live, and how they hold their homes, as far as the events say."""

from dataclasses import dataclass

from domain.events.envelope import CaseEvent
from domain.events.housing import HousingContextChanged
from domain.events.people import PersonInvolved
from domain.rules.history import History
from domain.vocabulary.housing import HousingChange
from domain.vocabulary.people import TenureRole

TENANTS = frozenset({TenureRole.TENANT, TenureRole.JOINT_TENANT})
"""Those who hold a tenancy."""

_LIVES_THERE = TENANTS | {
    TenureRole.LEASEHOLDER,
    TenureRole.SHARED_OWNER,
    TenureRole.LICENSEE,
    TenureRole.HOUSEHOLD_MEMBER,
}


@dataclass(frozen=True, slots=True)
class Home:
    """Where a person lives, and the event that says so."""

    property_ref: str
    told: CaseEvent


def home_of(file: History, person: str) -> Home | None:
    """Return where `person` lives; None where that is not known."""
    home: Home | None = None
    for event in _about(file, person):
        where = _home_in(event)
        if where is not None:
            home = Home(where, event)
        elif isinstance(event, HousingContextChanged) and _is_left(event):
            home = None
    return home


def tenure_role_of(
    file: History, person: str, before: CaseEvent | None = None
) -> TenureRole | None:
    """Return how `person` holds a home, or held it before an event; None where not known."""
    told = tenure_told_by(file, person, before)
    if told is None:
        return None
    return told.tenure_role or TenureRole.FORMER_TENANT


def tenure_told_by(
    file: History, person: str, before: CaseEvent | None = None
) -> PersonInvolved | HousingContextChanged | None:
    """Return the event that says how `person` holds a home, or that a tenancy ended."""
    found: PersonInvolved | HousingContextChanged | None = None
    for event in _about(file, person):
        if event is before:
            break
        ended = isinstance(event, HousingContextChanged) and event.kind is HousingChange.TENANCY_END
        if event.tenure_role is not None or ended:
            found = event
    return found


def _about(file: History, person: str) -> list[PersonInvolved | HousingContextChanged]:
    told = file.all(PersonInvolved, HousingContextChanged)
    return [
        event
        for event in told
        if isinstance(event, PersonInvolved | HousingContextChanged) and event.person == person
    ]


def _home_in(event: PersonInvolved | HousingContextChanged) -> str | None:
    if isinstance(event, PersonInvolved):
        return event.property_ref if event.tenure_role in _LIVES_THERE else None
    return event.to_property if _is_left(event) else event.property_ref


def _is_left(event: HousingContextChanged) -> bool:
    return event.kind in (HousingChange.MOVE, HousingChange.TENANCY_END)
