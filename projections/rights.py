"""Rights over the record: holds on it, requests to see it, statements against it, its erasure."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from pydantic import ConfigDict

from domain.events.envelope import CaseEvent
from domain.events.rights import (
    EventRedacted,
    PersonDataErased,
    RectificationDisputed,
    Redaction,
    RetentionHoldLifted,
    RetentionHoldPlaced,
    SubjectAccessFulfilled,
    SubjectAccessReceived,
)
from domain.streams import ANY
from domain.times import in_london
from domain.vocabulary.coded import CodedList
from domain.vocabulary.record import Sensitivity
from domain.vocabulary.rights import ErasureReason, HoldReason
from domain.working_days import months_after
from projections.event_row import days_between, in_case
from projections.personal_columns import Account, Catalogued, Identity, Pseudonym, Reference
from projections.read_model import ReadModel, Row

SUBJECT_ACCESS_MONTHS = 1
COMPLEX_SUBJECT_ACCESS_MONTHS = 3
"""Calendar months to answer within, and with the two more that a complex request allows (UK GDPR
Article 12)."""


class RightsKind(CodedList, source="Case Timeline; UK GDPR Articles 15 to 17"):
    """What of the rights over a record an item is about."""

    HOLD = "hold", "Retention hold"
    ACCESS = "access", "Subject access request"
    DISPUTE = "dispute", "Statement of disagreement"
    ERASURE = "erasure", "Erasure of a person's data"
    REDACTION = "redaction", "Redaction of an event"


class RightsRow(Row):
    """One hold, request, statement or destruction; what does not belong to its kind is None."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "item"

    item: Reference[str]
    """Its kind and reference, such as `hold:H1`; without a reference, the id of the event."""
    kind: RightsKind
    """What it is about."""
    event_id: UUID
    """The event that began it."""
    at: datetime
    """When it was placed, received, said or decided."""
    known_at: datetime
    """When the landlord first knew of it."""
    is_open: bool
    """Whether a hold stands, a request is unanswered, or a statement is to be shown, which it
    always is; what was destroyed is done with."""
    ended_at: datetime | None = None
    """When the hold was lifted, or the request first answered."""
    ended_reason: Account[str | None] = None
    """Why the hold was lifted."""
    hold_reason: HoldReason | None = None
    """Why records must be kept."""
    look_again_on: date | None = None
    """When to look at a hold again; the day lifts nothing."""
    person: Pseudonym[str | None] = None
    """Who asked or disagrees, or whose data were erased."""
    is_complex: bool | None = None
    """Whether the longer time is claimed that a complex request allows."""
    due: date | None = None
    """When a request has to be answered: as was told, or else by the law's calendar months."""
    days_late: int | None = None
    """Calendar days from the due day to the first answer; negative where it came before."""
    redactions: tuple[Redaction, ...] = ()
    """What was withheld from who asked, each with its ground."""
    redaction_count: int = 0
    """How many those are."""
    target: UUID | None = None
    """The event in dispute, or that was redacted."""
    field: Catalogued[str | None] = None
    """The field in dispute, by its name on the wire; None for all of the event."""
    statement: Account[str | None] = None
    """The statement of disagreement, in their words; None where it was redacted."""
    lawful_reason: ErasureReason | None = None
    """The reason in law for which content is destroyed."""
    approvals: Identity[tuple[str, ...]] = ()
    """Who approved that."""
    sensitivity: Sensitivity
    """Who may see it."""


rights = ReadModel("rights", 1, RightsRow, streams=ANY)


def _hold(event: RetentionHoldPlaced | RetentionHoldLifted) -> Iterable[str]:
    yield f"{RightsKind.HOLD}:{event.hold_id}"


def _request(event: SubjectAccessReceived | SubjectAccessFulfilled) -> Iterable[str]:
    yield f"{RightsKind.ACCESS}:{event.request_id}"


def _statement(event: RectificationDisputed) -> Iterable[str]:
    yield f"{RightsKind.DISPUTE}:{event.event_id}"


