"""Describes the columns that lists show of rows."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from projections.masking import MASKED
from services.api.described import row_schema


def columns_schema(row: type[BaseModel], columns: Sequence[str]) -> dict[str, Any]:
    """Return the schema of some columns of a row, any of which may be held back."""
    whole = row_schema(row)["$ref"]
    properties: dict[str, Any] = {
        name: {"$ref": f"{whole}/properties/{name}"} for name in (*columns, MASKED)
    }
    return {"type": "object", "required": [*properties], "properties": properties}
