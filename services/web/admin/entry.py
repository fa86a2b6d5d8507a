"""One message that came in: why it is not settled, what it says, and what is to become of it."""

from typing import Annotated, NamedTuple

from anyio import to_thread
from fastapi import APIRouter, Form, Path, Request
from starlette.responses import HTMLResponse, Response

from adapters.event_store.desk import DeskItem
from domain.access import Action
from domain.events.registry import EVENT_TYPES
from domain.outcomes import Outcome, Reason
from domain.vocabulary.rights import AccessPurpose, RecordPart
from services.access import Asking, NotThere
from services.api.context import Context, InContext
from services.api.intake import LARGEST_ID, unsettled_of
from services.web.admin.area import INTAKE, admin_page, to
from services.web.admin.asking_why import Ending, TypedReason, ask_why, reason_in, too_long
from services.web.admin.intake_filter import in_words
from services.web.admin.message_tree import Shown, event_type_of, tree_of
from services.web.page import Link
from services.web.signing_in import SignedIn, person_signed_in
from services.web.signing_in.navigation import may_sometimes

router = APIRouter(prefix="/admin/intake")

EntryId = Annotated[int, Path(ge=1, le=LARGEST_ID)]

_MOST_TEXT = 20_000
_DONE = {
    "accepted": ("success", "It is accepted now"),
    "duplicate": ("success", "It is settled now: the same is on record already"),
    "waiting": ("warning", "Tried again: it waits, as before"),
    "quarantined": ("warning", "Tried again: it still cannot be accepted"),
    "refused": ("warning", "Tried again: it was refused"),
    "closed": ("success", "It is closed"),
    "settled": ("information", "Nothing to do: somebody settled it meanwhile"),
}


class Fixing(NamedTuple):
    """What to do about the cause of a message's trouble."""

    heading: str
    steps: tuple[str, ...]


_LATER = Fixing(
    "It waits for something else",
    (
        "Nothing is wrong with it. It is decided by itself once what it builds on has arrived.",
        "If that does not come, ask whoever runs the source whether it was ever sent.",
        "Try again only after something was put right by hand.",
    ),
)
_OURS = Fixing(
    "This service failed to read it",
    (
        "The sender can do nothing. Pass the entry's number on to whoever maintains the service.",
        "Once a release that mends it is installed, try again.",
    ),
)
_NEWER = Fixing(
    "It is newer than this service",
    ("Install the release that knows this version of the event.", "Then try again."),
)
_AT_SOURCE = Fixing(
    "Fix the cause, then try again",
    (
        "The message itself is never changed here: what was received stays as it was.",
        "If the cause is outside the message, such as a grant that was missing or a case that was "
        "not open yet, put that right, then try again.",
        "If the message is wrong, have it corrected at the source and sent again under a new id. "
        "Once that has arrived, close this one and say so.",
    ),
)
_FIXING = {
    Reason.AWAITING_PREDECESSOR: _LATER,
    Reason.UNKNOWN_CASE: _LATER,
    Reason.NOT_PROCESSABLE: _OURS,
    Reason.SCHEMA_NEWER: _NEWER,
}


@router.get("/{entry_id}")
def show_entry(
    entry_id: EntryId, request: Request, context: InContext, visitor: SignedIn
) -> HTMLResponse:
    """Show why a message is not settled, and what to do; of what it says, only its shape."""
    item = unsettled_of(context).entry(visitor, entry_id)
    return _page(request, context, item)


@router.get("/{entry_id}/message")
def show_message(
    entry_id: EntryId, request: Request, context: InContext, visitor: SignedIn
) -> HTMLResponse:
    """Show what a message says, as far as the visitor may see it; that they did is on record."""
    unsettled = unsettled_of(context)
    asking = Asking(
        action=Action.READ_MESSAGE, part=RecordPart.WHOLE, purpose=AccessPurpose.CASE_WORK
    )
    item, body, masked = unsettled.message(visitor, asking, entry_id)
    tree = tree_of(body, Shown(values=True, masked=masked), item.detail)
    text = body.decode("utf-8", "replace") if tree is None else ""
    return admin_page(
        request,
        "message.html",
        INTAKE,
        title=f"Message {entry_id}",
        trail=(Link(INTAKE.text, INTAKE.href), Link(f"Message {entry_id}", _address(entry_id))),
        item=item,
        tree=tree,
        text=text[:_MOST_TEXT],
        is_cut=len(text) > _MOST_TEXT,
        what=in_words(item.reason)[0],
    )


