"""Reads one case: each part of it as it stands, or as it was known or recorded."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from anyio import to_thread
from fastapi import APIRouter, Request, Response

from domain.access import Action
from domain.vocabulary.rights import RecordPart
from projections.action_plan import action_plan
from projections.attention import attention
from projections.audit import audit
from projections.case_access import case_access
from projections.case_state import case_state
from projections.chronology import chronology
from projections.meetings import meetings
from projections.people import people
from projections.read_model import ReadModel
from projections.referrals import referrals
from projections.relationships import relationships
from projections.risk import risk
from projections.sharing import sharing
from projections.time_travel import PointOfView
from projections.timeline import timeline
from services.access import Opened
from services.api.answers import Ready, answer
from services.api.asked import KnownOn, Purpose, Reason, RecordedBy, Why
from services.api.callers import TOKEN_NEEDED, visitor_of
from services.api.context import Context, context_of
from services.api.described import NOT_MODIFIED, documented, row_schema
from services.api.reading_own_writes import WaitFor, taken_in

PROBLEMS_OF_READING = documented(
    "invalid-token",
    "not-found",
    "invalid-parameter",
    "rate-limited",
    "read-budget-spent",
    "unavailable",
)

router = APIRouter(prefix="/v1/cases/{case_id:uuid}", tags=["case"], responses=PROBLEMS_OF_READING)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a case: the read models it is made of."""

    name: str
    summary: str
    record_part: RecordPart
    models: tuple[ReadModel[Any], ...]


PARTS = (
    Part("", "The case as it stands", RecordPart.SUMMARY, (case_state,)),
    Part("timeline", "Every event, in order of happening", RecordPart.TIMELINE, (timeline,)),
    Part("actions", "The action plan", RecordPart.PLAN, (action_plan,)),
    Part("referrals", "Referrals and what came of them", RecordPart.REFERRALS, (referrals,)),
    Part("meetings", "Meetings", RecordPart.PLAN, (meetings,)),
    Part("people", "Who it is about", RecordPart.PEOPLE, (people, relationships)),
    Part("risk", "Risk assessments", RecordPart.RISK, (risk,)),
    Part("consent", "Consent, and what was shared", RecordPart.REFERRALS, (sharing,)),
    Part("chronology", "The chronology for a review", RecordPart.CHRONOLOGY, (chronology,)),
    Part("audit", "Who recorded, corrected and redacted what", RecordPart.WHOLE, (audit,)),
    Part("flags", "What needs attention", RecordPart.SUMMARY, (attention,)),
)


_ENVELOPE: dict[str, Any] = {
    "case_id": {"type": "string", "format": "uuid"},
    "case_ref": {"type": "string"},
    "version": {"type": "integer", "description": "Of the case's last event; for `If-Match`."},
    "known_on": {"type": ["string", "null"], "format": "date"},
    "recorded_by": {"type": ["string", "null"], "format": "date-time"},
    "missing": {"type": "integer", "description": "Events that are not in these rows yet."},
    "masked": {
        "type": "array",
        "items": {"type": "string"},
        "description": "The classes of personal data that are held back.",
    },
}
"""What every answer about a case has beside the rows."""


def read_part(context: Context, opened: Opened, part: Part, view: PointOfView) -> dict[str, Any]:
    """Return the members of an answer that tell a part of an opened case."""
    found = context.reading(opened).shown(part.models, opened.masked, view)
    told: dict[str, Any] = {
        "case_id": opened.case_id,
        "case_ref": opened.case_ref,
        "version": opened.version,
        "known_on": view.known_on,
        "recorded_by": view.recorded_by,
        "missing": found.missing,
        "masked": sorted(opened.masked),
    }
    told |= {name: Ready(rows) for name, rows in found.rows.items()}
    return told


def _route(part: Part) -> Callable[..., Awaitable[Response]]:
    awaited = (*part.models, case_access)

    async def read(
        case_id: UUID,
        request: Request,
        known_on: KnownOn = None,
        recorded_by: RecordedBy = None,
        purpose: Purpose = None,
        reason: Reason = None,
        wait_for: WaitFor = None,
    ) -> Response:
        context = context_of(request)
        visitor = await visitor_of(request, context)
        if wait_for is not None:
            await taken_in(context, awaited, case_id, wait_for)
        view, why = PointOfView(known_on, recorded_by), Why(purpose, reason)
        asking = why.to(Action.READ if view.is_now else Action.TIME_TRAVEL, part.record_part, view)

        def told() -> Response:
            opened = context.gate.open(visitor, asking, case_id)
            return answer(request, read_part(context, opened, part, view))

        return await to_thread.run_sync(told)

    return read


def _schema(part: Part) -> dict[str, Any]:
    rows = {model.name: {"type": "array", "items": row_schema(model.row)} for model in part.models}
    return {"type": "object", "required": [*_ENVELOPE, *rows], "properties": _ENVELOPE | rows}


for _part in PARTS:
    router.add_api_route(
        f"/{_part.name}" if _part.name else "",
        _route(_part),
        methods=["GET"],
        summary=_part.summary,
        responses={
            200: {"content": {"application/json": {"schema": _schema(_part)}}},
            **NOT_MODIFIED,
        },
        operation_id=f"read_{_part.name or 'case'}",
        openapi_extra=TOKEN_NEEDED,
    )
