"""Takes back what was granted, and says that a conflict of interest is over: with a reason."""

import json
from typing import Annotated, NamedTuple
from uuid import UUID, uuid4

from anyio import to_thread
from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, Response

from domain.events.envelope import CaseEvent
from domain.events.permissions import ConflictDeclared, ReviewAccessGranted, RoleGranted
from services.access import NotThere, Visitor
from services.access.telling import NotRecorded
from services.api.context import Context, InContext
from services.api.recording import recording_of
from services.web.admin.area import GRANTS, to
from services.web.admin.asking_why import Ending, TypedReason, ask_why, reason_in, too_long
from services.web.admin.granted import Conflict, Granted, Review, all_granted
from services.web.page import Link
from services.web.signing_in import SignedIn

router = APIRouter(prefix="/admin/grants/end")


class Revoked(NamedTuple):
    """Something that counts and is to count no more, and the event that says so."""

    granted: CaseEvent
    heading: str
    event_type: str
    named_by: str
    """The member of the event that names it."""


_Reference = Annotated[str, Query(max_length=200)]
_Sent = Annotated[str, Form(max_length=200)]


@router.get("")
def ask_before_end(
    request: Request,
    context: InContext,
    visitor: SignedIn,
    file: _Reference = "",
    reference: _Reference = "",
) -> HTMLResponse:
    """Ask whether something is to count no more, and why."""
    revoked = _revoked(context, visitor, file, reference)
    return _page(request, revoked, reference, str(uuid4()), TypedReason())


@router.post("")
async def end(
    request: Request,
    context: InContext,
    visitor: SignedIn,
    file: _Sent = "",
    reference: _Sent = "",
    event: _Sent = "",
    reason: Annotated[str, Form(max_length=10_000)] = "",
) -> Response:
    """Record that it counts no more; sent again, it takes effect once."""
    revoked = await to_thread.run_sync(_revoked, context, visitor, file, reference)
    note = reason_in(reason)
    if fault := too_long(note):
        return _page(request, revoked, reference, event, TypedReason(reason, fault))
    told = {
        "specversion": "1.0",
        "id": _event_id(event),
        "type": revoked.event_type,
        "subject": revoked.granted.case_ref,
        "time": context.clock().isoformat(),
        "data": {revoked.named_by: reference} | ({"reason": note} if note else {}),
    }
    try:
        await recording_of(context).on_file(visitor, json.dumps(told).encode())
    except NotRecorded as refused:
        return _page(request, revoked, reference, event, TypedReason(reason, f"{refused}."))
    return to(f"{GRANTS.href}?ended=yes&done=yes")


def _event_id(sent: str) -> str:
    try:
        return str(UUID(sent))
    except ValueError:
        return str(uuid4())


def _revoked(context: Context, visitor: Visitor, file: str, reference: str) -> Revoked:
    """Return what is meant; raise `NotThere` where there is no such thing, or it ended."""
    found = all_granted(context.gate.grants(visitor), context.clock())
    granted: list[Granted | Review | Conflict] = [*found.roles, *found.reviews, *found.conflicts]
    for each in granted:
        if not each.ended and each.event.case_ref == file:
            revoked = _by(each.event)
            if getattr(each.event, revoked.named_by) == reference:
                return revoked
    raise NotThere


def _by(event: RoleGranted | ReviewAccessGranted | ConflictDeclared) -> Revoked:
    match event:
        case RoleGranted():
            who = event.staff or event.publishes
            heading = f"Revoke “{event.role.label}” of {who}?"
            return Revoked(event, heading, "RoleRevoked", "grant_id")
        case ReviewAccessGranted():
            heading = "Revoke what the reviewer was granted?"
            return Revoked(event, heading, "ReviewAccessRevoked", "review_grant_id")
        case ConflictDeclared():
            heading = f"Is the conflict of interest of {event.staff} over?"
            return Revoked(event, heading, "ConflictEnded", "conflict_id")


def _page(
    request: Request,
    revoked: Revoked,
    reference: str,
    event: str,
    reason: TypedReason,
) -> HTMLResponse:
    file = revoked.granted.case_ref
    ending = Ending(
        title="End a grant",
        caption=f"Reference {reference}",
        heading=revoked.heading,
        means="It counts from the next page that is opened. It stays on record that it was so, "
        "and who ended it.",
        question="Why? (optional)",
        example="For example: left the team.",
        button="End it",
        action=f"{GRANTS.href}/end",
        back=GRANTS.href,
        sent={"file": file, "reference": reference, "event": event},
    )
    return ask_why(request, GRANTS, (Link(GRANTS.text, GRANTS.href),), ending, reason)