@router.post("/{entry_id}/retry")
async def retry(entry_id: EntryId, context: InContext, visitor: SignedIn) -> Response:
    """Decide a message again; one that is settled stays as it is."""
    unsettled = unsettled_of(context)
    await to_thread.run_sync(unsettled.entry, visitor, entry_id)
    entries = await to_thread.run_sync(unsettled.undecided, visitor, [entry_id])
    receipts = await unsettled.decide_again(entries)
    became = receipts[0].outcome.value if receipts else "settled"
    return to(f"{_address(entry_id)}?done={became}")


@router.get("/{entry_id}/close")
def ask_before_close(
    entry_id: EntryId, request: Request, context: InContext, visitor: SignedIn
) -> HTMLResponse:
    """Ask why nothing is to come of a message."""
    item = _closable(unsettled_of(context).entry(visitor, entry_id))
    return _closing(request, item, TypedReason())


@router.post("/{entry_id}/close")
def close(
    entry_id: EntryId,
    request: Request,
    context: InContext,
    visitor: SignedIn,
    reason: Annotated[str, Form(max_length=10_000)] = "",
) -> Response:
    """Close a message in quarantine for good."""
    unsettled = unsettled_of(context)
    item = unsettled.entry(visitor, entry_id)
    note = reason_in(reason)
    if item.outcome != Outcome.QUARANTINED or item.closed_at:
        return to(f"{_address(entry_id)}?done=settled")
    if fault := too_long(note) if note else "Say why nothing is to come of it":
        return _closing(request, item, TypedReason(reason, fault))
    unsettled.close(visitor, entry_id, note)
    return to(f"{_address(entry_id)}?done=closed")


def _address(entry_id: int) -> str:
    return f"{INTAKE.href}/{entry_id}"


def _closable(item: DeskItem) -> DeskItem:
    if item.outcome != Outcome.QUARANTINED or item.closed_at:
        raise NotThere
    return item


def _page(request: Request, context: Context, item: DeskItem) -> HTMLResponse:
    body = context.desk.payload(item.id)
    reason = Reason(item.reason) if item.reason else None
    code = event_type_of(item.type, body)
    is_open = item.outcome in (Outcome.WAITING, Outcome.QUARANTINED) and not item.closed_at
    return admin_page(
        request,
        "entry.html",
        INTAKE,
        title=f"Message {item.id}",
        trail=(Link(INTAKE.text, INTAKE.href),),
        item=item,
        outcome=Outcome(item.outcome),
        what=in_words(reason)[0],
        advice=reason.label if reason else None,
        type=EVENT_TYPES[code].SUMMARY if code else None,
        code=code,
        fixing=_FIXING.get(reason, _AT_SOURCE) if reason and is_open else None,
        tree=tree_of(body, Shown(values=False), item.detail) if body is not None else None,
        has_message=body is not None,
        is_open=is_open,
        may_read=may_sometimes(person_signed_in(request).roles, Action.READ_MESSAGE),
        now=context.clock(),
        done=_DONE.get(request.query_params.get("done", "")),
    )


def _closing(request: Request, item: DeskItem, reason: TypedReason) -> HTMLResponse:
    trail = (Link(INTAKE.text, INTAKE.href), Link(f"Message {item.id}", _address(item.id)))
    ending = Ending(
        title=f"Close message {item.id}",
        caption=f"Message {item.id}: {in_words(item.reason)[0].lower()}",
        heading="Close it for good?",
        means="Nothing will come of it, and it cannot be tried again. It stays in the ledger with "
        "your name and reason, and its content stays with it.",
        question="Why is nothing to come of it?",
        example="For example: corrected at the source and sent again. Name nobody.",
        button="Close message",
        action=f"{_address(item.id)}/close",
        back=_address(item.id),
    )
    return ask_why(request, INTAKE, trail, ending, reason)
