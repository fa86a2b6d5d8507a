"""The addresses of a case's pages that show its rows."""

from collections.abc import Callable, Mapping
from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from domain.access import Action
from services.access import Asking
from services.api.context import InContext
from services.web.case.asked import AskedFor
from services.web.case.consent import show_consent
from services.web.case.flags import show_flags
from services.web.case.not_open import CaseRoute, needs_to_say
from services.web.case.opened_case import OpenedCase, opened_case
from services.web.case.people import show_people
from services.web.case.plan import show_actions, show_meetings, show_referrals
from services.web.case.risk import show_risk
from services.web.case.sections import (
    ACTIONS,
    CONSENT,
    FLAGS,
    MEETINGS,
    PEOPLE,
    REFERRALS,
    RISK,
    SECTIONS,
    STATE,
    TIMELINE,
    Section,
)
from services.web.case.state import show_state
from services.web.case.timeline import show_timeline
from services.web.signing_in import SignedIn

router = APIRouter(prefix="/cases/{case_id:uuid}", route_class=CaseRoute)

Shows = Callable[[OpenedCase], HTMLResponse]

SHOWN_BY: Mapping[str, Shows] = {
    TIMELINE.slug: show_timeline,
    STATE.slug: show_state,
    PEOPLE.slug: show_people,
    RISK.slug: show_risk,
    ACTIONS.slug: show_actions,
    REFERRALS.slug: show_referrals,
    MEETINGS.slug: show_meetings,
    CONSENT.slug: show_consent,
    FLAGS.slug: show_flags,
}
"""What shows each section, by its slug."""


def _route(section: Section) -> Callable[..., HTMLResponse]:
    show = SHOWN_BY[section.slug]

    def read(
        case_id: UUID, request: Request, visitor: SignedIn, context: InContext, seen: AskedFor
    ) -> HTMLResponse:
        action = Action.READ if seen.view.is_now else Action.TIME_TRAVEL
        if (question := needs_to_say(request, action, seen)) is not None:
            return question
        asking = Asking(
            action=action,
            part=section.part,
            purpose=seen.purpose,
            known_on=seen.view.known_on,
            recorded_by=seen.view.recorded_by,
        )
        opened = context.gate.open(visitor, asking, case_id)
        return show(opened_case(request, context, opened, section, seen))

    return read


for _section in SECTIONS:
    if _section.slug in SHOWN_BY:
        router.add_api_route(
            f"/{_section.slug}" if _section.slug else "",
            _route(_section),
            methods=["GET"],
            name=f"case_{_section.slug or 'timeline'}",
        )
