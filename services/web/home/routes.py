"""The home page."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from services.web.home.first_things import first_things
from services.web.page import PATH_OF_HOME, page
from services.web.signing_in import SignedIn, person_signed_in

router = APIRouter()


@router.get(PATH_OF_HOME)
def home(request: Request, visitor: SignedIn) -> HTMLResponse:
    """Show what somebody does first, or how they come to be granted a role."""
    things = first_things(person_signed_in(request).roles)
    return page(request, "home/home.html", title="Home", things=things, principal=visitor.principal)
