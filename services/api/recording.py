"""People and user interfaces record what happened: the events that other systems publish, too."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any, Self
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request, Response
from pydantic import BaseModel, ConfigDict

from domain.classification import OPENING
from domain.events.permissions import GlassBroken
from domain.events.registry import EVENT_TYPES
from domain.outcomes import Outcome, Reason
from services.access.acts import NEVER_BY_PEOPLE
from services.access.recording import Recorded, Recording, VersionNeeded
from services.access.telling import NotRecorded
from services.api.answers import JSON
from services.api.callers import Asker
from services.api.context import Context, InContext
from services.api.described import documented
from services.api.problem_types import PROBLEMS
from services.api.problems import Problem

PROBLEMS_OF_RECORDING = documented(
    "invalid-token",
    "not-permitted",
    "not-found",
    "unsupported-media-type",
    "invalid-parameter",
    "rate-limited",
    "unavailable",
    "overloaded",
    *(reason.value for reason in Reason if reason.value in PROBLEMS),
)

router = APIRouter(prefix="/v1", tags=["recording"], responses=PROBLEMS_OF_RECORDING)

ANY_VERSION = "*"
_VERSION = r'^("(0|[1-9][0-9]{0,17})"|\*)$'


class Receipt(BaseModel):
    """What became of what was told; it is committed."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    outcome: Outcome
    event_id: UUID
    case_id: UUID
    case_ref: str
    version: int | None
    """Its place in the case, which is at this version at least."""
    position: int | None
    """For `wait_for`; of what was sent again, that of the first."""

    @classmethod
    def of(cls, recorded: Recorded) -> Self:
        """Return the receipt for what was recorded."""
        return cls(
            outcome=Outcome.ACCEPTED if recorded.is_new else Outcome.DUPLICATE,
            event_id=recorded.event_id,
            case_id=recorded.case_id,
            case_ref=recorded.case_ref,
            version=recorded.version,
            position=recorded.position,
        )


_AGAIN: dict[int | str, dict[str, Any]] = {
    200: {"model": Receipt, "description": "It was sent before: what became of it then."}
}


async def _body(request: Request) -> bytes:
    """Return the body, of JSON by its label; what is in it the door judges."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != JSON:
        raise Problem("unsupported-media-type")
    return await request.body()


Body = Annotated[bytes, Depends(_body)]


def recording_of(context: Context) -> Recording:
    """Return what records for people, put together of what stands behind the API."""
    return Recording(context.gate, context.intake, context.review, context.clock, context.landlord)


@asynccontextmanager
async def answering_refusals() -> AsyncIterator[None]:
    """Answer with the problem that says why something was not recorded."""
    try:
        yield
    except NotRecorded as refused:
        if refused.reason is Reason.STALE_VERSION:
            raise _stale(refused.version) from None
        raise Problem(refused.reason.value, refused.detail) from None
    except VersionNeeded:
        raise Problem("version-required") from None


def _stale(version: int | None) -> Problem:
    if version is None:
        return Problem("stale-version")
    headers = {"ETag": f'"{version}"'}
    return Problem("stale-version", f"It is at {version}.", headers=headers, version=version)


def _told(names: list[str], **attributes: Any) -> dict[str, Any]:
    """Return the description of a body that tells an event of one of these types."""
    text = {"type": "string"}
    moment = {"type": "string", "format": "date-time"}
    schema = {
        "type": "object",
        "required": ["id", "type", "time", "data", *attributes],
        "properties": {
            "id": {
                "type": "string",
                "format": "uuid",
                "description": "Made at random by you. Sent again, the same event counts once.",
            },
            "type": {"type": "string", "enum": names},
            **attributes,
            "time": moment | {"description": "When it happened."},
            "timeprecision": text | {"description": "How exactly `time` is known."},
            "timeend": moment | {"description": "The end of the range that begins at `time`."},
            "knowntime": moment | {"description": "When the landlord first knew; else now."},
            "correlationid": text,
            "causationid": text,
            "data": {
                "type": "object",
                "description": "As `/v1/schemas` has it for the type, without `actor`.",
            },
        },
    }
    return {"requestBody": {"required": True, "content": {JSON: {"schema": schema}}}}


_BY_PEOPLE = [
    name
    for name, event_type in EVENT_TYPES.items()
    if event_type not in (*NEVER_BY_PEOPLE, GlassBroken)
]
_SUBJECT = {
    "type": "string",
    "description": "The file: `person:…`, `property:…`, `organisation:…` or `authority:…`.",
}


@router.post(
    "/cases",
    status_code=201,
    summary="Open a case by a concern, an incident or formally",
    operation_id="open_case",
    response_model=Receipt,
    responses=_AGAIN,
    openapi_extra=_told(sorted(each.__name__ for each in OPENING)),
)
async def open_case(response: Response, context: InContext, visitor: Asker, body: Body) -> Receipt:
    """Open a case; its reference is in the answer."""
    async with answering_refusals():
        recorded = await recording_of(context).open_case(visitor, body)
    response.headers["Location"] = f"/v1/cases/{recorded.case_id}"
    return _answered(response, recorded)


@router.post(
    "/cases/{case_id:uuid}/events",
    status_code=201,
    summary="Record an event on a case",
    operation_id="record_on_case",
    response_model=Receipt,
    responses=_AGAIN | documented("version-required"),
    openapi_extra=_told(_BY_PEOPLE),
)
async def record_on_case(
    response: Response,
    case_id: UUID,
    context: InContext,
    visitor: Asker,
    body: Body,
    if_match: Annotated[
        str | None,
        Header(
            alias="If-Match",
            pattern=_VERSION,
            description="The `version` of the case that this is based on, in quotation marks. "
            "`*` is enough to report an incident or raise a concern.",
        ),
    ] = None,
) -> Receipt:
    """Record an event, unless the case has changed since that version."""
    if if_match is None:
        raise Problem("version-required")
    expected = None if if_match == ANY_VERSION else int(if_match.strip('"'))
    async with answering_refusals():
        recorded = await recording_of(context).on_case(visitor, case_id, body, expected)
    return _answered(response, recorded)


@router.post(
    "/files/events",
    status_code=201,
    summary="Record an event on the file of a person, a property, the landlord or an authority",
    operation_id="record_on_file",
    response_model=Receipt,
    responses=_AGAIN,
    openapi_extra=_told(_BY_PEOPLE, subject=_SUBJECT),
)
async def record_on_file(
    response: Response, context: InContext, visitor: Asker, body: Body
) -> Receipt:
    """Record an event on a file; roles are granted so, on that of the landlord."""
    async with answering_refusals():
        recorded = await recording_of(context).on_file(visitor, body)
    return _answered(response, recorded)


def _answered(response: Response, recorded: Recorded) -> Receipt:
    if not recorded.is_new:
        response.status_code = 200
    return Receipt.of(recorded)
