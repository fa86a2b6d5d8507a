"""How the work with one local authority goes: a scorecard of figures, beside those over all."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from services.api.asked import For
from services.api.callers import Asker
from services.api.context import InContext
from services.api.lists.figures import (
    FIGURE_SCHEMA,
    PERIOD_MEMBERS,
    PROBLEMS_OF_FIGURES,
    InPeriod,
    allow_figures,
    figure_lines,
    period_members,
    today,
)
from services.api.lists.formats import chosen, described, listed

FIGURES = (
    "referrals_sent",
    "referrals_accepted",
    "referrals_awaiting_decision",
    "feedback_any",
    "feedback_timely",
    "feedback_adequate",
    "feedback_within_28_days",
    "days_to_decision",
    "referral_to_meeting_days",
    "enquiries_asked",
    "no_statutory_route",
    "meetings_held",
    "invited",
    "invited_in_time",
    "forum_attendance",
    "actions_late",
    "actions_overdue",
)
"""What a scorecard is made of: what comes back, how fast, and whether housing is at the table."""

_COLUMNS = ("figure", "dimension", "unit", "value", "facts", "held_back", "over_all")
_PLAIN = {name: FIGURE_SCHEMA["properties"][name] for name in _COLUMNS if name != "over_all"}
_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": [*_COLUMNS],
    "properties": _PLAIN | {"over_all": {"type": ["number", "null"]}},
}
_PREFIX = "authority:"

router = APIRouter(
    prefix="/v1/authorities/{id}",
    tags=["figures"],
    responses=described(_SCHEMA, **PERIOD_MEMBERS) | PROBLEMS_OF_FIGURES,
)


@router.get("/scorecard", summary="A scorecard of one authority", operation_id="read_scorecard")
def read_scorecard(
    authority: Annotated[
        str,
        Path(
            alias="id",
            pattern=r"^(authority:)?[A-Za-z0-9._-]{1,60}$",
            description="The code of a local authority, or the reference of its file.",
        ),
    ],
    request: Request,
    context: InContext,
    visitor: Asker,
    why: For,
    asked: Annotated[InPeriod, Query()],
) -> Response:
    """Return the figures of the work with the authority; what counts nothing is left out."""
    chosen(request, asked.format)
    allow_figures(context, visitor, why)
    code, period = authority.removeprefix(_PREFIX), asked.found(today(context))
    over_all = {_key(line): line["value"] for line in figure_lines(context, period, None)}
    rows = [
        {name: line[name] for name in _PLAIN} | {"over_all": over_all.get(_key(line))}
        for line in figure_lines(context, period, code)
        if line["figure"] in FIGURES
    ]
    members = period_members(context, period, code)
    return listed(request, asked.format, "scorecard", _COLUMNS, rows, None, **members)


def _key(line: dict[str, Any]) -> tuple[str, str]:
    return line["figure"], line["dimension"]
