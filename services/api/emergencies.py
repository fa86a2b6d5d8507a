"""Acts that override what someone may see of a case: each asked for, and on record, by itself."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from domain.access import Action
from domain.vocabulary.access import GlassGround
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.rights import AccessPurpose
from projections.time_travel import NOW
from services.access import Asking
from services.access.breaking_glass import break_glass
from services.access.revealing import reveal
from services.api.answers import JSON, json_object
from services.api.callers import Asker
from services.api.case_parts import PARTS, PROBLEMS_OF_READING, read_part
from services.api.context import InContext
from services.api.described import documented
from services.api.recording import answering_refusals, recording_of

router = APIRouter(prefix="/v1/cases/{case_id:uuid}", tags=["case"], responses=PROBLEMS_OF_READING)

_TEXT = r"^[^\x00]*$"  # what no database takes
_PARTS = {part.name or "case": part for part in PARTS}


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class BrokenFor(_Said):
    """Why a case is opened in an emergency."""

    ground: GlassGround
    reason: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=20, max_length=2_000, pattern=_TEXT),
    ]
    """In words; someone else will review it."""


class Broken(BaseModel):
    """A case counts as open to who broke the glass."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    case_id: UUID
    until: datetime
    """When it closes again."""


def _part(name: str) -> str:
    if name not in _PARTS:
        raise PydanticCustomError("enum", "no part of a case")
    return name


class Revealing(_Said):
    """What is to be revealed of a case, and what for."""

    field: PersonalClass
    part: Annotated[str, AfterValidator(_part), Field(json_schema_extra={"enum": [*_PARTS]})]
    """Which part of the case, as the addresses name them; `case` for the case as it stands."""
    purpose: AccessPurpose
    reason: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=_TEXT),
    ]
    """In words; it is recorded."""


@router.post(
    "/break-glass",
    summary="Open a case in an emergency, to read it for an hour",
    operation_id="break_glass",
    responses=documented("not-permitted", "id-reused", "overloaded"),
)
async def open_in_an_emergency(
    case_id: UUID, said: BrokenFor, context: InContext, visitor: Asker
) -> Broken:
    """Show nothing: once it is on record that the case was opened, it can be read as ever."""
    async with answering_refusals():
        until = await break_glass(recording_of(context), visitor, case_id, said.ground, said.reason)
    return Broken(case_id=case_id, until=until)


@router.post(
    "/reveal",
    summary="Reveal one class of personal data in one part of a case",
    operation_id="reveal",
    response_class=Response,
    responses={
        200: {
            "description": "What reading that part answers, with less masked.",
            "content": {JSON: {"schema": {"type": "object"}}},
        }
    },
)
def reveal_part(case_id: UUID, said: Revealing, context: InContext, visitor: Asker) -> Response:
    """Answer the part with that class shown beside what reading shows."""
    part = _PARTS[said.part]
    asking = Asking(
        action=Action.REVEAL,
        part=part.record_part,
        purpose=said.purpose,
        reason=said.reason,
        field=said.field,
    )
    opened = reveal(context.gate, visitor, asking, case_id)
    return Response(json_object(read_part(context, opened, part, NOW)), media_type=JSON)
