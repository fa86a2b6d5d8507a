"""What stands in place of a case that is not opened: the same for one that is not there."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.responses import HTMLResponse, Response

from domain.access import Action
from domain.access.deciding import PERMITS
from domain.vocabulary.access import Role
from domain.vocabulary.rights import AccessPurpose
from services.access import NotThere
from services.web.case.asked import Seen
from services.web.page import Link, page
from services.web.signing_in import person_signed_in

_NOT_FOUND = 404
PURPOSES = tuple(
    each for each in AccessPurpose if each not in (AccessPurpose.SYSTEM, AccessPurpose.EMERGENCY)
)
"""What people may say that they need a case for."""
_USUAL = {
    Role.REVIEWER: AccessPurpose.REVIEW,
    Role.MANAGER: AccessPurpose.MANAGEMENT_OVERSIGHT,
    Role.PRIVACY: AccessPurpose.SUBJECT_ACCESS,
}


class CaseRoute(APIRoute):
    """Says of a case that is not opened what else one can do."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request."""
        handle = super().get_route_handler()

        async def answer(request: Request) -> Response:
            try:
                return await handle(request)
            except NotThere:
                return not_open(request)

        return answer


def not_open(request: Request) -> HTMLResponse:
    """Show that there is no such case, or none for who asks, and what can be done about it."""
    roles = person_signed_in(request).roles
    case_id = request.path_params["case_id"]
    emergency = any(Action.BREAK_GLASS in it.actions and it.roles & roles for it in PERMITS)
    return page(
        request,
        "case/not_open.html",
        title="Case not found",
        status=_NOT_FOUND,
        breadcrumbs=(Link("Cases", "/cases"),),
        emergency=f"/cases/{case_id}/emergency" if emergency else None,
        said_purpose="purpose" in request.query_params,
        ask=_asks_for_purpose(roles),
        purposes=PURPOSES,
        action=request.url.path,
        kept=_kept(request),
    )


def needs_to_say(request: Request, action: Action, seen: Seen) -> HTMLResponse | None:
    """Show the question what for, where who asks may open no case without an answer."""
    roles = person_signed_in(request).roles
    if seen.purpose is not None or not _asks_for_purpose(roles, action):
        return None
    if any(_permits(permit, roles, action) and not permit.needs_purpose for permit in PERMITS):
        return None
    return page(
        request,
        "case/what_for.html",
        title="What do you need this case for?",
        breadcrumbs=(Link("Cases", "/cases"),),
        purposes=PURPOSES,
        usual=next((_USUAL[role] for role in Role if role in roles and role in _USUAL), None),
        action=request.url.path,
        kept=_kept(request),
    )


def _asks_for_purpose(roles: frozenset[Role], action: Action = Action.READ) -> bool:
    return any(_permits(permit, roles, action) and permit.needs_purpose for permit in PERMITS)


def _permits(permit: Any, roles: frozenset[Role], action: Action) -> bool:
    return action in permit.actions and bool(permit.roles & roles) and not _in_emergency(permit)


def _in_emergency(permit: Any) -> bool:
    return bool(permit.id.startswith("glass-"))


def _kept(request: Request) -> list[tuple[str, str]]:
    return [pair for pair in request.query_params.multi_items() if pair[0] != "purpose"]
