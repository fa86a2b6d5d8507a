"""Tells whether someone is about to decide a matter of their own, which nobody may."""

from collections.abc import Callable, Sequence

from domain.access.standing import Standing
from domain.events.envelope import CaseEvent
from domain.events.permissions import (
    ConflictDeclared,
    ConflictEnded,
    GlassBroken,
    GlassReviewed,
    ReviewAccessGranted,
    RoleGranted,
)


def is_own_matter(
    event: CaseEvent, who: Standing, stream: Callable[[], Sequence[CaseEvent]]
) -> bool:
    """Tell whether by recording `event` someone grants, ends or reviews what is their own.

    `stream` returns the events of the stream that it is to be recorded on. Who agreed to a grant
    has to be someone else, too.
    """
    match event:
        case RoleGranted():
            return event.principal == who.principal or not who.staff.isdisjoint(
                {event.staff, event.approved_by}
            )
        case ReviewAccessGranted():
            return event.principal == who.principal or event.approved_by in who.staff
        case GlassReviewed():
            return any(
                isinstance(each, GlassBroken)
                and each.glass_id == event.glass_id
                and each.actor.id in who.staff
                for each in stream()
            )
        case ConflictEnded():
            return any(
                isinstance(each, ConflictDeclared)
                and each.conflict_id == event.conflict_id
                and each.staff in who.staff
                for each in stream()
            )
    return False
