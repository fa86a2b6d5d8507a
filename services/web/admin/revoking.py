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
from services.web.admin.area import GRANTS, admin_page, to
from services.web.admin.granted import Conflict, Granted, Review, all_granted
from services.web.page import Link
from services.web.signing_in import SignedIn

router = APIRouter(prefix="/admin/grants/end")

_LONGEST_REASON = 500
_UNPROCESSABLE = 422


class Ending(NamedTuple):
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
    return _page(request, _ending(context, visitor, file, reference), reference, str(uuid4()))


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
    ending = await to_thread.run_sync(_ending, context, visitor, file, reference)
    note = " ".join(reason.replace("\x00", "").split())
    if len(note) > _LONGEST_REASON:
        fault = f"Use {_LONGEST_REASON} characters or fewer"
        return _page(request, ending, reference, event, reason, fault)
    told = {
        "specversion": "1.0",
        "id": _event_id(event),
        "type": ending.event_type,
        "subject": ending.granted.case_ref,
        "time": context.clock().isoformat(),
        "data": {ending.named_by: reference} | ({"reason": note} if note else {}),
    }
    try:
        await recording_of(context).on_file(visitor, json.dumps(told).encode())
    except NotRecorded as refused:
        return _page(request, ending, reference, event, reason, f"{refused}.")
    return to(f"{GRANTS.href}?ended=yes&done=yes")


def _event_id(sent: str) -> str:
    try:
        return str(UUID(sent))
    except ValueError:
        return str(uuid4())


def _ending(context: Context, visitor: Visitor, file: str, reference: str) -> Ending:
    """Return what is meant; raise `NotThere` where there is no such thing, or it ended."""
    found = all_granted(context.gate.grants(visitor), context.clock())
    granted: list[Granted | Review | Conflict] = [*found.roles, *found.reviews, *found.conflicts]
    for each in granted:
        if not each.ended and each.event.case_ref == file:
            ending = _by(each.event)
            if getattr(each.event, ending.named_by) == reference:
                return ending
    raise NotThere


def _by(event: RoleGranted | ReviewAccessGranted | ConflictDeclared) -> Ending:
    match event:
        case RoleGranted():
            who = event.staff or event.publishes
            heading = f"Revoke “{event.role.label}” of {who}?"
            return Ending(event, heading, "RoleRevoked", "grant_id")
        case ReviewAccessGranted():
            heading = "Revoke what the reviewer was granted?"
            return Ending(event, heading, "ReviewAccessRevoked", "review_grant_id")
        case ConflictDeclared():
            heading = f"Is the conflict of interest of {event.staff} over?"
            return Ending(event, heading, "ConflictEnded", "conflict_id")


def _page(
    request: Request,
    ending: Ending,
    reference: str,
    event: str,
    reason: str = "",
    fault: str | None = None,
) -> HTMLResponse:
    return admin_page(
        request,
        "end.html",
        GRANTS,
        title="End a grant",
        trail=(Link(GRANTS.text, GRANTS.href),),
        ending=ending,
        reference=reference,
        event=event,
        reason=reason,
        fault=fault,
        longest=_LONGEST_REASON,
        errors=fault is not None,
        status=_UNPROCESSABLE if fault else 200,
    )
