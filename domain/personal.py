"""Declares which fields hold personal data: whose they are and of which class.

The declaration is part of the field's type, so encryption and masking can find every such field
without knowing any event type.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from pydantic import BaseModel

from domain.vocabulary.record import PersonalClass

SUBJECTS = "subjects"


@dataclass(frozen=True, slots=True)
class Personal:
    """Marks a field as personal data of class `kind`.

    `whose` names the sibling field that holds the person, or `subjects` for everyone the event is
    about.
    """

    kind: PersonalClass
    whose: str = SUBJECTS


@dataclass(frozen=True, slots=True)
class NotPersonal:
    """Marks free text that by its nature holds no personal data, and says why."""

    why: str


def personal_fields(model: type[BaseModel]) -> Iterator[tuple[str, Personal]]:
    """Yield (path, declaration) for each place in `model` that holds personal data.

    A path names the field, and after a dot the field inside a structured value:
    `reporter.identity`.
    """
    for path, mark in marks(model):
        if isinstance(mark, Personal):
            yield path, mark


def marks(model: type[BaseModel]) -> Iterator[tuple[str, object]]:
    """Yield (path, mark) for every annotation on the fields of `model`, however nested."""
    for name, field in model.model_fields.items():
        yield from ((name, mark) for mark in field.metadata)
        yield from _marks_in(field.annotation, name)


def _marks_in(annotation: object, path: str) -> Iterator[tuple[str, object]]:
    yield from ((path, mark) for mark in getattr(annotation, "__metadata__", ()))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from ((f"{path}.{inner}", mark) for inner, mark in marks(annotation))
    for argument in get_args(annotation):
        yield from _marks_in(argument, path)
