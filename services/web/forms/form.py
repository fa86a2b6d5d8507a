"""A form: the questions for one type of event, in pages short enough to look at at once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from domain.events.envelope import CaseEvent
from domain.events.fields import Actor
from domain.vocabulary.record import Sensitivity
from services.web.forms.deriving import questions_of
from services.web.forms.happened import HAPPENED, KNOWN
from services.web.forms.offered import PEOPLE
from services.web.forms.questions import Choice, Kind, Making, Question
from services.web.forms.words import title_of
from services.web.forms.words.common import WORDS

_FULL = 7
"""A page takes questions up to this weight; a heavier one stands alone."""
_WEIGHTS = {
    Kind.LONG_TEXT: 2,
    Kind.LINES: 2,
    Kind.PART: 3,
    Kind.PARTS: 5,
    Kind.HAPPENED: 3,
}
_RADIOS_UP_TO = 8
_LIGHT = 3

Page = tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What is asked to record one type of event."""

    name: str
    """The type's name in the catalogue."""
    title: str
    event_type: type[CaseEvent]
    pages: tuple[Page, ...]
    compose: Callable[[Mapping[str, Any], Actor, str], dict[str, Any]] | None = None
    """Makes the event's data of what was told, of who tells it, and of a reference for a
    person nobody has heard of; where there is none, what was told is the data."""

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in the order in which they are asked."""
        return tuple(question for page in self.pages for question in page)

    def page_of(self, name: str) -> int:
        """Return the number, from 1, of the page with the control `name`; the last, if none has."""
        for number, page in enumerate(self.pages, 1):
            for question in page:
                if name == question.name or name.startswith(f"{question.name}."):
                    return number
        return len(self.pages)


@cache
def form_of(event_type: type[CaseEvent]) -> Form:
    """Return the form for an event type."""
    own = questions_of(event_type)
    left_to_us = tuple(each for each in own if each.made is Making.ITEM and not each.offered)
    first = [each for each in own if each not in left_to_us]
    return Form(
        name=event_type.__name__,
        title=title_of(event_type),
        event_type=event_type,
        pages=(*paged((*first, HAPPENED, KNOWN)), (*_beside(own), *left_to_us)),
    )


def paged(questions: Iterable[Question]) -> list[Page]:
    """Return questions in pages, in their order."""
    pages: list[list[Question]] = [[]]
    for question in questions:
        weight = sum(map(_weight, pages[-1])) + _weight(question)
        if pages[-1] and weight > _FULL:
            pages.append([])
        pages[-1].append(question)
    return [tuple(page) for page in pages]


def _weight(question: Question) -> int:
    if question.kind is Kind.SEVERAL_OF:
        return max(2, len(question.choices) // 2)
    if question.kind is Kind.ONE_OF:
        return 2 if _LIGHT < len(question.choices) <= _RADIOS_UP_TO else 1
    return _WEIGHTS.get(question.kind, 1)


def _beside(own: Sequence[Question]) -> Page:
    """Return what may be told of every event, and need not be."""
    taken = {question.name for question in own}
    return tuple(question for question in _BESIDE if question.name not in taken)


def _question(name: str, kind: Kind, **options: object) -> Question:
    words = WORDS[name]
    return Question(name=name, kind=kind, ask=words.ask, hint=words.hint, **options)  # type: ignore[arg-type]


def _told_for() -> tuple[Question, ...]:
    fields = ("id", "role", "organisation")
    return tuple(
        Question(
            name=field,
            kind=Kind.TEXT,
            ask=WORDS[f"Actor.{field}"].ask,
            required=Actor.model_fields[field].is_required(),
            longest=200,
        )
        for field in fields
    )


_BESIDE: Page = (
    _question("subjects", Kind.SUBJECTS, offered=PEOPLE),
    _question("property_ref", Kind.TEXT, longest=64),
    _question("narrative", Kind.LONG_TEXT, longest=20_000),
    _question(
        "sensitivity",
        Kind.ONE_OF,
        choices=tuple(Choice(each.value, each.label) for each in Sensitivity),
    ),
    _question("on_behalf_of", Kind.PART, parts=_told_for()),
)
