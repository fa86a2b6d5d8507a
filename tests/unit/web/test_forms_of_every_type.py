"""Every event that a person may record has a form, and what the form tells is such an event."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from adapters.wire import decode
from domain.events.envelope import ENVELOPE_FIELDS, OWN_SOURCE, CaseEvent
from domain.events.fields import Actor
from domain.events.permissions import GlassBroken
from domain.events.registry import EVENT_TYPES
from domain.streams import StreamKind
from services.access.acts import NEVER_BY_PEOPLE
from services.access.telling import message, told_in
from services.web.forms.form import form_of
from services.web.forms.happened import settled
from services.web.forms.questions import Kind, Question
from services.web.forms.telling import Entry, told_of
from services.web.forms.words import GROUPS, group_of
from tests.unit.web.forms_answered import Answered, answers_to

NOW = datetime(2026, 11, 22, 11, 30, tzinfo=UTC)
BY_PEOPLE = [each for each in EVENT_TYPES.values() if each not in (*NEVER_BY_PEOPLE, GlassBroken)]
ACTOR = Actor(id="staff:12", role="Housing officer", organisation="Cromwood Homes")
_REFERENCES = {
    StreamKind.CASE: "asb:2024-0117",
    StreamKind.PERSON: "person:4411",
    StreamKind.PROPERTY: "property:100021",
    StreamKind.ORGANISATION: "organisation:cromwood",
    StreamKind.AUTHORITY: "authority:E09000001",
}


def entry_for(event_type: type[CaseEvent], event_id: UUID) -> Entry:
    kind = next(each for each in _REFERENCES if each in event_type.STREAMS)
    return Entry(form_of(event_type), event_id, _REFERENCES[kind], ACTOR)


def questions_within(questions: tuple[Question, ...]) -> Iterator[Question]:
    for question in questions:
        yield question
        yield from questions_within(question.parts)


def controls(questions: tuple[Question, ...], within: str = "") -> Iterator[str]:
    for question in questions:
        name = f"{within}{question.name}"
        yield name
        yield from (f"{name}.{part}" for part in ("day", "month", "year", "time", "other"))
        yield from controls(
            question.parts, f"{name}.0." if question.kind is Kind.PARTS else f"{name}."
        )


@pytest.mark.parametrize("event_type", BY_PEOPLE)
def test_every_field_of_its_own_is_asked_for(event_type: type[CaseEvent]) -> None:
    asked = {question.name for question in form_of(event_type).questions}
    fields = event_type.model_fields.items()
    own = {field.alias or name for name, field in fields if name not in ENVELOPE_FIELDS}
    assert own <= asked


@pytest.mark.parametrize("event_type", BY_PEOPLE)
def test_every_question_is_in_words_and_no_two_are_the_same(event_type: type[CaseEvent]) -> None:
    form = form_of(event_type)
    own = [question.ask for question in form.questions]
    assert len(set(own)) == len(own)
    for question in questions_within(form.questions):
        assert question.ask[0].isupper()
        assert "_" not in question.ask


def test_no_words_are_for_a_field_that_there_is_not() -> None:
    for group in GROUPS:
        types = [each for each in EVENT_TYPES.values() if group_of(each) is group]
        known = {name for each in types for name in _names_in(each)}
        assert set(group.TITLES) == {each.__name__ for each in types} - {"GlassBroken"}
        assert set(group.WORDS) <= known, set(group.WORDS) - known


def _names_in(event_type: type[CaseEvent]) -> set[str]:
    own = {name for name in event_type.model_fields if name not in ENVELOPE_FIELDS}
    names = own | {f"{event_type.__name__}.{name}" for name in own}
    for field in event_type.model_fields.values():
        for part in _classes_in(field.annotation):
            names |= {f"{part.__name__}.{name}" for name in part.model_fields}
    return names


def _classes_in(annotation: object) -> Iterator[type[CaseEvent]]:
    if hasattr(annotation, "model_fields"):
        yield annotation  # type: ignore[misc]
    for each in getattr(annotation, "__args__", ()):
        yield from _classes_in(each)


@pytest.mark.parametrize("event_type", BY_PEOPLE)
@given(data=st.data(), event_id=st.uuids())
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
def test_what_a_filled_form_tells_is_taken_by_the_door(
    event_type: type[CaseEvent], data: st.DataObject, event_id: UUID
) -> None:
    entry = entry_for(event_type, event_id)
    answers = settled(data.draw(answers_to(entry.form.questions)), NOW)
    telling = told_of(entry, _sensible(event_type, answers), NOW)
    assert not telling.faults
    body = message(told_in(telling.body), entry.reference, ACTOR)
    event = decode(body, received_at=NOW, sent_as=OWN_SOURCE).event
    assert event == telling.event
    assert event.occurred_at <= NOW


def _sensible(event_type: type[CaseEvent], answers: Answered) -> Answered:
    """Answers that fit one another: what does not is told, and is tested elsewhere."""
    role = answers.get("role")
    if event_type.__name__ == "RoleGranted":
        is_system = role == ("upstream",)
        for left_out in ("staff", "areas") if is_system else ("publishes", "areas"):
            answers.pop(left_out)
    if event_type.__name__ == "CaseRestricted":
        answers["owner"] = ("x-owner",)
    return answers


@pytest.mark.parametrize("event_type", BY_PEOPLE)
def test_a_form_that_is_left_empty_says_what_has_to_be_answered(
    event_type: type[CaseEvent],
) -> None:
    entry = entry_for(event_type, UUID(int=7))
    faults = told_of(entry, {}, NOW).faults
    for fault in faults:
        page = entry.form.pages[entry.form.page_of(fault.name) - 1]
        assert any(_is_control_of(fault.name, question) for question in page)
    needed = {each.name for each in entry.form.questions if each.required and not each.is_list}
    assert needed <= {fault.name.split(".")[0] for fault in faults}


def _is_control_of(name: str, question: Question) -> bool:
    return name == question.name or name.startswith(f"{question.name}.")


@pytest.mark.parametrize("event_type", BY_PEOPLE)
@given(data=st.data())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_typed_is_read_or_told_to_be_wrong(
    event_type: type[CaseEvent], data: st.DataObject
) -> None:
    entry = entry_for(event_type, UUID(int=7))
    names = list(controls(entry.form.questions))
    # Nothing that a message says by itself, word or example.
    anything = st.tuples(
        st.text(st.characters(codec="utf-8", exclude_characters="aeiou:"), max_size=30)
    )
    answers = data.draw(st.dictionaries(st.sampled_from(names), anything))
    telling = told_of(entry, answers, NOW)
    assume(telling.faults)
    known = {question.name for question in entry.form.questions} | {"answers"}
    assert {fault.name.split(".")[0] for fault in telling.faults} <= known
    for fault in telling.faults:
        assert all(len(value) < 6 or value not in fault.message for [value] in answers.values())


def test_every_kind_of_question_is_asked_somewhere() -> None:
    asked = {
        question.kind
        for each in BY_PEOPLE
        for question in questions_within(form_of(each).questions)
    }
    assert asked == set(Kind)
