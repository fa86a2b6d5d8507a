"""What was granted to whom, by the landlord's own file: since when, by whom, and until when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from domain.events.envelope import CaseEvent
from domain.events.permissions import (
    ConflictDeclared,
    ConflictEnded,
    ReviewAccessGranted,
    ReviewAccessRevoked,
    RoleGranted,
    RoleRevoked,
)

LANDLORD_FILE = "organisation:landlord"
"""The landlord's own file, on which grants are recorded where none of them says otherwise."""


def form_at(file: str, name: str, **about: str) -> str:
    """Return where the form of that name is on a file, and by which reference what it is about."""
    return f"/files/{file}/record/{name}" + (f"?{urlencode(about)}" if about else "")


def _ending_at(event: CaseEvent, reference: str) -> str:
    query = urlencode({"file": event.case_ref, "reference": reference})
    return f"/admin/grants/end?{query}"


@dataclass(frozen=True, slots=True)
class Ended:
    """That something counts no more."""

    at: datetime
    by: str | None
    """Who ended it; None of what ran out."""


@dataclass(frozen=True, slots=True)
class Granted:
    """A role that was granted to a person or a system."""

    event: RoleGranted
    ended: Ended | None

    @property
    def who(self) -> str:
        """How cases name the person, or the source of a system."""
        return self.event.staff or self.event.publishes or self.event.principal

    @property
    def revoke(self) -> str:
        """Where it is revoked."""
        return _ending_at(self.event, self.event.grant_id)


@dataclass(frozen=True, slots=True)
class Review:
    """Cases that were granted to a reviewer."""

    event: ReviewAccessGranted
    ended: Ended | None

    @property
    def revoke(self) -> str:
        """Where it is revoked."""
        return _ending_at(self.event, self.event.review_grant_id)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict of interest of somebody with a person, whatever case they are in."""

    event: ConflictDeclared
    ended: Ended | None

    @property
    def end(self) -> str:
        """Where it is said to be over."""
        return _ending_at(self.event, self.event.conflict_id)


@dataclass(frozen=True, slots=True)
class AllGranted:
    """Everything on the file that says who may do what, the latest first."""

    roles: Sequence[Granted]
    reviews: Sequence[Review]
    conflicts: Sequence[Conflict]


def all_granted(events: Iterable[CaseEvent], now: datetime) -> AllGranted:
    """Return what these events, in the order of recording, grant and take back."""
    roles: dict[tuple[str, str], Granted] = {}
    reviews: dict[tuple[str, str], Review] = {}
    conflicts: dict[tuple[str, str], Conflict] = {}
    for event in events:
        file = event.case_ref
        match event:
            case RoleGranted():
                given = Granted(event, _ran_out(event.valid_until, now))
                roles[file, event.grant_id] = given
            case RoleRevoked() if of_role := roles.get((file, event.grant_id)):
                roles[file, event.grant_id] = replace(of_role, ended=_by(event))
            case ReviewAccessGranted():
                review = Review(event, _ran_out(event.valid_until, now))
                reviews[file, event.review_grant_id] = review
            case ReviewAccessRevoked() if of_review := reviews.get((file, event.review_grant_id)):
                reviews[file, event.review_grant_id] = replace(of_review, ended=_by(event))
            case ConflictDeclared():
                conflicts[file, event.conflict_id] = Conflict(event, None)
            case ConflictEnded() if declared := conflicts.get((file, event.conflict_id)):
                conflicts[file, event.conflict_id] = replace(declared, ended=_by(event))
    return AllGranted(
        roles=sorted(roles.values(), key=lambda each: (each.event.role.label, each.who)),
        reviews=list(reversed(reviews.values())),
        conflicts=list(reversed(conflicts.values())),
    )


def _ran_out(until: datetime | None, now: datetime) -> Ended | None:
    return Ended(until, None) if until is not None and until < now else None


def _by(event: CaseEvent) -> Ended:
    return Ended(event.recorded_at, event.actor.id)
