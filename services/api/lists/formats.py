"""A list in the form that its reader asks for: JSON, CSV, or one JSON object on each line."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from io import StringIO
from typing import Any

from fastapi import Request, Response
from pydantic import BaseModel, ConfigDict

from services.api.answers import answer
from services.api.described import NOT_MODIFIED, documented
from services.api.problems import Problem


class Format(StrEnum):
    """A form of a list."""

    JSON = "json"
    CSV = "csv"
    NDJSON = "ndjson"


class InForm(BaseModel):
    """In which form."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    format: Format | None = None
    """In which form; else the Accept header says."""


PROBLEMS_OF_LISTS = documented(
    "invalid-token", "not-acceptable", "invalid-parameter", "unavailable"
)

_MEDIA_TYPES = {
    Format.JSON: "application/json",
    Format.CSV: "text/csv",
    Format.NDJSON: "application/x-ndjson",
}
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", *"\uff1d\uff0b\uff0d\uff20")
_NEXT = "Next-Cursor"
_VARY = "Authorization, Accept"


def listed(
    request: Request,
    asked: Format | None,
    name: str,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    cursor: str | None,
    **members: Any,
) -> Response:
    """Return the answer that holds these rows; other members are told in JSON alone.

    CSV and lines of JSON have the cursor of the next page in a header.
    """
    form = asked or _accepted(request)
    if form is Format.JSON:
        found = answer(request, {**members, "items": rows, "next": cursor})
        found.headers["Vary"] = _VARY
        return found
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="{name}.{form}"',
        "Vary": _VARY,
        **({_NEXT: cursor} if cursor else {}),
    }
    text = as_csv(columns, rows) if form is Format.CSV else _lines(rows)
    return Response(text, media_type=_MEDIA_TYPES[form], headers=headers)


def chosen(request: Request, asked: Format | None) -> None:
    """Refuse what asks for a form that there is not, before anything is read for it."""
    asked or _accepted(request)


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as CSV of RFC 4180, of which no cell is a formula to a spreadsheet."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[name]) for name in columns] for row in rows)
    return text.getvalue()


def _cell(value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case str():
            return _harmless(value)
        case list() if all(isinstance(each, str) for each in value):
            return _harmless("; ".join(value))
        case _:
            return _compact(value)


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text


def _lines(rows: Iterable[Mapping[str, Any]]) -> str:
    return "".join(f"{_compact(row)}\n" for row in rows)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def _accepted(request: Request) -> Format:
    """Return the form that the Accept header likes most; of equals the first of ours."""
    ranges = [each.strip() for each in request.headers.get("accept", "*/*").split(",")]
    weighed = [(_weight(ranges, media_type), form) for form, media_type in _MEDIA_TYPES.items()]
    best, form = max(weighed, key=lambda each: each[0])
    if best <= 0:
        raise Problem("not-acceptable")
    return form


def _weight(ranges: Sequence[str], media_type: str) -> float:
    """Return how much a media type is liked, by the range that fits it most closely."""
    main = media_type.partition("/")[0]
    for wanted in (media_type, f"{main}/*", "*/*"):
        for each in ranges:
            name, *parameters = (part.strip().lower() for part in each.split(";"))
            if name == wanted:
                return _quality(parameters)
    return 0.0


def _quality(parameters: Sequence[str]) -> float:
    told = next((each[2:] for each in parameters if each.startswith("q=")), "1")
    try:
        return float(told)
    except ValueError:
        return 0.0


def described(row: dict[str, Any], **members: Any) -> dict[int | str, dict[str, Any]]:
    """Return the description of a list with such rows, in each of its forms."""
    cursor = {"type": ["string", "null"], "description": "Where to go on; null at the end."}
    properties = {**members, "items": {"type": "array", "items": row}, "next": cursor}
    schema = {"type": "object", "required": [*properties], "properties": properties}
    text = {"schema": {"type": "string"}}
    return {
        200: {
            "description": "The rows, in the form that `format` or the Accept header asks for.",
            "content": {
                _MEDIA_TYPES[Format.JSON]: {"schema": schema},
                _MEDIA_TYPES[Format.CSV]: text,
                _MEDIA_TYPES[Format.NDJSON]: text,
            },
            "headers": {
                _NEXT: {
                    "description": "Where to go on, in a form other than JSON.",
                    "schema": {"type": "string"},
                }
            },
        },
        **NOT_MODIFIED,
    }
