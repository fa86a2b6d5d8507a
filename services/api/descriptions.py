"""Describes what can be sent and what comes back, to programs: JSON Schemas, AsyncAPI.

Open to everyone, as the documentation is; what is on record is in none of it.
"""

from functools import cache
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from services.api.answers import answer
from services.api.described import NOT_MODIFIED, documented
from services.api.problems import Problem
from services.reference import schemas
from services.reference.asyncapi import asyncapi

_OBJECT: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A JSON document.",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}

router = APIRouter(prefix="/v1", tags=["descriptions"], responses=_OBJECT | NOT_MODIFIED)


@cache
def _schemas() -> dict[str, dict[str, Any]]:
    """Return every schema by its name without the ending, such as `CaseOpened.v1`."""
    return {name.removesuffix(".json"): schema for name, schema in schemas().items()}


@cache
def _asyncapi() -> dict[str, Any]:
    return asyncapi(version("case-timeline"))


@router.get(
    "/schemas",
    summary="The JSON Schemas there are, by name",
    operation_id="list_schemas",
    response_class=Response,
)
def list_schemas(request: Request) -> Response:
    """List the schemas of all events in their current version, and of flags."""
    return answer(request, {"schemas": {name: f"/v1/schemas/{name}" for name in _schemas()}})


@router.get(
    "/schemas/{name}",
    summary="The JSON Schema of one kind of message",
    operation_id="read_schema",
    response_class=Response,
    responses=documented("not-found"),
)
def read_schema(
    request: Request,
    name: Annotated[
        str,
        Path(
            max_length=120,
            description="Such as `CaseOpened`, or with its version `CaseOpened.v1`.",
        ),
    ],
) -> Response:
    """Return the schema of a message, as it is sent and relayed: a whole CloudEvent."""
    wanted = name.removesuffix(".json")
    for known, schema in _schemas().items():
        if wanted in (known, known.partition(".")[0]):
            return answer(request, schema)
    raise Problem("not-found")


@router.get(
    "/asyncapi.json",
    summary="The channels of the broker, as AsyncAPI 3.0",
    operation_id="read_asyncapi",
    response_class=Response,
)
def read_asyncapi(request: Request) -> Response:
    """Return what is published on which channel; its schemas are those of `/v1/schemas`."""
    return answer(request, _asyncapi())
