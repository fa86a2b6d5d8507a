"""Who is signed in, for every page that is not for everyone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response
from structlog.contextvars import get_contextvars

from adapters.identity.code_flow import with_query
from domain.vocabulary.access import Role
from services.access import Visitor
from services.api.context import InContext
from services.api.rates import Rates
from services.web.page import Link
from services.web.signing_in.entrance import entrance_of
from services.web.signing_in.local_paths import HOME, local_path
from services.web.signing_in.navigation import navigation_for, under
from services.web.signing_in.sending_again import to_send_again

SIGN_IN = "/sign-in"

_NO_ROLE = "No role yet"
_SEE_OTHER = 303


class SignInNeeded(Exception):  # noqa: N818 (an answer, and no fault of anything)
    """The page is not for everyone, and nobody is signed in."""

    def __init__(self, *, ended: bool) -> None:
        super().__init__("nobody is signed in")
        self.ended = ended
        """Whether somebody was, until their session ended."""


@dataclass(frozen=True, slots=True)
class SignedInPerson:
    """Who is signed in, as pages show it; `services.web.page` has it from `request.state`."""

    visitor: Visitor
    name: str
    roles: frozenset[Role]
    """What is granted to them now."""
    navigation: Sequence[Link]
    here: Link | None
    """The item of the navigation that the page belongs under."""

    @property
    def role(self) -> str:
        """What they are here as, in words."""
        return ", ".join(role.label for role in Role if role in self.roles) or _NO_ROLE


def visitor_signed_in(request: Request, context: InContext) -> Visitor:
    """Return who is signed in, and keep how pages show them; raise `SignInNeeded` if nobody is.

    Their roles are asked of the event log each time, so what is revoked ends with the next page.
    """
    entrance = entrance_of(request)
    session = entrance.session(request)
    if session is None:
        raise SignInNeeded(ended=entrance.cookies.session(request.cookies) is not None)
    visitor = Visitor(session.principal, session.id, get_contextvars().get("request", ""))
    rates = request.app.state.rates
    assert isinstance(rates, Rates)
    rates.take(visitor.principal, request.url.path)
    roles = context.gate.standing(visitor).roles(context.clock())
    navigation = navigation_for(roles)
    here = under(request.url.path, navigation)
    request.state.signed_in = SignedInPerson(visitor, session.name, roles, navigation, here)
    return visitor


SignedIn = Annotated[Visitor, Depends(visitor_signed_in)]
"""A parameter of a page's route: who is signed in; whoever is not is sent to sign in first."""


def person_signed_in(request: Request) -> SignedInPerson:
    """Return who is signed in, as pages show them, within a route that takes `SignedIn`."""
    person = request.state.signed_in
    assert isinstance(person, SignedInPerson)
    return person


async def to_sign_in(request: Request, needed: SignInNeeded) -> Response:
    """Send somebody to sign in, and from there to the page they wanted; whoever was writing when
    their session ended, here or in another tab, is shown how to send that again."""
    if request.method == "POST" and (kept := await to_send_again(request)):
        return kept
    wanted = HOME
    if request.method in ("GET", "HEAD"):
        query = f"?{request.url.query}" if request.url.query else ""
        wanted = local_path(f"{request.url.path}{query}")
    return RedirectResponse(sign_in_address(wanted, "ended" if needed.ended else None), _SEE_OTHER)


def sign_in_address(wanted: str, why: str | None = None) -> str:
    """Return where to sign in; `why` is one of those that the page has words for."""
    told = ({"why": why} if why else {}) | ({"next": wanted} if wanted != HOME else {})
    return with_query(SIGN_IN, told) if told else SIGN_IN
