"""The question as of when to show a case; the answer is in the address of the page that follows."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from domain.times import end_of_day
from projections.time_travel import PointOfView
from services.web.case.asked import AskedFor, Seen, with_query
from services.web.case.not_open import CaseRoute
from services.web.case.sections import BY_SLUG
from services.web.forms.answers import Answers, Fault, Wrong, answers_of, one
from services.web.forms.moments import day_at, on, time_at
from services.web.page import Link, page
from services.web.signing_in import SignedIn

router = APIRouter(prefix="/cases/{case_id:uuid}", route_class=CaseRoute)

KNOWN, RECORDED = "known", "recorded"


@router.get("/as-of", response_model=None)
def show_as_of(case_id: UUID, request: Request, visitor: SignedIn, seen: AskedFor) -> Response:
    """Go to the page of the case as of the moment that was typed, or say what is wrong with it.

    Nothing of the case is read here.
    """
    answers = answers_of(request.query_params.multi_items())
    slug = one(answers, "page")
    path = f"/cases/{case_id}" + (f"/{slug}" if slug in BY_SLUG and slug else "")
    try:
        wanted = Seen(_view(answers), seen.purpose)
    except Wrong as wrong:
        fault = Fault(wrong.name or "on", str(wrong)) if "what" in answers else None
        return _question(request, case_id, seen, answers, fault)
    return RedirectResponse(with_query(path, wanted.query), 303)


def _view(answers: Answers) -> PointOfView:
    day, clock = day_at(answers, "on"), time_at(answers, "on.time")
    if day is None:
        raise Wrong("Enter the day as of which to show the case", "on.day")
    if one(answers, "what") == RECORDED:
        moment = on(day, clock) if clock else end_of_day(day).replace(microsecond=0)
        return PointOfView(recorded_by=moment)
    return PointOfView(known_on=day)


def _question(
    request: Request, case_id: UUID, seen: Seen, answers: Answers, fault: Fault | None
) -> HTMLResponse:
    return page(
        request,
        "case/as_of.html",
        title="As of when",
        errors=fault is not None,
        breadcrumbs=(Link("Cases", "/cases"), Link("Case", f"/cases/{case_id}")),
        action=f"/cases/{case_id}/as-of",
        slug=one(answers, "page"),
        purpose=seen.purpose,
        answers={name: one(answers, name) for name in answers},
        fault=fault,
    )
