"""For whoever keeps the service going: the intake, the read models, a system's own receipts.

Nothing here tells what is in a message, but for the one route that opens it.
"""

from base64 import b64encode
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, StringConstraints

from adapters.event_store.desk import DeskItem
from adapters.event_store.oversight import SourceReceipt
from adapters.wire import source_of_subject, subject_for
from domain.access import Action
from domain.events.registry import EVENT_TYPES
from domain.outcomes import Outcome, Reason
from domain.vocabulary.rights import RecordPart
from projections.catalogue import READ_MODELS
from services.access import Asking, Visitor
from services.api.asked import For
from services.api.callers import Asker
from services.api.collectors import waited_seconds
from services.api.context import Context, InContext
from services.api.described import documented
from services.api.problems import Problem
from services.intake.writer import submission_of

router = APIRouter(prefix="/v1", tags=["operations"])

_LARGEST_ID = 2**63 - 1

EntryId = Annotated[int, Path(ge=1, le=_LARGEST_ID, description="The entry's number in the list.")]
Limit = Annotated[int, Query(ge=1, le=1000, description="How many at the most.")]


class Body(BaseModel):
    """What is sent or answered here."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class IntakeEntry(Body):
    """A message that waits or is in quarantine, without anything that its sender wrote."""

    id: int
    source: str
    """The system it came from, as far as the way it came on can tell."""
    received_at: datetime
    decided_at: datetime
    outcome: Outcome
    reason: Reason | None
    detail: str | None
    """Where in the message, and what is wrong there; nothing of what stands there."""
    type: str | None
    """The event type, where there is one of that name."""
    attempts: int
    payload_bytes: int | None
    closed_at: datetime | None
    closed_by: str | None
    close_note: str | None


class IntakeList(Body):
    """Entries, newest first; `next_before` is what `before` takes to go on."""

    entries: Sequence[IntakeEntry]
    next_before: int | None


class Message(Body):
    """A message as it was received."""

    id: int
    case_ref: str | None
    source_event_id: str | None
    payload: str
    payload_encoding: Literal["utf-8", "base64"]


class Closing(Body):
    """Why nothing is to come of a message."""

    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class ReadModelStatus(Body):
    """How far a read model has come."""

    name: str
    version: int
    position: int
    behind_events: int
    behind_seconds: float
    parked_cases: int
    """Cases that it cannot fold; everything else goes on."""


class ProjectionsList(Body):
    """How far each read model has come; positions are places in the order of all events."""

    head: int
    read_models: Sequence[ReadModelStatus]


class ReceiptItem(Body):
    """What became of one message; one that waits may be accepted later."""

    id: int
    source_event_id: str | None
    outcome: Outcome
    reason: Reason | None
    detail: str | None
    event_id: UUID | None
    case_ref: str | None
    version: int | None
    received_at: datetime
    decided_at: datetime


class ReceiptsList(Body):
    """Receipts in order; `next_since` is what `since` takes to go on, later too."""

    receipts: Sequence[ReceiptItem]
    next_since: int


@router.get(
    "/intake",
    summary="Messages that wait or are in quarantine",
    operation_id="list_intake",
    responses=documented("not-permitted"),
)
def list_intake(
    context: InContext,
    visitor: Asker,
    outcome: Annotated[
        Literal[Outcome.WAITING, Outcome.QUARANTINED], Query(description="Which of the two.")
    ] = Outcome.QUARANTINED,
    source: Annotated[
        str | None, Query(max_length=500, description="Only what came from this system.")
    ] = None,
    before: Annotated[
        int | None, Query(ge=1, le=_LARGEST_ID, description="Only entries older than this.")
    ] = None,
    limit: Limit = 50,
) -> IntakeList:
    """List what a person has to look at, newest first."""
    _allow(context, visitor, Action.RUN_INTAKE)
    found = context.desk.entries(outcome=outcome, source=source, before=before, limit=limit + 1)
    more = len(found) > limit
    entries = [_shown(item) for item in found[:limit]]
    return IntakeList(entries=entries, next_before=entries[-1].id if more else None)


@router.get(
    "/intake/{entry_id}",
    summary="One message, without its content",
    operation_id="read_intake_entry",
    responses=documented("not-permitted", "not-found"),
)
def read_intake_entry(entry_id: EntryId, context: InContext, visitor: Asker) -> IntakeEntry:
    """Return what is known of a message."""
    _allow(context, visitor, Action.RUN_INTAKE)
    return _shown(_existing(context, entry_id))


@router.get(
    "/intake/{entry_id}/message",
    summary="What a message says; the reading is recorded",
    operation_id="read_intake_message",
    responses=documented("not-permitted", "not-found"),
)
def read_intake_message(entry_id: EntryId, context: InContext, visitor: Asker, why: For) -> Message:
    """Return the content of a message that waits or is in quarantine."""
    asking = why.to(Action.READ_MESSAGE, RecordPart.WHOLE)
    context.gate.allow(visitor, asking)
    item = _existing(context, entry_id)
    body = context.desk.payload(entry_id)
    if body is None:
        raise Problem("not-found")
    if item.case_ref and context.review.events(item.case_ref):
        # Who has nothing to do with a case has nothing to do with what is said about it.
        context.gate.enter(visitor, asking, item.case_ref)
    text, encoding = _text(body)
    return Message(
        id=item.id,
        case_ref=item.case_ref,
        source_event_id=item.source_event_id,
        payload=text,
        payload_encoding=encoding,
    )


@router.post(
    "/intake/{entry_id}/retry",
    summary="Decide a message again",
    operation_id="retry_intake_entry",
    responses=documented("not-permitted", "not-found"),
)
async def retry_intake_entry(entry_id: EntryId, context: InContext, visitor: Asker) -> IntakeEntry:
    """Decide a message again that waits or is in quarantine; one that is settled stays as it is."""

    def undecided() -> Any:
        _allow(context, visitor, Action.RUN_INTAKE)
        return context.desk.undecided([entry_id])

    for entry in await to_thread.run_sync(undecided):
        await context.intake.submit([submission_of(entry)], patient=False)
    return _shown(await to_thread.run_sync(_existing, context, entry_id))


@router.post(
    "/intake/{entry_id}/close",
    summary="Close a message in quarantine for good",
    operation_id="close_intake_entry",
    responses=documented("not-permitted", "not-found"),
)
def close_intake_entry(
    entry_id: EntryId, closing: Closing, context: InContext, visitor: Asker
) -> IntakeEntry:
    """Close a message; one that is not in quarantine, or closed already, stays as it is."""
    _allow(context, visitor, Action.RUN_INTAKE)
    who = context.gate.standing(visitor)
    _existing(context, entry_id)
    by = min(who.staff, default=visitor.principal)
    context.desk.close_entry(entry_id, by=by, note=closing.reason, at=context.clock())
    return _shown(_existing(context, entry_id))


@router.get(
    "/projections",
    summary="How far the read models have come",
    operation_id="list_projections",
    responses=documented("not-permitted"),
)
def list_projections(context: InContext, visitor: Asker) -> ProjectionsList:
    """Return, by read model, how many events and how many seconds it lags."""
    _allow(context, visitor, Action.RUN_READ_MODELS)
    models = READ_MODELS.values()
    found = {each.read_model: each for each in context.read_store.progress(models)}
    now = context.clock()
    read_models = [
        ReadModelStatus(
            name=model.name,
            version=model.version,
            position=found[model.id].position,
            behind_events=found[model.id].behind,
            behind_seconds=waited_seconds(found[model.id], now),
            parked_cases=found[model.id].parked_cases,
        )
        for model in models
    ]
    return ProjectionsList(head=max(each.head for each in found.values()), read_models=read_models)


@router.get(
    "/receipts",
    summary="What became of the messages that a system sent",
    operation_id="list_receipts",
    responses=documented("not-permitted"),
)
def list_receipts(
    context: InContext,
    visitor: Asker,
    since: Annotated[
        int, Query(ge=0, le=_LARGEST_ID, description="Only receipts after this one.")
    ] = 0,
    source: Annotated[
        str | None, Query(max_length=500, description="Whose; your own, unless said.")
    ] = None,
    limit: Limit = 100,
) -> ReceiptsList:
    """Return the receipts of a system's own messages, on whatever way they came."""
    own = context.gate.standing(visitor).sources(context.clock())
    wanted = own if source is None else {source}
    context.gate.allow(visitor, Asking(action=Action.READ_RECEIPTS, foreign=not wanted <= own))
    found = context.oversight.receipts(_as_received(wanted), since=since, limit=limit)
    return ReceiptsList(
        receipts=[_receipt(each) for each in found],
        next_since=found[-1].id if found else since,
    )


