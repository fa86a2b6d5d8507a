"""The systems that publish: when they last did, how much, and what became of it."""

from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from adapters.event_store.reckoning import LATELY
from domain.events.envelope import OWN_SOURCE
from services.api.context import InContext
from services.api.intake import unsettled_of
from services.web.admin.area import SOURCES, admin_page
from services.web.listing import Address
from services.web.signing_in import SignedIn

router = APIRouter(prefix="/admin/sources")

_QUIET = timedelta(days=2)
"""After how long without a message a source is said to be quiet."""


@router.get("")
def list_sources(request: Request, context: InContext, visitor: SignedIn) -> HTMLResponse:
    """Show every system that ever sent something, those in trouble and the quiet ones told."""
    found = unsettled_of(context).reckoning(visitor)
    return admin_page(
        request,
        "sources.html",
        SOURCES,
        title="Sources",
        sources=found.sources,
        own=OWN_SOURCE,
        days=LATELY.days,
        at=found.at,
        now=context.clock(),
        quiet=_QUIET,
        listed=lambda source, outcome: str(
            Address("/admin/intake", (("source", source), ("outcome", outcome)))
        ),
    )
