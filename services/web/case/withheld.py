"""Makes rows again of what they are shown as: what is masked says so, in the place of what it was.

Pages work with rows as everything else does, and cannot show more of them than there is.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar, cast, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from projections.masking import MASKED
from projections.read_model import Row

WITHHELD = "Withheld"
"""Stands in place of text that is masked; a day, or anything else, that is masked is None."""

_STAND_INS: tuple[object, ...] = (WITHHELD, [WITHHELD], None, [])

R = TypeVar("R", bound=Row)


def row_of(kind: type[R], shown: Mapping[str, Any]) -> R:
    """Return a row of what `projections.masking.shown` made of it."""
    told = {name: value for name, value in shown.items() if name != MASKED}
    for path in shown[MASKED]:
        _fill(told, kind, tuple(path.split(".")))
    return kind.model_validate(told)


def is_withheld(row: Mapping[str, Any], column: str) -> bool:
    """Tell whether something in a column of a shown row is masked."""
    return any(path.partition(".")[0] == column for path in row[MASKED])


def _fill(part: dict[str, Any], kind: type[BaseModel], path: tuple[str, ...]) -> None:
    name, *rest = path
    if not rest:
        if part[name] is None:
            part[name] = _stand_in(kind, name)
        return
    inner = _model_in(kind, name)
    held = part[name] if isinstance(part[name], list) else [part[name]]
    for each in held:
        if each is not None:
            _fill(each, inner, tuple(rest))


@cache
def _stand_in(kind: type[BaseModel], name: str) -> object:
    """Return the first that the column takes."""
    field = kind.model_fields[name]
    column: TypeAdapter[Any] = TypeAdapter(cast(Any, field.annotation))
    for value in _STAND_INS:
        try:
            column.validate_python(value)
        except ValidationError:
            continue
        return value
    raise TypeError(f"{kind.__name__}.{name} takes nothing that could stand for what is masked")


@cache
def _model_in(kind: type[BaseModel], name: str) -> type[BaseModel]:
    """Return the model of whose values a column is made."""
    found = set(_models_in(kind.model_fields[name].annotation))
    if len(found) != 1:
        raise TypeError(f"which part of {kind.__name__}.{name} is masked cannot be told")
    return found.pop()


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for each in get_args(annotation):
        yield from _models_in(each)
