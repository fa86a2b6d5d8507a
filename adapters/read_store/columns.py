"""The columns of a read model's rows: a field of the row class is a column."""

import types
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, Union, get_args, get_origin
from uuid import UUID

from projections.read_model import Row

_SQL_TYPES: tuple[tuple[type, str], ...] = (
    (bool, "boolean"),  # before int, of which it is a kind
    (int, "bigint"),
    (UUID, "uuid"),
    (datetime, "timestamptz"),  # before date, of which it is a kind
    (date, "date"),
    (StrEnum, "text"),
    (str, "text"),
)


class Column(NamedTuple):
    """What a column holds."""

    kind: str
    """Its SQL type."""
    is_optional: bool
    """Whether it may be NULL."""


@cache
def columns_of(row: type[Row]) -> Mapping[str, Column]:
    """Return the columns of a row class by their names, in their order."""
    return {name: _column(field.annotation) for name, field in row.model_fields.items()}


def _column(annotation: Any) -> Column:
    optional = False
    if get_origin(annotation) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
        optional = len(kinds) < len(get_args(annotation))
        annotation = kinds[0] if len(kinds) == 1 else object
    if isinstance(annotation, type):
        for kind, name in _SQL_TYPES:
            if issubclass(annotation, kind):
                return Column(name, optional)
    return Column("jsonb", optional)