def _allow(context: Context, visitor: Visitor, action: Action) -> None:
    context.gate.allow(visitor, Asking(action=action))


def _existing(context: Context, entry_id: int) -> DeskItem:
    item = context.desk.entry(entry_id)
    if item is None:
        raise Problem("not-found")
    return item


def _shown(item: DeskItem) -> IntakeEntry:
    return IntakeEntry(
        id=item.id,
        source=item.source,
        received_at=item.received_at,
        decided_at=item.decided_at,
        outcome=Outcome(item.outcome),
        reason=Reason(item.reason) if item.reason else None,
        detail=item.detail,
        # What a sender calls a type that is none may say anything.
        type=item.type if item.type in EVENT_TYPES else None,
        attempts=item.attempts,
        payload_bytes=item.payload_bytes,
        closed_at=item.closed_at,
        closed_by=item.closed_by,
        close_note=item.close_note,
    )


def _receipt(found: SourceReceipt) -> ReceiptItem:
    return ReceiptItem.model_validate(asdict(found))


def _as_received(sources: Collection[str]) -> set[str]:
    """Return the sources, and what the broker's subjects make of them: a dot cannot stand there."""
    return {*sources, *(source_of_subject(subject_for(source)) for source in sources)}


def _text(body: bytes) -> tuple[str, Literal["utf-8", "base64"]]:
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return b64encode(body).decode("ascii"), "base64"
