"""The address of the dashboard."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import NamedTuple

from fastapi import APIRouter, FastAPI, Request
from starlette.responses import RedirectResponse, Response

from adapters.read_store.at_a_glance import Glance, glance
from adapters.read_store.reader import Progress
from domain.access import Action
from domain.times import start_of_day
from projections.action_plan import action_plan
from projections.attention import attention
from projections.case_access import case_access
from projections.case_state import case_state
from projections.referrals import referrals
from services.api.context import InContext
from services.web.dashboard.figures import (
    UNTOUCHED,
    flags_by_rule,
    months_until,
    risk_chart,
    tiles,
    trend_chart,
)
from services.web.page import page
from services.web.signing_in import SignedIn, person_signed_in
from services.web.signing_in.navigation import may_sometimes
from services.web.worklists.looking import Looking
from services.web.worklists.remembered import Remembered
from services.web.worklists.reviews import REVIEW_DAYS

_COUNTED = (case_state, case_access, action_plan, referrals, attention)
_FIGURES = "/reports/kpis"
_SEE_OTHER = 303


class UpTo(NamedTuple):
    """How far what is counted has come."""

    position: int
    seconds: float
    """For how long the oldest event that is not counted yet has been waiting."""


@asynccontextmanager
async def _opening(app: FastAPI) -> AsyncIterator[None]:
    app.state.glances = Remembered[Glance]()
    yield


router = APIRouter(lifespan=_opening)


@router.get("/dashboard")
def dashboard(request: Request, visitor: SignedIn, context: InContext) -> Response:
    """Show how the work stands over the cases one may see.

    Who may see none, but figures over all of them, is sent on to these.
    """
    roles = person_signed_in(request).roles
    if not may_sometimes(roles, Action.LIST) and may_sometimes(roles, Action.READ_FIGURES):
        return RedirectResponse(_FIGURES, _SEE_OTHER)
    looking = Looking(request, context, visitor)
    progress = context.read_store.progress(_COUNTED)
    found = _glance(request, looking, progress)
    return page(
        request,
        "dashboard/dashboard.html",
        title="Dashboard",
        tiles=list(tiles(found, looking.today)),
        risk=risk_chart(found),
        flags=flags_by_rule(found),
        trend=trend_chart(found, looking.today),
        up_to=_up_to(progress, looking),
        now=looking.now,
    )


def _glance(request: Request, looking: Looking, progress: Sequence[Progress]) -> Glance:
    """Return the counts: anew for each minute, and whenever anything has been taken in since."""
    remembered: Remembered[Glance] = request.app.state.glances
    positions = tuple(each.position for each in progress)
    minute = looking.now.replace(second=0, microsecond=0)
    since = start_of_day(next(months_until(looking.today)))
    return remembered.get(
        (looking.reach, positions, minute),
        lambda: glance(
            looking.reader,
            looking.reads_for,
            since=since,
            untouched=UNTOUCHED,
            review_until=looking.today + timedelta(days=REVIEW_DAYS),
        ),
    )


def _up_to(progress: Sequence[Progress], looking: Looking) -> UpTo:
    waits = [each.waiting_since for each in progress if each.waiting_since is not None]
    waited = (looking.now - min(waits)).total_seconds() if waits else 0.0
    return UpTo(min(each.position for each in progress), max(waited, 0.0))
