"""What a form is filled in for: a case, a case yet to be opened, or a file of its own."""

from dataclasses import dataclass
from uuid import UUID

from domain.access import Action
from domain.events.envelope import CaseEvent
from domain.events.lifecycle import CaseOpened
from domain.identity import case_id_of
from domain.streams import ORGANISATIONS, StreamKind, stream_kind
from services.access import Asking, NotThere, Visitor
from services.access.acts import action_of
from services.access.recording import RAISING
from services.api.context import Context

NEW = UUID(int=0)
"""Stands for the case that is yet to be opened."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where what a form tells is to be recorded, for somebody who may do so."""

    base: str
    """The address under which its forms are."""
    stream_id: UUID
    reference: str | None
    called: str
    """What it is called on pages: a reference, never what somebody is called."""
    back: str
    """Where one goes from the forms."""
    version: int | None = None
    """The version of the case; None where none is asked for."""

    @property
    def offers_of(self) -> UUID | None:
        """The case whose people, actions and so on may be chosen; None where there is none."""
        is_case = self.reference is not None and stream_kind(self.reference) is StreamKind.CASE
        return self.stream_id if is_case else None


def action_for(event_type: type[CaseEvent], reference: str | None) -> Action:
    """Return what it is to record such an event there; to open a case is to raise a concern."""
    if reference is None:
        return Action.RAISE
    # A formal opening says whose a case is: more than to raise a concern, on a case that is there.
    return Action.WRITE if event_type is CaseOpened else action_of(event_type, reference)


def case_target(
    context: Context, visitor: Visitor, case_id: UUID, event_type: type[CaseEvent]
) -> Target:
    """Return a case on which somebody may record such an event; raise `NotThere` otherwise."""
    action = action_for(event_type, "case:of-its-own")
    opened = context.gate.open(visitor, Asking(action=action), case_id)
    return Target(
        base=f"/cases/{case_id}/record",
        stream_id=case_id,
        reference=opened.case_ref,
        called=f"Case {opened.case_ref}",
        back=f"/cases/{case_id}",
        version=None if event_type in RAISING else opened.version,
    )


def new_target(context: Context, visitor: Visitor) -> Target:
    """Return the case that somebody may open by raising a concern; raise `Forbidden` otherwise."""
    context.gate.allow(visitor, Asking(action=Action.RAISE))
    return Target(base="/concerns/new", stream_id=NEW, reference=None, called="New case", back="/")


def file_target(
    context: Context, visitor: Visitor, reference: str, event_type: type[CaseEvent]
) -> Target:
    """Return a file on which somebody may record such an event; raise `NotThere` or `Forbidden`
    otherwise."""
    kind = stream_kind(reference)
    if kind in (StreamKind.CASE, StreamKind.ACCESS) or kind not in event_type.STREAMS:
        raise NotThere
    asking = Asking(action=action_for(event_type, reference))
    if kind in ORGANISATIONS:
        context.gate.allow(visitor, asking)
    else:
        context.gate.enter(visitor, asking, reference)
    return Target(
        base=f"/files/{reference}/record",
        stream_id=case_id_of(reference),
        reference=reference,
        called=reference,
        back=f"/files/{reference}/record",
    )
