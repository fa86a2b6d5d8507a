"""How a case stands towards those who ask for it: whose it is, and for whom it is closed or open.

Few of a case's events bear on that, and they say all of it; so it is read from them each time, and
never from a read model that may lag behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce

from domain.corrections import corrected
from domain.events.envelope import CaseEvent
from domain.events.integrity import EventCorrected
from domain.events.lifecycle import CaseAllocated, CaseOpened
from domain.events.permissions import (
    CaseRestricted,
    ConflictDeclared,
    ConflictEnded,
    GlassBroken,
    RestrictionLifted,
)
from domain.latest import supersedes

CASE_STANDING_TYPES: tuple[type[CaseEvent], ...] = (
    CaseOpened,
    CaseAllocated,
    CaseRestricted,
    RestrictionLifted,
    ConflictDeclared,
    ConflictEnded,
    GlassBroken,
    EventCorrected,
)
"""The events of a case that bear on who may see it."""


@dataclass(frozen=True, slots=True)
class BrokenGlass:
    """Someone opened the case in an emergency, until a moment."""

    staff: str
    until: datetime


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """How a case stands; the default is a case of which nothing that bears on it is known."""

    authority: str | None = None
    """The local authority it lies with."""
    lead: str | None = None
    team: frozenset[str] = frozenset()
    allocated_at: datetime | None = None
    """When it was given to them; what was so earlier and came to be recorded later changes
    nothing."""
    restricted_to: frozenset[str] | None = None
    """The staff who are named; None where the case is not restricted."""
    conflicts: tuple[tuple[str, str], ...] = ()
    """Conflicts of interest with the case, by reference, and whose they are."""
    glass: tuple[BrokenGlass, ...] = ()

    @property
    def conflicted(self) -> frozenset[str]:
        """The staff who have a conflict of interest with the case."""
        return frozenset(staff for _, staff in self.conflicts)


def case_standing(events: Sequence[CaseEvent]) -> CaseStanding:
    """Return how a case stands after its events, or those of them that bear on it."""
    return reduce(after, corrected(events), CaseStanding())


def after(standing: CaseStanding, event: CaseEvent) -> CaseStanding:
    """Return how a case stands after one more event, which reads as corrected."""
    match event:
        case CaseOpened():
            return replace(standing, authority=event.authority)
        case CaseAllocated() if supersedes(event, standing.allocated_at):
            team, since = frozenset(event.team), event.occurred_at
            return replace(standing, lead=event.lead, team=team, allocated_at=since)
        case CaseRestricted():
            return replace(standing, restricted_to=frozenset(event.named))
        case RestrictionLifted():
            return replace(standing, restricted_to=None)
        case ConflictDeclared():
            declared = (*standing.conflicts, (event.conflict_id, event.staff))
            return replace(standing, conflicts=declared)
        case ConflictEnded():
            left = tuple(each for each in standing.conflicts if each[0] != event.conflict_id)
            return replace(standing, conflicts=left)
        case GlassBroken():
            broken = BrokenGlass(event.actor.id, event.until)
            return replace(standing, glass=(*standing.glass, broken))
    return standing
