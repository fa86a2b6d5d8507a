"""Every code of every list is taken where an event has it, and none that was released ever goes."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError

from domain.events.envelope import CaseEvent
from domain.events.registry import EVENT_TYPES
from domain.vocabulary.coded import CodedList
from tests.unit.test_vocabulary import LISTS

FIXTURES = Path(__file__).parents[1] / "fixtures"
RELEASED = json.loads((FIXTURES / "codes.json").read_text())
"""The codes of each list, as ever released; they are only added to."""

Place = tuple[str, ...]


def coded_places(model: type[BaseModel]) -> Iterator[tuple[Place, type[CodedList]]]:
    """Where events of a type hold codes, and of which list; `*` stands for each of several."""
    for name, field in model.model_fields.items():
        for place, codes in _coded_in(field.annotation):
            yield (field.alias or name, *place), codes


def _coded_in(annotation: Any) -> Iterator[tuple[Place, type[CodedList]]]:
    if isinstance(annotation, type) and issubclass(annotation, CodedList):
        yield (), annotation
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from coded_places(annotation)
    for argument in get_args(annotation):
        several = getattr(annotation, "__origin__", None) is tuple
        for place, codes in _coded_in(argument):
            yield (("*", *place) if several else place), codes


PLACES = [
    (event_type, place, codes)
    for event_type in EVENT_TYPES.values()
    for place, codes in coded_places(event_type)
]


@pytest.mark.parametrize(
    ("event_type", "place", "codes"),
    PLACES,
    ids=[f"{event_type.__name__}.{'.'.join(place)}" for event_type, place, _ in PLACES],
)
def test_each_code_is_taken_in_its_place_and_no_other(
    event_type: type[CaseEvent], place: Place, codes: type[CodedList]
) -> None:
    for code in codes:
        assert not _refused(event_type, place, code.value), code
    assert _refused(event_type, place, "no-such-code")


def _refused(event_type: type[CaseEvent], place: Place, code: str) -> bool:
    """Whether a code is not one of its place's; what else an event needs with it is left aside."""
    stored = json.loads((FIXTURES / "events" / f"{event_type.__name__}.v1.json").read_text())
    try:
        event_type.model_validate(_with(stored, place, code))
    except ValidationError as error:
        return any(problem["type"] == "enum" for problem in error.errors())
    return False


def _with(value: Any, place: Place, code: str) -> Any:
    if not place:
        return code
    name, *rest = place
    if name == "*":
        return [_with(value[0] if value else None, tuple(rest), code)]
    held = value if isinstance(value, dict) else {}
    return {**held, name: _with(held.get(name), tuple(rest), code)}


@pytest.mark.parametrize("name", RELEASED)
def test_no_released_code_is_gone(name: str) -> None:
    present = {codes.__name__: [code.value for code in codes] for codes in LISTS}
    assert set(RELEASED[name]) <= set(present[name])


def test_every_code_is_written_down_as_released() -> None:
    present = {codes.__name__: [code.value for code in codes] for codes in LISTS}
    assert present.keys() == RELEASED.keys()
    for name, codes in present.items():
        assert set(codes) == set(RELEASED[name]), f"{name}: add its new codes to codes.json"
