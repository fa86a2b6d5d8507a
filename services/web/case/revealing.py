"""Shows one class of what is withheld on one page of a case, to who says what for."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse

from domain.access import Action
from domain.access.deciding import PERMITS
from domain.vocabulary.access import Role
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.rights import AccessPurpose
from services.access import Asking
from services.access.revealing import reveal
from services.api.context import InContext
from services.web.case.asked import AskedFor, Seen
from services.web.case.not_open import PURPOSES, CaseRoute
from services.web.case.opened_case import opened_case
from services.web.case.routes import SHOWN_BY
from services.web.case.sections import BY_SLUG, TIMELINE
from services.web.forms.answers import Fault, answers_of, one
from services.web.page import Link, page
from services.web.signing_in import SignedIn, person_signed_in

router = APIRouter(prefix="/cases/{case_id:uuid}", route_class=CaseRoute)

_LONGEST = 500


@router.get("/reveal")
def ask_what_for(
    case_id: UUID, request: Request, visitor: SignedIn, seen: AskedFor
) -> HTMLResponse:
    """Ask what to show, and what for. Nothing of the case is read here."""
    return _question(request, case_id, seen, {}, ())


@router.post("/reveal")
def show_revealed(
    case_id: UUID,
    request: Request,
    visitor: SignedIn,
    context: InContext,
    seen: AskedFor,
    field: Annotated[str, Form()] = "",
    purpose: Annotated[str, Form(alias="for")] = "",
    reason: Annotated[str, Form()] = "",
) -> HTMLResponse:
    """Show the page with that class, which is asked for and recorded; or what is still to say."""
    sent = {"field": field, "for": purpose, "reason": reason}
    said = {name: one(answers_of([(name, value)]), name) for name, value in sent.items()}
    faults = tuple(_faults(said))
    if faults:
        return _question(request, case_id, seen, said, faults)
    section = BY_SLUG.get(request.query_params.get("section", ""), TIMELINE)
    asking = Asking(
        action=Action.REVEAL,
        part=section.part,
        purpose=AccessPurpose(said["for"]),
        reason=said["reason"],
        field=PersonalClass(said["field"]),
    )
    opened = reveal(context.gate, visitor, asking, case_id)
    revealed = PersonalClass(said["field"]).label
    own = Seen(purpose=seen.purpose or AccessPurpose(said["for"]))
    case = opened_case(request, context, opened, section, own, revealed=revealed)
    return SHOWN_BY[section.slug](case)


def _faults(said: dict[str, str]) -> list[Fault]:
    found = []
    if said["field"] not in {each.value for each in PersonalClass}:
        found.append(Fault("field", "Choose what to show"))
    if said["for"] not in {each.value for each in PURPOSES}:
        found.append(Fault("for", "Choose what you need it for"))
    if not said["reason"]:
        found.append(Fault("reason", "Say in a few words why you need it"))
    elif len(said["reason"]) > _LONGEST:
        found.append(Fault("reason", f"The reason must be {_LONGEST} characters or fewer"))
    return found


def _question(
    request: Request,
    case_id: UUID,
    seen: Seen,
    said: dict[str, str],
    faults: tuple[Fault, ...],
) -> HTMLResponse:
    section = BY_SLUG.get(request.query_params.get("section", ""), TIMELINE)
    back = f"/cases/{case_id}" + (f"/{section.slug}" if section.slug else "")
    return page(
        request,
        "case/reveal.html",
        title="Show what is withheld",
        errors=bool(faults),
        breadcrumbs=(Link("Cases", "/cases"), Link("Case", back)),
        section=section.title,
        action=str(request.url.path) + (f"?{request.url.query}" if request.url.query else ""),
        classes=_classes(person_signed_in(request).roles),
        purposes=PURPOSES,
        usual=seen.purpose,
        said=said,
        faults=faults,
        fault={each.name: each.message for each in faults},
        longest=_LONGEST,
    )


def _classes(roles: frozenset[Role]) -> list[PersonalClass]:
    """Return what some rule lets holders of these roles reveal."""
    shows = [it.shows for it in PERMITS if Action.REVEAL in it.actions and it.roles & roles]
    return [each for each in PersonalClass if any(each in classes for classes in shows)]
