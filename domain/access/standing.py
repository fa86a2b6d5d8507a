"""How someone stands: what is granted to them, as the landlord's own streams say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from domain.events.envelope import CaseEvent
from domain.events.permissions import (
    ConflictDeclared,
    ConflictEnded,
    ReviewAccessGranted,
    ReviewAccessRevoked,
    RoleGranted,
    RoleRevoked,
)
from domain.identity import case_id_of
from domain.streams import LANDLORD, stream_kind
from domain.vocabulary.access import Role

STANDING_TYPES: tuple[type[CaseEvent], ...] = (
    RoleGranted,
    RoleRevoked,
    ReviewAccessGranted,
    ReviewAccessRevoked,
    ConflictDeclared,
    ConflictEnded,
)
"""The events of the landlord's streams that say how people stand."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role that was granted and not revoked."""

    role: Role
    areas: frozenset[str]
    """The authorities whose cases it is for; none for all of them."""
    publishes: str | None
    """The source whose events it lets a system publish."""
    until: datetime | None

    def in_force_at(self, now: datetime) -> bool:
        """Tell whether it has not run out."""
        return self.until is None or now <= self.until

    def covers(self, authority: str | None) -> bool:
        """Tell whether it is for the cases of an authority; where none is known, it is."""
        return not self.areas or authority is None or authority in self.areas


@dataclass(frozen=True, slots=True)
class ReviewAccess:
    """Cases, and days of them, that were granted for a review and not revoked."""

    cases: frozenset[UUID]
    scope_from: date | None
    scope_to: date | None
    until: datetime

    def in_force_at(self, now: datetime) -> bool:
        """Tell whether it has not run out."""
        return now <= self.until


@dataclass(frozen=True, slots=True)
class Standing:
    """What was granted to one person or system, and whom they have a conflict of interest with.

    The default is that of someone nobody knows.
    """

    principal: str = ""
    staff: frozenset[str] = frozenset()
    """How cases name the person."""
    grants: tuple[Grant, ...] = ()
    reviews: tuple[ReviewAccess, ...] = ()
    conflicting: frozenset[str] = frozenset()
    """The persons with whom they have a conflict of interest."""

    def in_force(self, now: datetime) -> tuple[Grant, ...]:
        """Return the grants that have not run out."""
        return tuple(grant for grant in self.grants if grant.in_force_at(now))

    def roles(self, now: datetime) -> frozenset[Role]:
        """Return the roles that are in force."""
        return frozenset(grant.role for grant in self.in_force(now))

    def sources(self, now: datetime) -> frozenset[str]:
        """Return the sources whose events a system may publish; a person has none."""
        return frozenset(grant.publishes for grant in self.in_force(now) if grant.publishes)


@dataclass(slots=True)
class _Told:
    """What the events so far say, by the reference of each grant on its stream."""

    granted: dict[tuple[UUID, str], RoleGranted] = field(default_factory=dict)
    reviews: dict[tuple[UUID, str], ReviewAccessGranted] = field(default_factory=dict)
    conflicts: dict[tuple[UUID, str], ConflictDeclared] = field(default_factory=dict)

    def add(self, event: CaseEvent) -> None:
        match event:
            case RoleGranted():
                self.granted[event.case_id, event.grant_id] = event
            case RoleRevoked():
                self.granted.pop((event.case_id, event.grant_id), None)
            case ReviewAccessGranted():
                self.reviews[event.case_id, event.review_grant_id] = event
            case ReviewAccessRevoked():
                self.reviews.pop((event.case_id, event.review_grant_id), None)
            case ConflictDeclared() if event.person is not None:
                self.conflicts[event.case_id, event.conflict_id] = event
            case ConflictEnded():
                self.conflicts.pop((event.case_id, event.conflict_id), None)


def standings(events: Iterable[CaseEvent]) -> Mapping[str, Standing]:
    """Return how everyone stands after these events, in the order of recording, by principal.

    Those of other streams are left aside: a conflict with a case bears on that case alone.
    """
    told = _Told()
    for event in events:
        if stream_kind(event.case_ref) in LANDLORD:
            told.add(event)
    found: dict[str, Standing] = {}
    for event in told.granted.values():
        found[event.principal] = _with_role(_of(found, event.principal), event)
    for review in told.reviews.values():
        found[review.principal] = _with_review(_of(found, review.principal), review)
    return {
        principal: _with_conflicts(standing, told.conflicts.values())
        for principal, standing in found.items()
    }


def _of(found: Mapping[str, Standing], principal: str) -> Standing:
    return found.get(principal, Standing(principal))


def _with_role(standing: Standing, event: RoleGranted) -> Standing:
    grant = Grant(event.role, frozenset(event.areas), event.publishes, event.valid_until)
    known_as = standing.staff | {event.staff} if event.staff else standing.staff
    return replace(standing, staff=known_as, grants=(*standing.grants, grant))


def _with_review(standing: Standing, event: ReviewAccessGranted) -> Standing:
    cases = frozenset(map(case_id_of, event.cases))
    access = ReviewAccess(cases, event.scope_from, event.scope_to, event.valid_until)
    return replace(standing, reviews=(*standing.reviews, access))


def _with_conflicts(standing: Standing, declared: Iterable[ConflictDeclared]) -> Standing:
    persons = {each.person for each in declared if each.person and each.staff in standing.staff}
    return replace(standing, conflicting=frozenset(persons))
