"""Which action it is to record an event: what someone may record follows from that."""

from collections.abc import Mapping

from domain.access import Action
from domain.classification import OPENING
from domain.events.access import ExportProduced, RecordAccessed
from domain.events.envelope import CaseEvent
from domain.events.lifecycle import CaseAllocated
from domain.events.permissions import (
    CaseRestricted,
    ConflictDeclared,
    ConflictEnded,
    GlassBroken,
    GlassReviewed,
    RestrictionLifted,
    ReviewAccessGranted,
    ReviewAccessRevoked,
    RoleGranted,
    RoleRevoked,
)
from domain.events.reviews import ChronologyEntryCurated
from domain.events.rights import (
    EventRedacted,
    PersonDataErased,
    RetentionHoldLifted,
    RetentionHoldPlaced,
    SubjectAccessFulfilled,
    SubjectAccessReceived,
)
from domain.streams import ORGANISATIONS, stream_kind

_ACTIONS: Mapping[Action, tuple[type[CaseEvent], ...]] = {
    Action.RAISE: OPENING,
    Action.ALLOCATE: (CaseAllocated,),
    Action.RESTRICT: (CaseRestricted, RestrictionLifted, ConflictDeclared, ConflictEnded),
    Action.CURATE: (ChronologyEntryCurated,),
    Action.PEOPLES_RIGHTS: (
        SubjectAccessReceived,
        SubjectAccessFulfilled,
        RetentionHoldPlaced,
        RetentionHoldLifted,
        PersonDataErased,
        EventRedacted,
    ),
    Action.REVIEW_GLASS: (GlassReviewed,),
    Action.BREAK_GLASS: (GlassBroken,),
    Action.GRANT: (RoleGranted, RoleRevoked, ReviewAccessGranted, ReviewAccessRevoked),
}

_ACTION_OF = {kind: action for action, kinds in _ACTIONS.items() for kind in kinds}

NEVER_BY_PEOPLE: tuple[type[CaseEvent], ...] = (RecordAccessed, ExportProduced)
"""What this service notes of itself, in its record of access, and nobody says of themselves."""


def action_of(event_type: type[CaseEvent], case_ref: str) -> Action:
    """Return what it is to record such an event on the stream `case_ref`."""
    at_large = stream_kind(case_ref) in ORGANISATIONS
    if event_type in (ConflictDeclared, ConflictEnded) and at_large:
        return Action.GRANT  # whom it closes cases to is no business of a single case
    named = _ACTION_OF.get(event_type)
    if named is not None:
        return named
    return Action.SET_POLICY if at_large else Action.WRITE
