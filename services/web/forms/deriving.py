"""Derives the questions of a form from the fields of an event type: no type can be forgotten."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from annotated_types import MaxLen
from pydantic import BaseModel, StringConstraints, TypeAdapter
from pydantic.fields import FieldInfo

from domain.events.envelope import ENVELOPE_FIELDS, CaseEvent
from domain.events.fields import PSEUDONYM, SHA256, EventRef
from domain.vocabulary.coded import CodedList
from services.web.forms.offered import PEOPLE, offered_events, offered_items
from services.web.forms.questions import Choice, Kind, Making, Question
from services.web.forms.words import words_for

_SHORT = 200
"""Text of up to so many characters gets a single line."""
_AS_TYPED = 20_000

_MADE_BY = frozenset({"measure_id"})
"""References of what no later event of ours need name, and yet an event must have."""
_MEETINGS = frozenset({"StrategyMeetingHeld", "MeetingMissedDiscovered"})
"""What may begin a meeting, or name one that was called before."""


@cache
def questions_of(event_type: type[CaseEvent]) -> tuple[Question, ...]:
    """Return a question for each field of its own that an event of this type has."""
    return tuple(
        question_of(event_type, name)
        for name in event_type.model_fields
        if name not in ENVELOPE_FIELDS
    )


def question_of(event_type: type[CaseEvent], name: str) -> Question:
    """Return the question for one field of an event type."""
    field = event_type.model_fields[name]
    return _question(event_type, field.alias or name, name, field, (event_type.__name__,))


def _question(
    event_type: type[CaseEvent], name: str, field_name: str, field: FieldInfo, owner: Sequence[str]
) -> Question:
    shape, marks = _unwrapped(field.annotation, field.metadata)
    words = words_for(event_type, owner[-1], field_name)
    made = _made(event_type, field_name, owner)
    return Question(
        name=name,
        ask=words.ask,
        hint=words.hint,
        required=field.is_required() and made is Making.NONE,
        is_list=field.is_required() and get_origin(shape) is tuple,
        made=made,
        reads=_judging(field),
        **_control(event_type, field_name, shape, marks),
    )


def _judging(field: FieldInfo) -> TypeAdapter[Any]:
    marks = tuple(field.metadata)
    shape: Any = Annotated[field.annotation, *marks] if marks else field.annotation
    return TypeAdapter(shape)


def _control(
    event_type: type[CaseEvent], name: str, shape: Any, marks: Sequence[object]
) -> dict[str, Any]:
    """Return the kind of control for values of such a shape, and what it needs."""
    if get_origin(shape) is tuple:
        return _of_several(event_type, name, *_unwrapped(get_args(shape)[0], ()))
    if shape is bool:
        return {"kind": Kind.YES_NO, "choices": (Choice("yes", "Yes"), Choice("no", "No"))}
    if shape is int:
        return {"kind": Kind.POUNDS if name.endswith("_pence") else Kind.NUMBER}
    if shape is datetime:
        return {"kind": Kind.MOMENT}
    if shape is date:
        return {"kind": Kind.DAY}
    if shape is EventRef:
        return {"kind": Kind.EVENT, "offered": offered_events(name)}
    if isinstance(shape, type) and issubclass(shape, CodedList):
        return {"kind": Kind.ONE_OF, "choices": _choices(shape)}
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return {"kind": Kind.PART, "parts": _parts(event_type, shape)}
    if shape is str:
        return _of_text(event_type, name, marks)
    return {"kind": Kind.LONG_TEXT, "longest": _AS_TYPED}  # a value of a correction


def _of_several(
    event_type: type[CaseEvent], name: str, shape: Any, marks: Sequence[object]
) -> dict[str, Any]:
    one = _control(event_type, name, shape, marks)
    several = {
        Kind.ONE_OF: Kind.SEVERAL_OF,
        Kind.EVENT: Kind.EVENTS,
        Kind.REFERENCE: Kind.REFERENCES,
        Kind.PART: Kind.PARTS,
    }
    kind = several.get(one["kind"], Kind.LINES)
    return {**one, "kind": kind} if kind is not Kind.LINES else {"kind": kind}


def _of_text(event_type: type[CaseEvent], name: str, marks: Sequence[object]) -> dict[str, Any]:
    if any(getattr(mark, "pattern", None) == SHA256 for mark in marks):
        return {"kind": Kind.FINGERPRINT}
    if PSEUDONYM in marks:
        return {"kind": Kind.REFERENCE, "offered": PEOPLE}
    begins = name == event_type.BEGINS and event_type.__name__ not in _MEETINGS
    items = None if begins else offered_items(event_type.__name__, name)
    if items is not None:
        return {"kind": Kind.REFERENCE, "offered": items}
    longest = _longest(marks)
    return {"kind": Kind.TEXT if longest <= _SHORT else Kind.LONG_TEXT, "longest": longest}


def _made(event_type: type[CaseEvent], name: str, owner: Sequence[str]) -> Making:
    if owner[-1] != event_type.__name__:
        return Making.NONE
    if name == "person" and event_type.__name__ == "PersonInvolved":
        return Making.PERSON
    field = event_type.model_fields[name]
    if name == "content_hash" and field.is_required():
        return Making.FINGERPRINT
    begins = name == event_type.BEGINS or name in _MADE_BY
    return Making.ITEM if begins and field.is_required() else Making.NONE


def _choices(codes: type[CodedList]) -> tuple[Choice, ...]:
    return tuple(Choice(code.value, code.label) for code in codes)


def _parts(event_type: type[CaseEvent], part: type[BaseModel]) -> tuple[Question, ...]:
    owner = (event_type.__name__, part.__name__)
    return tuple(
        _question(event_type, field.alias or name, name, field, owner)
        for name, field in part.model_fields.items()
    )


def _longest(marks: Sequence[object]) -> int:
    limits = [mark.max_length for mark in marks if isinstance(mark, StringConstraints | MaxLen)]
    return min((limit for limit in limits if limit is not None), default=_SHORT)


def _unwrapped(annotation: Any, metadata: Sequence[object]) -> tuple[Any, list[object]]:
    """Return the bare type of a field, and everything that is noted on it."""
    marks = [*metadata]
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *more = get_args(annotation)
            marks += more
        elif origin in (Union, UnionType) and NoneType in get_args(annotation):
            (annotation,) = (each for each in get_args(annotation) if each is not NoneType)
        else:
            return annotation, list(_flat(marks))


def _flat(marks: Sequence[object]) -> Iterator[object]:
    for mark in marks:
        if isinstance(mark, FieldInfo):
            yield from mark.metadata
        else:
            yield mark
