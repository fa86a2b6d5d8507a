"""Signing in: OpenID Connect or, in the demonstration, one's word; then a session on the server."""

from fastapi import APIRouter, FastAPI

from services.settings import Settings
from services.web.signing_in.entrance import opening
from services.web.signing_in.routes import router
from services.web.signing_in.same_origin import from_our_own_pages
from services.web.signing_in.signed_in import (
    SignedIn,
    SignedInPerson,
    SignInNeeded,
    person_signed_in,
    to_sign_in,
)

__all__ = [
    "SignedIn",
    "SignedInPerson",
    "from_our_own_pages",
    "include_signing_in",
    "person_signed_in",
    "router",
]


def include_signing_in(app: FastAPI, settings: Settings) -> None:
    """Have `app` open the entrance when it starts, and send people there who are not signed in."""
    app.add_exception_handler(SignInNeeded, to_sign_in)  # type: ignore[arg-type]
    app.include_router(APIRouter(lifespan=opening(settings)))