def _erasure(event: PersonDataErased) -> Iterable[str]:
    yield f"{RightsKind.ERASURE}:{event.event_id}"


def _redaction(event: EventRedacted) -> Iterable[str]:
    yield f"{RightsKind.REDACTION}:{event.event_id}"
    # What is redacted may be a statement of disagreement.
    yield f"{RightsKind.DISPUTE}:{event.target.event_id}"


@rights.on(RetentionHoldPlaced, keys=_hold)
def _placed(row: RightsRow | None, event: RetentionHoldPlaced, key: str) -> RightsRow:
    changes = {"hold_reason": event.reason, "look_again_on": event.until}
    return _begun(event, key, RightsKind.HOLD).model_copy(update=changes)


@rights.on(RetentionHoldLifted, keys=_hold)
def _lifted(row: RightsRow | None, event: RetentionHoldLifted, key: str) -> RightsRow | None:
    changes = {"is_open": False, "ended_at": event.occurred_at, "ended_reason": event.reason}
    return row and row.model_copy(update=changes)


@rights.on(SubjectAccessReceived, keys=_request)
def _received(row: RightsRow | None, event: SubjectAccessReceived, key: str) -> RightsRow:
    changes = {
        "person": event.requester,
        "is_complex": event.complex,
        "due": subject_access_due(event),
    }
    return _begun(event, key, RightsKind.ACCESS).model_copy(update=changes)


@rights.on(SubjectAccessFulfilled, keys=_request)
def _fulfilled(row: RightsRow | None, event: SubjectAccessFulfilled, key: str) -> RightsRow | None:
    if row is None or row.due is None:
        return row
    first = min(row.ended_at or event.occurred_at, event.occurred_at)
    redactions = (*row.redactions, *event.redactions)
    changes = {
        "is_open": False,
        "ended_at": first,
        "days_late": days_between(row.due, first),
        "redactions": redactions,
        "redaction_count": len(redactions),
    }
    return row.model_copy(update=changes)


@rights.on(RectificationDisputed, keys=_statement)
def _disputed(row: RightsRow | None, event: RectificationDisputed, key: str) -> RightsRow:
    changes = {
        "person": event.by,
        "target": event.target.event_id,
        "field": event.field,
        "statement": event.statement,
    }
    return _begun(event, key, RightsKind.DISPUTE).model_copy(update=changes)


@rights.on(PersonDataErased, keys=_erasure)
def _erased(row: RightsRow | None, event: PersonDataErased, key: str) -> RightsRow:
    changes = {"person": event.person, **_destroyed(event)}
    return _begun(event, key, RightsKind.ERASURE).model_copy(update=changes)


@rights.on(EventRedacted, keys=_redaction)
def _redacted(row: RightsRow | None, event: EventRedacted, key: str) -> RightsRow | None:
    if not key.startswith(RightsKind.REDACTION):
        return row and row.model_copy(update={"statement": None})
    changes = {"target": event.target.event_id, **_destroyed(event)}
    return _begun(event, key, RightsKind.REDACTION).model_copy(update=changes)


def _destroyed(event: PersonDataErased | EventRedacted) -> dict[str, object]:
    return {
        "is_open": False,
        "ended_at": event.occurred_at,
        "lawful_reason": event.lawful_reason,
        "approvals": event.approvals,
    }


def _begun(event: CaseEvent, key: str, kind: RightsKind) -> RightsRow:
    return RightsRow(
        **in_case(event),
        item=key,
        kind=kind,
        event_id=event.event_id,
        at=event.occurred_at,
        known_at=event.known_at,
        is_open=True,
        sensitivity=event.sensitivity,
    )


def subject_access_due(event: SubjectAccessReceived) -> date:
    """Return the day by which a subject access request has to be answered.

    Counted in calendar months: a month with no such day ends with its last.
    """
    if event.due is not None:
        return event.due
    months = COMPLEX_SUBJECT_ACCESS_MONTHS if event.complex else SUBJECT_ACCESS_MONTHS
    return months_after(in_london(event.occurred_at).date(), months)
