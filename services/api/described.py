"""How answers are described in the OpenAPI document, so that what is described is what is given."""

from collections import defaultdict
from typing import Any

from pydantic import BaseModel, ConfigDict

from services.api.problem_types import PROBLEMS
from services.api.problems import MEDIA_TYPE


class Body(BaseModel):
    """What is sent or answered; each member is described by what stands below it."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


NULL = {"type": "null"}
PROBLEM_SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "RFC 9457. Which problem it is, `type` says; nothing in it was sent by you.",
    "type": "object",
    "required": ["type", "title", "status", "remedy"],
    "properties": {
        "type": {"type": "string", "description": "`/problems/<name>`; it never changes."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "remedy": {"type": "string", "description": "What to do about it."},
    },
}


def documented(*slugs: str) -> dict[int | str, dict[str, Any]]:
    """Return the description of answers with these problems, by status."""
    by_status: dict[int, list[str]] = defaultdict(list)
    for slug in slugs:
        problem = PROBLEMS[slug]
        by_status[problem.status].append(f"`{slug}`: {problem.title}")
    return {
        status: {
            "description": " ".join(told),
            "content": {MEDIA_TYPE: {"schema": PROBLEM_SCHEMA}},
        }
        for status, told in sorted(by_status.items())
    }


NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    304: {"description": "What the client has, by `If-None-Match`, is just that still."}
}

_COMPONENT = "Row.{model}"
"""Keeps them apart from what FastAPI describes of models of the same name, as they are sent."""
_REFERENCE = f"#/components/schemas/{_COMPONENT}"
ROW_SCHEMAS: dict[str, Any] = {}
"""The schemas of rows that routes refer to, and of what they are made of, by name."""


def row_schema(row: type[BaseModel]) -> dict[str, Any]:
    """Return the schema of a row as it is shown: any column may be held back, and is null then."""
    name = _COMPONENT.format(model=row.__name__)
    if name not in ROW_SCHEMAS:
        schema = row.model_json_schema(
            mode="serialization", by_alias=False, ref_template=_REFERENCE
        )
        parts = schema.pop("$defs", {})
        ROW_SCHEMAS.update(
            {_COMPONENT.format(model=of): _as_shown(part) for of, part in parts.items()}
        )
        ROW_SCHEMAS[name] = _as_shown(schema, held_back=True)
    return {"$ref": _REFERENCE.format(model=row.__name__)}


def _as_shown(schema: dict[str, Any], *, held_back: bool = False) -> dict[str, Any]:
    if "properties" not in schema:
        return schema
    columns = {name: _or_null(column) for name, column in schema["properties"].items()}
    if held_back:
        names = {"type": "array", "items": {"type": "string"}}
        columns["masked"] = names | {"description": "The columns that are held back."}
    kept: dict[str, Any] = {key: schema[key] for key in ("title", "description") if key in schema}
    return {"type": "object", **kept, "properties": columns, "required": [*columns]}


def _or_null(column: dict[str, Any]) -> dict[str, Any]:
    told = {key: column[key] for key in ("title", "description") if key in column}
    of_value = {key: value for key, value in column.items() if key not in ("default", *told)}
    one_of = of_value.pop("anyOf", None) or [of_value]
    return told | {"anyOf": [*(each for each in one_of if each != NULL), NULL]}
