"""What came in and is not settled, for whoever keeps the service going.

Nothing here tells what is in a message, but for the one route that opens it.
"""

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from anyio import to_thread
from fastapi import APIRouter, Path, Query
from pydantic import StringConstraints

from adapters.event_store.desk import DeskItem
from domain.access import Action
from domain.events.registry import EVENT_TYPES
from domain.outcomes import Outcome, Reason
from domain.vocabulary.rights import RecordPart
from services.access.unsettled import Unsettled
from services.api.asked import For
from services.api.callers import Asker
from services.api.context import Context, InContext
from services.api.described import Body, documented

router = APIRouter(prefix="/v1/intake", tags=["operations"], responses=documented("not-permitted"))

LARGEST_ID = 2**63 - 1

EntryId = Annotated[int, Path(ge=1, le=LARGEST_ID, description="The entry's number in the list.")]
Limit = Annotated[int, Query(ge=1, le=1000, description="How many at the most.")]


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


@router.get("", summary="Messages that wait or are in quarantine", operation_id="list_intake")
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
        int | None, Query(ge=1, le=LARGEST_ID, description="Only entries older than this.")
    ] = None,
    limit: Limit = 50,
) -> IntakeList:
    """List what a person has to look at, newest first."""
    unsettled_of(context).check(visitor)
    found = context.desk.entries(outcome=outcome, source=source, before=before, limit=limit + 1)
    more = len(found) > limit
    entries = [_shown(item) for item in found[:limit]]
    return IntakeList(entries=entries, next_before=entries[-1].id if more else None)


@router.get(
    "/{entry_id}",
    summary="One message, without its content",
    operation_id="read_intake_entry",
    responses=documented("not-found"),
)
def read_intake_entry(entry_id: EntryId, context: InContext, visitor: Asker) -> IntakeEntry:
    """Return what is known of a message."""
    return _shown(unsettled_of(context).entry(visitor, entry_id))


@router.get(
    "/{entry_id}/message",
    summary="What a message says; the reading is recorded",
    operation_id="read_intake_message",
    responses=documented("not-found"),
)
def read_intake_message(entry_id: EntryId, context: InContext, visitor: Asker, why: For) -> Message:
    """Return the content of a message that waits or is in quarantine."""
    asking = why.to(Action.READ_MESSAGE, RecordPart.WHOLE)
    item, body, _ = unsettled_of(context).message(visitor, asking, entry_id)
    text, encoding = _text(body)
    return Message(
        id=item.id,
        case_ref=item.case_ref,
        source_event_id=item.source_event_id,
        payload=text,
        payload_encoding=encoding,
    )


@router.post(
    "/{entry_id}/retry",
    summary="Decide a message again",
    operation_id="retry_intake_entry",
    responses=documented("not-found"),
)
async def retry_intake_entry(entry_id: EntryId, context: InContext, visitor: Asker) -> IntakeEntry:
    """Decide a message again that waits or is in quarantine; one that is settled stays as it is."""
    unsettled = unsettled_of(context)
    entries = await to_thread.run_sync(unsettled.undecided, visitor, [entry_id])
    await unsettled.decide_again(entries)
    return _shown(await to_thread.run_sync(unsettled.entry, visitor, entry_id))


@router.post(
    "/{entry_id}/close",
    summary="Close a message in quarantine for good",
    operation_id="close_intake_entry",
    responses=documented("not-found"),
)
def close_intake_entry(
    entry_id: EntryId, closing: Closing, context: InContext, visitor: Asker
) -> IntakeEntry:
    """Close a message; one that is not in quarantine, or closed already, stays as it is."""
    return _shown(unsettled_of(context).close(visitor, entry_id, closing.reason))


def unsettled_of(context: Context) -> Unsettled:
    """Return what looks after messages for people, put together of what stands behind the API."""
    return Unsettled(context.gate, context.desk, context.intake, context.review, context.clock)


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


def _text(body: bytes) -> tuple[str, Literal["utf-8", "base64"]]:
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return b64encode(body).decode("ascii"), "base64"
