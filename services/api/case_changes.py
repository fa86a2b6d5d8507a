"""Says what changed in a case between two days: what was learned, and what reads differently."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from domain.access import Action
from domain.events.envelope import CaseEvent
from domain.times import Day
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.rights import RecordPart
from projections.changes import RowChange
from projections.masking import shown
from services.api.answers import answer
from services.api.asked import For
from services.api.callers import Asker
from services.api.case_parts import PARTS, PROBLEMS_OF_READING
from services.api.context import InContext
from services.api.problems import Problem

router = APIRouter(prefix="/v1/cases/{case_id:uuid}", tags=["case"], responses=PROBLEMS_OF_READING)

_MODELS = tuple(model for part in PARTS for model in part.models)


@router.get(
    "/changes",
    summary="What became known after one day, up to the end of another",
    operation_id="read_changes",
)
def read_changes(
    case_id: UUID,
    request: Request,
    context: InContext,
    visitor: Asker,
    why: For,
    earlier: Annotated[Day, Query(alias="from", description="The earlier day.")],
    later: Annotated[Day, Query(alias="to", description="The later day.")],
) -> Response:
    """Return the events that were added, learned late and corrected, and the rows that differ."""
    if earlier > later:
        raise Problem("invalid-parameter", "`from` is the earlier day of the two.")
    asking = why.to(Action.TIME_TRAVEL, RecordPart.WHOLE)
    opened = context.gate.open(visitor, asking, case_id)
    reading = context.reading(opened)
    found = reading.changes(earlier, later)
    differing = reading.rows_changed(_MODELS, earlier, later)
    told = {
        "case_id": opened.case_id,
        "case_ref": opened.case_ref,
        "version": opened.version,
        "from": earlier,
        "to": later,
        "masked": sorted(opened.masked),
        "added": [_named(event) for event in found.added],
        "learned_late": [_named(event) for event in found.learned_late],
        "corrected": [_named(each.after) for each in found.corrected],
        "rows": {
            name: [_told(change, opened.masked) for change in changes]
            for name, changes in differing.items()
            if changes
        },
    }
    return answer(request, told)


def _named(event: CaseEvent) -> dict[str, Any]:
    """Return what tells an event from others; how it reads stands among the rows."""
    return {"event_id": event.event_id, "type": event.type, "version": event.version}


def _told(change: RowChange[Any], masked: frozenset[PersonalClass]) -> dict[str, Any]:
    return {
        "key": change.key,
        "columns": change.columns,
        "before": change.before and shown(change.before, masked),
        "after": change.after and shown(change.after, masked),
    }
