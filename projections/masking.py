"""Shows rows without what is masked: in place of it None, and the names of what is held back.

Text that does not say what it holds counts as the strictest: it is held back with anything.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, JsonValue
from pydantic.fields import FieldInfo

from domain.frozen import Frozen
from domain.personal import NotPersonal, Personal
from domain.vocabulary.record import PersonalClass
from projections.personal_columns import Classes, PersonalBy

MASKED = "masked"
"""Where a shown row says which of its columns hold something that is not shown. A dot stands
before a part of a structured value: `communication.safe_times`."""

_Mark = Personal | PersonalBy | NotPersonal


def shown(row: Frozen, masked: Classes) -> dict[str, Any]:
    """Return `row` as values of JSON, without personal data of the classes `masked`."""
    held_back: set[str] = set()
    left = _left(row, masked, "", held_back)
    # Columns that are never empty are empty here, of which the serializer would warn.
    told = left.model_dump(mode="json", warnings=False)
    told[MASKED] = sorted(held_back)
    return told


def _left(model: Frozen, masked: Classes, path: str, held_back: set[str]) -> Frozen:
    """Return what is left of `model`, and add to `held_back` what is not."""
    changes: dict[str, Any] = {}
    for name, told_by, hidden in masks(type(model), masked):
        value = getattr(model, name)
        if not value and not isinstance(value, int):  # an age may be 0
            continue
        if told_by is not None:
            hidden = not masked.isdisjoint(told_by.classes(getattr(model, told_by.column)))
        if hidden:
            changes[name] = None
            held_back.add(path + name)
        elif told_by is None:
            changes[name] = _inside(value, masked, f"{path}{name}.", held_back)
    return model.model_copy(update=changes) if changes else model


def _inside(value: Any, masked: Classes, path: str, held_back: set[str]) -> Any:
    if isinstance(value, Frozen):
        return _left(value, masked, path, held_back)
    if isinstance(value, tuple):
        return tuple(_inside(each, masked, path, held_back) for each in value)
    return value


class Mask(NamedTuple):
    """What becomes of a column that may hold what is masked."""

    column: str
    told_by: PersonalBy | None
    """By what it is told whether it is hidden; None where that is the same in every row."""
    hidden: bool
    """Whether it is hidden as a whole; else it is looked into."""


@cache
def masks(model: type[BaseModel], masked: Classes) -> tuple[Mask, ...]:
    """Return what may be hidden in `model`, worked out once for each and not for each row."""
    return tuple(_masks_of(model, masked)) if masked else ()


def _masks_of(model: type[BaseModel], masked: Classes) -> Iterator[Mask]:
    for name, field in model.model_fields.items():
        told_by, classes = _declared(field)
        if not masked.isdisjoint(classes):
            yield Mask(name, None, hidden=True)
        elif told_by is not None:
            yield Mask(name, told_by, hidden=False)
        elif any(_hides_anything(each, masked) for each in _models_in(field.annotation)):
            yield Mask(name, None, hidden=False)


def _hides_anything(model: type[BaseModel], masked: Classes) -> bool:
    """Tell whether anything in `model`, or in what it is made of, may be hidden."""
    fields = (_declared(field) for each in _made_of(model) for field in each.model_fields.values())
    return any(told_by or not masked.isdisjoint(classes) for told_by, classes in fields)


def _declared(field: FieldInfo) -> tuple[PersonalBy | None, Classes]:
    """Return what the values of a column are said to be, apart from structured ones in it."""
    marks = [mark for mark in field.metadata if isinstance(mark, _Mark)]
    marks = marks or list(_marks_in(field.annotation))
    classes = frozenset(mark.kind for mark in marks if isinstance(mark, Personal))
    return next((mark for mark in marks if isinstance(mark, PersonalBy)), None), classes


def _marks_in(annotation: Any) -> Iterator[_Mark]:
    """Yield the marks within an annotation; text without one is marked as of every class."""
    own = [mark for mark in getattr(annotation, "__metadata__", ()) if isinstance(mark, _Mark)]
    if own:
        yield from own
    elif annotation in (str, Any, JsonValue):
        yield from map(Personal, PersonalClass)
    else:
        for argument in get_args(annotation):
            yield from _marks_in(argument)


@cache
def _made_of(model: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    """Return `model` and every model of whose values it may be made, each once."""
    found: dict[type[BaseModel], None] = {}
    waiting = [model]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found[each] = None
            for field in each.model_fields.values():
                waiting.extend(_models_in(field.annotation))
    return tuple(found)


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
