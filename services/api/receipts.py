"""What became of the messages that a system sent, on whatever way they came."""

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from adapters.wire import source_of_subject, subject_for
from domain.access import Action
from domain.outcomes import Outcome, Reason, Remark
from services.access import Asking
from services.api.callers import Asker
from services.api.context import InContext
from services.api.described import Body, documented
from services.api.intake import LARGEST_ID, Limit

router = APIRouter(prefix="/v1", tags=["operations"])


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
    remarks: Sequence[Remark]
    """What to look at in how it was sent, though it was understood."""
    received_at: datetime
    decided_at: datetime


class ReceiptsList(Body):
    """Receipts in order; `next_since` is what `since` takes to go on, later too."""

    receipts: Sequence[ReceiptItem]
    next_since: int


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
        int, Query(ge=0, le=LARGEST_ID, description="Only receipts after this one.")
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
        receipts=[ReceiptItem.model_validate(asdict(each)) for each in found],
        next_since=found[-1].id if found else since,
    )


def _as_received(sources: Collection[str]) -> set[str]:
    """Return the sources, and what the broker's subjects make of them: a dot cannot stand there."""
    return {*sources, *(source_of_subject(subject_for(source)) for source in sources)}
