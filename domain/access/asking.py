"""Makes the request that a decision is about of how someone stands, and how the case stands."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.access.case_standing import CaseStanding
from domain.access.facts import (
    Action,
    Glass,
    Relation,
    Request,
    Restriction,
    ReviewGrant,
)
from domain.access.standing import ReviewAccess, Standing
from domain.vocabulary.access import WITH_A_UNIT, Role
from domain.vocabulary.record import PersonalClass

GLASS_A_DAY = 3
"""For how many cases someone may break the glass within 24 hours."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A case that is asked for, with what its own events do not say."""

    case_id: UUID
    standing: CaseStanding
    persons: Collection[str] = ()
    """Those of the persons it is about with whom who asks has a conflict of interest."""
    broken_today: int = 0
    """For how many cases who asks has broken the glass within the last 24 hours."""


def asking_for_case(
    who: Standing,
    action: Action,
    case: Asked,
    now: datetime,
    *,
    field: PersonalClass | None = None,
    purpose: bool = False,
    own: bool = False,
    foreign: bool = False,
) -> Request:
    """Return the request of someone to do something with a case; the rest as `Request` has it."""
    relation = relation_of(who, case.standing, now)
    return Request(
        roles=_roles(who, case.standing, relation, now),
        action=action,
        restriction=_restriction(who, case.standing),
        conflict=bool(case.persons) or not who.staff.isdisjoint(case.standing.conflicted),
        own=own,
        foreign=foreign,
        field=field,
        relation=relation,
        grant=_review_grant(who, case.case_id, now),
        glass=_glass(who, case, now),
        purpose=purpose,
    )


def asking_at_large(
    who: Standing,
    action: Action,
    now: datetime,
    *,
    purpose: bool = False,
    own: bool = False,
    foreign: bool = False,
) -> Request:
    """Return the request of someone to do something that concerns no case."""
    return Request(
        roles=who.roles(now),
        action=action,
        restriction=Restriction.NONE,
        conflict=False,
        own=own,
        foreign=foreign,
        purpose=purpose,
    )


def relation_of(who: Standing, case: CaseStanding, now: datetime) -> Relation:
    """Return how near a case is to someone."""
    if case.lead in who.staff:
        return Relation.ALLOCATED
    if not who.staff.isdisjoint(case.team):
        return Relation.TEAM
    answering = (grant for grant in who.in_force(now) if grant.role in WITH_A_UNIT)
    covered = any(grant.covers(case.authority) for grant in answering)
    return Relation.UNIT if covered else Relation.ELSEWHERE


def review_access(who: Standing, case_id: UUID, now: datetime) -> ReviewAccess | None:
    """Return what was granted last of a case to a reviewer: of what is in force, or has run out."""
    granted = [each for each in reversed(who.reviews) if case_id in each.cases]
    in_force = [each for each in granted if each.in_force_at(now)]
    return next(iter((*in_force, *granted)), None)


def _roles(who: Standing, case: CaseStanding, relation: Relation, now: datetime) -> frozenset[Role]:
    """Return the roles that count.

    What is granted for an area counts within a unit only for the cases of that area. Who was given
    a case acts on it as what they are wherever they are; and a case elsewhere is out of reach
    anyway, but for an emergency, in which who works on any case may open it.
    """
    if relation is not Relation.UNIT:
        return who.roles(now)
    covering = (grant for grant in who.in_force(now) if grant.covers(case.authority))
    return frozenset(grant.role for grant in covering)


def _restriction(who: Standing, case: CaseStanding) -> Restriction:
    if case.restricted_to is None:
        return Restriction.NONE
    named = not who.staff.isdisjoint(case.restricted_to)
    return Restriction.LISTED if named else Restriction.NOT_LISTED


def _review_grant(who: Standing, case_id: UUID, now: datetime) -> ReviewGrant:
    granted = review_access(who, case_id, now)
    if granted is None:
        return ReviewGrant.NONE
    return ReviewGrant.VALID if granted.in_force_at(now) else ReviewGrant.EXPIRED


def _glass(who: Standing, case: Asked, now: datetime) -> Glass:
    mine = (glass for glass in case.standing.glass if glass.staff in who.staff)
    if any(now <= glass.until for glass in mine):
        return Glass.ACTIVE
    return Glass.SPENT if case.broken_today >= GLASS_A_DAY else Glass.NONE
