"""What the event types are made of: the structured values and coded lists their fields name."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from adapters.wire.flags import FlagRaised
from domain.events.fields import Part
from domain.events.registry import EVENT_TYPES
from domain.vocabulary.coded import CodedList
from domain.vocabulary.record import PersonalClass


def parts() -> list[type[Part]]:
    """Return every structured value of an event, by name."""
    return _by_name(_used(Part))


def coded_lists() -> list[type[CodedList]]:
    """Return every coded list of an event or a flag, and the classes of personal data, by name."""
    of_flags = named_in(FlagRaised, CodedList)
    return _by_name({*_used(CodedList), *of_flags, PersonalClass})


def named_in(hint: Any, base: type[Any]) -> Iterator[Any]:
    """Yield the classes derived from `base` that `hint` names, however deep within it."""
    if isinstance(hint, type) and issubclass(hint, base):
        yield hint
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        for field in hint.model_fields.values():
            yield from named_in(field.annotation, base)
    for argument in get_args(hint):
        yield from named_in(argument, base)


def _used(base: type[Any]) -> set[Any]:
    return {found for event in EVENT_TYPES.values() for found in named_in(event, base)}


def _by_name(types: set[Any]) -> list[Any]:
    return sorted(types, key=lambda each: str(each.__name__))
