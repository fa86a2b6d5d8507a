"""Every text of every event says whether it holds personal data, and whose."""

from collections.abc import Iterator
from typing import Annotated, get_args

import pytest
from pydantic import BaseModel, JsonValue

from domain.events.envelope import CaseEvent
from domain.events.fields import EventRef, Narrative
from domain.events.lifecycle import ConcernRaised, IncidentReported
from domain.events.people import PersonInvolved
from domain.events.registry import EVENT_TYPES
from domain.personal import SUBJECTS, NotPersonal, Personal, marks, personal_fields
from domain.vocabulary.record import PersonalClass

ALL_TYPES = list(EVENT_TYPES.values())


def texts(model: type[BaseModel], within: str = "") -> Iterator[str]:
    """The paths of all places in `model` that can hold free text, however nested."""
    for name, field in model.model_fields.items():
        yield from texts_in(field.annotation, f"{within}{name}")


def texts_in(annotation: object, path: str) -> Iterator[str]:
    if annotation is str or annotation is JsonValue:
        yield path
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from texts(annotation, f"{path}.")
    else:
        for argument in get_args(annotation):
            yield from texts_in(argument, path)


def unmarked(model: type[BaseModel]) -> set[str]:
    marked = {path for path, mark in marks(model) if isinstance(mark, Personal | NotPersonal)}
    return set(texts(model)) - marked


@pytest.mark.parametrize("event_type", ALL_TYPES)
def test_every_text_is_marked_personal_or_not(event_type: type[CaseEvent]) -> None:
    assert unmarked(event_type) == set()


@pytest.mark.parametrize("event_type", ALL_TYPES)
def test_no_text_is_marked_both(event_type: type[CaseEvent]) -> None:
    personal = {path for path, _ in personal_fields(event_type)}
    other = {path for path, mark in marks(event_type) if isinstance(mark, NotPersonal)}
    assert personal & other == set()


@pytest.mark.parametrize("event_type", ALL_TYPES)
def test_whose_it_is_stands_in_the_event(event_type: type[CaseEvent]) -> None:
    for path, mark in personal_fields(event_type):
        assert mark.whose == SUBJECTS or mark.whose in event_type.model_fields, path


@pytest.mark.parametrize("event_type", ALL_TYPES)
def test_what_is_not_personal_says_why(event_type: type[CaseEvent]) -> None:
    for path, mark in marks(event_type):
        assert not isinstance(mark, NotPersonal) or mark.why, path


def test_every_class_of_personal_data_occurs() -> None:
    found = {mark.kind for model in ALL_TYPES for _, mark in personal_fields(model)}
    assert found == set(PersonalClass)


@pytest.mark.parametrize(
    ("event_type", "path", "mark"),
    [
        (IncidentReported, "narrative", Personal(PersonalClass.NARRATIVE)),
        (IncidentReported, "property_ref", Personal(PersonalClass.LOCATION)),
        (IncidentReported, "actor.id", Personal(PersonalClass.IDENTITY, whose="actor")),
        (IncidentReported, "evidence.title", Personal(PersonalClass.NARRATIVE)),
        (ConcernRaised, "reporter.identity", Personal(PersonalClass.REPORTER, whose="reporter")),
        (PersonInvolved, "name", Personal(PersonalClass.IDENTITY, whose="person")),
    ],
)
def test_a_mark_is_found_where_it_stands(
    event_type: type[CaseEvent], path: str, mark: Personal
) -> None:
    assert dict(personal_fields(event_type))[path] == mark


class TestTheSearchItself:
    class Careless(BaseModel):
        """A model of someone who forgot to say."""

        class Inner(BaseModel):
            plain: str
            said: Narrative
            reference: EventRef | None = None

        bare: str
        maybe: str | None = None
        many: tuple[str, ...] = ()
        pairs: dict[str, int]
        constrained: Annotated[str, "no mark"]
        anything: JsonValue
        inner: tuple[Inner, ...] = ()
        said: Narrative | None = None
        number: int = 0

    def test_finds_what_is_not_marked(self) -> None:
        assert unmarked(self.Careless) == {
            "bare",
            "maybe",
            "many",
            "pairs",
            "constrained",
            "anything",
            "inner.plain",
        }
