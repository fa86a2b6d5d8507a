"""Renders a page: its template inside the layout, with what the browser may do with it."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse

SERVICE = "Case Timeline"
PATH_OF_HOME = "/"

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "script-src 'self' 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_NONCE_BYTES = 16


class Link(NamedTuple):
    """Where a link leads, and its words."""

    text: str
    href: str


class SignedInPerson(Protocol):
    """What the layout shows of who is signed in, where `request.state.signed_in` is set."""

    @property
    def name(self) -> str:
        """What they are called."""

    @property
    def role(self) -> str:
        """What they are here as, in words."""

    @property
    def navigation(self) -> Sequence[Link]:
        """What they may open, in the order of the navigation."""

    @property
    def here(self) -> Link | None:
        """The item of it that the page belongs under, where there is one."""


@dataclass(frozen=True, slots=True)
class Pages:
    """What all pages have in common."""

    environment: Environment
    landlord: str
    demo: bool
    """Whether all that is shown is made up, which every page then says."""


def page(
    request: Request,
    template: str,
    *,
    title: str,
    breadcrumbs: Sequence[Link] = (),
    errors: bool = False,
    status: int = 200,
    **context: Any,
) -> HTMLResponse:
    """Return the page that `template` makes of `context`.

    `title` goes to the tab, the history and whoever looks on: a case reference at most, never
    what somebody is called. `errors` says that a form was sent back.
    """
    pages: Pages = request.app.state.pages
    nonce = secrets.token_urlsafe(_NONCE_BYTES)
    content = pages.environment.get_template(template).render(
        **context,
        title=title,
        errors=errors,
        breadcrumbs=breadcrumbs,
        nonce=nonce,
        service=SERVICE,
        landlord=pages.landlord,
        demo=pages.demo,
        person=getattr(request.state, "signed_in", None),
        path=request.url.path,
    )
    headers = _HEADERS | {"Content-Security-Policy": _POLICY.format(nonce=nonce)}
    return HTMLResponse(content, status, headers)
