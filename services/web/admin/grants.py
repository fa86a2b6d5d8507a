"""Who may do what: roles, cases granted to reviewers, conflicts of interest."""

from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from domain.vocabulary.access import Role
from services.api.context import InContext
from services.web.admin.area import GRANTS, admin_page
from services.web.admin.granted import LANDLORD_FILE, AllGranted, all_granted, form_at
from services.web.listing import Address
from services.web.page import Link
from services.web.signing_in import SignedIn

router = APIRouter(prefix="/admin/grants")

SOON = timedelta(days=14)
"""How long before it runs out a grant is said to end soon."""

_FORMS = {
    "RoleGranted": "Grant a role",
    "ReviewAccessGranted": "Grant cases to a reviewer",
    "ConflictDeclared": "Declare a conflict of interest",
}


@router.get("")
def list_grants(
    request: Request, context: InContext, visitor: SignedIn, role: str = "", ended: str = ""
) -> HTMLResponse:
    """Show what is granted to whom; on request, what was and counts no more."""
    now, with_ended = context.clock(), ended == "yes"
    events = context.gate.grants(visitor)
    found = all_granted(events, now)
    file = events[0].case_ref if events else LANDLORD_FILE
    wanted = next((each for each in Role if each == role), None)
    address = Address(GRANTS.href, (("role", wanted.value),) if wanted else ())
    return admin_page(
        request,
        "grants.html",
        GRANTS,
        title="Grants",
        roles=[
            each
            for each in found.roles
            if (with_ended or not each.ended) and wanted in (None, each.event.role)
        ],
        reviews=[each for each in found.reviews if with_ended or not each.ended],
        conflicts=[each for each in found.conflicts if with_ended or not each.ended],
        in_force={each: _in_force(found, each) for each in Role},
        role=wanted,
        with_ended=with_ended,
        other=str(address if with_ended else address.having(ended="yes")),
        clear=GRANTS.href,
        forms=[Link(text, form_at(file, name)) for name, text in _FORMS.items()],
        own=visitor.principal,
        soon=now + SOON,
        now=now,
        done="done" in request.query_params,
    )


def _in_force(found: AllGranted, role: Role) -> int:
    return sum(each.event.role is role and not each.ended for each in found.roles)
