"""What the gate gives to whoever it lets through."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.access import Decision
from domain.access.asking import review_access
from domain.access.standing import ReviewAccess, Standing
from domain.vocabulary.access import Role
from domain.vocabulary.record import PersonalClass


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that a visitor may see or act on as they asked."""

    case_id: UUID
    case_ref: str
    version: int
    """The last event of the case when it was decided."""
    position: int
    """Its place in the global order."""
    standing: Standing
    decision: Decision
    scope: ReviewAccess | None = None
    """The days that were granted to a reviewer, where that is all they may see."""
    in_emergency: bool = False
    """Whether the visitor has broken the glass for it, and that still counts."""

    @property
    def masked(self) -> frozenset[PersonalClass]:
        """The classes of personal data that are not to be shown."""
        return self.decision.masked


@dataclass(frozen=True, slots=True)
class Sifted:
    """Those of some cases that a visitor may see in a list, each with what is masked."""

    masked: Mapping[UUID, frozenset[PersonalClass]]


@dataclass(frozen=True, slots=True)
class OwnGlass:
    """What a visitor broke of the glass of a case, and whether they may break any more today."""

    times: int
    until: datetime | None
    """Until when it counts as broken; None where it does not."""
    is_spent: bool


def scope_of(
    who: Standing, case_id: UUID, roles: Collection[Role], now: datetime
) -> ReviewAccess | None:
    """Return the days a reviewer is held to; someone who works on cases is held to none."""
    return review_access(who, case_id, now) if set(roles) <= {Role.REVIEWER} else None
