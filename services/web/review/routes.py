"""The addresses of the reviewer's workspace."""

from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from domain.access import Action
from services.api.context import InContext
from services.web.case.asked import AskedFor, Seen
from services.web.forms.answers import answers_of
from services.web.page import page
from services.web.review.curating import Curated, curate, show_entry
from services.web.review.glossary import glossary
from services.web.review.granted import listed
from services.web.review.opened_review import open_review
from services.web.review.workspace import show_workspace
from services.web.signing_in import SignedIn, person_signed_in
from services.web.signing_in.navigation import may_sometimes

router = APIRouter()


@router.get("/review")
def reviews(request: Request, visitor: SignedIn, context: InContext) -> HTMLResponse:
    """Show which cases there are to review."""
    return page(
        request,
        "review/granted.html",
        title="Cases to review",
        listed=listed(context, visitor),
        today=context.clock(),
        may_curate=may_sometimes(person_signed_in(request).roles, Action.CURATE),
    )


@router.get("/glossary")
def words_explained(request: Request, visitor: SignedIn) -> HTMLResponse:
    """Explain abbreviations, and what the entries of coded lists are."""
    return page(request, "review/glossary.html", title="Glossary", **glossary())


@router.get("/review/{case_id:uuid}/entries/{event_id:uuid}/{review_id:path}")
def entry(
    case_id: UUID,
    event_id: UUID,
    review_id: str,
    request: Request,
    visitor: SignedIn,
    context: InContext,
) -> HTMLResponse:
    """Show one entry, with the form that says what the review makes of it."""
    review = open_review(request, context, visitor, case_id, review_id, Seen())
    return show_entry(request, review, review.entry(event_id))


@router.post("/review/{case_id:uuid}/entries/{event_id:uuid}/{review_id:path}")
async def curate_entry(
    case_id: UUID,
    event_id: UUID,
    review_id: str,
    request: Request,
    visitor: SignedIn,
    context: InContext,
) -> Response:
    """Record what the review makes of one entry."""
    form = await request.form()
    sent = answers_of((name, str(value)) for name, value in form.multi_items())
    review = await to_thread.run_sync(
        open_review, request, context, visitor, case_id, review_id, Seen()
    )
    asked = Curated(request, review, review.entry(event_id), sent)
    return await curate(asked, visitor, context)


@router.get("/review/{case_id:uuid}/{review_id:path}")
def workspace(
    case_id: UUID,
    review_id: str,
    request: Request,
    visitor: SignedIn,
    context: InContext,
    seen: AskedFor,
) -> Response:
    """Show the chronology of a review."""
    review = open_review(request, context, visitor, case_id, review_id, seen)
    return show_workspace(request, review)
