"""Every column of every row says what personal data it holds, as the events that fill it do."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import Annotated, Any, get_args

import pytest
from pydantic import BaseModel, JsonValue
from pydantic_core import to_json

from domain.events.enforcement import EnforcementActionTaken, EnforcementReviewed
from domain.events.envelope import CaseEvent
from domain.events.integrity import EventCorrected
from domain.events.lifecycle import CaseClosed
from domain.events.people import CommunicationPreferenceRecorded, PersonInvolved
from domain.events.registry import EVENT_TYPES
from domain.events.reviews import ChronologyEntryCurated
from domain.events.rights import EventRedacted, RectificationDisputed
from domain.identity import case_id_of, event_id_of
from domain.personal import NotPersonal, Personal, personal_fields
from domain.streams import StreamKind
from domain.vocabulary.record import PersonalClass
from projections.catalogue import READ_MODELS
from projections.genogram import Genogram
from projections.masking import MASKED, shown
from projections.personal_columns import (
    EVERY_CLASS,
    Account,
    Identity,
    Pseudonym,
    classes_of_account,
    classes_of_headline,
    classes_of_value,
)
from projections.personal_columns import PersonalBy as By
from projections.read_model import Row
from tests.support.shapes import filled_in
from tests.support.stories import SOURCE, the

NOTHING: frozenset[PersonalClass] = frozenset()
MODELS = [model for model in READ_MODELS.values() if model.name != "case_access"]
"""All but the one by which lists leave cases out: it says who may see a case, and is not shown."""
MARKS = Personal | NotPersonal | By


def made_of(model: type[BaseModel], found: dict[type[BaseModel], None]) -> None:
    """Add `model` to those found, and every model of whose values it may be made."""
    if model not in found:
        found[model] = None
        for field in model.model_fields.values():
            for inner in models_in(field.annotation):
                made_of(inner, found)


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from models_in(argument)


def holds_unmarked_text(annotation: Any) -> bool:
    if any(isinstance(mark, MARKS) for mark in getattr(annotation, "__metadata__", ())):
        return False
    within = get_args(annotation)
    return annotation in (str, Any, JsonValue) or any(map(holds_unmarked_text, within))


def unmarked(model: type[BaseModel]) -> list[str]:
    """The columns of `model` with text of which nobody says what it holds."""
    return [
        name
        for name, field in model.model_fields.items()
        if not any(isinstance(mark, MARKS) for mark in field.metadata)
        and holds_unmarked_text(field.annotation)
    ]


def all_shown() -> list[type[BaseModel]]:
    found: dict[type[BaseModel], None] = {}
    for model in MODELS:
        made_of(model.row, found)
    made_of(Genogram, found)
    return list(found)


@pytest.mark.parametrize("model", all_shown())
def test_every_text_says_what_it_holds(model: type[BaseModel]) -> None:
    assert unmarked(model) == []


class Careless(BaseModel):
    """A model of someone who forgot to say."""

    bare: str
    maybe: str | None = None
    many: tuple[str, ...] = ()
    keyed: dict[str, int]
    anything: JsonValue
    unheeded: Annotated[str, "no mark"]
    number: int = 0
    said: Account[str | None] = None
    each_said: tuple[Account[str], ...] = ()
    named: Identity[tuple[str, ...]] = ()
    whose: dict[Pseudonym[str], int]


def test_the_search_finds_what_is_not_said() -> None:
    found = ["bare", "maybe", "many", "keyed", "anything", "unheeded"]
    assert unmarked(Careless) == found


@pytest.mark.parametrize("model", all_shown())
def test_what_tells_of_another_column_stands_beside_it(model: type[BaseModel]) -> None:
    for field in model.model_fields.values():
        for mark in field.metadata:
            assert not isinstance(mark, By) or mark.column in model.model_fields


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_no_column_is_called_as_that_which_tells_what_is_held_back(model: Any) -> None:
    assert MASKED not in model.row.model_fields


# Every personal field of every event holds a text, or a day, that names the field's class.

DAYS = {"date_of_birth": "1911-01-01", "date_of_death": "1912-02-02"}
ITEM = "X1"
"""The one reference of all that has one, so that what builds on something finds it."""
ITEM_FIELDS = {event_type.BEGINS for event_type in EVENT_TYPES.values() if event_type.BEGINS}
FILES_OF = {
    StreamKind.CASE: "asb:2024-0117",
    StreamKind.PERSON: "person:4411",
    StreamKind.PROPERTY: "property:100012345678",
    StreamKind.ORGANISATION: "organisation:cromwood",
    StreamKind.AUTHORITY: "authority:E09000001",
    StreamKind.ACCESS: "access:asb/2024-0117",
}
SAID: dict[type[CaseEvent], dict[str, Any]] = {
    CaseClosed: {"person_outcomes": [{"person": "person:4411"}]},
    ChronologyEntryCurated: {"event": the("WarningIssued")},
    CommunicationPreferenceRecorded: {"contact_points": [{"method": "phone"}]},
    EnforcementActionTaken: {"capacity_ref": the("CapacityConsidered")},
    EnforcementReviewed: {"action": the("WarningIssued")},
    EventRedacted: {"target": the("SupportOffered")},
    PersonInvolved: {"involvement": "not-involved"},
    RectificationDisputed: {"target": the("IncidentReported")},
}
"""What these say beside what the first version of their type could say, or of which event."""
LATER_ENDS = {
    "ActionCompleted": ("ActionCancelled", "ActionReopened"),
    "ActionCancelled": ("ActionCompleted", "ActionReopened"),
    "CaseClosed": ("CaseReopened",),
}
"""What has to be left out of a story so that an end of something stands."""
CORRECTED = {
    "PersonInvolved": "name",
    "IncidentReported": "reporter",
    "ContactMade": "property_ref",
    "VulnerabilityRecorded": "minimal_instruction",
    "WarningIssued": "ground",
    "ActionAgreed": "text",
    "HazardLinked": "known_at",
}
"""A field of each class, and one of none, and an event of which it is corrected."""


def canary(kind: PersonalClass, number: int) -> str:
    return f"canary-{kind}-{number:08}"


def filled(event_type: type[CaseEvent], numbers: Iterator[int]) -> dict[str, Any]:
    """What an event of this type says, with every field filled in, and a canary where personal."""
    values = filled_in(event_type).model_dump(mode="json", by_alias=True)
    values |= dict.fromkeys(ITEM_FIELDS & values.keys(), ITEM) | SAID.get(event_type, {})
    for path, mark in personal_fields(event_type):
        if event_type is not EventCorrected or path not in ("was", "now"):
            place(values, path.split("."), mark.kind, numbers)
    if "named" in values:  # one of whom is the owner
        values["owner"] = values["named"][0]
    return values


def place(values: Any, path: list[str], kind: PersonalClass, numbers: Iterator[int]) -> None:
    first, *rest = path
    held = values.get(first)
    assert held != [], f"say in SAID what {first} holds"
    if rest:
        for inner in held if isinstance(held, list) else [held]:
            place(inner, rest, kind, numbers)
    elif isinstance(held, list):
        values[first] = [canary(kind, next(numbers)) for _ in held]
    else:
        values[first] = DAYS.get(first) or canary(kind, next(numbers))


@cache
def story(kind: StreamKind, left_out: tuple[str, ...] = ()) -> tuple[CaseEvent, ...]:
    """One event of each other type that a file of this kind may hold, and corrections of some."""
    numbers = count()
    told = [
        (event_type, filled(event_type, numbers), name)
        for name, event_type in EVENT_TYPES.items()
        if kind in event_type.STREAMS and name not in left_out
    ]
    for event_type, values, name in list(told):
        if name in CORRECTED:
            told += corrections(event_type, values, name, numbers)
    return tuple(
        event_type.model_validate(
            values
            | {
                "event_id": event_id_of(SOURCE, name),
                "case_id": case_id_of(FILES_OF[kind]),
                "case_ref": FILES_OF[kind],
                "version": version,
                "source": SOURCE,
                "source_event_id": name,
            }
        )
        for version, (event_type, values, name) in enumerate(told, 1)
    )


def corrections(
    event_type: type[CaseEvent], values: dict[str, Any], name: str, numbers: Iterator[int]
) -> Iterator[tuple[type[CaseEvent], dict[str, Any], str]]:
    """A correction of what a field of the event called `name` holds, and one of that."""
    field, again = CORRECTED[name], filled(event_type, numbers)[CORRECTED[name]]
    finally_ = filled(event_type, numbers)[field]
    first = {"target": the(name), "field": field, "was": values[field], "now": again}
    second = {"target": the(f"{name}-1"), "field": "now", "was": again, "now": finally_}
    for number, told in enumerate((first, second), 1):
        yield EventCorrected, filled(EventCorrected, numbers) | told, f"{name}-{number}"


@cache
def rows() -> tuple[tuple[str, Row], ...]:
    """Rows of every read model in which every column that can hold personal data does."""
    stories = [story(kind) for kind in FILES_OF]
    stories += [story(StreamKind.CASE, left_out) for left_out in LATER_ENDS.values()]
    folded = ((model.name, model.fold(told)) for told in stories for model in MODELS)
    return tuple((name, row) for name, found in folded for row in found)


def canaries(told: Any, kind: PersonalClass) -> set[str]:
    """The canaries of a class in what is shown, wherever they are."""
    text = to_json(told).decode()
    days = {day for day in DAYS.values() if day in text and kind is PersonalClass.IDENTITY}
    return days | set(re.findall(rf"canary-{kind}-\d+", text))


Declared = Iterator[tuple[str, list[Personal | By]]]


def declared(model: type[BaseModel], within: str = "", above: Any = ()) -> Declared:
    """The paths in `model` of what may be personal, with the marks that say so."""
    for name, field in model.model_fields.items():
        marks = [*field.metadata, *marks_in(field.annotation)]
        if found := [mark for mark in marks if isinstance(mark, Personal | By)]:
            yield f"{within}{name}", found
        for inner in models_in(field.annotation):
            if inner not in (model, *above):
                yield from declared(inner, f"{within}{name}.", (model, *above))


def marks_in(annotation: Any) -> Iterator[object]:
    yield from getattr(annotation, "__metadata__", ())
    for argument in get_args(annotation):
        yield from marks_in(argument)


DECLARED = {(model.name, path): marks for model in MODELS for path, marks in declared(model.row)}


def held_back(row: Row, masked: frozenset[PersonalClass]) -> set[str]:
    """The paths of what is not shown; a correction of a correction stands for any other."""
    paths: list[str] = shown(row, masked)[MASKED]
    return {path.replace("corrections.corrections", "corrections") for path in paths}


def test_the_stories_fill_every_column_that_may_hold_personal_data() -> None:
    found = {(name, path) for name, row in rows() for path in held_back(row, EVERY_CLASS)}
    assert found == DECLARED.keys()


@pytest.mark.parametrize("kind", PersonalClass)
def test_all_is_there_where_nothing_is_masked(kind: PersonalClass) -> None:
    assert canaries([shown(row, NOTHING) for _, row in rows()], kind)


@pytest.mark.parametrize("kind", PersonalClass)
def test_nothing_of_a_class_is_shown_where_it_is_masked(kind: PersonalClass) -> None:
    told = ((name, shown(row, frozenset({kind}))) for name, row in rows())
    leaks = {
        (name, column)
        for name, columns in told
        for column, value in columns.items()
        if canaries(value, kind)
    }
    assert leaks == set()


def test_columns_hold_what_they_are_said_to_hold_and_nothing_else() -> None:
    said = {
        place: {mark.kind for mark in marks if isinstance(mark, Personal)}
        for place, marks in DECLARED.items()
        if not any(isinstance(mark, By) for mark in marks)
    }
    found: dict[tuple[str, str], set[PersonalClass]] = {place: set() for place in said}
    for name, row in rows():
        told = row.model_dump(mode="json")
        for place in {(name, path) for path in held_back(row, EVERY_CLASS)} & said.keys():
            values = list(values_at(told, place[1].split(".")))
            found[place] |= {kind for kind in PersonalClass if canaries(values, kind)}
    assert found == said


def values_at(told: Any, path: list[str]) -> Iterator[Any]:
    if isinstance(told, list) and path:
        for each in told:
            yield from values_at(each, path)
    elif path and told is not None:
        yield from values_at(told[path[0]], path[1:])
    else:
        yield told


@pytest.mark.parametrize("kind", sorted(EVERY_CLASS - {PersonalClass.IDENTITY}))
def test_a_headline_names_nobody_but_staff_and_says_nothing_personal(kind: PersonalClass) -> None:
    headlines = [event.headline() for of in FILES_OF for event in story(of)]
    assert canaries(headlines, kind) == set()


def test_a_headline_that_names_staff_says_so() -> None:
    told = {event.type: event.headline() for of in FILES_OF for event in story(of)}
    naming = {name for name, line in told.items() if canaries(line, PersonalClass.IDENTITY)}
    assert naming == {name for name in EVENT_TYPES if classes_of_headline(name)}
    assert classes_of_headline(None) == classes_of_headline("NoSuchEvent") == EVERY_CLASS


@pytest.mark.parametrize(
    ("field", "classes"),
    [
        ("known_at", set()),
        ("from", set()),
        ("person", set()),
        ("name", {PersonalClass.IDENTITY}),
        ("property_ref", {PersonalClass.LOCATION}),
        ("reporter", {PersonalClass.REPORTER}),
        ("reason", {PersonalClass.NARRATIVE, PersonalClass.HEALTH}),
        ("was", EVERY_CLASS),
        ("now", EVERY_CLASS),
        ("no_such_field", EVERY_CLASS),
        (None, EVERY_CLASS),
    ],
)
def test_a_corrected_value_is_of_the_classes_that_a_field_of_its_name_may_be_of(
    field: str | None, classes: set[PersonalClass]
) -> None:
    assert classes_of_value(field) == classes


@pytest.mark.parametrize(
    ("event_type", "classes"),
    [
        ("ActionAgreed", {PersonalClass.NARRATIVE}),
        ("VulnerabilityRecorded", {PersonalClass.NARRATIVE, PersonalClass.HEALTH}),
        ("WarningIssued", {PersonalClass.NARRATIVE, PersonalClass.OFFENCE}),
        ("PersonInvolved", {PersonalClass.NARRATIVE, PersonalClass.IDENTITY}),
        ("NoSuchEvent", EVERY_CLASS),
        (None, EVERY_CLASS),
    ],
)
def test_an_account_is_of_the_classes_of_what_an_event_of_its_type_may_tell(
    event_type: str | None, classes: set[PersonalClass]
) -> None:
    assert classes_of_account(event_type) == classes
