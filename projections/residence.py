"""Where people live and as what, as events say it, and who lived together on a day."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from domain.events.envelope import CaseEvent
from domain.events.fields import Part
from domain.events.housing import HousingContextChanged
from domain.events.people import PersonInvolved
from domain.times import in_london
from domain.vocabulary.housing import HousingChange
from domain.vocabulary.people import PersonRole, PersonType, TenureRole
from projections.personal_columns import Place, Pseudonym


class Residence(Part):
    """What one event said of where a person lives, or no longer lives."""

    at: datetime
    lives_there: bool
    """Whether the person lives at `home` from then on; else they do not live at `left`."""
    home: Place[str | None] = None
    """The home; None where it was not named."""
    left: Place[str | None] = None
    """The home they left."""
    tenure_role: TenureRole | None = None
    """How the person holds or shares the home."""
    is_change: bool = False
    """Whether this changed then; else it was so by then, and nobody said since when."""


Residences = tuple[Residence, ...]


class Resident(Protocol):
    """A row about a person that says where they live."""

    @property
    def person(self) -> str:
        """The person."""

    @property
    def residences(self) -> Residences:
        """What was said of where they live, in order of happening."""

    @property
    def date_of_death(self) -> date | None:
        """When they died, where that was given."""


class HouseholdMember(Part):
    """Someone who lived in a home on some day."""

    person: Pseudonym[str]
    home: Place[str | None]
    """The home; None where it was not named."""
    tenure_role: TenureRole | None
    said_at: datetime
    """When that was last said by then."""


class Household(Part):
    """Who lived in a home on a day."""

    day: date
    home: Place[str | None]
    members: tuple[HouseholdMember, ...]
    perhaps: Pseudonym[tuple[str, ...]]
    """Persons who are said to have lived there later, or to have left, and nobody said since when
    they did."""


_LIVING_THERE = frozenset(
    {
        TenureRole.TENANT,
        TenureRole.JOINT_TENANT,
        TenureRole.LEASEHOLDER,
        TenureRole.SHARED_OWNER,
        TenureRole.LICENSEE,
        TenureRole.HOUSEHOLD_MEMBER,
    }
)
_NOT_LIVING_THERE = frozenset({TenureRole.VISITOR, TenureRole.FORMER_TENANT, TenureRole.NONE})


def tenure_role_said(event: HousingContextChanged) -> TenureRole | None:
    """Return how the person holds or shares a home from `event` on, as far as it says."""
    ended = event.kind is HousingChange.TENANCY_END
    return event.tenure_role or (TenureRole.FORMER_TENANT if ended else None)


def residence_in(event: CaseEvent, person: str) -> Residence | None:
    """Return what `event` says of where `person` lives."""
    if isinstance(event, PersonInvolved) and event.person == person:
        return _involved(event)
    if isinstance(event, HousingContextChanged) and event.person == person:
        return _changed(event)
    return None


def _involved(event: PersonInvolved) -> Residence | None:
    role = event.tenure_role
    if role in (None, TenureRole.NONE) and _is_of_the_household(event):
        role = TenureRole.HOUSEHOLD_MEMBER
    if role not in _LIVING_THERE | _NOT_LIVING_THERE:
        return None
    return Residence(
        at=event.occurred_at,
        lives_there=role in _LIVING_THERE,
        home=event.property_ref,
        tenure_role=role,
    )


def _is_of_the_household(event: PersonInvolved) -> bool:
    by_type = event.person_type is PersonType.HOUSEHOLD_MEMBER
    return by_type or event.role is PersonRole.HOUSEHOLD_MEMBER


def _changed(event: HousingContextChanged) -> Residence | None:
    role, at = tenure_role_said(event), event.occurred_at
    if event.kind is HousingChange.MOVE:
        return Residence(
            at=at,
            lives_there=True,
            home=event.to_property,
            left=event.property_ref,
            tenure_role=role,
            is_change=True,
        )
    if role in _NOT_LIVING_THERE:
        left = event.property_ref
        return Residence(at=at, lives_there=False, left=left, tenure_role=role, is_change=True)
    if role in _LIVING_THERE or event.kind is HousingChange.TENANCY_START:
        home = event.property_ref
        return Residence(at=at, lives_there=True, home=home, tenure_role=role, is_change=True)
    return None


def household_at(day: date, people: Iterable[Resident], home: str | None = None) -> Household:
    """Return who lived at `home` at the end of `day`, or in any home, as far as events say.

    Whoever is said to live somewhere without it being named counts as living there, unless they
    left that home. Whoever died before `day` no longer lives anywhere.
    """
    members, perhaps = [], []
    for row in sorted(people, key=lambda row: row.person):
        if row.date_of_death is not None and row.date_of_death < day:
            continue
        told = [it for it in row.residences if in_london(it.at).date() <= day]
        if told and _is_at(told[-1], home):
            last = told[-1]
            member = HouseholdMember(
                person=row.person, home=last.home, tenure_role=last.tenure_role, said_at=last.at
            )
            members.append(member)
        elif not told and row.residences and _may_have_been_at(row.residences[0], home):
            perhaps.append(row.person)
    return Household(day=day, home=home, members=tuple(members), perhaps=tuple(perhaps))


def _is_at(residence: Residence, home: str | None) -> bool:
    if not residence.lives_there:
        return False
    if home is None or residence.home == home:
        return True
    return residence.home is None and residence.left != home


def _may_have_been_at(first: Residence, home: str | None) -> bool:
    """Tell whether someone of whom `first` was said first may have lived at `home` before."""
    moved_in = first.is_change and first.lives_there and first.left is None
    never_there = not first.is_change and not first.lives_there
    if moved_in or never_there:
        return False
    before = first.left if first.is_change else first.home
    return home is None or before in (None, home)
