"""Opens a case in an emergency to someone to whom it is closed; who does so answers for it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domain.vocabulary.access import GlassGround
from domain.vocabulary.rights import AccessPurpose
from services.access.breaking_glass import OPEN_FOR, break_glass
from services.api.context import InContext
from services.api.recording import answering_refusals, recording_of
from services.web.case.asked import Seen, with_query
from services.web.case.not_open import CaseRoute
from services.web.forms.answers import Fault, answers_of, one
from services.web.page import Link, page
from services.web.signing_in import SignedIn

router = APIRouter(prefix="/cases/{case_id:uuid}", route_class=CaseRoute)

_SHORTEST, _LONGEST = 20, 2_000
_IN_EMERGENCY = Seen(purpose=AccessPurpose.EMERGENCY)


@router.get("/emergency")
def ask_why(case_id: UUID, request: Request, visitor: SignedIn) -> HTMLResponse:
    """Say what opening it means, and ask why. Nothing of the case is read here."""
    return _question(request, case_id, {}, ())


@router.post("/emergency", response_model=None)
async def open_it(
    case_id: UUID,
    request: Request,
    visitor: SignedIn,
    context: InContext,
    ground: Annotated[str, Form()] = "",
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Record that the case was opened, and go there; or say what is still to say."""
    sent = {"ground": ground, "reason": reason}
    said = {name: one(answers_of([(name, value)]), name) for name, value in sent.items()}
    faults = tuple(_faults(said))
    if faults:
        return _question(request, case_id, said, faults)
    async with answering_refusals():
        recording = recording_of(context)
        await break_glass(recording, visitor, case_id, GlassGround(said["ground"]), said["reason"])
    # What it is needed for is said: who does so is not asked again.
    return RedirectResponse(with_query(f"/cases/{case_id}", _IN_EMERGENCY.query), 303)


def _faults(said: dict[str, str]) -> list[Fault]:
    found = []
    if said["ground"] not in {each.value for each in GlassGround}:
        found.append(Fault("ground", "Choose what the emergency is"))
    if len(said["reason"]) < _SHORTEST:
        told = f"Say what is happening, in {_SHORTEST} characters or more"
        found.append(Fault("reason", told))
    elif len(said["reason"]) > _LONGEST:
        found.append(Fault("reason", f"The reason must be {_LONGEST:,} characters or fewer"))
    return found


def _question(
    request: Request, case_id: UUID, said: dict[str, str], faults: tuple[Fault, ...]
) -> HTMLResponse:
    return page(
        request,
        "case/emergency.html",
        title="Open a case in an emergency",
        errors=bool(faults),
        breadcrumbs=(Link("Cases", "/cases"),),
        action=f"/cases/{case_id}/emergency",
        grounds=tuple(GlassGround),
        minutes=int(OPEN_FOR.total_seconds() // 60),
        said=said,
        faults=faults,
        fault={each.name: each.message for each in faults},
        longest=_LONGEST,
    )
