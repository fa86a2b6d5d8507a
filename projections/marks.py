"""What was said later of an event: corrected, disputed, redacted; each says who, when and why."""

import json
from collections.abc import Container, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from domain.events.envelope import CaseEvent
from domain.events.fields import Part
from domain.events.integrity import EventCorrected
from domain.events.rights import EventRedacted, RectificationDisputed
from domain.vocabulary.rights import ErasureReason
from projections.personal_columns import Account, Catalogued, CorrectedValue, Identity, Pseudonym

WITHHELD = '"[redacted]"'
"""What stands, as JSON, for the values of an event that was redacted."""

MARKING = (EventCorrected, RectificationDisputed, EventRedacted)
"""The events that say something of an earlier one."""


class Correction(Part):
    """What one correction changed in an event, so that a display can strike the old value."""

    event_id: UUID
    """The event that corrects."""
    field: Catalogued[str]
    """The corrected field, by its name on the wire."""
    was: CorrectedValue[str]
    """Its value before, as JSON."""
    now: CorrectedValue[str]
    """Its value since, as JSON, as the correction reads after corrections of its own."""
    reason: Account[str]
    """Why it was wrong."""
    by: Identity[str]
    """Who corrected it."""
    known_at: datetime
    """When the landlord came to know that it was wrong."""
    corrections: tuple["Correction", ...] = ()
    """What was corrected in the correction itself, in the order of recording: with them, nothing
    that ever stood in the event is lost."""


class Dispute(Part):
    """Someone disagrees with an event; their statement stays beside it for good."""

    event_id: UUID
    """The event that records the statement."""
    field: Catalogued[str | None]
    """The field in dispute, by its name on the wire; None for all of the event."""
    statement: Account[str | None]
    """Their statement of disagreement, in their words; None where it was redacted."""
    by: Pseudonym[str]
    """Who disagrees: a person as the publishing systems refer to them."""
    at: datetime
    """When they said so."""


class Redacted(Part):
    """It was decided, by two people, that what is personal in an event is not to be read again."""

    event_id: UUID
    """The event that records the decision."""
    lawful_reason: ErasureReason
    """The reason in law."""
    approvals: Identity[tuple[str, ...]]
    """Who approved it."""
    at: datetime
    """When that was."""


Corrections = tuple[Correction, ...]


def target_of(event: CaseEvent) -> UUID | None:
    """Return the event of which `event` says that it was wrong, is disputed or redacted."""
    # To look at the type first takes a fifth of the time, and most events are of another.
    return event.target.event_id if type(event) in MARKING and isinstance(event, MARKING) else None


def correction_of(event: EventCorrected) -> Correction:
    """Return what a correction says of its target."""
    return Correction(
        event_id=event.event_id,
        field=event.field,
        was=json.dumps(event.was, ensure_ascii=False),
        now=json.dumps(event.now, ensure_ascii=False),
        reason=event.reason,
        by=event.by,
        known_at=event.known_at,
    )


def dispute_of(event: RectificationDisputed) -> Dispute:
    """Return what a statement of disagreement says of its target."""
    return Dispute(
        event_id=event.event_id,
        field=event.field,
        statement=event.statement,
        by=event.by,
        at=event.occurred_at,
    )


def redaction_of(event: EventRedacted) -> Redacted:
    """Return what a redaction says of its target."""
    return Redacted(
        event_id=event.event_id,
        lawful_reason=event.lawful_reason,
        approvals=event.approvals,
        at=event.occurred_at,
    )


def first_redaction(told: Redacted | None, event: EventRedacted) -> Redacted:
    """Return what holds of an event that `event` redacts, perhaps again: the earliest decision."""
    found = redaction_of(event)
    return min(told, found, key=lambda each: each.at) if told else found


def withheld(corrections: Iterable[Correction]) -> Corrections:
    """Return `corrections` without the values they hold."""
    return tuple(
        each.model_copy(
            update={
                "was": WITHHELD,
                "now": WITHHELD,
                "corrections": withheld(each.corrections),
            }
        )
        for each in corrections
    )


def without_redacted(disputes: Iterable[Dispute], redacted: Container[UUID]) -> tuple[Dispute, ...]:
    """Return `disputes` without the statements of those that were `redacted`."""
    return tuple(
        each.model_copy(update={"statement": None}) if each.event_id in redacted else each
        for each in disputes
    )


def chained(
    corrections: Iterable[Correction],
    of: Mapping[UUID, Corrections],
    redacted: Container[UUID],
) -> Corrections:
    """Return `corrections`, each with those made to it; `of` has those of every event.

    Of those `redacted` the values are withheld. A correction comes after what it corrects, so that
    no chain comes back to where it began.
    """
    whole = (
        each.model_copy(update={"corrections": chained(of.get(each.event_id, ()), of, redacted)})
        for each in corrections
    )
    return tuple(
        correction
        for each in whole
        for correction in (withheld([each]) if each.event_id in redacted else [each])
    )
