"""The pages for keeping the service going: which there are, for whom, and what they share."""

from collections.abc import Collection
from typing import Any, NamedTuple

from fastapi import Request
from starlette.responses import HTMLResponse, RedirectResponse

from domain.access import Action
from domain.vocabulary.access import Role
from services.web.page import Link, page
from services.web.signing_in import person_signed_in
from services.web.signing_in.navigation import may_sometimes

HOME = "/admin"

_SEE_OTHER = 303


class Section(NamedTuple):
    """One part of the area, and what somebody must be able to do to find something there."""

    text: str
    href: str
    needs: Action


INTAKE = Section("Intake", "/admin/intake", Action.RUN_INTAKE)
READ_MODELS = Section("Read models", "/admin/read-models", Action.RUN_READ_MODELS)
SOURCES = Section("Sources", "/admin/sources", Action.RUN_INTAKE)
GRANTS = Section("Grants", "/admin/grants", Action.GRANT)
POLICIES = Section("Policies", "/admin/policies", Action.READ_DIRECTORY)
ACCESS = Section("Access log", "/admin/access", Action.REVIEW_GLASS)
NOTICES = Section("Notices", "/admin/notices", Action.REVIEW_GLASS)

SECTIONS = (INTAKE, READ_MODELS, SOURCES, GRANTS, POLICIES, ACCESS, NOTICES)
"""Every part, in the order of the navigation."""


def sections_for(roles: Collection[Role]) -> list[Section]:
    """Return the parts in which holders of these roles find something."""
    people = set(roles) - {Role.UPSTREAM}
    return [each for each in SECTIONS if may_sometimes(people, each.needs)]


def admin_page(
    request: Request,
    template: str,
    section: Section | None,
    *,
    title: str,
    trail: tuple[Link, ...] = (),
    **context: Any,
) -> HTMLResponse:
    """Return a page of the area; `section` is where it is, and `trail` what lies above it there."""
    parts = sections_for(person_signed_in(request).roles)
    links = [Link("Overview", HOME), *(Link(each.text, each.href) for each in parts)]
    above = (Link("Admin", HOME), *trail) if section else ()
    return page(
        request,
        f"admin/{template}",
        title=title,
        breadcrumbs=above,
        links=links,
        here=section.href if section else HOME,
        **context,
    )


def to(address: str) -> RedirectResponse:
    """Send the browser on, so that to load the page again does nothing again."""
    return RedirectResponse(address, _SEE_OTHER)
