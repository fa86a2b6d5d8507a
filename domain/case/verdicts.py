"""What can become of an event at its case, and how a group of events says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import singledispatch
from uuid import UUID

from domain.case.state import CaseState
from domain.events.envelope import CaseEvent
from domain.events.fields import EventRef
from domain.outcomes import Reason

Found = Mapping[UUID, CaseEvent]
"""The events, of any case, that the event under decision refers to, as far as they exist."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """The event fits the case as it stands."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """The event fits once `what_for` has arrived."""

    what_for: str
    reason: Reason = Reason.AWAITING_PREDECESSOR


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The event cannot be true of this case; `why` names both sides."""

    why: str
    reason: Reason = Reason.CONTRADICTION


Verdict = Admitted | Waiting | Contradiction

ADMITTED = Admitted()


@singledispatch
def verdict(event: CaseEvent, state: CaseState, found: Found) -> Verdict:
    """Return what a case in `state` says to events of this type; most are admitted."""
    return ADMITTED


def must_be(ref: EventRef, found: Found, *expected: type[CaseEvent]) -> Verdict:
    """Admit where the event referred to is of one of these types."""
    target = found[ref.event_id]
    if isinstance(target, expected):
        return ADMITTED
    names = " or ".join(each.__name__ for each in expected)
    return Contradiction(f"event {ref.id} is a {target.type}, not a {names}")
